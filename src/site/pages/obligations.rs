//! 任务总表: all obligations, and those of one kind, as tables of a fixed size in the order of the corpus.

use serde::Serialize;

use crate::corpus::Obligation;

use super::super::address;
use super::super::index::{KINDS, Site};
use super::super::links::Links;
use super::super::table;
use super::{Head, Item, Job, Pager, pager, paginate, render};

/// A page that is one table of obligations.
#[derive(Serialize)]
pub struct View<'a> {
    pub title: &'a str,
    pub intro: &'a str,
    pub total: usize,
    /// The lists by kind; empty where the page is not one of them.
    pub kinds: Vec<Item>,
    pub current: &'a str,
    /// Whether to offer the whole table as files.
    pub downloads: bool,
    pub pager: Option<Pager>,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    let all = (0..site.corpus.obligations.len()).collect();
    list(site, jobs, address::OBLIGATIONS.to_owned(), "", "任务总表", all);
    // With one kind only, its list would be the whole list again.
    if KINDS.iter().filter(|k| site.count(k.0) > 0).count() < 2 {
        return;
    }
    for (kind, slug, name) in KINDS {
        let of_kind = |&i: &usize| site.corpus.obligations[i].kind == kind;
        let rows: Vec<usize> = (0..site.corpus.obligations.len()).filter(of_kind).collect();
        if !rows.is_empty() {
            list(site, jobs, address::obligations(slug), name, name, rows);
        }
    }
}

fn list<'a>(
    site: &'a Site<'a>,
    jobs: &mut Vec<Job<'a>>,
    start: String,
    current: &'static str,
    title: &'static str,
    rows: Vec<usize>,
) {
    let pages = paginate(&start, rows.len());
    let total = pages.len();
    for (number, (at, range)) in pages.into_iter().enumerate() {
        let shown = rows[range].to_vec();
        let (start, len, here) = (start.clone(), rows.len(), at.clone());
        let render = move || {
            let links = site.links(&here);
            let shown: Vec<&Obligation> = shown.iter().map(|&i| &site.corpus.obligations[i]).collect();
            let mut rows = String::new();
            table::obligations(&mut rows, site, &links, &shown, true);
            let view = View {
                title,
                intro: intro(current),
                total: len,
                kinds: with_all(site, &links),
                current,
                downloads: true,
                pager: pager(&links, &start, number, total),
            };
            let description = format!("{title}，共{len}项，每项注明责任单位、时限和出处条款。");
            let head = if current.is_empty() {
                Head::section("obligations", title, description)
            } else {
                Head::under("obligations", "任务总表", address::OBLIGATIONS, title, description)
            };
            render(site, "obligations.html", &here, &head, &view, &[("table", &rows)])
        };
        jobs.push(Job { address: at, render: Box::new(render) });
    }
}

fn with_all(site: &Site<'_>, links: &Links) -> Vec<Item> {
    let mut tabs = kinds(site, links);
    if !tabs.is_empty() {
        let href = links.to(address::OBLIGATIONS);
        tabs.insert(0, Item { title: "全部".to_owned(), href, count: site.corpus.obligations.len() });
    }
    tabs
}

/// Links to the list of each kind that has one; empty where there is nothing to choose.
pub fn kinds(site: &Site<'_>, links: &Links) -> Vec<Item> {
    if KINDS.iter().filter(|k| site.count(k.0) > 0).count() < 2 {
        return Vec::new();
    }
    let each = KINDS.iter().map(|&(kind, slug, name)| Item {
        title: name.to_owned(),
        href: links.to(&address::obligations(slug)),
        count: site.count(kind),
    });
    each.filter(|item| item.count > 0).collect()
}

fn intro(kind: &str) -> &'static str {
    match kind {
        "分工" => "文件条款和任务表中写明的牵头、配合、共同负责和落实单位。",
        "目标" => "文件中写明期限的目标和阶段性任务，以及其中的指标。",
        "职责" => "文件中用“应当”“负责”“不得”等词对具名机关提出的要求。",
        "承诺" => "答复中承诺今后要办的事项。",
        _ => "文件写明由谁来办、何时办成的每一件事，逐项注明出处条款。",
    }
}
