//! Settles doubts: whether a document that may hold a phrase with punctuation does, which only its text tells.

use super::{judge::Judged, rank::Ranked, response::Options};
use crate::{Error, Index};

/// So many documents are looked into to settle whether they hold a phrase with punctuation, so that their number is
/// exact; of more only those that are shown.
const SETTLED: usize = 20;

/// What is left when the doubts are settled.
pub(super) struct Settled {
    /// The documents that hold for sure, best first: as many as are wanted, or all that were looked into.
    pub shown: Vec<Ranked>,
    /// How many were not looked into.
    pub rest: usize,
    /// How many hold, those that were not looked into among them.
    pub total: usize,
    /// Whether `total` is exact.
    pub total_exact: bool,
}

/// How many documents have to be known.
pub(super) fn wanted(options: &Options) -> usize {
    if options.limit == 0 { usize::MAX } else { options.offset.saturating_add(options.limit) }
}

/// Looks into the documents of `order`: into all if few are in doubt or all are wanted, else into those that are shown.
pub(super) fn settle(
    index: &Index,
    judged: &[Judged<'_>],
    order: &[Ranked],
    options: &Options,
) -> Result<Settled, Error> {
    let doubts = |document: u32| {
        judged.iter().any(|judged| {
            let entry = judged.entries.binary_search_by_key(&document, |entry| entry.document);
            entry.is_ok_and(|at| !judged.entries[at].certain)
        })
    };
    let holds = |document: u32| -> Result<bool, Error> {
        let text = index.normalized_text(document)?;
        Ok(judged.iter().all(|judged| {
            let entry =
                judged.entries.binary_search_by_key(&document, |entry| entry.document).map(|at| judged.entries[at]);
            match entry {
                Ok(entry) if !entry.certain => {
                    judged.texts.iter().any(|phrase| text.contains(phrase.as_str())) != judged.group.negated
                }
                _ => true,
            }
        }))
    };
    let in_doubt = order.iter().filter(|ranked| doubts(ranked.document)).count();
    let wanted = wanted(options);
    let total_exact = in_doubt <= SETTLED || options.limit == 0;
    let mut shown: Vec<Ranked> = Vec::new();
    let (mut refuted, mut rest) = (0, order);
    while !rest.is_empty() && (total_exact && in_doubt > 0 || shown.len() < wanted) {
        // As many at a time as are wanted, so that their texts are asked for together.
        let step = if total_exact && in_doubt > 0 { rest.len() } else { (wanted - shown.len()).min(rest.len()) };
        let (now, later) = rest.split_at(step);
        rest = later;
        let doubtful: Vec<u32> = now.iter().map(|ranked| ranked.document).filter(|d| doubts(*d)).collect();
        index.touch_texts(&doubtful)?;
        for ranked in now {
            if doubts(ranked.document) && !holds(ranked.document)? {
                refuted += 1;
            } else {
                shown.push(*ranked);
            }
        }
    }
    Ok(Settled { shown, rest: rest.len(), total: order.len() - refuted, total_exact })
}
