//! 引用: instruments that the documents cite and the site does not hold.

use std::cmp::Reverse;

use crate::corpus::Instrument;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::project::Project;

/// What a single document cites is not missed.
const CITED: usize = 2;
/// The longest list that is printed.
const SHOWN: usize = 20;

/// Names the instruments that several documents cite, the most cited first, so that they can be collected.
pub(super) fn not_held(project: &Project) -> Diagnostics {
    let mut found = Diagnostics::default();
    let missing = project.corpus.instruments.iter().filter(|i| i.document.is_none() && i.cited_by.len() >= CITED);
    let mut missing: Vec<&Instrument> = missing.collect();
    missing.sort_by_key(|i| (Reverse(i.cited_by.len()), &i.id));
    if missing.is_empty() {
        return found;
    }
    let mut diagnostic =
        Diagnostic::hint("instruments-not-held", format!("几份文件都引用、站内没有的文件：{} 件", missing.len()));
    for instrument in missing.iter().take(SHOWN) {
        diagnostic = diagnostic.note(format!("{} 份文件引用：{}", instrument.cited_by.len(), called(instrument)));
    }
    if missing.len() > SHOWN {
        diagnostic = diagnostic.note(format!("还有 {} 件", missing.len() - SHOWN));
    }
    found.push(diagnostic.help("找得到原文，就用 zhengku import 导入"));
    found
}

fn called(instrument: &Instrument) -> String {
    match (&instrument.title, &instrument.number) {
        (Some(title), Some(number)) => format!("《{title}》（{number}）"),
        (Some(title), None) => format!("《{title}》"),
        (None, Some(number)) => number.clone(),
        (None, None) => instrument.id.clone(),
    }
}
