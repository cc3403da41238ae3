//! 指标: numbers with a unit that say how much is to be reached: 80%以上, 不少于2张, 至少一所, 1.2万亿元, 60—80个.
//!
//! The value is the printed one and the unit keeps its 万 and 亿, so that the pair reads as printed. A number in quotes,
//! titles or brackets, an age, a grade, a date, a denominator (每百名) or a threshold (200张以上的机构) is no indicator.
//!
//! `number` reads numbers, `quantity` what stands around them; the words are in `words/indicator.toml`.

mod number;
mod quantity;
mod subject;
mod words;

use std::ops::Range;

use crate::Span;
use crate::extract::kit::sentence::{Hidden, ends_clause};
use crate::extract::when::{self, Context};
use crate::numeral;
use crate::scan::is_arabic;
use number::{doubling, half, number};
use quantity::{comparison, push, quantity, starts_above};
pub(crate) use subject::says_of_what;
use words::WORDS;

/// How the value bounds what is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Op {
    /// 以上, 不少于, 至少.
    AtLeast,
    /// 以下, 不超过, 以内.
    AtMost,
    /// The bare number.
    Equal,
}

impl Op {
    /// The sign of the open data.
    pub fn sign(self) -> &'static str {
        match self {
            Op::AtLeast => ">=",
            Op::AtMost => "<=",
            Op::Equal => "=",
        }
    }
}

/// 一项指标.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// The clause that says what is measured.
    pub text: Span,
    /// The number with its unit, as printed.
    pub quantity: Span,
    /// How it bounds.
    pub op: Op,
    /// The printed number; 翻一番 is 2 倍.
    pub value: f64,
    /// The unit with its 万 or 亿: %, 张, 万人次.
    pub unit: String,
}

/// What somebody writes as an indicator by itself, read as in a document: 80%以上 is at least, 80, %; `None` where `text`
/// is not one indicator from end to end.
pub fn read(text: &str) -> Option<(Op, f64, String)> {
    let hidden = Hidden::of(text, 0);
    match &find(0, text, 0..text.len(), &hidden)[..] {
        [only] => {
            let before = text.get(..only.quantity.start)?.trim();
            let whole = before.is_empty()
                || comparison(before, &WORDS.at_least).max(comparison(before, &WORDS.at_most)) == before.len();
            let ends = text.get(only.quantity.end..)?.trim().is_empty();
            (whole && ends).then(|| (only.op, only.value, only.unit.clone()))
        }
        _ => None,
    }
}

/// The indicators in `range` of block number `block`, in order.
pub(crate) fn find(block: usize, text: &str, range: Range<usize>, hidden: &Hidden) -> Vec<Indicator> {
    let mut found = Vec::new();
    for clause in hidden.split(text, range, ends_clause) {
        clause_indicators(block, text, clause, hidden, &mut found);
    }
    found
}

/// The indicators of a cell of a table, whose unit may stand elsewhere: 65 under 2025年, with % in the column of units.
/// `name` is where it says what is measured.
pub(crate) fn of_cell(block: usize, text: &str, cell: Range<usize>, name: Range<usize>, unit: &str) -> Vec<Indicator> {
    let hidden = Hidden::of("", 0);
    let mut found = find(block, text, cell.clone(), &hidden);
    if found.is_empty() {
        found.extend(quantity::bare(block, text, cell, unit));
    }
    for indicator in &mut found {
        indicator.text = Span::new(block, name.clone());
        if indicator.unit.is_empty() {
            indicator.unit = unit.replace('％', "%");
        }
    }
    found
}

fn clause_indicators(block: usize, text: &str, clause: Range<usize>, hidden: &Hidden, found: &mut Vec<Indicator>) {
    let words = crate::extract::kit::unended(text, clause.clone());
    let Some(own) = text.get(..words.end) else { return };
    let mut at = words.start;
    while at < words.end {
        if let Some(h) = hidden.at(at) {
            at = h.end;
            continue;
        }
        let Some(c) = own[at..].chars().next() else { break };
        if !(is_arabic(c) || numeral::is_chinese_numeral(c) || matches!(c, '翻' | '半')) {
            at += c.len_utf8();
            continue;
        }
        if c == '翻'
            && let Some((value, len)) = doubling(&own[at..])
        {
            let op = if starts_above(&own[at + len..]) { Op::AtLeast } else { Op::Equal };
            push(found, block, &words, at..at + len, op, value, "倍".to_owned());
            at += len;
            continue;
        }
        // 压缩至半天; 一天半 and 半数 say something else.
        if c == '半' {
            let before = &own[words.start..at];
            let most = comparison(before, &WORDS.at_most) >= comparison(before, &WORDS.at_least);
            let compared = comparison(before, &WORDS.at_most).max(comparison(before, &WORDS.at_least)) > 0;
            if let Some((len, unit)) = half(&own[at..]).filter(|_| compared) {
                let op = if most { Op::AtMost } else { Op::AtLeast };
                push(found, block, &words, at..at + len, op, 0.5, unit.to_owned());
                at += len;
            } else {
                at += c.len_utf8();
            }
            continue;
        }
        // Dates are not quantities.
        if let Some(time) = when::at(own, at, Context::default())
            && time.edtf.is_some()
        {
            at = time.text.end.max(at + c.len_utf8());
            continue;
        }
        let Some(number) = number(own, at) else {
            at += c.len_utf8();
            if is_arabic(c) {
                at = own[at..].find(|c| !is_arabic(c)).map_or(words.end, |i| at + i);
            }
            continue;
        };
        at = quantity(block, own, &words, number, found).max(at + c.len_utf8());
    }
}

#[cfg(test)]
mod tests;
