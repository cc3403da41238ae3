//! The whole way from texts to a site: what the repository's documents give, and what bad input gives.
//!
//! - `published`: the site of the five documents, its links, its bytes and its data
//! - `sources`: texts that `import` is given; `files`: content files and settings; `output`: folders, templates, a kill
//! - `in_force`: when instruments hold, and links inside a document; `reorganised`: organs through their reforms
//! - `topics`: the pages of topics and comparisons
//! - `anything`: damaged texts through the whole chain

mod anything;
mod files;
mod in_force;
mod output;
pub(crate) mod published;
mod reorganised;
mod sources;
mod topics;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::driver::{Run, command};

/// The repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder that goes away; the program runs in it, so that messages name short paths.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a folder"))
    }

    /// A folder with one document in `content/`.
    fn site() -> Folder {
        let folder = Folder::new();
        folder.write("content/甲.md", "# 关于做好养老工作的通知\n\n## 一、总体要求\n\n做好工作。（市民政局牵头）\n");
        folder
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    pub(crate) fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        let output = command().current_dir(self.0.path()).args(args).output().expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
        Run { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
    }

    /// What the program says to people when it fails, which it must with exit code 1.
    pub(crate) fn failure(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(run.code, Some(1), "{}{}", run.out, run.err);
        run.err
    }

    /// What the program prints when it succeeds without a warning.
    pub(crate) fn success(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
        run.out
    }
}

/// Every file below `folder`, by its path there, with its bytes.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|e| panic!("{}: {e}", next.display())) {
            let path = entry.expect("an entry").path();
            // What was read is kept there, and is of no concern to anybody.
            if path.ends_with(".zhengku") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("a path below").to_owned();
                files.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    files
}
