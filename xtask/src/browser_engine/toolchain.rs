//! Compiling to wasm32: with rustup's target where it is installed, or with Debian's `rustc-web`, `cargo-web`,
//! `rust-web-src` and `lld`, which bring the source of the standard library instead of the target.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::module::Module;
use crate::run::{WASM, brings_wasm, cargo, root, step};

/// Debian's compiler and the standard library beside it.
const DEBIAN: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_SOURCE: &str = "/usr/lib/rustlib/src/rust/library";

/// How a module is compiled: in one piece, and nothing to unwind.
const PROFILE: &[(&str, &str)] = &[
    ("CARGO_PROFILE_RELEASE_LTO", "fat"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1"),
    ("CARGO_PROFILE_RELEASE_PANIC", "abort"),
];

/// Compiles a module; the path of what comes of it.
pub(super) fn compile(module: &Module) -> Result<PathBuf, String> {
    let folder = root().join("target/browser-engine");
    let mut flags: Vec<String> = module.flags.iter().map(|flag| (*flag).to_owned()).collect();
    flags.extend(nameless());
    let mut command;
    if brings_wasm() {
        command = cargo();
        command.arg("build");
    } else if [DEBIAN, DEBIAN_CARGO, DEBIAN_SOURCE].iter().all(|path| Path::new(path).exists()) {
        command = Command::new(DEBIAN_CARGO);
        command.current_dir(root()).env("RUSTC", DEBIAN).env("RUSTC_BOOTSTRAP", "1");
        command.args(["build", "-Zbuild-std=std,panic_abort"]);
        flags.extend(["-C", "linker=wasm-ld"].map(str::to_owned));
    } else {
        let rustup = "rustup target add wasm32-unknown-unknown";
        let debian = "apt-get install rustc-web cargo-web rust-web-src lld";
        return Err(format!("no compiler for {WASM} here: {rustup}, or on Debian {debian}"));
    }
    command.args(["--release", "--locked", "--package", module.package, "--target", WASM]);
    for package in module.alike {
        command.arg("--config").arg(format!("profile.release.package.{package}.opt-level=\"{}\"", module.level));
    }
    command.env("CARGO_TARGET_DIR", &folder).envs(PROFILE.iter().copied()).env_remove("RUSTUP_TOOLCHAIN");
    command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", module.level).env_remove("RUSTFLAGS");
    command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
    step(&format!("compiling {}", module.what), &mut command)?;
    Ok(folder.join(WASM).join("release").join(module.package).with_extension("wasm"))
}

/// Flags by which messages name no folder of this machine, so that the same sources give the same bytes on another.
fn nameless() -> Vec<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let named = [(Some(root()), "repository"), (home, "cargo")];
    let places = named.into_iter().filter_map(|(path, name)| Some((path?, name)));
    places.map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display())).collect()
}
