//! 复合文档: the container of DOC, WPS and XLS, and of encrypted DOCX and XLSX ([MS-CFB]).

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use crate::piece::Refusal;

/// The signature of a compound file.
pub const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// An open compound file.
pub struct Container<'a>(CompoundFile<Cursor<&'a [u8]>>);

impl<'a> Container<'a> {
    /// Opens a compound file.
    ///
    /// # Errors
    /// `package-broken`.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        CompoundFile::open(Cursor::new(bytes)).map(Container).map_err(|_| super::damaged())
    }

    /// True where there is a stream of this name.
    pub fn has(&self, name: &str) -> bool {
        self.0.is_stream(name)
    }

    /// The bytes of a stream, `None` where there is none. No stream is longer than the file.
    ///
    /// # Errors
    /// `package-broken`.
    pub fn stream(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        if !self.has(name) {
            return Ok(None);
        }
        let most = self.0.entry(name).map_or(0, |e| e.len());
        let stream = self.0.open_stream(name).map_err(|_| super::damaged())?;
        let mut bytes = Vec::new();
        stream.take(most).read_to_end(&mut bytes).map_err(|_| super::damaged())?;
        Ok(Some(bytes))
    }
}

/// True for a compound file that has one of these streams. One that cannot be opened is judged by the names that stand
/// in it.
pub fn holds(bytes: &[u8], streams: &[&str]) -> bool {
    if !bytes.starts_with(SIGNATURE) {
        return false;
    }
    match Container::open(bytes) {
        Ok(container) => streams.iter().any(|s| container.has(s)),
        Err(_) => streams.iter().any(|s| {
            let name: Vec<u8> = s.encode_utf16().flat_map(u16::to_le_bytes).collect();
            bytes.windows(name.len()).any(|w| w == name)
        }),
    }
}
