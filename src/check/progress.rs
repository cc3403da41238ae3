//! 进展: records of progress that point at nothing.

use super::Subject;
use crate::corpus::ClauseMiss;
use crate::diagnostics::{Diagnostic, Diagnostics};

/// Reports evidence that the site does not hold, clauses that it has not, and days before the document itself.
pub(super) fn evidence(subject: &Subject<'_>, found: &mut Diagnostics) {
    let corpus = &subject.project.corpus;
    for record in subject.obligations().iter().flat_map(|o| &o.progress) {
        let mut report =
            |diagnostic: Diagnostic| found.push(diagnostic.at(subject.places.source(record.source.clone())));
        if let Some(name) = &record.document {
            match corpus.documents_named(name)[..] {
                [index] => {
                    let policy = &corpus.documents[index];
                    let miss = record.clause.as_ref().and_then(|clause| match corpus.clause_named(policy, clause) {
                        Ok(path) if path == *clause => None,
                        Ok(path) => Some((clause, vec![path])),
                        Err(ClauseMiss::Ambiguous(near) | ClauseMiss::Unknown(near)) => Some((clause, near)),
                    });
                    if let Some((clause, near)) = miss {
                        let message = format!("进展的依据 {} 里没有“{clause}”", policy.facts.id);
                        let diagnostic = Diagnostic::warning("progress-clause", message).label("页面上只连到这份公文");
                        report(match near.as_slice() {
                            [] => diagnostic.help("条款的写法见页面上的链接，例如 三/（一）"),
                            near => diagnostic.help(format!("是不是 {}？", near.join("、"))),
                        });
                    }
                }
                [] => report(
                    Diagnostic::warning("progress-document", format!("进展的依据站内没有：{name}"))
                        .label("页面上只印它的名字")
                        .help("写站内公文的 id、文号或标题；站外的依据写 link"),
                ),
                _ => report(
                    Diagnostic::warning("progress-document", format!("进展的依据有几份：{name}"))
                        .label("页面上只印它的名字")
                        .help("写公文的 id"),
                ),
            }
        }
        if let (Some(day), Some(made)) = (record.date, subject.policy.facts.date)
            && day < made
        {
            report(
                Diagnostic::warning("progress-date", format!("进展的日期 {day} 早于公文的日期 {made}"))
                    .label("事情还没有交办或承诺")
                    .help("核对 date"),
            );
        }
    }
}
