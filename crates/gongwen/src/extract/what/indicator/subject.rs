//! Does a sentence say of what its numbers are?

use std::ops::Range;

use super::find;
use super::words::WORDS;
use crate::extract::kit::sentence::{Hidden, ends_sentence};
use crate::extract::when::{self, Context};

/// False where a sentence gives numbers and nowhere says of what: 到2020年，达到80%以上. `range` is the target's stretch of
/// block number `block`; the words of the sentence before it count as well.
pub(crate) fn says_of_what(block: usize, text: &str, range: Range<usize>) -> bool {
    /// How far back the sentence is read, in bytes.
    const BACK: usize = 600;
    let mut back = range.start.saturating_sub(BACK);
    while !text.is_char_boundary(back) {
        back -= 1;
    }
    let before = text.get(back..range.start).unwrap_or("");
    let start =
        back + before.rfind(ends_sentence).map_or(0, |i| i + before[i..].chars().next().map_or(0, char::len_utf8));
    let Some(own) = text.get(..range.end) else { return true };
    let hidden = Hidden::of(own, start);
    let found = find(block, own, range.clone(), &hidden);
    let Some(first) = found.first() else { return true };
    let around = [start..first.quantity.start, first.quantity.end..range.end];
    around.into_iter().filter_map(|r| text.get(r)).any(names_something)
}

/// True where `words` hold Chinese characters besides dates and the words of [`Words`].
fn names_something(words: &str) -> bool {
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        if let Some(date) = when::at(words, at, Context::default())
            && date.text.end > at
        {
            at = date.text.end;
            continue;
        }
        let lists =
            [&WORDS.at_least, &WORDS.at_most, &WORDS.above, &WORDS.below, &WORDS.verbs, &WORDS.units, &WORDS.fillers];
        let known = lists.into_iter().flatten().filter(|w| rest.starts_with(w.as_str())).map(|w| w.len()).max();
        let Some(c) = rest.chars().next() else { break };
        match known {
            Some(len) => at += len,
            None if crate::scan::is_han(c) => return true,
            None => at += c.len_utf8(),
        }
    }
    false
}
