//! 公用的零件: the names of organs and actors, sentences, and the edges of clauses, for every room of findings.

use std::ops::Range;

use crate::{Document, Span};

pub(crate) mod actors;
pub(crate) mod brackets;
pub mod organ;
pub(crate) mod sentence;

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
        let printed = text.get(range.clone()).unwrap_or("");
        let range = range.start..range.end - (printed.len() - organ::without_alias(printed).len());
        Name { text: text.get(range.clone()).unwrap_or("").to_owned(), span: Span::new(block, range) }
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
    end + rest.len() - rest.trim_start_matches(is_delimiter).len()
}

/// True for what may stand between a number, its heading and its text.
pub(crate) fn is_delimiter(c: char) -> bool {
    c.is_whitespace() || "。、.．：:）)".contains(c)
}
