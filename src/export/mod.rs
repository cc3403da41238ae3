//! 导出: the corpus as tables, for what asks more of it than pages and lists answer: a database in one file, columns for
//! data frames, documents for a search service.
//!
//! `tables` says once what there is to say, `sqlite` and `parquet` write it in their formats, `quickwit` makes one
//! document a clause and one an obligation of it. Nothing here is needed to build a site.

mod days;
mod parquet;
mod quickwit;
mod rows;
mod sqlite;
mod tables;

pub use parquet::write as parquet;
pub use quickwit::write as quickwit;
pub use sqlite::write as sqlite;
