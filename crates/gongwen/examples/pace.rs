//! How long it takes to read a text of 1, 2, 4 and 8 MB and to find everything in it, so that one can see that the time
//! grows as the text does. `cargo run --release -p gongwen --example pace`; with a folder after `--`, how long all its
//! texts take, once read and once searched for findings.

use std::path::Path;
use std::time::Instant;

use gongwen::extract::{Findings, findings};
use gongwen::read;
use gongwen::{Block, Document, Outline};

const MB: usize = 1_000_000;

fn main() {
    if let Some(folder) = std::env::args().nth(1) {
        return folder_of_texts(Path::new(&folder));
    }
    let sources = sources();
    println!("{:<28} {:>6} {:>9} {:>9} {:>9} {:>9}", "text", "MB", "read, s", "find, s", "findings", "s/MB");
    for size in [1, 2, 4, 8] {
        let start = Instant::now();
        let document = read::text(&filled(&sources, size * MB, "\n\n")).document;
        let read = start.elapsed().as_secs_f64();
        report("documents one after another", size, read, &document);
    }
    // The worst that a lost line break can make: everything in one paragraph.
    let running: String = sources.lines().map(str::trim).collect();
    for size in [1, 2, 4, 8] {
        let mut document =
            Document { blocks: vec![Block::paragraph(filled(&running, size * MB, ""))], ..Document::default() };
        document.meta.date = Some("2020-01-01".to_owned());
        document.meta.kind = Some("答复".to_owned());
        report("one paragraph", size, 0.0, &document);
    }
}

/// Every text of a folder, one after another on one core.
fn folder_of_texts(folder: &Path) {
    let files = std::fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path());
    let texts: Vec<String> = files.filter_map(|f| std::fs::read_to_string(f).ok()).collect();
    let size = texts.iter().map(String::len).sum::<usize>() as f64 / MB as f64;
    let start = Instant::now();
    let documents: Vec<Document> = texts.iter().map(|t| read::text(t).document).collect();
    let read = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let count: usize = documents.iter().map(|d| counted(&findings(d, &Outline::of(d)))).sum();
    let find = start.elapsed().as_secs_f64();
    println!("{} texts, {size:.1} MB: read {read:.2} s, find {find:.2} s, {count} findings", texts.len());
}

fn report(what: &str, size: usize, read: f64, document: &Document) {
    let start = Instant::now();
    let found = findings(document, &Outline::of(document));
    let find = start.elapsed().as_secs_f64();
    let count = counted(&found);
    let each = (read + find) / size as f64;
    println!("{what:<28} {size:>6} {read:>9.2} {find:>9.2} {count:>9} {each:>9.3}");
}

fn counted(found: &Findings) -> usize {
    found.assignments.len()
        + found.targets.len()
        + found.duties.len()
        + found.commitments.len()
        + found.citations.len()
        + found.references.len()
}

/// The texts of the cases, joined.
fn sources() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<_> = std::fs::read_dir(folder).expect("the cases").flatten().map(|e| e.path()).collect();
    cases.sort();
    // Some cases are pages.
    let texts = cases.iter().map(|c| c.join("source.txt")).filter(|source| source.exists());
    let texts: Vec<String> = texts.map(|s| std::fs::read_to_string(s).expect("a source in UTF-8")).collect();
    texts.join("\n\n")
}

/// `text` again and again, up to `size` bytes.
fn filled(text: &str, size: usize, between: &str) -> String {
    let mut all = String::with_capacity(size + text.len());
    while all.len() < size {
        all += text;
        all += between;
    }
    let end = (0..=size).rev().find(|i| all.is_char_boundary(*i)).unwrap_or(0);
    all.truncate(end);
    all
}
