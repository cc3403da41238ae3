//! 检索: from a query to ranked documents with their passages.
//!
//! `conditions` finds the documents of each condition, `rank` puts them together and in order, `text` looks into the
//! stored text of those that are shown, `excerpt` cuts what is shown of it, `facets` counts, `suggest` proposes.

mod conditions;
mod excerpt;
mod facets;
mod judge;
mod loosen;
mod rank;
mod records;
mod response;
mod settle;
mod show;
mod suggest;
mod text;
mod variants;

pub use response::{Facet, Filter, Hit, Matched, Notice, Options, PassageHit, RecordHit, Records, Response};

use crate::{
    Error, Index,
    error::is_absent,
    normalize,
    phrase::{self, Cover, Wanted},
    query::Query,
};

/// Results of absent chunks, put off until all that a step needs has been asked for.
#[derive(Default)]
struct Absent(Option<Error>);

impl Absent {
    /// The result, or `None` if it could not be had for lack of a chunk.
    fn put_off<T>(&mut self, result: Result<T, Error>) -> Result<Option<T>, Error> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(error) if absent(&error) => {
                self.0 = Some(error);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Fails if anything was absent.
    fn check(self) -> Result<(), Error> {
        self.0.map_or(Ok(()), Err)
    }
}

/// Whether an error means that a chunk has yet to be fetched.
fn absent(error: &Error) -> bool {
    match error {
        Error::Io(error) => is_absent(error),
        Error::Engine(tantivy::TantivyError::IoError(error)) => is_absent(error),
        Error::Engine(tantivy::TantivyError::OpenReadError(tantivy::directory::error::OpenReadError::IoError {
            io_error,
            ..
        })) => is_absent(io_error),
        _ => false,
    }
}

impl Index {
    /// Answers a query with documents. Any text is a query. In a browser fails with [`Error::Missing`] until every chunk
    /// that the answer needs has been supplied.
    pub fn search(&self, query: &str, options: &Options) -> Result<Response, Error> {
        let query = Query::parse(query, &self.schema);
        self.ask(|| rank::documents(self, &query, options))
    }

    /// Answers with the records that fulfil a query: every filter by a field of records holds for the record itself, and
    /// every phrase stands within its words.
    pub fn search_records(&self, query: &str, options: &Options) -> Result<Records, Error> {
        let query = Query::parse(query, &self.schema);
        self.ask(|| records::answer(self, &query, options))
    }

    /// The documents that hold a phrase exactly, normalised, as numbers in the order in which they were added. What a
    /// scan of all texts would find, for tests of the index itself.
    pub fn documents_with(&self, phrase: &str) -> Result<Vec<u32>, Error> {
        let Some(segment) = &self.segment else { return Ok(Vec::new()) };
        let phrase = normalize(phrase);
        let chars: Vec<char> = phrase.chars().collect();
        self.ask(|| {
            let cover = Cover::new(&chars, &self.vocabulary, &segment.text)?;
            let found = phrase::find(&segment.text, &cover, self.wanted(false))?;
            let mut documents: Vec<u32> = found.documents.iter().map(|(document, _)| *document).collect();
            if found.doubtful {
                self.touch_texts(&documents)?;
                let mut held = Vec::new();
                for document in documents {
                    if self.normalized_text(document)?.contains(&phrase) {
                        held.push(document);
                    }
                }
                documents = held;
            }
            Ok(documents)
        })
    }

    fn ask<T>(&self, answer: impl Fn() -> Result<T, Error>) -> Result<T, Error> {
        match answer() {
            Err(error) if absent(&error) => Err(Error::Missing(self.absent_chunks())),
            answer => answer,
        }
    }

    fn wanted(&self, places: bool) -> Wanted {
        Wanted { documents: self.documents, text: self.texts.mean(), places }
    }
}
