//! 分词: which terms of a normalised text are indexed, and where.
//!
//! Every word of the dictionary at every offset, runs of letters and digits whole, and a Chinese character alone only
//! where no word covers it. The position of a term is the offset of its first character. So every phrase of a text can
//! be put together from terms at known offsets (`phrase`), whatever its bounds.

use std::ops::Range;

use crate::{dictionary::Dictionary, normalize::Class, runs};

/// Walks a text and yields the character ranges of its terms, ordered by start.
pub(crate) struct Terms<'a> {
    dictionary: &'a Dictionary,
    text: &'a [char],
    at: usize,
    /// Where the words that started so far end.
    covered: usize,
    lengths: Vec<usize>,
    /// Terms that start at or before `at` and have not been yielded, last first.
    pending: Vec<Range<usize>>,
}

impl<'a> Terms<'a> {
    pub(crate) fn new(dictionary: &'a Dictionary, text: &'a [char]) -> Self {
        Terms { dictionary, text, at: 0, covered: 0, lengths: Vec::new(), pending: Vec::new() }
    }

    fn fill(&mut self) {
        let at = self.at;
        match Class::of(self.text[at]) {
            Class::Mark => self.at += 1,
            Class::Run => {
                let length = self.text[at..].iter().take_while(|c| Class::of(**c) == Class::Run).count();
                self.pending.extend(runs::pieces(length).map(|piece| at + piece.start..at + piece.end));
                self.pending.reverse();
                self.at += length;
            }
            Class::Han => {
                self.dictionary.words_at(&self.text[at..], &mut self.lengths);
                match self.lengths.last() {
                    Some(longest) => self.covered = self.covered.max(at + longest),
                    None if self.covered <= at => self.pending.push(at..at + 1),
                    None => {}
                }
                self.pending.extend(self.lengths.iter().rev().map(|length| at..at + length));
                self.at += 1;
            }
        }
    }
}

impl Iterator for Terms<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        while self.pending.is_empty() && self.at < self.text.len() {
            self.fill();
        }
        self.pending.pop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Normalized;

    #[test]
    fn every_word_at_every_offset_and_singles_only_where_nothing_covers() {
        for (text, terms) in [
            ("县级人民政府", "县级@0 人民@2 人民政府@2 民政@3 政府@4"),
            ("2018年6月", "2018@0 年@4 6@5 月@6"),
            ("双随机、一公开", "双随机、一公开@0 随机@1 公开@5"),
            ("鞔囗", "鞔@0 囗@1"),
            ("。、", ""),
        ] {
            let normalized = Normalized::new(text);
            let dictionary = Dictionary::default();
            let found: Vec<String> = Terms::new(&dictionary, &normalized.chars)
                .map(|range| format!("{}@{}", normalized.chars[range.clone()].iter().collect::<String>(), range.start))
                .collect();
            assert_eq!(found.join(" "), terms, "{text}");
        }
    }
}
