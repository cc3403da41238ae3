//! 给搜索引擎: robots.txt, the sitemap (sitemaps.org), which may be in parts, and how a browser searches the site
//! (OpenSearch 1.1). All but the first need the address at which the site stands.

use std::collections::HashMap;
use std::fmt::Write;

use jiff::civil::Date;

use super::super::address;
use super::super::html::{PreEscaped, html};
use super::super::whole::Site;
use super::feed;

/// Addresses in one sitemap, and its bytes; the protocol allows no more.
const PER_FILE: usize = 50_000;
const BYTES: usize = 50_000_000;

/// The bytes of what stands around an address and its day.
const AROUND: usize = 80;

/// The sitemap files of the pages at `addresses`: name and text. One file, or an index and its parts; none for a site
/// without an address.
pub fn sitemaps(site: &Site<'_>, addresses: &[String]) -> Vec<(String, String)> {
    let Some(base) = site.base.as_deref() else { return Vec::new() };
    let dates = dates(site);
    let page = |at: &String| (format!("{base}{}", address::uri(at)), dates.get(at.as_str()).copied());
    files(base, &addresses.iter().map(page).collect::<Vec<_>>(), PER_FILE)
}

/// A page: its address, and the day from which what it shows is.
type Page = (String, Option<Date>);

fn files(base: &str, pages: &[Page], most: usize) -> Vec<(String, String)> {
    let mut parts: Vec<&[Page]> = Vec::new();
    let mut rest = pages;
    while !rest.is_empty() {
        let mut bytes = 0;
        let fits = rest.iter().take(most).take_while(|(at, _)| {
            bytes += at.len() + AROUND;
            bytes <= BYTES
        });
        let (part, after) = rest.split_at(fits.count().max(1));
        parts.push(part);
        rest = after;
    }
    if parts.len() <= 1 {
        return vec![("sitemap.xml".to_owned(), urls(pages))];
    }
    let name = |i: usize| format!("sitemap-{}.xml", i + 1);
    let index = html! {
        (HEADER)
        sitemapindex xmlns=(PROTOCOL) {
            "\n"
            @for (i, part) in parts.iter().enumerate() {
                sitemap {
                    loc { (base) (name(i)) }
                    @if let Some(day) = part.iter().filter_map(|p| p.1).max() { lastmod { (day) } }
                }
                "\n"
            }
        }
        "\n"
    };
    let mut files: Vec<(String, String)> = parts.iter().enumerate().map(|(i, part)| (name(i), urls(part))).collect();
    files.push(("sitemap.xml".to_owned(), index.0));
    files
}

/// The days from which pages are: that of a document for it and its clauses, that of the newest document for what lists
/// them. Never the clock's: two builds give the same.
fn dates(site: &Site<'_>) -> HashMap<String, Date> {
    let corpus = site.corpus;
    let mut dates: HashMap<String, Date> = HashMap::new();
    let mut note = |at: String, day: Option<Date>| {
        if let Some(day) = day {
            let known = dates.entry(at).or_insert(day);
            *known = day.max(*known);
        }
    };
    for policy in &corpus.documents {
        let f = &policy.facts;
        let day = f.published.or(f.date);
        note(f.url.clone(), day);
        for o in site.obligations_of(policy).iter().filter(|o| address::has_own_page(&o.path)) {
            note(address::clause_page(&f.id, &o.path), day);
        }
        for list in ["", address::DOCUMENTS] {
            note(list.to_owned(), day);
        }
        if let Some(year) = f.date.map(|d| d.year()) {
            note(address::year(&year.to_string()), day);
        }
    }
    for feed in feed::all(site) {
        note(feed.page().to_owned(), feed.newest(site));
    }
    dates
}

const HEADER: PreEscaped<&str> = PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
const PROTOCOL: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

fn urls(pages: &[Page]) -> String {
    let urls = html! {
        (HEADER)
        urlset xmlns=(PROTOCOL) {
            "\n"
            @for (at, day) in pages {
                url { loc { (at) } @if let Some(day) = day { lastmod { (day) } } }
                "\n"
            }
        }
        "\n"
    };
    urls.0
}

/// robots.txt: everything may be read.
pub fn robots(site: &Site<'_>) -> String {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = &site.base {
        let _ = writeln!(text, "Sitemap: {base}sitemap.xml");
    }
    text
}

/// Where [`opensearch`] stands.
pub const OPENSEARCH: &str = "opensearch.xml";

/// Characters that OpenSearch allows a site's short name and its long one.
const SHORT: usize = 16;
const LONG: usize = 48;

/// How a browser searches the site from its address field; `None` for a site without an address.
pub fn opensearch(site: &Site<'_>) -> Option<String> {
    let base = site.base.as_deref()?;
    let beginning = |most: usize| site.config.title.chars().take(most).collect::<String>();
    let described = html! {
        (HEADER)
        OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/" {
            ShortName { (beginning(SHORT)) }
            LongName { (beginning(LONG)) }
            Description { (site.config.description.chars().take(1024).collect::<String>()) }
            Url type="text/html" template={ (base) (address::SEARCH) "?q={searchTerms}" } {}
            Url type="application/opensearchdescription+xml" rel="self" template={ (base) (OPENSEARCH) } {}
            Language { "zh-CN" }
            InputEncoding { "UTF-8" }
            OutputEncoding { "UTF-8" }
        }
    };
    Some(described.0 + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Above so many addresses the sitemap is an index of parts, each with the last of its days, and nothing is lost.
    #[test]
    fn a_long_sitemap_is_parted() {
        let base = "https://example.gov.cn/";
        let day = |text: &str| text.parse::<Date>().ok();
        let pages = [("a", day("2020-05-06")), ("b", day("2021-01-02")), ("c", None)];
        let pages: Vec<Page> = pages.into_iter().map(|(at, day)| (format!("{base}{at}"), day)).collect();
        let whole = files(base, &pages, 3);
        assert_eq!(whole.len(), 1);
        assert_eq!(whole[0].0, "sitemap.xml");
        let parted = files(base, &pages, 2);
        let names: Vec<&str> = parted.iter().map(|f| f.0.as_str()).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
        let index = "<sitemap><loc>https://example.gov.cn/sitemap-1.xml</loc><lastmod>2021-01-02</lastmod></sitemap>\n\
                     <sitemap><loc>https://example.gov.cn/sitemap-2.xml</loc></sitemap>\n";
        assert!(parted[2].1.contains(index), "{}", parted[2].1);
        let urls = |text: &str| text.matches("<url>").count();
        assert_eq!(urls(&parted[0].1) + urls(&parted[1].1), urls(&whole[0].1));
        assert!(parted[0].1.contains("<url><loc>https://example.gov.cn/a</loc><lastmod>2020-05-06</lastmod></url>"));
        assert_eq!(files(base, &[], 2).len(), 1);
    }
}
