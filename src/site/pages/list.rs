//! What the list pages share: entries, pages of a fixed size, and the way through them.

use std::ops::Range;

use serde::Serialize;

use crate::corpus::{Policy, RegionRef};
use crate::strings::Strings;

use super::super::address;
use super::super::html::html;
use super::super::links::Links;
use super::super::say;
use super::super::validity::{self, Stated};
use super::super::whole::{PER_PAGE, Site};

/// A link with its text.
#[derive(Debug, Serialize)]
pub struct Item {
    /// What it says.
    pub title: String,
    /// Where it leads; empty where there is no page.
    pub href: String,
    /// How many there are behind it.
    pub count: usize,
}

/// The title of a page, for its head and for its first line.
#[derive(Clone, Debug)]
pub struct Title {
    /// As plain text.
    pub text: String,
    /// As HTML, its words of documents marked.
    pub html: String,
}

impl Title {
    /// A title that holds no words of documents.
    pub fn plain(text: String) -> Title {
        Title { html: html! { (text) }.into_string(), text }
    }

    /// The text at `key`, whose value `name` holds `words` of documents.
    pub fn of(strings: &Strings, key: &str, name: &str, words: &str) -> Title {
        let html = say::html(strings, key, &[(name, say::words(words))]);
        Title { text: strings.with(key, &[(name, &words)]), html: html.into_string() }
    }
}

/// A document in a list.
#[derive(Debug, Serialize)]
pub struct Listed<'a> {
    href: String,
    title: &'a str,
    number: Option<&'a str>,
    date: Option<String>,
    kind: Option<&'a str>,
    issuers: String,
    obligations: usize,
    lapse: Option<Stated>,
}

/// A document in a list.
pub fn listed<'a>(site: &Site<'_>, links: &Links, policy: &'a Policy) -> Listed<'a> {
    let r = &policy.facts;
    Listed {
        href: links.to(&r.url),
        title: &r.title,
        number: r.number.as_deref(),
        date: r.date.map(|d| d.to_string()),
        kind: r.kind.as_deref(),
        issuers: issued(site, &r.issuers),
        obligations: site.obligations_of(policy).len(),
        lapse: site.validity(policy).and_then(|v| validity::lapse(site.strings, v)),
    }
}

/// Who issued it; of many, the first: the page of the document names all.
fn issued(site: &Site<'_>, issuers: &[String]) -> String {
    match issuers {
        [first, _, _, ..] => site.strings.with("search.issuers", &[("first", first), ("n", &issuers.len())]),
        _ => site.strings.list(issuers),
    }
}

/// The addresses and ranges of the pages of a list of `len` entries that starts at `list`; one page where it is empty.
pub fn paginate(list: &str, len: usize) -> Vec<(String, Range<usize>)> {
    paginate_by(list, len, PER_PAGE)
}

/// The same with pages of `size`.
pub fn paginate_by(list: &str, len: usize, size: usize) -> Vec<(String, Range<usize>)> {
    let pages = len.div_ceil(size).max(1);
    (0..pages).map(|p| (address::page(list, p + 1), p * size..len.min((p + 1) * size))).collect()
}

/// The way through the pages of a list.
#[derive(Debug, Serialize)]
pub struct Pager {
    current: usize,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
    /// Numbers near the current one, and the ends; `href` is empty for a gap.
    pages: Vec<PagerLink>,
}

#[derive(Debug, Serialize)]
struct PagerLink {
    number: usize,
    href: String,
    gap: bool,
}

/// The pager of page number `current` (from 0) of `total` pages; `None` where there is only one.
pub fn pager(links: &Links, list: &str, current: usize, total: usize) -> Option<Pager> {
    if total < 2 {
        return None;
    }
    let href = |page: usize| links.to(&address::page(list, page + 1));
    let mut pages = Vec::new();
    let mut last = None;
    for page in (0..total).filter(|&p| p == 0 || p + 1 == total || p.abs_diff(current) <= 2) {
        let gap = last.is_some_and(|l| l + 1 < page);
        pages.push(PagerLink { number: page + 1, href: href(page), gap });
        last = Some(page);
    }
    Some(Pager {
        current: current + 1,
        total,
        previous: current.checked_sub(1).map(href),
        next: (current + 1 < total).then(|| href(current + 1)),
        pages,
    })
}

/// The region's page in a list of links.
pub fn region_item(site: &Site<'_>, links: &Links, region: &RegionRef, count: usize) -> Item {
    let href = site.region(region.id).map(|r| links.to(&r.url)).unwrap_or_default();
    Item { title: region.name.clone(), href, count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_a_list() {
        let ranges = |len| paginate("documents/", len).into_iter().map(|p| (p.1.start, p.1.end)).collect::<Vec<_>>();
        assert_eq!(ranges(0), [(0, 0)]);
        assert_eq!(ranges(300), [(0, 300)]);
        assert_eq!(ranges(601), [(0, 300), (300, 600), (600, 601)]);
        let links = Links::from("documents/", false);
        assert!(pager(&links, "documents/", 0, 1).is_none());
        let shown = |current| {
            let pager = pager(&links, "documents/", current, 20);
            let pages = pager.map(|p| p.pages).unwrap_or_default();
            pages.iter().map(|p| format!("{}{}", if p.gap { "…" } else { "" }, p.number)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(0), "1 2 3 …20");
        assert_eq!(shown(9), "1 …8 9 10 11 12 …20");
    }
}
