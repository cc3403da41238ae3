//! 建索引: documents in, the files of an index out.
//!
//! Documents are taken in batches of a fixed size to two threads, each of which makes shards of its own (`shard`); at
//! the end the shards are merged into one segment in the order of the documents, while the texts are compressed
//! (`texts`), and the files are cut into chunks (`pack`). What is held in memory is a few batches; the bytes written
//! depend on the documents alone.

mod pack;
mod shard;
mod texts;

use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
};

use tantivy::{
    Index, Segment, directory::MmapDirectory, index::IndexSettings, indexer::merge_filtered_segments, store::Compressor,
};
use tempfile::TempDir;

use crate::{
    Error,
    dictionary::{Dictionary, LONGEST_WORD},
    document::{Document, Schema},
    fields::Layout,
    storage::header::{FORMAT, Header},
};
use shard::{Batch, Shard};
use texts::Compression;

/// How many bytes of text make a batch, and so a shard.
const BATCH: usize = 12 << 20;

/// How many threads index; a shard depends on its batch alone, so any number gives the same bytes.
const THREADS: usize = 2;

/// Builds an index.
pub struct Builder {
    schema: Schema,
    work: TempDir,
    batch: Batch,
    bytes: usize,
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

impl Builder {
    /// Begins an index. `words` are names and terms to find fast beside those of the dictionary: a site's organs,
    /// regions and titles; whatever is found is found without them too.
    pub fn new(schema: Schema, words: &[String]) -> Result<Self, Error> {
        Builder::new_in(schema, words, &std::env::temp_dir())
    }

    /// Begins an index, with what is needed on the way in a folder of its own in `work` that goes with the builder.
    pub fn new_in(schema: Schema, words: &[String], work: &Path) -> Result<Self, Error> {
        let dictionary = Arc::new(Dictionary::with_words(words)?);
        let layout = Arc::new(Layout::new(&schema));
        let names: Arc<Vec<String>> = Arc::new(schema.fields.iter().map(|field| field.name.clone()).collect());
        let work = TempDir::new_in(work)?;
        let (queue, batches) = sync_channel::<Batch>(1);
        let batches = Arc::new(Mutex::new(batches));
        let workers = (0..THREADS)
            .map(|_| {
                let (batches, dictionary, layout, names) =
                    (batches.clone(), dictionary.clone(), layout.clone(), names.clone());
                let folder = work.path().to_owned();
                thread::spawn(move || {
                    let mut shards = Vec::new();
                    while let Some(batch) = next(&batches) {
                        shards.push(shard::build(batch, &folder, &dictionary, &layout, &names)?);
                    }
                    Ok(shards)
                })
            })
            .collect();
        Ok(Builder {
            schema,
            work,
            batch: Batch::default(),
            bytes: 0,
            documents: 0,
            batches: 0,
            queue: Some(queue),
            workers,
        })
    }

    /// Adds a document. Results of equal score are listed in the order in which documents are added.
    pub fn add(&mut self, document: Document) -> Result<(), Error> {
        self.bytes += document.text.len() + document.title.len();
        self.batch.documents.push(document);
        if self.bytes >= BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Error> {
        let mut batch = std::mem::take(&mut self.batch);
        batch.number = self.batches;
        batch.first = self.documents;
        self.batches += 1;
        self.documents += batch.documents.len() as u32;
        self.bytes = 0;
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
    pub fn finish(mut self, folder: &Path) -> Result<Report, Error> {
        if !self.batch.documents.is_empty() {
            self.flush()?;
        }
        let shards = self.join()?;
        let work = self.work.path();
        let records = shards.iter().filter_map(|shard| shard.records.as_ref()).collect::<Vec<_>>();
        let texts = Compression::new(shards.iter().map(|shard| shard.texts.clone()).collect())?;
        let record_texts = Compression::new(records.iter().map(|(_, spool)| spool.clone()).collect())?;
        // One thread compresses while the other merges, which then helps.
        let meta = thread::scope(|scope| -> Result<String, Error> {
            let compressing = scope.spawn(|| texts.work().and_then(|()| record_texts.work()));
            let mut segments: Vec<Segment> = Vec::new();
            for index in shards.iter().map(|shard| &shard.index).chain(records.iter().map(|(index, _)| index)) {
                segments.extend(index.searchable_segments()?);
            }
            let meta = merge(&segments, &work.join("merged"))?;
            texts.work()?;
            record_texts.work()?;
            compressing.join().map_err(|_| Error::Thread)??;
            Ok(meta)
        })?;
        let (texts, record_blocks) = (texts.finish(&work.join("texts"))?, record_texts.finish(&work.join("records"))?);
        let header = Header {
            format: FORMAT,
            schema: self.schema.clone(),
            meta,
            documents: self.documents,
            records: record_blocks.items.iter().sum(),
            longest_word: LONGEST_WORD,
            files: Vec::new(),
            texts,
            record_blocks,
            hot: Vec::new(),
        };
        pack::write(header, work, folder)
    }
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
