//! 暂存: what has been read waits on the disk until all is named.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use crate::diagnostics::{Attempt, Diagnostic};

/// A folder that goes away.
#[derive(Debug)]
pub(super) struct Spool {
    folder: TempDir,
    next: AtomicUsize,
}

/// What was put into a [`Spool`].
#[derive(Debug)]
pub(super) struct Spooled(PathBuf);

impl Spool {
    /// An empty one, in the folder of the system for such things.
    pub fn new() -> Result<Self, Diagnostic> {
        let folder = tempfile::Builder::new().prefix("zhengku-import-").tempdir();
        let folder = folder.map_err(|e| Diagnostic::io(Attempt::Create, &std::env::temp_dir(), &e))?;
        Ok(Spool { folder, next: AtomicUsize::new(0) })
    }

    /// Puts `bytes` in.
    pub fn put(&self, bytes: &[u8]) -> Result<Spooled, Diagnostic> {
        let path = self.folder.path().join(self.next.fetch_add(1, Ordering::Relaxed).to_string());
        fs::write(&path, bytes).map_err(|e| Diagnostic::io(Attempt::Write, &path, &e))?;
        Ok(Spooled(path))
    }
}

impl Spooled {
    /// What was put in.
    pub fn bytes(&self) -> Result<Vec<u8>, Diagnostic> {
        fs::read(&self.0).map_err(|e| Diagnostic::io(Attempt::Read, &self.0, &e))
    }

    /// The same as text.
    pub fn text(&self) -> Result<String, Diagnostic> {
        fs::read_to_string(&self.0).map_err(|e| Diagnostic::io(Attempt::Read, &self.0, &e))
    }
}
