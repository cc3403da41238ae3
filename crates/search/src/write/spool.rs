//! 暂存: the blocks of the texts of a shard, as they come and, once compressed, as they stay.

use std::{
    fs,
    hash::{DefaultHasher, Hasher},
    io::{BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use zstd::bulk::Decompressor;

use super::texts::TextDictionary;
use crate::{Error, storage::blocks};

/// How long the lines of a shared block may be together, in bytes.
const SHARED: usize = 8 << 10;

/// What is known of the blocks of a file, one entry a block.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Lists {
    /// Their lengths, not compressed, in bytes.
    pub sizes: Vec<u32>,
    /// How rare a sample each makes: one in 2, 4, 8 … has 1, 2, 3 …, by the id of the document that it begins with.
    pub rarity: Vec<u8>,
    /// How many items start in each.
    pub items: Vec<u32>,
    /// How many normalised characters later the next block of the document starts.
    pub characters: Vec<u32>,
}

/// Blocks compressed.
#[derive(Clone, Debug)]
pub(super) struct Packed {
    /// Their lengths, in bytes.
    pub lengths: Vec<u32>,
    pub dictionary: Arc<TextDictionary>,
}

/// The blocks of a shard in a file.
#[derive(Debug)]
pub(super) struct Spool {
    pub path: PathBuf,
    pub lists: Lists,
    /// `None` where they are not compressed.
    pub packed: Option<Packed>,
}

impl Spool {
    /// How many bytes its blocks have.
    pub(super) fn bytes(&self) -> usize {
        self.lists.sizes.iter().map(|size| *size as usize).sum()
    }

    /// Calls a function with each block that is wanted by its number, decompressed.
    pub(super) fn each(
        &self,
        wanted: impl Fn(usize) -> bool,
        mut with: impl FnMut(&[u8]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut file = BufReader::with_capacity(1 << 20, fs::File::open(&self.path)?);
        let mut decompressor = match &self.packed {
            Some(packed) => Some(Decompressor::with_dictionary(&packed.dictionary.bytes)?),
            None => None,
        };
        let lengths = self.packed.as_ref().map_or(&self.lists.sizes, |packed| &packed.lengths);
        let mut block = Vec::new();
        for (number, (length, size)) in lengths.iter().zip(&self.lists.sizes).enumerate() {
            if !wanted(number) {
                file.seek_relative(i64::from(*length))?;
                continue;
            }
            block.resize(*length as usize, 0);
            file.read_exact(&mut block)?;
            match &mut decompressor {
                Some(decompressor) => with(&decompressor.decompress(&block, *size as usize)?)?,
                None => with(&block)?,
            }
        }
        Ok(())
    }
}

/// Writes the blocks of a shard.
pub(super) struct Spooler {
    file: BufWriter<fs::File>,
    spool: Spool,
    /// The block that the current item starts in.
    item: usize,
    shared: String,
    lines: u32,
    /// Of the current document, and of the one that the shared block begins with.
    rarity: [u8; 2],
}

impl Spooler {
    pub(super) fn create(path: &Path) -> Result<Self, Error> {
        let spool = Spool { path: path.into(), lists: Lists::default(), packed: None };
        let file = BufWriter::new(fs::File::create(path)?);
        Ok(Spooler { file, spool, item: 0, shared: String::new(), lines: 0, rarity: [0; 2] })
    }

    /// What is added from here on is of this document. A shared block ends rather than go on into one more, so that a
    /// change of a document changes few blocks.
    pub(super) fn begin(&mut self, document: &str) -> Result<(), Error> {
        if self.shared.len() >= SHARED / 2 {
            self.end_shared()?;
        }
        let mut hash = DefaultHasher::new();
        hash.write(document.as_bytes());
        self.rarity[0] = hash.finish().trailing_zeros() as u8;
        Ok(())
    }

    /// Adds a block of a line and a text, and how many normalised characters later the next block starts.
    pub(super) fn add_block(&mut self, line: &str, text: &str, characters: usize) -> Result<(), Error> {
        self.put(&format!("{line}\n{text}"), self.rarity[0])?;
        self.spool.lists.items.push(0);
        self.spool.lists.characters.push(characters as u32);
        Ok(())
    }

    /// The blocks since the last item make one.
    pub(super) fn end_item(&mut self) -> Result<(), Error> {
        if let Some(count) = self.spool.lists.items.get_mut(self.item) {
            *count = 1;
        }
        self.item = self.spool.lists.items.len();
        Ok(())
    }

    /// Adds an item of one line, which shares its block with others.
    pub(super) fn add_line(&mut self, line: &str) -> Result<(), Error> {
        if self.lines == 0 {
            self.rarity[1] = self.rarity[0];
        }
        self.shared.push_str(line);
        self.shared.push('\n');
        self.lines += 1;
        if self.shared.len() >= SHARED { self.end_shared() } else { Ok(()) }
    }

    fn end_shared(&mut self) -> Result<(), Error> {
        if self.lines == 0 {
            return Ok(());
        }
        let shared = std::mem::take(&mut self.shared);
        self.put(&shared, self.rarity[1])?;
        self.spool.lists.items.push(std::mem::take(&mut self.lines));
        Ok(())
    }

    fn put(&mut self, block: &str, rarity: u8) -> Result<(), Error> {
        let bytes = blocks::encode(block);
        self.file.write_all(&bytes)?;
        self.spool.lists.sizes.push(bytes.len() as u32);
        self.spool.lists.rarity.push(rarity);
        Ok(())
    }

    /// No more blocks will follow.
    pub(super) fn finish(mut self) -> Result<Spool, Error> {
        self.end_shared()?;
        self.file.flush()?;
        Ok(self.spool)
    }
}
