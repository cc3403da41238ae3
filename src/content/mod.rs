//! 内容: the files of a site, read and written: `content/**/*.md` with their front matter, and `zhengku.toml`.
//!
//! `reading` calls [`find`], [`read`] and [`duplicates`], commands [`Config::read`] and, to write, [`front::render`]. Nothing here knows what a document
//! says; that is for `corpus`.

pub mod colour;
pub mod config;
mod corrections;
pub mod front;
pub mod id;
pub mod load;
#[cfg(test)]
mod messages;
pub mod progress;
mod syntax;
pub mod toml;
mod write;

pub use write::sha256;

pub use config::{Config, Format};
pub use corrections::{Action, Changes, Correction, Finding};
pub use front::Front;
pub use load::{Content, Loaded, below, bytes, duplicates, find, kept, read};
pub use progress::Progress;
