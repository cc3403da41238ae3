//! `cargo xtask browser-engine`: compiles the search engine to WebAssembly and puts it into the default theme, so that
//! whoever builds a site needs no such toolchain.

#[cfg(feature = "engine")]
mod bridge;
mod sources;
mod toolchain;

use std::fs;
use std::path::PathBuf;

use crate::run::{cargo, root, step};

pub use toolchain::check_readers;

/// Where the compiled engine lies.
fn target() -> PathBuf {
    root().join("themes/default/assets/engine")
}

/// The hash of the sources it was compiled from; beside them, since a theme holds only what is published.
fn sources_of() -> PathBuf {
    root().join("crates/browser/engine.sources")
}

/// Compiles the engine and writes it into the theme.
///
/// # Errors
/// Where there is no toolchain for it, or a step fails.
pub fn run() -> Result<(), String> {
    let module = toolchain::compile()?;
    if cfg!(feature = "engine") {
        write(&module, &target())?;
        let sources = sources::hash()?;
        fs::write(sources_of(), sources + "\n").map_err(|error| error.to_string())
    } else {
        // The bridge to JavaScript takes a minute to compile, which other tasks need not wait for.
        let arguments = ["run", "--quiet", "--package", "xtask", "--features", "engine", "--", "browser-engine"];
        step("building the bridge to JavaScript", cargo().args(arguments))
    }
}

#[cfg(feature = "engine")]
fn write(module: &std::path::Path, folder: &std::path::Path) -> Result<(), String> {
    bridge::write(module, folder)
}

#[cfg(not(feature = "engine"))]
fn write(_: &std::path::Path, _: &std::path::Path) -> Result<(), String> {
    Err("built without the feature `engine`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_engine_is_as_new_as_its_sources() -> Result<(), String> {
        let path = sources_of();
        let committed = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let now = sources::hash()?;
        assert_eq!(committed.trim(), now, "the search engine changed: run `cargo xtask browser-engine`");
        Ok(())
    }
}
