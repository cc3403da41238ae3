//! From words that point to the place that they mean.

use std::ops::Range;

use super::places::{Places, is_article};
use super::words::{WORDS, eat_self};
use crate::numeral;
use crate::scan::Cursor;

/// 附件2, 附件, 附件1、3: the attachments of those numbers, or the only one.
pub(super) fn attachments(text: &str, at: usize, block: usize, places: &Places<'_>) -> Vec<(Range<usize>, usize)> {
    let mut found = Vec::new();
    let mut c = Cursor::new(text, at);
    let Some(word) = c.eat_any(&WORDS.attachments) else { return found };
    let bare = c.at();
    let any = |number: &str| places.one(number, block, |_| true);
    let Some((_, n)) = c.spaces().numeral() else {
        let only = || any(&format!("{word}1")).filter(|_| !places.by_number.contains_key(&format!("{word}2")));
        found.extend(any(word).or_else(only).map(|i| (at..bare, i)));
        return found;
    };
    let alone = || if n == 1 { any(word) } else { None };
    found.extend(any(&format!("{word}{n}")).or_else(alone).map(|i| (at..c.at(), i)));
    loop {
        let mut ahead = c;
        if ahead.eat_any(&WORDS.joints).is_none() {
            return found;
        }
        let start = ahead.spaces().at();
        let Some((_, n)) = ahead.numeral() else { return found };
        found.extend(any(&format!("{word}{n}")).map(|i| (start..ahead.at(), i)));
        c = ahead;
    }
}

/// 本办法第三条第二项, 依照第三条, 本意见第二部分, 本意见第（三）条: where the words for a place of this document begin
/// and end, and the place.
pub(super) fn numbered(
    text: &str,
    at: usize,
    last_end: usize,
    block: usize,
    places: &Places<'_>,
) -> Option<(Range<usize>, usize)> {
    let start = start_of(text, at, last_end)?;
    let mut c = Cursor::new(text, at);
    c.eat("第");
    if let Some(number) = bracketed(&mut c) {
        c.eat_any(&["条", "项", "款", "部分", "点"])?;
        let found = places.beside(block, &number).or_else(|| places.one(&number, block, |_| true))?;
        return Some((start..c.at(), found));
    }
    let (digits, _) = c.numeral()?;
    match c.eat_any(&["条", "部分", "章", "项"])? {
        "条" => {
            inserted(&mut c);
            let number = text.get(at..c.at())?;
            if let Some(article) = places.one(number, block, is_article) {
                let item = item(&mut c, article, places);
                return Some((start..c.at(), item.unwrap_or(article)));
            }
            // 本意见第三条 of an opinion that numbers its clauses 三 or （三）, where only one of them is there.
            let plain = places.one(digits, block, |e| e.parent.is_none());
            let nested = places.one(&format!("（{digits}）"), block, |_| true);
            let found = if places.articles.is_empty() { plain.xor(nested)? } else { return None };
            Some((start..c.at(), found))
        }
        "部分" => {
            let whole = text.get(at..c.at())?;
            let found = places.one(whole, block, |_| true).or_else(|| places.one(digits, block, |_| true))?;
            Some((start..c.at(), found))
        }
        "章" => Some((start..c.at(), places.one(text.get(at..c.at())?, block, |_| true)?)),
        "项" => Some((start..c.at(), places.beside(block, &format!("（{digits}）"))?)),
        _ => None,
    }
}

/// Where the words begin that point with the 第 at `at`: at 本办法, 上述, the 第 of a list that goes on, or the 第 after a
/// word such as 依照. `None` where the number may be another instrument's.
fn start_of(text: &str, at: usize, last_end: usize) -> Option<usize> {
    let before = text[..at].trim_end();
    // 本 stands no farther before than the longest way of calling oneself.
    let near = before.char_indices().rev().nth(11).map_or(0, |(i, _)| i);
    if let Some(own) = before[near..].rfind('本').map(|i| near + i) {
        let mut c = Cursor::new(before, own);
        if eat_self(&mut c) && c.rest().is_empty() {
            return Some(own);
        }
    }
    if let Some(head) = WORDS.above.iter().find_map(|w| before.strip_suffix(w.as_str())) {
        return Some(head.len());
    }
    // 第三条第二款、第五条: nothing but joints, 款 and 项 between two articles of one list.
    let joint = |c: char| "、和及与或者至到第款项".contains(c) || numeral::is_chinese_numeral(c);
    let joined = text.get(last_end..at).is_some_and(|gap| gap.len() <= 48 && gap.chars().all(joint));
    let ends = |words: &[String]| words.iter().any(|w| before.ends_with(w.as_str()));
    let cue = !ends(&WORDS.not_cues) && ends(&WORDS.cues);
    (joined || cue).then_some(at)
}

/// 本条第一款: the article around, or its item.
pub(super) fn own_article(text: &str, at: usize, block: usize, places: &Places<'_>) -> Option<(Range<usize>, usize)> {
    let mut c = Cursor::new(text, at);
    c.eat("本条");
    let article = places.article(block)?;
    let bare = c;
    let found = item(&mut c, article, places).unwrap_or(article);
    if c.at() == bare.at() {
        c.eat("第");
        c.numeral()?;
        c.eat_any(&["款"])?;
    }
    Some((at..c.at(), found))
}

/// Passes 第二款第（三）项 and 第三项 where `article` has that item.
fn item(c: &mut Cursor<'_>, article: usize, places: &Places<'_>) -> Option<usize> {
    let mut ahead = *c;
    let mut paragraph = ahead;
    if paragraph.eat("第") && paragraph.numeral().is_some() && paragraph.eat("款") {
        ahead = paragraph;
    }
    if !ahead.eat("第") {
        return None;
    }
    let number = bracketed(&mut ahead).or_else(|| ahead.numeral().map(|(digits, _)| format!("（{digits}）")))?;
    ahead.eat_any(&["项"])?;
    let found = places.child(article, &number)?;
    *c = ahead;
    Some(found)
}

/// Passes （三） with brackets of either width.
fn bracketed(c: &mut Cursor<'_>) -> Option<String> {
    let mut ahead = *c;
    ahead.eat_any(&["（", "("])?;
    let (digits, _) = ahead.numeral()?;
    ahead.eat_any(&["）", ")"])?;
    *c = ahead;
    Some(format!("（{digits}）"))
}

/// Passes 之二 of 第九条之二.
fn inserted(c: &mut Cursor<'_>) {
    let mut ahead = *c;
    if ahead.eat("之") && ahead.numeral().is_some() {
        *c = ahead;
    }
}
