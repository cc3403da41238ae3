//! 文内引用: where a text points at another place of itself: 见附件2, 本办法第三条第二项, 本意见第二部分, 前款, 前条.
//!
//! An article of another instrument (《…》第五条, 民法典第三条) is no such place. What is pointed at and not there, or there
//! twice, is left out; a short name such as 《方案》 is a mention of its [`crate::extract::Citation`].

mod places;
mod point;
mod words;

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::extract::kit::body_start;
use crate::numeral;
use crate::{BlockKind, Document, Outline, Span};
use places::Places;
use point::{attachments, numbered, own_article};
use words::WORDS;
pub(super) use words::{eat_self, names_kind};

/// 一处文内引用.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Path of the clause that it stands in.
    pub path: String,
    /// The words that point: 附件2, 本办法第三条.
    pub text: Span,
    /// Outline path of what they point at.
    pub target: String,
}

static MARK: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&WORDS.marks).ok());

/// Every reference of the document to a place of its own, in printed order.
pub fn references(document: &Document, outline: &Outline) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    let Some(marks) = MARK.as_ref() else { return found };
    let places = Places::of(document, outline);
    if places.by_number.is_empty() {
        return found;
    }
    for (block, b) in document.blocks.iter().enumerate() {
        if !matches!(b.kind, BlockKind::Heading(_) | BlockKind::Paragraph) {
            continue;
        }
        let text = b.text.as_str();
        let body = body_start(document, block);
        // Where the last reference ends, from which a list goes on: 第三条、第五条.
        let mut last_end = usize::MAX;
        for mark in marks.find_iter(text).filter(|m| m.start() >= body) {
            if found.last().is_some_and(|f| f.text.block == block && mark.start() < f.text.end) {
                continue;
            }
            let at = mark.start();
            let hits: Vec<(Range<usize>, usize)> = match &text[mark.range()] {
                word if WORDS.attachments.iter().any(|w| w == word) => attachments(text, at, block, &places),
                "第" => numbered(text, at, last_end, block, &places).into_iter().collect(),
                "本条第" => own_article(text, at, block, &places).into_iter().collect(),
                word => before(word)
                    .and_then(|(unit, back)| match unit {
                        '条' => places.article_before(block, back),
                        _ => places.clause(block),
                    })
                    .map(|i| (mark.range(), i))
                    .into_iter()
                    .collect(),
            };
            for (range, target) in hits {
                last_end = range.end;
                let Some(target) = places.path(target) else { continue };
                let text = Span::new(block, range);
                found.push(Reference { path: outline.path_at(block).to_owned(), text, target: target.to_owned() });
            }
        }
    }
    found
}

/// 前款, 前条, 前两款, 上一条: what is counted and how many back.
fn before(word: &str) -> Option<(char, usize)> {
    let unit = word.chars().next_back()?;
    let count = word.chars().nth(1).filter(|c| *c != unit).and_then(numeral::digit);
    Some((unit, count.and_then(|n| usize::try_from(n).ok()).unwrap_or(1)))
}

#[cfg(test)]
mod tests;
