//! 存储: where the files of an index lie, and how they are read.
//!
//! The files ([`File`]) are cut into chunks that any static host serves (`chunks`); `directory` shows them to tantivy;
//! `blocks` are the compressed texts. Everything above reads through [`Files`], which is the one place that knows
//! whether bytes lie on disk, in memory, or have yet to be fetched.

pub(crate) mod blocks;
pub(crate) mod chunks;
pub(crate) mod directory;
pub(crate) mod header;

use std::{fmt::Debug, io, ops::Range};

use serde::{Deserialize, Serialize};
use tantivy::directory::OwnedBytes;

/// A file of an index. tantivy's own are named after what they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum File {
    /// The term dictionaries.
    Terms,
    /// The postings: which documents hold a term, and how often.
    Postings,
    /// The positions of terms in documents.
    Positions,
    /// The lengths of documents.
    Lengths,
    /// The values to count and sort by.
    Columns,
    /// tantivy's document store, which this index leaves empty.
    Store,
    /// The compressed texts of documents.
    Texts,
    /// What a result shows of records, compressed.
    Records,
}

impl File {
    /// Every file.
    pub(crate) const ALL: [File; 8] = [
        File::Terms,
        File::Postings,
        File::Positions,
        File::Lengths,
        File::Columns,
        File::Store,
        File::Texts,
        File::Records,
    ];

    /// The extension that tantivy gives the file, if it is one of tantivy's.
    pub(crate) fn extension(self) -> Option<&'static str> {
        match self {
            File::Terms => Some("term"),
            File::Postings => Some("idx"),
            File::Positions => Some("pos"),
            File::Lengths => Some("fieldnorm"),
            File::Columns => Some("fast"),
            File::Store => Some("store"),
            File::Texts | File::Records => None,
        }
    }
}

/// Read access to the files of an index.
pub(crate) trait Files: Debug + Send + Sync {
    /// The length of a file in bytes.
    fn len(&self, file: File) -> usize;

    /// Some bytes of a file. Fails with [`io::ErrorKind::WouldBlock`] when they have yet to be fetched.
    fn read(&self, file: File, range: Range<usize>) -> io::Result<OwnedBytes>;
}
