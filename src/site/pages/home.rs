//! 首页: what is here, what is new, what is due, and a door for each of the three readers.

use serde::Serialize;

use super::super::address;
use super::super::say;
use super::super::timeline::Timeline;
use super::super::whole::Site;
use super::obligations::kinds;
use super::organs::item;
use super::{Head, Item, Job, Listed, linked, listed, region_item, render};

/// Documents shown as the newest.
const NEWEST: usize = 6;

/// Regions that it leads to.
const PLACES: usize = 12;

/// Topics and organs that the home page leads to.
const ENTRANCES: usize = 8;

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
    /// There are regions besides.
    more_regions: bool,
    timeline: Option<Timeline>,
    topics: Vec<Item>,
    bodies: Vec<Item>,
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
            title: say::year(site.strings, year),
            href: links.to(&address::deadlines(*year)),
            count: list.len(),
        })
        .collect();
    // Those with most documents first, as below.
    let mut places: Vec<_> = corpus.regions.iter().filter(|r| !r.documents.is_empty()).collect();
    places.sort_by_key(|r| std::cmp::Reverse(r.documents.len()));
    let more_regions = places.len() > PLACES;
    let regions = places.iter().take(PLACES).map(|r| region_item(site, &links, &r.region, r.documents.len())).collect();
    // Those that most documents treat, and those with most tasks.
    let mut topics: Vec<Item> = corpus
        .topics
        .iter()
        .filter(|t| !t.clauses.is_empty())
        .map(|t| {
            let count = t.clauses.chunk_by(|a, b| a.policy == b.policy).count();
            Item { title: t.id.clone(), href: links.to(&t.url), count }
        })
        .collect();
    topics.sort_by_key(|t| std::cmp::Reverse(t.count));
    topics.truncate(ENTRANCES);
    let mut bodies: Vec<Item> = corpus.organs.iter().map(|o| item(&links, o)).filter(|o| o.count > 0).collect();
    bodies.sort_by_key(|o| std::cmp::Reverse(o.count));
    bodies.truncate(ENTRANCES);
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
        more_regions,
        timeline: Timeline::of(site.strings, corpus.obligations.iter().filter_map(|o| o.due)),
        topics,
        bodies,
    };
    let mut head = Head::section("", &site.config.title, site.config.description.clone());
    head.json_ld = linked::website(site);
    render(site, "home.html", "", &head, &view, &[])
}
