//! 任务总表: all obligations, and those of one kind, as tables of a fixed size in the order of the corpus.

use serde::Serialize;

use crate::corpus::{Obligation, Region};
use crate::vocabulary::Kind;

use super::super::address;
use super::super::links::Links;
use super::super::say;
use super::super::table;
use super::super::whole::Site;
use super::{Head, Item, Job, Pager, Title, pager, paginate_by, regions, render};

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

/// The title of the list of all kinds.
const ALL_KINDS: &str = "obligations.title";

/// A list goes no further than this: nobody turns more than ten pages, and all obligations stand in the data and with their
/// documents. Where more are of several kinds, the list of all ends with its first page, for their lists hold them.
const ALL: usize = 1_500;

/// The list of one region goes no further than this: statutes of one province have thousands of duties.
const OF_REGION: usize = ROWS;

/// Rows on one page: a page of laws, whose rows are long, stays below 200 KB.
pub const ROWS: usize = 150;

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    let all: Vec<usize> = (0..site.corpus.obligations.len()).collect();
    // With one kind only, its list would be the whole list again.
    let by_kind = site.kinds_of_obligation().count() > 1;
    let cut = if by_kind && all.len() > ALL { ROWS } else { all.len() };
    list(site, jobs, None, all[..cut].to_vec(), all.len());
    for region in &site.corpus.regions {
        let rows: Vec<usize> = regions::tasks(site, region).collect();
        if !rows.is_empty() {
            of_region(site, jobs, region, rows);
        }
    }
    if !by_kind {
        return;
    }
    for kind in site.kinds_of_obligation() {
        let of_kind = |&i: &usize| site.corpus.obligations[i].kind == kind;
        let mut rows: Vec<usize> = (0..site.corpus.obligations.len()).filter(of_kind).collect();
        let count = rows.len();
        rows.truncate(ALL);
        list(site, jobs, Some(kind), rows, count);
    }
}

/// The tables of a region.
fn of_region<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>, region: &'a Region, mut rows: Vec<usize>) {
    let start = address::obligations_of_region(&region.region.id.to_string());
    let len = rows.len();
    rows.truncate(OF_REGION);
    let (cut, pages) = (rows.len() < len, paginate_by(&start, rows.len(), ROWS));
    let total = pages.len();
    for (number, (at, range)) in pages.into_iter().enumerate() {
        let shown = rows[range].to_vec();
        let (start, here) = (start.clone(), at.clone());
        let render = move || {
            let links = site.links(&here);
            let shown: Vec<&Obligation> = shown.iter().map(|&i| &site.corpus.obligations[i]).collect();
            let rows = table::obligations(site, &links, &shown, true);
            let title = Title::of(site.strings, "obligations.of_region", "region", &region.region.name);
            let view = View {
                title: &title.html,
                intro: site.strings.text(if cut { "obligations.cut_region" } else { "obligations.of_region_about" }),
                total: len,
                kinds: Vec::new(),
                current: "",
                downloads: false,
                pager: pager(&links, &start, number, total),
            };
            let description = site.strings.with("obligations.about", &[("title", &title.text), ("n", &len)]);
            let all = site.strings.text(ALL_KINDS);
            let head = Head::under("obligations", all, address::OBLIGATIONS, &title.text, description);
            render(site, "obligations.html", &here, &head, &view, &[("table", &rows)])
        };
        jobs.push(Job { address: at, render: Box::new(render) });
    }
}

fn list<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>, kind: Option<Kind>, rows: Vec<usize>, count: usize) {
    let start = kind.map_or(address::OBLIGATIONS.to_owned(), |kind| address::obligations(kind.key()));
    let current = kind.map_or("", |kind| say::kind(site.strings, kind));
    let title = kind.map_or(site.strings.text(ALL_KINDS), |kind| say::kind(site.strings, kind));
    let title = Title::plain(title.to_owned());
    let pages = paginate_by(&start, rows.len(), ROWS);
    let total = pages.len();
    for (number, (at, range)) in pages.into_iter().enumerate() {
        let shown = rows[range].to_vec();
        let (start, title, cut, here) = (start.clone(), title.clone(), rows.len() < count, at.clone());
        let render = move || {
            let links = site.links(&here);
            let shown: Vec<&Obligation> = shown.iter().map(|&i| &site.corpus.obligations[i]).collect();
            let rows = table::obligations(site, &links, &shown, true);
            let view = View {
                title: &title.html,
                intro: match kind {
                    None if cut => site.strings.text("obligations.cut"),
                    None => site.strings.text("obligations.intro"),
                    Some(_) if cut => site.strings.text("obligations.cut_kind"),
                    Some(kind) => say::about(site.strings, kind),
                },
                total: count,
                kinds: with_all(site, &links),
                current,
                downloads: true,
                pager: pager(&links, &start, number, total),
            };
            let description = site.strings.with("obligations.about", &[("title", &title.text), ("n", &count)]);
            let head = if kind.is_none() {
                Head::section("obligations", &title.text, description)
            } else {
                Head::under("obligations", site.strings.text(ALL_KINDS), address::OBLIGATIONS, &title.text, description)
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
        tabs.insert(
            0,
            Item { title: site.strings.text("obligations.all").to_owned(), href, count: site.corpus.obligations.len() },
        );
    }
    tabs
}

/// Links to the list of each kind that has one; empty where there is nothing to choose.
pub fn kinds(site: &Site<'_>, links: &Links) -> Vec<Item> {
    if site.kinds_of_obligation().count() < 2 {
        return Vec::new();
    }
    let item = |kind: Kind| Item {
        title: say::kind(site.strings, kind).to_owned(),
        href: links.to(&address::obligations(kind.key())),
        count: site.count(kind),
    };
    site.kinds_of_obligation().map(item).collect()
}
