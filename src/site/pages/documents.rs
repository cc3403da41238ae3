//! 文件目录: all documents, newest first, and those of a year or of a 文种.

use serde::Serialize;

use super::super::address;
use super::super::links::Links;
use super::super::say;
use super::super::whole::Site;
use super::feed::Feed;
use super::{Head, Item, Job, Listed, Pager, Title, listed, pager, paginate, region_item, render};

#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    total: usize,
    years: Vec<Item>,
    kinds: Vec<Item>,
    regions: Vec<Item>,
    documents: Vec<Listed<'a>>,
    pager: Option<Pager>,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    let strings = site.strings;
    let all = Title::plain(strings.text("documents.all").to_owned());
    list(site, jobs, address::DOCUMENTS.to_owned(), all, (0..site.corpus.documents.len()).collect());
    for (year, documents) in &site.years {
        let undated = || strings.text("documents.undated_title").to_owned();
        let title = year.map_or_else(undated, |year| strings.with("documents.of_year", &[("year", &year)]));
        list(site, jobs, of_year(*year), Title::plain(title), documents.clone());
    }
    for (kind, documents) in &site.kinds {
        let title = Title::of(strings, "documents.of_kind", "kind", kind);
        list(site, jobs, address::kind(kind), title, documents.clone());
    }
}

fn list<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>, start: String, title: Title, documents: Vec<usize>) {
    let pages = paginate(&start, documents.len());
    let total = pages.len();
    for (number, (at, range)) in pages.into_iter().enumerate() {
        let shown = documents[range].to_vec();
        let (start, title, len, here) = (start.clone(), title.clone(), documents.len(), at.clone());
        let render = move || {
            let links = site.links(&here);
            let all = start == address::DOCUMENTS;
            let view = View {
                title: &title.html,
                total: len,
                years: if all { years(site, &links) } else { Vec::new() },
                kinds: if all { kinds(site, &links) } else { Vec::new() },
                regions: if all { regions(site, &links) } else { Vec::new() },
                documents: shown.iter().map(|&i| listed(site, &links, &site.corpus.documents[i])).collect(),
                pager: pager(&links, &start, number, total),
            };
            let values: [(&str, &dyn std::fmt::Display); 2] = [("title", &title.text), ("n", &len)];
            let description = site.strings.with("documents.about", &values);
            let mut head = if all {
                Head::section("documents", &title.text, description)
            } else {
                Head::under(
                    "documents",
                    site.strings.text("nav.documents"),
                    address::DOCUMENTS,
                    &title.text,
                    description,
                )
            };
            let kind = site.kinds.iter().find(|(kind, _)| start == address::kind(kind));
            head.feed = kind.map(|(kind, list)| Feed::of_kind(site, kind, list));
            render(site, "documents.html", &here, &head, &view, &[])
        };
        jobs.push(Job { address: at, render: Box::new(render) });
    }
}

/// The name of the list of documents without a date, in its address.
const UNDATED: &str = "未注明";

fn of_year(year: Option<i16>) -> String {
    address::year(&year.map_or(UNDATED.to_owned(), |year| year.to_string()))
}

fn years(site: &Site<'_>, links: &Links) -> Vec<Item> {
    let item = |(year, list): &(Option<i16>, Vec<usize>)| Item {
        title: match year {
            None => site.strings.text("documents.undated").to_owned(),
            Some(year) => say::year(site.strings, year),
        },
        href: links.to(&of_year(*year)),
        count: list.len(),
    };
    site.years.iter().map(item).collect()
}

fn kinds(site: &Site<'_>, links: &Links) -> Vec<Item> {
    let item = |(kind, list): &(&str, Vec<usize>)| Item {
        title: (*kind).to_owned(),
        href: links.to(&address::kind(kind)),
        count: list.len(),
    };
    site.kinds.iter().map(item).collect()
}

fn regions(site: &Site<'_>, links: &Links) -> Vec<Item> {
    let with_documents = site.corpus.regions.iter().filter(|r| !r.documents.is_empty());
    with_documents.map(|r| region_item(site, links, &r.region, r.documents.len())).collect()
}
