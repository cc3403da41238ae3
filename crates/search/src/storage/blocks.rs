//! The texts of documents and what is shown of records, in compressed blocks that can be fetched alone.
//!
//! A block is a line of JSON and, in a block of a document, the text behind it, in UTF-16: Chinese compresses a tenth
//! better in it than in UTF-8. A document takes one block or, when it is long, several; records share blocks.

use std::{
    fmt,
    ops::Range,
    string::FromUtf16Error,
    sync::{Arc, Mutex, PoisonError},
};

use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{File, Files, header};
use crate::{Error, document::Role};

/// How long the text of a block may be, in bytes, before the next passage begins another block.
#[cfg(feature = "write")]
pub(crate) const BLOCK: usize = 14 << 10;

/// No block is longer than this when decompressed.
const LARGEST: u64 = 16 << 20;

/// The line of JSON at the head of a block of a document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct TextHead {
    /// The offset of the block's first character in the normalised text of the document.
    pub start: u32,
    /// What a result shows; in the first block of a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
    /// The passages that stand in the block.
    pub passages: Vec<Place>,
}

/// A passage of a block. Most start a line and have their path as anchor, and are written as `[1,"path"]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "PlaceFields", into = "PlaceFields")]
pub(crate) struct Place {
    /// How many lines of the block's text lie between the start of the passage before (or of the block) and its own.
    pub lines: u32,
    pub path: String,
    pub label: String,
    pub anchor: String,
    pub role: Role,
    /// The byte of the line at which it starts; in the first line, of the block.
    pub byte: u32,
}

/// A passage as it is written: the shorter forms leave out what is as usual.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum PlaceFields {
    Short(u32, String),
    Anchored(u32, String, String),
    Full(u32, String, String, Role, u32),
    Labelled(u32, String, String, Role, u32, String),
}

impl From<PlaceFields> for Place {
    fn from(fields: PlaceFields) -> Self {
        match fields {
            PlaceFields::Short(lines, path) => Place { lines, anchor: path.clone(), path, ..Place::default() },
            PlaceFields::Anchored(lines, path, anchor) => Place { lines, path, anchor, ..Place::default() },
            PlaceFields::Full(lines, path, anchor, role, byte) => {
                Place { lines, path, anchor, role, byte, ..Place::default() }
            }
            PlaceFields::Labelled(lines, path, anchor, role, byte, label) => {
                Place { lines, path, label, anchor, role, byte }
            }
        }
    }
}

impl From<Place> for PlaceFields {
    fn from(place: Place) -> Self {
        let Place { lines, path, label, anchor, role, byte } = place;
        if !label.is_empty() {
            return PlaceFields::Labelled(lines, path, anchor, role, byte, label);
        }
        match (role, byte) {
            (Role::Text, 0) if path == anchor => PlaceFields::Short(lines, path),
            (Role::Text, 0) => PlaceFields::Anchored(lines, path, anchor),
            _ => PlaceFields::Full(lines, path, anchor, role, byte),
        }
    }
}

/// What a result shows of a document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Shown {
    pub id: String,
    pub url: String,
    pub title: String,
    pub number: Option<String>,
    /// How many normalised characters the title and the number take at the start of the text.
    pub front: u32,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub extra: Value,
}

/// What is shown of a record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ShownRecord {
    pub id: String,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub extra: Value,
}

/// Reads the blocks of a file.
pub(crate) struct Blocks {
    files: Arc<dyn Files>,
    file: File,
    starts: Vec<usize>,
    /// The block that each item starts in, and the number of blocks.
    items: Vec<u32>,
    characters: Vec<u32>,
    dictionary: Range<usize>,
    decoder: Mutex<Option<FrameDecoder>>,
}

impl fmt::Debug for Blocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blocks({:?})", self.file)
    }
}

impl Blocks {
    pub(crate) fn new(files: Arc<dyn Files>, file: File, header: &header::Blocks) -> Self {
        let mut starts = vec![0];
        let mut items = Vec::new();
        let mut at = 0;
        for (block, length) in (0u32..).zip(&header.lengths) {
            at += *length as usize;
            starts.push(at);
            let count = header.items.get(block as usize).copied().unwrap_or_default();
            items.extend((0..count).map(|_| block));
        }
        items.push(header.lengths.len() as u32);
        let (characters, dictionary) = (header.characters.clone(), header.dictionary.clone());
        Blocks { files, file, starts, items, characters, dictionary, decoder: Mutex::new(None) }
    }

    /// How many bytes the blocks take, compressed.
    fn compressed(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    /// How many bytes the blocks take with the dictionary that they are compressed with.
    pub(crate) fn bytes(&self) -> usize {
        self.compressed() + self.dictionary.len()
    }

    /// How many bytes a document takes on average, compressed.
    pub(crate) fn mean(&self) -> usize {
        self.compressed() / self.items.len().saturating_sub(1).max(1)
    }

    /// The blocks of a document.
    pub(crate) fn of_document(&self, document: u32) -> Range<u32> {
        match self.items.get(document as usize..document as usize + 2) {
            Some([first, next]) => *first..*next,
            _ => 0..0,
        }
    }

    /// For each block of a document the offset of its first character in the document's normalised text.
    pub(crate) fn starts_of(&self, document: u32) -> Vec<usize> {
        let mut at = 0;
        let start = |block: u32| {
            let start = at;
            at += self.characters.get(block as usize).copied().unwrap_or_default() as usize;
            start
        };
        self.of_document(document).map(start).collect()
    }

    /// The block of a record, and which of the block's records it is.
    pub(crate) fn of_record(&self, record: u32) -> Option<(u32, usize)> {
        let block = *self.items.get(record as usize)?;
        let first = self.items.partition_point(|other| *other < block);
        Some((block, record as usize - first))
    }

    /// The bytes of a block, so that they are fetched together with others when they are absent.
    pub(crate) fn touch(&self, block: u32) -> std::io::Result<tantivy::directory::OwnedBytes> {
        match self.starts.get(block as usize..block as usize + 2) {
            Some([start, end]) => self.files.read(self.file, *start..*end),
            _ => Err(std::io::ErrorKind::InvalidData.into()),
        }
    }

    /// Decompresses a block.
    pub(crate) fn read(&self, block: u32) -> Result<String, Error> {
        let damaged = |e: &dyn fmt::Display| Error::Format(format!("文本块 {block}：{e}"));
        let bytes = self.touch(block)?;
        let mut slot = self.decoder.lock().unwrap_or_else(PoisonError::into_inner);
        let decoder = match &mut *slot {
            Some(decoder) => decoder,
            None => {
                let mut decoder = FrameDecoder::new();
                if !self.dictionary.is_empty() {
                    let dictionary = self.files.read(self.file, self.dictionary.clone())?;
                    let dictionary = Dictionary::decode_dict(&dictionary).map_err(|e| damaged(&e))?;
                    decoder.add_dict(dictionary).map_err(|e| damaged(&e))?;
                }
                slot.insert(decoder)
            }
        };
        let mut input = bytes.as_slice();
        decoder.reset(&mut input).map_err(|e| damaged(&e))?;
        if decoder.content_size() > LARGEST {
            return Err(damaged(&"过大"));
        }
        decoder.decode_blocks(&mut input, BlockDecodingStrategy::All).map_err(|e| damaged(&e))?;
        decode(&decoder.collect().unwrap_or_default()).map_err(|e| damaged(&e))
    }
}

/// A text as it is compressed: UTF-16, the low byte first.
#[cfg(feature = "write")]
pub(crate) fn encode(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn decode(bytes: &[u8]) -> Result<String, FromUtf16Error> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units)
}
