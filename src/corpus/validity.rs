//! 效力: when an instrument takes effect, until when it holds, and what repeals it.
//!
//! Kept are the dates that texts print and the words of other documents; whether an instrument is in force on some day
//! follows from them with [`Validity::status`], and is asked only where a day is at hand: never in a build.

use gongwen::extract::cites::validity::{Fixes, Validity as Clause};
use serde::Serialize;

use super::model::{CitedBy, Corpus, Policy};
use crate::content::Front;

/// The relation of a citation that repeals.
pub(super) const REPEALS: &str = "废止";

/// 效力 of an instrument: part of `data/instruments.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Validity {
    /// 施行日期, ISO 8601.
    pub effective: Option<String>,
    /// The last day of its term, ISO 8601.
    pub expires: Option<String>,
    /// The documents that repeal it, newest first.
    pub repealed_by: Vec<Repeal>,
    /// The clause that fixes the first day; `None` where the front matter does.
    #[serde(skip)]
    pub effective_path: Option<String>,
    /// The clause that fixes the last day; `None` where the front matter does.
    #[serde(skip)]
    pub expires_path: Option<String>,
}

/// 废止: a document that repeals an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Repeal {
    /// Its id.
    pub document: String,
    /// The clause that says so.
    pub path: String,
    /// From when: the day on which the repealing document takes effect, else its date. ISO 8601.
    pub from: Option<String>,
    /// True where that day comes after the repealing document's own date, so that on some days the repeal is yet to come.
    #[serde(skip)]
    pub ahead: bool,
    /// Index into [`Corpus::documents`].
    #[serde(skip)]
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
    /// What a document says of itself; the front matter outweighs its text.
    pub(super) fn of(front: &Front, clauses: &[Clause]) -> Validity {
        let last = |fixes| {
            let own = clauses.iter().rev().filter(|c| c.own && c.fixes == fixes);
            own.filter_map(|c| Some((c.date?.to_string(), c.path.clone()))).next()
        };
        let stated = |front: &Option<String>, fixes| match front {
            Some(day) => (Some(day.clone()), None),
            None => last(fixes).map_or((None, None), |(day, path)| (Some(day), Some(path))),
        };
        let (effective, effective_path) = stated(&front.effective, Fixes::Effective);
        let (expires, expires_path) = stated(&front.expires, Fixes::Expiry);
        Validity { effective, expires, effective_path, expires_path, repealed_by: Vec::new() }
    }

    /// True where something is known.
    pub fn is_known(&self) -> bool {
        self.effective.is_some() || self.expires.is_some() || !self.repealed_by.is_empty()
    }

    /// The status on the ISO date `day`. `None` where the texts do not tell: an instrument without a printed end may have
    /// been repealed by one that the site does not hold.
    pub fn status(&self, day: &str) -> Option<Status> {
        let begun = |from: &Option<String>| from.as_deref().is_none_or(|from| from <= day);
        if self.repealed_by.iter().any(|r| begun(&r.from)) {
            return Some(Status::Repealed);
        }
        if self.expires.as_deref().is_some_and(|last| last < day) {
            return Some(Status::Expired);
        }
        if !begun(&self.effective) {
            return Some(Status::NotYet);
        }
        self.expires.as_ref().map(|_| Status::InForce)
    }
}

impl Corpus {
    /// When a document holds.
    pub fn validity_of(&self, policy: &Policy) -> Option<&Validity> {
        policy.instrument.and_then(|i| self.instruments.get(i)).map(|i| &i.validity)
    }
}

/// Gives every instrument what its own document says of it and what the others do to it. `own` is in the order of the
/// documents.
pub(super) fn join(corpus: &mut Corpus, own: Vec<Validity>) {
    for (policy, validity) in corpus.documents.iter().zip(&own) {
        if let Some(instrument) = policy.instrument.and_then(|i| corpus.instruments.get_mut(i)) {
            instrument.validity = validity.clone();
        }
    }
    for instrument in &mut corpus.instruments {
        let repeals = instrument.cited_by.iter().filter(|c| c.relation == REPEALS);
        instrument.validity.repealed_by = repeals
            .map(|CitedBy { document, paths, policy, .. }| {
                let date = corpus.documents.get(*policy).and_then(|p| p.record.date.clone());
                let from = own.get(*policy).and_then(|v| v.effective.clone()).or_else(|| date.clone());
                Repeal {
                    document: document.clone(),
                    path: paths.first().cloned().unwrap_or_default(),
                    ahead: from > date,
                    from,
                    policy: *policy,
                }
            })
            .collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses() {
        let text = |s: &str| (s != "-").then(|| s.to_owned());
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
                Repeal { document: String::new(), path: String::new(), from: text(repealed), ahead: false, policy: 0 };
            let validity = Validity {
                effective: text(effective),
                expires: text(expires),
                repealed_by: if repealed == "x" { Vec::new() } else { vec![repeal] },
                ..Validity::default()
            };
            assert_eq!(
                validity.status(day).map_or("-", Status::name),
                expected,
                "{effective} {expires} {repealed} {day}"
            );
        }
    }
}
