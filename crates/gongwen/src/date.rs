//! 日期: calendar dates as documents print them, and the stretches of time that their deadlines name (EDTF).

use std::fmt;

use jiff::civil::Date;

use crate::numeral;
use crate::scan::{Cursor, is_arabic};

/// A date that no calendar has: 2月30日, 13月1日.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NoSuchDate {
    /// The year as printed.
    pub year: i16,
    /// The month as printed.
    pub month: u64,
    /// The day as printed.
    pub day: u64,
}

impl fmt::Display for NoSuchDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        if (1..=12).contains(month) {
            write!(f, "{year}年{month}月没有{day}日")
        } else {
            write!(f, "没有{month}月")
        }
    }
}

impl std::error::Error for NoSuchDate {}

/// The date that `text` starts with, and its bytes: 2018年6月4日, 二〇一八年六月四日, 2018-06-04, 2018.6.4, 2018/6/4, with
/// or without blanks. `None` where there is none or no calendar has it; [`date_at`] tells which.
///
/// ```
/// let (date, len) = gongwen::date::date("二〇一八年六月四日印发").expect("a date");
/// assert_eq!((date.to_string().as_str(), len), ("2018-06-04", "二〇一八年六月四日".len()));
/// assert!(gongwen::date::date("2018年2月30日").is_none());
/// ```
pub fn date(text: &str) -> Option<(Date, usize)> {
    let (read, len) = date_at(text)?;
    read.ok().map(|d| (d, len))
}

/// The printed date that `text` starts with, and its bytes; an error where no calendar has it.
pub fn date_at(text: &str) -> Option<(Result<Date, NoSuchDate>, usize)> {
    let mut c = Cursor::new(text, 0);
    let year = year(&mut c)?;
    c.spaces();
    let (month, day) = if c.eat("年") {
        let (_, month) = c.spaces().numeral()?;
        if !c.spaces().eat("月") {
            return None;
        }
        let (_, day) = c.spaces().numeral()?;
        c.spaces().eat_any(&["日", "号"])?;
        (month, day)
    } else {
        let separator = c.eat_char(|c| matches!(c, '-' | '－' | '.' | '．' | '/' | '／'))?;
        let (_, month) = arabic(&mut c)?;
        c.eat_char(|c| c == separator)?;
        let (_, day) = arabic(&mut c)?;
        (month, day)
    };
    Some((civil(year, month, day), c.at()))
}

/// True where `text` is a printed date and nothing else, whether a calendar has it or not.
pub fn is_whole(text: &str) -> bool {
    date_at(text).is_some_and(|(_, len)| text[len..].trim().is_empty())
}

/// The calendar's date for these numbers.
pub(crate) fn civil(year: i16, month: u64, day: u64) -> Result<Date, NoSuchDate> {
    let wrong = NoSuchDate { year, month, day };
    let (Ok(m), Ok(d)) = (i8::try_from(month), i8::try_from(day)) else { return Err(wrong) };
    Date::new(year, m, d).map_err(|_| wrong)
}

/// Passes four digits of a year, Arabic or Chinese or, as typists mix them, both: 二00一, 二O一八.
pub(crate) fn year(c: &mut Cursor<'_>) -> Option<i16> {
    let (mut value, mut len, mut digits) = (0, 0, 0);
    for d in c.rest().chars().take(5) {
        let zero = digits > 0 && matches!(d, 'O' | 'o' | 'Ｏ' | '◯');
        let Some(digit) = numeral::digit(d).or(zero.then_some(0)) else { break };
        value = value * 10 + digit;
        len += d.len_utf8();
        digits += 1;
    }
    let year = i16::try_from(value).ok().filter(|y| digits == 4 && (1900..=2199).contains(y))?;
    c.skip(len);
    Some(year)
}

/// Passes one or two Arabic digits.
fn arabic<'a>(c: &mut Cursor<'a>) -> Option<(&'a str, u64)> {
    c.peek().filter(|&d| is_arabic(d))?;
    c.numeral().filter(|(digits, _)| digits.chars().count() <= 2)
}

/// A day, or a stretch of time that has a name of its own (EDTF level 1, and the sub-year codes of level 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Period {
    /// 2018年: `2018`.
    Year(i16),
    /// 2018年上半年 is 1, 下半年 2: `2018-40`, `2018-41`.
    Half(i16, u8),
    /// 2018年第一季度: `2018-33` to `2018-36`.
    Quarter(i16, u8),
    /// 2018年8月: `2018-08`.
    Month(i16, i8),
    /// 2018年6月30日: `2018-06-30`.
    Day(Date),
}

impl Period {
    /// Its first day.
    pub fn first_day(self) -> Option<Date> {
        match self {
            Period::Year(y) => Date::new(y, 1, 1).ok(),
            Period::Half(y, h) => Date::new(y, if h <= 1 { 1 } else { 7 }, 1).ok(),
            Period::Quarter(y, q) => Date::new(y, i8::try_from(q.clamp(1, 4)).ok()? * 3 - 2, 1).ok(),
            Period::Month(y, m) => Date::new(y, m, 1).ok(),
            Period::Day(d) => Some(d),
        }
    }

    /// Its last day.
    pub fn last_day(self) -> Option<Date> {
        let month = match self {
            Period::Year(y) => Date::new(y, 12, 1),
            Period::Half(y, h) => Date::new(y, if h <= 1 { 6 } else { 12 }, 1),
            Period::Quarter(y, q) => Date::new(y, i8::try_from(q.clamp(1, 4)).ok()? * 3, 1),
            Period::Month(y, m) => Date::new(y, m, 1),
            Period::Day(d) => return Some(d),
        };
        month.ok().map(|d| d.last_of_month())
    }

    /// Its year.
    pub fn year(self) -> i16 {
        match self {
            Period::Year(y) | Period::Half(y, _) | Period::Quarter(y, _) | Period::Month(y, _) => y,
            Period::Day(d) => d.year(),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Year(y) => write!(f, "{y:04}"),
            Period::Half(y, h) => write!(f, "{y:04}-{}", 39 + h),
            Period::Quarter(y, q) => write!(f, "{y:04}-{}", 32 + q),
            Period::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Period::Day(d) => write!(f, "{d}"),
        }
    }
}

/// A point or an interval of time in the Extended Date/Time Format (ISO 8601-2:2019): `2018-33`, `2019/2023`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Edtf {
    /// The point, or where the interval begins.
    pub start: Period,
    /// Where the interval ends; `None` for a point.
    pub end: Option<Period>,
}

impl Edtf {
    /// A point.
    pub fn point(period: Period) -> Self {
        Edtf { start: period, end: None }
    }

    /// Its last day.
    pub fn last_day(self) -> Option<Date> {
        self.end.unwrap_or(self.start).last_day()
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.end {
            Some(end) => write!(f, "{}/{end}", self.start),
            None => write!(f, "{}", self.start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let table = [
            ("2018年6月4日印发", Some(("2018-06-04", "2018年6月4日"))),
            ("2018 年 6 月 4 日", Some(("2018-06-04", "2018 年 6 月 4 日"))),
            ("二〇一八年六月四日", Some(("2018-06-04", "二〇一八年六月四日"))),
            ("二○一八年十二月三十一日", Some(("2018-12-31", "二○一八年十二月三十一日"))),
            ("二00一年六月四日", Some(("2001-06-04", "二00一年六月四日"))),
            ("二O一八年六月四日", Some(("2018-06-04", "二O一八年六月四日"))),
            ("2018-06-04", Some(("2018-06-04", "2018-06-04"))),
            ("2018.6.4", Some(("2018-06-04", "2018.6.4"))),
            ("2018/6/4 ", Some(("2018-06-04", "2018/6/4"))),
            ("２０１８年６月４日", Some(("2018-06-04", "２０１８年６月４日"))),
            ("2020年2月29日", Some(("2020-02-29", "2020年2月29日"))),
            ("2018年6月", None),
            ("2019年2月30日", None),
            ("2018-6.4", None),
            ("六月四日", None),
            ("", None),
        ];
        for (text, expected) in table {
            let got = date(text).map(|(d, len)| (d.to_string(), &text[..len]));
            assert_eq!(got, expected.map(|(d, t)| (d.to_owned(), t)), "{text}");
        }
    }

    #[test]
    fn a_date_no_calendar_has_says_so() {
        let message = |t: &str| date_at(t).and_then(|(d, _)| d.err()).map(|e| e.to_string());
        assert_eq!(message("2019年2月30日").as_deref(), Some("2019年2月没有30日"));
        assert_eq!(message("2019年13月1日").as_deref(), Some("没有13月"));
        assert_eq!(message("2019年3月1日"), None);
    }

    #[test]
    fn periods() {
        let table = [
            (Period::Year(2018), "2018", "2018-01-01", "2018-12-31"),
            (Period::Half(2018, 1), "2018-40", "2018-01-01", "2018-06-30"),
            (Period::Half(2018, 2), "2018-41", "2018-07-01", "2018-12-31"),
            (Period::Quarter(2018, 1), "2018-33", "2018-01-01", "2018-03-31"),
            (Period::Quarter(2018, 4), "2018-36", "2018-10-01", "2018-12-31"),
            (Period::Month(2020, 2), "2020-02", "2020-02-01", "2020-02-29"),
        ];
        for (period, edtf, first, last) in table {
            assert_eq!(Edtf::point(period).to_string(), edtf);
            assert_eq!(period.first_day().map(|d| d.to_string()).as_deref(), Some(first), "{edtf}");
            assert_eq!(period.last_day().map(|d| d.to_string()).as_deref(), Some(last), "{edtf}");
        }
        let years = Edtf { start: Period::Year(2019), end: Some(Period::Year(2023)) };
        assert_eq!((years.to_string().as_str(), years.last_day().map(|d| d.year())), ("2019/2023", Some(2023)));
    }
}
