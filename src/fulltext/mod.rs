//! 全文检索: the corpus as the search engine takes it, and the engine's answers as readers get them.
//!
//! The engine knows nothing of policy and `gongwen` nothing of search; they meet here. `fields` says what can be
//! filtered by, `text` how a document is searched clause by clause, `record` how an obligation is; [`write()`] makes the
//! index of a site, `answer` asks it, and `sample` tries whether it finds what stands in the documents. Called by `site`,
//! `check`, `serve` and `cli`; calls `corpus` and the engine.

mod answer;
mod fields;
mod record;
mod sample;
mod text;
mod write;

pub use answer::{LIMIT, NARROWING, Question, json, open};
pub use fields::fields;
pub use sample::{Lost, lost, phrases, text};
pub use write::{FOLDER, POINTER, write};
