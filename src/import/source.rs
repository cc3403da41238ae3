//! 来源: the files to import.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::diagnostics::{Attempt, Diagnostic, Diagnostics};

/// The files to import.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// Those that wait.
    waiting: Vec<PathBuf>,
    /// The real paths of all that came.
    known: HashSet<PathBuf>,
    /// Folders and files that belong to a page and are no documents.
    pub passed_over: Vec<PathBuf>,
}

impl Sources {
    /// Every file of `paths`, sorted in each folder. What cannot be looked into is reported.
    pub fn walk(paths: &[PathBuf], problems: &mut Diagnostics) -> Sources {
        let mut sources = Sources::default();
        for path in paths {
            let mut passed_over = Vec::new();
            let walk = WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(|entry| {
                let name = entry.file_name().to_string_lossy();
                let of_page = entry.depth() > 0 && (is_companion(entry) || is_part_of_page(&name));
                if of_page {
                    passed_over.push(entry.path().to_owned());
                }
                entry.depth() == 0 || !of_page && !is_litter(&name)
            });
            for entry in walk {
                match entry {
                    Ok(entry) if entry.file_type().is_file() => sources.add(&[entry.into_path()]),
                    Ok(_) => {}
                    Err(e) => {
                        let at = e.path().unwrap_or(path).to_owned();
                        let error = e.into_io_error().unwrap_or_else(|| std::io::Error::other("循环的链接"));
                        problems.push(Diagnostic::io(Attempt::Read, &at, &error));
                    }
                }
            }
            sources.passed_over.extend(passed_over);
        }
        sources
    }

    /// Adds files; those that came before are left out.
    pub fn add(&mut self, files: &[PathBuf]) {
        for file in files {
            if self.known.insert(file.canonicalize().unwrap_or_else(|_| file.clone())) {
                self.waiting.push(file.clone());
            }
        }
    }

    /// Those that wait now.
    pub fn take(&mut self) -> Vec<PathBuf> {
        std::mem::take(&mut self.waiting)
    }
}

/// What systems and office programs leave beside documents: hidden files, the lock of an open one, folder settings.
pub(super) fn is_litter(name: &str) -> bool {
    let left = ["thumbs.db", "desktop.ini", "__macosx"];
    name.starts_with('.') || name.starts_with("~$") || left.contains(&name.to_ascii_lowercase().as_str())
}

/// The folder of pictures and scripts that a browser saves beside a page.
fn is_companion(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let Some(stem) = ["_files", ".files", "_file"].iter().find_map(|end| name.strip_suffix(end)) else { return false };
    let page = |ending: &&str| entry.path().with_file_name(format!("{stem}.{ending}")).is_file();
    entry.file_type().is_dir() && ["html", "htm", "shtml", "mht", "mhtml"].iter().any(page)
}

/// A script or a style, by its ending: their bytes are text like any other.
pub(super) fn is_part_of_page(name: &str) -> bool {
    let ending = Path::new(name).extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|e| ["js", "mjs", "css", "map", "ico", "woff", "woff2", "ttf", "svg"].contains(&e.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_as_it_is_found() {
        let root = tempfile::tempdir().expect("a folder");
        let files = [
            "a/通知.html",
            "a/通知_files/logo.png",
            "a/通知_files/附件.doc",
            "a/其他_files/表.txt",
            "a/style.css",
            "a/~$通知.docx",
            "a/.DS_Store",
            "a/Thumbs.db",
            "a/b/方案.txt",
            "__MACOSX/a/b",
        ];
        for file in files {
            let path = root.path().join(file);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, "").expect("a file");
        }
        let mut problems = Diagnostics::default();
        let twice = [root.path().to_owned(), root.path().join("a/b")];
        let mut sources = Sources::walk(&twice, &mut problems);
        let below = |paths: Vec<PathBuf>| -> Vec<String> {
            paths.iter().map(|p| crate::system::slashes(p.strip_prefix(root.path()).expect("below"))).collect()
        };
        assert_eq!(below(sources.take()), ["a/b/方案.txt", "a/其他_files/表.txt", "a/通知.html"]);
        assert_eq!(below(sources.passed_over.clone()), ["a/style.css", "a/通知_files"]);
        // An attachment that a page names is taken from there.
        sources.add(&[root.path().join("a/通知_files/附件.doc"), root.path().join("a/通知.html")]);
        assert_eq!(below(sources.take()), ["a/通知_files/附件.doc"]);
        assert!(problems.0.is_empty());
    }
}
