//! 导入: files as an office holds them become content files.
//!
//! [`run`] is the one way in; it prints nothing and gives a [`Report`]. Inside:
//!
//! - `source` finds the files, `archive` opens what holds others
//! - `draft` reads one, `paged` with the pages that follow it, and `enclosed` what it links to
//! - `twins` and `naming` decide whether and under which name it is written, `write` writes it
//! - `report` holds what there is to say
//!
//! A text that has been read waits in a `spool` on the disk, so that the memory needed is that of the largest files that
//! are read at once, and not of all.

mod archive;
mod draft;
mod enclosed;
mod naming;
mod paged;
mod report;
mod source;
mod spool;
mod twins;
mod write;

use std::path::PathBuf;

use rayon::prelude::*;

use crate::content::Config;
use crate::diagnostics::{Diagnostic, Diagnostics};

use draft::Draft;
pub use report::{Outcome, Refused, Report};
use source::Sources;
use spool::Spool;

/// What is to be imported, and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// The site.
    pub root: PathBuf,
    /// The folder below the site's content; its own where `None`.
    pub to: Option<PathBuf>,
    /// Files that people edited are written anew.
    pub force: bool,
    /// Of two files of one document both are written.
    pub twins: bool,
    /// The source is copied beside its content file.
    pub keep_source: bool,
}

/// Who watches an import go on. Both are called from many threads.
pub trait Watcher: Sync {
    /// So many files more are to be read.
    fn found(&self, _files: usize) {}
    /// A file has been read.
    fn read(&self) {}
}

/// Nobody.
impl Watcher for () {}

/// Imports.
///
/// # Errors
/// Where nothing can be imported at all: the settings of the site are wrong, or its folder cannot be written. What is
/// wrong with one file stands in the report.
pub fn run(options: &Options, watcher: &dyn Watcher) -> Result<Report, Diagnostics> {
    let (config, mut problems) = Config::read(&options.root);
    if problems.has_errors() {
        return Err(problems);
    }
    let folder = write::folder(options, &config)?;
    let spool = Spool::new()?;
    let mut sources = Sources::walk(&options.paths, &mut problems);
    let reader = draft::Reader { spool: &spool, keep_source: options.keep_source };
    let (mut drafts, mut refused) = (Vec::new(), Vec::new());
    // The attachments of a document that are not among the sources come after them.
    loop {
        let files = sources.take();
        if files.is_empty() {
            break;
        }
        watcher.found(files.len());
        let one = |file: &PathBuf| {
            let read = reader.file(file);
            watcher.read();
            read
        };
        let read: Vec<Vec<Result<Draft, Refused>>> = files.par_iter().map(one).collect();
        for result in read.into_iter().flatten() {
            match result {
                Ok(draft) => {
                    sources.add(&draft.enclosed.files);
                    drafts.push(draft);
                }
                Err(one) => refused.push(one),
            }
        }
    }
    paged::take_out(&mut drafts);
    naming::name(&mut drafts, &folder, options, &mut problems);
    let written: Vec<(Outcome, Option<Diagnostic>)> =
        drafts.par_iter().map(|d| write::write(d, &folder, options.force)).collect();
    let mut entries = Vec::with_capacity(drafts.len());
    for (draft, (outcome, problem)) in drafts.into_iter().zip(written) {
        problems.extend(problem);
        entries.push(draft.entry(outcome));
    }
    problems.extend(refused.iter().map(|r| r.problem.clone()));
    problems.sort();
    Ok(Report { entries, refused, passed_over: sources.passed_over, problems })
}
