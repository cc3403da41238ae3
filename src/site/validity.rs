//! 效力 on the pages. A day is printed as a day; the word that depends on the day of reading (已失效, 尚未施行) is added
//! in the browser. What another document repeals stays repealed, so that is said at once.

use jiff::civil::Date;
use serde::Serialize;

use crate::corpus::{Repeal, Validity};

use super::html::{Markup, html};

/// A day or a word of an instrument's validity: `<span data-expires="2023-06-30">有效期至2023年6月30日</span>`.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Stated {
    /// What `site.js` compares with today: `expires`, `repealed` or `effective`; empty where today does not matter.
    attribute: &'static str,
    /// The day, ISO 8601.
    day: String,
    /// What stands there.
    text: String,
}

/// How a list marks an instrument that no longer holds, or will not for ever.
pub fn lapse(validity: &Validity) -> Option<Stated> {
    repealed(validity).or_else(|| expires(validity))
}

/// 已废止, or 2019年1月1日起废止 where the repealing document says so ahead.
fn repealed(validity: &Validity) -> Option<Stated> {
    // One that is past outweighs one ahead.
    let repeal = validity.repealed_by.iter().min_by_key(|r| r.ahead)?;
    let past = || Stated { attribute: "", day: String::new(), text: "已废止".to_owned() };
    Some(from(repeal).unwrap_or_else(past))
}

/// The day of a repeal that was ahead when it was printed: 2019年1月1日起废止.
pub fn from(repeal: &Repeal) -> Option<Stated> {
    let day = repeal.from.filter(|_| repeal.ahead)?;
    Some(Stated { attribute: "repealed", text: format!("{}起废止", printed_date(day)), day: day.to_string() })
}

/// 有效期至2023年6月30日.
pub fn expires(validity: &Validity) -> Option<Stated> {
    let day = validity.expires?;
    Some(Stated { attribute: "expires", text: format!("有效期至{}", printed_date(day)), day: day.to_string() })
}

/// 2018年7月1日起施行, where that is after `date`, the document's own.
pub fn effective(validity: &Validity, date: Option<Date>) -> Option<Stated> {
    let day = validity.effective.filter(|day| date.is_none_or(|date| date < *day))?;
    Some(Stated { attribute: "effective", text: format!("{}起施行", printed_date(day)), day: day.to_string() })
}

/// The attributes of a citation in the text, `data-expires` and `title`: the day with which its instrument expires, for
/// the browser to mark it once that is past.
pub fn attributes(validity: &Validity) -> Option<(String, String)> {
    let Stated { day, text, .. } = expires(validity).filter(|_| validity.repealed_by.is_empty())?;
    Some((day, text))
}

/// What stands after a citation of a repealed instrument in the text.
pub fn after(validity: &Validity) -> Option<Markup> {
    let Stated { day, text, .. } = repealed(validity)?;
    let day = Some(day).filter(|day| !day.is_empty());
    Some(html! { span class="zk lapsed" data-repealed=[day] { (text) } })
}

/// 2023-06-30 → 2023年6月30日.
fn printed_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(iso: &str) -> Option<Date> {
        iso.parse().ok()
    }

    fn repeal(from: &str, ahead: bool) -> Repeal {
        Repeal { document: "a".to_owned(), path: String::new(), from: day(from), ahead, policy: 0 }
    }

    #[test]
    fn what_lists_and_texts_say() {
        let shown = |v: &Validity| {
            let (day, said) = attributes(v).unzip();
            html! { a data-expires=[day] title=[said] { "甲" } @if let Some(after) = after(v) { (after) } }.0
        };
        let mut v = Validity::default();
        assert_eq!(lapse(&v), None);
        assert_eq!(shown(&v), "<a>甲</a>");
        v.effective = day("2018-07-01");
        v.expires = day("2023-06-30");
        assert_eq!(shown(&v), "<a data-expires=\"2023-06-30\" title=\"有效期至2023年6月30日\">甲</a>");
        assert_eq!(effective(&v, day("2018-07-01")), None);
        assert_eq!(effective(&v, day("2018-06-04")).map(|s| s.text).as_deref(), Some("2018年7月1日起施行"));
        v.repealed_by = vec![repeal("2020-01-01", true)];
        let ahead = "<span class=\"zk lapsed\" data-repealed=\"2020-01-01\">2020年1月1日起废止</span>";
        assert_eq!(shown(&v), format!("<a>甲</a>{ahead}"));
        v.repealed_by.push(repeal("2019-01-01", false));
        assert_eq!(shown(&v), "<a>甲</a><span class=\"zk lapsed\">已废止</span>");
    }
}
