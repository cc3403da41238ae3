//! Documents of many places and styles: a folder a case.
//!
//! `source.txt`, or `source` with the extension of another format, is the file, `document.md` what it is read as, with
//! its metadata as front matter, and `findings.txt` what is found in it, in the words of the open data. To accept a
//! change, run with `SNAPSHOTS=overwrite` and read the difference by eye.

mod findings;

use std::path::{Path, PathBuf};

use gongwen::read::{self, Reading};
use gongwen::{Outline, markdown};
use snapbox::Assert;

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    cases.sort();
    assert!(cases.len() >= 20, "{} cases", cases.len());
    for case in cases {
        let reading = read::read(&source(&case)).expect("a document");
        let outline = Outline::of(&reading.document);
        let same = |got: String, file: &str| {
            let expected = snapbox::Data::read_from(&case.join(file), None);
            Assert::new().action_env("SNAPSHOTS").eq(got, expected.raw());
        };
        same(read_as(&reading, &outline), "document.md");
        same(findings::listed(&reading.document, &outline), "findings.txt");
    }
}

/// The bytes of the case's `source`, of whatever format.
fn source(case: &Path) -> Vec<u8> {
    let mut files = std::fs::read_dir(case).expect("a folder").map(|e| e.expect("an entry").path());
    let source = files.find(|f| f.file_stem().is_some_and(|s| s == "source")).expect("a source");
    std::fs::read(source).expect("a file")
}

fn read_as(reading: &Reading, outline: &Outline) -> String {
    let document = &reading.document;
    let mut front = toml::to_string(&document.meta).expect("metadata are TOML");
    front.push_str("\n# outline\n");
    for entry in &outline.entries {
        front.push_str(&format!("# {} {}\n", entry.path, entry.title.as_deref().unwrap_or("")));
    }
    for furniture in &reading.furniture {
        front.push_str(&format!("# left out: line {} {}\n", furniture.line, furniture.text));
    }
    for note in &reading.notes {
        front.push_str(&format!("# note: {} {}\n", note.place, note.message));
    }
    for enclosure in &reading.enclosures {
        front.push_str(&format!("# {:?}: {} {}\n", enclosure.kind, enclosure.name, enclosure.target));
    }
    for remark in &reading.remarks {
        front.push_str(&format!("# remark: {}\n", remark.reason));
    }
    markdown::file(&front, &markdown::write(&document.blocks))
}
