//! The words of time; the lists are in `words/time.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Unit;
use crate::scan::Cursor;

/// The lists of `time.toml`, which says what each is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) open: Vec<String>,
    pub(super) issue: Vec<String>,
    pub(super) own_names: Vec<String>,
    pub(super) after_event: Vec<String>,
    pub(super) after_issue: Vec<String>,
    pub(super) since: Vec<String>,
    pub(super) until: Vec<String>,
    pub(super) onwards: Vec<String>,
    pub(super) begins: Vec<String>,
    pub(super) before: Vec<String>,
    pub(super) takes: Vec<String>,
    pub(super) spent: Vec<String>,
    pub(super) during: Vec<String>,
    pub(super) inside: Vec<String>,
    pub(super) dashes: Vec<String>,
    pub(super) plan_end: Vec<String>,
    pub(super) plan_within: Vec<String>,
    pub(super) year_end: Vec<String>,
    pub(super) year_middle: Vec<String>,
    pub(super) year_start: Vec<String>,
    pub(super) year_start_not: Vec<String>,
    pub(super) ends: Vec<String>,
    pub(super) relative_years: HashMap<String, i16>,
    pub(super) relative_months: HashMap<String, i16>,
    days: HashMap<String, (u64, u64)>,
    spring_festival: SpringFestival,
    plans: HashMap<String, i16>,
    units: Units,
    pub(super) parts: Parts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpringFestival {
    name: String,
    first_year: i16,
    days: Vec<(u64, u64)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    working_day: Vec<String>,
    month: Vec<String>,
    day: Vec<String>,
    hour: Vec<String>,
    year: Vec<String>,
    week: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parts {
    pub(super) first_half: String,
    pub(super) second_half: String,
    pub(super) first_ten: Vec<String>,
    pub(super) second_ten: Vec<String>,
    pub(super) month_end: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::wordlist::load("time.toml", include_str!("../../words/time.toml")));

/// Passes the name of a five-year plan, and gives its first year.
pub(super) fn plan(c: &mut Cursor<'_>) -> Option<i16> {
    // 十五五 before 十五.
    longest(c, &WORDS.plans)
}

/// Passes 今年, 明年 and the like, and gives the years between it and the context's.
pub(super) fn relative_year(c: &mut Cursor<'_>) -> Option<i16> {
    longest(c, &WORDS.relative_years)
}

/// What the names of holidays begin with: every number passes them, and most are none.
static HOLIDAYS: LazyLock<String> = LazyLock::new(|| {
    let names = WORDS.days.keys().chain([&WORDS.spring_festival.name]);
    names.filter_map(|name| name.chars().next()).collect()
});

/// What 本月, 下月 and the like begin with.
static MONTHS: LazyLock<String> =
    LazyLock::new(|| WORDS.relative_months.keys().filter_map(|name| name.chars().next()).collect());

/// Passes 本月, 下月, and gives the months between it and the document's own.
pub(super) fn relative_month(c: &mut Cursor<'_>) -> Option<i16> {
    c.peek().filter(|first| MONTHS.contains(*first))?;
    longest(c, &WORDS.relative_months)
}

/// Passes the name of a holiday, with or without quotation marks, and gives its month and day in `year`.
pub(super) fn holiday(c: &mut Cursor<'_>, year: i16) -> Option<(u64, u64)> {
    let mut ahead = *c;
    ahead.eat_any(&["“", "\"", "‘"]);
    ahead.peek().filter(|c| HOLIDAYS.contains(*c))?;
    let spring = &WORDS.spring_festival;
    let day = if ahead.eat(&spring.name) {
        let index = usize::try_from(year.checked_sub(spring.first_year)?).ok()?;
        *spring.days.get(index)?
    } else {
        longest(&mut ahead, &WORDS.days)?
    };
    ahead.eat_any(&["”", "\"", "’"]);
    *c = ahead;
    Some(day)
}

fn longest<T: Copy>(c: &mut Cursor<'_>, words: &HashMap<String, T>) -> Option<T> {
    let (word, value) = words.iter().filter(|(w, _)| c.rest().starts_with(w.as_str())).max_by_key(|(w, _)| w.len())?;
    c.skip(word.len());
    Some(*value)
}

/// Passes a unit of duration.
pub(super) fn unit(c: &mut Cursor<'_>) -> Option<Unit> {
    let w = &WORDS.units;
    [
        (&w.working_day, Unit::WorkingDay),
        (&w.month, Unit::Month),
        (&w.day, Unit::Day),
        (&w.hour, Unit::Hour),
        (&w.year, Unit::Year),
        (&w.week, Unit::Week),
    ]
    .into_iter()
    .find_map(|(words, unit)| c.eat_any(words).map(|_| unit))
}
