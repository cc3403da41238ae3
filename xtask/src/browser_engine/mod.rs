//! `cargo xtask browser-engine`: compiles what runs in a reader's browser to WebAssembly and puts it into the default
//! theme, so that whoever builds a site needs no such toolchain: the search engine, and the readers of documents.

#[cfg(feature = "engine")]
mod bridge;
mod module;
mod sources;
mod toolchain;

use std::fs;

use crate::run::{cargo, step};

use module::{MODULES, Module};

/// Compiles the modules whose sources have changed, and writes them into the theme.
///
/// # Errors
/// Where there is no toolchain for it, or a step fails.
pub fn run() -> Result<(), String> {
    let mut changed = Vec::new();
    for module in MODULES {
        if !is_current(module)? {
            changed.push(module);
        }
    }
    if changed.is_empty() {
        eprintln!("== nothing to do: both modules are as new as their sources");
        return Ok(());
    }
    if cfg!(feature = "engine") {
        changed.into_iter().try_for_each(renew)
    } else {
        // The bridge to JavaScript takes a minute to compile, which other tasks need not wait for.
        let arguments = ["run", "--quiet", "--package", "xtask", "--features", "engine", "--", "browser-engine"];
        step("building the bridge to JavaScript", cargo().args(arguments))
    }
}

/// True where the module in the theme is there, and as new as its sources.
fn is_current(module: &Module) -> Result<bool, String> {
    let committed = fs::read_to_string(module.sources_of()).unwrap_or_default();
    Ok(module.folder().join(module.file()).is_file() && committed.trim() == sources::hash(module)?)
}

fn renew(module: &Module) -> Result<(), String> {
    let compiled = toolchain::compile(module)?;
    write(&compiled, module)?;
    fs::write(module.sources_of(), sources::hash(module)? + "\n").map_err(|error| error.to_string())
}

#[cfg(feature = "engine")]
fn write(compiled: &std::path::Path, module: &Module) -> Result<(), String> {
    bridge::write(compiled, &module.folder(), module.name)
}

#[cfg(not(feature = "engine"))]
fn write(_: &std::path::Path, _: &Module) -> Result<(), String> {
    Err("built without the feature `engine`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_modules_are_as_new_as_their_sources() -> Result<(), String> {
        for module in MODULES {
            let path = module.sources_of();
            let committed = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let now = sources::hash(module)?;
            let package = module.package;
            assert_eq!(
                committed.trim(),
                now,
                "what crates/{package} is compiled from changed: run `cargo xtask browser-engine` and commit what it writes"
            );
        }
        Ok(())
    }

    /// What is published names no folder of the machine that compiled it.
    #[test]
    fn the_committed_modules_hold_no_paths_of_a_machine() -> Result<(), String> {
        for module in MODULES {
            let path = module.folder().join(module.file());
            let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let holds = |words: &str| bytes.windows(words.len()).any(|window| window == words.as_bytes());
            let here = crate::run::root().display().to_string();
            for words in [here.as_str(), "/.cargo/", "/home/", "/root/"] {
                assert!(!holds(words), "{}: {words}", path.display());
            }
        }
        Ok(())
    }
}
