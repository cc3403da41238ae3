//! Stretches of the calendar: years, halves, quarters, months, days, ranges of them and five-year plans.

use jiff::ToSpan;

use super::words::{self, WORDS};
use super::{Context, Problem};
use crate::date::{Edtf, NoSuchDate, Period, civil, year};
use crate::scan::Cursor;

/// “十四五”期末, 十四五期间.
pub(super) fn plan(c: &mut Cursor<'_>) -> Option<Result<Edtf, Problem>> {
    let mut ahead = *c;
    ahead.eat_any(&["“", "\"", "‘"]);
    let first = words::plan(&mut ahead)?;
    ahead.eat_any(&["”", "\"", "’"]);
    ahead.eat("规划");
    let last = Period::Year(first + 4);
    let edtf = if ahead.eat_any(&WORDS.plan_end).is_some() {
        Edtf::point(last)
    } else if ahead.eat_any(&WORDS.plan_within).is_some() {
        Edtf { start: Period::Year(first), end: Some(last) }
    } else {
        return None;
    };
    *c = ahead;
    Some(Ok(edtf))
}

/// A stretch of the calendar or a range of two, and whether its year was carried.
pub(super) fn stretch(c: &mut Cursor<'_>, context: Context) -> Option<(Result<Edtf, Problem>, bool)> {
    let mut ahead = *c;
    // 2019—2023年: the first year has no 年 of its own.
    let mut range = ahead;
    if let Some(first) = year(&mut range)
        && range.spaces().eat_any(&WORDS.dashes).is_some()
        && let Some(last) = year(range.spaces())
        && range.spaces().eat("年")
    {
        range.eat_any(&WORDS.ends);
        *c = range;
        return Some((Ok(Edtf { start: Period::Year(first), end: Some(Period::Year(last)) }), false));
    }
    if let Some(found) = several(&mut ahead, context) {
        *c = ahead;
        return Some(found);
    }
    let (first, carried) = point(&mut ahead, context)?;
    *c = ahead;
    let Ok(first) = first else { return Some((first.map(Edtf::point), carried)) };
    // The end of a range may leave out the year that its beginning prints: 2018年3月—9月.
    if ahead.spaces().eat_any(&WORDS.dashes).is_some() {
        ahead.spaces();
        let within = Context { year: Some(first.year()), ..context };
        if let Some((last, _)) = point(&mut ahead, within) {
            *c = ahead;
            return Some((last.map(|last| Edtf { start: first, end: Some(last) }), carried));
        }
    }
    Some((Ok(Edtf::point(first)), carried))
}

/// Several months or quarters of one year: 2018年6—9月, 2018年前三季度.
fn several(c: &mut Cursor<'_>, context: Context) -> Option<(Result<Edtf, Problem>, bool)> {
    let mut ahead = *c;
    let (year, carried) = printed_year(&mut ahead, context);
    if !carried {
        ahead.spaces();
    }
    let (first, last) = if ahead.eat("前") {
        let (_, count) = ahead.spaces().numeral()?;
        ahead.eat("个");
        if ahead.eat("季度") && (2..=4).contains(&count) {
            (1, count * 3)
        } else if ahead.eat("月") && (1..=12).contains(&count) {
            (1, count)
        } else {
            return None;
        }
    } else {
        let (_, first) = ahead.numeral()?;
        ahead.spaces().eat_any(&WORDS.dashes)?;
        let (_, last) = ahead.spaces().numeral()?;
        if !ahead.spaces().eat("月") {
            return None;
        }
        ahead.eat("份");
        (first, last)
    };
    let Some(known) = year else {
        *c = ahead;
        return Some((Err(Problem::NoYear), true));
    };
    let month = |m| civil(known, m, 1).map(|d| Period::Month(known, d.month()));
    let range = month(first).and_then(|start| Ok(Edtf { start, end: Some(month(last)?) }));
    ahead.eat_any(&WORDS.ends);
    *c = ahead;
    Some((range.map_err(Problem::NoSuchDate), carried))
}

/// One stretch: 2018年底, 2018年第一季度, 8月底, 年底, 上半年, 6月30日. The flag tells that its year was carried.
fn point(c: &mut Cursor<'_>, context: Context) -> Option<(Result<Period, Problem>, bool)> {
    let mut ahead = *c;
    if let Some(found) = near_month(&mut ahead, context) {
        *c = ahead;
        return Some((found, true));
    }
    let (year, carried) = printed_year(&mut ahead, context);
    if !carried {
        ahead.spaces();
    }
    // 一张蓝图干到底: an end by itself is the year's only behind a year or in 年底.
    let unsaid = ahead.at() == c.at();
    if unsaid
        && [&WORDS.year_end, &WORDS.year_start]
            .into_iter()
            .flatten()
            .any(|w| !w.starts_with('年') && ahead.rest().starts_with(w.as_str()))
    {
        return None;
    }
    let inner =
        holiday(&mut ahead, year.unwrap_or(0), carried, context).or_else(|| within_year(&mut ahead, year.unwrap_or(0)));
    let read = match inner {
        Some(read) => read,
        // A year by itself has to be printed, and no ordinal follows: 2022年第5号 is a number.
        None if !carried && !is_ordinal(ahead) => Ok(Period::Year(year?)),
        None => return None,
    };
    *c = ahead;
    if year.is_none() {
        return Some((Err(Problem::NoYear), true));
    }
    Some((read.map_err(Problem::NoSuchDate), carried))
}

/// 本月底, 下月中旬: a month counted from that of the document.
fn near_month(c: &mut Cursor<'_>, context: Context) -> Option<Result<Period, Problem>> {
    let mut ahead = *c;
    let offset = words::relative_month(&mut ahead)?;
    // 当月 by itself is any month.
    let day = part_of_month(&mut ahead)?;
    let first = context.issued?.first_of_month().checked_add(i64::from(offset).months()).ok()?;
    *c = ahead;
    let Some(day) = day else { return Some(Ok(Period::Month(first.year(), first.month()))) };
    let day = u64::try_from(first.month()).ok().map(|month| civil(first.year(), month, day))?;
    Some(day.map(Period::Day).map_err(Problem::NoSuchDate))
}

/// Passes 上旬, 中旬, 底 and the like, and gives the last day of that part: `Some(None)` is that of the month.
fn part_of_month(c: &mut Cursor<'_>) -> Option<Option<u64>> {
    let parts = &WORDS.parts;
    if c.eat_any(&parts.first_ten).is_some() {
        return Some(Some(10));
    }
    if c.eat_any(&parts.month_end).is_some() {
        return Some(None);
    }
    c.eat_any(&parts.second_ten).map(|_| Some(20))
}

/// 元旦 of 2023年元旦前, and 春节 of 春节前, which is the next one from the document on.
fn holiday(c: &mut Cursor<'_>, year: i16, carried: bool, context: Context) -> Option<Result<Period, NoSuchDate>> {
    let mut ahead = *c;
    let (month, day) = words::holiday(&mut ahead, year)?;
    // 国庆期间 is no day.
    let mut tail = ahead;
    tail.eat_any(&WORDS.before)?;
    let mut date = civil(year, month, day);
    if carried && date.as_ref().is_ok_and(|d| context.issued.is_some_and(|issued| *d <= issued)) {
        let next = year.checked_add(1)?;
        let (month, day) = words::holiday(&mut c.clone(), next)?;
        date = civil(next, month, day);
    }
    *c = ahead;
    Some(date.map(Period::Day))
}

/// 第5号 after a year.
fn is_ordinal(mut c: Cursor<'_>) -> bool {
    c.eat("第") && c.spaces().numeral().is_some() && c.spaces().eat("号")
}

/// The year that comes next, or the context's where none does (and then true).
fn printed_year(c: &mut Cursor<'_>, context: Context) -> (Option<i16>, bool) {
    let mut ahead = *c;
    if let Some(year) = year(&mut ahead) {
        if ahead.spaces().eat("年") {
            ahead.eat("度");
            *c = ahead;
            return (Some(year), false);
        }
        // 2018-06-30 and 2018.6.30 are dates by themselves.
        if let Some((Ok(date), _)) = crate::date::date_at(c.rest()) {
            return (Some(date.year()), false);
        }
        return (None, true);
    }
    if let Some(offset) = words::relative_year(c) {
        return (context.year.map(|y| y.saturating_add(offset)), context.year.is_none());
    }
    (context.year, true)
}

/// What stands after the year: 底, 上半年, 第一季度, 8月底, 6月30日.
fn within_year(c: &mut Cursor<'_>, year: i16) -> Option<Result<Period, NoSuchDate>> {
    if let Some((date, len)) = crate::date::date_at(c.rest()) {
        c.skip(len);
        clock(c);
        return Some(date.map(Period::Day));
    }
    if c.eat_any(&WORDS.year_end).is_some() {
        return Some(Ok(Period::Year(year)));
    }
    if c.eat_any(&WORDS.year_middle).is_some() {
        return Some(Ok(Period::Month(year, 6)));
    }
    let mut start = *c;
    // 2020年初步建成 says nothing of the beginning of the year.
    if start.eat_any(&WORDS.year_start).is_some() && start.eat_any(&WORDS.year_start_not).is_none() {
        *c = start;
        return Some(Ok(Period::Month(year, 1)));
    }
    for (half, word) in [(1, &WORDS.parts.first_half), (2, &WORDS.parts.second_half)] {
        if c.eat(word) {
            c.eat_any(&WORDS.ends);
            return Some(Ok(Period::Half(year, half)));
        }
    }
    let mut ahead = *c;
    ahead.eat("第");
    let (_, number) = ahead.spaces().numeral()?;
    ahead.spaces();
    if ahead.eat_any(&["个季度", "季度"]).is_some() {
        ahead.eat_any(&WORDS.ends);
        let quarter = u8::try_from(number).ok().filter(|q| (1..=4).contains(q))?;
        *c = ahead;
        return Some(Ok(Period::Quarter(year, quarter)));
    }
    if c.peek() == Some('第') || !ahead.eat("月") {
        return None;
    }
    ahead.eat("份");
    let mut day = ahead;
    if let Some((_, d)) = day.spaces().numeral()
        && day.spaces().eat_any(&["日", "号"]).is_some()
    {
        clock(&mut day);
        *c = day;
        return Some(civil(year, number, d).map(Period::Day));
    }
    let day = part_of_month(ahead.spaces()).flatten();
    *c = ahead;
    let Some(day) = day else { return Some(civil(year, number, 1).map(|d| Period::Month(year, d.month()))) };
    Some(civil(year, number, day).map(Period::Day))
}

/// Passes the day of the week and the time of day behind a date: 2月20日17:30前, 2月20日（星期四）24时.
fn clock(c: &mut Cursor<'_>) {
    let mut ahead = *c;
    if ahead.eat_any(&["（", "("]).is_some()
        && ahead.eat_any(&["星期", "周", "礼拜"]).is_some()
        && ahead.eat_char(|c| "一二三四五六日天".contains(c)).is_some()
        && ahead.eat_any(&["）", ")"]).is_some()
    {
        *c = ahead;
    }
    let mut ahead = *c;
    if ahead.spaces().numeral().is_none_or(|(_, hour)| hour > 24) {
        return;
    }
    let hours = ahead.eat_any(&["时", "点"]).is_some();
    let minutes = (hours || ahead.eat_any(&[":", "："]).is_some()) && ahead.numeral().is_some();
    if minutes && hours {
        ahead.eat("分");
    }
    if hours || minutes {
        *c = ahead;
    }
}
