//! The texts of documents, compressed with a dictionary of what they have in common.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use sha2::{Digest, Sha256};
use zstd::{bulk::Compressor, dict};

use super::spool::{Packed, Spool};
use crate::{Error, storage::header::Blocks};

/// The level of zstd; higher ones cost more time than they save bytes.
const LEVEL: i32 = 12;

/// How many bytes of text are sampled for a dictionary, about, and how long it gets. Less text than `WORTH` is compressed
/// without one.
const SAMPLED: usize = 1 << 20;
const DICTIONARY: usize = 64 << 10;
const WORTH: usize = 1 << 20;

/// A dictionary of zstd, known by the samples that it was trained on; empty for none.
#[derive(Debug, Default)]
pub(super) struct TextDictionary {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Compresses the blocks of spools; several threads may work at it together.
pub(super) struct Compression {
    spools: Vec<Arc<Spool>>,
    dictionary: Arc<TextDictionary>,
    next: AtomicUsize,
    /// For each spool that is done the lengths of its compressed blocks.
    done: Mutex<BTreeMap<usize, Vec<u32>>>,
}

/// What came of a compression.
pub(super) struct Compressed {
    /// Where the blocks lie in the joined file.
    pub blocks: Blocks,
    /// For each spool its blocks, compressed.
    pub spools: Vec<Spool>,
}

impl Compression {
    /// Prepares to compress. `known` may have the dictionary of this name already.
    pub(super) fn new(spools: Vec<Arc<Spool>>, known: impl Fn(&str) -> Option<TextDictionary>) -> Result<Self, Error> {
        let total: usize = spools.iter().map(|spool| spool.bytes()).sum();
        let dictionary = if total < WORTH { TextDictionary::default() } else { dictionary(&spools, total, known)? };
        Ok(Compression { spools, dictionary: Arc::new(dictionary), next: AtomicUsize::new(0), done: Mutex::default() })
    }

    /// What the blocks of a spool are compressed into; that of one which is compressed with this dictionary already is its
    /// own.
    fn part(&self, number: usize) -> PathBuf {
        let spool = &self.spools[number];
        match &spool.packed {
            Some(_) if self.as_it_is(spool).is_some() => spool.path.clone(),
            // A file that is read from is not written to, and may have a second name among those that are kept.
            Some(_) => spool.path.with_extension("anew"),
            None => spool.path.with_extension("zst"),
        }
    }

    fn as_it_is<'a>(&self, spool: &'a Spool) -> Option<&'a Packed> {
        spool.packed.as_ref().filter(|packed| packed.dictionary.name == self.dictionary.name)
    }

    /// Compresses spools until none is left.
    pub(super) fn work(&self) -> Result<(), Error> {
        let mut compressor: Option<Compressor<'_>> = None;
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(spool) = self.spools.get(number) else { return Ok(()) };
            let lengths = match self.as_it_is(spool) {
                Some(packed) => packed.lengths.clone(),
                None => {
                    let compressor = match &mut compressor {
                        Some(compressor) => compressor,
                        None => compressor.insert(self.compressor()?),
                    };
                    let mut file = BufWriter::new(fs::File::create(self.part(number))?);
                    let mut lengths = Vec::with_capacity(spool.lists.sizes.len());
                    spool.each(
                        |_| true,
                        |block| {
                            let compressed = compressor.compress(block)?;
                            lengths.push(compressed.len() as u32);
                            Ok(file.write_all(&compressed)?)
                        },
                    )?;
                    file.flush()?;
                    lengths
                }
            };
            self.done.lock().unwrap_or_else(PoisonError::into_inner).insert(number, lengths);
        }
    }

    fn compressor(&self) -> Result<Compressor<'_>, Error> {
        let mut compressor = Compressor::with_dictionary(LEVEL, &self.dictionary.bytes)?;
        compressor.include_checksum(false)?;
        Ok(compressor)
    }

    /// Writes the blocks of all spools, in order, into one file, and the dictionary behind them.
    pub(super) fn finish(self, path: &Path) -> Result<Compressed, Error> {
        let mut file = fs::File::create(path)?;
        let mut done = std::mem::take(&mut *self.done.lock().unwrap_or_else(PoisonError::into_inner));
        let (mut blocks, mut spools) = (Blocks::default(), Vec::with_capacity(self.spools.len()));
        for (number, spool) in self.spools.iter().enumerate() {
            let (path, lists) = (self.part(number), spool.lists.clone());
            io::copy(&mut fs::File::open(&path)?, &mut file)?;
            let lengths = done.remove(&number).unwrap_or_default();
            blocks.items.extend(&lists.items);
            blocks.characters.extend(&lists.characters);
            blocks.lengths.extend(&lengths);
            let packed = Some(Packed { lengths, dictionary: self.dictionary.clone() });
            spools.push(Spool { path, lists, packed });
        }
        file.write_all(&self.dictionary.bytes)?;
        let at = blocks.lengths.iter().map(|length| *length as usize).sum();
        blocks.dictionary = at..at + self.dictionary.bytes.len();
        Ok(Compressed { blocks, spools })
    }
}

/// The dictionary of the blocks of documents from all over, which are chosen by their ids: an edit seldom changes it.
fn dictionary(
    spools: &[Arc<Spool>],
    total: usize,
    known: impl Fn(&str) -> Option<TextDictionary>,
) -> Result<TextDictionary, Error> {
    let rarity = (total / SAMPLED).next_power_of_two().trailing_zeros() as u8;
    let (mut samples, mut sizes) = (Vec::new(), Vec::new());
    for spool in spools {
        let is_sample = |number: usize| spool.lists.rarity.get(number).is_some_and(|of| *of >= rarity);
        spool.each(is_sample, |block| {
            samples.extend_from_slice(block);
            sizes.push(block.len());
            Ok(())
        })?;
    }
    let name = super::name(&Sha256::digest(&samples));
    // Too few samples make no dictionary; the texts are then compressed without one.
    let train = || dict::from_continuous(&samples, &sizes, DICTIONARY).unwrap_or_default();
    Ok(known(&name).unwrap_or_else(|| TextDictionary { bytes: train(), name }))
}
