//! 编号: the eId of every clause, by the naming convention of the standard (akn-nc 1.0): `chp_2`, `art_10__point_3`. Each is
//! given once in a file. The wId is the outline path, by which the site knows the clause, so that page#wId leads to it.

use std::collections::{HashMap, HashSet};

use gongwen::numbering::{Style, number_at};

use crate::corpus::Policy;

use super::parts::Part;

/// The ids of a document's clauses.
pub struct Ids {
    /// By the index of the entry in the outline: the element it is, and its eId.
    clauses: Vec<(Division, String)>,
    /// Entries by path.
    paths: HashMap<String, usize>,
}

/// What a clause is in the hierarchy of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    /// The element.
    pub tag: &'static str,
    /// The beginning of its eId.
    prefix: &'static str,
    /// Which of the levels of GB/T 9704-2012 (一、（一）1.（1）) it is, where the standard has no element for it.
    pub name: Option<&'static str>,
}

/// The eId of attachment number `number`, from 1.
pub fn attachment(number: usize) -> String {
    format!("att_{number}")
}

impl Ids {
    /// The ids of the clauses of `policy`.
    pub fn of(policy: &Policy, parts: &[Part]) -> Ids {
        let entries = &policy.outline.entries;
        let heads: HashMap<usize, usize> =
            parts.iter().enumerate().filter_map(|(number, part)| Some((part.heading?, number))).collect();
        let mut given: HashSet<String> = (0..parts.len()).map(attachment).collect();
        let mut clauses: Vec<(Division, String)> = Vec::with_capacity(entries.len());
        let mut positions: HashMap<Option<usize>, usize> = HashMap::new();
        let mut paths = HashMap::with_capacity(entries.len());
        for (i, entry) in entries.iter().enumerate() {
            paths.insert(entry.path.clone(), i);
            if let Some(&number) = heads.get(&entry.block) {
                clauses.push((division(None, false, entry.level), attachment(number)));
                continue;
            }
            let position = positions.entry(entry.parent).or_default();
            *position += 1;
            let number = number_at(&entry.number);
            let parent = entry.parent.and_then(|p| clauses.get(p));
            let inside = parent.is_some_and(|(d, _)| matches!(d.tag, "article" | "point"));
            let division = division(number.map(|n| n.style), inside, entry.level);
            let value = number.map_or(*position as u64, |n| n.value);
            // Articles are counted through a whole act; all else begins anew in what it stands in.
            let part =
                parts.iter().rposition(|p| p.body.start <= entry.block).filter(|&number| number > 0).map(attachment);
            let parent = parent.filter(|_| division.tag != "article").map(|(_, id)| id.clone());
            let around = parent.or(part).map(|id| format!("{id}__"));
            let id = format!("{}{}_{value}", around.unwrap_or_default(), division.prefix);
            let mut free = id.clone();
            let mut times = 1;
            while !given.insert(free.clone()) {
                times += 1;
                free = format!("{id}-{times}");
            }
            clauses.push((division, free));
        }
        Ids { clauses, paths }
    }

    /// What entry number `entry` of the outline is, and its eId.
    pub fn clause(&self, entry: usize) -> Option<(Division, &str)> {
        self.clauses.get(entry).map(|(division, id)| (*division, id.as_str()))
    }

    /// The eId of the clause with this outline path.
    pub fn at(&self, path: &str) -> Option<&str> {
        Some(self.clause(*self.paths.get(path)?)?.1)
    }
}

fn division(style: Option<Style>, inside: bool, level: u8) -> Division {
    let of = |tag, prefix| Division { tag, prefix, name: None };
    match style {
        Some(Style::Book) => of("book", "book"),
        Some(Style::Part) => of("part", "part"),
        Some(Style::Chapter) => of("chapter", "chp"),
        Some(Style::Section) => of("section", "sec"),
        Some(Style::Article) => of("article", "art"),
        // 项 and 目 of an article.
        Some(Style::BracketedIdeographic) if inside => of("point", "point"),
        Some(Style::Arabic | Style::BracketedArabic) if inside => of("indent", "indent"),
        _ => {
            let name = ["level-1", "level-2", "level-3", "level-4", "level-5"];
            let name = name.get(usize::from(level.saturating_sub(2))).copied().unwrap_or("level-5");
            Division { tag: "hcontainer", prefix: "hcontainer", name: Some(name) }
        }
    }
}
