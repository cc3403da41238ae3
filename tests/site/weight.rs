//! What a reader waits for: bytes as a server sends them, compressed.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Output;
use std::sync::LazyLock;

use scraper::{Html, Selector};

use crate::support::driver::{Site, command, contents, repository};

const KB: usize = 1024;

/// The files of the site of the five documents by their names, with the bytes that a server sends: brotli, where a file
/// is long enough for it.
static SENT: LazyLock<BTreeMap<String, usize>> = LazyLock::new(|| {
    let folder = Site::new();
    let mut build = command();
    build.args(["build", "--precompress", "--root"]).arg(repository()).arg("--output").arg(folder.path("public"));
    let Output { status, stderr, .. } = build.output().expect("the program runs");
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    let files = contents(&folder.path("public"));
    let named = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let sent = |path: &Path, whole: usize| {
        files.get(Path::new(&format!("{}.br", named(path)))).map_or(whole, |short| short.len().min(whole))
    };
    let plain =
        files.iter().filter(|(path, _)| !path.extension().is_some_and(|e| e == "br" || e == "gz" || e == "zst"));
    let mut all: BTreeMap<String, usize> = plain.map(|(path, b)| (named(path), sent(path, b.len()))).collect();
    // What a page asks for before its reader does anything: itself, its styles and its scripts.
    let pages: Vec<String> = all.keys().filter(|name| name.ends_with(".html")).cloned().collect();
    for page in pages {
        let html = Html::parse_document(&String::from_utf8_lossy(&files[Path::new(&page)]));
        let asked = Selector::parse("script[src], link[rel=stylesheet], link[rel=icon]").expect("a selector");
        let assets = html.select(&asked).filter_map(|e| e.attr("src").or(e.attr("href")));
        let beside = |address: &str| all[&format!("assets/{}", address.rsplit_once("assets/").expect("an asset").1)];
        let total: usize = assets.map(beside).sum();
        all.insert(format!("{page} and what it loads"), all[&page] + total);
    }
    all
});

fn sum(of: impl Fn(&str) -> bool) -> usize {
    SENT.iter().filter(|(name, _)| of(name)).map(|(_, bytes)| bytes).sum()
}

#[test]
fn home_and_documents_before_search() {
    let mut pages = 0;
    for (name, bytes) in SENT.iter().filter(|(name, _)| name.ends_with(" and what it loads")) {
        if name.starts_with("index.html") || name.starts_with("documents/") {
            assert!(*bytes <= 60 * KB, "{name}: {bytes}");
            pages += 1;
        }
    }
    assert_eq!(pages, 7);
}

/// The page of one clause is short, for it is where people land.
#[test]
fn clauses() {
    let pages = SENT.iter().filter(|(name, _)| name.starts_with("clauses/") && name.ends_with(".html"));
    let sizes: Vec<usize> = pages.map(|(_, bytes)| *bytes).collect();
    assert!(sizes.len() > 30 && sizes.iter().all(|bytes| *bytes <= 3 * KB), "{sizes:?}");
}

#[test]
fn scripts_and_styles() {
    // What makes files is fetched by who takes one along.
    let makes =
        |name: &str| ["/files.js", "/workbook.js"].iter().any(|file| name.ends_with(&format!("explorer{file}")));
    // What runs on one page only is counted below.
    let script = |name: &str| {
        let own = ["/engine.", "/reader.", "/reader/"].iter().any(|part| name.contains(part));
        name.starts_with("assets/") && name.ends_with(".js") && !own
    };
    let scripts = sum(|name| script(name) && !makes(name));
    assert!((10 * KB..=45 * KB).contains(&scripts), "all scripts besides the engine: {scripts}");
    let files = sum(|name| script(name) && makes(name));
    assert!((KB..=7 * KB).contains(&files), "what makes files: {files}");
    let styles = sum(|name| name.starts_with("assets/") && name.ends_with(".css"));
    assert!((KB..=30 * KB).contains(&styles), "styles: {styles}");
}

/// Loaded on one page only; a person waits for it once.
#[test]
fn the_readers_of_documents() {
    let scripts = sum(|name| name.contains("/reader/") && name.ends_with(".js"));
    assert!((KB..=11 * KB).contains(&scripts), "the scripts of the page that reads: {scripts}");
    let readers = sum(|name| name.contains("/reader."));
    assert!((KB * KB..=5 * KB * KB / 2).contains(&readers), "the readers for browsers: {readers}");
}
