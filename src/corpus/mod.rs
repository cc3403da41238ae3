//! 文库: the documents of a site, read and resolved against each other and the registries.
//!
//! `model` is what the pages, the data files and the commands read. [`read`] and [`join`] make it: `obligations` and `cited` take
//! the findings of one document, `corrections` sets them right, `progress` adds how far they have come, `topics` says what its clauses are about, and
//! `instruments`, `organs`, `people` and `regions` join all documents; `validity` says when an instrument holds, `marks`
//! what the pages mark. `lineage` says which document carries which instrument down, `query` which obligations somebody
//! asks for, `tally` counts them, `find` which document somebody names. Called by `project`; calls `content`, `registry` and `gongwen`.

mod build;
mod cited;
mod corrections;
mod find;
mod instruments;
pub mod lineage;
mod marks;
pub mod model;
mod obligations;
mod organs;
mod people;
mod progress;
pub mod query;
mod regions;
pub mod tally;
pub(crate) mod topics;
mod validity;

pub use build::{Depth, Draft, Said, Words, join, read};
pub use find::ClauseMiss;
pub use model::*;
