//! 主题和地区: a matrix of topics and regions, with who leads in the cell: the same work, and who does it where.

use serde::Serialize;

use crate::compare::{self, Side};
use crate::corpus::{Policy, Region, Topic};
use crate::vocabulary::{Evidence, Role};

use super::super::address;
use super::super::whole::Site;
use super::{Head, Item, Job, region_item, render};

/// Regions that are set side by side: those with most documents.
const REGIONS: usize = 10;
/// Names in a cell.
const NAMES: usize = 2;

#[derive(Serialize)]
struct View {
    regions: Vec<Item>,
    rows: Vec<Row>,
    /// How many regions there are besides.
    more: usize,
}

#[derive(Serialize)]
struct Row {
    topic: Item,
    cells: Vec<Cell>,
}

/// Who leads a topic in a region.
#[derive(Serialize)]
struct Cell {
    /// What the region's documents say on the topic; empty where they do not treat it.
    href: String,
    /// The leading organs; empty where none is named.
    names: String,
    label: String,
}

/// True where there are regions to be set side by side, and somebody who leads.
pub fn is_worth(site: &Site<'_>) -> bool {
    let (regions, _) = regions(site);
    regions.len() > 1 && rows(site, &site.links(address::MATRIX), &regions).next().is_some()
}

/// The regions with most documents, in their order, and how many there are besides.
fn regions<'a>(site: &Site<'a>) -> (Vec<&'a Region>, usize) {
    let mut regions: Vec<_> = site.corpus.regions.iter().filter(|r| !r.documents.is_empty()).collect();
    regions.sort_by_key(|r| std::cmp::Reverse(r.documents.len()));
    let more = regions.len().saturating_sub(REGIONS);
    regions.truncate(REGIONS);
    regions.sort_by_key(|r| r.region.id);
    (regions, more)
}

/// The topics that two regions treat at least; a row that names nobody compares nothing.
fn rows(site: &Site<'_>, links: &super::Links, regions: &[&Region]) -> impl Iterator<Item = Row> {
    let row = move |(number, topic): (usize, &Topic)| {
        let cells: Vec<Cell> = regions.iter().map(|r| cell(site, links, number, topic, &r.region)).collect();
        let treated = cells.iter().filter(|c| !c.href.is_empty()).count();
        let topic = Item { title: topic.id.clone(), href: links.to(&topic.url), count: treated };
        (treated > 1 && cells.iter().any(|c| !c.names.is_empty())).then_some(Row { topic, cells })
    };
    site.corpus.topics.iter().enumerate().filter_map(row)
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    if is_worth(site) {
        jobs.push(Job { address: address::MATRIX.to_owned(), render: Box::new(move || page(site)) });
    }
}

fn page(site: &Site<'_>) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links(address::MATRIX);
    let (regions, more) = regions(site);
    let view = View {
        rows: rows(site, &links, &regions).collect(),
        regions: regions.iter().map(|r| region_item(site, &links, &r.region, r.documents.len())).collect(),
        more,
    };
    let description = site.strings.with("matrix.about", &[("n", &view.rows.len())]);
    let [topics, title] = ["nav.topics", "matrix.title"].map(|key| site.strings.text(key));
    let head = Head::under("topics", topics, address::TOPICS, title, description);
    render(site, "matrix.html", address::MATRIX, &head, &view, &[])
}

fn cell(
    site: &Site<'_>,
    links: &super::Links,
    number: usize,
    topic: &Topic,
    region: &crate::corpus::RegionRef,
) -> Cell {
    let here = |policy: &Policy| policy.facts.region.as_ref().is_some_and(|r| r.id == region.id);
    let parts = topic.clauses.chunk_by(|a, b| a.policy == b.policy);
    let about = parts.filter(|part| part.iter().any(|c| c.evidence != Evidence::Mention));
    let documents: Vec<usize> =
        about.filter_map(|part| Some(part.first()?.policy)).filter(|&p| here(&site.corpus.documents[p])).collect();
    let Some(&first) = documents.first() else {
        return Cell { href: String::new(), names: String::new(), label: String::new() };
    };
    let mut names: Vec<String> = Vec::new();
    for &policy in &documents {
        let side = Side::of(site.corpus, site.registry, number, policy);
        let role = [Role::Lead, Role::Joint].into_iter().find(|&role| side.names(role).next().is_some());
        for part in role.into_iter().flat_map(|role| side.names(role)) {
            if !names.iter().any(|name| name == part.name) {
                names.push(part.name.to_owned());
            }
        }
    }
    let more = names.len() > NAMES;
    names.truncate(NAMES);
    let names = site.strings.list(&names) + if more { site.strings.text("list.etc") } else { "" };
    let facts = &site.corpus.documents[first].facts;
    let paths = compare::of_policy(topic, first);
    let clause = paths.iter().min_by_key(|c| c.evidence).map_or("", |c| c.path.as_str());
    let who = if names.is_empty() { site.strings.text("matrix.nobody") } else { &names };
    let label = site.strings.with("matrix.cell", &[("topic", &topic.id), ("region", &region.name), ("who", &who)]);
    Cell { href: links.to(&address::clause(&facts.id, clause)), names, label }
}
