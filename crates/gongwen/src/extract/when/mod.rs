//! 时限: expressions of time in annotations, table cells and sentences, read to their last day and their EDTF.
//!
//! The year that an expression does not print comes from its [`Context`]. 前 and 底前 name the stretch of time whose
//! last day is the deadline: 8月底前 is 31 August, 2020年前 is read, as offices report on it, to the end of 2020.

mod calendar;
mod relative;
mod words;

use jiff::civil::Date;

use crate::date::{Edtf, NoSuchDate, Period, year};
use crate::scan::Cursor;
use crate::{Document, Span};
use calendar::{plan, stretch};
use relative::{open_end, relative, spans};
use words::WORDS;

/// What a reader knows before it meets an expression of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The year that 8月底前 and 年底前 mean: the last one printed before them, or the document's.
    pub year: Option<i16>,
    /// 成文日期, from which 自印发之日起 counts.
    pub issued: Option<Date>,
}

impl Context {
    /// The context that a document's date of writing gives; ISO 8601.
    pub fn of_date(date: Option<&str>) -> Self {
        let issued = date.and_then(|d| d.parse::<Date>().ok());
        Context { year: issued.map(Date::year), issued }
    }

    /// The context that a document gives: its date of writing, and the one year that its title names where the document
    /// plans for it (2024年工作要点, written in the December before).
    pub fn of(document: &Document) -> Self {
        let meta = &document.meta;
        let context = Context::of_date(meta.date.as_deref());
        let first = document.blocks.first().map(|b| b.text.as_str());
        let titles = [meta.title.as_deref(), meta.attached_title.as_deref(), first.filter(|_| meta.title.is_none())];
        /// Longest title in bytes.
        const TITLE: usize = 600;
        let planned = titles.into_iter().flatten().filter(|t| t.len() <= TITLE).find_map(|title| {
            let [date] = find(title, Context::default())[..] else { return None };
            match date.edtf?.start {
                Period::Year(year) if date.edtf?.end.is_none() => Some(year),
                _ => None,
            }
        });
        let near = |y: &i16| context.issued.is_none_or(|i| (i.year()..=i.year().saturating_add(1)).contains(y));
        Context { year: planned.filter(near).or(context.year), ..context }
    }
}

/// How an expression stands to its stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// 到2020年, 8月底前: by its last day.
    Until,
    /// 2018年, 2019—2023年, 五年内: at any time of it.
    Within,
    /// 2018年起, 自2018年以来: no deadline.
    Since,
}

/// A span of time that counts from something else than the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relative {
    /// How many units.
    pub count: u64,
    /// The unit.
    pub unit: Unit,
    /// The words that say from when: 自印发之日起. `None` where they are not printed (五年内).
    pub anchor: Option<Span>,
}

/// Units of [`Relative`] deadlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 年
    Year,
    /// 个月
    Month,
    /// 周, 星期
    Week,
    /// 日, 天
    Day,
    /// 个工作日; holidays are not known here, so that no date follows from it.
    WorkingDay,
    /// 小时
    Hour,
}

/// Why an expression gives no last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Problem {
    /// 2月30日.
    NoSuchDate(NoSuchDate),
    /// 8月底前 where no year is known.
    NoYear,
    /// 2023—2019年.
    Backwards,
}

/// 时限: when something has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The words, as printed.
    pub text: Span,
    /// The last day.
    pub due: Option<Date>,
    /// The stretch of time in EDTF.
    pub edtf: Option<Edtf>,
    /// How the words stand to that stretch.
    pub extent: Extent,
    /// True where it is the paragraph's deadline or the merged cell's, not the sentence's own.
    pub inherited: bool,
    /// True where the year was not printed but carried from the context.
    pub year_carried: bool,
    /// 长期, 持续推进, 每年: without end.
    pub open: bool,
    /// Where it counts from an event.
    pub relative: Option<Relative>,
    /// Why there is no last day although one seems meant.
    pub problem: Option<Problem>,
}

impl Deadline {
    fn new(start: usize, end: usize) -> Self {
        Deadline {
            text: Span::new(0, start..end),
            due: None,
            edtf: None,
            extent: Extent::Within,
            inherited: false,
            year_carried: false,
            open: false,
            relative: None,
            problem: None,
        }
    }

    /// The same deadline with its words in block number `block`.
    pub fn in_block(mut self, block: usize) -> Self {
        self.text.block = block;
        if let Some(anchor) = self.relative.as_mut().and_then(|r| r.anchor.as_mut()) {
            anchor.block = block;
        }
        self
    }

    /// The same deadline for a text in which its own text begins at byte `by`.
    pub(crate) fn shifted(mut self, by: usize) -> Self {
        let shift = |s: &mut Span| {
            s.start += by;
            s.end += by;
        };
        shift(&mut self.text);
        if let Some(anchor) = self.relative.as_mut().and_then(|r| r.anchor.as_mut()) {
            shift(anchor);
        }
        self
    }

    /// True where the words give a last day or mean one that no calendar has.
    pub(crate) fn means_a_day(&self) -> bool {
        self.due.is_some() || matches!(self.problem, Some(Problem::NoSuchDate(_)))
    }

    /// True where the words set an end: a day, a relative span, or none ever (长期).
    pub fn is_deadline(&self) -> bool {
        self.extent != Extent::Since
    }
}

/// Every expression of time in `text`, in order. A year once printed is carried to those after it that print none.
pub fn find(text: &str, context: Context) -> Vec<Deadline> {
    let mut found = Vec::new();
    let mut context = context;
    let mut c = Cursor::new(text, 0);
    while let Some(ch) = c.peek() {
        if may_start(ch)
            && let Some(deadline) = at(text, c.at(), context)
        {
            if let Some(edtf) = deadline.edtf
                && !deadline.year_carried
                && deadline.relative.is_none()
            {
                context.year = Some(edtf.end.unwrap_or(edtf.start).year());
            }
            c = Cursor::new(text, deadline.text.end);
            found.push(deadline);
        } else if crate::scan::is_arabic(ch) {
            // Never start inside a number.
            c.eat_while(crate::scan::is_arabic);
        } else {
            c.eat_char(|_| true);
        }
    }
    found
}

/// The deadline of a table cell or of the words after 完成时限：. The whole cell is its text; of several expressions
/// the latest day counts. `None` for an empty cell and for a dash.
pub fn cell(text: &str, context: Context) -> Option<Deadline> {
    let trimmed = text.trim();
    if trimmed.chars().all(|c| !c.is_alphanumeric()) {
        return None;
    }
    let start = text.len() - text.trim_start().len();
    let end = start + trimmed.trim_end_matches(['。', '；', ';', '，', ',']).len();
    let mut parts = find(text, context);
    if parts.is_empty()
        && let Some((edtf, len)) = numeric_month(trimmed)
        && len == trimmed.len()
    {
        let mut whole = Deadline::new(start, end);
        whole.edtf = Some(edtf);
        whole.due = edtf.last_day();
        parts.push(whole);
    }
    let open = parts.iter().any(|d| d.open);
    // 2022年秋季学期启动，长期坚持: what has no end has a beginning.
    let begins = |d: &Deadline| {
        let rest = text.get(d.text.end..).unwrap_or("");
        let said = rest.split(['，', ',', '；', ';', '。']).next().unwrap_or("");
        WORDS.begins.iter().any(|w| said.contains(w.as_str()))
    };
    if open {
        parts.retain(|d| d.extent != Extent::Within || !begins(d));
    }
    let latest = parts.iter().max_by_key(|d| d.due).copied();
    let mut whole = latest.unwrap_or_else(|| Deadline::new(start, end));
    whole.text = Span::new(0, start..end);
    whole.open = open;
    Some(whole)
}

/// 2018.12 and 2018-12, which only a cell of deadlines may mean as a month.
fn numeric_month(text: &str) -> Option<(Edtf, usize)> {
    let mut c = Cursor::new(text, 0);
    let y = year(&mut c)?;
    c.eat_char(|c| matches!(c, '.' | '-' | '/' | '．'))?;
    let (_, m @ 1..=12) = c.numeral()? else { return None };
    Some((Edtf::point(Period::Month(y, i8::try_from(m).ok()?)), c.at()))
}

/// What an expression of time begins with, besides digits.
const STARTS: [char; 33] = [
    '到', '至', '截', '自', '从', '今', '本', '当', '去', '明', '次', '翌', '后', '年', '上', '下', '前', '第', '半',
    '印', '发', '元', '春', '每', '长', '持', '常', '全', '逐', '贯', '“', '"', '‘',
];

/// True for the characters that an expression of time begins with.
fn may_start(c: char) -> bool {
    crate::scan::is_arabic(c) || crate::numeral::is_chinese_numeral(c) || STARTS.contains(&c)
}

/// The period of the five-year plan that a title names: “十四五”国家应急体系规划 is of 2021 to 2025.
pub(crate) fn plan_named(title: &str) -> Option<Deadline> {
    title.char_indices().filter(|(_, c)| "“\"‘".contains(*c)).find_map(|(start, quote)| {
        let mut c = Cursor::new(title, start + quote.len_utf8());
        let first = words::plan(&mut c)?;
        let edtf = Edtf { start: Period::Year(first), end: Some(Period::Year(first + 4)) };
        let end = c.at();
        Some(Deadline { edtf: Some(edtf), due: edtf.last_day(), ..Deadline::new(start, end) })
    })
}

/// The expression of time that begins at byte `start` of `text`.
pub fn at(text: &str, start: usize, context: Context) -> Option<Deadline> {
    let mut c = Cursor::new(text, start);
    // Most characters that may begin an expression begin none; the first one tells which kinds are possible.
    let first = c.peek()?;
    let digit = crate::scan::is_arabic(first) || crate::numeral::is_chinese_numeral(first);
    if "长持常每全逐贯".contains(first) {
        return open_end(&mut c, start, context);
    }
    if (digit || matches!(first, '自' | '从' | '本' | '印' | '发' | '半'))
        && let Some(relative) = relative(text, start, context)
    {
        return Some(relative);
    }
    let since = c.eat_any(&WORDS.since).is_some();
    let until = !since && c.eat_any(&WORDS.until).is_some();
    c.spaces();
    let (stretch, carried) = plan(&mut c).map(|p| (p, false)).or_else(|| stretch(&mut c, context))?;
    let mut deadline = Deadline::new(start, c.at());
    match stretch {
        Ok(edtf) => {
            deadline.edtf = Some(edtf);
            deadline.due = edtf.last_day();
            if edtf.end.is_some_and(|end| end.last_day() < edtf.start.first_day()) {
                deadline.problem = Some(Problem::Backwards);
                deadline.edtf = None;
                deadline.due = None;
            }
        }
        Err(problem) => deadline.problem = Some(problem),
    }
    deadline.year_carried = carried;
    let mut tail = c;
    tail.spaces();
    let onwards = tail.eat_any(&WORDS.onwards).is_some();
    if onwards
        && let Some(from) = deadline.edtf
        && let anchor = Span::new(0, start..tail.at())
        && let Some(mut spans) = spans(&mut tail, anchor, from)
    {
        spans.year_carried = carried;
        return Some(spans);
    }
    if since || onwards {
        deadline.extent = Extent::Since;
        deadline.due = None;
    } else if tail.eat_any(&WORDS.before).is_some() {
        deadline.extent = Extent::Until;
    } else {
        let inside = tail.eat_any(&WORDS.during).or_else(|| tail.eat_any(&WORDS.inside)).is_some();
        deadline.extent = if until { Extent::Until } else { Extent::Within };
        if !inside {
            tail = c;
        }
    }
    deadline.text.end = tail.at();
    Some(deadline)
}

#[cfg(test)]
mod tests;
