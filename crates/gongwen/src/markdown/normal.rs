//! 规范形式: the documents that Markdown can hold.
//!
//! Every reader of documents gives this form, and `write` brings any other into it:
//!
//! - a text is not empty, neither begins nor ends with white space (U+3000 included) and holds no control character:
//!   tabs and line breaks are spaces, other controls U+FFFD;
//! - a heading's ranges are those of [`Heading::of`], its level 1 to 6; level 1 is for attachments, and a title does not
//!   begin with an attachment's number;
//! - the rows of a table are equally long, it has at least one cell, and a first row that names the columns names one.

use std::borrow::Cow;

use crate::document::{Block, BlockKind, Heading, Table};
use crate::numbering::{self, Style};

/// The normal form of `text`.
pub fn text(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if !has_control(trimmed) {
        return Cow::Borrowed(trimmed);
    }
    // A control may have stood between the white space and the words; U+FFFD is not white space, so once is enough.
    Cow::Owned(trimmed.chars().map(|c| if c.is_control() { visible(c) } else { c }).collect())
}

/// The normal form of a block; `None` for one that has no content.
pub fn block(block: &Block) -> Option<Cow<'_, Block>> {
    let normal = match &block.kind {
        BlockKind::Rule => Block::rule(),
        BlockKind::Table(table) => self::table(&block.text, table)?,
        BlockKind::Title | BlockKind::Heading(_) | BlockKind::Paragraph => {
            let text = text(&block.text);
            if text.is_empty() {
                return None;
            }
            let kind = match &block.kind {
                BlockKind::Title => headed(1, &text),
                BlockKind::Heading(h) => headed(h.level, &text),
                other => other.clone(),
            };
            if text.len() == block.text.len() && kind == block.kind && matches!(text, Cow::Borrowed(_)) {
                return Some(Cow::Borrowed(block));
            }
            Block { kind, text: text.into_owned() }
        }
    };
    Some(if normal == *block { Cow::Borrowed(block) } else { Cow::Owned(normal) })
}

/// The normal form of a document's blocks.
pub fn blocks(blocks: &[Block]) -> Vec<Block> {
    blocks.iter().filter_map(block).map(Cow::into_owned).collect()
}

/// What a heading with so many `#` is: the first level is an attachment's or else the title's.
pub(super) fn headed(level: u8, text: &str) -> BlockKind {
    if level <= 1 && numbering::number_at(text).is_none_or(|n| n.style != Style::Attachment) {
        return BlockKind::Title;
    }
    BlockKind::Heading(Heading::of(level.clamp(1, 6), text))
}

/// What stands for a control character.
pub(super) fn visible(control: char) -> char {
    if control.is_whitespace() { ' ' } else { char::REPLACEMENT_CHARACTER }
}

/// True where `text` holds a control character.
pub(super) fn has_control(text: &str) -> bool {
    // C2 leads U+0080 to U+00BF, of which the first half are controls.
    let suspect = text.bytes().fold(false, |any, b| any | (b < 0x20) | (b == 0x7F) | (b == 0xC2));
    suspect && text.chars().any(char::is_control)
}

fn table(whole: &str, table: &Table) -> Option<Block> {
    let width = table.rows.iter().map(Vec::len).max().filter(|&w| w > 0)?;
    let mut rows: Vec<Vec<String>> = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let mut cells = Vec::with_capacity(width);
        cells.extend(row.iter().map(|cell| text(whole.get(cell.clone()).unwrap_or("")).into_owned()));
        cells.resize(width, String::new());
        rows.push(cells);
    }
    let mut header = table.header;
    if header && rows.first().is_some_and(|row| row.iter().all(String::is_empty)) {
        rows.remove(0);
        header = false;
    }
    (!rows.is_empty()).then(|| Block::table(header, &rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let table = [
            ("　　各县（市、区）　", "各县（市、区）"),
            ("甲\t乙\n丙", "甲 乙 丙"),
            ("甲\u{0}乙\u{85}丙\u{9f}", "甲\u{fffd}乙 丙\u{fffd}"),
            ("甲　　乙©", "甲　　乙©"),
            (" \t　", ""),
        ];
        for (given, expected) in table {
            assert_eq!(text(given), expected, "{given:?}");
        }
    }

    #[test]
    fn kinds() {
        let heading = |level, text: &str| Block::heading_of(level, text);
        let table = [
            (Block::title("附件2 名单"), heading(1, "附件2 名单")),
            (heading(1, "实施意见"), Block::title("实施意见")),
            (heading(0, "附件 名单"), heading(1, "附件 名单")),
            (heading(9, "①登记"), heading(6, "①登记")),
        ];
        for (given, expected) in table {
            assert_eq!(block(&given).map(Cow::into_owned), Some(expected), "{}", given.text);
        }
        assert_eq!(block(&Block::paragraph("　")), None);
    }

    #[test]
    fn tables() {
        let rows = |rows: &[&[&str]]| -> Vec<Vec<String>> {
            rows.iter().map(|r| r.iter().map(|&c| c.to_owned()).collect()).collect()
        };
        let ragged = Block::table(true, &rows(&[&["", ""], &["甲 "], &["乙", "丙"]]));
        let expected = Block::table(false, &rows(&[&["甲", ""], &["乙", "丙"]]));
        assert_eq!(block(&ragged).map(Cow::into_owned), Some(expected));
        assert_eq!(block(&Block::table(false, &rows(&[&[], &[]]))), None);
        assert_eq!(block(&Block::table(true, &rows(&[&[""]]))), None);
    }
}
