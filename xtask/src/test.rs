//! `cargo xtask test`: everything that must hold before a change lands.

use std::process::Command;

use crate::run::{cargo, has, root, step};

/// Runs it all; the first failure ends it.
///
/// # Errors
/// The step that failed.
pub fn run() -> Result<(), String> {
    step("formatting", cargo().args(["fmt", "--all", "--check"]))?;
    step("lints", cargo().args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    browser();
    validator();
    judges();
    if !root().join("../shared").exists() {
        eprintln!("skipped where they say so: tests that read ../shared, which is not here");
    }
    step(
        "documentation",
        cargo().env("RUSTDOCFLAGS", "-D warnings").args(["doc", "--quiet", "--workspace", "--no-deps"]),
    )?;
    crate::readers::check()?;
    step("tests", cargo().args(["test", "--workspace", "--no-fail-fast"]))
}

/// The browser that the page tests open. Installed where the system's packages may be; else those tests say that they
/// are skipped.
fn browser() {
    if has("chromium") {
        return;
    }
    if has("apt-get") && is_root() {
        let install =
            "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk";
        if let Err(reason) = step("installing chromium for the page tests", Command::new("sh").args(["-c", install])) {
            eprintln!("{reason}");
        }
    }
    if !has("chromium") {
        eprintln!("skipped: the page tests need chromium, which is not here and cannot be installed by this user");
    }
}

/// What judges the XML by its schema. Installed as the browser is; else those tests say that they are skipped.
fn validator() {
    if has("xmllint") {
        return;
    }
    if has("apt-get") && is_root() {
        let install = "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libxml2-utils";
        if let Err(reason) = step("installing xmllint for the XML tests", Command::new("sh").args(["-c", install])) {
            eprintln!("{reason}");
        }
    }
    if !has("xmllint") {
        eprintln!("skipped: the XML tests need xmllint, which is not here and cannot be installed by this user");
    }
}

/// What judges the site: axe-core (MPL-2.0), html-validate (MIT) and the Nu Html Checker (MIT, which needs Java) its pages,
/// icalendar (BSD, for Python) its calendars. They are fetched and asked, never kept in the repository; without npm or pip
/// the tests that ask them say that they are skipped.
fn judges() {
    const PACKAGES: [&str; 3] = ["axe-core", "html-validate", "vnu-jar"];
    let folder = root().join("target/judges");
    if !PACKAGES.iter().all(|package| folder.join("node_modules").join(package).is_dir()) {
        let mut install = Command::new("npm");
        install.args(["install", "--silent", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix"]);
        fetch("npm", install.arg(&folder).args(PACKAGES));
    }
    let folder = folder.join("python");
    if !folder.join("icalendar").is_dir() {
        let mut install = Command::new("python3");
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target"]);
        fetch("python3", install.arg(&folder).arg("icalendar"));
    }
}

/// Fetches judges with `program`.
fn fetch(program: &str, install: &mut Command) {
    if !has(program) {
        eprintln!("skipped: some of what judges the site is fetched with {program}, which is not here");
    } else if let Err(reason) = step("fetching what judges the site", install) {
        eprintln!("{reason}");
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.trim_ascii() == b"0")
}
