//! 网站: a resolved corpus becomes pages, data files, feeds and a calendar in an output folder.
//!
//! `build` is the one way in; the corpus builder takes its addresses from `address`. Inside, `pages` says what
//! stands on each page, `templates` renders it, `body` and `table` write the two things that are long, `figure` draws,
//! `data` writes the open data, `formats` and `akn` the texts beside their pages, and `output` puts the whole in the old
//! site's place. Nothing here reads documents or the clock.

use crate::address;
mod accuracy;
mod akn;
mod assets;
mod body;
mod build;
mod card;
mod carried;
mod context;
pub(crate) mod data;
mod figure;
mod formats;
mod html;
#[cfg(test)]
mod incremental;
mod inputs;
mod links;
mod output;
mod own;
mod pages;
mod precompress;
mod reuse;
mod say;
mod table;
mod templates;
mod timeline;
mod toc;
mod validity;
mod whole;

pub use build::{Kept, Places, Searched, Summary, build, index_anew};
pub use context::context;
pub use inputs::Made;
pub use table::printed_path;
