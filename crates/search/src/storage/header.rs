use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::File;
use crate::document::Schema;

/// The version of the format; an index of another one is not read.
pub(crate) const FORMAT: u32 = 5;

/// What the header of any version says.
#[derive(Deserialize)]
pub(crate) struct Version {
    pub format: u32,
}

/// What must be known to open an index, at the head of its hot bundle.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Header {
    pub format: u32,
    pub schema: Schema,
    /// tantivy's `meta.json`.
    pub meta: String,
    /// How many documents there are; their tantivy ids are 0..documents, those of records follow.
    pub documents: u32,
    pub records: u32,
    /// Where the documents of the parts that have records begin, which the records of a part count from.
    pub shards: Vec<ShardHeader>,
    /// The length of the longest indexed word, in characters.
    pub longest_word: usize,
    pub files: Vec<FileHeader>,
    pub texts: Blocks,
    pub record_blocks: Blocks,
    /// The ranges of files that follow this header, in order.
    pub hot: Vec<(File, usize, usize)>,
}

/// A part of the index that was made by itself: its first document and its first record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ShardHeader {
    pub document: u32,
    pub record: u32,
}

/// How a file is cut.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FileHeader {
    pub file: File,
    /// Its length, in bytes.
    pub length: usize,
    /// The lengths of its chunks; empty where each but the last is [`CHUNK`] long.
    pub lengths: Vec<u32>,
    /// The names of its chunks, each of [`NAME`] characters; spaces for a chunk that lies whole in the hot bundle
    /// or is never read.
    pub names: String,
}

impl FileHeader {
    /// Where its chunks end, in order.
    pub(crate) fn ends(&self) -> Vec<usize> {
        if self.lengths.is_empty() {
            return (1..=self.length.div_ceil(CHUNK)).map(|chunk| (chunk * CHUNK).min(self.length)).collect();
        }
        let end = |end: &mut usize, length: &u32| {
            *end += *length as usize;
            Some(*end)
        };
        self.lengths.iter().scan(0, end).collect()
    }
}

/// How long a chunk is, in bytes: small enough that a query fetches little that it does not need, large enough that the
/// files of a site stay countable.
pub(crate) const CHUNK: usize = 4 << 10;

/// The length of a chunk's name: a hash of what it holds.
pub(crate) const NAME: usize = 12;

/// Where the compressed blocks of a file lie.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Blocks {
    /// The lengths of the blocks, in bytes.
    pub lengths: Vec<u32>,
    /// For each block how many items (documents, records) start in it.
    pub items: Vec<u32>,
    /// For each block of a document how many normalised characters later the next one of the document starts; 0 in the
    /// last one.
    pub characters: Vec<u32>,
    /// The zstd dictionary with which they are compressed, empty for none: its range of bytes behind the blocks.
    pub dictionary: Range<usize>,
}
