//! The texts of documents on their way to compressed blocks.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use zstd::{bulk::Compressor, dict};

use crate::{
    Error,
    storage::{blocks, header::Blocks},
};

/// The level of zstd; higher ones cost more time than they save bytes.
const LEVEL: i32 = 12;

/// How many bytes of text are sampled for a dictionary, and how long it gets. Less text than `WORTH` is compressed
/// without one.
const SAMPLED: usize = 6 << 20;
const DICTIONARY: usize = 64 << 10;
const WORTH: usize = 1 << 20;

/// How long the lines of a shared block may be together, in bytes.
const SHARED: usize = 8 << 10;

/// Uncompressed blocks in a file.
#[derive(Debug)]
pub(super) struct Spool {
    path: PathBuf,
    file: Option<BufWriter<fs::File>>,
    lengths: Vec<u32>,
    items: Vec<u32>,
    characters: Vec<u32>,
    /// The block that the current item starts in.
    item: usize,
    shared: String,
    lines: u32,
}

impl Spool {
    pub(super) fn create(path: &Path) -> Result<Self, Error> {
        let file = Some(BufWriter::new(fs::File::create(path)?));
        let (lengths, items, characters, shared) = Default::default();
        Ok(Spool { path: path.into(), file, lengths, items, characters, item: 0, shared, lines: 0 })
    }

    /// Adds a block of a line and a text, and how many normalised characters later the next block starts.
    pub(super) fn add_block(&mut self, line: &str, text: &str, characters: usize) -> Result<(), Error> {
        self.put(&format!("{line}\n{text}"))?;
        self.items.push(0);
        self.characters.push(characters as u32);
        Ok(())
    }

    /// The blocks since the last item make one.
    pub(super) fn end_item(&mut self) -> Result<(), Error> {
        if let Some(count) = self.items.get_mut(self.item) {
            *count = 1;
        }
        self.item = self.items.len();
        Ok(())
    }

    /// Adds an item of one line, which shares its block with others.
    pub(super) fn add_line(&mut self, line: &str) -> Result<(), Error> {
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
        self.put(&shared)?;
        self.items.push(std::mem::take(&mut self.lines));
        Ok(())
    }

    fn put(&mut self, block: &str) -> Result<(), Error> {
        let bytes = blocks::encode(block);
        if let Some(file) = &mut self.file {
            file.write_all(&bytes)?;
        }
        self.lengths.push(bytes.len() as u32);
        Ok(())
    }

    /// No more blocks will follow.
    pub(super) fn finish(mut self) -> Result<Self, Error> {
        self.end_shared()?;
        if let Some(mut file) = self.file.take() {
            file.flush()?;
        }
        Ok(self)
    }

    /// Calls a function with each block.
    fn each(&self, mut with: impl FnMut(&[u8]) -> Result<(), Error>) -> Result<(), Error> {
        let mut file = BufReader::with_capacity(1 << 20, fs::File::open(&self.path)?);
        let mut block = Vec::new();
        for length in &self.lengths {
            block.resize(*length as usize, 0);
            file.read_exact(&mut block)?;
            with(&block)?;
        }
        Ok(())
    }
}

/// Compresses the blocks of spools; several threads may work at it together.
pub(super) struct Compression {
    spools: Vec<Arc<Spool>>,
    dictionary: Vec<u8>,
    next: AtomicUsize,
    /// For each spool that is done the lengths of its compressed blocks.
    done: Mutex<BTreeMap<usize, Vec<u32>>>,
}

impl Compression {
    pub(super) fn new(spools: Vec<Arc<Spool>>) -> Result<Self, Error> {
        let total: usize = spools.iter().flat_map(|spool| &spool.lengths).map(|length| *length as usize).sum();
        let dictionary = if total < WORTH { Vec::new() } else { train(&spools, total)? };
        Ok(Compression { spools, dictionary, next: AtomicUsize::new(0), done: Mutex::default() })
    }

    fn part(&self, number: usize) -> PathBuf {
        self.spools[number].path.with_extension("compressed")
    }

    /// Compresses spools until none is left.
    pub(super) fn work(&self) -> Result<(), Error> {
        let mut compressor = Compressor::with_dictionary(LEVEL, &self.dictionary)?;
        compressor.include_checksum(false)?;
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(spool) = self.spools.get(number) else { return Ok(()) };
            let mut file = BufWriter::new(fs::File::create(self.part(number))?);
            let mut lengths = Vec::with_capacity(spool.lengths.len());
            spool.each(|block| {
                let compressed = compressor.compress(block)?;
                lengths.push(compressed.len() as u32);
                Ok(file.write_all(&compressed)?)
            })?;
            file.flush()?;
            self.done.lock().unwrap_or_else(PoisonError::into_inner).insert(number, lengths);
        }
    }

    /// Writes the blocks of all spools, in order, into one file, and the dictionary behind them.
    pub(super) fn finish(self, path: &Path) -> Result<Blocks, Error> {
        let mut file = fs::File::create(path)?;
        let mut blocks = Blocks::default();
        for (number, spool) in self.spools.iter().enumerate() {
            io::copy(&mut fs::File::open(self.part(number))?, &mut file)?;
            blocks.items.extend(&spool.items);
            blocks.characters.extend(&spool.characters);
        }
        let done = self.done.into_inner().unwrap_or_else(PoisonError::into_inner);
        blocks.lengths = done.into_values().flatten().collect();
        file.write_all(&self.dictionary)?;
        let at = blocks.lengths.iter().map(|length| *length as usize).sum();
        blocks.dictionary = at..at + self.dictionary.len();
        Ok(blocks)
    }
}

/// Trains a dictionary on blocks from all over the texts.
fn train(spools: &[Arc<Spool>], total: usize) -> Result<Vec<u8>, Error> {
    let step = total.div_ceil(SAMPLED).max(1);
    let (mut samples, mut sizes, mut number) = (Vec::new(), Vec::new(), 0usize);
    for spool in spools {
        spool.each(|block| {
            if number.is_multiple_of(step) {
                samples.extend_from_slice(block);
                sizes.push(block.len());
            }
            number += 1;
            Ok(())
        })?;
    }
    // Too few samples make no dictionary; the texts are then compressed without one.
    Ok(dict::from_continuous(&samples, &sizes, DICTIONARY).unwrap_or_default())
}
