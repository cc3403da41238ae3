//! `cargo xtask screenshots`: every kind of page at three widths, light and dark, and printed, for people to look at.

use std::path::PathBuf;

use crate::run::{cargo, root, step};

/// Writes the pictures into `target/screenshots`, or into the folder that is named.
///
/// # Errors
/// Where the folder cannot be made or the pictures cannot be taken.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let folder = match arguments {
        [] => root().join("target/screenshots"),
        [folder] => PathBuf::from(folder),
        _ => return Err("screenshots [FOLDER]".to_owned()),
    };
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let folder = folder.canonicalize().map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut test = cargo();
    test.env("SCREENSHOTS", &folder).args(["test", "--test", "main", "browser::pictures"]);
    step("taking pictures", &mut test)?;
    println!("{}", folder.display());
    Ok(())
}
