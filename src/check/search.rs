//! 检索: every document is found by its own words.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostics::{Attempt, Diagnostic, Diagnostics};
use crate::fulltext::{self, Lost};
use crate::project::Project;

/// Tries the index of the site, as a browser would.
pub(super) fn index(project: &Project) -> Diagnostics {
    let corpus = &project.corpus;
    let tried = || {
        let folder = tempfile::tempdir()?;
        fulltext::write(corpus, folder.path(), folder.path(), None)?;
        fulltext::lost(corpus, folder.path())
    };
    match tried() {
        Ok(lost) => missed(&lost, |document| &corpus.documents[document].file),
        Err(::search::Error::Io(e)) => Diagnostic::io(Attempt::Create, &std::env::temp_dir(), &e).into(),
        Err(e) => Diagnostic::error("search-index", e.to_string()).help(DEFECT).into(),
    }
}

const DEFECT: &str = "这是政库的缺陷；请把这份文件和这段话一起报告";

/// An error for every document that was missed.
fn missed<'a>(lost: &[Lost], file: impl Fn(usize) -> &'a str) -> Diagnostics {
    let mut phrases: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for Lost { document, phrase } in lost {
        phrases.entry(*document).or_default().push(phrase);
    }
    let mut found = Diagnostics::default();
    for (document, phrases) in phrases {
        let quoted: Vec<String> = phrases.iter().map(|p| format!("“{}”", p.replace(['\n', '\t'], " "))).collect();
        let message = format!("检索不到这份公文自己的话：{}", quoted.join("、"));
        found.push(Diagnostic::error("search-lost", message).in_file(Path::new(file(document))).help(DEFECT));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::render;

    #[test]
    fn a_document_that_is_not_found_is_named_with_the_phrases() {
        let lost = |document, phrase: &str| Lost { document, phrase: phrase.to_owned() };
        let found = missed(&[lost(1, "养老\n服务"), lost(0, "床位"), lost(1, "80%")], |d| {
            ["content/a.md", "content/b.md"][d]
        });
        let shown: Vec<String> = found.0.iter().map(render::plain).collect();
        snapbox::assert_data_eq!(
            shown.join("\n"),
            snapbox::str![[r#"
错误[search-lost]: 检索不到这份公文自己的话：“床位”
--> content/a.md
 = 办法: 这是政库的缺陷；请把这份文件和这段话一起报告
错误[search-lost]: 检索不到这份公文自己的话：“养老 服务”、“80%”
--> content/b.md
 = 办法: 这是政库的缺陷；请把这份文件和这段话一起报告
"#]]
        );
    }
}
