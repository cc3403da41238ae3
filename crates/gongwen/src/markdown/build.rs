//! The blocks of a Markdown file as they come: what the parser's events are gathered into.

use std::ops::Range;

use crate::document::{Block, BlockKind, Table};
use crate::origin::Origins;

use super::{Unsupported, Warning, normal};

/// What the events are being gathered into.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Leaf {
    /// Between blocks.
    #[default]
    None,
    /// A paragraph, or the text of a list item.
    Paragraph,
    /// A heading with so many `#`.
    Heading(u8),
    /// A cell of a table.
    Cell,
}

/// Blocks being built. At any time at most one leaf is open.
#[derive(Default)]
pub(super) struct Builder<'s> {
    pub source: &'s str,
    pub blocks: Vec<Block>,
    pub origins: Origins,
    pub warnings: Vec<Warning>,
    /// True after a line break inside a leaf, until its next word.
    pub join: bool,
    /// The number of an ordered list item that no text has taken yet.
    pub marker: Option<Range<usize>>,
    /// The source before this byte has become blocks, or is marks.
    pub cursor: usize,
    leaf: Leaf,
    /// The text of the block being built; in a table, of all its cells so far.
    text: String,
    /// Where in `text` the leaf begins.
    start: usize,
    table: Table,
    cells: Vec<Range<usize>>,
}

impl Builder<'_> {
    pub fn warn(&mut self, kind: Unsupported, source: Range<usize>) {
        self.warnings.push(Warning { kind, source });
    }

    /// Opens a leaf at the start of `range`.
    pub fn open(&mut self, leaf: Leaf, range: Range<usize>) {
        self.flush();
        self.gap(range.start);
        self.leaf = leaf;
        self.start = 0;
        self.text.reserve(range.len());
        if let Some(marker) = self.marker.take() {
            let source = self.source;
            self.push(&source[marker.clone()], marker.start);
            self.text.push(' ');
        }
    }

    /// Adds words that stand at `at`; `range` is all that they take in the source.
    pub fn inline(&mut self, text: &str, at: usize, range: Range<usize>) {
        if self.leaf == Leaf::None {
            self.open(Leaf::Paragraph, range.clone());
        }
        self.push(text, at);
        self.cursor = self.cursor.max(range.end);
    }

    fn push(&mut self, text: &str, at: usize) {
        let (mut text, mut at) = (text, at);
        if self.join || self.text.len() == self.start {
            let trimmed = text.trim_start();
            at += text.len() - trimmed.len();
            text = trimmed;
        }
        let Some(next) = text.chars().next() else { return };
        if std::mem::take(&mut self.join) {
            self.trim();
            let previous = self.text[self.start..].chars().next_back();
            if previous.is_some_and(|previous| parts_words(previous, next)) {
                self.text.push(' ');
            }
        }
        self.origins.map(self.text.len(), at);
        if !normal::has_control(text) {
            self.text.push_str(text);
            return;
        }
        self.warn(Unsupported::Control, at..at + text.len());
        for (i, c) in text.char_indices() {
            if c.is_control() {
                self.origins.map(self.text.len(), at + i);
                self.text.push(normal::visible(c));
            } else {
                self.origins.map(self.text.len(), at + i);
                self.text.push(c);
            }
        }
    }

    /// A paragraph of its own, whose words stand at `at`.
    pub fn paragraph(&mut self, text: &str, at: usize) {
        self.cursor = self.cursor.max(at);
        self.open(Leaf::Paragraph, at..at + text.len());
        self.push(text.trim_end(), at);
        self.flush();
    }

    /// What the parser gives no event for: definitions of links, which it keeps for itself.
    pub fn gap(&mut self, to: usize) {
        let source = self.source;
        let from = self.cursor;
        self.cursor = from.max(to);
        let Some(gap) = source.get(from..to) else { return };
        if gap.bytes().all(|b| b.is_ascii_whitespace() || b == b'>') {
            return;
        }
        let mut at = from;
        for line in gap.split_inclusive('\n') {
            let words = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
            if !words.is_empty() {
                let start = at + line.len() - words.len();
                self.warn(Unsupported::Definition, start..start + words.trim_end().len());
                self.paragraph(words, start);
            }
            at += line.len();
        }
    }

    /// Ends the leaf that is open: a block, unless it has no words.
    pub fn flush(&mut self) {
        let leaf = std::mem::take(&mut self.leaf);
        self.join = false;
        if leaf == Leaf::None {
            return;
        }
        self.trim();
        if self.text.is_empty() {
            self.origins.discard();
            return;
        }
        let text = std::mem::take(&mut self.text);
        let kind = match leaf {
            Leaf::Heading(level) => normal::headed(level, &text),
            _ => BlockKind::Paragraph,
        };
        self.push_block(Block { kind, text });
    }

    /// The number of an item without words.
    pub fn flush_marker(&mut self) {
        if let Some(marker) = self.marker.take() {
            let source = self.source;
            self.paragraph(&source[marker.clone()], marker.start);
        }
    }

    pub fn push_block(&mut self, block: Block) {
        self.blocks.push(block);
        self.origins.close();
    }

    fn trim(&mut self) {
        let end = self.start + self.text[self.start..].trim_end().len();
        self.text.truncate(end);
    }

    pub fn start_row(&mut self) {
        if !self.table.rows.is_empty() {
            self.text.push('\n');
        }
        self.cells = Vec::with_capacity(self.table.rows.first().map_or(0, Vec::len));
    }

    pub fn start_cell(&mut self) {
        if !self.cells.is_empty() {
            self.text.push('\t');
        }
        self.start = self.text.len();
        self.leaf = Leaf::Cell;
    }

    pub fn end_cell(&mut self, end: usize) {
        self.trim();
        self.join = false;
        self.cells.push(self.start..self.text.len());
        self.cursor = end;
    }

    pub fn end_row(&mut self, head: bool, end: usize) {
        if !head {
            self.excess_cells(end);
        }
        let cells = std::mem::take(&mut self.cells);
        let blank = cells.iter().all(Range::is_empty);
        if head && blank {
            self.text.clear();
            self.origins.discard();
            return;
        }
        self.table.header |= head;
        self.table.rows.push(cells);
    }

    /// The cells of a row beyond the first row's, which the parser passes over.
    fn excess_cells(&mut self, end: usize) {
        let source = self.source;
        let Some(rest) = source.get(self.cursor..end) else { return };
        let rest = rest.trim_end();
        let rest = rest.strip_suffix('|').unwrap_or(rest);
        let mut at = self.cursor;
        if rest.trim_matches(|c: char| c == '|' || c.is_whitespace()).is_empty() {
            return;
        }
        let mut pieces = rest.split('|');
        if rest.starts_with('|') {
            pieces.next();
            at += 1;
        }
        self.warn(Unsupported::ExcessCells, at..at + rest.len());
        for cell in pieces {
            self.start_cell();
            self.push(cell, at);
            at += cell.len() + 1;
            self.end_cell(at);
        }
    }

    pub fn end_table(&mut self) {
        self.leaf = Leaf::None;
        self.start = 0;
        let table = std::mem::take(&mut self.table);
        let text = std::mem::take(&mut self.text);
        if table.rows.is_empty() {
            self.origins.discard();
        } else {
            self.push_block(Block { kind: BlockKind::Table(table), text });
        }
    }
}

/// True where a line break between the two characters stands for a space: never beside Chinese.
fn parts_words(before: char, after: char) -> bool {
    const GENERAL_PUNCTUATION: char = '\u{2000}';
    before < GENERAL_PUNCTUATION && after < GENERAL_PUNCTUATION
}
