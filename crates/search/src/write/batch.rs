//! 批: the documents of a shard, where one ends, and what it is known by.
//!
//! Where batches end depends on the documents alone, and mostly on those near by: one more or one less moves the ends
//! around it, and every other batch is what it was. So the shards of an earlier build serve again (`kept`).

use sha2::{Digest, Sha256};

use crate::document::{Document, Passage, Record};

/// So many batches a site of middling size has.
const MANY: usize = 64;

/// The bounds of what a batch takes on average, in bytes of text: below the one, what is done once a batch weighs; above
/// the other, memory does.
const SMALL: usize = 1 << 20;
const LARGE: usize = 12 << 20;

/// Documents to index together.
#[derive(Default)]
pub(super) struct Batch {
    pub number: u32,
    /// The number of the first document among all.
    pub first: u32,
    pub documents: Vec<Document>,
    /// Bytes of their texts.
    pub bytes: usize,
}

impl Batch {
    pub(super) fn add(&mut self, document: Document) {
        self.bytes += length(&document);
        self.documents.push(document);
    }

    /// What it is known by, given what else decides how it is indexed.
    pub(super) fn key(&self, context: &Sha256) -> String {
        let mut hash = Hash(context.clone());
        self.documents.iter().for_each(|document| hash.document(document));
        hash.name()
    }
}

fn length(document: &Document) -> usize {
    document.text.len() + document.title.len()
}

/// What a batch takes on average, in bytes.
#[derive(Clone, Copy)]
pub(super) struct Size(usize);

impl Size {
    /// For so many bytes of text in all, where that is known. It changes only as often as they double.
    pub(super) fn of(total: Option<usize>) -> Size {
        Size(total.map_or(LARGE, |total| (total / MANY).next_power_of_two().clamp(SMALL, LARGE)))
    }

    /// True where the batch ends behind its last document: a document ends one by its id, the more likely the longer it
    /// is.
    pub(super) fn is_full(self, batch: &Batch) -> bool {
        let Some(last) = batch.documents.last() else { return false };
        let digest = Sha256::digest(last.id.as_bytes());
        let drawn = digest.iter().take(4).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
        batch.bytes >= 2 * self.0 || drawn * (self.0 as u64) < (length(last) as u64) << 32
    }
}

/// Gathers what a name is made of, each part with its length.
struct Hash(Sha256);

impl Hash {
    fn number(&mut self, number: usize) {
        self.0.update((number as u64).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.update(text);
    }

    fn values(&mut self, values: &[(String, String)]) {
        self.number(values.len());
        for (name, value) in values {
            self.text(name);
            self.text(value);
        }
    }

    fn document(&mut self, document: &Document) {
        // Named one by one, so that a new field is not forgotten.
        let Document { id, url, title, number, text, passages, values, records, extra } = document;
        [id, url, title, number.as_ref().unwrap_or(&String::new()), text].into_iter().for_each(|part| self.text(part));
        self.number(usize::from(number.is_some()));
        self.number(passages.len());
        for Passage { start, role, path, label, anchor } in passages {
            self.number(*start);
            self.number(*role as usize);
            [path, label, anchor].into_iter().for_each(|part| self.text(part));
        }
        self.values(values);
        self.number(records.len());
        for Record { id, span, values, extra } in records {
            self.text(id);
            self.number(span.start);
            self.number(span.end);
            self.values(values);
            self.text(&extra.to_string());
        }
        self.text(&extra.to_string());
    }

    fn name(self) -> String {
        super::name(&self.0.finalize())
    }
}
