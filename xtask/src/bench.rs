//! `cargo xtask bench`: how long a large corpus takes, from the release binary, as whole processes.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::run::{cargo, root, step};

/// Where the laws lie, where they do.
const ARCHIVE: &str = "../shared/corpus/laws.tar.xz";

/// Imports and builds the texts of a folder, several times, and prints the median; with `--text`, how reading grows with
/// the length of a text.
///
/// # Errors
/// Where there is nothing to build, or a step fails.
pub fn run(arguments: &[String]) -> Result<(), String> {
    if arguments.iter().any(|a| a == "--text") {
        return step("reading", cargo().args(["run", "--release", "--quiet", "-p", "gongwen", "--example", "pace"]));
    }
    let value = |name: &str| arguments.iter().position(|a| a == name).and_then(|i| arguments.get(i + 1));
    let runs: usize = value("--runs").map_or(Ok(5), |n| n.parse()).map_err(|_| "--runs wants a number".to_owned())?;
    let work = root().join("target/bench");
    std::fs::create_dir_all(&work).map_err(|e| format!("{}: {e}", work.display()))?;
    let texts = match value("--laws") {
        Some(folder) => PathBuf::from(folder),
        None => unpack(&work)?,
    };
    step("release build", cargo().args(["build", "--release", "--quiet"]))?;
    let zhengku = root().join("target/release/zhengku");
    // New folders for every run, removed at the end: some file systems are slow to create files right after others
    // were removed, and that is not what is measured.
    let place = work.join(format!("run-{}", std::process::id()));
    let mut imports = Vec::new();
    let mut builds = Vec::new();
    let mut site = place.clone();
    for run in 0..runs.max(1) {
        site = place.join(run.to_string());
        std::fs::create_dir_all(&place).map_err(|e| format!("{}: {e}", place.display()))?;
        timed(Command::new(&zhengku).arg("init").arg(&site))?;
        imports.push(timed(Command::new(&zhengku).arg("import").arg(&texts).arg("--root").arg(&site))?);
        builds.push(timed(Command::new(&zhengku).arg("build").arg("--root").arg(&site))?);
    }
    let documents = count(&site.join("content"), "md");
    let (pages, obligations) =
        (count(&site.join("public"), "html"), lines(&site.join("public/data/obligations.jsonl")));
    let bytes = size(&site.join("public"));
    let _ = std::fs::remove_dir_all(&place);
    println!("documents      {documents}");
    println!("import         {:.2} s (median of {})", median(&mut imports), imports.len());
    println!("build          {:.2} s (median of {})", median(&mut builds), builds.len());
    println!("pages          {pages}");
    println!("obligations    {obligations}");
    println!("site           {:.1} MB", bytes as f64 / 1e6);
    Ok(())
}

fn unpack(work: &Path) -> Result<PathBuf, String> {
    let archive = root().join(ARCHIVE);
    if !archive.exists() {
        return Err(format!("no corpus at {ARCHIVE}; name a folder of texts with --laws FOLDER"));
    }
    let folder = work.join("laws");
    if !folder.is_dir() {
        step("unpacking the laws", Command::new("tar").arg("-xJf").arg(&archive).arg("-C").arg(work))?;
    }
    Ok(folder)
}

fn timed(command: &mut Command) -> Result<Duration, String> {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    match status {
        Ok(status) if status.success() => Ok(start.elapsed()),
        other => Err(format!("failed: {command:?}: {other:?}")),
    }
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

/// Files below `folder` that end so.
fn count(folder: &Path, ending: &str) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|e| match e.path() {
            path if path.is_dir() => count(&path, ending),
            path => usize::from(path.extension().is_some_and(|x| x == ending)),
        })
        .sum()
}

fn lines(file: &Path) -> usize {
    std::fs::read(file).map_or(0, |bytes| bytes.iter().filter(|b| **b == b'\n').count())
}

fn size(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|e| match e.metadata() {
            Ok(m) if m.is_dir() => size(&e.path()),
            Ok(m) => m.len(),
            Err(_) => 0,
        })
        .sum()
}
