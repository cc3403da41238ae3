//! Printed numbers: 1,000, 99.5, 百分之八十, 一, 翻一番.

use std::ops::Range;

use super::words::WORDS;
use crate::numeral;
use crate::scan::{Cursor, is_arabic};

/// A printed number.
pub(super) struct Number {
    pub(super) range: Range<usize>,
    pub(super) value: f64,
    /// Written in Chinese digits.
    pub(super) chinese: bool,
    /// The unit that is part of the number: 百分之.
    pub(super) unit: Option<String>,
}

/// 翻一番 is twice, 翻两番 four times, 翻番 twice; with the bytes of the words.
pub(super) fn doubling(text: &str) -> Option<(f64, usize)> {
    let mut c = Cursor::new(text, 0);
    c.eat("翻");
    c.eat("了");
    let times = match c.numeral() {
        Some((_, times @ 1..=6)) => times,
        Some(_) => return None,
        None => 1,
    };
    c.eat(&WORDS.doubled).then(|| (f64::from(1u32 << times), c.at()))
}

/// 半天, 半个工作日: the bytes of the words, and the unit.
pub(super) fn half(text: &str) -> Option<(usize, &str)> {
    let mut c = Cursor::new(text, 0);
    c.eat_any(&WORDS.half)?;
    let start = c.at();
    c.eat_any(&WORDS.halved)?;
    Some((c.at(), &text[start..c.at()]))
}

/// The number at byte `at`: 1,000, 99.5, 百分之八十, 一.
pub(super) fn number(text: &str, at: usize) -> Option<Number> {
    let mut c = Cursor::new(text, at);
    if c.eat(&WORDS.per_hundred) {
        let (_, value) = c.numeral()?;
        return Some(Number { range: at..c.at(), value: value as f64, chinese: false, unit: Some("%".to_owned()) });
    }
    let first = c.peek()?;
    if is_arabic(first) {
        let value = decimal(&mut c)?;
        return Some(Number { range: at..c.at(), value, chinese: false, unit: None });
    }
    if numeral::is_chinese_numeral(first) && !matches!(first, '百' | '千' | '零' | '〇' | '○') {
        let (_, value) = c.numeral()?;
        if let Some(share) = share(&mut c, value) {
            return Some(Number { range: at..c.at(), value: share, chinese: false, unit: Some(String::new()) });
        }
        return Some(Number { range: at..c.at(), value: value as f64, chinese: true, unit: None });
    }
    None
}

/// Passes 分之二 after 三; the share to four decimals.
fn share(c: &mut Cursor<'_>, whole: u64) -> Option<f64> {
    let mut ahead = *c;
    if !ahead.eat(&WORDS.fraction) {
        return None;
    }
    let (_, part) = ahead.numeral()?;
    *c = ahead;
    (whole > 0).then(|| (part as f64 / whole as f64 * 1e4).round() / 1e4)
}

/// Passes ∶1.2 after 1: the second term to one of the first, to four decimals, or
/// the first to a second that is 1. `before` are the words before the ratio.
pub(super) fn ratio<'a>(text: &'a str, c: &mut Cursor<'a>, first: f64, before: &str) -> Option<f64> {
    let mut ahead = *c;
    let sign = ahead.spaces().eat_any(&WORDS.ratio)?;
    let named = WORDS.ratio_named.iter().any(|w| before.contains(w.as_str()));
    // 1比1.2 is a ratio only where something is named so.
    if first <= 0.0 || (sign != "∶" && !named) {
        return None;
    }
    let second = number(text, ahead.spaces().at())?;
    *c = Cursor::new(text, second.range.end);
    if second.value == 1.0 {
        return Some(first); // 2.5∶1
    }
    Some((second.value / first * 1e4).round() / 1e4)
}

/// Passes Arabic digits with a decimal point or with commas between thousands.
fn decimal(c: &mut Cursor<'_>) -> Option<f64> {
    /// More digits than any quantity has.
    const DIGITS: usize = 18;
    let mut digits = String::new();
    loop {
        let run = c.eat_while(is_arabic);
        digits.extend(run.chars().filter_map(numeral::digit).filter_map(|d| char::from_digit(d as u32, 10)));
        if digits.len() > DIGITS {
            return None;
        }
        let mut ahead = *c;
        let next = |c: &Cursor<'_>| c.rest().chars().take_while(|d| is_arabic(*d)).take(4).count();
        match ahead.eat_char(|s| matches!(s, '.' | '．' | ',' | '，')) {
            Some('.' | '．') if !digits.contains('.') && next(&ahead) > 0 => digits.push('.'),
            Some(',' | '，') if !digits.contains('.') && next(&ahead) == 3 => {}
            _ => return digits.parse().ok(),
        }
        *c = ahead;
    }
}
