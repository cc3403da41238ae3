//! 时间轴: deadlines by quarter, or by year where they reach far, as a picture that the templates draw and a table for
//! those who read. The line of today is drawn in the browser: a build knows no today.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::strings::Strings;

use super::say;

/// Quarters that a picture shows before its bars stand for years.
const QUARTERS: i32 = 48;

/// Years that a picture shows; what is due before or after stands in the table.
const YEARS: i32 = 40;

/// Size of the picture, in its own units.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 96.0;

/// The picture and its table.
#[derive(Debug, Serialize)]
pub struct Timeline {
    /// The first year shown, and the one after the last.
    from: i32,
    to: i32,
    bars: Vec<Bar>,
    ticks: Vec<Tick>,
    /// Every stretch with a deadline, also those that the picture has no room for.
    rows: Vec<Row>,
    /// Each day with how many are due: `2018-03-31:1`, for the browser to count what is past.
    days: String,
    total: usize,
}

#[derive(Debug, Serialize)]
struct Bar {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    said: String,
}

#[derive(Debug, Serialize)]
struct Tick {
    x: f64,
    year: i32,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    count: usize,
}

impl Timeline {
    /// The deadlines `days`; `None` where they are too few to make a picture of.
    pub fn of(strings: &Strings, days: impl Iterator<Item = Date>) -> Option<Timeline> {
        let mut by_day: BTreeMap<Date, usize> = BTreeMap::new();
        for day in days {
            *by_day.entry(day).or_default() += 1;
        }
        let (first, last) = (by_day.keys().next()?, by_day.keys().next_back()?);
        if by_day.len() < 3 {
            return None;
        }
        let to = i32::from(last.year()) + 1;
        let from = i32::from(first.year()).max(to - YEARS);
        let by_quarter = (to - from) * 4 <= QUARTERS;
        let mut stretches: BTreeMap<(i32, Option<i32>), usize> = BTreeMap::new();
        for (day, count) in &by_day {
            let quarter = by_quarter.then_some((i32::from(day.month()) - 1) / 3);
            *stretches.entry((day.year().into(), quarter)).or_default() += count;
        }
        let year = WIDTH / f64::from(to - from);
        let width = if by_quarter { year / 4.0 } else { year };
        let most = stretches.values().copied().max().unwrap_or(1);
        let bar = |(&(y, quarter), &count): (&(i32, Option<i32>), &usize)| {
            let height = share(count, most) * HEIGHT;
            let x = f64::from(y - from) * year + f64::from(quarter.unwrap_or(0)) * width;
            let said = strings.with("timeline.bar", &[("when", &name(strings, y, quarter)), ("n", &count)]);
            Bar {
                x: round(x + width * 0.1),
                y: round(HEIGHT - height),
                width: round(width * 0.8),
                height: round(height),
                said,
            }
        };
        let every = (to - from).div_euclid(12) + 1;
        let tick = |y: i32| Tick { x: round(f64::from(y - from) * year), year: y };
        let step = usize::try_from(every).unwrap_or(1);
        Some(Timeline {
            from,
            to,
            bars: stretches.iter().filter(|((y, _), _)| *y >= from).map(bar).collect(),
            ticks: (from..to).step_by(step).map(tick).collect(),
            rows: stretches.iter().map(|(&(y, q), &count)| Row { name: name(strings, y, q), count }).collect(),
            days: by_day.iter().map(|(day, count)| format!("{day}:{count}")).collect::<Vec<_>>().join(" "),
            total: by_day.values().sum(),
        })
    }
}

/// 2018年1季度, 2018年.
fn name(strings: &Strings, year: i32, quarter: Option<i32>) -> String {
    match quarter {
        None => say::year(strings, year),
        Some(q) => strings.with("date.quarter", &[("year", &year), ("quarter", &(q + 1))]),
    }
}

/// How high a bar is; the least is still seen.
fn share(count: usize, most: usize) -> f64 {
    let part = |n: usize| u32::try_from(n).map_or(f64::from(u32::MAX), f64::from);
    (part(count) / part(most.max(1))).max(0.04)
}

/// To a tenth, so that the picture's text is short.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strings::Language;

    fn shown(days: &[&str]) -> Option<(String, Vec<String>)> {
        let days = days.iter().map(|d| d.parse().unwrap_or_else(|e| panic!("{d}: {e}")));
        let line = Timeline::of(Strings::built_in(Language::Chinese), days)?;
        Some((format!("{}–{} {}", line.from, line.to, line.days), line.bars.into_iter().map(|b| b.said).collect()))
    }

    #[test]
    fn quarters_then_years() {
        let quarters = shown(&["2018-03-31", "2018-12-31", "2018-12-31", "2020-06-30"]);
        let bars = ["2018年1季度：1 项", "2018年4季度：2 项", "2020年2季度：1 项"].map(str::to_owned).to_vec();
        assert_eq!(quarters, Some(("2018–2021 2018-03-31:1 2018-12-31:2 2020-06-30:1".to_owned(), bars)));
        let years = shown(&["2000-03-31", "2018-12-31", "2020-06-30"]).map(|(_, bars)| bars);
        assert_eq!(years, Some(["2000年：1 项", "2018年：1 项", "2020年：1 项"].map(str::to_owned).to_vec()));
        assert_eq!(shown(&["2018-03-31", "2018-03-31"]), None, "two bars say less than a line of text");
    }
}
