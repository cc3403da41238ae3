//! 词表: words with a class each, matched in one pass.

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use serde::de::DeserializeOwned;

/// Reads the table of words `name`, a file of TOML that is part of the program.
///
/// # Panics
/// Where the table is broken, with its name and the place of the fault: a table that cannot be read would mean “finds
/// nothing”. A test reads them all.
pub(crate) fn load<T: DeserializeOwned>(name: &str, table: &str) -> T {
    toml::from_str(table).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// True where `text` begins with one of `words`.
pub(crate) fn starts_with(text: &str, words: &[String]) -> bool {
    words.iter().any(|w| text.starts_with(w.as_str()))
}

/// True where `text` ends with one of `words`.
pub(crate) fn ends_with(text: &str, words: &[String]) -> bool {
    words.iter().any(|w| text.ends_with(w.as_str()))
}

/// A table of words with one automaton over them.
pub(crate) struct Table<T> {
    automaton: Option<AhoCorasick>,
    words: Vec<(String, T)>,
}

impl<T: Copy> Table<T> {
    /// The table of these words.
    pub(crate) fn new(words: Vec<(String, T)>) -> Self {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Both)
            .build(words.iter().map(|(w, _)| w))
            .ok();
        Table { automaton, words }
    }

    /// The longest word that `text` has at byte `at`: its class and length.
    pub(crate) fn at(&self, text: &str, at: usize) -> Option<(T, usize)> {
        let input = Input::new(text).range(at..).anchored(Anchored::Yes);
        let hit = self.automaton.as_ref()?.find(input)?;
        Some((self.words.get(hit.pattern().as_usize())?.1, hit.len()))
    }

    /// True where `text` holds any of the words that `of` holds true for.
    pub(crate) fn occurs(&self, text: &str, of: impl Fn(T) -> bool) -> bool {
        let Some(automaton) = &self.automaton else { return false };
        automaton.find_iter(text).any(|m| self.words.get(m.pattern().as_usize()).is_some_and(|w| of(w.1)))
    }

    /// The class of the word that `text` is, and its place in the table.
    pub(crate) fn exactly(&self, text: &str) -> Option<(T, usize)> {
        let input = Input::new(text).anchored(Anchored::Yes);
        let hit = self.automaton.as_ref()?.find(input).filter(|hit| hit.len() == text.len())?;
        let i = hit.pattern().as_usize();
        Some((self.words.get(i)?.1, i))
    }

    /// The class of the longest word that `text` ends with, and its place in the table.
    pub(crate) fn ending(&self, text: &str) -> Option<(T, usize)> {
        let ends = self.words.iter().enumerate().filter(|(_, (w, _))| text.ends_with(w.as_str()));
        ends.max_by_key(|(_, (w, _))| w.len()).map(|(i, (_, class))| (*class, i))
    }
}

/// Gives every word of a list its class.
pub(crate) fn classed<T: Copy>(lists: impl IntoIterator<Item = (Vec<String>, T)>) -> Vec<(String, T)> {
    lists.into_iter().flat_map(|(words, class)| words.into_iter().map(move |w| (w, class))).collect()
}
