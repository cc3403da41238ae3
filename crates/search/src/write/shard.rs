//! A batch of documents as an index of one segment, with the texts of its documents and its records beside it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use tantivy::{
    Index, TantivyDocument,
    directory::MmapDirectory,
    indexer::SingleSegmentIndexWriter,
    tokenizer::{TextAnalyzer, TokenizerManager},
};

use super::{
    batch::Batch,
    settings,
    spool::{Spool, Spooler},
};
use crate::{
    Error,
    dictionary::Dictionary,
    document::{Document, Passage, Role},
    fields::{KEY, Layout, WORDS},
    normalize::Normalized,
    storage::blocks::{BLOCK, Place, Shown, ShownRecord, TextHead},
    tokenizer::{KeyTokenizer, WordTokenizer},
};

/// The memory in which tantivy's tables of a shard start, at most; it grows with the batch.
const MEMORY: usize = 32 << 20;

/// The folders of a shard that hold tantivy's index of its documents, and of its records.
pub(super) const DOCUMENTS: &str = "documents";
pub(super) const RECORDS: &str = "records";

/// An indexed batch. Nothing in its files says which documents came before it, so that it serves wherever it stands.
pub(super) struct Shard {
    pub number: u32,
    /// The number of its first document among all.
    pub first: u32,
    /// What it is known by; empty where no shards are kept.
    pub key: String,
    pub folder: PathBuf,
    pub index: Index,
    pub texts: Arc<Spool>,
    /// The records of its documents, if there are any.
    pub records: Option<(Index, Arc<Spool>)>,
    /// Whether it lies among the shards that are kept, as it is.
    pub kept: bool,
}

/// The shards whose documents have records.
pub(super) fn of_records(shards: &[Shard]) -> impl Iterator<Item = &Shard> {
    shards.iter().filter(|shard| shard.records.is_some())
}

type Writer = SingleSegmentIndexWriter<TantivyDocument>;

fn writer(folder: &Path, bytes: usize, dictionary: &Arc<Dictionary>, layout: &Layout) -> Result<Writer, Error> {
    std::fs::create_dir_all(folder)?;
    let tokenizers = TokenizerManager::default();
    tokenizers.register(WORDS, TextAnalyzer::from(WordTokenizer::new(dictionary.clone())));
    tokenizers.register(KEY, TextAnalyzer::from(KeyTokenizer::default()));
    let directory = MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
    Ok(Index::builder()
        .schema(layout.schema.clone())
        .settings(settings())
        .tokenizers(tokenizers)
        .single_segment_index_writer(directory, (4 * bytes).clamp(MEMORY / 16, MEMORY))?)
}

/// Indexes a batch, in a folder of its own.
pub(super) fn build(
    batch: Batch,
    key: String,
    folder: &Path,
    dictionary: &Arc<Dictionary>,
    layout: &Layout,
    names: &[String],
) -> Result<Shard, Error> {
    let (number, first, bytes) = (batch.number, batch.first, batch.bytes);
    let mut documents = writer(&folder.join(DOCUMENTS), bytes, dictionary, layout)?;
    let mut texts = Spooler::create(&folder.join("texts"))?;
    let mut records: Option<(Writer, Spooler)> = None;
    for (id, document) in batch.documents.into_iter().enumerate() {
        let print = Print::new(&document);
        let mut entry = TantivyDocument::new();
        entry.add_text(layout.text, print.normalized.chars.iter().collect::<String>());
        entry.add_text(layout.title, print.normalized.chars[..print.front].iter().collect::<String>());
        entry.add_u64(layout.title_length, print.title as u64);
        values(&mut entry, &document.values, &document.id, layout, names)?;
        documents.add_document(entry)?;
        texts.begin(&document.id)?;
        print.spool(&document, &mut texts)?;
        if let Some((_, spooler)) = &mut records {
            spooler.begin(&document.id)?;
        }
        for record in &document.records {
            let (writer, spool) = match &mut records {
                Some(records) => records,
                None => {
                    let mut spooler = Spooler::create(&folder.join("record-texts"))?;
                    spooler.begin(&document.id)?;
                    records.insert((writer(&folder.join(RECORDS), bytes, dictionary, layout)?, spooler))
                }
            };
            let mut entry = TantivyDocument::new();
            let span = print.offset(record.span.start)..print.offset(record.span.end);
            for (field, value) in layout.record.into_iter().zip([id, span.start, span.len()]) {
                entry.add_u64(field, value as u64);
            }
            values(&mut entry, &record.values, &document.id, layout, names)?;
            writer.add_document(entry)?;
            let shown = ShownRecord { id: record.id.clone(), extra: record.extra.clone() };
            spool.add_line(&serde_json::to_string(&shown)?)?;
        }
    }
    let records = match records {
        Some((writer, spool)) => Some((writer.finalize()?, Arc::new(spool.finish()?))),
        None => None,
    };
    let (index, texts) = (documents.finalize()?, Arc::new(texts.finish()?));
    Ok(Shard { number, first, key, folder: folder.into(), index, texts, records, kept: false })
}

fn values(
    entry: &mut TantivyDocument,
    values: &[(String, String)],
    document: &str,
    layout: &Layout,
    names: &[String],
) -> Result<(), Error> {
    for (name, value) in values {
        let field = names
            .iter()
            .position(|known| known == name)
            .ok_or_else(|| Error::UnknownField { document: document.into(), field: name.clone() })?;
        entry.add_text(layout.values[field], value);
    }
    Ok(())
}

/// A document as it is searched: title, number and text in one.
struct Print {
    /// Title, number and text, each on lines of their own.
    text: String,
    /// The byte at which the document's own text starts.
    body: usize,
    normalized: Normalized,
    /// How many normalised characters title and number take, and how many the title alone.
    front: usize,
    title: usize,
}

impl Print {
    fn new(document: &Document) -> Self {
        let mut text = format!("{}\n", document.title);
        let after_title = text.len();
        if let Some(number) = &document.number {
            text.push_str(number);
            text.push('\n');
        }
        let body = text.len();
        text.push_str(&document.text);
        let normalized = Normalized::new(&text);
        let mut print = Print { text, body, normalized, front: 0, title: 0 };
        print.title = print.start_at(after_title);
        print.front = print.start_at(body);
        print
    }

    /// The normalised offset of a byte of the document's own text.
    fn offset(&self, byte: usize) -> usize {
        self.start_at(self.body.saturating_add(byte).min(self.text.len()))
    }

    /// The offset of the first normalised character behind a byte of the text; a space that joins two runs belongs to
    /// what stands before it.
    fn start_at(&self, byte: usize) -> usize {
        let start = self.normalized.at_byte(byte);
        start + usize::from(self.normalized.chars.get(start) == Some(&' '))
    }

    /// The first character boundary at or behind a byte of the text.
    fn boundary(&self, byte: usize) -> usize {
        (byte..self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len())
    }

    /// Cuts the text into blocks, at passages where that is possible.
    fn spool(&self, document: &Document, texts: &mut Spooler) -> Result<(), Error> {
        let mut cutter = Cutter {
            print: self,
            texts,
            shown: Some(Shown {
                id: document.id.clone(),
                url: document.url.clone(),
                title: document.title.clone(),
                number: document.number.clone(),
                front: self.front as u32,
                extra: document.extra.clone(),
            }),
            from: 0,
            last: 0,
            passages: Vec::new(),
        };
        let title = Passage { role: Role::Title, ..Passage::default() };
        let opening = Passage::default();
        let passages = document.passages.iter().map(|passage| (self.body.saturating_add(passage.start), passage));
        for (at, passage) in [(0, &title), (self.body, &opening)].into_iter().chain(passages) {
            cutter.passage(self.boundary(at), passage)?;
        }
        cutter.end()
    }
}

/// Cuts one document into blocks.
struct Cutter<'a> {
    print: &'a Print,
    texts: &'a mut Spooler,
    shown: Option<Shown>,
    /// Where the current block and its last passage start, in bytes.
    from: usize,
    last: usize,
    passages: Vec<Place>,
}

impl Cutter<'_> {
    /// A passage starts.
    fn passage(&mut self, at: usize, passage: &Passage) -> Result<(), Error> {
        let at = at.max(self.last);
        self.cut_long(at)?;
        if at - self.from > BLOCK {
            self.flush(at)?;
            self.passages.clear();
        }
        let between = &self.print.text.as_bytes()[self.last.max(self.from)..at];
        let lines = between.iter().filter(|byte| **byte == b'\n').count() as u32;
        let line = between.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let place = Place {
            lines,
            path: passage.path.clone(),
            label: passage.label.clone(),
            anchor: passage.anchor.clone(),
            role: passage.role,
            byte: (between.len() - line) as u32,
        };
        // Nothing stands between the place where the text opens and a first passage there.
        match self.passages.last_mut() {
            Some(last) if at == self.last && last.role != Role::Title && at == self.print.body => {
                *last = Place { lines: last.lines, byte: last.byte, ..place };
            }
            _ => self.passages.push(place),
        }
        self.last = at;
        Ok(())
    }

    /// Cuts a passage that is itself too long, up to a byte.
    fn cut_long(&mut self, to: usize) -> Result<(), Error> {
        while to - self.from > 2 * BLOCK {
            self.flush(self.print.boundary(self.from + BLOCK).min(to))?;
        }
        Ok(())
    }

    /// Writes a block up to a byte; the next one begins with the passage in which this one ends.
    fn flush(&mut self, to: usize) -> Result<(), Error> {
        let head = TextHead {
            start: self.print.start_at(self.from) as u32,
            shown: self.shown.take(),
            passages: std::mem::take(&mut self.passages),
        };
        let end = if to < self.print.text.len() { self.print.start_at(to) } else { head.start as usize };
        let characters = end.saturating_sub(head.start as usize);
        self.texts.add_block(&serde_json::to_string(&head)?, &self.print.text[self.from..to], characters)?;
        self.passages.extend(head.passages.into_iter().next_back().map(|place| Place { lines: 0, byte: 0, ..place }));
        (self.from, self.last) = (to, to);
        Ok(())
    }

    fn end(mut self) -> Result<(), Error> {
        self.cut_long(self.print.text.len())?;
        self.flush(self.print.text.len())?;
        self.texts.end_item()
    }
}
