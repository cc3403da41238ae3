//! Compiling to wasm32: with rustup's target where it is installed, or with Debian's `rustc-web`, `cargo-web`,
//! `rust-web-src` and `lld`, which bring the source of the standard library instead of the target.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{cargo, root, step};

const TARGET: &str = "wasm32-unknown-unknown";

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
    if has_target() {
        command = cargo();
        command.env("RUSTFLAGS", FLAGS);
    } else if [DEBIAN, DEBIAN_CARGO, DEBIAN_SOURCE].iter().all(|path| Path::new(path).exists()) {
        command = Command::new(DEBIAN_CARGO);
        command.current_dir(root()).env("RUSTC", DEBIAN).env("RUSTC_BOOTSTRAP", "1");
        command.env("RUSTFLAGS", format!("-C linker=wasm-ld {FLAGS}")).arg("-Zbuild-std=std,panic_abort");
    } else {
        let rustup = "rustup target add wasm32-unknown-unknown";
        let debian = "apt-get install rustc-web cargo-web rust-web-src lld";
        return Err(format!("no compiler for {TARGET} here: {rustup}, or on Debian {debian}"));
    }
    command.args(["build", "--release", "--package", "browser", "--target", TARGET]);
    command.env("CARGO_TARGET_DIR", &folder).envs(PROFILE.iter().copied()).env_remove("RUSTUP_TOOLCHAIN");
    step("compiling the search engine", &mut command)?;
    Ok(folder.join(TARGET).join("release/browser.wasm"))
}

/// Checks that the readers of documents compile for a browser, too: nothing in them reads files or clocks. Said and
/// passed over where the target is not installed.
///
/// # Errors
/// Where they do not.
pub fn check_readers() -> Result<(), String> {
    if !has_target() {
        eprintln!("skipped: checking the readers for {TARGET}, which `rustup target add {TARGET}` installs");
        return Ok(());
    }
    let arguments = ["check", "--quiet", "--package", "gongwen", "--target", TARGET];
    step("the readers for a browser", cargo().args(arguments))
}

/// Whether the usual compiler brings the target.
fn has_target() -> bool {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output();
    let sysroot = output.ok().and_then(|output| String::from_utf8(output.stdout).ok());
    sysroot.is_some_and(|sysroot| Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).exists())
}
