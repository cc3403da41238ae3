//! The link test: reads a built site as a browser does and lists every link that leads nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use scraper::{Html, Selector};

/// What a page offers and what it asks for.
struct Page {
    ids: BTreeSet<String>,
    twice: Vec<String>,
    links: Vec<String>,
    titles: usize,
}

/// Everything wrong with the links of the site in `root`, a line each: a missing file, a missing anchor, an id that a
/// page has twice, a page without exactly one `h1`.
pub fn broken(root: &Path) -> Vec<String> {
    let mut files = Vec::new();
    collect(root, &mut files);
    let pages: BTreeMap<PathBuf, Page> = files
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "html"))
        .map(|f| (f.clone(), read(&std::fs::read_to_string(f).unwrap_or_else(|e| panic!("{}: {e}", f.display())))))
        .collect();
    let files: BTreeSet<PathBuf> = files.into_iter().collect();
    let base = base(root);
    let mut problems = Vec::new();
    for (file, page) in &pages {
        let shown = file.strip_prefix(root).unwrap_or(file).display();
        problems.extend(page.twice.iter().map(|id| format!("{shown}: id “{id}” twice")));
        if page.titles != 1 {
            problems.push(format!("{shown}: {} h1", page.titles));
        }
        for link in &page.links {
            // From the root of the host, as on the page of wrong addresses.
            let (from, link) = match link.strip_prefix(base.as_str()).filter(|_| link.starts_with('/')) {
                Some(link) => (root.join("index.html"), link),
                None => (file.clone(), link.as_str()),
            };
            if let Err(why) = follow(root, &from, link, &pages, &files) {
                problems.push(format!("{shown}: {link}: {why}"));
            }
        }
    }
    problems
}

/// The path at which the site will stand, which its map says: `/zk/` of `https://example.gov.cn/zk/`.
fn base(root: &Path) -> String {
    let map = std::fs::read_to_string(root.join("sitemap.xml")).unwrap_or_default();
    let home = map.split_once("<loc>").and_then(|(_, rest)| rest.split_once("</loc>")).map_or("", |(home, _)| home);
    let path = home.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    path.unwrap_or("/").to_owned()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries.flatten() {
        if entry.path().is_dir() {
            collect(&entry.path(), files);
        } else {
            files.push(entry.path());
        }
    }
}

fn read(html: &str) -> Page {
    let html = Html::parse_document(html);
    let select = |css: &str| Selector::parse(css).unwrap_or_else(|e| panic!("{css}: {e}"));
    let mut page = Page { ids: BTreeSet::new(), twice: Vec::new(), links: Vec::new(), titles: 0 };
    for element in html.select(&select("[id]")) {
        let id = element.attr("id").unwrap_or("").to_owned();
        if !page.ids.insert(id.clone()) {
            page.twice.push(id);
        }
    }
    for element in html.select(&select("a[href], link[href], script[src], img[src], form[action], form[data-engine]")) {
        let names = ["href", "src", "action", "data-engine"];
        page.links.extend(names.iter().filter_map(|name| element.attr(name)).map(str::to_owned));
    }
    page.titles = html.select(&select("h1")).count();
    page
}

fn follow(
    root: &Path,
    from: &Path,
    link: &str,
    pages: &BTreeMap<PathBuf, Page>,
    files: &BTreeSet<PathBuf>,
) -> Result<(), &'static str> {
    if ["http:", "https:", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme)) {
        return Ok(());
    }
    let (path, fragment) = link.split_once('#').map_or((link, None), |(p, f)| (p, Some(f)));
    // What a page is asked for is no part of its place.
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let mut target = from.parent().unwrap_or(root).to_path_buf();
    if path.is_empty() {
        target = from.to_path_buf();
    } else {
        for part in decode(path).split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    if !target.pop() || !target.starts_with(root) {
                        return Err("leaves the site");
                    }
                }
                part => target.push(part),
            }
        }
        if target.is_dir() {
            target.push("index.html");
        }
    }
    if !files.contains(&target) {
        return Err("no such file");
    }
    match (fragment, pages.get(&target)) {
        (Some(fragment), Some(page)) if !page.ids.contains(&decode(fragment)) => Err("no such anchor"),
        _ => Ok(()),
    }
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match hex.filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
