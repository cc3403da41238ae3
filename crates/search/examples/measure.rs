//! Measures the engine on a folder of text files, the first line of each its title:
//!
//! - `measure build TEXTS INDEX`: what building costs;
//! - `measure query INDEX QUERY…`: what queries answer, and how fast;
//! - `measure recall TEXTS INDEX COUNT`: whether sampled phrases find what a scan of all texts finds;
//! - `measure known TEXTS INDEX`: whether the titles of documents, and parts of them, find their documents first;
//! - `measure fetch INDEX QUERY…`: what a browser fetches.

use std::{
    collections::BTreeSet,
    error::Error,
    path::{Path, PathBuf},
    time::Instant,
};

use search::{Builder, Document, Index, Options, Passage, Schema, normalize};

fn texts(folder: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.sort();
    let read = |path: &PathBuf| {
        Ok((path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), std::fs::read_to_string(path)?))
    };
    paths.iter().map(read).collect()
}

/// The clause number that a paragraph begins with.
fn clause(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let end = line.find([' ', '　', '\n'])?;
    (line.starts_with('第') && end < 36).then(|| &line[..end])
}

fn document(id: &str, text: &str) -> Document {
    let (title, text) = text.split_once('\n').unwrap_or((text, ""));
    let (mut passages, mut start) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        if let Some(path) = clause(line) {
            passages.push(Passage { start, path: path.into(), anchor: path.into(), ..Passage::default() });
        }
        start += line.len();
    }
    let (url, title, text) = (format!("/{id}/"), title.into(), text.into());
    Document { id: id.into(), url, title, text, passages, ..Document::default() }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["build", from, to] => {
            let documents: Vec<Document> = texts(from.as_ref())?.iter().map(|(id, text)| document(id, text)).collect();
            let start = Instant::now();
            let mut builder = Builder::new(Schema::default(), &[])?;
            for document in documents {
                builder.add(document)?;
            }
            let added = start.elapsed();
            let report = builder.finish(to.as_ref())?;
            println!("{added:?} + {:?}: {report:?}", start.elapsed() - added);
        }
        ["query", folder, queries @ ..] => {
            let start = Instant::now();
            let index = Index::open(folder.as_ref())?;
            println!("open {:?}", start.elapsed());
            for query in queries {
                let start = Instant::now();
                let response = index.search(query, &Options::default())?;
                let (cold, start) = (start.elapsed(), Instant::now());
                index.search(query, &Options::default())?;
                println!(
                    "\n{query}: {} cold {cold:?} warm {:?} {:?} {:?}",
                    response.total,
                    start.elapsed(),
                    response.notices,
                    response.suggestions
                );
                for hit in response.results.iter().take(4) {
                    println!("  {:.2} {:?} {} {} hits", hit.score, hit.matched, hit.title, hit.hits);
                    for passage in hit.passages.iter().take(2) {
                        println!("      {} {}", passage.path, passage.excerpt);
                    }
                }
            }
        }
        ["recall", from, folder, count] => recall(&texts(from.as_ref())?, folder.as_ref(), count.parse()?)?,
        ["known", from, folder] => known(&texts(from.as_ref())?, folder.as_ref())?,
        ["fetch", folder, queries @ ..] => fetch(folder.as_ref(), queries)?,
        _ => return Err("build | query | recall | known | fetch".into()),
    }
    Ok(())
}

fn recall(texts: &[(String, String)], folder: &Path, count: usize) -> Result<(), Box<dyn Error>> {
    let index = Index::open(folder)?;
    let normalized: Vec<(String, Vec<char>, String)> = texts
        .iter()
        .map(|(id, text)| {
            let text = normalize(text);
            (id.clone(), text.chars().collect(), text)
        })
        .collect();
    let mut seed = 1u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % below.max(1)
    };
    let all = Options { limit: 0, passages: 0, ..Options::default() };
    let (mut wrong, mut took) = (0, Vec::new());
    for _ in 0..count {
        let (_, chars, _) = &normalized[random(normalized.len())];
        let length = 2 + random(11);
        let start = random(chars.len().saturating_sub(length));
        let phrase: String = chars[start..chars.len().min(start + length)].iter().collect();
        if phrase.contains('"') {
            continue;
        }
        let began = Instant::now();
        let found = index.search(&format!("\"{phrase}\""), &all)?;
        took.push((began.elapsed(), phrase.clone()));
        let found: BTreeSet<&str> = found.results.iter().map(|hit| hit.id.as_str()).collect();
        let real: BTreeSet<&str> =
            normalized.iter().filter(|(_, _, text)| text.contains(phrase.trim())).map(|(id, ..)| id.as_str()).collect();
        if found != real {
            wrong += 1;
            println!(
                "{phrase:?}: {} of {}, {} spurious",
                found.intersection(&real).count(),
                real.len(),
                found.difference(&real).count()
            );
        }
    }
    took.sort();
    println!(
        "{} phrases, {wrong} wrong; median {:?}, slowest {:?}",
        took.len(),
        took[took.len() / 2],
        &took[took.len() - 3..]
    );
    Ok(())
}

fn fetch(folder: &Path, queries: &[&str]) -> Result<(), Box<dyn Error>> {
    let pointer: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("index.json"))?)?;
    let bundle = std::fs::read(folder.join(pointer["hot"].as_str().unwrap_or_default()))?;
    let mut sizes = Vec::new();
    for query in queries {
        // Every query from a cold cache.
        let index = Index::open_bundle(bundle.clone())?;
        let (mut rounds, mut files, mut bytes) = (0, 0, 0);
        let total = loop {
            match index.search(query, &Options { facets: true, ..Options::default() }) {
                Ok(response) => break response.total,
                Err(search::Error::Missing(names)) => {
                    rounds += 1;
                    for name in names {
                        let chunk = std::fs::read(folder.join("chunks").join(&name))?;
                        files += 1;
                        bytes += chunk.len();
                        index.supply(&name, chunk);
                    }
                }
                Err(error) => return Err(error.into()),
            }
        };
        println!("{query}: {total} documents, {rounds} rounds, {files} files, {} KB", bytes / 1000);
        sizes.push(bytes);
    }
    sizes.sort_unstable();
    println!("bundle {} KB, median {} KB", bundle.len() / 1000, sizes[sizes.len() / 2] / 1000);
    Ok(())
}

fn known(texts: &[(String, String)], folder: &Path) -> Result<(), Box<dyn Error>> {
    let index = Index::open(folder)?;
    let titles: Vec<&str> = texts.iter().map(|(_, text)| text.lines().next().unwrap_or_default()).collect();
    let mut right = [0usize; 3];
    let mut tried = 0;
    for title in titles.iter().step_by(7) {
        let chars: Vec<char> = title.chars().collect();
        let half = chars.len() / 2;
        let parts = |range: std::ops::Range<usize>| chars[range].iter().collect::<String>();
        tried += 1;
        for (kind, query) in [
            (*title).to_owned(),
            parts(half / 2..chars.len()),
            format!("{} {}", parts(0..half), parts(half..chars.len())),
        ]
        .into_iter()
        .enumerate()
        {
            let response = index.search(&query, &Options { passages: 0, ..Options::default() })?;
            let first = response.results.first().map(|hit| normalize(&hit.title)).unwrap_or_default();
            let wanted = normalize(&query).replace(' ', "");
            if first == normalize(title) || kind == 1 && first.contains(&wanted) {
                right[kind] += 1;
            } else if tried % 10 == 0 {
                println!("{query}: {first}");
            }
        }
    }
    println!("of {tried}: {} by title, {} by part of it, {} by its halves", right[0], right[1], right[2]);
    Ok(())
}
