//! 系统: everything that Linux, macOS and Windows do differently, and nothing else.
//!
//! Where a system has a better way, it stands beside the portable one, and both are tested wherever the tests run. A
//! console without UTF-8 needs nothing here: the standard library writes to a Windows console in UTF-16, and what is
//! piped is UTF-8 everywhere.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Swaps two folders: in one step where the system can, else by way of `aside`, a free name beside them.
///
/// # Errors
/// Where a folder cannot be renamed; each is then where it was.
pub fn exchange(new: &Path, old: &Path, aside: &Path) -> Result<()> {
    #[cfg(target_os = "linux")]
    if let Some(done) = exchange_at_once(new, old) {
        return done;
    }
    exchange_in_steps(new, old, aside)
}

/// `None` where the kernel or the file system cannot.
#[cfg(target_os = "linux")]
fn exchange_at_once(new: &Path, old: &Path) -> Option<Result<()>> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => None,
        done => Some(done.map_err(Error::from)),
    }
}

fn exchange_in_steps(new: &Path, old: &Path, aside: &Path) -> Result<()> {
    rename(old, aside)?;
    if let Err(e) = rename(new, old) {
        rename(aside, old)?;
        return Err(e);
    }
    rename(aside, new)
}

/// Renames, waiting a little where another program holds the folder: on Windows a virus scanner looks at what is new.
fn rename(from: &Path, to: &Path) -> Result<()> {
    patiently(10, Duration::from_millis(50), is_locked, || fs::rename(from, to))
}

/// Tries up to `times`, as long as what goes wrong may pass.
fn patiently<T>(
    times: usize,
    pause: Duration,
    passes: impl Fn(&Error) -> bool,
    attempt: impl Fn() -> Result<T>,
) -> Result<T> {
    for _ in 1..times {
        match attempt() {
            Err(e) if passes(&e) => std::thread::sleep(pause),
            done => return done,
        }
    }
    attempt()
}

/// Has the system give this process memory in pages of the usual size. In huge ones a build takes a tenth more of it and no
/// less time.
pub fn use_small_pages() {
    // Where this is refused, the pages are as they are.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

/// Has everything below `folder` written to the disk.
///
/// # Errors
/// Where the disk refuses.
pub fn flush(folder: &Path) -> Result<()> {
    #[cfg(target_os = "linux")]
    if rustix::fs::syncfs(File::open(folder)?).is_ok() {
        // One call for thousands of files.
        return Ok(());
    }
    flush_each(folder)
}

fn flush_each(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            flush_each(&entry.path())?;
        } else {
            // Windows flushes only what may be written.
            File::options().read(true).write(cfg!(windows)).open(entry.path())?.sync_all()?;
        }
    }
    flush_folder(folder)
}

/// Has the names in `folder` written to the disk.
///
/// # Errors
/// Where the disk refuses.
pub fn flush_folder(folder: &Path) -> Result<()> {
    // Windows opens no folder as a file, and keeps its names by itself.
    if cfg!(windows) { Ok(()) } else { File::open(folder)?.sync_all() }
}

/// True where another program holds the file or folder, which only Windows refuses for.
pub fn is_locked(error: &Error) -> bool {
    /// ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION.
    const LOCKED: [i32; 2] = [32, 33];
    cfg!(windows) && error.raw_os_error().is_some_and(|code| LOCKED.contains(&code))
}

/// A folder that this process holds: a lock that the system drops with the process, even one that is killed.
#[derive(Debug)]
pub struct Hold {
    file: Option<File>,
    /// The file beside the folder that is locked in its place, where folders cannot be.
    beside: Option<PathBuf>,
}

/// Holds `folder`; `None` where it is held already or the file system knows no locks.
pub fn hold(folder: &Path) -> Option<Hold> {
    if cfg!(unix) { hold_itself(folder) } else { hold_beside(folder) }
}

/// True where a running process holds `folder`.
pub fn is_held(folder: &Path) -> bool {
    if cfg!(unix) { hold_itself(folder).is_none() } else { is_held_beside(folder) }
}

fn hold_itself(folder: &Path) -> Option<Hold> {
    let file = File::open(folder).ok().filter(|f| f.try_lock().is_ok())?;
    Some(Hold { file: Some(file), beside: None })
}

/// Windows opens no folder as a file, and renames none that has an open file in it: so the lock lies beside it.
fn hold_beside(folder: &Path) -> Option<Hold> {
    let beside = lock_of(folder);
    let file = File::options().write(true).create(true).truncate(false).open(&beside).ok()?;
    file.try_lock().ok()?;
    Some(Hold { file: Some(file), beside: Some(beside) })
}

fn is_held_beside(folder: &Path) -> bool {
    lock_of(folder).exists() && hold_beside(folder).is_none()
}

fn lock_of(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    folder.with_file_name(name)
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.file = None;
        if let Some(beside) = &self.beside {
            let _ = fs::remove_file(beside);
        }
    }
}

/// A path as text, with `/` between its parts.
pub fn slashes(path: &Path) -> String {
    with_slashes(path.display().to_string(), std::path::MAIN_SEPARATOR)
}

fn with_slashes(path: String, separator: char) -> String {
    if separator == '/' { path } else { path.replace(separator, "/") }
}

/// True for what Windows keeps for devices: CON, nul.txt. No file may be called so on any system, or the site could not
/// be taken to Windows.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or("").trim_end().to_ascii_lowercase();
    let port = |s: &str| s.len() == 1 && s.bytes().all(|b| b.is_ascii_digit());
    ["con", "prn", "aux", "nul"].contains(&stem.as_str())
        || stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt")).is_some_and(port)
}

/// True where a terminal understands colours, as far as its environment says (<https://no-color.org>).
pub fn is_coloured() -> bool {
    coloured_by(|name| std::env::var_os(name).filter(|v| !v.is_empty()), cfg!(windows))
}

/// The old console of Windows shows the codes of colours as signs; what else runs there says so.
fn coloured_by(environment: impl Fn(&str) -> Option<OsString>, windows: bool) -> bool {
    let term = environment("TERM");
    let able =
        !windows || term.is_some() || ["WT_SESSION", "ConEmuANSI", "ANSICON"].iter().any(|n| environment(n).is_some());
    able && environment("NO_COLOR").is_none() && term.is_none_or(|v| v != "dumb")
}

/// Waits for Ctrl-C, or what else asks a process to end.
///
/// # Errors
/// Where the system does not let a process wait for that.
pub async fn asked_to_end() -> Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            stopped = tokio::signal::ctrl_c() => stopped,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::io::ErrorKind;

    use super::*;

    /// Two folders with a file each, and a free name beside them.
    fn two() -> (tempfile::TempDir, [PathBuf; 3]) {
        let root = tempfile::tempdir().expect("a folder");
        let [new, old, aside] = ["new", "old", "aside"].map(|name| root.path().join(name));
        for folder in [&new, &old] {
            fs::create_dir(folder).expect("a folder");
            fs::write(folder.join("name"), folder.file_name().unwrap_or_default().as_encoded_bytes()).expect("a file");
        }
        (root, [new, old, aside])
    }

    fn name(folder: &Path) -> String {
        fs::read_to_string(folder.join("name")).expect("a file")
    }

    #[test]
    fn folders_are_swapped_in_each_way() {
        for way in [exchange, exchange_in_steps] {
            let (_root, [new, old, aside]) = two();
            way(&new, &old, &aside).expect("both can be renamed");
            assert_eq!((name(&new), name(&old)), ("old".to_owned(), "new".to_owned()));
            assert!(!aside.exists());
        }
    }

    #[test]
    fn a_swap_that_fails_leaves_the_old_folder() {
        for way in [exchange, exchange_in_steps] {
            let (_root, [new, old, aside]) = two();
            fs::remove_dir_all(&new).expect("a folder");
            let failed = way(&new, &old, &aside).expect_err("there is no new folder");
            assert_eq!(failed.kind(), ErrorKind::NotFound);
            assert_eq!(name(&old), "old");
            assert!(!aside.exists());
        }
    }

    #[test]
    fn what_passes_is_waited_for() {
        let tried = Cell::new(0);
        let held = |until: usize, kind: ErrorKind| {
            tried.set(0);
            patiently(
                4,
                Duration::ZERO,
                |e| e.kind() == ErrorKind::ResourceBusy,
                || {
                    tried.set(tried.get() + 1);
                    if tried.get() < until { Err(Error::from(kind)) } else { Ok(()) }
                },
            )
        };
        assert!(held(3, ErrorKind::ResourceBusy).is_ok() && tried.get() == 3);
        assert!(held(9, ErrorKind::ResourceBusy).is_err() && tried.get() == 4);
        assert!(held(3, ErrorKind::NotFound).is_err() && tried.get() == 1);
    }

    #[test]
    fn a_folder_is_held_until_the_hold_goes() {
        let (_root, [new, old, _]) = two();
        let hold = hold_beside(&new).expect("nobody holds it");
        assert!(is_held_beside(&new) && !is_held_beside(&old) && hold_beside(&new).is_none());
        drop(hold);
        assert!(!is_held_beside(&new) && !lock_of(&new).exists());
        // A lock that a killed process left.
        fs::write(lock_of(&new), "").expect("a file");
        assert!(!is_held_beside(&new));

        let hold = super::hold(&old).expect("nobody holds it");
        assert!(is_held(&old) && !is_held(&new) && super::hold(&old).is_none());
        drop(hold);
        assert!(!is_held(&old));
    }

    #[test]
    fn paths_have_slashes() {
        assert_eq!(with_slashes("content\\2018\\甲.md".into(), '\\'), "content/2018/甲.md");
        // Elsewhere a backslash is a character of the name.
        assert_eq!(with_slashes("content/甲\\乙.md".into(), '/'), "content/甲\\乙.md");
    }

    #[test]
    fn devices() {
        let devices = ["CON", "nul.txt", "Lpt1", "com9.tar.gz", "aux "];
        assert!(devices.iter().all(|name| is_device(name)));
        assert!(!["console", "com10", "公文", "", ".con"].iter().any(|name| is_device(name)));
    }

    #[test]
    fn colours() {
        type Variables<'a> = &'a [(&'a str, &'a str)];
        let table: &[(Variables<'_>, bool, bool)] = &[
            (&[("TERM", "xterm")], false, true),
            (&[], false, true),
            (&[("TERM", "dumb")], false, false),
            (&[("TERM", "xterm"), ("NO_COLOR", "1")], false, false),
            (&[], true, false),
            (&[("WT_SESSION", "1")], true, true),
            (&[("WT_SESSION", "1"), ("NO_COLOR", "1")], true, false),
            (&[("TERM", "xterm")], true, true),
        ];
        for (variables, windows, expected) in table {
            let get = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| OsString::from(v));
            assert_eq!(coloured_by(get, *windows), *expected, "{variables:?} {windows}");
        }
    }
}
