//! `cargo xtask corpus`: what is read in a folder of real documents, and which of them a person should look at;
//! `--min number=0.95` makes it fail where less is read.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{cargo, root, step};

/// Where real documents of many publishers lie, where they do.
const ARCHIVE: &str = "../shared/corpus/real.tar.xz";

/// Reads every document of a folder, by default of the corpus beside the repository, and prints what was found.
///
/// # Errors
/// Where there is nothing to read, or a step fails.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let (folder, bounds) = match arguments {
        [folder, bounds @ ..] if !folder.starts_with("--") => (Some(folder), bounds),
        bounds => (None, bounds),
    };
    let folder = match folder {
        None => unpack()?,
        Some(folder) if Path::new(folder).is_dir() => PathBuf::from(folder),
        Some(folder) => return Err(format!("no folder {folder}")),
    };
    let example = ["run", "--release", "--quiet", "-p", "gongwen", "--example", "corpus", "--"];
    step("corpus", cargo().args(example).arg(folder).args(bounds))
}

fn unpack() -> Result<PathBuf, String> {
    let archive = root().join(ARCHIVE);
    if !archive.exists() {
        return Err(format!("no corpus at {ARCHIVE}; name a folder of documents"));
    }
    let folder = root().join("target/corpus");
    if !folder.is_dir() {
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        step("unpacking the corpus", Command::new("tar").arg("-xJf").arg(&archive).arg("-C").arg(&folder))?;
    }
    Ok(folder)
}
