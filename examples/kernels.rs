//! The four things that most of the time goes to, each alone, on the five seeds of `tests/`: what `cargo xtask
//! instructions` counts the instructions of.
//!
//! `kernels unwrap`, `kernels extract`, `kernels analyse FOLDER`, `kernels query FOLDER`; the last two write and read an
//! index in the folder.

use std::path::Path;

use gongwen::extract::findings;
use gongwen::{Document, Outline, read};
use search::{Builder, Index, Options, Schema};

/// How often a text is read or searched: enough that starting the program does not count.
const TIMES: usize = 20;

const QUERIES: [&str; 8] = [
    "养老服务",
    "市民政局",
    "医养结合 签约",
    "县级以上人民政府应当加强对",
    "2018年",
    "长期护理保险",
    "代表建议",
    "牵头",
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = || Path::new(arguments.get(1).expect("a folder"));
    let counted: usize = match arguments.first().map(String::as_str) {
        Some("unwrap") => (0..TIMES).map(|_| documents().iter().map(|d| d.blocks.len()).sum::<usize>()).sum(),
        Some("extract") => {
            let documents = documents();
            let found = |d: &Document| findings(d, &Outline::of(d)).assignments.len();
            (0..TIMES).map(|_| documents.iter().map(found).sum::<usize>()).sum()
        }
        Some("analyse") => analyse(folder()),
        Some("query") => {
            let index = Index::open(folder()).expect("an index");
            let ask = |query: &&str| index.search(query, &Options::default()).expect("an answer").results.len();
            (0..TIMES).map(|_| QUERIES.iter().map(ask).sum::<usize>()).sum()
        }
        _ => panic!("unwrap, extract, analyse FOLDER or query FOLDER"),
    };
    println!("{counted}");
}

/// The seeds, as they were printed.
fn texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/seeds");
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("the seeds").flatten().map(|e| e.path()).collect();
    files.sort();
    files.iter().map(|f| std::fs::read_to_string(f).expect("a text")).collect()
}

fn documents() -> Vec<Document> {
    texts().iter().map(|text| read::text(text).document).collect()
}

fn analyse(folder: &Path) -> usize {
    let mut builder = Builder::new(Schema::default(), &[]).expect("a builder");
    for (number, text) in texts().into_iter().enumerate() {
        let document =
            search::Document { id: number.to_string(), title: "公文".to_owned(), text, ..Default::default() };
        builder.add(document).expect("a document");
    }
    builder.finish(folder).expect("an index").documents as usize
}
