//! 给搜索引擎: robots.txt and the sitemap (sitemaps.org), which may be in parts.

use std::fmt::Write;

use super::super::address;
use super::super::html::escape;
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
    let mut files = Vec::new();
    let mut index = String::from(HEADER);
    index.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (i, part) in parts.enumerate() {
        let name = format!("sitemap-{}.xml", i + 1);
        let _ = writeln!(index, "<sitemap><loc>{base}{name}</loc></sitemap>");
        files.push((name, urls(base, part)));
    }
    index.push_str("</sitemapindex>\n");
    files.push(("sitemap.xml".to_owned(), index));
    files
}

const HEADER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

fn urls(base: &str, addresses: &[String]) -> String {
    let mut out = String::from(HEADER);
    out.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for at in addresses {
        out.push_str("<url><loc>");
        escape(&mut out, base);
        out.push_str(&address::uri(at));
        out.push_str("</loc></url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

/// robots.txt: everything may be read.
pub fn robots(site: &Site<'_>) -> String {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = &site.base {
        let _ = writeln!(text, "Sitemap: {base}sitemap.xml");
    }
    text
}
