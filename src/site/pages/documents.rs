//! 文件目录: all documents, newest first, and those of a year or of a 文种.

use serde::Serialize;

use super::super::address;
use super::super::links::Links;
use super::super::whole::Site;
use super::feed::Feed;
use super::{Head, Item, Job, Listed, Pager, listed, pager, paginate, region_item, render};

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
    list(site, jobs, address::DOCUMENTS.to_owned(), "全部文件".to_owned(), (0..site.corpus.documents.len()).collect());
    for (year, documents) in &site.years {
        let title = year.map_or("未注明日期的文件".to_owned(), |year| format!("{year}年的文件"));
        list(site, jobs, of_year(*year), title, documents.clone());
    }
    for (kind, documents) in &site.kinds {
        list(site, jobs, address::kind(kind), format!("文种：{kind}"), documents.clone());
    }
}

fn list<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>, start: String, title: String, documents: Vec<usize>) {
    let pages = paginate(&start, documents.len());
    let total = pages.len();
    for (number, (at, range)) in pages.into_iter().enumerate() {
        let shown = documents[range].to_vec();
        let (start, title, len, here) = (start.clone(), title.clone(), documents.len(), at.clone());
        let render = move || {
            let links = site.links(&here);
            let all = start == address::DOCUMENTS;
            let view = View {
                title: &title,
                total: len,
                years: if all { years(site, &links) } else { Vec::new() },
                kinds: if all { kinds(site, &links) } else { Vec::new() },
                regions: if all { regions(site, &links) } else { Vec::new() },
                documents: shown.iter().map(|&i| listed(site, &links, &site.corpus.documents[i])).collect(),
                pager: pager(&links, &start, number, total),
            };
            let description = format!("{title}，共{len}份。");
            let mut head = if all {
                Head::section("documents", &title, description)
            } else {
                Head::under("documents", "文件", address::DOCUMENTS, &title, description)
            };
            let kind = site.kinds.iter().find(|(kind, _)| start == address::kind(kind));
            head.feed = kind.map(|(kind, list)| Feed::of_kind(site, kind, list));
            render(site, "documents.html", &here, &head, &view, &[])
        };
        jobs.push(Job { address: at, render: Box::new(render) });
    }
}

/// The name of the list of documents without a date.
const UNDATED: &str = "未注明";

fn of_year(year: Option<i16>) -> String {
    address::year(&year.map_or(UNDATED.to_owned(), |year| year.to_string()))
}

fn years(site: &Site<'_>, links: &Links) -> Vec<Item> {
    let item = |(year, list): &(Option<i16>, Vec<usize>)| Item {
        title: year.map_or(UNDATED.to_owned(), |year| format!("{year}年")),
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
