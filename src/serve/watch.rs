//! 监视: what changed among the sources of the site.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::diagnostics::{Diagnostic, Diagnostics};

/// An editor writes a file in several steps, git many files: a build waits until it is quiet.
const QUIET: Duration = Duration::from_millis(150);
/// But not for ever.
const LONGEST: Duration = Duration::from_secs(2);

/// Why the builder wakes.
#[derive(Debug)]
pub enum Wake {
    /// These paths changed.
    Changed(Vec<PathBuf>),
    /// The server ends.
    Stop,
}

/// The folders that are watched.
pub struct Watch {
    watcher: Result<RecommendedWatcher, notify::Error>,
    /// Folders that cannot be watched, and have been reported.
    refused: BTreeSet<PathBuf>,
}

impl Watch {
    /// Nothing is watched yet; what changes will be sent to `wake`.
    pub fn new(wake: Sender<Wake>) -> Self {
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Where the system lost count, anything may have changed: no paths.
            let paths = match event {
                Ok(event) if is_change(event.kind) => event.paths,
                Ok(event) if event.need_rescan() => Vec::new(),
                _ => return,
            };
            let _ = wake.send(Wake::Changed(paths));
        });
        Watch { watcher, refused: BTreeSet::new() }
    }

    /// Watches `sources`: folders with all they hold, and the folders that the others stand in. To be called before
    /// every build: a folder that was made anew under its old name has lost its watch, and what changed before is in the
    /// build.
    pub fn follow(&mut self, sources: &[PathBuf]) -> Diagnostics {
        let mut wanted: BTreeMap<&Path, RecursiveMode> = BTreeMap::new();
        for source in sources {
            if let Some(parent) = source.ancestors().skip(1).find(|p| p.is_dir()) {
                wanted.entry(parent).or_insert(RecursiveMode::NonRecursive);
            }
            if source.is_dir() {
                wanted.insert(source, RecursiveMode::Recursive);
            }
        }
        let mut problems = Diagnostics::default();
        for (path, mode) in wanted {
            let failed = match &mut self.watcher {
                Ok(watcher) => watcher.watch(path, mode).err().map(|e| e.to_string()),
                Err(e) => Some(e.to_string()),
            };
            if let Some(reason) = failed
                && self.refused.insert(path.to_owned())
            {
                let message = format!("不能监视 {}，改动后不会自动更新", path.display());
                problems.push(Diagnostic::warning("serve-watch", message).note(reason));
            }
        }
        problems
    }
}

/// Reading a file is no change; a build reads them all.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

/// Waits until one of `sources` has changed and all is quiet again. False where the server ends.
pub fn wait(woken: &Receiver<Wake>, sources: impl Fn() -> Vec<PathBuf>) -> bool {
    loop {
        match woken.recv() {
            Ok(Wake::Changed(paths)) if concerns(&paths, &sources()) => break,
            Ok(Wake::Changed(_)) => {}
            Ok(Wake::Stop) | Err(_) => return false,
        }
    }
    let since = Instant::now();
    while since.elapsed() < LONGEST {
        match woken.recv_timeout(QUIET) {
            Ok(Wake::Changed(_)) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}

/// True where one of `paths` is a source, is in one, or holds one.
fn concerns(paths: &[PathBuf], sources: &[PathBuf]) -> bool {
    let near = |a: &Path, b: &Path| a.starts_with(b) || (b.starts_with(a) && a != b && !a.is_dir());
    paths.is_empty() || paths.iter().any(|path| sources.iter().any(|source| near(path, source)))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn only_sources_concern() {
        let sources = [PathBuf::from("/s/content"), PathBuf::from("/s/zhengku.toml")];
        let table: &[(&[&str], bool)] = &[
            (&["/s/content/甲.md"], true),
            (&["/s/content"], true),
            (&["/s/zhengku.toml"], true),
            (&["/s/public/index.html"], false),
            (&["/s/.git/index", "/s/content/乙.md"], true),
            (&["/s/zhengku.toml~"], false),
            (&[], true),
        ];
        for (paths, expected) in table {
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            assert_eq!(concerns(&paths, &sources), *expected, "{paths:?}");
        }
    }

    /// Ten changes at once are one build; a change elsewhere is none.
    #[test]
    fn changes_are_gathered() {
        let (send, woken) = channel();
        let sources = || vec![PathBuf::from("/s/content")];
        let changed = |path: &str| send.send(Wake::Changed(vec![path.into()])).expect("the channel is open");
        changed("/s/public/a");
        (0..10).for_each(|_| changed("/s/content/a.md"));
        assert!(wait(&woken, sources));
        assert!(woken.try_recv().is_err());
        changed("/s/public/a");
        send.send(Wake::Stop).expect("the channel is open");
        assert!(!wait(&woken, sources));
    }
}
