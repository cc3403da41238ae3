//! 提问: what somebody asks of an open site in their own words, and what is wrong with the words. Commands and assistants
//! ask alike: there is one way to name a document, a clause or a topic, and one language for obligations.
//!
//! `named` and `part` are documents and clauses, `tasks` obligations, `pair` two documents side by side, `index` the search
//! index of the last build. Called by `cli` and `mcp`; calls `corpus`, `compare`, `fulltext` and the records of `site`.

mod index;
mod named;
mod pair;
mod part;
mod tasks;
mod today;

pub use index::{damaged, index, newer, notices, stale};
pub use named::{clause, document};
pub use pair::{Fault, Pair};
pub use part::{Cited, Part};
pub use tasks::{Spelt, Tasks, topic};
pub use today::today;
