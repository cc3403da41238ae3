//! Search against Ctrl+F: a phrase finds exactly the documents that a scan of the texts finds.

use std::{collections::BTreeSet, path::Path, process::Command};

use search::{Options, normalize};
use tempfile::TempDir;

use crate::support::{Outcome, build, document, fixtures, texts};

/// Places in texts that are always the same.
struct Places(u64);

impl Places {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// Samples phrases of 2–12 printed characters and compares what the index finds with what a scan finds.
fn compare(texts: &[(String, String)], count: usize) -> Outcome {
    let site = build(texts.iter().map(|(id, text)| document(id, text)))?;
    let normalized: Vec<(&str, String)> = texts.iter().map(|(id, text)| (id.as_str(), normalize(text))).collect();
    let printed: Vec<Vec<char>> = texts.iter().map(|(_, text)| text.chars().collect()).collect();
    let mut places = Places(7);
    let all = Options { limit: 0, ..Options::default() };
    let mut tried = 0;
    while tried < count {
        let text = &printed[places.below(printed.len())];
        let length = 2 + places.below(11);
        let start = places.below(text.len().saturating_sub(length));
        let print: String = text[start..text.len().min(start + length)].iter().collect();
        let phrase = normalize(&print);
        if phrase.is_empty() || phrase.contains('"') {
            continue;
        }
        tried += 1;
        let response = site.index.search(&format!("\"{print}\""), &all)?;
        let found: BTreeSet<&str> = response.results.iter().map(|hit| hit.id.as_str()).collect();
        let real: BTreeSet<&str> =
            normalized.iter().filter(|(_, text)| text.contains(&phrase)).map(|(id, _)| *id).collect();
        assert_eq!(found, real, "{print:?}");
        assert_eq!(response.total, real.len(), "{print:?}");
        let numbers = site.index.documents_with(&print)?;
        assert_eq!(
            numbers.iter().map(|number| normalized[*number as usize].0).collect::<BTreeSet<_>>(),
            real,
            "{print:?}"
        );
    }
    Ok(())
}

#[test]
fn every_phrase_of_the_fixtures_is_found() -> Outcome {
    compare(&fixtures()?, 400)
}

/// Long documents take several blocks, and phrases cross their bounds.
#[test]
fn every_phrase_of_a_long_document_is_found() -> Outcome {
    let fixtures = fixtures()?;
    let mut long = String::from("长文\n");
    for number in 0..120 {
        long.push_str(&format!("第{number}段 {}\n", fixtures[number % fixtures.len()].1));
    }
    let without_lines = long.replace(['\n', ' '], "");
    compare(&[("long".into(), long), ("one-line".into(), without_lines), fixtures[0].clone()], 150)
}

/// ../shared/seeds, next to the repository; not everyone has them.
#[test]
fn every_phrase_of_the_seeds_is_found() -> Outcome {
    match texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds"))? {
        Some(texts) => compare(&texts, 200),
        None => {
            eprintln!("skipped: ../shared/seeds is not here");
            Ok(())
        }
    }
}

/// Some of ../shared/corpus/laws.tar.xz, next to the repository; not everyone has it.
#[test]
fn every_phrase_of_laws_is_found() -> Outcome {
    let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/laws.tar.xz");
    if !archive.is_file() {
        eprintln!("skipped: ../shared/corpus/laws.tar.xz is not here");
        return Ok(());
    }
    let folder = TempDir::new()?;
    let unpacked = Command::new("tar").arg("-xJf").arg(&archive).arg("-C").arg(folder.path()).status();
    if !unpacked.is_ok_and(|status| status.success()) {
        eprintln!("skipped: tar cannot unpack ../shared/corpus/laws.tar.xz");
        return Ok(());
    }
    let texts = texts(&folder.path().join("laws"))?.ok_or("the archive holds no folder `laws`")?;
    let some: Vec<(String, String)> = texts.into_iter().step_by(25).collect();
    compare(&some, 120)
}
