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

/// 翻一番 is twice, 翻两番 four times.
pub(super) fn doubling(text: &str) -> Option<(f64, usize)> {
    let mut c = Cursor::new(text, 0);
    c.eat("翻");
    c.eat("了");
    let (_, times @ 1..=6) = c.numeral()? else { return None };
    c.eat("番").then(|| (f64::from(1u32 << times), c.at()))
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
        return Some(Number { range: at..c.at(), value: value as f64, chinese: true, unit: None });
    }
    None
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
