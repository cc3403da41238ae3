//! The readers of documents in a browser: nothing in them reads files or clocks, so that they compile for one.

use std::path::Path;
use std::process::Command;

use crate::run::{cargo, step};

const TARGET: &str = "wasm32-unknown-unknown";

/// Checks that they compile. Said and passed over where the target is not installed.
///
/// # Errors
/// Where they do not.
pub fn check() -> Result<(), String> {
    if !has_target() {
        eprintln!("skipped: checking the readers for {TARGET}, which `rustup target add {TARGET}` installs");
        return Ok(());
    }
    let arguments = ["check", "--quiet", "--package", "gongwen", "--target", TARGET];
    step("readers for browsers", cargo().args(arguments))
}

fn has_target() -> bool {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output();
    let sysroot = output.ok().and_then(|output| String::from_utf8(output.stdout).ok());
    sysroot.is_some_and(|sysroot| Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).exists())
}
