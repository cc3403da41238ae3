//! 生成: the whole site, every page on every core, into a staging folder that takes the old site's place at the end.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::content::Config;
use crate::corpus::Corpus;
use crate::diagnostics::{Attempt, Diagnostic};
use crate::fulltext;
use crate::progress::{Progress, Stage};
use crate::registry::Registry;

use super::data;
use super::output::Staging;
use super::pages::{self, NOT_FOUND};
use super::templates::Templates;
use super::whole::Site;

/// The folders of a build.
#[derive(Clone, Copy, Debug)]
pub struct Places<'a> {
    /// The site's root: its `templates/` and `themes/` are used, and the output may not contain it.
    pub root: &'a Path,
    /// The documents; the output may neither contain them nor lie among them.
    pub content: &'a Path,
    /// The folder to build into.
    pub output: &'a Path,
    /// `--theme`: a folder of `themes/`; the built-in theme without.
    pub theme: Option<&'a str>,
    /// The sources that can be downloaded.
    pub kept: &'a Kept,
    /// Where what is done is counted.
    pub progress: &'a Progress,
}

/// 原件: the files that documents were imported from, by the ids of the documents.
pub type Kept = BTreeMap<String, PathBuf>;

/// What a build made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// HTML pages.
    pub pages: usize,
    /// Documents.
    pub documents: usize,
    /// Obligations.
    pub obligations: usize,
    /// Organs.
    pub organs: usize,
    /// Instruments, held and cited.
    pub instruments: usize,
    /// Files of every sort.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

/// Builds the site of `corpus` into `places.output`.
///
/// # Errors
/// Where the output folder may not be replaced or cannot be written, or a template fails; the old site then stands as
/// it was.
pub fn build(corpus: &Corpus, registry: &Registry, config: &Config, places: Places<'_>) -> Result<Summary, Diagnostic> {
    let templates = Templates::load(places.root, places.theme, config)?;
    let staging = Staging::open(places.root, places.content, places.output)?;
    let progress = places.progress;
    let site = progress.time(Stage::Join, || Site::new(corpus, registry, config, &templates, places.kept));
    let jobs = pages::all(&site);
    let data = data::all(&site, data::TOGETHER);
    progress.expect(Stage::Render, jobs.len() + data.len());
    progress.expect(Stage::Index, corpus.documents.len());

    // The indexer has threads of its own, on which it waits; meanwhile the others do what they can.
    std::thread::scope(|scope| {
        let index = scope.spawn(|| {
            progress.time(Stage::Index, || staging.fill(fulltext::FOLDER, |folder, work| index(corpus, folder, work)))
        });
        // The data files take longest each, so they start first.
        let (data, pages) = rayon::join(
            || {
                data.par_iter().with_max_len(1).try_for_each(|write| {
                    progress.time(Stage::Render, || write(&staging))?;
                    progress.add(Stage::Render, 1, 0);
                    Ok(())
                })
            },
            || {
                jobs.par_iter().try_for_each(|job| {
                    let html = progress.time(Stage::Render, &job.render)?;
                    progress.add(Stage::Render, 1, 0);
                    progress.time(Stage::Write, || staging.write(&super::address::file(&job.address), &html))
                })
            },
        );
        let index = index.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        data.and(pages).and(index)
    })?;

    staging.write(NOT_FOUND, &pages::not_found(&site)?)?;
    staging.write("feed.xml", &pages::feed(&site)?)?;
    staging.write("robots.txt", pages::robots(&site).as_bytes())?;
    let addresses: Vec<String> = jobs.iter().map(|j| j.address.clone()).collect();
    for (file, text) in pages::sitemaps(&site, &addresses) {
        staging.write(&file, text.as_bytes())?;
    }
    for (file, bytes) in templates.assets.files() {
        staging.write(file, bytes)?;
    }
    for (policy, path) in corpus.documents.iter().filter_map(|p| Some((p, places.kept.get(&p.facts.id)?))) {
        let mut source = File::open(path).map_err(|e| Diagnostic::io(Attempt::Read, path, &e))?;
        staging.stream(&super::address::file(&site.source(&policy.facts.id, path)), |to| {
            std::io::copy(&mut source, to).map(|_| ()).map_err(|e| Diagnostic::io(Attempt::Write, path, &e))
        })?;
    }
    let (files, bytes) = staging.written();
    progress.add(Stage::Write, files, bytes);
    progress.time(Stage::Publish, || staging.publish())?;
    progress.add(Stage::Publish, files, bytes);
    Ok(Summary {
        pages: jobs.len() + 1,
        documents: corpus.documents.len(),
        obligations: corpus.obligations.len(),
        organs: corpus.organs.len(),
        instruments: corpus.instruments.len(),
        files,
        bytes,
    })
}

/// Writes the search index; how many files and bytes it has.
fn index(corpus: &Corpus, folder: &Path, work: &Path) -> Result<(usize, u64), Diagnostic> {
    let report = fulltext::write(corpus, folder, work).map_err(|e| match e {
        search::Error::Io(e) => Diagnostic::io(Attempt::Write, folder, &e),
        e => Diagnostic::error("site", e.to_string()),
    })?;
    Ok((report.files, report.bytes.iter().map(|(_, bytes)| bytes).sum()))
}
