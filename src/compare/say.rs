//! 异同: the differences of two documents on a topic, in words.

use std::fmt::Display;

use crate::corpus::{Obligation, Policy};
use crate::strings::Strings;
use crate::vocabulary::Role;

use super::{Sector, Shared, is_open, rank};

/// Details that a sentence names; more are only counted.
const SHOWN: usize = 3;

/// How two documents are called beside each other: 吉林市2017; by number where that tells them not apart, else by title.
pub fn labels(policies: [&Policy; 2]) -> [String; 2] {
    let place = policies.map(|p| {
        let region = p.facts.region.as_ref().map(|r| r.name.clone())?;
        Some(region + &p.facts.date.map(|d| d.year().to_string()).unwrap_or_default())
    });
    match place {
        [Some(a), Some(b)] if a != b => [a, b],
        _ => policies.map(|p| p.facts.number.clone().unwrap_or_else(|| p.facts.title.clone())),
    }
}

/// Who plays a part, in a sentence.
fn played(strings: &Strings, (role, names): &(Role, Vec<&str>)) -> String {
    let key = match role {
        Role::Lead => "say.lead",
        Role::Joint => "say.joint",
        Role::Actor => "say.actor",
        Role::Support => "say.support",
        Role::Implement => "say.implement",
    };
    strings.with(key, &[("names", &listed(strings, names.iter().copied()))])
}

/// Names of documents one after the other.
fn listed<'n>(strings: &Strings, names: impl Iterator<Item = &'n str>) -> String {
    strings.list(&names.map(|name| strings.name(name)).collect::<Vec<_>>())
}

/// The sectors that answer for a topic on a side, and how: those that lead, else those that share it, else those that
/// must act. `None` where the document names none.
pub fn responsible<'s>(sectors: &'s [Sector<'_>], side: usize) -> Option<(Role, Vec<&'s str>)> {
    Role::ANSWERING.into_iter().find_map(|role| {
        let plays = |s: &&Sector<'_>| s.parts[side].iter().any(|p| p.0 == role);
        let names: Vec<&str> = sectors.iter().filter(plays).map(|s| s.name.as_str()).collect();
        (!names.is_empty()).then_some((role, names))
    })
}

/// The differences, a sentence each; what is the same is said too. Words of documents are those of [`Strings::name`].
pub fn differences(strings: &Strings, shared: &Shared<'_>, labels: &[String; 2]) -> Vec<String> {
    let labels = labels.each_ref().map(|label| strings.name(label));
    let [a, b] = &labels;
    let mut said = Vec::new();
    let chief = [0, 1].map(|side| responsible(&shared.sectors, side));
    let sentence = |chief| played(strings, chief);
    match &chief {
        [Some(x), Some(y)] if x.0 == y.0 && same(&x.1, &y.1) => {
            said.push(strings.with("say.both", &[("who", &sentence(x))]));
        }
        [Some(x), Some(y)] => {
            let values: [(&str, &dyn Display); 4] =
                [("a", a), ("b", b), ("who", &sentence(x)), ("other", &sentence(y))];
            said.push(strings.with("say.each", &values));
        }
        [Some(who), None] => {
            said.push(strings.with("say.first", &[("a", a), ("b", b), ("who", &sentence(who))]));
        }
        [None, Some(who)] => {
            said.push(strings.with("say.second", &[("a", a), ("b", b), ("who", &sentence(who))]));
        }
        [None, None] => {}
    }
    let chiefs = |side: usize, name: &str| chief[side].as_ref().is_some_and(|c| c.1.contains(&name));
    // Who answers for it has been said.
    let rest: Vec<&Sector<'_>> = shared.sectors.iter().filter(|s| !chiefs(0, &s.name) && !chiefs(1, &s.name)).collect();
    let names = |wanted: [bool; 2]| -> String {
        let is = |s: &&&Sector<'_>| [0, 1].map(|side| !s.parts[side].is_empty()) == wanted;
        listed(strings, rest.iter().filter(is).map(|s| s.name.as_str()))
    };
    let others = [
        ("say.in_both", "", names([true, true])),
        ("say.only", a.as_str(), names([true, false])),
        ("say.only", b.as_str(), names([false, true])),
    ];
    let others: Vec<String> = others
        .iter()
        .filter(|o| !o.2.is_empty())
        .map(|(key, region, names)| strings.with(key, &[("region", region), ("names", names)]))
        .collect();
    if !others.is_empty() {
        said.push(strings.with("say.others", &[("list", &others.join(strings.text("list.comma")))]));
    }
    said.extend(renamed(strings, shared));
    said.extend(targets(strings, shared, &labels));
    said
}

/// The sectors that bear another name on either side, so that nobody wonders why they count as the same.
fn renamed(strings: &Strings, shared: &Shared<'_>) -> Option<String> {
    let pairs = shared.sectors.iter().filter(|s| !is_open(&s.name)).filter_map(|s| {
        let [Some(a), Some(b)] = [0, 1].map(|side| s.parts[side].iter().min_by_key(|p| rank(p.0)).map(|p| p.1)) else {
            return None;
        };
        let known = |side: usize, name: &str| s.parts[side].iter().any(|p| core(p.1) == core(name));
        // 民政、卫生计生部门 are two.
        let one = |name: &str| !name.contains('、');
        let [x, y, sector] = [a, b, &s.name].map(|name| strings.name(name));
        let said = || strings.with("say.renamed", &[("a", &x), ("b", &y), ("sector", &sector)]);
        (!known(1, a) && !known(0, b) && one(a) && one(b)).then(said)
    });
    let pairs: Vec<String> = pairs.take(SHOWN).collect();
    let list = pairs.join(strings.text("list.comma"));
    (!pairs.is_empty()).then(|| strings.with("say.same_field", &[("list", &list)]))
}

/// A name without what only tells its level: 省财政厅 and 市财政局 are 财政 both.
fn core(name: &str) -> &str {
    let name = name.trim_start_matches(['国', '家', '省', '市', '区', '县', '州']);
    ["委员会", "行政部门", "主管部门", "部门", "局", "厅", "委", "部", "办公室", "办"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name)
}

fn same(a: &[&str], b: &[&str]) -> bool {
    a.len() == b.len() && a.iter().all(|name| b.contains(name))
}

fn targets(strings: &Strings, shared: &Shared<'_>, labels: &[String; 2]) -> Option<String> {
    let count = |is: &dyn Fn(&[Option<usize>; 2]) -> bool| shared.goals.iter().filter(|row| is(row)).count();
    let differ = |row: &[Option<usize>; 2]| row.iter().all(Option::is_some) && !shared.is_same_goal(row);
    let details: Vec<String> =
        shared.goals.iter().filter(|r| differ(r)).filter_map(|r| detail(strings, shared, r)).collect();
    let named = (1..=SHOWN).contains(&details.len());
    let details = details.join(strings.text("list.semi"));
    let parts = [
        ("say.same", count(&|row| shared.is_same_goal(row)), ""),
        (if named { "say.different_in" } else { "say.different" }, count(&differ), details.as_str()),
        ("say.only_goals", count(&|row| row[1].is_none()), labels[0].as_str()),
        ("say.only_goals", count(&|row| row[0].is_none()), labels[1].as_str()),
    ];
    let said: Vec<String> = parts
        .iter()
        .filter(|(_, n, _)| *n > 0)
        .map(|(key, n, words)| strings.with(key, &[("n", n), ("details", words), ("region", words)]))
        .collect();
    let list = said.join(strings.text("list.comma"));
    (!said.is_empty()).then(|| strings.with("say.targets", &[("list", &list)]))
}

/// In what two targets that correspond differ: the amount, the day.
fn detail(strings: &Strings, shared: &Shared<'_>, row: &[Option<usize>; 2]) -> Option<String> {
    let [a, b] = [0, 1].map(|side| row[side].and_then(|g| shared.sides[side].goals.get(g)));
    let (a, b) = (a?, b?);
    let amounts = a.indicator.zip(b.indicator).filter(|_| !a.asks_same(b));
    let against = |a: String, b: String| strings.with("say.against", &[("a", &a), ("b", &b)]);
    let amounts = amounts.map(|(a, b)| against(strings.name(&a.shown(" ")), strings.name(&b.shown(" "))));
    let due = |o: &Obligation| {
        let printed = o.due_text.as_deref().map(|text| strings.name(text));
        printed.unwrap_or_else(|| strings.text("say.no_deadline").to_owned())
    };
    let days = (a.obligation.due != b.obligation.due).then(|| against(due(a.obligation), due(b.obligation)));
    let said: Vec<String> = amounts.into_iter().chain(days).collect();
    (!said.is_empty()).then(|| said.join(strings.text("list.comma")))
}
