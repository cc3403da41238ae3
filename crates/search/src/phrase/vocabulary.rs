//! The terms of an index.

use std::{collections::BTreeMap, sync::OnceLock};

use tantivy::{InvertedIndexReader, postings::TermInfo};

use crate::Error;

/// The terms of a field, looked up one by one, or, once a query needs it, all of them in memory.
pub(crate) struct Vocabulary {
    pub longest: usize,
    all: OnceLock<All>,
}

/// All terms, back to back.
struct All {
    text: String,
    /// Where each term ends.
    ends: Vec<u32>,
}

impl Vocabulary {
    pub(crate) fn new(longest: usize) -> Self {
        Vocabulary { longest, all: OnceLock::new() }
    }

    /// Every term.
    pub(crate) fn all(&self, index: &InvertedIndexReader) -> Result<impl Iterator<Item = &str>, Error> {
        let all = match self.all.get() {
            Some(all) => all,
            None => {
                let mut all = All { text: String::new(), ends: Vec::with_capacity(index.terms().num_terms()) };
                let mut terms = index.terms().stream()?;
                while let Some((term, _)) = terms.next() {
                    all.text.push_str(std::str::from_utf8(term).unwrap_or_default());
                    all.ends.push(all.text.len() as u32);
                }
                self.all.get_or_init(|| all)
            }
        };
        let mut start = 0;
        Ok(all.ends.iter().map(move |end| {
            let term = &all.text[start..*end as usize];
            start = *end as usize;
            term
        }))
    }
}

/// Look-ups of the terms of one phrase, each made once.
pub(crate) struct Lookups<'i> {
    index: &'i InvertedIndexReader,
    known: BTreeMap<String, Option<TermInfo>>,
}

impl<'i> Lookups<'i> {
    pub(crate) fn new(index: &'i InvertedIndexReader) -> Self {
        Lookups { index, known: BTreeMap::new() }
    }

    pub(crate) fn get(&mut self, term: &str) -> Result<Option<TermInfo>, Error> {
        if let Some(info) = self.known.get(term) {
            return Ok(info.clone());
        }
        let info = self.index.terms().get(term.as_bytes())?;
        self.known.insert(term.to_owned(), info.clone());
        Ok(info)
    }
}
