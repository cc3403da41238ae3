//! 增长: what a build takes as the corpus grows, on copies of the laws under other titles and numbers.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// How many documents, up to which `--up-to` goes.
const SIZES: [usize; 4] = [3_475, 10_000, 30_000, 100_000];

/// GNU time, which tells what a process used.
const TIME: &str = "/usr/bin/time";

/// Builds the site in `site` with more and more copies of its documents, up to `most`, into `output`, and prints a row of
/// a table for each: documents, seconds, seconds of all cores, peak memory, bytes, files.
///
/// # Errors
/// Where a copy cannot be written or a build fails.
pub fn run(zhengku: &Path, site: &Path, output: &Path, most: usize) -> Result<(), String> {
    let failed = |e: std::io::Error| format!("{}: {e}", site.display());
    let content = site.join("content");
    let mut originals: Vec<(String, String)> = Vec::new();
    for entry in fs::read_dir(&content).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|e| e == "md") {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            originals.push((name, fs::read_to_string(&path).map_err(failed)?));
        }
    }
    originals.sort();
    println!(
        "| documents | seconds | of all cores | peak MiB | MB | files |\n| ---: | ---: | ---: | ---: | ---: | ---: |"
    );
    let mut have = originals.len();
    for size in SIZES.into_iter().filter(|size| *size <= most) {
        for n in have..size.max(have) {
            let (name, text) = &originals[n % originals.len()];
            let number = n / originals.len();
            fs::write(content.join(format!("{name}-副本{number}.md")), copy(text, number)).map_err(failed)?;
        }
        have = have.max(size);
        let _ = fs::remove_dir_all(output);
        // What a first build takes: nothing has been read yet.
        let _ = fs::remove_dir_all(site.join(".zhengku"));
        let start = Instant::now();
        let build = Command::new(TIME)
            .args(["-f", "%U %S %M"])
            .arg(zhengku)
            .args(["build", "--quiet", "--root"])
            .arg(site)
            .arg("--output")
            .arg(output)
            .stdout(Stdio::null())
            .output()
            .map_err(|e| format!("{TIME}: {e}"))?;
        let wall = start.elapsed().as_secs_f64();
        let said = String::from_utf8_lossy(&build.stderr).into_owned();
        let used: Vec<f64> = said.lines().last().unwrap_or("").split(' ').filter_map(|n| n.parse().ok()).collect();
        let [user, system, kilobytes] = used[..] else { return Err(format!("the build failed: {said}")) };
        let (files, bytes) = written(output);
        println!(
            "| {have} | {wall:.1} | {:.1} | {:.0} | {:.0} | {files} |",
            user + system,
            kilobytes / 1024.0,
            bytes as f64 / 1e6
        );
    }
    Ok(())
}

/// A document under another title, number and id, so that nothing takes it for the original.
fn copy(text: &str, number: usize) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut titled = false;
    for line in text.split_inclusive('\n') {
        let end = line.trim_end();
        let key = ["title = \"", "number = \"", "id = \""].into_iter().find(|key| end.starts_with(key));
        match (key, end.strip_suffix('"')) {
            (Some(_), Some(value)) => out.push_str(&format!("{value}（副本{number}）\"\n")),
            _ if !titled && end.starts_with("# ") => {
                titled = true;
                out.push_str(&format!("{end}（副本{number}）\n"));
            }
            _ => out.push_str(line),
        }
    }
    out
}

/// How many files lie below `folder`, and their bytes.
fn written(folder: &Path) -> (usize, u64) {
    let Ok(entries) = fs::read_dir(folder) else { return (0, 0) };
    entries.flatten().fold((0, 0), |(files, bytes), entry| match entry.metadata() {
        Ok(about) if about.is_dir() => {
            let (more, longer) = written(&entry.path());
            (files + more, bytes + longer)
        }
        Ok(about) => (files + 1, bytes + about.len()),
        Err(_) => (files, bytes),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_another_name() {
        let text = "+++\ntitle = \"消防法\"\nnumber = \"令6号\"\n+++\n\n# 消防法\n\n# 附件\n\n第一条\n";
        let expected = "+++\ntitle = \"消防法（副本2）\"\nnumber = \"令6号（副本2）\"\n+++\n\n# 消防法（副本2）\n\n# 附件\n\n第一条\n";
        assert_eq!(copy(text, 2), expected);
    }
}
