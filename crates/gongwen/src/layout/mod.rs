//! 版面: what each paragraph of a document is (GB/T 9704-2012), and the metadata that follows.
//!
//! `title` and `headings` turn the paragraphs of a plain text into titles and outline entries; `roles` says of every
//! block which element it is, for a text as for Markdown; `elements` and `reply` read the metadata off the roles.

mod absent;
mod attachments;
mod elements;
mod grid;
mod headings;
mod issuers;
mod reply;
mod roles;
mod stated;
mod title;

pub use elements::meta;
pub(crate) use elements::state;
pub(crate) use grid::captions;
pub(crate) use roles::is_attachment_note;
pub use roles::{Role, roles};

use std::sync::LazyLock;

use serde::Deserialize;

use crate::document::{Block, BlockKind, Document};
use crate::origin::Origins;
use crate::paragraph::Paragraph;
use crate::piece::Style;
use crate::wordlist::load;

/// Words by which the lines above the title and below the text are known.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadWords {
    urgency: Vec<String>,
    mast: Vec<String>,
    classes: Vec<String>,
    letterhead: String,
    disclosure: Vec<String>,
    disclosure_plain: Vec<String>,
    copied: Vec<String>,
    contact: Vec<String>,
    person: Vec<String>,
    unit: Vec<String>,
    phone: Vec<String>,
    phone_glued: Vec<String>,
    review: Vec<String>,
    seals: Vec<String>,
    passed: String,
    issues: Vec<String>,
    hands_out: Vec<String>,
    wire: Vec<String>,
    wire_ends: Vec<String>,
    numbered_kinds: Vec<String>,
    remarks: Vec<String>,
    issuing_kinds: Vec<String>,
    issuing_ends: Vec<String>,
    begins_after_issuer: Vec<String>,
    counted: Vec<String>,
}

static HEAD_WORDS: LazyLock<HeadWords> = LazyLock::new(|| load("head.toml", include_str!("../words/head.toml")));

/// What the reader could not make out, or found at odds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Index of the block.
    pub block: usize,
    /// Why, in Chinese, for the person who imports.
    pub reason: String,
}

/// A block under construction with its places in the source.
#[derive(Clone, Debug)]
struct Draft {
    block: Block,
    origin: Vec<(usize, usize)>,
    page_start: bool,
    style: Style,
    remark: Option<String>,
}

impl Draft {
    fn text(&self) -> &str {
        &self.block.text
    }

    fn is_paragraph(&self) -> bool {
        self.block.kind == BlockKind::Paragraph
    }
}

/// What a text consists of before its layout is known.
pub(crate) enum Part {
    Paragraph(Paragraph),
    Table { header: bool, rows: Vec<Vec<Paragraph>> },
}

/// Makes a document of the parts of a text.
pub(crate) fn compose(parts: Vec<Part>) -> (Document, Origins, Vec<Remark>) {
    let mut drafts: Vec<Draft> = parts.into_iter().map(draft).collect();
    attachments::part_numbers(&mut drafts);
    title::mark(&mut drafts);
    let drafts = headings::mark(drafts);
    let drafts = rule_off(drafts);
    let mut origins = Origins::default();
    let mut remarks = Vec::new();
    let mut blocks = Vec::with_capacity(drafts.len());
    for (i, draft) in drafts.into_iter().enumerate() {
        for (text, source) in draft.origin {
            origins.map(text, source);
        }
        origins.close();
        remarks.extend(draft.remark.map(|reason| Remark { block: i, reason }));
        blocks.push(draft.block);
    }
    let meta = elements::meta(&blocks, &roles(&blocks));
    remarks.extend(absent::remarks(&blocks, &meta));
    (Document { meta, blocks }, origins, remarks)
}

fn draft(part: Part) -> Draft {
    match part {
        Part::Paragraph(p) => {
            let Paragraph { text, origin, page_start, style, .. } = p;
            Draft { block: Block::paragraph(text), origin, page_start, style, remark: None }
        }
        Part::Table { header, mut rows } => {
            grid::fill(&mut rows);
            let texts: Vec<Vec<String>> = rows.iter().map(|r| r.iter().map(|c| c.text.clone()).collect()).collect();
            let block = Block::table(header, &texts);
            let mut origin = Vec::new();
            if let BlockKind::Table(table) = &block.kind {
                for (row, ranges) in rows.iter().zip(&table.rows) {
                    for (cell, range) in row.iter().zip(ranges) {
                        origin.extend(cell.origin.iter().map(|(t, s)| (t + range.start, *s)));
                    }
                }
            }
            Draft { block, origin, page_start: false, style: Style::default(), remark: None }
        }
    }
}

/// Sets 分隔线 between 版头 and 主体 and between 主体 and 版记, as the standard does.
fn rule_off(drafts: Vec<Draft>) -> Vec<Draft> {
    let blocks: Vec<Block> = drafts.iter().map(|d| d.block.clone()).collect();
    let roles = roles(&blocks);
    let head = roles.iter().take_while(|r| r.is_head()).count();
    let tail = roles.iter().rposition(|r| !r.is_tail()).map_or(0, |i| i + 1);
    let rule =
        || Draft { block: Block::rule(), origin: Vec::new(), page_start: false, style: Style::default(), remark: None };
    let mut out = Vec::with_capacity(drafts.len() + 2);
    for (i, draft) in drafts.into_iter().enumerate() {
        if (i == head && head > 0) || (i == tail && tail > 0 && tail > head) {
            out.push(rule());
        }
        out.push(draft);
    }
    out
}

/// Joins drafts into one whose text has `between` between theirs.
fn merge(drafts: &[Draft], between: &str, kind: BlockKind) -> Draft {
    let mut text = String::new();
    let mut origin = Vec::new();
    for (i, d) in drafts.iter().enumerate() {
        if i > 0 {
            text.push_str(between);
        }
        origin.extend(d.origin.iter().map(|(t, s)| (t + text.len(), *s)));
        text.push_str(d.text());
    }
    Draft {
        block: Block { kind, text },
        origin,
        page_start: drafts[0].page_start,
        style: drafts[0].style,
        remark: None,
    }
}

/// The part of a draft from byte `at` on, and the draft cut back to what is before.
fn split_off(draft: &mut Draft, at: usize) -> Draft {
    let text = draft.block.text.split_off(at);
    let cut = draft.origin.partition_point(|(t, _)| *t < at);
    // The segment that `at` falls into goes on in the second part.
    let running = cut.checked_sub(1).map(|i| draft.origin[i]).map(|(t, s)| (0, s + (at - t)));
    let mut origin: Vec<(usize, usize)> = running.into_iter().collect();
    origin.extend(draft.origin.split_off(cut).into_iter().map(|(t, s)| (t - at, s)));
    let lead = text.len() - text.trim_start().len();
    let mut rest =
        Draft { block: Block::paragraph(text), origin, page_start: false, style: Style::default(), remark: None };
    if lead > 0 {
        rest.block.text.drain(..lead);
        for o in &mut rest.origin {
            let back = o.0.min(lead);
            *o = (o.0 - back, o.1 + lead.saturating_sub(o.0));
        }
    }
    let kept = draft.block.text.trim_end().len();
    draft.block.text.truncate(kept);
    rest
}
