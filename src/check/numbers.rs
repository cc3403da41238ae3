//! 编号: the numbers of clauses, and the numbers of documents that two files share.

use std::collections::BTreeMap;

use gongwen::Span;

use super::Subject;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::project::Project;

/// Reports clauses whose number is printed twice, so that one of them is known by another address.
pub(super) fn outline(subject: &Subject<'_>, found: &mut Diagnostics) {
    for entry in subject.policy.outline.entries.iter() {
        let own = entry.path.rsplit('/').next().unwrap_or("");
        let Some((number, _)) = own.rsplit_once('~') else { continue };
        let len = subject.policy.document.blocks.get(entry.block).map_or(0, |b| b.text.len());
        let diagnostic = Diagnostic::warning("outline-duplicate", format!("序号重复：{number}"))
            .at(subject.places.of(Span::new(entry.block, 0..len)))
            .label(format!("这一条的地址是 #{}", entry.path))
            .help("原文如此就不用改；是标题层级认错了，就改正文里 # 的个数");
        found.push(diagnostic);
    }
}

/// Reports documents of one number, whether it stands in the front matter or in the text.
pub(super) fn shared(project: &Project) -> Diagnostics {
    let mut found = Diagnostics::default();
    let mut numbers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, policy) in project.corpus.documents.iter().enumerate() {
        if let Some(number) = &policy.facts.number {
            numbers.entry(number).or_default().push(i);
        }
    }
    let file = |i: usize| project.files.get(project.corpus.documents[i].loaded);
    let is_twin = |a: usize, b: usize| file(a).zip(file(b)).is_some_and(|(a, b)| a.is_twin_of(b));
    for (number, mut documents) in numbers {
        // The files of one document share its number.
        let first = documents[0];
        documents.retain(|&d| d == first || !is_twin(first, d));
        if documents.len() < 2 {
            continue;
        }
        let place = |i: usize| {
            let policy = &project.corpus.documents[i];
            project.files.get(policy.loaded).map(|f| f.places().key("number"))
        };
        let mut diagnostic = Diagnostic::error("number-duplicate", format!("几份文件用了同一个文号：{number}"));
        if let Some(first) = place(documents[0]) {
            diagnostic = diagnostic.at(first).label("这里用了");
        }
        for other in documents[1..].iter().filter_map(|i| place(*i)) {
            diagnostic = diagnostic.related(other, "这里也用了");
        }
        found.push(diagnostic.help("删去重复的一份，或者改正文号"));
    }
    found
}
