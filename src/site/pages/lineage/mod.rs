//! 传导: nation → province → city, as a picture and as a table, on the page of each document, of each instrument that is
//! only cited, and of the whole site; and what became of the numbers on the way.

mod shape;
mod targets;

use gongwen::extract::Relation;
use serde::Serialize;
use tera::Value;

use crate::corpus::Instrument;
use crate::corpus::lineage::Edge;
use crate::registry::RegionId;

use super::super::address;
use super::super::figure::{Figure, Line, Node, Text, Way, draw, wrapped};
use super::super::html::{beginning, value};
use super::super::links::Links;
use super::super::say;
use super::super::whole::Site;
use super::document::ClauseLink;
use super::{Head, Item, Job, render};

pub use shape::Shape;
use shape::year;
use targets::Targets;

/// Rows of the table below the picture of a site or a region.
const ROWS: usize = 120;
/// Lines of a title in a box.
const TITLE: usize = 3;
/// Characters of a sentence that are quoted behind and before the instrument that it names.
const BEHIND: usize = 24;
const BEFORE: usize = 30;

/// The lineage of a document or an instrument, as the template has it.
#[derive(Serialize)]
pub struct Lineage<'a> {
    figure: Value,
    rows: Vec<Row<'a>>,
    /// Edges that have no room.
    more: usize,
    targets: Targets,
}

/// An edge, as a row.
#[derive(Serialize)]
struct Row<'a> {
    from: Named<'a>,
    to: Named<'a>,
    relation: &'a str,
    clause: ClauseLink,
    said: String,
}

/// An instrument, in a row.
#[derive(Serialize)]
struct Named<'a> {
    title: &'a str,
    number: Option<&'a str>,
    /// Where and when it is from.
    place: String,
    href: String,
    held: bool,
}

/// The page of a site or a region.
#[derive(Serialize)]
struct View<'a> {
    /// Edges and instruments of it.
    edges: usize,
    instruments: usize,
    absent: usize,
    lineage: Lineage<'a>,
    /// The regions with pages of their own.
    regions: Vec<Item>,
}

/// The lineage around an instrument, where there is one.
pub fn around<'a>(site: &'a Site<'a>, links: &Links, instrument: usize) -> Option<Lineage<'a>> {
    let shape = Shape::around(site, instrument)?;
    Some(Lineage::of(site, links, &shape, Some(instrument), Way::Down))
}

impl<'a> Lineage<'a> {
    fn of(site: &'a Site<'a>, links: &Links, shape: &Shape, here: Option<usize>, way: Way) -> Self {
        let edges = shape.edges.iter().filter_map(|&e| site.lineage.edges.get(e));
        // What the page is about comes first, then what most carry down.
        let weight = |e: &Edge| {
            (Some(e.to) != here && Some(e.from) != here, std::cmp::Reverse(site.lineage.below(e.from).len()))
        };
        let mut rows: Vec<&Edge> = edges.collect();
        rows.sort_by_key(|e| (weight(e), e.from));
        let more = shape.left + rows.len().saturating_sub(ROWS);
        Lineage {
            figure: value(&draw(&figure(site, links, shape, here, way))),
            more,
            targets: Targets::of(site, links, shape, here),
            rows: rows.into_iter().take(ROWS).filter_map(|e| row(site, links, e)).collect(),
        }
    }
}

fn figure(site: &Site<'_>, links: &Links, shape: &Shape, here: Option<usize>, way: Way) -> Figure {
    let place = |n: usize| shape.nodes.iter().position(|&m| m == n);
    let node = |(&n, &layer): (&usize, &usize)| {
        let i = &site.corpus.instruments[n];
        let named = named(site, links, n);
        let short = beside_issuer(named.title);
        let mut text: Vec<Text> = Vec::new();
        text.extend(named.number.into_iter().flat_map(|n| wrapped(n, 2)).map(Text::Name));
        text.extend(wrapped(short, TITLE).into_iter().map(Text::Plain));
        text.extend((!named.place.is_empty()).then(|| Text::Meta(named.place.clone())));
        text.extend((!named.held).then(|| Text::Note(site.strings.text("lineage.absent").to_owned())));
        let title = full(i);
        Node { text, title, href: named.href, held: named.held, here: Some(n) == here, layer }
    };
    let line = |edge: &Edge| {
        let policy = site.corpus.documents.get(edge.policy)?;
        let label =
            if way == Way::Down { say::relation(site.strings, edge.relation).to_owned() } else { String::new() };
        let said = row(site, links, edge)?;
        Some(Line {
            from: place(edge.from)?,
            to: place(edge.to)?,
            label,
            href: links.to(&address::clause(&policy.facts.id, &edge.path)),
            title: said.said,
            dotted: edge.relation == Relation::Basis,
        })
    };
    let edges = shape.edges.iter().filter_map(|&e| site.lineage.edges.get(e));
    Figure {
        boxes: shape.nodes.iter().zip(&shape.layers).map(node).collect(),
        lines: edges.filter_map(line).collect(),
        way,
        label: site.strings.text("lineage.picture").to_owned(),
        languages: [site.strings.of_documents(), site.strings.own()],
    }
}

fn full(i: &Instrument) -> String {
    match (&i.title, &i.number) {
        (Some(title), Some(number)) => format!("{title}（{number}）"),
        (Some(only), None) | (None, Some(only)) => only.clone(),
        (None, None) => i.id.clone(),
    }
}

/// A title from 关于 on, where it begins with who issued it; a box has room for little more than what it is about.
fn beside_issuer(title: &str) -> &str {
    title.find("关于").map_or(title, |at| &title[at..])
}

fn named<'a>(site: &Site<'a>, links: &Links, n: usize) -> Named<'a> {
    let i = &site.corpus.instruments[n];
    let region = i.document.as_deref().and_then(|id| site.document(id)).and_then(|p| p.facts.region.as_ref());
    let level = || site.lineage.level(n).map(|l| say::level(site.strings, l));
    let place = region.map(|r| r.name.as_str()).or_else(level).unwrap_or_default();
    let year = year(site, n).map(|y| y.to_string()).unwrap_or_default();
    let title = i.title.as_deref().or(i.number.as_deref()).unwrap_or(&i.id);
    Named {
        title,
        number: i.number.as_deref().filter(|_| i.title.is_some()),
        place: format!("{place} {year}").trim().to_owned(),
        href: links.to(&i.url),
        held: i.document.is_some(),
    }
}

fn row<'a>(site: &Site<'a>, links: &Links, edge: &Edge) -> Option<Row<'a>> {
    let policy = site.corpus.documents.get(edge.policy)?;
    let block = policy.document.blocks.get(edge.mention.block)?.text.as_str();
    Some(Row {
        from: named(site, links, edge.from),
        to: named(site, links, edge.to),
        relation: say::relation(site.strings, edge.relation),
        clause: ClauseLink::of(site, links, &policy.facts.id, &edge.path),
        said: quoted(block, edge.sentence.range(), edge.mention.range()),
    })
}

/// The words of a sentence around the instrument that it names: a preamble says much before it comes to it.
fn quoted(text: &str, sentence: std::ops::Range<usize>, mention: std::ops::Range<usize>) -> String {
    let (Some(before), Some(named), Some(behind)) =
        (text.get(sentence.start..mention.start), text.get(mention.clone()), text.get(mention.end..sentence.end))
    else {
        return String::new();
    };
    let count = before.chars().count();
    let start = if count <= BEFORE {
        0
    } else {
        let near = before.char_indices().nth(count - BEFORE).map_or(0, |(i, _)| i);
        // From the beginning of the part of the sentence that names it, or from a character where that is long.
        before[near..]
            .find(['，', ',', '；', '：'])
            .map_or(near, |i| near + i + before[near + i..].chars().next().map_or(0, char::len_utf8))
    };
    let (end, cut) = beginning(behind, BEHIND);
    let (open, close) = (if start > 0 { "…" } else { "" }, if cut { "…" } else { "" });
    format!("{open}{}{named}{end}{close}", &before[start..])
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    let whole = Shape::whole(site, None);
    let parted = whole.left > 0;
    let mut regions: Vec<(RegionId, usize)> = Vec::new();
    if parted {
        let mut counts: std::collections::BTreeMap<RegionId, usize> = std::collections::BTreeMap::new();
        for edge in &site.lineage.edges {
            let region = site.corpus.documents.get(edge.policy).and_then(|p| p.facts.region.as_ref());
            *counts.entry(region.map_or(RegionId::COUNTRY, |r| r.id)).or_default() += 1;
        }
        regions = counts.into_iter().filter(|(id, _)| site.region(*id).is_some()).collect();
    }
    for (region, _) in regions.clone() {
        let at = address::lineage_of_region(&region.to_string());
        let here = at.clone();
        let render = move || page(site, &here, Some(region), &[]);
        jobs.push(Job { address: at, render: Box::new(render) });
    }
    let render = move || page(site, address::LINEAGE, None, &regions);
    jobs.push(Job { address: address::LINEAGE.to_owned(), render: Box::new(render) });
}

fn page(
    site: &Site<'_>,
    at: &str,
    region: Option<RegionId>,
    regions: &[(RegionId, usize)],
) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links(at);
    let shape = Shape::whole(site, region);
    let edges = shape.edges.len() + shape.left;
    let name = region.and_then(|r| site.region(r)).map(|r| r.region.name.as_str());
    let item = |&(id, count): &(RegionId, usize)| {
        let region = site.region(id)?;
        Some(Item {
            title: region.region.name.clone(),
            href: links.to(&address::lineage_of_region(&id.to_string())),
            count,
        })
    };
    let absent = shape.nodes.iter().filter(|&&n| site.corpus.instruments[n].document.is_none()).count();
    let view = View {
        edges,
        instruments: shape.nodes.len(),
        absent,
        lineage: Lineage::of(site, &links, &shape, None, Way::Right),
        regions: regions.iter().filter_map(item).collect(),
    };
    let strings = site.strings;
    let above = strings.text("lineage.title");
    let title = name
        .map_or_else(|| above.to_owned(), |name| strings.with("lineage.of_region", &[("region", &strings.name(name))]));
    let description = strings.with("lineage.described", &[("n", &edges)]);
    let mut head =
        Head::under("instruments", strings.text("instruments.title"), address::INSTRUMENTS, &title, description);
    if region.is_some() {
        head.crumbs.push((above.to_owned(), address::LINEAGE.to_owned()));
    }
    render(site, "lineage.html", at, &head, &view, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words around what is named, whole where they are few.
    #[test]
    fn what_is_quoted() {
        let said = |text: &str| {
            let at = text.find('《').expect("a title");
            let end = text.find('》').expect("a title") + '》'.len_utf8();
            quoted(text, 0..text.len(), at..end)
        };
        assert_eq!(said("为贯彻落实《甲》精神，制定本方案。"), "为贯彻落实《甲》精神，制定本方案。");
        let long = format!("{}，根据国家11个部门《甲》要求，{}。", "积极应对".repeat(12), "认真办理".repeat(12));
        let end = "认真办理".repeat(12).chars().take(21).collect::<String>();
        assert_eq!(said(&long), format!("…根据国家11个部门《甲》要求，{end}…"));
    }
}
