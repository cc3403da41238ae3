//! 地区: the documents and organs of each region, and the regions around and inside it.

use serde::Serialize;

use crate::corpus::{Policy, Region};

use super::super::address;
use super::super::say;
use super::super::whole::Site;
use super::feed::Feed;
use super::organs::item;
use super::{Head, Item, Job, Listed, Title, listed, region_item, render};

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    code: String,
    level: String,
    parents: Vec<Item>,
    children: Vec<Item>,
    documents: Vec<Listed<'a>>,
    organs: Vec<Item>,
    /// The tasks of its documents.
    tasks: Item,
}

#[derive(Serialize)]
struct Row<'a> {
    region: Item,
    level: &'a str,
    depth: usize,
    organs: usize,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    jobs.push(Job { address: address::REGIONS.to_owned(), render: Box::new(move || index(site)) });
    for region in &site.corpus.regions {
        jobs.push(Job { address: region.url.clone(), render: Box::new(move || page(site, region)) });
    }
}

/// The obligations of the documents of a region, as indices into the corpus.
pub fn tasks<'s>(site: &Site<'s>, region: &'s Region) -> impl Iterator<Item = usize> + use<'s> {
    let policies: Vec<&Policy> = region.documents.iter().filter_map(|id| site.document(id)).collect();
    policies.into_iter().flat_map(|p| p.obligations.clone())
}

fn page(site: &Site<'_>, region: &Region) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links(&region.url);
    let named = |r: &Region| region_item(site, &links, &r.region, r.documents.len());
    let inside = |r: &&Region| r.parents.last() == Some(&region.region.id);
    let view = View {
        name: &region.region.name,
        code: region.region.id.to_string(),
        level: site.strings.with("region.level", &[("level", &say::level(site.strings, region.region.level))]),
        parents: region.parents.iter().filter_map(|code| site.region(*code)).map(named).collect(),
        children: site.corpus.regions.iter().filter(inside).map(named).collect(),
        documents: region
            .documents
            .iter()
            .filter_map(|id| site.document(id))
            .map(|p| listed(site, &links, p))
            .collect(),
        tasks: Item {
            title: Title::of(site.strings, "obligations.of_region", "region", &region.region.name).html,
            href: links.to(&address::obligations_of_region(&region.region.id.to_string())),
            count: tasks(site, region).count(),
        },
        organs: region.organs.iter().filter_map(|id| site.organ(id)).map(|o| item(&links, o)).collect(),
    };
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("region", &region.region.name), ("n", &region.documents.len()), ("organs", &region.organs.len())];
    let description = site.strings.with("region.about", &values);
    let mut head =
        Head::under("regions", site.strings.text("nav.regions"), address::REGIONS, &region.region.name, description);
    head.crumbs.extend(
        region.parents.iter().filter_map(|code| site.region(*code)).map(|r| (r.region.name.clone(), r.url.clone())),
    );
    head.feed = Some(Feed::of_region(site, region));
    render(site, "region.html", &region.url, &head, &view, &[])
}

fn index(site: &Site<'_>) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links(address::REGIONS);
    let row = |r: &Region| Row {
        region: region_item(site, &links, &r.region, r.documents.len()),
        level: say::level(site.strings, r.region.level),
        depth: r.parents.len().min(3),
        organs: r.organs.len(),
    };
    let rows: Vec<Row<'_>> = site.corpus.regions.iter().map(row).collect();
    let description = site.strings.with("regions.about", &[("n", &rows.len())]);
    let head = Head::section("regions", site.strings.text("nav.regions"), description);
    render(site, "regions.html", address::REGIONS, &head, &rows, &[])
}
