//! 词典: the words that the indexer knows, compiled in, and those that a site adds.

use std::{collections::BTreeMap, sync::LazyLock};

use lindera_dictionary::{
    dictionary::prefix_dictionary::PrefixDictionary,
    viterbi::{LexType, WordEntry, WordId},
};

use crate::{Error, normalize::normalize};

/// Words longer than this are not added: a query looks for words up to the longest one.
pub(crate) const LONGEST_WORD: usize = 16;

static COMPILED: LazyLock<Option<PrefixDictionary>> = LazyLock::new(|| {
    PrefixDictionary::load(
        &include_bytes!(concat!(env!("OUT_DIR"), "/dictionary/dict.trie"))[..],
        &include_bytes!(concat!(env!("OUT_DIR"), "/dictionary/dict.valsidx"))[..],
        &include_bytes!(concat!(env!("OUT_DIR"), "/dictionary/dict.vals"))[..],
        Vec::new(),
        Vec::new(),
    )
    .ok()
});

/// The words that an index is built with.
#[derive(Clone, Default)]
pub(crate) struct Dictionary {
    /// Whether the compiled words are not among them.
    alone: bool,
    added: Option<PrefixDictionary>,
}

impl Dictionary {
    /// The compiled dictionary and the words of a site (names of organs and regions, titles); words of fewer than two
    /// characters or more than [`LONGEST_WORD`] are left out.
    pub(crate) fn with_words(words: &[String]) -> Result<Self, Error> {
        let mut entries = BTreeMap::new();
        for word in words {
            let word = normalize(word);
            if (2..=LONGEST_WORD).contains(&word.chars().count()) && !word.contains('\0') {
                let id = WordId::new(LexType::System, entries.len() as u32);
                entries.insert(word, vec![WordEntry::new(id, 0, 0, 0)]);
            }
        }
        if entries.is_empty() {
            return Ok(Dictionary::default());
        }
        let added = PrefixDictionary::from_word_entry_map(&entries).map_err(|e| Error::Dictionary(e.to_string()))?;
        Ok(Dictionary { alone: false, added: Some(added) })
    }

    /// These words and no others.
    pub(crate) fn of_words(words: &[String]) -> Result<Self, Error> {
        Ok(Dictionary { alone: true, ..Dictionary::with_words(words)? })
    }

    /// The lengths, in characters and shortest first, of the words that `text` begins with.
    pub(crate) fn words_at(&self, text: &[char], lengths: &mut Vec<usize>) {
        lengths.clear();
        let text = &text[..text.len().min(LONGEST_WORD)];
        if let Some(compiled) = COMPILED.as_ref().filter(|_| !self.alone) {
            lengths.extend(compiled.common_prefix_search(text).map(|(_, length)| length));
        }
        if let Some(added) = &self.added {
            lengths.extend(added.common_prefix_search(text).map(|(_, length)| length));
            lengths.sort_unstable();
            lengths.dedup();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(dictionary: &Dictionary, text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let mut lengths = Vec::new();
        dictionary.words_at(&chars, &mut lengths);
        lengths.iter().map(|length| chars[..*length].iter().collect()).collect()
    }

    #[test]
    fn the_compiled_dictionary_knows_words_and_terms() {
        let dictionary = Dictionary::default();
        assert_eq!(words(&dictionary, "人民政府"), ["人民", "人民政府"]);
        assert_eq!(words(&dictionary, "双随机、一公开监管"), ["双随机、一公开"]);
    }

    #[test]
    fn a_site_adds_words() -> Result<(), Error> {
        let dictionary = Dictionary::with_words(&["市衛生計生委".into(), "市".into(), "长".repeat(40)])?;
        assert_eq!(words(&dictionary, "市卫生计生委牵头"), ["市卫生计生委"]);
        Ok(())
    }
}
