//! 文库: the documents of a site, read and resolved against each other and the registries.
//!
//! `model` is what the pages, the data files and the commands read; the other rooms build it.

pub mod model;

pub use model::*;
