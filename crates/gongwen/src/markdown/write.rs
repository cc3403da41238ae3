//! Document → Markdown.

use crate::document::{Block, BlockKind, Table};

use super::escape::{Place, escape};
use super::{FENCE, normal};

/// Renders `blocks`: a blank line between them, a line break at the end. What is not in [`normal`] form is brought into
/// it.
pub fn write(blocks: &[Block]) -> String {
    let mut out = String::with_capacity(blocks.iter().map(|b| b.text.len() + 8).sum());
    for block in blocks.iter().filter_map(normal::block) {
        if !out.is_empty() {
            out.push('\n');
        }
        match &block.kind {
            BlockKind::Title => heading(1, &block.text, &mut out),
            BlockKind::Heading(h) => heading(h.level, &block.text, &mut out),
            BlockKind::Paragraph => escape(&block.text, Place::Line, &mut out),
            BlockKind::Table(t) => table(&block.text, t, &mut out),
            BlockKind::Rule => out.push_str("---"),
        }
        out.push('\n');
    }
    out
}

/// A whole file: `front` matter, which is TOML, between its fences, and a body as [`write()`] makes it.
pub fn file(front: &str, body: &str) -> String {
    let front = front.trim_end();
    let mut out = String::with_capacity(front.len() + body.len() + 2 * FENCE.len() + 4);
    for line in [FENCE, front, FENCE] {
        out.push_str(line);
        out.push('\n');
    }
    if !body.is_empty() {
        out.push('\n');
        out.push_str(body);
    }
    out
}

fn heading(level: u8, text: &str, out: &mut String) {
    out.extend(std::iter::repeat_n('#', level.into()));
    out.push(' ');
    escape(text, Place::Heading, out);
}

/// GFM gives every table a first row that names the columns: where there is none, an empty one.
fn table(text: &str, table: &Table, out: &mut String) {
    let width = table.rows.first().map_or(0, Vec::len);
    let mut rows = table.rows.iter();
    if table.header {
        row(text, rows.next().map_or(&[], Vec::as_slice), width, out);
    } else {
        row(text, &[], width, out);
    }
    out.push_str("\n|");
    out.extend(std::iter::repeat_n(" --- |", width));
    for cells in rows {
        out.push('\n');
        row(text, cells, width, out);
    }
}

fn row(text: &str, cells: &[std::ops::Range<usize>], width: usize, out: &mut String) {
    out.push('|');
    for i in 0..width {
        out.push(' ');
        escape(cells.get(i).and_then(|c| text.get(c.clone())).unwrap_or(""), Place::Cell, out);
        out.push_str(" |");
    }
}
