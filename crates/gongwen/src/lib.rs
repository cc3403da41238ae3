//! 读公文: from bytes or Markdown to a [`Document`], and from a document to what it says.
//!
//! Knows nothing of sites and searches. Data flows one way: bytes → `read` → [`piece::Source`] → `layout` →
//! [`Document`] → `extract`; `markdown` writes and reads documents.

mod chars;
pub mod date;
pub mod document;
pub mod extract;
mod header;
mod labels;
pub mod layout;
pub mod markdown;
pub mod marks;
pub mod meta;
pub mod number;
pub mod numbering;
pub mod numeral;
pub mod origin;
pub mod outline;
mod paragraph;
pub mod piece;
pub mod read;
pub mod report;
mod scan;
mod wordlist;
mod words;

pub use document::{Block, BlockKind, Document, Heading, Span, Table};
pub use meta::{Contact, Meta, Reply};
pub use origin::Origins;
pub use outline::{Entry, Outline};
