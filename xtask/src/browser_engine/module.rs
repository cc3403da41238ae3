//! What is compiled, from what and how.

use std::path::PathBuf;

use crate::run::root;

/// A crate that becomes a WebAssembly module of the default theme.
#[derive(Debug)]
pub(super) struct Module {
    /// The crate.
    pub package: &'static str,
    /// Its folder below the assets of the theme, and the name of its files there.
    pub name: &'static str,
    /// What it is, for who watches.
    pub what: &'static str,
    /// How much size matters, as `opt-level` writes it.
    pub level: &'static str,
    /// Flags of the compiler.
    pub flags: &'static [&'static str],
    /// Crates that the workspace compiles in another way than the rest, and that are compiled like it here.
    pub alike: &'static [&'static str],
    /// The files of the repository that it is compiled from.
    pub sources: &'static [&'static str],
    /// Folders within `sources` that it goes without.
    pub without: &'static [&'static str],
}

/// All of them.
pub(super) const MODULES: &[Module] = &[ENGINE, READER];

/// The search engine. The dictionary is none of its sources: only the indexer reads it.
const ENGINE: Module = Module {
    package: "browser",
    name: "engine",
    what: "the search engine",
    level: "s",
    // getrandom is told where it runs; what it is asked for is never used.
    flags: &["--cfg", "getrandom_backend=\"wasm_js\""],
    alike: &[],
    sources: &[
        "crates/browser/Cargo.toml",
        "crates/browser/src",
        "crates/search/Cargo.toml",
        "crates/search/build.rs",
        "crates/search/build/characters.rs",
        "crates/search/src",
        "xtask/src/browser_engine",
    ],
    without: &["crates/search/src/write"],
};

/// The readers of documents. They run a moment a file: size counts, speed hardly.
const READER: Module = Module {
    package: "reader",
    name: "reader",
    what: "the readers of documents",
    level: "z",
    // Documents nest as deep as the readers let them; a thread of the terminal has as much.
    flags: &["-C", "link-arg=-zstack-size=4194304"],
    alike: &["hayro-jpeg2000", "hayro-jbig2", "hayro-ccitt", "zune-jpeg"],
    sources: &[
        "crates/gongwen/Cargo.toml",
        "crates/gongwen/src",
        "crates/reader/Cargo.toml",
        "crates/reader/src",
        "xtask/src/browser_engine",
    ],
    without: &[],
};

impl Module {
    /// Where the compiled module lies.
    pub fn folder(&self) -> PathBuf {
        root().join("themes/default/assets").join(self.name)
    }

    /// The file of the module there.
    pub fn file(&self) -> String {
        format!("{}_bg.wasm", self.name)
    }

    /// The hash of the sources it was compiled from; beside them, since a theme holds only what is published.
    pub fn sources_of(&self) -> PathBuf {
        root().join("crates").join(self.package).join(format!("{}.sources", self.name))
    }
}
