//! The figures of a site's search: `search_figures ROOT OUTPUT QUERIES`, where OUTPUT is what `build` wrote of the site
//! in ROOT, and QUERIES is a table of `检索词 → what is meant`. `cargo xtask bench` prints them.

use std::collections::BTreeSet;
use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use search::{Index, Options, normalize};
use zhengku::{Project, Question, SEARCH_FOLDER as FOLDER, phrases, text_of as text};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// How many phrases are tried against a scan of all texts.
const PHRASES: usize = 500;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [root, output, queries] = arguments.as_slice() else { return Err("ROOT OUTPUT QUERIES".into()) };
    let (root, output) = (Path::new(root), Path::new(output));
    let table = std::fs::read_to_string(queries)?;
    let rows: Vec<(&str, &str)> = table.lines().filter_map(|l| l.split_once(" → ")).collect();
    sizes(&output.join(FOLDER))?;
    let index = Index::open(&output.join(FOLDER))?;
    known(&index, &rows)?;
    fetched(output, &rows)?;
    let project = Project::open(root).map_err(|d| format!("{d:?}"))?;
    recall(&project, &index)
}

/// What the files of the index take.
fn sizes(folder: &Path) -> Outcome {
    let mut total = 0;
    for entry in std::fs::read_dir(folder.join("chunks"))?.chain(std::fs::read_dir(folder)?) {
        let entry = entry?.metadata()?;
        total += if entry.is_file() { entry.len() } else { 0 };
    }
    let text = Index::open(folder)?.stored();
    println!("index          {:.2} MB, {:.2} MB without the stored text", mega(total), mega(total - text));
    Ok(())
}

fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// How many of the queries have what is meant first: a document by its id or title, and a clause where one is meant.
fn known(index: &Index, rows: &[(&str, &str)]) -> Outcome {
    let (mut first, mut took) = (0, Vec::new());
    for (query, meant) in rows {
        let question = Question { query: (*query).to_owned(), ..Question::default() };
        question.ask(index)?;
        let start = Instant::now();
        let answer = question.ask(index)?;
        took.push(start.elapsed());
        let right = answer.results.first().is_some_and(|hit| {
            let clause = hit.passages.first().map_or("", |p| p.path.as_str());
            *meant == hit.title || *meant == hit.id || *meant == format!("{} {clause}", hit.id)
        });
        first += usize::from(right);
    }
    println!("known items    {first} of {} first", rows.len());
    println!("query          {:.2} ms (median, once its files are there)", median(&mut took).as_secs_f64() * 1e3);
    Ok(())
}

/// What a browser transfers: for the first search of a reader, and for a later one.
fn fetched(output: &Path, rows: &[(&str, &str)]) -> Outcome {
    let folder = output.join(FOLDER);
    let pointer: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("index.json"))?)?;
    let bundle = std::fs::read(folder.join(pointer["hot"].as_str().ok_or("no bundle")?))?;
    let mut opening = packed(&bundle)?;
    for folder in ["engine.", "search."] {
        for file in assets(output, folder)? {
            opening += packed(&std::fs::read(file)?)?;
        }
    }
    let mut each = Vec::new();
    for (query, _) in rows {
        let index = Index::open_bundle(bundle.clone())?;
        let mut bytes = 0;
        let options = Options { facets: true, ..Options::default() };
        while let Err(search::Error::Missing(names)) = index.search(query, &options) {
            for name in names {
                let chunk = std::fs::read(folder.join("chunks").join(&name))?;
                bytes += packed(&chunk)?;
                index.supply(&name, chunk);
            }
        }
        each.push(bytes);
    }
    let later = median(&mut each);
    println!(
        "first search   {:.2} MB with brotli, {:.2} MB of it before the query",
        mega(opening + later),
        mega(opening)
    );
    println!(
        "later query    {:.0} KB with brotli (median, nothing cached but what opening fetched)",
        later as f64 / 1e3
    );
    Ok(())
}

/// The files of the theme's folder whose name begins so; what lies deeper is fetched by pages of its own.
fn assets(output: &Path, start: &str) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(output.join("assets"))? {
        let path = entry?.path();
        if path.is_dir() && path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(start)) {
            let all = std::fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
            files.extend(all.iter().map(std::fs::DirEntry::path).filter(|file| file.is_file()));
        }
    }
    Ok(files)
}

/// How long something is with brotli, as a web server sends it; what does not become shorter is sent as it is.
fn packed(bytes: &[u8]) -> Outcome<u64> {
    let mut out = Vec::new();
    brotli::CompressorWriter::new(&mut out, 1 << 16, 11, 22).write_all(bytes)?;
    Ok(out.len().min(bytes.len()) as u64)
}

/// Whether phrases find exactly what a scan of all texts finds.
fn recall(project: &Project, index: &Index) -> Outcome {
    let corpus = &project.corpus;
    let texts: Vec<String> = corpus.documents.iter().map(text).collect();
    let scanned: Vec<(&str, String)> =
        corpus.documents.iter().zip(&texts).map(|(p, t)| (p.facts.id.as_str(), normalize(t))).collect();
    let all = Options { limit: 0, passages: 0, ..Options::default() };
    let (mut tried, mut missed, mut spurious) = (0, 0, 0);
    let documents = texts.len().max(1);
    for n in 0..PHRASES {
        let of = n * 7919 % documents;
        let Some(phrase) = phrases(&texts[of], n as u64, 1).pop() else { continue };
        let wanted = normalize(&phrase);
        let real: BTreeSet<&str> =
            scanned.iter().filter(|(_, t)| t.contains(wanted.as_str())).map(|(id, _)| *id).collect();
        let answer = index.search(&format!("\"{phrase}\""), &all)?;
        let found: BTreeSet<&str> = answer.results.iter().map(|hit| hit.id.as_str()).collect();
        tried += 1;
        missed += real.difference(&found).count();
        spurious += found.difference(&real).count();
    }
    println!("recall         {tried} phrases: {missed} documents missed, {spurious} spurious");
    Ok(())
}

fn median<T: Ord + Copy + Default>(values: &mut [T]) -> T {
    values.sort();
    values.get(values.len() / 2).copied().unwrap_or_default()
}
