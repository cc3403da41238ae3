//! 摘取: what a document says, each finding with the span of its words.
//!
//! A room for each kind of finding. They read a [`crate::Document`] and its [`crate::Outline`] and know nothing of
//! other documents, registries or sites; [`findings`] puts them together.

use std::ops::Range;

use crate::{Document, Outline, Span};

pub mod citation;
pub mod deadline;
pub mod organ;
pub mod responsibility;

pub use citation::{Citation, Relation};
pub use deadline::Deadline;
pub use responsibility::Assignment;

/// A printed name of an organ, a class of organs or an institution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name exactly as printed.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Name {
    /// The name that stands at `range` of `text`, the text of block number `block`.
    pub(crate) fn of(block: usize, text: &str, range: Range<usize>) -> Self {
        Name { text: text.get(range.clone()).unwrap_or("").to_owned(), span: Span::new(block, range) }
    }
}

/// Everything that is found in one document, each list in printed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// 分工: responsibilities assigned by annotations and task tables.
    pub assignments: Vec<Assignment>,
    /// 引用: the instruments that the document names.
    pub citations: Vec<Citation>,
}

/// Reads everything that `document` says, in time linear in its length.
pub fn findings(document: &Document, outline: &Outline) -> Findings {
    Findings {
        assignments: responsibility::assignments(document, outline),
        citations: citation::citations(document, outline),
    }
}

/// `range` of `text` without the blanks at its ends.
pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(s) = text.get(range.clone()) else { return range.start..range.start };
    let start = range.start + (s.len() - s.trim_start().len());
    start..start + s.trim().len()
}

/// `range` of `text` without blanks and without the 。 or ； that ends it.
pub(crate) fn unended(text: &str, range: Range<usize>) -> Range<usize> {
    let range = trimmed(text, range);
    let s = text.get(range.clone()).unwrap_or("");
    let kept = s.trim_end_matches(['。', '；', ';', '，', ',']).trim_end();
    range.start..range.start + kept.len()
}

/// Where the text of block number `block` begins after its number and heading.
pub(crate) fn body_start(document: &Document, block: usize) -> usize {
    let Some(b) = document.blocks.get(block) else { return 0 };
    let Some(h) = b.heading() else { return 0 };
    let end = h.number.end.max(h.title.end);
    let rest = b.text.get(end..).unwrap_or("");
    // The delimiter of the number (、 .) or the 。 of the heading belongs to neither the heading nor the text.
    end + rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || "。、.．：:）)".contains(c)).len()
}

#[cfg(test)]
mod properties;
