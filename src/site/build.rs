//! 生成: the whole site, every page on every core, into a staging folder that takes the old site's place at the end.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::cache::Cache;
use crate::content::Config;
use crate::corpus::Corpus;
use crate::diagnostics::{Attempt, Diagnostic};
use crate::fulltext;
use crate::progress::{Progress, Stage};
use crate::registry::Registry;

use super::data;
use super::formats;
use super::inputs::{self, Made};
use super::output::Staging;
use super::pages::{self, NOT_FOUND};
use super::reuse::{Known, Reuse, known_or};
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
    /// Whether to write the search index with the pages.
    pub searched: Searched,
    /// Whether to write compressed forms beside text files.
    pub precompress: bool,
    /// What the documents were read from; without it every page is made anew.
    pub made: Option<Made<'a>>,
    /// Whether the site must outlive a loss of power.
    pub durable: bool,
}

/// When the search index of a site is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Searched {
    /// With its pages.
    #[default]
    Now,
    /// Later, by [`index_anew`]; until then the index of the old site stands, where there is one.
    Later,
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
    let reuse = places.made.map(|made| Reuse::of(made.cache, places.output));
    let inputs = places.made.map(|made| progress.time(Stage::Join, || inputs::of(&site, made))).unwrap_or_default();
    let kept = reuse.as_ref().map(|reuse| Known { reuse, inputs: &inputs });
    // What is made from the documents and the settings alone stands, where these are the same, however the site looks.
    let content = places.made.map(|made| inputs::content(&site, made));
    let stands = |folder: &str| match (&reuse, &content) {
        (Some(reuse), Some(content)) => reuse.take_folder(&staging, folder, content),
        _ => false,
    };
    let (told, indexed) = (stands(data::FOLDER), stands(fulltext::FOLDER));
    let mut data = if told { data::beside(&site, kept) } else { data::all(&site, data::TOGETHER, kept) };
    data.push(Box::new(|staging| formats::write(&site, staging, kept)));
    progress.foresee(Stage::Render, jobs.len() + data.len());
    let searched = if staging.has(fulltext::FOLDER) { places.searched } else { Searched::Now };
    match searched {
        _ if indexed => {}
        Searched::Now => progress.foresee(Stage::Index, corpus.documents.len()),
        Searched::Later => staging.carry(fulltext::FOLDER)?,
    }
    let cache = places.made.map(|made| made.cache);
    let index_now = searched == Searched::Now && !indexed;

    // The indexer has threads of its own, on which it waits; meanwhile the others do what they can.
    std::thread::scope(|scope| {
        let index = index_now.then(|| {
            scope.spawn(|| {
                progress.time(Stage::Index, || {
                    staging.fill(fulltext::FOLDER, |folder, work| index(corpus, folder, work, cache))
                })
            })
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
                    let made = known_or(kept, &staging, &job.address, |file| {
                        let html = progress.time(Stage::Render, &job.render)?;
                        progress.time(Stage::Write, || staging.write(file, &html))
                    });
                    progress.add(Stage::Render, 1, 0);
                    made
                })
            },
        );
        let index = index.map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        pages.and(data).and(index.unwrap_or(Ok(())))
    })?;

    staging.write(NOT_FOUND, &pages::not_found(&site)?)?;
    pages::feeds(&site, &staging)?;
    staging.write("llms.txt", pages::llms(&site).as_bytes())?;
    staging.write("robots.txt", pages::robots(&site).as_bytes())?;
    if let Some(described) = pages::opensearch(&site) {
        staging.write(pages::OPENSEARCH, described.as_bytes())?;
    }
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
    if let (Some(reuse), Some(content)) = (&reuse, &content) {
        if !told {
            reuse.made_folder(&staging, data::FOLDER, content);
        }
        if index_now {
            reuse.made_folder(&staging, fulltext::FOLDER, content);
        }
    }
    if places.precompress {
        staging.fill("", |folder, _| {
            super::precompress::precompress(folder).map_err(|e| Diagnostic::io(Attempt::Write, folder, &e))
        })?;
    }
    let (files, bytes) = staging.written();
    progress.add(Stage::Write, files, bytes);
    progress.time(Stage::Publish, || staging.publish(places.durable))?;
    if let Some(reuse) = &reuse {
        reuse.keep();
    }
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
fn index(corpus: &Corpus, folder: &Path, work: &Path, cache: Option<&Cache>) -> Result<(usize, u64), Diagnostic> {
    let report = fulltext::write(corpus, folder, work, cache).map_err(|e| match e {
        search::Error::Io(e) => Diagnostic::io(Attempt::Write, folder, &e),
        e => Diagnostic::error("site", e.to_string()),
    })?;
    Ok((report.files, report.bytes.iter().map(|(_, bytes)| bytes).sum()))
}

/// Writes the search index of the site in `output`, whose pages stand already, in the place of the one there. `still` says
/// whether it is still wanted when it is ready, and holds whatever else would replace the site as long as what it gave
/// lives.
///
/// Chunks have names that say what they hold, so that those of both indices can lie side by side: whoever reads the old
/// index finds its chunks until the next build.
///
/// # Errors
/// Where the index cannot be written; the old one then stands as it was.
pub fn index_anew<G>(
    corpus: &Corpus,
    output: &Path,
    cache: Option<&Cache>,
    still: impl FnOnce() -> Option<G>,
) -> Result<(), Diagnostic> {
    let beside = output.parent().unwrap_or(Path::new("."));
    let failed = |e: &std::io::Error| Diagnostic::io(Attempt::Write, beside, e);
    let work = tempfile::Builder::new().prefix(".index-").tempdir_in(beside).map_err(|e| failed(&e))?;
    let new = work.path().join("new");
    index(corpus, &new, work.path(), cache)?;
    let Some(_held) = still() else { return Ok(()) };
    put(&new, &output.join(fulltext::FOLDER)).map_err(|e| failed(&e))
}

/// Moves the files of an index into the folder of another; what names the others comes last.
fn put(new: &Path, old: &Path) -> std::io::Result<()> {
    let move_all = |from: &Path, to: &Path| -> std::io::Result<()> {
        for entry in std::fs::read_dir(from)? {
            let entry = entry?;
            if entry.file_type()?.is_file() && entry.file_name() != fulltext::POINTER {
                std::fs::rename(entry.path(), to.join(entry.file_name()))?;
            }
        }
        Ok(())
    };
    move_all(&new.join("chunks"), &old.join("chunks"))?;
    move_all(new, old)?;
    std::fs::rename(new.join(fulltext::POINTER), old.join(fulltext::POINTER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    const FIRST: (&str, &str) = ("甲.md", "# 关于养老服务的通知\n\n新建养老机构。（市民政局牵头）\n");
    const SECOND: (&str, &str) = ("乙.md", "# 关于海绵城市的通知\n\n建设海绵城市。\n");

    fn build_in(root: &Path, project: &Project, searched: Searched) -> Result<Summary, Diagnostic> {
        let (content, output) = (root.join("content"), root.join("public"));
        std::fs::create_dir_all(&content).expect("a folder");
        let places = Places {
            root,
            content: &content,
            output: &output,
            theme: None,
            kept: &Kept::new(),
            progress: &Progress::default(),
            searched,
            precompress: false,
            made: None,
            durable: false,
        };
        build(&project.corpus, &project.registry, &project.config, places)
    }

    /// A site that is shown before its index is written keeps the old one, and then has the same as one built at once.
    #[test]
    fn an_index_that_is_written_later() -> Result<(), Diagnostic> {
        let [root, clean] = [tempfile::tempdir(), tempfile::tempdir()].map(|f| f.expect("a folder"));
        let output = root.path().join("public");
        let pointer = |root: &Path| std::fs::read_to_string(root.join("public/search/index.json")).expect("an index");
        let found = |query: &str| {
            let question = fulltext::Question { query: query.to_owned(), ..Default::default() };
            let index = fulltext::open(&output).expect("it opens").expect("an index");
            question.ask(&index).expect("an answer").total
        };
        build_in(root.path(), &Project::of([FIRST]), Searched::Later)?;
        let old = pointer(root.path());
        assert_eq!((found("养老"), found("海绵城市")), (1, 0), "the first site has its index at once");

        let both = Project::of([FIRST, SECOND]);
        build_in(root.path(), &both, Searched::Later)?;
        assert!(output.join("documents/乙.html").is_file() && output.join("search/index.html").is_file());
        assert_eq!((pointer(root.path()), found("养老"), found("海绵城市")), (old.clone(), 1, 0));

        // One that is no longer wanted changes nothing.
        index_anew(&both.corpus, &output, None, || None::<()>)?;
        assert_eq!(pointer(root.path()), old);

        index_anew(&both.corpus, &output, None, || Some(()))?;
        build_in(clean.path(), &both, Searched::Now)?;
        assert_eq!(pointer(root.path()), pointer(clean.path()));
        assert_eq!((found("养老"), found("海绵城市")), (1, 1));
        let left: Vec<_> = std::fs::read_dir(root.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{left:?}");
        Ok(())
    }
}
