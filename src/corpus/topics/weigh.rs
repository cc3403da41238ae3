//! How much words say of a topic, and where they say nothing.

use std::ops::Range;

use crate::registry::TopicWord;

/// What a word weighs in running text.
pub(super) fn weight(word: &TopicWord) -> usize {
    if word.title { 2 } else { 1 }
}

/// A word so long, in characters, names its topic by itself.
pub(super) const NAMING: usize = 3;

/// True where words of this weight make a clause of `chars` characters be about their topic: three points and one for
/// every hundred characters; a clause of more than 600 needs no more than six.
pub(super) fn is_thick(points: usize, chars: usize) -> bool {
    points >= 3 && points * 100 >= chars.min(600)
}

/// The same for a part of an obligation's sentence, which is about one thing: a title word in a hundred characters.
pub(super) fn is_thick_in_part(points: usize, chars: usize) -> bool {
    points >= 2 && points * 50 >= chars
}

/// True for a character of words or numbers. Nearly all are Chinese, which is known at a glance.
pub(crate) fn is_word(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric()
}

/// Characters that say something.
pub(super) fn said(text: &str) -> usize {
    text.chars().filter(|&c| is_word(c)).count()
}

/// True where a text says anything.
pub(super) fn says(text: &str) -> bool {
    text.chars().any(is_word)
}

/// `range` without white space and stops at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let blank = |c: char| c.is_whitespace() || matches!(c, '。' | '：' | ':' | '；' | ';');
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start_matches(blank).len());
    start..(range.start + words.trim_end_matches(blank).len()).max(start)
}

/// Where 《…》 stand, in order.
pub(super) fn titles_in(text: &str) -> Vec<Range<usize>> {
    let mut open = None;
    let mut titles = Vec::new();
    for (at, mark) in text.match_indices(['《', '》']) {
        match mark {
            "《" => open = open.or(Some(at)),
            _ => titles.extend(open.take().map(|start| start..at)),
        }
    }
    titles
}

/// True where byte `at` stands in one of `ranges`, which are in order.
pub(super) fn stands_in(ranges: &[Range<usize>], at: usize) -> bool {
    ranges.get(ranges.partition_point(|r| r.end <= at)).is_some_and(|r| r.contains(&at))
}
