//! 首页: what is here, what is new, what is due, and a door for each of the three readers.

use serde::Serialize;

use super::super::address;
use super::super::whole::Site;
use super::obligations::kinds;
use super::{Head, Item, Job, Listed, listed, region_item, render};

/// Documents shown as the newest.
const NEWEST: usize = 8;

#[derive(Serialize)]
struct View<'a> {
    documents: usize,
    obligations: usize,
    organs: usize,
    instruments: usize,
    replies: usize,
    kinds: Vec<Item>,
    newest: Vec<Listed<'a>>,
    due: Vec<Item>,
    regions: Vec<Item>,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    jobs.push(Job { address: String::new(), render: Box::new(move || home(site)) });
}

fn home(site: &Site<'_>) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links("");
    let corpus = site.corpus;
    let due = site
        .due
        .iter()
        .map(|(year, list)| Item {
            title: format!("{year}年"),
            href: links.to(&address::deadlines(*year)),
            count: list.len(),
        })
        .collect();
    let regions = corpus
        .regions
        .iter()
        .filter(|r| !r.documents.is_empty())
        .map(|r| region_item(site, &links, &r.region, r.documents.len()))
        .collect();
    let view = View {
        documents: corpus.documents.len(),
        obligations: corpus.obligations.len(),
        organs: corpus.organs.len(),
        instruments: corpus.instruments.len(),
        replies: site.replies.len(),
        kinds: kinds(site, &links),
        newest: corpus.documents.iter().take(NEWEST).map(|p| listed(site, &links, p)).collect(),
        due,
        regions,
    };
    let head = Head::section("", &site.config.title, site.config.description.clone());
    render(site, "home.html", "", &head, &view, &[])
}
