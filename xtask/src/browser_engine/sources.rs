//! What the engine is compiled from.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::run::root;

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

/// The crates of the lock file that `browser` depends on, directly or not, with their versions.
fn locked() -> Result<BTreeSet<String>, String> {
    let text = fs::read_to_string(root().join("Cargo.lock")).map_err(|error| format!("Cargo.lock: {error}"))?;
    let lock: toml::Table = text.parse().map_err(|error| format!("Cargo.lock: {error}"))?;
    let field = |package: &toml::Value, name: &str| package.get(name).and_then(toml::Value::as_str).map(str::to_owned);
    // A dependency is named by its name, or by name and version where there are several.
    let mut dependencies: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in lock.get("package").and_then(toml::Value::as_array).into_iter().flatten() {
        let (Some(name), Some(version)) = (field(package, "name"), field(package, "version")) else { continue };
        let uses = package.get("dependencies").and_then(toml::Value::as_array).into_iter().flatten();
        let uses = uses.filter_map(toml::Value::as_str).map(str::to_owned).collect();
        dependencies.insert(format!("{name} {version}"), uses);
        versions.entry(name).or_default().push(version);
    }
    let mut found = BTreeSet::new();
    let mut open = vec!["browser".to_owned()];
    while let Some(name) = open.pop() {
        let ids: Vec<String> = match versions.get(&name) {
            Some(versions) => versions.iter().map(|version| format!("{name} {version}")).collect(),
            None => vec![name.split(' ').take(2).collect::<Vec<_>>().join(" ")],
        };
        for id in ids {
            if let Some(uses) = dependencies.get(&id)
                && found.insert(id)
            {
                open.extend(uses.iter().cloned());
            }
        }
    }
    Ok(found)
}
