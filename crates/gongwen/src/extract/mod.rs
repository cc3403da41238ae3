//! 摘取: what a document says, each finding with the span of its words.
//!
//! A room for each kind of finding; `deadline`, `indicator`, `organ`, `actors` and `sentence` serve the others. They
//! read a [`crate::Document`] and its [`crate::Outline`] and know nothing of other documents, registries or sites;
//! [`findings`] puts them together.

use std::ops::Range;

use crate::{Document, Outline, Span};

mod actors;
pub mod citation;
pub mod commitment;
pub mod deadline;
pub mod duty;
pub mod indicator;
pub mod organ;
pub mod reference;
pub mod responsibility;
pub(crate) mod sentence;
pub mod target;
pub mod validity;

pub use citation::{Citation, Relation};
pub use commitment::Commitment;
pub use deadline::Deadline;
pub use duty::Duty;
pub use indicator::{Indicator, Op};
pub use reference::Reference;
pub use responsibility::Assignment;
pub use target::Target;
pub use validity::Validity;

/// The parts of the sentences of `text` that can stand alone, in order and without gaps: what ； parts, and what 一是
/// numbers.
pub fn parts(text: &str) -> Vec<Range<usize>> {
    sentence::parts(&sentence::Hidden::of(text, 0), text, 0..text.len())
}

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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// 分工: responsibilities assigned by annotations and task tables.
    pub assignments: Vec<Assignment>,
    /// 引用: the instruments that the document names.
    pub citations: Vec<Citation>,
    /// 目标: dated goals and milestones of the text.
    pub targets: Vec<Target>,
    /// 职责: duties of organs and of institutions.
    pub duties: Vec<Duty>,
    /// 承诺: promises of a reply.
    pub commitments: Vec<Commitment>,
    /// 效力: when the document takes effect and until when it holds.
    pub validity: Vec<Validity>,
    /// 文内引用: where the text points at another place of itself.
    pub references: Vec<Reference>,
    /// 协办: the organs whose work a reply's sections report.
    pub consulted: Vec<Name>,
}

/// Reads everything that `document` says, in time linear in its length.
pub fn findings(document: &Document, outline: &Outline) -> Findings {
    Findings {
        assignments: responsibility::assignments(document, outline),
        citations: citation::citations(document, outline),
        targets: target::targets(document, outline),
        duties: duty::duties(document, outline),
        commitments: commitment::commitments(document, outline),
        validity: validity::validity(document, outline),
        references: reference::references(document, outline),
        consulted: commitment::consulted(document, outline),
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

/// Where the text of block number `block` begins: after its number and heading, or after its number where what stands
/// for the heading is a sentence (本方案由市工信局负责解释，自发布之日起施行).
pub(crate) fn body_start(document: &Document, block: usize) -> usize {
    /// Headings are shorter than this, in characters, where they hold a comma; and than the other, where they do not.
    const WITH_COMMA: usize = 20;
    const AT_ALL: usize = 48;
    let Some(b) = document.blocks.get(block) else { return 0 };
    let Some(h) = b.heading() else { return 0 };
    let title = b.text.get(h.title.clone()).unwrap_or("");
    let chars = title.chars().count();
    let is_sentence = chars >= AT_ALL || (chars >= WITH_COMMA && title.contains(['，', ',', '；', ';']));
    let end = if is_sentence { h.number.end } else { h.number.end.max(h.title.end) };
    let rest = b.text.get(end..).unwrap_or("");
    // The delimiter of the number (、 .) or the 。 of the heading belongs to neither the heading nor the text.
    end + rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || "。、.．：:）)".contains(c)).len()
}

#[cfg(test)]
mod gold;
#[cfg(test)]
mod properties;
