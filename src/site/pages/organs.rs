//! 机关: what each organ leads, supports, shares, implements and must do, by due date, and what its predecessors were
//! given; what it issued and answered; the names it has borne, and where its work came from and went.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::corpus::{Handover, Inherited, Obligation, Organ, OrganObligation};
use crate::registry::OrganId;
use crate::strings::Value;
use crate::vocabulary::Role;

use super::super::address;
use super::super::html::{Markup, html};
use super::super::links::Links;
use super::super::say;
use super::super::table;
use super::super::timeline::Timeline;
use super::super::whole::Site;
use super::feed::Feed;
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
    counts: Vec<(&'a str, usize)>,
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
    /// How many more print it.
    more: usize,
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
    /// How many more the region's page lists.
    more: usize,
}

/// Organs that the index names of a region where it has more than [`MANY`] in all; the others stand on the region's page.
const NAMED: usize = 8;
const MANY: usize = 400;

/// Documents that are named as printing a name: hundreds of statutes print 人民法院.
const PRINTED: usize = 30;

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
        .map(|&role| (say::role(site.strings, role), organ.obligations.iter().filter(|o| o.role == role).count()))
        .chain([
            (site.strings.text("role.responsible"), organ.answers_for.len()),
            (site.strings.text("organ.predecessors"), inherited.len()),
        ])
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
        timeline: if number == 0 { Timeline::of(site.strings, days(site, organ)) } else { None },
        pager: pager(&links, &organ.url, number, total),
    };
    let rows = html! {
        (sections(site, &links, organ, shown))
        @if number + 1 == total { (answered_for(site, &links, organ)) }
    };
    let values: [(&str, &dyn std::fmt::Display); 2] = [("organ", &organ.name), ("n", &organ.obligations.len())];
    let description = site.strings.with("organ.about", &values);
    let mut head = Head::under("organs", site.strings.text("nav.organs"), address::ORGANS, &organ.name, description);
    head.feed = Some(Feed::of_organ(site, organ));
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
    let shown = ids.iter().take(PRINTED).filter_map(|id| site.document(id));
    let documents = shown.map(|p| listed(site, links, p)).collect();
    Printed { name, documents, more: ids.len().saturating_sub(PRINTED) }
}

fn moved<'a>(site: &Site<'_>, links: &Links, handovers: &'a [Handover]) -> Vec<Moved<'a>> {
    let moved = |h: &'a Handover| {
        let href = site.organ(&h.organ).map(|o| links.to(&o.url)).unwrap_or_default();
        Moved { year: h.year, part: h.part.as_deref(), organ: Item { title: h.name.clone(), href, count: 0 } }
    };
    handovers.iter().map(moved).collect()
}

/// A table for each role that occurs, then one for each predecessor.
fn sections(site: &Site<'_>, links: &Links, organ: &Organ, shown: &[Row<'_>]) -> Markup {
    let one =
        |a: &Row<'_>, b: &Row<'_>| a.from == b.from && (a.from.is_some() || a.obligation.role == b.obligation.role);
    let title = |first: &Row<'_>| match first.from {
        None => html! { (say::role(site.strings, first.obligation.role)) },
        Some(id) => {
            let name = site.organ(id).map_or_else(|| id.to_string(), |o| o.name.clone());
            say::html(site.strings, "organ.predecessor", &[("organ", say::words(name))])
        }
    };
    let rows = |part: &[Row<'_>]| {
        let rows = part.iter().filter_map(|r| site.corpus.obligations.get(r.obligation.index));
        table::obligations(site, links, &rows.collect::<Vec<_>>(), true)
    };
    html! {
        @for part in shown.chunk_by(one) {
            section class="role" {
                @if let Some(first) = part.first() {
                    (heading(&title(first), part.len()))
                    @if let Some(from) = first.from.and_then(|id| site.organ(id)) { (given(site, links, organ, from)) }
                }
                (rows(part))
            }
            "\n"
        }
    }
}

/// The heading of a table and how many rows it has.
fn heading(title: &Markup, count: usize) -> Markup {
    html! { h2 { (title) " " span class="count" { (count) } } }
}

/// How many obligations that name nobody a page lists; the rest stand in the data.
const ANSWERED: usize = 200;

/// A table of what names nobody and the organ answers for.
fn answered_for(site: &Site<'_>, links: &Links, organ: &Organ) -> Markup {
    let list = &organ.answers_for;
    let shown = list.iter().take(ANSWERED);
    let rows: Vec<&Obligation> = shown.filter_map(|a| site.corpus.obligations.get(a.index)).collect();
    html! {
        @if !list.is_empty() {
            section class="role" {
                (heading(&html! { (site.strings.text("role.responsible")) }, list.len()))
                p class="note" {
                    (site.strings.text("organ.answers_for"))
                    @if list.len() > ANSWERED { (site.strings.with("organ.answers_for_cut", &[("n", &ANSWERED)])) }
                }
                (table::obligations(site, links, &rows, true))
            }
            "\n"
        }
    }
}

/// Under which names a predecessor was given its tasks, and what of its work came here.
fn given(site: &Site<'_>, links: &Links, organ: &Organ, predecessor: &Organ) -> Markup {
    let here = organ.taken_over.iter().filter(|h| h.organ == predecessor.id);
    let parts: Vec<(&str, u16)> = here.filter_map(|h| Some((h.part.as_deref()?, h.year))).collect();
    let strings = site.strings;
    let and = strings.text("list.and");
    let names = html! {
        @for (i, printed) in predecessor.printed.iter().enumerate() {
            @if i > 0 { (and) }
            "“" (say::marked(strings, &printed.name)) "”"
        }
    };
    let list = parts.iter().map(|(part, _)| *part).collect::<Vec<_>>().join(and);
    let page = html! { (links.to(&predecessor.url)) };
    let link = [("organ", say::words(&predecessor.name)), ("page", Value::Html(page.into_string()))];
    html! {
        p class="note" {
            (say::html(strings, "organ.given_as", &[("names", Value::Html(names.into_string()))]))
            @if let Some((_, year)) = parts.first() {
                (say::html(strings, "organ.given_part", &[("parts", say::words(list)), ("year", say::words(year))]))
            }
            (say::html(strings, "organ.given_see", &link))
        }
    }
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
            let mut organs: Vec<Item> = part.iter().map(|o| item(&links, o)).collect();
            let shown = if site.corpus.organs.len() > MANY { NAMED.min(organs.len()) } else { organs.len() };
            if shown < organs.len() {
                organs.sort_by_key(|o| std::cmp::Reverse(o.count));
            }
            let more = organs.len() - shown;
            organs.truncate(shown);
            Some(Group { region, organs, more })
        })
        .collect();
    let description = site.strings.with("organs.about", &[("n", &site.corpus.organs.len())]);
    let head = Head::section("organs", site.strings.text("nav.organs"), description);
    render(site, "organs.html", address::ORGANS, &head, &groups, &[])
}
