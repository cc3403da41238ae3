//! What the engine is compiled from.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::run::{cargo, root};

/// The files of the repository that the engine is compiled from. The dictionary is none of them: only the indexer
/// reads it.
const SOURCES: &[&str] = &[
    "crates/browser/Cargo.toml",
    "crates/browser/src",
    "crates/search/Cargo.toml",
    "crates/search/build.rs",
    "crates/search/build/characters.rs",
    "crates/search/src",
    "xtask/src/browser_engine",
];

/// Folders within [`SOURCES`] that the engine goes without.
const WITHOUT: &[&str] = &["crates/search/src/write"];

/// A hash of the sources, and of the versions of the crates that they use, directly or not.
pub(super) fn hash() -> Result<String, String> {
    let mut files = BTreeSet::new();
    for source in SOURCES {
        collect(&root().join(source), &mut files)?;
    }
    let mut hasher = Sha256::new();
    for path in files {
        let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = path.strip_prefix(root()).unwrap_or(&path);
        hasher.update(format!("{}\n{}\n", name.display(), bytes.len()));
        hasher.update(bytes);
    }
    for line in locked()? {
        hasher.update(line);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn collect(path: &Path, files: &mut BTreeSet<PathBuf>) -> Result<(), String> {
    if WITHOUT.iter().any(|without| path == root().join(without)) {
        return Ok(());
    }
    if path.is_file() {
        files.insert(path.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))?;
    for entry in entries {
        collect(&entry.map_err(|error| error.to_string())?.path(), files)?;
    }
    Ok(())
}

/// The crates that `browser` is compiled from for browsers, with their versions, as cargo resolves them: a crate that only
/// the generator needs, or that is used with more features there, changes nothing here.
fn locked() -> Result<BTreeSet<String>, String> {
    const TREE: [&str; 12] = [
        "tree",
        "--locked",
        "--package",
        "browser",
        "--target",
        "wasm32-unknown-unknown",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p} {f}",
    ];
    let tree = cargo().args(TREE).output().map_err(|error| format!("cargo tree: {error}"))?;
    if !tree.status.success() {
        return Err(format!("cargo tree: {}", String::from_utf8_lossy(&tree.stderr)));
    }
    // Behind the version stand, in brackets, the place of a crate of this repository and that it was named before.
    let text = String::from_utf8_lossy(&tree.stdout).into_owned();
    let shown = |line: &str| {
        let words = line.split(' ').filter(|word| !word.starts_with('(') && !word.ends_with(')'));
        words.collect::<Vec<_>>().join(" ").trim_end().to_owned()
    };
    Ok(text.lines().map(shown).filter(|line| !line.is_empty()).collect())
}
