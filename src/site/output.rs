//! 输出目录: a build replaces the site whole or not at all.
//!
//! Everything is written into a staging folder beside the output folder and takes its place in one rename. A staging
//! folder is locked by the build that fills it, so that the next build knows the leavings of a killed one.

use std::fs::{self, File, Metadata};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::diagnostics::{Attempt, Diagnostic};
use crate::system::{self, Hold};

use super::reuse::Stamp;

/// The file that says that a folder was written by a build and may be replaced by the next one.
pub const MARKER: &str = ".zhengku-site";

/// A site being written.
#[derive(Debug)]
pub struct Staging {
    folder: PathBuf,
    target: PathBuf,
    prefix: String,
    /// Kept until the end, so that the next build knows that this one runs.
    _hold: Option<Hold>,
    files: AtomicUsize,
    bytes: AtomicU64,
    done: bool,
}

impl Staging {
    /// Checks that `output` may be replaced and opens a staging folder beside it.
    ///
    /// # Errors
    /// Where `output` is a folder that a build must not replace, or cannot be written.
    pub fn open(root: &Path, content: &Path, output: &Path) -> Result<Staging, Diagnostic> {
        let target = resolve(output)?;
        check(root, content, &target, output)?;
        let refuse = |e: &std::io::Error| unwritable(output, e);
        let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
            return Err(refused(output, "它是整个文件系统的根目录"));
        };
        fs::create_dir_all(parent).map_err(|e| match e.kind() {
            // A file is there where a folder should be made.
            ErrorKind::AlreadyExists => refuse(&ErrorKind::NotADirectory.into()),
            _ => refuse(&e),
        })?;
        let prefix = format!(".{}.zhengku-", name.to_string_lossy());
        bring_back(&aside(parent, &prefix), &target);
        remove_dead(parent, &prefix);
        let (folder, hold) = create(parent, &prefix).map_err(|e| refuse(&e))?;
        let staging = Staging {
            folder,
            target,
            prefix,
            _hold: hold,
            files: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
            done: false,
        };
        staging.write(MARKER, "由政库生成；下次生成时整个文件夹会被替换。\n".as_bytes())?;
        Ok(staging)
    }

    /// Writes `bytes` as `file`, a path relative to the site with `/`.
    ///
    /// # Errors
    /// Where two pages have one address, a component of the path is no name, or the disk refuses.
    pub fn write(&self, file: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let (path, mut to) = self.create(file)?;
        to.write_all(bytes).map_err(|e| failed(&path, &e))?;
        self.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    /// Writes `file` piece by piece.
    ///
    /// # Errors
    /// As [`Staging::write`], and what `write` gives.
    pub fn stream(
        &self,
        file: &str,
        write: impl FnOnce(&mut dyn Write) -> Result<(), Diagnostic>,
    ) -> Result<(), Diagnostic> {
        let (path, to) = self.create(file)?;
        let mut to = BufWriter::with_capacity(1 << 16, to);
        write(&mut to)?;
        let length = to.flush().and_then(|()| to.get_ref().metadata()).map_err(|e| failed(&path, &e))?.len();
        self.bytes.fetch_add(length, Ordering::Relaxed);
        Ok(())
    }

    /// Lets `write` fill the folder `name` of the site, given that folder and one for what it needs on the way and takes
    /// away again. It says how many files it wrote and how many bytes.
    ///
    /// # Errors
    /// Where the folder cannot be made, and what `write` gives.
    pub fn fill(
        &self,
        name: &str,
        write: impl FnOnce(&Path, &Path) -> Result<(usize, u64), Diagnostic>,
    ) -> Result<(), Diagnostic> {
        let folder = self.folder.join(name);
        fs::create_dir_all(&folder).map_err(|e| failed(&folder, &e))?;
        let (files, bytes) = write(&folder, &self.folder)?;
        self.files.fetch_add(files, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        Ok(())
    }

    /// True where the old site has the folder `name`.
    pub fn has(&self, name: &str) -> bool {
        self.target.join(name).is_dir()
    }

    /// Takes the folder `name` of the old site over as it is, without its pages. No file is copied where the file system
    /// can give one a second name: what is written is never written into again.
    ///
    /// # Errors
    /// Where a file can be had in neither way.
    pub fn carry(&self, name: &str) -> Result<(), Diagnostic> {
        let old = self.target.join(name);
        for entry in fs::read_dir(&old).map_err(|e| failed(&old, &e))?.flatten() {
            let file = entry.file_name();
            let below = format!("{name}/{}", file.to_string_lossy());
            if entry.path().is_dir() {
                self.carry(&below)?;
            } else if entry.path().extension().is_none_or(|e| e != "html") {
                let new = self.folder.join(&below);
                let made = new.parent().map_or(Ok(()), fs::create_dir_all);
                let linked = made.and_then(|()| fs::hard_link(entry.path(), &new));
                linked.or_else(|_| fs::copy(entry.path(), &new).map(|_| ())).map_err(|e| failed(&new, &e))?;
                self.files.fetch_add(1, Ordering::Relaxed);
                self.bytes.fetch_add(entry.metadata().map_or(0, |about| about.len()), Ordering::Relaxed);
            }
        }
        Ok(())
    }

    /// Gives `file` of the old site a second name in the new one where it lies there as `stamp` says; its stamp in the new
    /// one. `None` where it does not, or cannot be had.
    pub fn take_over(&self, file: &str, stamp: Stamp) -> Option<Stamp> {
        let old = self.target.join(file);
        let about = fs::symlink_metadata(&old).ok().filter(Metadata::is_file)?;
        if Stamp::of(&about) != Some(stamp) {
            return None;
        }
        let (path, _) =
            self.create_with(file, |path| fs::hard_link(&old, path).or_else(|_| fresh_copy(&old, path))).ok()?;
        self.bytes.fetch_add(about.len(), Ordering::Relaxed);
        // A copy has a time of its own.
        Stamp::of(&fs::symlink_metadata(path).ok()?)
    }

    /// The files of a folder of the old site and how they lie there; no pages.
    pub fn old_files(&self, folder: &str) -> Vec<(String, Stamp)> {
        let mut files = Vec::new();
        list(&self.target.join(folder), folder, &mut files);
        files
    }

    /// The files of a folder of the new site, in the same way.
    pub fn new_files(&self, folder: &str) -> Vec<(String, Stamp)> {
        let mut files = Vec::new();
        list(&self.folder.join(folder), folder, &mut files);
        files
    }

    /// Takes a folder out of the new site again.
    pub fn discard(&self, folder: &str) {
        let _ = fs::remove_dir_all(self.folder.join(folder));
    }

    /// How `file` lies in the new site.
    pub fn stamp(&self, file: &str) -> Option<Stamp> {
        Stamp::of(&fs::symlink_metadata(self.folder.join(file)).ok()?)
    }

    /// A new file of the site, and where it lies.
    fn create(&self, file: &str) -> Result<(PathBuf, File), Diagnostic> {
        self.create_with(file, |path| File::options().write(true).create_new(true).open(path))
    }

    /// A new file of the site that `make` makes, which must refuse where there is one already.
    fn create_with<T>(
        &self,
        file: &str,
        make: impl Fn(&Path) -> std::io::Result<T>,
    ) -> Result<(PathBuf, T), Diagnostic> {
        if file.split('/').any(|part| matches!(part, "" | "." | "..")) || file.contains(['\\', '\0']) {
            return Err(Diagnostic::error("site", format!("“{file}”不能作为输出文件名")));
        }
        let path = self.folder.join(file);
        let created = make(&path).or_else(|e| match (e.kind(), path.parent()) {
            (ErrorKind::NotFound, Some(parent)) => fs::create_dir_all(parent).and_then(|()| make(&path)),
            _ => Err(e),
        });
        match created {
            Ok(to) => {
                self.files.fetch_add(1, Ordering::Relaxed);
                Ok((path, to))
            }
            Err(e) if e.kind() == ErrorKind::AlreadyExists => {
                Err(Diagnostic::error("site", format!("两个页面的地址相同：{file}")).help("给其中一份文件换一个 id"))
            }
            Err(e) => Err(failed(&path, &e)),
        }
    }

    /// Files and bytes written so far.
    pub fn written(&self) -> (usize, u64) {
        (self.files.load(Ordering::Relaxed), self.bytes.load(Ordering::Relaxed))
    }

    /// Puts the new site in the place of the old one and removes the old one. `durable`: the new one is on the disk before
    /// it takes that place, so that a computer that loses its power then has one of the two, whole.
    ///
    /// # Errors
    /// Where the disk refuses or the folders cannot be renamed; the old site is then still in its place.
    pub fn publish(mut self, durable: bool) -> Result<(), Diagnostic> {
        if durable {
            system::flush(&self.folder).map_err(|e| failed(&self.folder, &e))?;
        }
        let refuse = |e: std::io::Error| match e.kind() {
            ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => {
                refused(&self.target, "它是一个挂载点，不能整体替换")
            }
            _ => unwritable(&self.target, &e),
        };
        if self.target.exists() {
            let aside = aside(self.target.parent().unwrap_or(Path::new("")), &self.prefix);
            system::exchange(&self.folder, &self.target, &aside).map_err(refuse)?;
        } else {
            fs::rename(&self.folder, &self.target).map_err(refuse)?;
        }
        self.done = true;
        if durable && let Some(parent) = self.target.parent() {
            // The site stands; where the folder around it cannot be asked for that, the system does it in its own time.
            let _ = system::flush_folder(parent);
        }
        if self.folder.exists() {
            // The new site stands; what is left of the old one goes with the next build at the latest.
            let _ = fs::remove_dir_all(&self.folder);
        }
        Ok(())
    }
}

/// Adds the files below a folder, which is called `name` from the root of the site. What cannot be read is not there.
fn list(folder: &Path, name: &str, files: &mut Vec<(String, Stamp)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(below) = entry.file_name().into_string() else { continue };
        let (path, below) = (entry.path(), format!("{name}/{below}"));
        match entry.metadata() {
            Ok(about) if about.is_dir() => list(&path, &below, files),
            Ok(about) if path.extension().is_none_or(|e| e != "html") => {
                files.extend(Stamp::of(&about).map(|stamp| (below, stamp)));
            }
            _ => {}
        }
    }
}

/// Copies a file to where none is.
fn fresh_copy(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut new = File::options().write(true).create_new(true).open(to)?;
    std::io::copy(&mut File::open(from)?, &mut new).map(|_| ())
}

fn failed(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::io(Attempt::Write, path, error)
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// A new empty folder, locked where the system can lock folders.
fn create(parent: &Path, prefix: &str) -> std::io::Result<(PathBuf, Option<Hold>)> {
    let mut attempt = 0;
    loop {
        let folder = parent.join(format!("{prefix}{}-{attempt}", std::process::id()));
        match fs::create_dir(&folder) {
            Ok(()) => {
                let hold = system::hold(&folder);
                return Ok((folder, hold));
            }
            // Another build of this process: `serve` and a test both do that.
            Err(e) if e.kind() == ErrorKind::AlreadyExists && attempt < 1000 => attempt += 1,
            Err(e) => return Err(e),
        }
    }
}

/// Where the old site waits while the new one takes its place, on a system that cannot swap them at once.
fn aside(parent: &Path, prefix: &str) -> PathBuf {
    parent.join(format!("{prefix}old"))
}

/// Puts the old site back that a build left aside which was killed between its two steps.
fn bring_back(aside: &Path, target: &Path) {
    if aside.is_dir() && !target.exists() {
        let _ = fs::rename(aside, target);
    }
}

/// Removes the staging folders that no running build holds.
fn remove_dead(parent: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    let staged = |e: &fs::DirEntry| e.file_name().to_string_lossy().starts_with(prefix) && e.path().is_dir();
    for entry in entries.flatten().filter(staged) {
        if !system::is_held(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The real path of a folder that may not exist yet.
fn resolve(path: &Path) -> Result<PathBuf, Diagnostic> {
    let absolute = std::path::absolute(path).map_err(|e| unwritable(path, &e))?;
    let mut missing = Vec::new();
    let mut known = absolute.as_path();
    loop {
        match known.canonicalize() {
            Ok(real) => return Ok(missing.iter().rev().fold(real, |p, part| p.join(part))),
            Err(e) => match (known.parent(), known.file_name()) {
                (Some(parent), Some(name)) => {
                    missing.push(name.to_owned());
                    known = parent;
                }
                _ => return Err(unwritable(path, &e)),
            },
        }
    }
}

/// The folders that a build must not replace.
fn check(root: &Path, content: &Path, target: &Path, shown: &Path) -> Result<(), Diagnostic> {
    let (root, content) = (resolve(root)?, resolve(content)?);
    let home = std::env::home_dir().and_then(|h| h.canonicalize().ok());
    let reason = if target.parent().is_none() {
        "它是整个文件系统的根目录"
    } else if home.is_some_and(|h| h.starts_with(target)) {
        "它是（或包含）你的主目录"
    } else if target == root {
        "它是站点的根目录"
    } else if content.starts_with(target) {
        "它是（或包含）站点的 content 文件夹"
    } else if target.starts_with(&content) {
        "它在站点的 content 文件夹里"
    } else if root.starts_with(target) {
        "它包含整个站点"
    } else if target.exists() && !target.is_dir() {
        "它是一个文件，不是文件夹"
    } else {
        return foreign(target, shown);
    };
    Err(refused(shown, reason))
}

/// A folder with files in it must be a former build.
fn foreign(target: &Path, shown: &Path) -> Result<(), Diagnostic> {
    if !target.exists() {
        return Ok(());
    }
    let mut entries = fs::read_dir(target).map_err(|e| unwritable(shown, &e))?;
    if entries.next().is_some() && !target.join(MARKER).is_file() {
        return Err(refused(shown, "里面有不是政库生成的文件")
            .help("换一个新的或空的文件夹；如果里面的文件确实不要了，请先自行清空"));
    }
    Ok(())
}

fn refused(output: &Path, reason: &str) -> Diagnostic {
    Diagnostic::error("site", format!("不能把网站输出到这个文件夹：{reason}"))
        .in_file(output)
        .help("用 --output 另外指定一个文件夹，例如 public")
}

fn unwritable(output: &Path, e: &std::io::Error) -> Diagnostic {
    Diagnostic::io(Attempt::Write, output, e).help("检查文件夹的权限和磁盘空间，或用 --output 另外指定一个文件夹")
}
