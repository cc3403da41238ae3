//! Runs the built program, on sites that go away.
//!
//! ```ignore
//! let site = Site::new().file("content/甲.md", "# 关于做好养老工作的通知\n").build();
//! assert!(site.page("documents/甲.html").contains("养老"));
//! ```

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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
pub fn zhengku<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Run {
    run(command().args(args))
}

/// Runs a command on the site of `cases/CASE` where it lies.
pub fn on(name: &str, verb: &str, args: &[&str]) -> Run {
    zhengku([OsStr::new(verb), "--root".as_ref(), case(name).as_ref()].into_iter().chain(args.iter().map(OsStr::new)))
}

fn run(command: &mut Command) -> Run {
    let output = command.output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
    Run { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
}

/// The repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of `cases/`.
pub fn case(name: &str) -> PathBuf {
    repository().join("tests/cases").join(name)
}

/// A folder that goes away; the program runs in it, so that messages name short paths.
pub struct Site(tempfile::TempDir);

impl Site {
    /// An empty folder.
    pub fn new() -> Site {
        Site(tempfile::tempdir().expect("a folder"))
    }

    /// A folder with one document, of the id 甲.
    pub fn of_one() -> Site {
        Site::new().file("content/甲.md", "# 关于做好养老工作的通知\n\n## 一、总体要求\n\n做好工作。（市民政局牵头）\n")
    }

    /// A copy of the site in `cases/`.
    pub fn case(name: &str) -> Site {
        contents(&case(name)).into_iter().fold(Site::new(), |site, (file, bytes)| site.file(file, bytes))
    }

    /// What `init` makes.
    pub fn initialised() -> Site {
        let site = Site::new();
        let run = site.run(&["init", "."]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        site
    }

    /// With this file.
    pub fn file(self, file: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Site {
        self.write(file, bytes);
        self
    }

    /// Writes a file, and the folders that it needs.
    pub fn write(&self, file: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    /// Built into `public`, without a warning that stops it.
    pub fn build(self) -> Site {
        self.build_with(&[])
    }

    /// [`Site::build`] with arguments.
    pub fn build_with(self, args: &[&str]) -> Site {
        let run = self.run(&[&["build"], args].concat());
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
        self
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, file: impl AsRef<Path>) -> PathBuf {
        self.root().join(file)
    }

    /// The text of a file.
    pub fn read(&self, file: impl AsRef<Path>) -> String {
        let path = self.path(file);
        fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    /// The built file at this address of the site.
    pub fn page(&self, address: &str) -> String {
        self.read(Path::new("public").join(zhengku::file_at(address)))
    }

    /// Everything wrong with the links of the built site.
    pub fn broken_links(&self) -> Vec<String> {
        super::links::broken(&self.path("public"))
    }

    /// Runs the program in the folder.
    pub fn run(&self, args: &[&str]) -> Run {
        run(command().current_dir(self.root()).args(args))
    }

    /// What the program says to people when it fails, which it must with exit code 1.
    pub fn failure(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(run.code, Some(1), "{}{}", run.out, run.err);
        run.err
    }

    /// What the program prints when it succeeds without a warning.
    pub fn success(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
        run.out
    }
}

/// Every file below `folder`, by its path there, with its bytes.
pub fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|e| panic!("{}: {e}", next.display())) {
            let path = entry.expect("an entry").path();
            // What was read is kept there, and is of no concern to anybody.
            if path.ends_with(".zhengku") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("a path below").to_owned();
                files.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    files
}
