//! 异同: the differences of two documents on a topic, in words.

use crate::corpus::{Obligation, Policy};
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

/// What a part is called in a sentence.
fn verb(role: Role) -> &'static str {
    match role {
        Role::Lead => "牵头",
        Role::Joint => "共同负责",
        Role::Actor => "承担",
        Role::Support => "配合",
        Role::Implement => "落实",
    }
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

/// The differences, a sentence each; what is the same is said too.
pub fn differences(shared: &Shared<'_>, labels: &[String; 2]) -> Vec<String> {
    let mut said = Vec::new();
    let chief = [0, 1].map(|side| responsible(&shared.sectors, side));
    let sentence = |(role, names): &(Role, Vec<&str>)| format!("{}{}", names.join("、"), verb(*role));
    match &chief {
        [Some(a), Some(b)] if a.0 == b.0 && same(&a.1, &b.1) => said.push(format!("都由{}", sentence(a))),
        [Some(a), Some(b)] => {
            said.push(format!("{}由{}，{}由{}", labels[0], sentence(a), labels[1], sentence(b)));
        }
        [Some(a), None] => said.push(format!("{}由{}，{}没有写明", labels[0], sentence(a), labels[1])),
        [None, Some(b)] => said.push(format!("{}没有写明由谁负责，{}由{}", labels[0], labels[1], sentence(b))),
        [None, None] => {}
    }
    let chiefs = |side: usize, name: &str| chief[side].as_ref().is_some_and(|c| c.1.contains(&name));
    // Who answers for it has been said.
    let rest: Vec<&Sector<'_>> = shared.sectors.iter().filter(|s| !chiefs(0, &s.name) && !chiefs(1, &s.name)).collect();
    let names = |wanted: [bool; 2]| -> String {
        let is = |s: &&&Sector<'_>| [0, 1].map(|side| !s.parts[side].is_empty()) == wanted;
        rest.iter().filter(is).map(|s| s.name.as_str()).collect::<Vec<_>>().join("、")
    };
    let others = [
        ("都有".to_owned(), names([true, true])),
        (format!("仅{}有", labels[0]), names([true, false])),
        (format!("仅{}有", labels[1]), names([false, true])),
    ];
    let others: Vec<String> =
        others.into_iter().filter(|o| !o.1.is_empty()).map(|(who, names)| format!("{who}{names}")).collect();
    if !others.is_empty() {
        said.push(format!("其他单位：{}", others.join("，")));
    }
    said.extend(renamed(shared));
    said.extend(targets(shared, labels));
    said
}

/// The sectors that bear another name on either side, so that nobody wonders why they count as the same.
fn renamed(shared: &Shared<'_>) -> Option<String> {
    let pairs = shared.sectors.iter().filter(|s| !is_open(&s.name)).filter_map(|s| {
        let [Some(a), Some(b)] = [0, 1].map(|side| s.parts[side].iter().min_by_key(|p| rank(p.0)).map(|p| p.1)) else {
            return None;
        };
        let known = |side: usize, name: &str| s.parts[side].iter().any(|p| core(p.1) == core(name));
        // 民政、卫生计生部门 are two.
        let one = |name: &str| !name.contains('、');
        (!known(1, a) && !known(0, b) && one(a) && one(b)).then(|| format!("{a}与{b}（{}）", s.name))
    });
    let pairs: Vec<String> = pairs.take(SHOWN).collect();
    (!pairs.is_empty()).then(|| format!("同一领域：{}", pairs.join("，")))
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

fn targets(shared: &Shared<'_>, labels: &[String; 2]) -> Option<String> {
    let count = |is: &dyn Fn(&[Option<usize>; 2]) -> bool| shared.goals.iter().filter(|row| is(row)).count();
    let differ = |row: &[Option<usize>; 2]| row.iter().all(Option::is_some) && !shared.is_same_goal(row);
    let details: Vec<String> = shared.goals.iter().filter(|r| differ(r)).filter_map(|r| detail(shared, r)).collect();
    let details =
        if (1..=SHOWN).contains(&details.len()) { format!("（{}）", details.join("；")) } else { String::new() };
    let parts = [
        ("相同".to_owned(), count(&|row| shared.is_same_goal(row)), String::new()),
        ("不同".to_owned(), count(&differ), details),
        (format!("仅{}有", labels[0]), count(&|row| row[1].is_none()), String::new()),
        (format!("仅{}有", labels[1]), count(&|row| row[0].is_none()), String::new()),
    ];
    let said: Vec<String> =
        parts.into_iter().filter(|p| p.1 > 0).map(|(what, n, details)| format!("{what} {n} 项{details}")).collect();
    (!said.is_empty()).then(|| format!("目标：{}", said.join("，")))
}

/// In what two targets that correspond differ: the amount, the day.
fn detail(shared: &Shared<'_>, row: &[Option<usize>; 2]) -> Option<String> {
    let [a, b] = [0, 1].map(|side| row[side].and_then(|g| shared.sides[side].goals.get(g)));
    let (a, b) = (a?, b?);
    let amounts = a.indicator.zip(b.indicator).filter(|_| !a.asks_same(b));
    let amounts = amounts.map(|(a, b)| format!("{} 对 {}", a.shown(" "), b.shown(" ")));
    let due = |o: &Obligation| o.due_text.clone().unwrap_or_else(|| "没有时限".to_owned());
    let days =
        (a.obligation.due != b.obligation.due).then(|| format!("{} 对 {}", due(a.obligation), due(b.obligation)));
    let said: Vec<String> = amounts.into_iter().chain(days).collect();
    (!said.is_empty()).then(|| said.join("，"))
}
