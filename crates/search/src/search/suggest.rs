//! “是不是要找”: what to search for instead of a phrase that stands nowhere.

use super::{Absent, conditions::Scorer};
use crate::{
    Error, Index,
    phrase::{self, Cover},
    query::Phrase,
};

/// How many suggestions are made for a phrase.
const MOST: usize = 3;

/// How long a phrase is that is compared with the terms of the index, in characters.
const LONGEST: usize = 12;

/// How many candidates are tried.
const TRIED: usize = 24;

impl Index {
    /// Phrases that differ from one by a character and that stand somewhere, most frequent first.
    pub(super) fn suggest(
        &self,
        phrase: &Phrase,
        scorer: &Scorer<'_>,
        absent: &mut Absent,
    ) -> Result<Vec<String>, Error> {
        let chars = &phrase.chars;
        if !(3..=LONGEST).contains(&chars.len()) {
            return Ok(Vec::new());
        }
        // Terms that differ by one character from a part of the phrase of at least three, or from all of it.
        let mut candidates: Vec<(usize, Vec<char>)> = Vec::new();
        for term in self.vocabulary.all(&scorer.segment.text)? {
            let length = term.chars().count();
            if length < 2 || length > chars.len() || (length < 3 && chars.len() > 4) {
                continue;
            }
            let term: Vec<char> = term.chars().collect();
            for start in 0..=chars.len() - length {
                let differ = chars[start..start + length].iter().zip(&term).filter(|(a, b)| a != b).count();
                if differ == 1 {
                    let mut other = chars.clone();
                    other[start..start + length].clone_from_slice(&term);
                    candidates.push((length, other));
                }
            }
        }
        candidates.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        candidates.dedup();
        let frequency = |text: &[char]| -> u32 {
            let term: String = text.iter().collect();
            scorer.segment.text.terms().get(term.as_bytes()).ok().flatten().map_or(0, |info| info.doc_freq)
        };
        candidates.sort_by_key(|(length, text)| (std::cmp::Reverse(*length), std::cmp::Reverse(frequency(text))));
        let mut found: Vec<(usize, String)> = Vec::new();
        for (_, text) in candidates.into_iter().take(TRIED) {
            let cover = Cover::new(&text, &self.vocabulary, &scorer.segment.text)?;
            let documents = absent.put_off(phrase::find(&scorer.segment.text, &cover, self.wanted(false)))?;
            let documents = documents.map_or(0, |found| found.documents.len());
            let text: String = text.into_iter().collect();
            if documents > 0 && found.iter().all(|(_, other)| *other != text) {
                found.push((documents, text));
            }
        }
        found.sort_by_key(|(documents, _)| std::cmp::Reverse(*documents));
        Ok(found.into_iter().take(MOST).map(|(_, text)| text).collect())
    }
}
