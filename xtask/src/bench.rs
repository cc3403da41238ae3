//! `cargo xtask bench`: what a large corpus takes, from the release binary, as whole processes.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::growth;
use crate::load;
use crate::run::{cargo, root, step};

/// Where the laws lie, where they do.
const ARCHIVE: &str = "../shared/corpus/laws.tar.xz";

/// Imports and builds the texts of a folder, several times, and prints the median and the figures of search; with
/// `--load`, how `serve` answers many readers; with `--growth`, how a build grows with the corpus, up to `--up-to`
/// documents; with `--text`, how reading grows with the length of a text.
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
    if arguments.iter().any(|a| a == "--load") {
        return load(&work);
    }
    let texts = match value("--laws") {
        Some(folder) => PathBuf::from(folder),
        None => unpack(&work)?,
    };
    step("release build", cargo().args(["build", "--release", "--quiet"]))?;
    let zhengku = root().join("target/release/zhengku");
    if arguments.iter().any(|a| a == "--growth") {
        let most = value("--up-to").map_or(Ok(100_000), |n| n.parse());
        let most = most.map_err(|_| "--up-to wants a number".to_owned())?;
        let site = work.join(format!("growth-{}", std::process::id()));
        timed(Command::new(&zhengku).arg("init").arg(&site))?;
        timed(Command::new(&zhengku).arg("import").arg(&texts).arg("--root").arg(&site))?;
        let grown = growth::run(&zhengku, &site, &site.join("public"), most);
        let _ = std::fs::remove_dir_all(&site);
        return grown;
    }
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
        (count(&site.join("public"), "html"), obligations(&site.join("public/data/obligations.jsonl")));
    let bytes = size(&site.join("public"));
    println!("documents      {documents}");
    println!("import         {:.2} s (median of {})", median(&mut imports), imports.len());
    println!("build          {:.2} s (median of {})", median(&mut builds), builds.len());
    println!("pages          {pages}");
    println!("obligations    {obligations}");
    println!("site           {:.1} MB", bytes as f64 / 1e6);
    if value("--laws").is_none() {
        println!("\nsearch in them");
        search(&site, &site.join("public"), "known-laws.txt")?;
    }
    println!("\nsearch in the five documents of content/");
    let five = place.join("five");
    timed(Command::new(&zhengku).arg("build").arg("--root").arg(root()).arg("--output").arg(&five))?;
    search(&root(), &five, "known.txt")?;
    let _ = std::fs::remove_dir_all(&place);
    Ok(())
}

/// Many readers at once, on the large corpus where it is and on the five documents.
fn load(work: &Path) -> Result<(), String> {
    step("release build", cargo().args(["build", "--release", "--quiet"]))?;
    let zhengku = root().join("target/release/zhengku");
    println!("the five documents of content/");
    load::run(&zhengku, &root(), "known.txt")?;
    let texts = unpack(work)?;
    let site = work.join(format!("load-{}", std::process::id()));
    timed(Command::new(&zhengku).arg("init").arg(&site))?;
    timed(Command::new(&zhengku).arg("import").arg(&texts).arg("--root").arg(&site))?;
    println!("the laws");
    let measured = load::run(&zhengku, &site, "known-laws.txt");
    let _ = std::fs::remove_dir_all(&site);
    measured
}

/// The figures of the search of the site in `site`, built into `output`.
fn search(site: &Path, output: &Path, queries: &str) -> Result<(), String> {
    let queries = root().join("tests/cases/search").join(queries);
    let example = ["run", "--release", "--quiet", "--example", "search_figures", "--"];
    step("search figures", cargo().args(example).arg(site).arg(output).arg(queries))
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

/// The obligations of a site: one a line, or on a large site as many as the line says of its document.
fn obligations(file: &Path) -> usize {
    let counted = |line: &str| line.rsplit_once("\"obligations\":")?.1.trim_end_matches('}').parse().ok();
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines().map(|line| counted(line).unwrap_or(1)).sum::<usize>()
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
