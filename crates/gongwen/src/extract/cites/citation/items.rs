//! 《titles》 and numbers of a text, each title with the number printed beside it.

use std::ops::Range;

use super::words::WORDS;
use crate::number::{DocumentNumber, FoundNumber, find_numbers};

/// A named instrument at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// From its 《 or number to the end of the bracket that holds its number.
    pub(super) range: Range<usize>,
    /// The title without 《》.
    pub(super) title: Option<Range<usize>>,
    pub(super) number: Option<(Range<usize>, DocumentNumber)>,
    /// The short name that 以下简称《方案》 gives it, without 《》.
    pub(super) alias: Option<Range<usize>>,
    /// The bracket behind the title says that it is a deputy's: （省人大0097号建议）.
    pub(super) answered: bool,
    /// 收悉 follows: a proposal that is answered, or a request that is.
    pub(super) received: bool,
}

/// Longest title in bytes; a 《 without a 》 within it opens nothing.
const TITLE: usize = 900;
/// Longest bracket behind a title that may hold its number, in bytes.
const BRACKET: usize = 360;

/// Every title and number of `text`, in order.
pub(super) fn find(text: &str) -> Vec<Item> {
    let mut numbers = find_numbers(text).into_iter().peekable();
    let mut items = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('《').map(|i| from + i) {
        while let Some(n) = numbers.next_if(|n| n.range.end <= open) {
            items.push(bare(n));
        }
        let Some(close) = close(text, open) else {
            from = open + '《'.len_utf8();
            continue;
        };
        let mut item = Item {
            range: open..close,
            title: Some(open + '《'.len_utf8()..close - '》'.len_utf8()),
            number: None,
            alias: None,
            answered: false,
            received: false,
        };
        // A number inside the title is part of it.
        while numbers.next_if(|n| n.range.start < close).is_some() {}
        tail(text, &mut item, &mut numbers);
        // 国办发〔2015〕84号《通知》: the number stands before its title.
        let touches = items.last().is_some_and(|last: &Item| {
            last.title.is_none() && text.get(last.range.end..open).is_some_and(|gap| gap.trim().is_empty())
        });
        if touches
            && item.number.is_none()
            && let Some(before) = items.pop()
        {
            item.range.start = before.range.start;
            item.number = before.number;
        }
        from = item.range.end.max(close);
        items.push(item);
    }
    items.extend(numbers.map(bare));
    items
}

fn bare(found: FoundNumber) -> Item {
    Item {
        range: found.range.clone(),
        title: None,
        number: Some((found.range, found.number)),
        alias: None,
        answered: false,
        received: false,
    }
}

/// Where the 《 at `open` is closed, over nested 《》.
fn close(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (i, c) in text[open..].char_indices().take_while(|(i, _)| *i <= TITLE) {
        match c {
            '《' => depth += 1,
            '》' => {
                depth -= 1;
                if depth == 0 {
                    return Some(open + i + c.len_utf8());
                }
            }
            // A title holds no sentence's end, so that a lost 》 costs one title and not the paragraph.
            '。' | '\n' | '\t' => return None,
            _ => {}
        }
    }
    None
}

/// What stands right behind the title: （number）, （试行）, （以下简称《方案》）.
fn tail(text: &str, item: &mut Item, numbers: &mut std::iter::Peekable<std::vec::IntoIter<FoundNumber>>) {
    let mut end = item.range.end;
    for _ in 0..3 {
        let rest = &text[end..];
        let blank = rest.len() - rest.trim_start().len();
        let Some(first) = rest.trim_start().chars().next() else { break };
        if !matches!(first, '（' | '(' | '〔' | '[' | '【') {
            if let Some(n) = numbers.next_if(|n| n.range.start == end + blank && item.number.is_none()) {
                item.range.end = n.range.end;
                item.number = Some((n.range, n.number));
            }
            break;
        }
        let start = end + blank;
        let Some(close) = bracket(text, start) else { break };
        let inside = start + first.len_utf8()..close;
        let words = text.get(inside.clone()).unwrap_or("");
        let mut used = false;
        while let Some(n) = numbers.next_if(|n| n.range.start < close) {
            if item.number.is_none() {
                item.number = Some((n.range, n.number));
            }
            used = true;
        }
        if let Some(at) = WORDS.short.iter().find_map(|w| words.find(w.as_str())) {
            let from = inside.start + at;
            if let Some(a) = text[from..close].find('《').map(|i| from + i)
                && let Some(z) = self::close(&text[..close], a)
            {
                item.alias = Some(a + '《'.len_utf8()..z - '》'.len_utf8());
            }
            used = true;
        }
        if WORDS.answered.iter().any(|w| words.contains(w.as_str())) {
            item.answered = true;
        }
        end = close + text[close..].chars().next().map_or(0, char::len_utf8);
        if used {
            item.range.end = end;
        }
    }
    let after: String = text[item.range.end..].chars().take(12).collect();
    if WORDS.received.iter().any(|w| after.contains(w.as_str())) {
        item.received = true;
    }
}

/// Where the bracket at `open` is closed; the byte of its closing bracket.
fn bracket(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (i, c) in text[open..].char_indices().take_while(|(i, _)| *i <= BRACKET) {
        match c {
            '（' | '(' | '〔' | '[' | '【' => depth += 1,
            '）' | ')' | '〕' | ']' | '】' => {
                depth -= 1;
                if depth == 0 {
                    return Some(open + i);
                }
            }
            _ => {}
        }
    }
    None
}
