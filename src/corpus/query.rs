//! 查询: which obligations somebody asks for. A pure filter: commands and servers fill it in.

use gongwen::date::{Period, date};
use jiff::civil::Date;
use regex::Regex;

mod indicator;

pub use indicator::{Condition, Fault};

use crate::registry::{Context, OrganQuery, RegionId, Registry, Resolution};

use super::{Corpus, Facts, Obligation};
use crate::vocabulary::{Kind, Role};

/// What an obligation must satisfy, all of it; an empty list and `None` ask for nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Found in the title, the text, the annotation or a printed name.
    pub pattern: Option<Regex>,
    /// For every part asked for, the organs of which one must play it.
    pub organs: Vec<(Part, Vec<OrganQuery>)>,
    /// The document's region is one of these or lies in one.
    pub regions: Vec<RegionId>,
    /// The document is one of these: indices into [`Corpus::documents`], sorted.
    pub documents: Option<Vec<usize>>,
    /// It is about one of these: indices into [`Corpus::topics`].
    pub topics: Vec<usize>,
    /// Due on this day or before.
    pub due_before: Option<Date>,
    /// Due on this day or after.
    pub due_after: Option<Date>,
    /// One of its indicators meets one of these.
    pub indicators: Vec<Condition>,
    /// It is one of these.
    pub kinds: Vec<Kind>,
    /// It rests on a weak rule, so that a person should look.
    pub unsure: bool,
}

/// The part that an organ plays, as somebody asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// This one.
    As(Role),
    /// Whichever.
    Any,
}

impl Filter {
    /// The obligations asked for, in the order of the corpus.
    pub fn of<'c>(&'c self, registry: &'c Registry, corpus: &'c Corpus) -> impl Iterator<Item = &'c Obligation> {
        corpus.obligations.iter().filter(move |o| {
            corpus.documents.get(o.policy).is_some_and(|policy| self.matches(registry, &policy.facts, o))
        })
    }

    /// True where `obligation`, which is of `document`, is asked for.
    pub fn matches(&self, registry: &Registry, document: &Facts, obligation: &Obligation) -> bool {
        // What costs least comes first.
        let o = obligation;
        (self.kinds.is_empty() || self.kinds.contains(&o.kind))
            && !(self.unsure && o.sure)
            && (self.topics.is_empty() || o.topics.iter().any(|t| self.topics.contains(t)))
            && self.documents.as_ref().is_none_or(|wanted| wanted.binary_search(&o.policy).is_ok())
            && self.is_due(o.due)
            && (self.indicators.is_empty()
                || o.indicators.iter().any(|i| self.indicators.iter().any(|c| c.is_met_by(i))))
            && self.is_within(registry, region(document))
            && self.pattern.as_ref().is_none_or(|p| is_found(p, o))
            && self.organs.iter().all(|(part, names)| plays(registry, document, o, *part, names))
    }

    fn is_due(&self, due: Option<Date>) -> bool {
        let before = self.due_before.is_none_or(|last| due.is_some_and(|due| due <= last));
        let after = self.due_after.is_none_or(|first| due.is_some_and(|due| due >= first));
        before && after
    }

    fn is_within(&self, registry: &Registry, region: Option<RegionId>) -> bool {
        self.regions.is_empty() || region.is_some_and(|inner| self.regions.iter().any(|&r| registry.within(r, inner)))
    }
}

fn region(document: &Facts) -> Option<RegionId> {
    Some(document.region.as_ref()?.id)
}

fn is_found(pattern: &Regex, o: &Obligation) -> bool {
    let texts = [Some(o.text.as_str()), o.title.as_deref(), o.annotation.as_deref()];
    let names = o.roles().flat_map(|(_, names)| names).map(String::as_str);
    texts.into_iter().flatten().chain(names).any(|text| pattern.is_match(text))
}

fn plays(registry: &Registry, document: &Facts, o: &Obligation, part: Part, names: &[OrganQuery]) -> bool {
    let roles = match &part {
        Part::As(role) => std::slice::from_ref(role),
        Part::Any => Role::ALL,
    };
    roles.iter().flat_map(|&role| o.names(role)).any(|printed| {
        let known = o.organs.get(printed).cloned().map(Resolution::Organ);
        // 各县（市、区）人民政府 and the like have no organ of their own.
        let context = Context { region: region(document), date: document.date, ..Context::default() };
        let resolution = known.unwrap_or_else(|| registry.resolve(printed, &context));
        names.iter().any(|name| registry.matches(name, printed, &resolution))
    })
}

/// The stretch of time that somebody writes: 2020, 2020-06, 2020-6-30, 2020年6月. `None` where it is none.
pub fn period(text: &str) -> Option<Period> {
    let text = text.trim();
    if let Some((day, len)) = date(text) {
        return (len == text.len()).then_some(Period::Day(day));
    }
    let (year, rest) = text.split_at_checked(4)?;
    if !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    let rest = rest.strip_prefix('年').unwrap_or(rest);
    if rest.is_empty() {
        return Some(Period::Year(year));
    }
    let month = rest.strip_prefix(['-', '/', '.']).unwrap_or(rest);
    let month = month.strip_suffix('月').unwrap_or(month);
    let digits = matches!(month.len(), 1 | 2) && month.bytes().all(|b| b.is_ascii_digit());
    let month: i8 = month.parse().ok().filter(|m| digits && (1..=12).contains(m))?;
    Some(Period::Month(year, month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods() {
        let table = [
            ("2020", Some(("2020-01-01", "2020-12-31"))),
            ("2020年", Some(("2020-01-01", "2020-12-31"))),
            ("2020-02", Some(("2020-02-01", "2020-02-29"))),
            ("2019年2月", Some(("2019-02-01", "2019-02-28"))),
            (" 2020-6 ", Some(("2020-06-01", "2020-06-30"))),
            ("2020-06-15", Some(("2020-06-15", "2020-06-15"))),
            ("2020年6月15日", Some(("2020-06-15", "2020-06-15"))),
            ("2020-13", None),
            ("2020-02-30", None),
            ("2020-06-15前", None),
            ("2020-+6", None),
            ("20", None),
            ("明年底", None),
            ("", None),
        ];
        for (text, expected) in table {
            let got = period(text).and_then(|p| Some((p.first_day()?.to_string(), p.last_day()?.to_string())));
            assert_eq!(got, expected.map(|(a, b)| (a.to_owned(), b.to_owned())), "{text}");
        }
    }
}
