//! Looks for the words of phrases where the phrases themselves are rare.

use super::{
    Absent,
    conditions::{Entry, Needle, Scorer, union},
    judge::{Count, Judged, Notes, Tally},
    rank::Ranked,
    response::Matched,
};
use crate::{
    Error, Index,
    query::{Condition, Group, Phrase},
};

/// What scattered words are worth against the phrase.
const SCATTERED: f32 = 0.5;

/// The share of a phrase's words, by rarity, that a document must hold to be shown when none holds all.
const PARTLY: f32 = 0.6;

/// The phrase of a group that may be taken apart into words.
pub(super) fn loose(group: &Group) -> Option<&Phrase> {
    match group.any.as_slice() {
        [Condition::Text(phrase)] if !group.negated && !phrase.exact => Some(phrase),
        _ => None,
    }
}

/// Adds the documents that hold the words of every phrase, or, if there are none, those that hold most of the words of
/// each. What was typed apart stays apart: of two phrases both must hold.
pub(super) fn loosen(
    index: &Index,
    must: &[&Judged<'_>],
    scorer: &Scorer<'_>,
    order: &mut Vec<Ranked>,
    notes: &mut Notes,
    included: &dyn Fn(u32) -> bool,
) -> Result<(), Error> {
    let mut absent = Absent::default();
    let (mut tally, mut partly) = (Tally::new(index.documents), Tally::new(index.documents));
    let mut needles = Vec::new();
    for judged in must {
        let Some(phrase) = loose(judged.group) else {
            tally.add(&judged.entries);
            partly.add(&judged.entries);
            continue;
        };
        let words = index.scattered(phrase, scorer, &mut absent)?;
        let (scattered, most) = together(index, &words);
        partly.add(&union(judged.entries.clone(), most));
        tally.add(&union(judged.entries.clone(), scattered));
        needles.extend(words.into_iter().map(|(needle, _)| needle));
    }
    absent.check()?;
    let known: Vec<u32> = order.iter().map(|ranked| ranked.document).collect();
    for (tally, matched) in [(tally, Matched::Scattered), (partly, Matched::Partly)] {
        if matched == Matched::Partly && !order.is_empty() {
            break;
        }
        let documents = tally.all(must.len()).filter(|(document, _)| included(*document));
        let new = documents.filter(|(document, _)| known.binary_search(document).is_err());
        order.extend(new.map(|(document, count)| Ranked { document, matched, score: count.total() }));
    }
    if order.len() > known.len() {
        let texts: Vec<String> = notes.needles.iter().map(|needle| needle.text.clone()).collect();
        notes.needles.extend(needles.into_iter().filter(|needle| !texts.contains(&needle.text)));
    }
    Ok(())
}

/// The documents that hold all of several words, and those that hold most of them.
fn together(index: &Index, words: &[(Needle, Vec<Entry>)]) -> (Vec<Entry>, Vec<Entry>) {
    if words.len() < 2 {
        // A phrase that is one word is not taken apart.
        return Default::default();
    }
    let mut tally = Tally::new(index.documents);
    let mut held = vec![0.0f32; index.documents as usize];
    for (needle, entries) in words {
        tally.add(entries);
        for entry in entries {
            if let Some(held) = held.get_mut(entry.document as usize) {
                *held += needle.weight;
            }
        }
    }
    let entry = |(document, count): (u32, Count)| Entry {
        document,
        score: SCATTERED * count.score,
        title: count.title,
        certain: true,
    };
    let all = tally.all(words.len()).map(entry).collect();
    let enough = PARTLY * words.iter().map(|(needle, _)| needle.weight).sum::<f32>();
    let most = (0u32..).zip(held.iter().zip(&tally.0)).filter(|(_, (held, _))| **held >= enough);
    (all, most.map(|(document, (_, count))| entry((document, *count))).collect())
}
