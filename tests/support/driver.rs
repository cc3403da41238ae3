//! Runs the built program, and the sites that it is run on.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What a run gave.
pub struct Run {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

/// The built program, without anything of the user's terminal.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhengku"));
    command.env("COLUMNS", "100").env("NO_COLOR", "1").env("RUST_BACKTRACE", "0");
    command
}

/// Runs `zhengku` with these arguments.
pub fn zhengku<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Run {
    let Output { status, stdout, stderr } = command().args(args).output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
    Run { out: text(stdout), err: text(stderr), code: status.code() }
}

/// A folder of `cases/`.
pub fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name)
}

/// A new site, as `init` makes it, in a folder that goes away.
pub fn new_site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let run = zhengku([std::ffi::OsStr::new("init"), folder.path().as_os_str()]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    folder
}
