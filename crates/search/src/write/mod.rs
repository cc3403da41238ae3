//! 建索引: documents in, the files of an index out.
//!
//! Documents are taken in batches (`batch`) to two threads, each of which makes shards of its own (`shard`) or takes
//! those of an earlier build (`kept`); at the end the shards are merged into one segment in the order of the documents,
//! while the texts (`spool`) are compressed (`texts`), and the files are cut into chunks (`pack`). What is held in memory
//! is a few batches; the bytes written depend on the documents alone.

mod batch;
mod kept;
mod pack;
mod shard;
mod spool;
mod texts;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
};

use sha2::{Digest, Sha256};
use tantivy::{
    Index, Segment, directory::MmapDirectory, index::IndexSettings, indexer::merge_filtered_segments, store::Compressor,
};
use tempfile::TempDir;

use crate::{
    Error,
    dictionary::{Dictionary, LONGEST_WORD},
    document::{Document, Schema},
    fields::Layout,
    storage::header::{FORMAT, Header, ShardHeader},
};
use batch::{Batch, Size};
use kept::Store;
use shard::{Shard, of_records};
use texts::Compression;

/// How many threads index; a shard depends on its batch alone, so any number gives the same bytes.
const THREADS: usize = 2;

/// With what an index is built.
#[derive(Clone, Copy, Debug)]
pub struct Means<'a> {
    /// A folder for what is needed on the way, which goes with the builder.
    pub work: &'a Path,
    /// A folder that keeps the shards of one build for the next, and what else than the documents decides how they are
    /// indexed: the program. It changes nothing but the time that a build takes.
    pub kept: Option<(&'a Path, &'a [u8])>,
    /// How many bytes of text there will be, where that is known.
    pub bytes: Option<usize>,
}

/// Builds an index.
pub struct Builder {
    schema: Schema,
    maker: Arc<Maker>,
    work: TempDir,
    size: Size,
    batch: Batch,
    /// How many documents went into batches before this one.
    documents: u32,
    batches: u32,
    queue: Option<SyncSender<Batch>>,
    workers: Vec<JoinHandle<Result<Vec<Shard>, Error>>>,
}

/// What a build came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many documents.
    pub documents: u32,
    /// How many records.
    pub records: u32,
    /// The bytes of each part of the index, by name.
    pub bytes: Vec<(String, u64)>,
    /// How many files were written.
    pub files: usize,
}

/// The settings of every index here: nothing is stored by tantivy.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

/// Makes shards.
struct Maker {
    folder: PathBuf,
    dictionary: Arc<Dictionary>,
    layout: Layout,
    names: Vec<String>,
    store: Option<Store>,
    /// Begins the names of shards that are kept.
    context: Sha256,
}

impl Maker {
    fn shard(&self, batch: Batch) -> Result<Shard, Error> {
        let folder = self.folder.join(format!("shard-{}", batch.number));
        let mut key = String::new();
        if let Some(store) = &self.store {
            key = batch.key(&self.context);
            if let Some(shard) = store.take(&key, &batch, &folder) {
                return Ok(shard);
            }
        }
        shard::build(batch, key, &folder, &self.dictionary, &self.layout, &self.names)
    }
}

impl Builder {
    /// Begins an index. `words` are names and terms to find fast beside those of the dictionary: a site's organs,
    /// regions and titles; whatever is found is found without them too.
    ///
    /// # Errors
    /// Where no folder can be made for what is needed on the way.
    pub fn new(schema: Schema, words: &[String]) -> Result<Self, Error> {
        Builder::with(schema, words, Means { work: &std::env::temp_dir(), kept: None, bytes: None })
    }

    /// Begins an index by certain means.
    ///
    /// # Errors
    /// Where the folder for what is needed on the way cannot be made.
    pub fn with(schema: Schema, words: &[String], means: Means<'_>) -> Result<Self, Error> {
        let work = TempDir::new_in(means.work)?;
        let mut context = Sha256::new();
        if let Some((_, about)) = means.kept {
            context.update(about);
            context.update([0, FORMAT as u8]);
            context.update(serde_json::to_vec(&schema)?);
        }
        let maker = Arc::new(Maker {
            folder: work.path().to_owned(),
            dictionary: Arc::new(Dictionary::with_words(words)?),
            layout: Layout::new(&schema),
            names: schema.fields.iter().map(|field| field.name.clone()).collect(),
            store: means.kept.map(|(folder, _)| Store::open(folder, words)),
            context,
        });
        let (queue, batches) = sync_channel::<Batch>(1);
        let batches = Arc::new(Mutex::new(batches));
        let workers = (0..THREADS)
            .map(|_| {
                let (batches, maker) = (batches.clone(), maker.clone());
                thread::spawn(move || {
                    let mut shards = Vec::new();
                    while let Some(batch) = next(&batches) {
                        shards.push(maker.shard(batch)?);
                    }
                    Ok(shards)
                })
            })
            .collect();
        let (size, batch, queue) = (Size::of(means.bytes), Batch::default(), Some(queue));
        Ok(Builder { schema, maker, work, size, batch, documents: 0, batches: 0, queue, workers })
    }

    /// Adds a document. Results of equal score are listed in the order in which documents are added.
    ///
    /// # Errors
    /// Where those before it could not be indexed.
    pub fn add(&mut self, document: Document) -> Result<(), Error> {
        self.batch.add(document);
        if self.size.is_full(&self.batch) { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Error> {
        let mut batch = std::mem::take(&mut self.batch);
        batch.number = self.batches;
        batch.first = self.documents;
        self.batches += 1;
        self.documents += batch.documents.len() as u32;
        match &self.queue {
            Some(queue) if queue.send(batch).is_ok() => Ok(()),
            // The threads ended early: one of them has the reason.
            _ => self.join().map(|_| ()).and(Err(Error::Thread)),
        }
    }

    fn join(&mut self) -> Result<Vec<Shard>, Error> {
        self.queue = None;
        let mut shards = Vec::new();
        for worker in self.workers.drain(..) {
            shards.extend(worker.join().map_err(|_| Error::Thread)??);
        }
        shards.sort_by_key(|shard| shard.number);
        Ok(shards)
    }

    /// Writes the index into a folder, which is made if it is missing and should be empty.
    ///
    /// # Errors
    /// Where a document names a field that the schema lacks, or a file cannot be written.
    pub fn finish(mut self, folder: &Path) -> Result<Report, Error> {
        if !self.batch.documents.is_empty() {
            self.flush()?;
        }
        let shards = self.join()?;
        let work = self.work.path();
        let store = self.maker.store.as_ref();
        let known = |name: &str| store.and_then(|store| store.dictionary(name));
        let records = || of_records(&shards).filter_map(|shard| shard.records.as_ref());
        let texts = Compression::new(shards.iter().map(|shard| shard.texts.clone()).collect(), known)?;
        let record_texts = Compression::new(records().map(|(_, spool)| spool.clone()).collect(), known)?;
        // One thread compresses while the other merges, which then helps.
        let meta = thread::scope(|scope| -> Result<String, Error> {
            let compressing = scope.spawn(|| texts.work().and_then(|()| record_texts.work()));
            let mut segments: Vec<Segment> = Vec::new();
            for index in shards.iter().map(|shard| &shard.index).chain(records().map(|(index, _)| index)) {
                segments.extend(index.searchable_segments()?);
            }
            let meta = merge(&segments, &work.join("merged"))?;
            texts.work()?;
            record_texts.work()?;
            compressing.join().map_err(|_| Error::Thread)??;
            Ok(meta)
        })?;
        let (texts, record_texts) = (texts.finish(&work.join("texts"))?, record_texts.finish(&work.join("records"))?);
        if let Some(store) = store {
            store.keep(&shards, &texts, &record_texts);
        }
        let header = Header {
            format: FORMAT,
            schema: self.schema.clone(),
            meta,
            documents: self.documents,
            records: record_texts.blocks.items.iter().sum(),
            shards: places(&shards),
            longest_word: LONGEST_WORD,
            files: Vec::new(),
            texts: texts.blocks,
            record_blocks: record_texts.blocks,
            hot: Vec::new(),
        };
        pack::write(header, work, folder)
    }
}

/// Where the documents and the records of shards begin among all.
fn places(shards: &[Shard]) -> Vec<ShardHeader> {
    let mut records = 0;
    let mut places = Vec::new();
    for shard in of_records(shards) {
        places.push(ShardHeader { document: shard.first, record: records });
        records += shard.records.iter().flat_map(|(_, spool)| &spool.lists.items).sum::<u32>();
    }
    places
}

/// The first half of a SHA-256 as the name of what is kept.
fn name(hash: &[u8]) -> String {
    hexadecimal(&hash[..hash.len() / 2])
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The next batch, or `None` when there will be no more.
fn next(batches: &Mutex<Receiver<Batch>>) -> Option<Batch> {
    batches.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Merges segments in order into an index in `folder` and returns its `meta.json`.
fn merge(segments: &[Segment], folder: &Path) -> Result<String, Error> {
    std::fs::create_dir_all(folder)?;
    if segments.is_empty() {
        return Ok(String::new());
    }
    let none = segments.iter().map(|_| None).collect();
    let directory = MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
    let merged: Index = merge_filtered_segments(segments, settings(), none, directory)?;
    Ok(serde_json::to_string(&merged.load_metas()?)?)
}
