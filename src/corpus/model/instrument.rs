//! 文件: an instrument, who cites it, and when it holds.
//!
//! Kept are the dates that texts print and the words of other documents; whether an instrument is in force on some day
//! follows from them with [`Validity::status`], and is asked only where a day is at hand: never in a build.

use gongwen::Span;
use gongwen::extract::Relation;
use jiff::civil::Date;

/// 文件: a document of the site, or one known only by being cited.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// Stable slug, made from the number, else from the title.
    pub id: String,
    /// Site-relative address of its page; a held document's own page.
    pub url: String,
    /// Its title, where any document prints it.
    pub title: Option<String>,
    /// 发文字号.
    pub number: Option<String>,
    /// Its issuers: printed, or decoded from the number.
    pub issuers: Vec<String>,
    /// True where the issuers are decoded from the number and nowhere printed.
    pub issuers_inferred: bool,
    /// Its year, from the number.
    pub year: Option<u16>,
    /// Id of the document that it is, where the site holds it.
    pub document: Option<String>,
    /// When it holds.
    pub validity: Validity,
    /// Who cites it.
    pub cited_by: Vec<CitedBy>,
}

/// A mention of an instrument.
#[derive(Clone, Debug)]
pub struct CitedBy {
    /// Id of the citing document.
    pub document: String,
    /// What for.
    pub relation: Relation,
    /// Every clause that mentions it, in order.
    pub paths: Vec<String>,
    /// Every place that names it, in order.
    pub mentions: Vec<Span>,
    /// Index into [`super::Corpus::documents`].
    pub policy: usize,
}

/// 效力 of an instrument.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Validity {
    /// 施行日期.
    pub effective: Option<Date>,
    /// The last day of its term.
    pub expires: Option<Date>,
    /// The documents that repeal it, newest first.
    pub repealed_by: Vec<Repeal>,
    /// The clause that fixes the first day; `None` where the front matter does.
    pub effective_path: Option<String>,
    /// The clause that fixes the last day; `None` where the front matter does.
    pub expires_path: Option<String>,
}

/// 废止: a document that repeals an instrument.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Repeal {
    /// Its id.
    pub document: String,
    /// The clause that says so.
    pub path: String,
    /// From when: the day on which the repealing document takes effect, else its date.
    pub from: Option<Date>,
    /// True where that day comes after the repealing document's own date, so that on some days the repeal is yet to come.
    pub ahead: bool,
    /// Index into [`super::Corpus::documents`].
    pub policy: usize,
}

/// 时效: whether an instrument is in force on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 尚未施行.
    NotYet,
    /// 现行有效: the day lies in the term that its own text prints, and no document of the site repeals it.
    InForce,
    /// 已失效: its term is over.
    Expired,
    /// 已废止.
    Repealed,
}

impl Status {
    /// As people say it.
    pub fn name(self) -> &'static str {
        match self {
            Status::NotYet => "尚未施行",
            Status::InForce => "现行有效",
            Status::Expired => "已失效",
            Status::Repealed => "已废止",
        }
    }
}

impl Validity {
    /// The status on `day`. `None` where the texts do not tell: an instrument without a printed end may have
    /// been repealed by one that the site does not hold.
    pub fn status(&self, day: Date) -> Option<Status> {
        let begun = |from: Option<Date>| from.is_none_or(|from| from <= day);
        if self.repealed_by.iter().any(|r| begun(r.from)) {
            return Some(Status::Repealed);
        }
        if self.expires.is_some_and(|last| last < day) {
            return Some(Status::Expired);
        }
        if !begun(self.effective) {
            return Some(Status::NotYet);
        }
        self.expires.map(|_| Status::InForce)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses() {
        let date = |s: &str| s.parse::<Date>().ok();
        // effective, expires, repealed from (x: not at all) | on a day
        let table = [
            ("2018-07-01", "2023-06-30", "x", "2018-06-30", "尚未施行"),
            ("2018-07-01", "2023-06-30", "x", "2018-07-01", "现行有效"),
            ("2018-07-01", "2023-06-30", "x", "2023-06-30", "现行有效"),
            ("2018-07-01", "2023-06-30", "x", "2023-07-01", "已失效"),
            ("2018-07-01", "2023-06-30", "2020-01-01", "2019-12-31", "现行有效"),
            ("2018-07-01", "2023-06-30", "2020-01-01", "2020-01-01", "已废止"),
            ("2018-07-01", "2023-06-30", "2020-01-01", "2024-01-01", "已废止"),
            ("-", "-", "-", "2018-01-01", "已废止"),
            ("2018-07-01", "-", "x", "2020-01-01", "-"),
            ("2018-07-01", "-", "x", "2018-01-01", "尚未施行"),
            ("-", "-", "x", "2018-01-01", "-"),
        ];
        for (effective, expires, repealed, day, expected) in table {
            let repeal =
                Repeal { document: String::new(), path: String::new(), from: date(repealed), ahead: false, policy: 0 };
            let validity = Validity {
                effective: date(effective),
                expires: date(expires),
                repealed_by: if repealed == "x" { Vec::new() } else { vec![repeal] },
                ..Validity::default()
            };
            assert_eq!(
                date(day).and_then(|day| validity.status(day)).map_or("-", Status::name),
                expected,
                "{effective} {expires} {repealed} {day}"
            );
        }
    }
}
