//! 地区: the documents and organs of each region, and the regions around and inside it.

use serde::Serialize;

use crate::corpus::{Policy, Region};

use super::super::address;
use super::super::whole::Site;
use super::feed::Feed;
use super::organs::item;
use super::{Head, Item, Job, Listed, listed, region_item, render};

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    code: String,
    level: &'static str,
    parents: Vec<Item>,
    children: Vec<Item>,
    documents: Vec<Listed<'a>>,
    organs: Vec<Item>,
    /// The tasks of its documents.
    tasks: Item,
}

#[derive(Serialize)]
struct Row {
    region: Item,
    level: &'static str,
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
        level: region.region.level.name(),
        parents: region.parents.iter().filter_map(|code| site.region(*code)).map(named).collect(),
        children: site.corpus.regions.iter().filter(inside).map(named).collect(),
        documents: region
            .documents
            .iter()
            .filter_map(|id| site.document(id))
            .map(|p| listed(site, &links, p))
            .collect(),
        tasks: Item {
            title: format!("{}的任务", region.region.name),
            href: links.to(&address::obligations_of_region(&region.region.id.to_string())),
            count: tasks(site, region).count(),
        },
        organs: region.organs.iter().filter_map(|id| site.organ(id)).map(|o| item(&links, o)).collect(),
    };
    let description =
        format!("{}的{}份文件和{}个机关。", region.region.name, region.documents.len(), region.organs.len());
    let mut head = Head::under("regions", "地区", address::REGIONS, &region.region.name, description);
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
        level: r.region.level.name(),
        depth: r.parents.len().min(3),
        organs: r.organs.len(),
    };
    let rows: Vec<Row> = site.corpus.regions.iter().map(row).collect();
    let head = Head::section("regions", "地区", format!("{}个地区的文件和机关。", rows.len()));
    render(site, "regions.html", address::REGIONS, &head, &rows, &[])
}
