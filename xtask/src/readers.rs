//! The readers of documents in a browser: nothing in them reads files or clocks, so that they compile for one.

use crate::run::{WASM, brings_wasm, cargo, step};

/// Checks that they compile. Said and passed over where the target is not installed.
///
/// # Errors
/// Where they do not.
pub fn check() -> Result<(), String> {
    if !brings_wasm() {
        eprintln!("skipped: checking the readers for {WASM}, which `rustup target add {WASM}` installs");
        return Ok(());
    }
    let arguments = ["check", "--quiet", "--package", "gongwen", "--target", WASM];
    step("readers for browsers", cargo().args(arguments))
}
