//! 给搜索引擎: robots.txt and the sitemap (sitemaps.org), which may be in parts.

use std::fmt::Write;

use super::super::address;
use super::super::html::{PreEscaped, html};
use super::super::whole::Site;

/// Addresses in one sitemap; the protocol allows no more.
const PER_FILE: usize = 50_000;

/// The sitemap files of the pages at `addresses`: name and text. One file, or an index and its parts.
pub fn sitemaps(site: &Site<'_>, addresses: &[String]) -> Vec<(String, String)> {
    let base = site.base.as_deref().unwrap_or("/");
    let parts = addresses.chunks(PER_FILE);
    if parts.len() <= 1 {
        return vec![("sitemap.xml".to_owned(), urls(base, addresses))];
    }
    let mut files: Vec<(String, String)> =
        parts.enumerate().map(|(i, part)| (format!("sitemap-{}.xml", i + 1), urls(base, part))).collect();
    let index = html! {
        (HEADER)
        sitemapindex xmlns=(PROTOCOL) {
            "\n"
            @for (name, _) in &files { sitemap { loc { (base) (name) } } "\n" }
        }
        "\n"
    };
    files.push(("sitemap.xml".to_owned(), index.0));
    files
}

const HEADER: PreEscaped<&str> = PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
const PROTOCOL: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

fn urls(base: &str, addresses: &[String]) -> String {
    let urls = html! {
        (HEADER)
        urlset xmlns=(PROTOCOL) {
            "\n"
            @for at in addresses { url { loc { (base) (address::uri(at)) } } "\n" }
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
