//! Builds an index of the text files of a folder and says what it cost: `measure TEXTS INDEX`.
use std::{path::PathBuf, time::Instant};

use search::{Builder, Document, Passage, Schema};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (texts, folder) = (arguments.next().ok_or("TEXTS")?, arguments.next().ok_or("INDEX")?);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(texts)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.sort();
    let documents = paths
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path)?;
            let (title, text) = text.split_once('\n').unwrap_or((&text, ""));
            let mut passages = Vec::new();
            let mut start = 0;
            for line in text.split_inclusive('\n') {
                if !line.trim().is_empty() {
                    let path = passages.len().to_string();
                    passages.push(Passage { start, path: path.clone(), anchor: path, ..Passage::default() });
                }
                start += line.len();
            }
            let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            Ok(Document { id: id.clone(), url: format!("/{id}/"), title: title.into(), text: text.into(), passages, ..Document::default() })
        })
        .collect::<Result<Vec<_>, std::io::Error>>()?;
    let start = Instant::now();
    let mut builder = Builder::new(Schema::default(), &[])?;
    for document in documents {
        builder.add(document)?;
    }
    eprintln!("added {:?}", start.elapsed());
    let report = builder.finish(&folder)?;
    eprintln!("built {:?} {report:?}", start.elapsed());
    Ok(())
}
