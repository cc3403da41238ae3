//! What is answered: obligations and counts as tables of the terminal.

use regex::Regex;

use crate::corpus::tally::{By, Group, parts};
use crate::corpus::{Obligation, Progress};
use crate::vocabulary::{Kind, RESPONSIBLE, Role, UNSURE};

use super::super::table::render;

/// The groups as a table, with a column for every part in which something was counted.
pub(super) fn counts(groups: &[Group], by: By, width: usize) -> String {
    let first = match by {
        By::Organ => "机关",
        By::Document => "公文",
        By::Year => "时限年份",
        By::Region => "地区",
    };
    let header: Vec<&str> = [first, "任务"].into_iter().chain(parts(by).into_iter().map(|p| p.1)).collect();
    let shown = |n: usize| if n == 0 { String::new() } else { n.to_string() };
    let row = |g: &Group| {
        let name = g.number.as_ref().map_or_else(|| g.name.clone(), |number| format!("{}\n{number}", g.name));
        [name, shown(g.count)].into_iter().chain(g.parts.iter().map(|p| shown(p.1))).collect()
    };
    render(&header, &groups.iter().map(row).collect::<Vec<_>>(), width)
}

/// The obligations as a table; `pattern` is what was looked for in them.
pub(super) fn table(found: &[&Obligation], pattern: Option<&Regex>, width: usize) -> String {
    let rows: Vec<Vec<String>> = found.iter().map(|o| row(o, pattern)).collect();
    let roles = Role::ALL.iter().map(|role| role.short());
    let header: Vec<&str> = ["任务"].into_iter().chain(roles).chain([RESPONSIBLE, "时限", "出处", UNSURE]).collect();
    render(&header, &rows, width)
}

fn row(o: &Obligation, pattern: Option<&Regex>) -> Vec<String> {
    // A clause with a heading is known by it, except where the words that are looked for stand elsewhere.
    let heading = o.title.as_deref().filter(|_| o.kind == Kind::Assignment);
    let heading = heading.filter(|h| pattern.is_none_or(|p| p.is_match(h) || !p.is_match(&o.text)));
    let mut row = vec![heading.unwrap_or(&o.text).to_owned()];
    row.extend(Role::ALL.iter().map(|&role| o.shown_names(role)));
    row.push(o.shown_responsible());
    let lines = |parts: [Option<&str>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join("\n");
    let progress = o.progress.iter().map(Progress::shown);
    let due = o.due_text.clone().into_iter().chain(o.due.map(|d| d.to_string())).chain(progress);
    row.push(due.collect::<Vec<_>>().join("\n"));
    row.push(lines([
        Some(o.number.as_deref().unwrap_or(&o.document)),
        Some(o.path.as_str()).filter(|p| !p.is_empty()),
    ]));
    row.push(if o.sure { String::new() } else { UNSURE.to_owned() });
    row
}
