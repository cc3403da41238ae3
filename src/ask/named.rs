//! 指名: the document and the clause that somebody names; what is wrong where there is none, with the nearest.

use crate::corpus::{ClauseMiss, Corpus, Policy};
use crate::diagnostics::Diagnostic;

/// The one document of this name: index into [`Corpus::documents`].
///
/// # Errors
/// Where there is none, or several.
pub fn document(corpus: &Corpus, name: &str) -> Result<usize, Diagnostic> {
    let found = corpus.documents_named(name);
    match found[..] {
        [index] => Ok(index),
        [] => Err(no_such_document(corpus, name)),
        _ => {
            let message = format!("有 {} 份公文都叫 {name}", found.len());
            let found = found.into_iter().filter_map(|i| corpus.documents.get(i));
            Err(Diagnostic::error("show-ambiguous", message).help(format!("写 id：{}", list(found))))
        }
    }
}

/// No document is called `name`; the nearest ones.
pub fn no_such_document(corpus: &Corpus, name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error("show-document", format!("没有这份公文：{name}"));
    let near = corpus.documents_near(name);
    match near[..] {
        [] if corpus.documents.is_empty() => diagnostic.help("站点里还没有公文，先用 zhengku import 导入"),
        [] => diagnostic.help("写文号、id 或完整的标题"),
        _ => diagnostic.help(format!("是不是 {}？", list(near.iter().filter_map(|&i| corpus.documents.get(i))))),
    }
}

fn list<'c>(policies: impl Iterator<Item = &'c Policy>) -> String {
    let named = |p: &Policy| match &p.facts.number {
        Some(number) => format!("{number}《{}》", p.facts.title),
        None => format!("{}《{}》", p.facts.id, p.facts.title),
    };
    policies.map(named).collect::<Vec<_>>().join("、")
}

/// The path of the clause that `path` names in `policy`, which somebody called `name`.
///
/// # Errors
/// Where there is none, or several.
pub fn clause(corpus: &Corpus, policy: &Policy, name: &str, path: &str) -> Result<String, Diagnostic> {
    let list = |paths: Vec<String>| paths.iter().map(|p| format!("#{p}")).collect::<Vec<_>>().join("、");
    corpus.clause_named(policy, path).map_err(|miss| match miss {
        ClauseMiss::Ambiguous(paths) => {
            Diagnostic::error("show-ambiguous", format!("{name} 有 {} 处 {path}", paths.len()))
                .help(format!("写完整的路径：{}", list(paths)))
        }
        ClauseMiss::Unknown(near) => {
            let help = match near.is_empty() {
                true => "看整份公文的目录，写里面有的路径".to_owned(),
                false => format!("是不是 {}？", list(near)),
            };
            Diagnostic::error("show-clause", format!("{name} 没有这一条：{path}")).help(help)
        }
    })
}
