//! 效力 on the pages. A day is printed as a day; the word that depends on the day of reading (已失效, 尚未施行) is added
//! in the browser. What another document repeals stays repealed, so that is said at once.

use jiff::civil::Date;
use serde::Serialize;

use crate::corpus::{Repeal, Validity};
use crate::strings::Strings;

use super::html::{Markup, html};
use super::say;

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
pub fn lapse(strings: &Strings, validity: &Validity) -> Option<Stated> {
    repealed(strings, validity).or_else(|| expires(strings, validity))
}

/// 已废止, or 2019年1月1日起废止 where the repealing document says so ahead.
fn repealed(strings: &Strings, validity: &Validity) -> Option<Stated> {
    // One that is past outweighs one ahead.
    let repeal = validity.repealed_by.iter().min_by_key(|r| r.ahead)?;
    let past = || Stated { attribute: "", day: String::new(), text: strings.text("validity.repealed").to_owned() };
    Some(from(strings, repeal).unwrap_or_else(past))
}

/// The day of a repeal that was ahead when it was printed: 2019年1月1日起废止.
pub fn from(strings: &Strings, repeal: &Repeal) -> Option<Stated> {
    let day = repeal.from.filter(|_| repeal.ahead)?;
    Some(stated(strings, "repealed", "validity.repealed_from", day))
}

/// 有效期至2023年6月30日.
pub fn expires(strings: &Strings, validity: &Validity) -> Option<Stated> {
    let day = validity.expires?;
    Some(stated(strings, "expires", "validity.expires", day))
}

/// 2018年7月1日起施行, where that is after `date`, the document's own.
pub fn effective(strings: &Strings, validity: &Validity, date: Option<Date>) -> Option<Stated> {
    let day = validity.effective.filter(|day| date.is_none_or(|date| date < *day))?;
    Some(stated(strings, "effective", "validity.effective", day))
}

/// The attributes of a citation in the text, `data-expires` and `title`: the day with which its instrument expires, for
/// the browser to mark it once that is past.
pub fn attributes(strings: &Strings, validity: &Validity) -> Option<(String, String)> {
    let Stated { day, text, .. } = expires(strings, validity).filter(|_| validity.repealed_by.is_empty())?;
    Some((day, text))
}

/// What stands after a citation of a repealed instrument in the text.
pub fn after(strings: &Strings, validity: &Validity) -> Option<Markup> {
    let Stated { day, text, .. } = repealed(strings, validity)?;
    let day = Some(day).filter(|day| !day.is_empty());
    Some(html! { span class="zk lapsed" lang=[strings.own()] data-repealed=[day] { (text) } })
}

fn stated(strings: &Strings, attribute: &'static str, key: &str, day: Date) -> Stated {
    let text = strings.with(key, &[("day", &say::day(strings, day))]);
    Stated { attribute, text, day: day.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strings::Language;

    fn chinese() -> &'static Strings {
        Strings::built_in(Language::Chinese)
    }

    fn day(iso: &str) -> Option<Date> {
        iso.parse().ok()
    }

    fn repeal(from: &str, ahead: bool) -> Repeal {
        Repeal { document: "a".to_owned(), path: String::new(), from: day(from), ahead, policy: 0 }
    }

    #[test]
    fn what_lists_and_texts_say() {
        let shown = |v: &Validity| {
            let (day, said) = attributes(chinese(), v).unzip();
            html! { a data-expires=[day] title=[said] { "甲" } @if let Some(after) = after(chinese(), v) { (after) } }.0
        };
        let mut v = Validity::default();
        assert_eq!(lapse(chinese(), &v), None);
        assert_eq!(shown(&v), "<a>甲</a>");
        v.effective = day("2018-07-01");
        v.expires = day("2023-06-30");
        assert_eq!(shown(&v), "<a data-expires=\"2023-06-30\" title=\"有效期至2023年6月30日\">甲</a>");
        assert_eq!(effective(chinese(), &v, day("2018-07-01")), None);
        assert_eq!(effective(chinese(), &v, day("2018-06-04")).map(|s| s.text).as_deref(), Some("2018年7月1日起施行"));
        v.repealed_by = vec![repeal("2020-01-01", true)];
        let ahead = "<span class=\"zk lapsed\" data-repealed=\"2020-01-01\">2020年1月1日起废止</span>";
        assert_eq!(shown(&v), format!("<a>甲</a>{ahead}"));
        v.repealed_by.push(repeal("2019-01-01", false));
        assert_eq!(shown(&v), "<a>甲</a><span class=\"zk lapsed\">已废止</span>");
    }
}
