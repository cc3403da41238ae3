//! 生成: the whole site, every page on every core, into a staging folder that takes the old site's place at the end.

use std::path::Path;

use rayon::prelude::*;

use crate::corpus::Corpus;

use super::config::SiteConfig;
use super::data;
use super::error::SiteError;
use super::index::Site;
use super::output::Staging;
use super::pages::{self, NOT_FOUND};
use super::templates::Templates;

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
}

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
pub fn build(corpus: &Corpus, config: &SiteConfig, places: Places<'_>) -> Result<Summary, SiteError> {
    let templates = Templates::load(places.root, places.theme, config)?;
    let staging = Staging::open(places.root, places.content, places.output)?;
    let site = Site::new(corpus, config, &templates);
    let jobs = pages::all(&site);
    let data = data::all(&site);

    // The data files take longest each, so they start first.
    let (data, pages) = rayon::join(
        || data.par_iter().with_max_len(1).try_for_each(|(file, write)| staging.write(file, &write()?)),
        || {
            jobs.par_iter().try_for_each(|job| {
                let html = (job.render)()?;
                staging.write(&super::address::file(&job.address), &html)
            })
        },
    );
    data.and(pages)?;

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
    let (files, bytes) = staging.written();
    staging.publish()?;
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
