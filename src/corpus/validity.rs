//! 效力: when an instrument takes effect, until when it holds, and what repeals it.

use gongwen::extract::Relation;
use gongwen::extract::cites::validity::{Fixes, Validity as Clause};
use jiff::civil::Date;

use super::model::{CitedBy, Corpus, Policy, Repeal, Validity};
use crate::content::Front;

impl Validity {
    /// What a document says of itself; the front matter outweighs its text.
    pub(super) fn of(front: &Front, clauses: &[Clause]) -> Validity {
        let last = |fixes| {
            let own = clauses.iter().rev().filter(|c| c.own && c.fixes == fixes);
            own.filter_map(|c| Some((c.date?, c.path.clone()))).next()
        };
        let stated = |front: Option<Date>, fixes| match front {
            Some(day) => (Some(day), None),
            None => last(fixes).map_or((None, None), |(day, path)| (Some(day), Some(path))),
        };
        let (effective, effective_path) = stated(front.effective, Fixes::Effective);
        let (expires, expires_path) = stated(front.expires, Fixes::Expiry);
        Validity { effective, expires, effective_path, expires_path, repealed_by: Vec::new() }
    }
}

impl Corpus {
    /// When a document holds.
    pub fn validity_of(&self, policy: &Policy) -> Option<&Validity> {
        policy.instrument.and_then(|i| self.instruments.get(i)).map(|i| &i.validity)
    }
}

/// Gives every instrument what its own document says of it and what the others do to it. `own` is in the order of the
/// documents.
pub(super) fn join(corpus: &mut Corpus, own: Vec<Validity>) {
    for (policy, validity) in corpus.documents.iter().zip(&own) {
        if let Some(instrument) = policy.instrument.and_then(|i| corpus.instruments.get_mut(i)) {
            instrument.validity = validity.clone();
        }
    }
    for instrument in &mut corpus.instruments {
        let repeals = instrument.cited_by.iter().filter(|c| c.relation == Relation::Repeal);
        instrument.validity.repealed_by = repeals
            .map(|CitedBy { document, paths, policy, .. }| {
                let date = corpus.documents.get(*policy).and_then(|p| p.facts.date);
                let from = own.get(*policy).and_then(|v| v.effective).or(date);
                Repeal {
                    document: document.clone(),
                    path: paths.first().cloned().unwrap_or_default(),
                    ahead: from > date,
                    from,
                    policy: *policy,
                }
            })
            .collect();
    }
}
