//! 导入: files as an office holds them become content files.
//!
//! [`run`] is the one way in; it prints nothing and gives a [`Report`]. Inside, `source` finds the files, `draft` reads
//! one, `naming` and `twins` decide under which name and whether a document is written, `write` writes it, and `report`
//! holds what there is to say. A text that has been read waits in a `spool` on the disk, so that the memory needed is
//! that of the largest file and not of all.

mod draft;
mod naming;
mod report;
mod source;
mod spool;
mod write;

use std::path::PathBuf;

use rayon::prelude::*;

use crate::content::Config;
use crate::diagnostics::{Diagnostic, Diagnostics};

use draft::Draft;
pub use report::{Entry, Outcome, Report};
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
}

/// Imports.
///
/// # Errors
/// Where nothing can be imported at all: the settings of the site are wrong, or its folder cannot be written. What is
/// wrong with one file stands in the report.
pub fn run(options: &Options) -> Result<Report, Diagnostics> {
    let (config, mut problems) = Config::read(&options.root);
    if problems.has_errors() {
        return Err(problems);
    }
    let folder = write::folder(options, &config)?;
    let spool = Spool::new()?;
    let sources = source::walk(&options.paths, &mut problems);
    let read: Vec<Result<Draft, Diagnostic>> = sources.par_iter().map(|s| draft::read(s, &spool)).collect();
    let mut drafts = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok(draft) => drafts.push(draft),
            Err(problem) => problems.push(problem),
        }
    }
    naming::name(&mut drafts, &folder, options.force, &mut problems);
    let written: Vec<(Outcome, Option<Diagnostic>)> =
        drafts.par_iter().map(|d| write::write(d, &folder, options.force)).collect();
    let mut entries = Vec::with_capacity(drafts.len());
    for (draft, (outcome, problem)) in drafts.into_iter().zip(written) {
        problems.extend(problem);
        entries.push(draft.entry(outcome));
    }
    problems.sort();
    Ok(Report { entries, problems })
}
