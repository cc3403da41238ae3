//! 暂存: what has been read waits on the disk until all is named.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostics::{Attempt, Diagnostic};

/// A file without a name, which the system takes back however the program ends.
#[derive(Debug)]
pub(super) struct Spool(Arc<Mutex<File>>);

/// What was put into a [`Spool`].
#[derive(Debug)]
pub(super) struct Spooled {
    file: Arc<Mutex<File>>,
    bytes: Range<u64>,
}

impl Spool {
    /// An empty one, in the folder of the system for such things.
    pub fn new() -> Result<Self, Diagnostic> {
        let file = tempfile::tempfile().map_err(|e| problem(Attempt::Create, &e))?;
        Ok(Spool(Arc::new(Mutex::new(file))))
    }

    /// Puts `bytes` in.
    pub fn put(&self, bytes: &[u8]) -> Result<Spooled, Diagnostic> {
        let append = |mut file: &File| -> io::Result<u64> {
            let start = file.seek(SeekFrom::End(0))?;
            file.write_all(bytes)?;
            Ok(start)
        };
        let start =
            append(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).map_err(|e| problem(Attempt::Write, &e))?;
        Ok(Spooled { file: Arc::clone(&self.0), bytes: start..start + bytes.len() as u64 })
    }
}

impl Spooled {
    /// What was put in.
    pub fn bytes(&self) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = Vec::new();
        self.read(|file| file.read_to_end(&mut bytes).map(drop))?;
        Ok(bytes)
    }

    /// The same as text.
    pub fn text(&self) -> Result<String, Diagnostic> {
        let mut text = String::new();
        self.read(|file| file.read_to_string(&mut text).map(drop))?;
        Ok(text)
    }

    fn read(&self, mut take: impl FnMut(&mut io::Take<&File>) -> io::Result<()>) -> Result<(), Diagnostic> {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file: &File = &file;
        file.seek(SeekFrom::Start(self.bytes.start))
            .and_then(|_| take(&mut file.take(self.bytes.end - self.bytes.start)))
            .map_err(|e| problem(Attempt::Read, &e))
    }
}

fn problem(attempt: Attempt, error: &io::Error) -> Diagnostic {
    Diagnostic::io(attempt, &std::env::temp_dir(), error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_comes_back_in_any_order() -> Result<(), Diagnostic> {
        let spool = Spool::new()?;
        let (first, second, empty) = (spool.put("关于".as_bytes())?, spool.put("通知".as_bytes())?, spool.put(b"")?);
        assert_eq!(second.text()?, "通知");
        let third = spool.put("答复".as_bytes())?;
        assert_eq!(
            (first.text()?, third.bytes()?, empty.bytes()?),
            ("关于".to_owned(), "答复".as_bytes().to_vec(), vec![])
        );
        Ok(())
    }
}
