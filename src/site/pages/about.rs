//! 使用说明 and the page for an address that does not exist.

use serde::Serialize;

use super::super::address;
use super::super::data;
use super::super::links::Links;
use super::super::whole::Site;
use super::{Head, Job, NOT_FOUND, render, render_with};

#[derive(Serialize)]
struct View<'a> {
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    name: &'static str,
    href: String,
    what: &'a str,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    jobs.push(Job { address: address::ABOUT.to_owned(), render: Box::new(move || page(site)) });
}

fn page(site: &Site<'_>) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links(address::ABOUT);
    let file = |(name, what): (&'static str, &'static str)| File {
        name,
        href: links.to(&format!("data/{name}")),
        what: site.strings.text(what),
    };
    let view = View { files: data::files(site).map(file).collect() };
    let head =
        Head::section("about", site.strings.text("about.title"), site.strings.text("about.described").to_owned());
    render(site, "about.html", address::ABOUT, &head, &view, &[])
}

pub fn not_found(site: &Site<'_>) -> Result<Vec<u8>, super::Diagnostic> {
    // It is served in the place of any address, so that only links from the root of the host reach home; the host's name
    // is left out, so that a copy of the site under another name keeps its looks.
    let links = match &site.base {
        Some(base) => Links { up: path_of(base).to_owned(), named_index: false },
        None => site.links(NOT_FOUND),
    };
    let head = Head::section("", site.strings.text("missing.title"), String::new());
    render_with(site, &links, "404.html", NOT_FOUND, &head, &(), &[])
}

/// `https://example.gov.cn/policy/` → `/policy/`.
fn path_of(base: &str) -> &str {
    let host = base.find("://").map_or(0, |at| at + 3);
    base[host..].find('/').map_or("/", |at| &base[host + at..])
}
