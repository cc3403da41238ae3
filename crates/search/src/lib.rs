//! 全文检索引擎 (the search engine): knows nothing of policy; compiles natively and to wasm32.
//!
//! A caller gives documents with passages, values of fields and records to a [`Builder`], which writes an index into a
//! folder of files that any static host serves. An [`Index`] opened from that folder, or in a browser from chunks that
//! are handed to it, answers queries:
//!
//! ```
//! # #[cfg(feature = "write")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use search::{Builder, Document, Index, Options, Passage, Schema};
//!
//! let folder = tempfile::tempdir()?;
//! let mut builder = Builder::new(Schema::default(), &["松江市".into()])?;
//! builder.add(Document {
//!     id: "2018-12".into(),
//!     title: "关于加快停车场建设的意见".into(),
//!     text: "一、到2020年新建停车泊位5000个。\n二、规范收费。".into(),
//!     passages: vec![Passage { path: "一".into(), anchor: "一".into(), ..Passage::default() }],
//!     ..Document::default()
//! })?;
//! builder.finish(folder.path())?;
//!
//! let response = Index::open(folder.path())?.search("停车泊位", &Options::default())?;
//! assert_eq!(response.results[0].passages[0].path, "一");
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "write"))]
//! # fn main() {}
//! ```
//!
//! Data flows one way: `normalize` → `analyzer` → `write` (index); `query` → `phrase` → `search` (answers); both over
//! `storage`, which alone knows where bytes lie.

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
pub use search::{Facet, Filter, Hit, Matched, Notice, Options, PassageHit, RecordHit, Records, Response};
#[cfg(feature = "write")]
pub use write::{Builder, Means, Report};
