//! 进展: what the front matter records of how far tasks and promises have come, put with the obligations that are meant,
//! and led to the documents that say so.

use super::model::*;
use crate::content::{self, Loaded};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::vocabulary::Kind;

/// Puts every record of `file` with the one obligation that it is of; a record that is of none or of several is reported
/// and put nowhere.
pub(super) fn apply(file: &Loaded, records: &[content::Progress], found: &mut [Obligation]) -> Diagnostics {
    let mut problems = Diagnostics::default();
    for record in records {
        let meant = |o: &Obligation, kind: Kind| {
            o.path == record.path
                && o.kind == kind
                && record.words.as_ref().is_none_or(|words| {
                    o.text.contains(words.as_str()) || o.title.as_ref().is_some_and(|t| t.contains(words.as_str()))
                })
        };
        let count = |kind: Kind| found.iter().filter(|o| meant(o, kind)).count();
        // A sentence that promises also sets a target; what became of it is asked of the promise.
        let likely = [Kind::Commitment, Kind::Assignment, Kind::Target].into_iter().find(|&kind| count(kind) > 0);
        let kind = record.finding.or(likely).unwrap_or(Kind::Commitment);
        let count = count(kind);
        match found.iter_mut().find(|o| meant(o, kind)) {
            Some(one) if count == 1 => one.progress.push(Progress {
                state: record.state,
                date: record.date,
                document: record.document.clone(),
                clause: record.clause.clone(),
                link: record.link.clone(),
                note: record.note.clone(),
                source: record.source.clone(),
            }),
            _ => problems.push(unmatched(file, record, count)),
        }
    }
    found.iter_mut().for_each(|o| o.progress.sort_by_key(|record| record.date));
    problems
}

/// Gives the documents that records name their ids.
pub(super) fn resolve(corpus: &mut Corpus) {
    let recorded: Vec<usize> =
        corpus.obligations.iter().enumerate().filter(|(_, o)| !o.progress.is_empty()).map(|(i, _)| i).collect();
    for i in recorded {
        for n in 0..corpus.obligations[i].progress.len() {
            let named = corpus.obligations[i].progress[n].document.as_deref().map(|name| corpus.documents_named(name));
            if let Some([index]) = named.as_deref() {
                corpus.obligations[i].progress[n].document = Some(corpus.documents[*index].facts.id.clone());
            }
        }
    }
}

fn unmatched(file: &Loaded, record: &content::Progress, count: usize) -> Diagnostic {
    let clause = match record.path.as_str() {
        "" => "不在任何标题下的文字".to_owned(),
        path => format!("“{path}”"),
    };
    let place = file.places().source(record.source.clone());
    if count == 0 {
        return Diagnostic::warning("progress-unmatched", format!("进展没有对上：{clause}里没有这样的任务或承诺"))
            .at(place)
            .label("这一条进展不会显示")
            .help("核对 path、finding 和 match；条款的写法见页面上的链接，例如 三/（一）");
    }
    Diagnostic::warning("progress-several", format!("进展不知道是哪一项的：{clause}里有 {count} 项"))
        .at(place)
        .label("这一条进展不会显示")
        .help("用 match 写出那一项原文里的几个字")
}
