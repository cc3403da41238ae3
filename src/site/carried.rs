//! 指标的由来: which numbers of a document are those of an instrument that it carries down, and what became of each, for
//! the card below a clause and for the clause's own page.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::compare::{Change, Number, changes, numbers};
use crate::corpus::{Obligation, Policy};
use crate::strings::Strings;

use super::html::{Markup, html};
use super::links::Links;
use super::say;
use super::table;
use super::whole::Site;

/// Instruments above a document that its clauses are compared with: those that its page shows.
pub const ABOVE: usize = 10;

/// A number above, and what became of it.
#[derive(Clone, Debug)]
pub struct Above<'a> {
    /// What sets it.
    obligation: &'a Obligation,
    change: String,
}

/// The numbers above those of a document's obligations, by the obligation's index in the corpus.
pub type Carried<'a> = BTreeMap<usize, Vec<Above<'a>>>;

/// What became in `policy` of the numbers of what it carries down.
pub fn of<'a>(site: &Site<'a>, policy: &'a Policy) -> Carried<'a> {
    let mut carried = Carried::new();
    let Some(instrument) = policy.instrument else { return carried };
    let edges = site.lineage.above(instrument).iter().filter_map(|&e| site.lineage.edges.get(e));
    let above: BTreeSet<usize> = edges.map(|e| e.from).take(ABOVE).collect();
    let held = |&n: &usize| site.corpus.instruments.get(n)?.document.as_deref().and_then(|id| site.document(id));
    let above: Vec<&Policy> = above.iter().filter_map(held).collect();
    if above.is_empty() {
        return carried;
    }
    let own = numbers(site.corpus, policy);
    for upper in above {
        let theirs = numbers(site.corpus, upper);
        for [a, b] in changes(&theirs, &own) {
            let (Some(a), Some(b)) = (theirs.get(a), own.get(b)) else { continue };
            let found = Above { obligation: a.obligation, change: change(site.strings, a, b) };
            carried.entry(b.index).or_default().push(found);
        }
    }
    carried
}

/// 由 55% 提高到 60%，时限提前.
pub fn change(strings: &Strings, upper: &Number<'_>, lower: &Number<'_>) -> String {
    let [from, to] = [upper, lower].map(|n| strings.name(&n.indicator.shown(" ")));
    let values: [(&str, &dyn std::fmt::Display); 2] = [("from", &from), ("to", &to)];
    let words = match Change::of(upper.indicator, lower.indicator) {
        Change::Kept => strings.text("lineage.kept").to_owned(),
        Change::Raised => strings.with("lineage.raised", &values),
        Change::Lowered => strings.with("lineage.lowered", &values),
        Change::Bounded => strings.with("lineage.bounded", &values),
    };
    let day = upper.obligation.due.zip(lower.obligation.due).map(|(upper, lower)| {
        strings.text(match lower.cmp(&upper) {
            Ordering::Less => "lineage.sooner",
            Ordering::Greater => "lineage.later",
            Ordering::Equal => "lineage.same_day",
        })
    });
    day.map_or_else(|| words.clone(), |day| format!("{words}{}{day}", strings.text("list.comma")))
}

/// 上级文件 国办发〔2030〕901号 一：由 ≥ 50% 提高到 ≥ 60%，时限提前; nothing where nothing is carried down.
pub fn line(site: &Site<'_>, links: &Links, carried: &[&Above<'_>]) -> Markup {
    let strings = site.strings;
    html! {
        @if !carried.is_empty() {
            p class="carried" {
                b { (strings.text("lineage.upper")) }
                @for (i, above) in carried.iter().enumerate() {
                    @if i > 0 { (strings.text("list.semi")) }
                    (table::source(site, links, above.obligation, true))
                    (strings.text("list.colon"))
                    (say::marked(strings, &above.change))
                }
            }
        }
    }
}
