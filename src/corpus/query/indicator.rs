//! 指标条件: what somebody asks of an indicator: >=80%, 不少于2张, 1.2万亿元以上, 80.
//!
//! A document's indicator answers where it demands what is asked, or more: `>=80%` is met by 80%以上, 不低于85% and 达到90%,
//! and not by 不超过90%. `=80%` asks for the printed number, whatever bounds it.

use std::ops::Range;
use std::str::FromStr;

use gongwen::extract::what::indicator::{self, Op};

use crate::corpus::Indicator;

/// How a condition bounds what it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    /// The number itself.
    Exactly,
}

/// What an indicator must demand; made from text.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    bound: Bound,
    quantity: Quantity,
    /// The number was written without a unit: any unit will do.
    bare: bool,
}

/// Why a text is no condition, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The words that are wrong, in bytes.
    pub at: Range<usize>,
    /// What is wrong with them.
    pub reason: &'static str,
}

/// A number in its plain unit: 1.2万人次 is 12000 人次, 5‰ is 0.5%.
#[derive(Clone, Debug, PartialEq)]
struct Quantity {
    value: f64,
    unit: String,
}

/// Signs, the longer before the shorter.
const SIGNS: [(&str, Bound); 12] = [
    (">=", Bound::AtLeast),
    ("＞＝", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    ("<=", Bound::AtMost),
    ("＜＝", Bound::AtMost),
    ("≤", Bound::AtMost),
    (">", Bound::MoreThan),
    ("＞", Bound::MoreThan),
    ("<", Bound::LessThan),
    ("＜", Bound::LessThan),
    ("=", Bound::Exactly),
    ("＝", Bound::Exactly),
];

/// What stands before a unit and multiplies the number.
const SCALES: [(&str, f64); 3] = [("万亿", 1e12), ("亿", 1e8), ("万", 1e4)];

/// Numbers that differ by less than this part of themselves are one: 0.1 and 0.2 do not quite make 0.3.
const SAME: f64 = 1e-9;

impl Quantity {
    fn of(value: f64, unit: &str) -> Quantity {
        let (scale, unit) = SCALES
            .iter()
            .find_map(|(word, scale)| unit.strip_prefix(word).map(|rest| (*scale, rest)))
            .unwrap_or((1.0, unit));
        match unit {
            "‰" => Quantity { value: value / 10.0, unit: "%".to_owned() },
            "个百分点" => Quantity { value, unit: "百分点".to_owned() },
            _ => Quantity { value: value * scale, unit: unit.to_owned() },
        }
    }
}

impl Condition {
    /// True where the indicator demands what is asked.
    pub fn is_met_by(&self, indicator: &Indicator) -> bool {
        let found = Quantity::of(indicator.value, &indicator.unit);
        if !self.bare && found.unit != self.quantity.unit {
            return false;
        }
        let (value, wanted) = (found.value, self.quantity.value);
        let same = (value - wanted).abs() <= SAME * wanted.abs().max(value.abs());
        let demands = |op: Op| indicator.op == op || indicator.op == Op::Equal;
        match self.bound {
            Bound::AtLeast => demands(Op::AtLeast) && (same || value > wanted),
            Bound::MoreThan => demands(Op::AtLeast) && !same && value > wanted,
            Bound::AtMost => demands(Op::AtMost) && (same || value < wanted),
            Bound::LessThan => demands(Op::AtMost) && !same && value < wanted,
            Bound::Exactly => same,
        }
    }
}

impl FromStr for Condition {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let start = text.len() - text.trim_start().len();
        let asked = text.trim();
        let sign = SIGNS.iter().find(|(sign, _)| asked.starts_with(sign));
        let at = start + sign.map_or(0, |(sign, _)| sign.len());
        let words = &text[at..start + asked.len()];
        let at = at + (words.len() - words.trim_start().len());
        let words = words.trim_start();
        let fault = |at: Range<usize>, reason| Err(Fault { at, reason });
        if words.is_empty() {
            return fault(at..at, "这里少了数");
        }
        if let Some(value) = plain(words) {
            let quantity = Quantity { value, unit: String::new() };
            return Ok(Condition { bound: sign.map_or(Bound::Exactly, |s| s.1), quantity, bare: true });
        }
        let Some((op, value, unit)) = indicator::read(words) else {
            let digits = words.find(|c: char| !(c.is_ascii_digit() || ".,".contains(c))).unwrap_or(words.len());
            return match plain(&words[..digits]) {
                Some(_) => fault(at + digits..at + words.len(), "不认识的单位或说法"),
                None => fault(at..at + words.len(), "看不出要找的数"),
            };
        };
        let bound = match (sign, op) {
            (Some((_, bound)), Op::Equal) => *bound,
            (Some((sign, _)), _) => return fault(start..start + sign.len(), "已经有文字说明大小，不要再写符号"),
            (None, Op::AtLeast) => Bound::AtLeast,
            (None, Op::AtMost) => Bound::AtMost,
            (None, Op::Equal) => Bound::Exactly,
        };
        Ok(Condition { bound, quantity: Quantity::of(value, &unit), bare: false })
    }
}

/// 80, 1,200, 0.02; no sign, no exponent.
fn plain(text: &str) -> Option<f64> {
    let digits: String = text.chars().filter(|c| *c != ',').collect();
    let decimal = digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    digits.parse().ok().filter(|_| decimal && text.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Indicator {
        let (op, value, unit) = indicator::read(text).unwrap_or_else(|| panic!("{text} is no indicator"));
        Indicator { text: text.to_owned(), op, value, unit }
    }

    #[test]
    fn conditions() {
        // asked | indicators that answer | indicators that do not
        let table = [
            (">=80%", "80%以上 85%以上 不低于80% 80% 90%", "75%以上 不超过90% 79.9% 80张"),
            ("≥ 80%", "80%以上 90%", "70%"),
            ("80%以上", "80%以上 90%", "70%"),
            ("不低于80%", "80%以上 90%", "70%"),
            ("百分之八十以上", "80%以上 90%", "70%"),
            (">80%", "81%以上 90%", "80%以上 80%"),
            ("<=5%", "5%以内 不超过4% 3% 30‰", "6% 5%以上 1%以上"),
            ("＜5%", "4%以内", "5%以内"),
            ("=80%", "80% 80%以上 不超过80% 800‰", "81%"),
            ("80%", "80% 80%以上", "81%"),
            ("≥8‰", "0.8% 8‰ 1%以上", "0.7%"),
            (">=1.2万人次", "1.2万人次 15000人次 0.5亿人次", "11000人次 2万人"),
            ("不少于2张", "2张 至少3张", "1张 2个"),
            ("至少一所", "1所 至少一所", "1家"),
            (">=1,000", "1200人次 0.1万张 1000元", "999个 90%"),
            (">=80", "80%以上 100张", "70%"),
            (">=5个百分点", "5个百分点 6个百分点", "5%"),
        ];
        for (asked, met, unmet) in table {
            let condition: Condition = asked.parse().unwrap_or_else(|f| panic!("{asked}: {f:?}"));
            for (list, expected) in [(met, true), (unmet, false)] {
                for text in list.split(' ') {
                    assert_eq!(condition.is_met_by(&found(text)), expected, "{asked}: {text}");
                }
            }
        }
    }

    #[test]
    fn faults() {
        let table = [
            ("", 0..0, "这里少了数"),
            (" >= ", 3..3, "这里少了数"),
            ("很多", 0..6, "看不出要找的数"),
            (">=80朵", 4..7, "不认识的单位或说法"),
            ("80%左右", 2..9, "不认识的单位或说法"),
            (">=80%以上", 0..2, "已经有文字说明大小，不要再写符号"),
            (">=-5%", 2..5, "看不出要找的数"),
            (">=1e3", 3..5, "不认识的单位或说法"),
            ("inf", 0..3, "看不出要找的数"),
        ];
        for (text, at, reason) in table {
            assert_eq!(text.parse::<Condition>(), Err(Fault { at, reason }), "{text}");
        }
    }
}
