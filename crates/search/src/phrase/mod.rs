//! 短语: which documents hold a phrase, where, and how often.
//!
//! `cover` puts a phrase together from terms of the index at known offsets; `join` finds the documents in which all of
//! them stand so. Because the index holds every word at every offset, whatever stands in a text is found, across the
//! bounds of words too. Punctuation is not indexed: a phrase with it is looked up in the stored text at the end.

mod cover;
mod join;
mod vocabulary;

pub(crate) use cover::{Cover, Element, words};
pub(crate) use join::{Found, Wanted, find};
pub(crate) use vocabulary::Vocabulary;
