//! `cargo xtask instructions`: how many instructions the four kernels of `examples/kernels.rs` take. The clock of a busy
//! machine says little of a change of a few hundredths; this count says it the same every time.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::run::{cargo, has, root, step};

const KERNELS: [&str; 4] = ["unwrap", "extract", "analyse", "query"];

/// How much a count may grow before it is said, in hundredths.
const MORE: u64 = 5;

/// Where the counts stand that were accepted, in millions.
fn accepted() -> PathBuf {
    root().join("xtask/instructions.toml")
}

/// Counts, and compares with what was accepted; with `--accept` writes what was counted in its place.
///
/// # Errors
/// Where a kernel takes more than [`MORE`] hundredths more than accepted, or cannot be run.
pub fn run(arguments: &[String]) -> Result<(), String> {
    if !has("valgrind") {
        eprintln!("skipped: instructions are counted by valgrind, which is not here");
        return Ok(());
    }
    step("kernels", cargo().args(["build", "--release", "--quiet", "--example", "kernels"]))?;
    let program = root().join("target/release/examples/kernels");
    let folder = root().join("target/kernels");
    let _ = fs::remove_dir_all(&folder);
    let mut counted = BTreeMap::new();
    for kernel in KERNELS {
        let millions = count(&program, kernel, &folder)?;
        println!("{kernel:<8} {millions:>8} million instructions");
        counted.insert(kernel.to_owned(), millions);
    }
    if arguments.iter().any(|a| a == "--accept") {
        let lines: String = counted.iter().map(|(kernel, millions)| format!("{kernel} = {millions}\n")).collect();
        let text = format!("# Millions of instructions, by `cargo xtask instructions --accept`.\n{lines}");
        return fs::write(accepted(), text).map_err(|e| e.to_string());
    }
    if !accepted().exists() {
        eprintln!("nothing is accepted yet to compare with: --accept writes {}", accepted().display());
        return Ok(());
    }
    let text = fs::read_to_string(accepted()).map_err(|e| format!("{}: {e}", accepted().display()))?;
    let grown = grown(&parsed(&text)?, &counted);
    if grown.is_empty() { Ok(()) } else { Err(grown.join("\n")) }
}

fn parsed(text: &str) -> Result<BTreeMap<String, u64>, String> {
    let table: toml::Table = text.parse().map_err(|e| format!("instructions.toml: {e}"))?;
    let number = |value: &toml::Value| value.as_integer().and_then(|n| u64::try_from(n).ok());
    Ok(table.iter().filter_map(|(name, value)| Some((name.clone(), number(value)?))).collect())
}

/// What is to be said of each kernel that takes more than it may.
fn grown(accepted: &BTreeMap<String, u64>, counted: &BTreeMap<String, u64>) -> Vec<String> {
    let say = |(kernel, now): (&String, &u64)| {
        let Some(before) = accepted.get(kernel) else { return Some(format!("{kernel}: no accepted count")) };
        let bound = before + (before * MORE).div_ceil(100);
        let share = *now as f64 / (*before).max(1) as f64 * 100.0 - 100.0;
        (*now > bound).then(|| {
            format!("{kernel}: {now} million instructions, {share:.1} % more than {before}: find out why, or --accept")
        })
    };
    counted.iter().filter_map(say).collect()
}

/// The millions of instructions of one kernel.
fn count(program: &Path, kernel: &str, folder: &Path) -> Result<u64, String> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .arg(kernel)
        .arg(folder)
        .stdout(Stdio::null())
        .output()
        .map_err(|e| format!("valgrind: {e}"))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let collected = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse::<u64>().ok());
    match collected {
        Some(instructions) if output.status.success() => Ok(instructions / 1_000_000),
        _ => Err(format!("{kernel}: {said}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_grows_is_said() {
        let counts = |list: &[(&str, u64)]| list.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
        let accepted = counts(&[("unwrap", 1000), ("extract", 1000), ("query", 40)]);
        assert_eq!(grown(&accepted, &counts(&[("unwrap", 1050), ("extract", 900), ("query", 42)])), [""; 0]);
        assert_eq!(
            grown(&accepted, &counts(&[("unwrap", 1051), ("query", 40), ("new", 1)])),
            [
                "new: no accepted count",
                "unwrap: 1051 million instructions, 5.1 % more than 1000: find out why, or --accept"
            ]
        );
        assert_eq!(parsed("# said\nunwrap = 12\nquery = 3\n"), Ok(counts(&[("unwrap", 12), ("query", 3)])));
    }
}
