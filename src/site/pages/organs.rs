//! 机关: what each organ leads, supports, shares, implements and must do, by due date; what it issued and answered;
//! the names it has borne.

use serde::Serialize;

use crate::corpus::{Obligation, Organ, OrganObligation, Role};

use super::super::address;
use super::super::index::Site;
use super::super::links::Links;
use super::super::table;
use super::{Head, Item, Job, Listed, Pager, listed, pager, paginate, render};

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    sector: &'a str,
    region: Item,
    printed: Vec<Printed<'a>>,
    names: Vec<Period<'a>>,
    successors: Vec<Item>,
    counts: Vec<(&'static str, usize)>,
    first: bool,
    issued: Vec<Listed<'a>>,
    replies: Vec<Listed<'a>>,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct Printed<'a> {
    name: &'a str,
    documents: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Period<'a> {
    name: &'a str,
    from: Option<u16>,
    to: Option<u16>,
}

/// The organs of a region in the index.
#[derive(Serialize)]
struct Group {
    region: Item,
    organs: Vec<Item>,
}

const ROLES: [(Role, &str); 5] = [
    (Role::Lead, "牵头"),
    (Role::Joint, "共同负责"),
    (Role::Support, "配合"),
    (Role::Implement, "落实"),
    (Role::Actor, "责任主体"),
];

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    jobs.push(Job { address: address::ORGANS.to_owned(), render: Box::new(move || index(site)) });
    for organ in &site.corpus.organs {
        // By role, each role by due date as the corpus has it.
        let rank = |o: &OrganObligation| ROLES.iter().position(|r| r.0 == o.role);
        let mut obligations: Vec<&OrganObligation> = organ.obligations.iter().collect();
        obligations.sort_by_key(|o| rank(o));
        let pages = paginate(&organ.url, obligations.len());
        let total = pages.len();
        for (number, (at, range)) in pages.into_iter().enumerate() {
            let shown = obligations[range].to_vec();
            let here = at.clone();
            let render = move || page(site, organ, &here, &shown, (number, total));
            jobs.push(Job { address: at, render: Box::new(render) });
        }
    }
}

fn page(
    site: &Site<'_>,
    organ: &Organ,
    at: &str,
    shown: &[&OrganObligation],
    (number, total): (usize, usize),
) -> Result<Vec<u8>, super::SiteError> {
    let links = site.links(at);
    let documents =
        |ids: &[String]| ids.iter().filter_map(|id| site.document(id)).map(|p| listed(site, &links, p)).collect();
    let counts = ROLES
        .iter()
        .map(|&(role, name)| (name, organ.obligations.iter().filter(|o| o.role == role).count()))
        .filter(|c| c.1 > 0)
        .collect();
    let view = View {
        name: &organ.name,
        sector: &organ.sector,
        region: super::region_item(site, &links, &organ.region, 0),
        printed: organ.printed.iter().map(|p| Printed { name: &p.name, documents: documents(&p.documents) }).collect(),
        names: organ.names.iter().map(|n| Period { name: &n.name, from: n.from, to: n.to }).collect(),
        successors: organ.successors.iter().filter_map(|id| site.organ(id)).map(|o| item(&links, o)).collect(),
        counts,
        first: number == 0,
        // Replies have a list of their own.
        issued: site.plain_documents(&organ.issued).map(|p| listed(site, &links, p)).collect(),
        replies: documents(&organ.replies),
        pager: pager(&links, &organ.url, number, total),
    };
    let rows = sections(site, &links, shown);
    let description = format!("{}的任务、发文和答复，共{}项任务。", organ.name, organ.obligations.len());
    let head = Head::under("organs", "机关", address::ORGANS, &organ.name, description);
    render(site, "organ.html", at, &head, &view, &[("table", &rows)])
}

/// A table for each role that occurs.
fn sections(site: &Site<'_>, links: &Links, shown: &[&OrganObligation]) -> String {
    let mut out = String::new();
    for part in shown.chunk_by(|a, b| a.role == b.role) {
        let name = part.first().and_then(|o| ROLES.iter().find(|r| r.0 == o.role)).map_or("", |r| r.1);
        let rows: Vec<&Obligation> = part.iter().filter_map(|o| site.corpus.obligations.get(o.index)).collect();
        out.push_str("<section class=\"role\"><h2>");
        out.push_str(name);
        out.push_str(" <span class=\"count\">");
        out.push_str(&part.len().to_string());
        out.push_str("</span></h2>");
        table::obligations(&mut out, site, links, &rows, true);
        out.push_str("</section>\n");
    }
    out
}

/// An organ in a list.
pub fn item(links: &Links, organ: &Organ) -> Item {
    Item { title: organ.name.clone(), href: links.to(&organ.url), count: organ.obligations.len() }
}

fn index(site: &Site<'_>) -> Result<Vec<u8>, super::SiteError> {
    let links = site.links(address::ORGANS);
    let same = |a: &Organ, b: &Organ| a.region.id == b.region.id;
    let groups: Vec<Group> = site
        .corpus
        .organs
        .chunk_by(same)
        .filter_map(|part| {
            let region = super::region_item(site, &links, &part.first()?.region, part.len());
            Some(Group { region, organs: part.iter().map(|o| item(&links, o)).collect() })
        })
        .collect();
    let description = format!("文件中承担任务、发文或答复的{}个机关。", site.corpus.organs.len());
    let head = Head::section("organs", "机关", description);
    render(site, "organs.html", address::ORGANS, &head, &groups, &[])
}
