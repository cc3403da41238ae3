//! `cargo xtask corpus`: what is read in a folder of real documents, and which of them a person should look at;
//! `--min number=0.95` makes it fail where less is read. What needs the registries, the regions, is counted in a site of
//! the same documents.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::run::{cargo, root, step};

/// Where real documents of many publishers lie, where they do.
const ARCHIVE: &str = "../shared/corpus/real.tar.xz";

/// Reads every document of a folder, by default of the corpus beside the repository, and prints what was found.
///
/// # Errors
/// Where there is nothing to read, or a step fails.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let (folder, bounds) = match arguments {
        [folder, bounds @ ..] if !folder.starts_with("--") => (Some(folder), bounds),
        bounds => (None, bounds),
    };
    let folder = match folder {
        None => unpack()?,
        Some(folder) if Path::new(folder).is_dir() => PathBuf::from(folder),
        Some(folder) => return Err(format!("no folder {folder}")),
    };
    let example = ["run", "--release", "--quiet", "-p", "gongwen", "--example", "corpus", "--"];
    step("corpus", cargo().args(example).arg(&folder).args(bounds))?;
    regions(&folder)
}

/// Imports the folder into a site of its own, builds it, and prints how many documents have a region, of all and of
/// those whose issuer was read.
fn regions(folder: &Path) -> Result<(), String> {
    let site = root().join("target/corpus-site");
    if site.exists() {
        std::fs::remove_dir_all(&site).map_err(|e| format!("{}: {e}", site.display()))?;
    }
    let program = || {
        let mut command = cargo();
        command.args(["run", "--release", "--quiet", "--"]).stdout(Stdio::null());
        command
    };
    step("a site of its own", program().arg("init").arg(&site))?;
    // The example that every new site begins with is none of them.
    let content = site.join("content");
    std::fs::remove_dir_all(&content).map_err(|e| format!("{}: {e}", content.display()))?;
    // What cannot be read is refused one by one, and was counted above.
    let _ = step("importing", program().arg("import").arg(folder).arg("--root").arg(&site).stderr(Stdio::null()));
    step("building", program().arg("build").arg("--root").arg(&site).stderr(Stdio::null()))?;
    let file = site.join("public/data/documents.json");
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let documents: Vec<serde_json::Value> =
        serde_json::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))?;
    let placed = |d: &&serde_json::Value| !d["region"].is_null();
    let issued: Vec<_> = documents.iter().filter(|d| d["issuers"].as_array().is_some_and(|i| !i.is_empty())).collect();
    println!("region            {} of {}", documents.iter().filter(placed).count(), documents.len());
    println!("  with an issuer  {} of {}", issued.iter().copied().filter(placed).count(), issued.len());
    Ok(())
}

fn unpack() -> Result<PathBuf, String> {
    let archive = root().join(ARCHIVE);
    if !archive.exists() {
        return Err(format!("no corpus at {ARCHIVE}; name a folder of documents"));
    }
    let folder = root().join("target/corpus");
    if !folder.is_dir() {
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        step("unpacking the corpus", Command::new("tar").arg("-xJf").arg(&archive).arg("-C").arg(&folder))?;
    }
    Ok(folder)
}
