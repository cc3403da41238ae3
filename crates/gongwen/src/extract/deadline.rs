//! 时限: expressions of time in annotations, table cells and sentences, read to their last day and their EDTF.
//!
//! The year that an expression does not print comes from its [`Context`]. 前 and 底前 name the stretch of time whose
//! last day is the deadline: 8月底前 is 31 August, 2020年前 is read, as offices report on it, to the end of 2020.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::Span;
use crate::date::{Edtf, NoSuchDate, Period, civil, year};
use crate::scan::Cursor;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    /// True where the words set an end: a day, a relative span, or none ever (长期).
    pub fn is_deadline(&self) -> bool {
        self.extent != Extent::Since
    }
}

/// Words for what has no end, longest first where one begins another.
const OPEN: &[&str] = &[
    "长期坚持",
    "长期推进",
    "长期实施",
    "长期开展",
    "长期任务",
    "长期",
    "持续推进",
    "持续实施",
    "持续开展",
    "持续",
    "常态化推进",
    "常态化开展",
    "常态化",
    "常年",
    "每年度",
    "每年",
    "每季度",
    "每半年",
    "每月",
    "全年",
    "逐年",
    "贯穿全程",
];
/// Numbers of the five-year plans (一五 covers 1953–1957, 六五 on count in fives from 1981).
const PLANS: &[(&str, i16)] = &[
    ("七五", 1986),
    ("八五", 1991),
    ("九五", 1996),
    ("十五", 2001),
    ("十一五", 2006),
    ("十二五", 2011),
    ("十三五", 2016),
    ("十四五", 2021),
    ("十五五", 2026),
    ("十六五", 2031),
    ("十七五", 2036),
];
/// Signs between the ends of a range.
const DASHES: &[&str] = &["——", "—", "－", "–", "-", "~", "～", "至", "到"];

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

/// True for the characters that an expression of time begins with.
fn may_start(c: char) -> bool {
    crate::scan::is_arabic(c)
        || crate::numeral::is_chinese_numeral(c)
        || "到至截自从今本当去明次翌后年上下第每长持常全逐贯“\"‘".contains(c)
}

/// The expression of time that begins at byte `start` of `text`.
pub fn at(text: &str, start: usize, context: Context) -> Option<Deadline> {
    let mut c = Cursor::new(text, start);
    if let Some(open) = open_end(&mut c, start, context) {
        return Some(open);
    }
    if let Some(relative) = relative(text, start, context) {
        return Some(relative);
    }
    let since = c.eat_any(&["自", "从"]).is_some();
    let until = !since && c.eat_any(&["截止到", "截至到", "截止", "截至", "到", "至"]).is_some();
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
    let onwards = tail.eat_any(&["起", "以来", "以后", "之后", "开始", "后"]).is_some();
    if since || onwards {
        deadline.extent = Extent::Since;
        deadline.due = None;
    } else if tail.eat_any(&["之前", "以前", "前"]).is_some() {
        deadline.extent = Extent::Until;
    } else {
        let inside = tail.eat_any(&["期间", "之内", "以内", "内"]).is_some();
        deadline.extent = if until { Extent::Until } else { Extent::Within };
        if !inside {
            tail = c;
        }
    }
    deadline.text.end = tail.at();
    Some(deadline)
}

/// 长期坚持; 每年12月底前, whose month says nothing of an end.
fn open_end(c: &mut Cursor<'_>, start: usize, context: Context) -> Option<Deadline> {
    let mut ahead = *c;
    let word = ahead.eat_any(OPEN)?;
    let mut end = ahead.at();
    if word.starts_with('每') {
        ahead.spaces();
        if ahead.peek().is_some_and(may_start)
            && let Some((_, true)) = stretch(&mut ahead, context)
        {
            ahead.spaces().eat_any(&["之前", "以前", "前"]);
            end = ahead.at();
        }
    }
    let mut deadline = Deadline::new(start, end);
    deadline.open = true;
    Some(deadline)
}

/// 自印发之日起30日内, 五年内, 3个月内.
fn relative(text: &str, start: usize, context: Context) -> Option<Deadline> {
    /// What may stand between 自 and 之日起, in characters.
    const EVENT: usize = 24;
    let mut c = Cursor::new(text, start);
    let mut anchor = None;
    if c.eat_any(&["自", "从"]).is_some() {
        let head = c.rest();
        let head = head.char_indices().nth(EVENT).map_or(head, |(i, _)| &head[..i]);
        let (at, word) = ["之日起", "之日后", "日起"].into_iter().find_map(|w| head.find(w).map(|i| (i, w)))?;
        if head[..at].contains(['。', '；', '，']) {
            return None;
        }
        c = Cursor::new(text, c.at() + at + word.len());
        anchor = Some(Span::new(0, start..c.at()));
        c.spaces();
        c.eat_any(&["，", ","]);
    }
    let (_, count) = c.spaces().numeral()?;
    c.spaces();
    let unit = [
        ("个工作日", Unit::WorkingDay),
        ("工作日", Unit::WorkingDay),
        ("个月", Unit::Month),
        ("个自然日", Unit::Day),
        ("个小时", Unit::Hour),
        ("小时", Unit::Hour),
        ("年", Unit::Year),
        ("周", Unit::Week),
        ("个星期", Unit::Week),
        ("日", Unit::Day),
        ("天", Unit::Day),
    ]
    .into_iter()
    .find_map(|(word, unit)| c.eat(word).then_some(unit))?;
    let inside = c.spaces().eat_any(&["之内", "以内", "内"]).is_some();
    if !inside && anchor.is_none() {
        return None;
    }
    let mut deadline = Deadline::new(start, c.at());
    deadline.relative = Some(Relative { count, unit, anchor });
    // Only what counts from the document's own issue has a day that the document tells.
    let from_issue = anchor.is_some_and(|a| {
        text.get(a.range()).is_some_and(|w| ["印发", "发布", "下发", "公布", "本"].iter().any(|k| w.contains(k)))
    });
    if from_issue && let Some(issued) = context.issued {
        let n = i32::try_from(count).ok()?;
        let span = match unit {
            Unit::Year if n < 1000 => Some(n.years()),
            Unit::Month if n < 10_000 => Some(n.months()),
            Unit::Week if n < 10_000 => Some(n.weeks()),
            Unit::Day if n < 100_000 => Some(n.days()),
            _ => None,
        };
        deadline.due = span.and_then(|s| issued.checked_add(s).ok());
        deadline.edtf = deadline.due.map(|d| Edtf::point(Period::Day(d)));
    }
    Some(deadline)
}

/// “十四五”期末, 十四五期间.
fn plan(c: &mut Cursor<'_>) -> Option<Result<Edtf, Problem>> {
    let mut ahead = *c;
    ahead.eat_any(&["“", "\"", "‘"]);
    let word = ahead.eat_any(&PLANS.iter().rev().map(|p| p.0).collect::<Vec<_>>())?;
    let first = PLANS.iter().find(|p| p.0 == word)?.1;
    ahead.eat_any(&["”", "\"", "’"]);
    ahead.eat("规划");
    let last = Period::Year(first + 4);
    let edtf = if ahead.eat_any(&["期末", "时期末", "末期", "末", "结束"]).is_some() {
        Edtf::point(last)
    } else if ahead.eat_any(&["期间", "时期", "期内"]).is_some() {
        Edtf { start: Period::Year(first), end: Some(last) }
    } else {
        return None;
    };
    *c = ahead;
    Some(Ok(edtf))
}

/// A stretch of the calendar or a range of two, and whether its year was carried.
fn stretch(c: &mut Cursor<'_>, context: Context) -> Option<(Result<Edtf, Problem>, bool)> {
    let mut ahead = *c;
    // 2019—2023年: the first year has no 年 of its own.
    let mut range = ahead;
    if let Some(first) = year(&mut range)
        && range.spaces().eat_any(DASHES).is_some()
        && let Some(last) = year(range.spaces())
        && range.spaces().eat("年")
    {
        range.eat_any(&["底", "末"]);
        *c = range;
        return Some((Ok(Edtf { start: Period::Year(first), end: Some(Period::Year(last)) }), false));
    }
    let (first, carried) = point(&mut ahead, context)?;
    *c = ahead;
    let Ok(first) = first else { return Some((first.map(Edtf::point), carried)) };
    // The end of a range may leave out the year that its beginning prints: 2018年3月—9月.
    if ahead.spaces().eat_any(DASHES).is_some() {
        ahead.spaces();
        let within = Context { year: Some(first.year()), ..context };
        if let Some((last, _)) = point(&mut ahead, within) {
            *c = ahead;
            return Some((last.map(|last| Edtf { start: first, end: Some(last) }), carried));
        }
    }
    Some((Ok(Edtf::point(first)), carried))
}

/// One stretch: 2018年底, 2018年第一季度, 8月底, 年底, 上半年, 6月30日. The flag tells that its year was carried.
fn point(c: &mut Cursor<'_>, context: Context) -> Option<(Result<Period, Problem>, bool)> {
    let mut ahead = *c;
    let (year, carried) = printed_year(&mut ahead, context);
    if !carried {
        ahead.spaces();
    }
    let inner = within_year(&mut ahead, year.unwrap_or(0));
    let read = match inner {
        Some(read) => read,
        // A year by itself has to be printed.
        None if !carried => Ok(Period::Year(year?)),
        None => return None,
    };
    *c = ahead;
    if year.is_none() {
        return Some((Err(Problem::NoYear), true));
    }
    Some((read.map_err(Problem::NoSuchDate), carried))
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
    for (words, offset) in [
        (&["今年", "本年度", "本年", "当年"][..], 0),
        (&["明年", "次年", "翌年"][..], 1),
        (&["后年"][..], 2),
        (&["去年"][..], -1),
    ] {
        if c.eat_any(words).is_some() {
            return (context.year.map(|y| y.saturating_add(offset)), context.year.is_none());
        }
    }
    (context.year, true)
}

/// What stands after the year: 底, 上半年, 第一季度, 8月底, 6月30日.
fn within_year(c: &mut Cursor<'_>, year: i16) -> Option<Result<Period, NoSuchDate>> {
    if let Some((date, len)) = crate::date::date_at(c.rest()) {
        c.skip(len);
        return Some(date.map(Period::Day));
    }
    if c.eat_any(&["年底", "年末", "年内", "底", "末"]).is_some() {
        return Some(Ok(Period::Year(year)));
    }
    if c.eat_any(&["年中"]).is_some() {
        return Some(Ok(Period::Month(year, 6)));
    }
    if c.eat_any(&["年初", "初"]).is_some() {
        return Some(Ok(Period::Month(year, 1)));
    }
    if let Some(half) = c.eat_any(&["上半年", "下半年"]) {
        c.eat_any(&["底", "末"]);
        return Some(Ok(Period::Half(year, if half == "上半年" { 1 } else { 2 })));
    }
    let mut ahead = *c;
    ahead.eat("第");
    let (_, number) = ahead.spaces().numeral()?;
    ahead.spaces();
    if ahead.eat_any(&["个季度", "季度"]).is_some() {
        ahead.eat_any(&["底", "末"]);
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
        *c = day;
        return Some(civil(year, number, d).map(Period::Day));
    }
    let end = ahead.spaces().eat_any(&["上旬", "中旬", "中", "下旬", "月底", "月末", "底", "末"]);
    *c = ahead;
    let day = match end {
        Some("上旬") => 10,
        Some("中旬" | "中") => 20,
        _ => return Some(civil(year, number, 1).map(|d| Period::Month(year, d.month()))),
    };
    Some(civil(year, number, day).map(Period::Day))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The context of every case: a document of 4 June 2018.
    fn context() -> Context {
        Context::of_date(Some("2018-06-04"))
    }

    #[test]
    fn styles() {
        // text | its words | last day | EDTF | marks: c year carried, o open, s since, r relative
        let table = include_str!("deadline_styles.txt");
        let mut count = 0;
        for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let [text, words, due, edtf, marks] = fields[..] else { panic!("five fields: {line}") };
            let found = find(text, context());
            let got = found.first().map(|d| {
                let mut marks = String::new();
                for (mark, holds) in [
                    ('c', d.year_carried),
                    ('o', d.open),
                    ('s', d.extent == Extent::Since),
                    ('r', d.relative.is_some()),
                    ('!', d.problem.is_some()),
                ] {
                    if holds {
                        marks.push(mark);
                    }
                }
                let show = |s: Option<String>| s.unwrap_or_else(|| "-".to_owned());
                [
                    text[d.text.range()].to_owned(),
                    show(d.due.map(|d| d.to_string())),
                    show(d.edtf.map(|e| e.to_string())),
                    marks,
                ]
            });
            let expected = (words != "-").then(|| [words, due, edtf, marks].map(str::to_owned));
            assert_eq!(got, expected, "{line}");
            count += 1;
        }
        assert!(count >= 30, "{count} styles");
    }

    #[test]
    fn cells() {
        let table = [
            ("2018 年年底前", Some(("2018 年年底前", Some("2018-12-31"), false))),
            ("2018年 12月底前", Some(("2018年 12月底前", Some("2018-12-31"), false))),
            ("2018.12", Some(("2018.12", Some("2018-12-31"), false))),
            ("2018年6月底前出台，12月底前见效", Some(("2018年6月底前出台，12月底前见效", Some("2018-12-31"), false))),
            ("2019年底前完成，长期坚持。", Some(("2019年底前完成，长期坚持", Some("2019-12-31"), true))),
            ("长期", Some(("长期", None, true))),
            ("按上级部署", Some(("按上级部署", None, false))),
            ("—", None),
            ("", None),
        ];
        for (text, expected) in table {
            let got = cell(text, context()).map(|d| (&text[d.text.range()], d.due.map(|d| d.to_string()), d.open));
            assert_eq!(got, expected.map(|(t, d, o)| (t, d.map(str::to_owned), o)), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let problem = |t: &str, c: Context| find(t, c).first().and_then(|d| d.problem);
        assert!(matches!(problem("2019年2月30日前", context()), Some(Problem::NoSuchDate(_))));
        assert_eq!(problem("8月底前", Context::default()), Some(Problem::NoYear));
        assert_eq!(problem("2023—2019年", context()), Some(Problem::Backwards));
    }
}
