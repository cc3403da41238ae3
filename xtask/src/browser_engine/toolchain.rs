//! Compiling to wasm32: with rustup's target where it is installed, or with Debian's `rustc-web`, `cargo-web`,
//! `rust-web-src` and `lld`, which bring the source of the standard library instead of the target.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{WASM, brings_wasm, cargo, root, step};

/// Debian's compiler and the standard library beside it.
const DEBIAN: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_SOURCE: &str = "/usr/lib/rustlib/src/rust/library";

/// How the engine is compiled: small before fast, and nothing to unwind.
const PROFILE: &[(&str, &str)] = &[
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "s"),
    ("CARGO_PROFILE_RELEASE_LTO", "fat"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1"),
    ("CARGO_PROFILE_RELEASE_PANIC", "abort"),
];

/// getrandom is told where it runs; what it is asked for is never used.
const FLAGS: &str = "--cfg getrandom_backend=\"wasm_js\"";

/// Compiles the crate `browser`; the path of the module.
pub(super) fn compile() -> Result<PathBuf, String> {
    let folder = root().join("target/browser-engine");
    let mut command;
    if brings_wasm() {
        command = cargo();
        command.env("RUSTFLAGS", FLAGS);
    } else if [DEBIAN, DEBIAN_CARGO, DEBIAN_SOURCE].iter().all(|path| Path::new(path).exists()) {
        command = Command::new(DEBIAN_CARGO);
        command.current_dir(root()).env("RUSTC", DEBIAN).env("RUSTC_BOOTSTRAP", "1");
        command.env("RUSTFLAGS", format!("-C linker=wasm-ld {FLAGS}")).arg("-Zbuild-std=std,panic_abort");
    } else {
        let rustup = "rustup target add wasm32-unknown-unknown";
        let debian = "apt-get install rustc-web cargo-web rust-web-src lld";
        return Err(format!("no compiler for {WASM} here: {rustup}, or on Debian {debian}"));
    }
    command.args(["build", "--release", "--package", "browser", "--target", WASM]);
    command.env("CARGO_TARGET_DIR", &folder).envs(PROFILE.iter().copied()).env_remove("RUSTUP_TOOLCHAIN");
    step("compiling the search engine", &mut command)?;
    Ok(folder.join(WASM).join("release/browser.wasm"))
}
