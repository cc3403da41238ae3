//! 划分: a document as the standard divides it. What a notice issues, and every 附件, is a document of its own.

use std::ops::Range;

use gongwen::BlockKind;
use gongwen::layout::Role as Element;
use gongwen::numbering::{Style, number_at};

use crate::corpus::Policy;

/// A document, or an attachment of one: ranges of blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The block of the heading that makes it an attachment: 附件2 任务分工.
    pub heading: Option<usize>,
    /// 版头, the title, and the authors under it.
    pub preface: Range<usize>,
    /// What an act says before its first division: 题注, 目录.
    pub preamble: Range<usize>,
    /// The text.
    pub body: Range<usize>,
    /// 署名, 成文日期, 版记.
    pub conclusions: Range<usize>,
    /// True for what is divided into articles and holds nothing beside them.
    pub is_act: bool,
}

/// The parts of a document, in order; at least one.
pub fn parts(policy: &Policy) -> Vec<Part> {
    let blocks = &policy.document.blocks;
    let mut starts: Vec<usize> = vec![0];
    let mut titled = false;
    for (i, block) in blocks.iter().enumerate() {
        let begins = match &block.kind {
            // A title right under the heading of an attachment is that attachment's.
            BlockKind::Title => std::mem::replace(&mut titled, true) && starts.last() != i.checked_sub(1).as_ref(),
            BlockKind::Heading(heading) => heading.level == 1,
            _ => false,
        };
        if begins && i > 0 {
            starts.push(i);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
    starts.iter().zip(ends).map(|(&start, end)| part(policy, start..end, start > 0)).collect()
}

fn part(policy: &Policy, blocks: Range<usize>, attached: bool) -> Part {
    let element = |i: usize| policy.elements.get(i).copied().unwrap_or(Element::Text);
    let is_heading = |i: usize| policy.document.blocks.get(i).is_some_and(|b| b.heading().is_some());
    let heading = Some(blocks.start).filter(|&i| attached && is_heading(i));
    let start = blocks.start + usize::from(heading.is_some());
    let first = |i: usize| {
        matches!(
            element(i),
            Element::HeaderTable
                | Element::Masthead
                | Element::Number
                | Element::Title
                | Element::Authors
                | Element::Rule
        ) && !is_heading(i)
    };
    let last = |i: usize| {
        matches!(
            element(i),
            Element::Signature
                | Element::Date
                | Element::Disclosure
                | Element::Contact
                | Element::Cc
                | Element::Printed
                | Element::Review
                | Element::Rule
        ) && !is_heading(i)
    };
    let body = (start..blocks.end).find(|&i| !first(i)).unwrap_or(blocks.end);
    let end = (body..blocks.end).rev().find(|&i| !last(i)).map_or(body, |i| i + 1);
    let divided = (body..end).find(|&i| is_heading(i));
    let is_act = divided.is_some_and(|divided| is_divided(policy, divided..end));
    let text = if is_act { divided.unwrap_or(body) } else { body };
    Part { heading, preface: start..body, preamble: body..text, body: text..end, conclusions: end..blocks.end, is_act }
}

/// True where the blocks hold articles and nothing that stands under no heading.
fn is_divided(policy: &Policy, blocks: Range<usize>) -> bool {
    let mut articles = 0;
    for i in blocks {
        let Some(block) = policy.document.blocks.get(i) else { return false };
        if policy.outline.entry_at(i).is_none() {
            return false;
        }
        articles += usize::from(number_at(block.number()).is_some_and(|n| n.style == Style::Article));
    }
    articles > 0
}
