//! 机关: what each organ leads, supports, shares, implements and must do, by due date, and what its predecessors were
//! given; what it issued and answered; the names it has borne, and where its work came from and went.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::corpus::{Handover, Inherited, Obligation, Organ, OrganObligation};
use crate::registry::OrganId;
use crate::vocabulary::{RESPONSIBLE, Role};

use super::super::address;
use super::super::html::escape;
use super::super::links::Links;
use super::super::table;
use super::super::timeline::Timeline;
use super::super::whole::Site;
use super::obligations::ROWS;
use super::{Head, Item, Job, Listed, Pager, listed, pager, paginate_by, render};

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    sector: &'a str,
    region: Item,
    /// Its names by period; printed names that are no name of any period come last, without one.
    names: Vec<Period<'a>>,
    /// Former names that documents print it under.
    former: Vec<&'a str>,
    /// It has ended.
    ended: bool,
    handed_over: Vec<Moved<'a>>,
    taken_over: Vec<Moved<'a>>,
    counts: Vec<(&'static str, usize)>,
    first: bool,
    issued: Vec<Listed<'a>>,
    replies: Vec<Listed<'a>>,
    timeline: Option<Timeline>,
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
    printed: Vec<Printed<'a>>,
}

/// Work that went to another organ or came from one.
#[derive(Serialize)]
struct Moved<'a> {
    year: u16,
    part: Option<&'a str>,
    organ: Item,
}

/// A row of the page's tables.
#[derive(Clone, Copy)]
struct Row<'a> {
    /// The predecessor that was given it; `None` for the organ itself.
    from: Option<&'a OrganId>,
    obligation: &'a OrganObligation,
}

/// The organs of a region in the index.
#[derive(Serialize)]
struct Group {
    region: Item,
    organs: Vec<Item>,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    jobs.push(Job { address: address::ORGANS.to_owned(), render: Box::new(move || index(site)) });
    for organ in &site.corpus.organs {
        // By role, each role by due date as the corpus has it.
        let rank = |o: &OrganObligation| Role::BY_WEIGHT.iter().position(|r| *r == o.role);
        let mut rows: Vec<Row<'a>> = organ.obligations.iter().map(|o| Row { from: None, obligation: o }).collect();
        rows.sort_by_key(|r| rank(r.obligation));
        let of = |i: &'a Inherited| Row { from: Some(&i.organ), obligation: &i.obligation };
        rows.extend(organ.inherited.iter().map(of));
        // A predecessor that leads and implements one task has one row here: the columns say which part it plays.
        rows.dedup_by_key(|r| (r.from.is_none().then_some(r.obligation.role), r.from, r.obligation.index));
        let pages = paginate_by(&organ.url, rows.len(), ROWS);
        let total = pages.len();
        for (number, (at, range)) in pages.into_iter().enumerate() {
            let shown = rows[range].to_vec();
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
    shown: &[Row<'_>],
    (number, total): (usize, usize),
) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links(at);
    let documents =
        |ids: &[String]| ids.iter().filter_map(|id| site.document(id)).map(|p| listed(site, &links, p)).collect();
    let inherited: BTreeSet<usize> = organ.inherited.iter().map(|i| i.obligation.index).collect();
    let counts = Role::BY_WEIGHT
        .iter()
        .map(|&role| (role.label(), organ.obligations.iter().filter(|o| o.role == role).count()))
        .chain([(RESPONSIBLE, organ.answers_for.len()), ("前身承担", inherited.len())])
        .filter(|c| c.1 > 0)
        .collect();
    let mut names: Vec<Period<'_>> = organ
        .names
        .iter()
        .map(|n| Period {
            name: &n.name,
            from: n.from,
            to: n.to,
            printed: n.printed.iter().map(|name| printed(site, &links, organ, name)).collect(),
        })
        .collect();
    let placed = |name: &String| organ.names.iter().any(|n| n.printed.contains(name));
    let others: Vec<Printed<'_>> =
        organ.printed.iter().filter(|p| !placed(&p.name)).map(|p| printed(site, &links, organ, &p.name)).collect();
    if !others.is_empty() {
        names.push(Period { name: "", from: None, to: None, printed: others });
    }
    let former = organ.names.split_last().map_or(&[][..], |(_, former)| former);
    let view = View {
        name: &organ.name,
        sector: &organ.id.sector,
        region: super::region_item(site, &links, &organ.region, 0),
        names,
        former: former.iter().flat_map(|n| &n.printed).map(String::as_str).collect(),
        ended: !organ.successors.is_empty(),
        handed_over: moved(site, &links, &organ.handed_over),
        taken_over: moved(site, &links, &organ.taken_over),
        counts,
        first: number == 0,
        // Replies have a list of their own.
        issued: site.plain_documents(&organ.issued).map(|p| listed(site, &links, p)).collect(),
        replies: documents(&organ.replies),
        timeline: if number == 0 { Timeline::of(days(site, organ)) } else { None },
        pager: pager(&links, &organ.url, number, total),
    };
    let mut rows = sections(site, &links, organ, shown);
    if number + 1 == total {
        answered_for(&mut rows, site, &links, organ);
    }
    let description = format!("{}的任务、发文和答复，共{}项任务。", organ.name, organ.obligations.len());
    let head = Head::under("organs", "机关", address::ORGANS, &organ.name, description);
    render(site, "organ.html", at, &head, &view, &[("table", &rows)])
}

/// When the tasks of an organ are due, each task once.
fn days<'s>(site: &Site<'s>, organ: &Organ) -> impl Iterator<Item = Date> + use<'s> {
    let tasks: BTreeSet<usize> = organ.obligations.iter().map(|o| o.index).collect();
    let corpus = site.corpus;
    tasks.into_iter().filter_map(|i| corpus.obligations.get(i)?.due)
}

/// A printed name with the documents that print it.
fn printed<'a>(site: &Site<'a>, links: &Links, organ: &'a Organ, name: &'a str) -> Printed<'a> {
    let ids = organ.printed.iter().find(|p| p.name == name).map_or(&[][..], |p| &p.documents);
    let documents = ids.iter().filter_map(|id| site.document(id)).map(|p| listed(site, links, p)).collect();
    Printed { name, documents }
}

fn moved<'a>(site: &Site<'_>, links: &Links, handovers: &'a [Handover]) -> Vec<Moved<'a>> {
    let moved = |h: &'a Handover| {
        let href = site.organ(&h.organ).map(|o| links.to(&o.url)).unwrap_or_default();
        Moved { year: h.year, part: h.part.as_deref(), organ: Item { title: h.name.clone(), href, count: 0 } }
    };
    handovers.iter().map(moved).collect()
}

/// A table for each role that occurs, then one for each predecessor.
fn sections(site: &Site<'_>, links: &Links, organ: &Organ, shown: &[Row<'_>]) -> String {
    let mut out = String::new();
    let one =
        |a: &Row<'_>, b: &Row<'_>| a.from == b.from && (a.from.is_some() || a.obligation.role == b.obligation.role);
    for part in shown.chunk_by(one) {
        let Some(first) = part.first() else { continue };
        out.push_str("<section class=\"role\"><h2>");
        match first.from.map(|id| (id, site.organ(id))) {
            None => out.push_str(first.obligation.role.label()),
            Some((id, predecessor)) => {
                out.push_str("前身");
                escape(&mut out, &predecessor.map_or_else(|| id.to_string(), |o| o.name.clone()));
                out.push_str("承担");
            }
        }
        out.push_str(" <span class=\"count\">");
        out.push_str(&part.len().to_string());
        out.push_str("</span></h2>");
        if let Some(predecessor) = first.from.and_then(|id| site.organ(id)) {
            given(&mut out, links, organ, predecessor);
        }
        let rows: Vec<&Obligation> =
            part.iter().filter_map(|r| site.corpus.obligations.get(r.obligation.index)).collect();
        table::obligations(&mut out, site, links, &rows, true);
        out.push_str("</section>\n");
    }
    out
}

/// How many obligations that name nobody a page lists; the rest stand in the data.
const ANSWERED: usize = 200;

/// A table of what names nobody and the organ answers for.
fn answered_for(out: &mut String, site: &Site<'_>, links: &Links, organ: &Organ) {
    let list = &organ.answers_for;
    if list.is_empty() {
        return;
    }
    out.push_str(&format!(
        "<section class=\"role\"><h2>{RESPONSIBLE} <span class=\"count\">{}</span></h2>\
         <p class=\"note\">下列任务的原文没有写由谁负责，按所在条款、上级标题的分工或者答复机关归属。",
        list.len()
    ));
    if list.len() > ANSWERED {
        out.push_str(&format!("这里列出前 {ANSWERED} 项，其余见数据文件。"));
    }
    out.push_str("</p>");
    let shown = list.iter().take(ANSWERED);
    let rows: Vec<&Obligation> = shown.filter_map(|a| site.corpus.obligations.get(a.index)).collect();
    table::obligations(out, site, links, &rows, true);
    out.push_str("</section>\n");
}

/// Under which names a predecessor was given its tasks, and what of its work came here.
fn given(out: &mut String, links: &Links, organ: &Organ, predecessor: &Organ) {
    out.push_str("<p class=\"note\">下列任务是以");
    for (i, printed) in predecessor.printed.iter().enumerate() {
        out.push_str(if i == 0 { "“" } else { "、“" });
        escape(out, &printed.name);
        out.push('”');
    }
    out.push_str("之名承担的。");
    let here = organ.taken_over.iter().filter(|h| h.organ == predecessor.id);
    let parts: Vec<&Handover> = here.filter(|h| h.part.is_some()).collect();
    for (i, handover) in parts.iter().enumerate() {
        out.push_str(if i == 0 { "只有它的" } else { "、" });
        escape(out, handover.part.as_deref().unwrap_or(""));
    }
    if let Some(handover) = parts.first() {
        out.push_str(&format!("在{}年划入，这些任务不一定都由本机关承接。", handover.year));
    }
    out.push_str("见<a href=\"");
    links.push(out, &predecessor.url);
    out.push_str("\">");
    escape(out, &predecessor.name);
    out.push_str("</a>。</p>");
}

/// An organ in a list.
pub fn item(links: &Links, organ: &Organ) -> Item {
    Item { title: organ.name.clone(), href: links.to(&organ.url), count: organ.obligations.len() }
}

fn index(site: &Site<'_>) -> Result<Vec<u8>, super::Diagnostic> {
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
