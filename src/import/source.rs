//! 来源: the files to import.

use std::path::PathBuf;

use walkdir::WalkDir;

use crate::diagnostics::{Attempt, Diagnostic, Diagnostics};

/// Every file of `paths`, sorted in each folder. What cannot be looked into is reported.
pub(super) fn walk(paths: &[PathBuf], problems: &mut Diagnostics) -> Vec<PathBuf> {
    let mut sources = Vec::new();
    for path in paths {
        for entry in WalkDir::new(path).sort_by_file_name() {
            match entry {
                Ok(entry) => {
                    let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
                    if entry.file_type().is_file() && (entry.depth() == 0 || !hidden) {
                        sources.push(entry.into_path());
                    }
                }
                Err(e) => {
                    let at = e.path().unwrap_or(path).to_owned();
                    let error = e.into_io_error().unwrap_or_else(|| std::io::Error::other("循环的链接"));
                    problems.push(Diagnostic::io(Attempt::Read, &at, &error));
                }
            }
        }
    }
    sources
}
