//! 全文检索引擎 (the search engine): knows nothing of policy; compiles natively and to wasm32.
//!
//! A caller gives documents with passages, values of fields and records to a [`Builder`], which writes an index into a
//! folder of files that any static host serves. An [`Index`] opened from that folder, or in a browser from chunks that
//! are handed to it, answers queries.

#[cfg(feature = "write")]
mod analyzer;
#[cfg(feature = "write")]
mod dictionary;
mod document;
mod error;
mod fields;
mod index;
mod normalize;
mod phrase;
mod query;
mod runs;
mod search;
mod storage;
#[cfg(feature = "write")]
mod tokenizer;
#[cfg(feature = "write")]
mod write;

pub use document::{Document, Field, Matching, Passage, Record, Role, Schema, Scope};
pub use error::Error;
pub use index::Index;
pub use normalize::normalize;
pub use search::{Facet, Hit, Matched, Notice, Options, PassageHit, RecordHit, Records, Response};
#[cfg(feature = "write")]
pub use write::{Builder, Report};
