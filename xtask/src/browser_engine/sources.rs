//! What a module is compiled from.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::module::Module;
use crate::run::{WASM, cargo, root};

/// A hash of the sources, and of the versions of the crates that they use, directly or not.
pub(super) fn hash(module: &Module) -> Result<String, String> {
    let mut files = BTreeSet::new();
    for source in module.sources {
        collect(module, &root().join(source), &mut files)?;
    }
    let mut hasher = Sha256::new();
    for path in files {
        let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = path.strip_prefix(root()).unwrap_or(&path);
        hasher.update(format!("{}\n{}\n", name.display(), bytes.len()));
        hasher.update(bytes);
    }
    for line in locked(module)? {
        hasher.update(line);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn collect(module: &Module, path: &Path, files: &mut BTreeSet<PathBuf>) -> Result<(), String> {
    if module.without.iter().any(|without| path == root().join(without)) {
        return Ok(());
    }
    if path.is_file() {
        files.insert(path.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))?;
    for entry in entries {
        collect(module, &entry.map_err(|error| error.to_string())?.path(), files)?;
    }
    Ok(())
}

/// The crates that a module is compiled from for browsers, with their versions, as cargo resolves them: a crate that only
/// the generator needs, or that is used with more features there, changes nothing here.
fn locked(module: &Module) -> Result<BTreeSet<String>, String> {
    let tree = [
        "tree",
        "--locked",
        "--package",
        module.package,
        "--target",
        WASM,
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p} {f}",
    ];
    let tree = cargo().args(tree).output().map_err(|error| format!("cargo tree: {error}"))?;
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
