//! 段落: what readers and layout hand each other: a paragraph with the places of its words.

use crate::piece::Style;

/// A paragraph and where its text came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// The text as printed: hard breaks joined, the spaces of converters removed.
    pub text: String,
    /// (byte of `text`, byte of the source), ascending: from each on the two run side by side.
    pub origin: Vec<(usize, usize)>,
    /// Line of the source on which it begins, from 1.
    pub line: usize,
    /// A page of the source began with it.
    pub page_start: bool,
    /// How it is set, where the format says so.
    pub style: Style,
}
