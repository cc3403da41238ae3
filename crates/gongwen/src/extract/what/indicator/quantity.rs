//! What stands around a number: its unit, a second number, and what bounds it; and whether it says how much is to be
//! reached at all.

use std::ops::Range;

use super::number::{Number, number, ratio};
use super::words::WORDS;
use super::{Indicator, Op};
use crate::Span;
use crate::scan::{Cursor, is_arabic};

/// A number with its unit, and the words around the two.
struct Quantity<'t> {
    /// The clause up to the number.
    before: &'t str,
    /// The clause from the unit on.
    after: &'t str,
    /// The byte after the unit.
    end: usize,
    value: f64,
    /// 80 of 60—80个.
    upper: Option<f64>,
    unit: String,
    /// 余 or 多 follows the number.
    more: bool,
    chinese: bool,
    /// Bytes of 不少于 before the number, and of 不超过.
    least: usize,
    most: usize,
    /// Bytes of 以上 after the unit, and of 以下.
    above: usize,
    below: usize,
}

/// Reads what stands around a number; gives the byte to go on from.
pub(super) fn quantity(
    block: usize,
    text: &str,
    clause: &Range<usize>,
    number: Number,
    found: &mut Vec<Indicator>,
) -> usize {
    let before = text[clause.start..number.range.start].trim_end();
    // 第3次, 每百名, 2.0版, A4.
    if WORDS.not_before.iter().any(|w| before.ends_with(w.as_str())) || ends_in_latin(before) {
        return number.range.end;
    }
    let start = number.range.start;
    let fallback = number.range.end;
    let Some(q) = Quantity::read(text, before, &number) else { return fallback };
    if !q.says_how_much() {
        return q.end;
    }
    let range = start..q.end + q.above.max(q.below);
    let op = q.op();
    match q.upper {
        Some(upper) => {
            push(found, block, clause, range.clone(), Op::AtLeast, q.value, q.unit.clone());
            push(found, block, clause, range, Op::AtMost, upper, q.unit);
        }
        None => push(found, block, clause, range, op, q.value, q.unit),
    }
    q.end
}

impl<'t> Quantity<'t> {
    /// `None` for a number without a unit that nothing bounds.
    fn read(text: &'t str, before: &'t str, number: &Number) -> Option<Quantity<'t>> {
        let mut c = Cursor::new(text, number.range.end);
        // 医护比达到1∶1.2
        let ratio = ratio(text, &mut c, number.value, before);
        // 60—80个, 50%—60%
        let mut upper = second(text, c, number.value).map(|(value, end)| {
            c = Cursor::new(text, end);
            value
        });
        let unit = match &number.unit {
            Some(unit) => unit.clone(),
            None if ratio.is_some() => "∶1".to_owned(),
            None => match unit(&mut c, number.chinese) {
                Some(unit) => unit,
                // 死亡率控制在0.02以内: a rate has no unit, but it is bounded.
                None if !number.chinese && is_bounded(before, &text[number.range.end..]) => String::new(),
                // 发展水平指数达到68
                None if !number.chinese && is_index(before, &text[number.range.end..]) => String::new(),
                None => return None,
            },
        };
        let more = unit.ends_with('余');
        let unit = unit.trim_end_matches('余').replace('％', "%");
        // 100亿元—150亿元: the unit is printed twice.
        if upper.is_none()
            && let Some((value, end)) = same_again(text, c, number.value, &unit)
        {
            upper = Some(value);
            c = Cursor::new(text, end);
        }
        c.spaces();
        let after = c.rest();
        let bound = |words: &[String]| words.iter().find(|w| after.starts_with(w.as_str())).map_or(0, String::len);
        Some(Quantity {
            before,
            after,
            end: c.at(),
            value: ratio.unwrap_or(number.value),
            upper,
            unit,
            more,
            chinese: number.chinese,
            least: comparison(before, &WORDS.at_least),
            most: comparison(before, &WORDS.at_most),
            above: bound(&WORDS.above),
            below: if bound(&WORDS.above) > 0 { 0 } else { bound(&WORDS.below) },
        })
    }

    /// False for a grade, a rank, an age, a threshold, the size of a thing and the 一个 of 搭建一个平台.
    fn says_how_much(&self) -> bool {
        let starts = |text: &str, words: &[String]| words.iter().any(|w| text.starts_with(w.as_str()));
        let ends = |words: &[String]| words.iter().any(|w| self.before.ends_with(w.as_str()));
        if starts(self.after, &WORDS.not_after) || is_circle(self.after) || is_rank(self.before, &self.unit) {
            return false;
        }
        let verb = ends(&WORDS.verbs);
        // 人均预期寿命达到80岁; 65岁以上的老年人 is an age.
        let reached = verb || ends(&WORDS.fillers);
        if self.unit == WORDS.age && (!reached || self.after.starts_with(['以', '的', '老'])) {
            return false;
        }
        let bound = self.above.max(self.below);
        // 三分之二以上的村: a share has no unit.
        let percent = self.unit.is_empty() || WORDS.percent.iter().any(|w| self.unit.contains(w.as_str()));
        if bound > 0 && self.after[bound..].starts_with('的') && !percent && !verb && self.least == 0 {
            return false; // 床位200张以上的机构
        }
        // 年产值超10亿元、技术领先的企业: what is measured is a thing, and how big it is says which.
        let rest = &self.after[bound..];
        let measure = WORDS.measures.iter().any(|w| self.unit.ends_with(w.as_str()));
        if measure && !verb && rest.starts_with(['的', '、', '且']) && sizes(rest) {
            return false;
        }
        // 35蒸吨以下燃煤锅炉全部淘汰: how big those are that are spoken of.
        if measure && bound > 0 && !verb && self.least == 0 && self.most == 0 && sizes_at_once(rest) {
            return false;
        }
        if measure && ends(&WORDS.dimensions) {
            return false; // 直径3米
        }
        if self.unit.ends_with(WORDS.money.as_str()) && starts(&self.after[bound..], &WORDS.sized) {
            return false; // 培育100亿元企业3家
        }
        // 每半年通报一次 says how often.
        let each = WORDS.each.iter().any(|w| self.before.contains(w.as_str())) && self.unit != WORDS.times;
        // 搭建一个平台
        !self.chinese || self.least > 0 || self.most > 0 || self.above > 0 || each
    }

    fn op(&self) -> Op {
        match (self.above > 0 || self.more, self.below > 0) {
            (true, _) => Op::AtLeast,
            (_, true) => Op::AtMost,
            // 不超过 ends in 超过 and 不低于 in 低于: the longer word is meant.
            _ if self.least > self.most => Op::AtLeast,
            _ if self.most > 0 => Op::AtMost,
            _ => Op::Equal,
        }
    }
}

/// True where what `rest` says of a thing ends in 的 and the name of a thing: 的企业, 、技术领先的龙头企业.
fn sizes(rest: &str) -> bool {
    /// Longest description and longest name, in characters.
    const NEAR: usize = 24;
    let near = rest.char_indices().nth(NEAR).map_or(rest, |(i, _)| &rest[..i]);
    let Some((_, thing)) = near.split_once('的') else { return false };
    WORDS.sized.iter().any(|w| thing.contains(w.as_str()))
}

/// True where the name of a thing follows at once, with a word or two before it: 燃煤锅炉.
fn sizes_at_once(rest: &str) -> bool {
    /// Longest name, in characters.
    const NEAR: usize = 6;
    let near = rest.char_indices().nth(NEAR).map_or(rest, |(i, _)| &rest[..i]);
    let near = near.find(['，', '。', '、', '；']).map_or(near, |i| &near[..i]);
    WORDS.sized.iter().any(|w| near.contains(w.as_str()))
}

/// True where 以上 or the like comes next.
pub(super) fn starts_above(after: &str) -> bool {
    WORDS.above.iter().any(|w| after.starts_with(w.as_str()))
}

/// A number that has its unit in another cell: 65, ≥95, 80左右, 〔10〕.
pub(super) fn bare(block: usize, text: &str, cell: Range<usize>, unit: &str) -> Option<Indicator> {
    /// What may stand before the number, in characters: 不低于, 〔.
    const BEFORE: usize = 6;
    let said = text.get(cell.clone())?;
    let at = said.char_indices().take(BEFORE).find(|(_, c)| is_arabic(*c)).map(|(i, _)| cell.start + i)?;
    let number = number(text.get(..cell.end)?, at)?;
    let before = text.get(cell.start..at)?.trim();
    let after = text.get(number.range.end..cell.end)?.trim_start();
    let marks = |text: &str, words: &[String]| words.iter().any(|w| text.starts_with(w.as_str()));
    let op = if marks(after, &WORDS.above) || comparison(before, &WORDS.at_least) > comparison(before, &WORDS.at_most) {
        Op::AtLeast
    } else if marks(after, &WORDS.below) || comparison(before, &WORDS.at_most) > 0 {
        Op::AtMost
    } else {
        Op::Equal
    };
    // 2025年 and A4 are no values; a mark of the unit may follow.
    let ends = after.is_empty() || !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '年');
    let span = Span::new(block, number.range.clone());
    ends.then(|| Indicator { text: span, quantity: span, op, value: number.value, unit: unit.replace('％', "%") })
}

/// 80 of 60—80 and of 60%—80: a second, larger number and the byte after it.
fn second(text: &str, c: Cursor<'_>, first: f64) -> Option<(f64, usize)> {
    let larger = |c: &mut Cursor<'_>| {
        c.spaces().eat_any(&WORDS.dashes)?;
        number(text, c.spaces().at()).filter(|n| n.value > first).map(|n| (n.value, n.range.end))
    };
    let mut ahead = c;
    larger(&mut ahead).or_else(|| {
        let mut ahead = c;
        ahead.spaces().eat_any(&WORDS.percent)?;
        larger(&mut ahead)
    })
}

/// 150亿元 of 100亿元—150亿元.
fn same_again(text: &str, c: Cursor<'_>, first: f64, unit: &str) -> Option<(f64, usize)> {
    let mut ahead = c;
    ahead.spaces().eat_any(&WORDS.dashes)?;
    let second = number(text, ahead.at()).filter(|n| n.value > first)?;
    let mut end = Cursor::new(text, second.range.end);
    let same = second.unit.as_deref() == Some(unit) || self::unit(&mut end, second.chinese).as_deref() == Some(unit);
    same.then_some((second.value, end.at()))
}

/// 15分钟就医圈: a quantity that says how wide a circle is.
fn is_circle(after: &str) -> bool {
    let end = after.char_indices().take(6).find(|(_, c)| !c.is_alphabetic()).map(|(i, _)| i);
    let near = &after[..end.or_else(|| after.char_indices().nth(6).map(|(i, _)| i)).unwrap_or(after.len())];
    near.contains(WORDS.circle.as_str())
}

/// 前10位, 第3名.
fn is_rank(before: &str, unit: &str) -> bool {
    WORDS.ranks.iter().any(|w| before.ends_with(w.as_str())) && WORDS.ranked.iter().any(|w| w == unit)
}

/// True for a number between 控制在, 不低于 … and 以内, 以上 ….
fn is_bounded(before: &str, after: &str) -> bool {
    let compared = comparison(before, &WORDS.at_least).max(comparison(before, &WORDS.at_most)) > 0;
    let after = after.trim_start();
    let bound = WORDS.above.iter().chain(&WORDS.below).any(|w| after.starts_with(w.as_str()));
    compared && (bound || after.is_empty())
}

/// True for a number that nothing follows, behind 指数达到 and the like: what is measured has no unit.
fn is_index(before: &str, after: &str) -> bool {
    let ends = after.trim_start().is_empty() || after.trim_start().starts_with(['，', '、', '；', '。']);
    let reached = WORDS.reached.iter().find_map(|w| before.strip_suffix(w.as_str()));
    ends && reached.is_some_and(|b| WORDS.unitless.iter().any(|w| b.ends_with(w.as_str())))
}

/// Passes a unit with its 万 or 亿; 余 or 多 after the number is given at the unit's end as 余.
fn unit(c: &mut Cursor<'_>, chinese: bool) -> Option<String> {
    let scale = c.spaces().eat_any(&WORDS.scales).unwrap_or("");
    let more = if WORDS.more.iter().any(|w| c.eat(w)) { "余" } else { "" };
    let list = if chinese { &WORDS.counted } else { &WORDS.units };
    match list.iter().find(|w| c.rest().starts_with(w.as_str())) {
        Some(unit) => {
            c.skip(unit.len());
            Some(format!("{scale}{unit}{more}"))
        }
        // 投入1.2亿
        None => scale.contains(['万', '亿']).then(|| format!("{scale}{more}")),
    }
}

/// The length of the longest of `words` that stands before the number: right before it, with a verb between
/// (至少建有一所), or with what the number is a share of (不超过总投资的60%).
pub(super) fn comparison(before: &str, words: &[String]) -> usize {
    /// How many characters may stand between 至少 and the number.
    const BETWEEN: usize = 5;
    /// How many characters what the number is a share of may have.
    const WHOLE: usize = 14;
    let tail = before.char_indices().rev().nth(WHOLE + 6).map_or(before, |(i, _)| &before[i..]);
    let stands = |w: &&String| {
        tail.rfind(w.as_str()).is_some_and(|i| {
            let between = &tail[i + w.len()..];
            let gap = between.chars().count();
            gap == 0
                || (gap <= BETWEEN && WORDS.from_afar.contains(w))
                || (between.ends_with('的') && gap <= WHOLE && !between.contains(is_arabic))
        })
    };
    words.iter().filter(stands).map(|w| w.len()).max().unwrap_or(0)
}

fn ends_in_latin(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| c.is_ascii_alphabetic() || c == '.')
}

/// Adds an indicator that `clause` says.
pub(super) fn push(
    found: &mut Vec<Indicator>,
    block: usize,
    clause: &Range<usize>,
    quantity: Range<usize>,
    op: Op,
    value: f64,
    unit: String,
) {
    let text = Span::new(block, clause.clone());
    found.push(Indicator { text, quantity: Span::new(block, quantity), op, value, unit });
}
