//! 评判: programs of others that judge the site. They are no part of the repository; `cargo xtask test` fetches them with
//! npm and pip into `target/judges`, and where they are not, the tests that ask them say that they are skipped.

use std::io::Write;
use std::path::PathBuf;

use super::driver::repository;

/// A file of a package, `axe-core/axe.min.js`; says so where it is not here.
pub fn find(file: &str) -> Option<PathBuf> {
    let path = repository().join("target/judges/node_modules").join(file);
    if path.is_file() {
        return Some(path);
    }
    skipped(&format!("{file}, which is not in target/judges"));
    None
}

/// The folder of the packages of Python where it has this one; says so where it is not here.
pub fn python(package: &str) -> Option<PathBuf> {
    let folder = repository().join("target/judges/python");
    if folder.join(package).is_dir() {
        return Some(folder);
    }
    skipped(&format!("{package} of Python, which is not in target/judges"));
    None
}

/// Says past the capture of the test's output that a test is skipped for want of something.
pub fn skipped(what: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: a test of the site needs {what}");
}
