//! 公文的模型: what a document is once it has been read, from whichever form.
//!
//! A [`Document`] is its [`Meta`] and a flat list of [`Block`]s in printed order. The text of a block is as printed,
//! with hard line breaks joined; everything the readers and extractors say about it is a [`Span`] of that text.

use std::ops::Range;

use crate::meta::Meta;
use crate::numbering;

/// 一份公文: one official document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// 文头、落款和版记中的要素 (GB/T 9704-2012).
    pub meta: Meta,
    /// The printed text from the first line of 版头 to the last of 版记.
    pub blocks: Vec<Block>,
}

/// One printed element: a title, a numbered heading, a paragraph, a table, a separator.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// The text as printed, without line breaks; empty for a [`BlockKind::Rule`]. In a table the cells of a row are
    /// parted by tabs and the rows by newlines.
    pub text: String,
}

/// What a [`Block`] is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum BlockKind {
    /// 标题 of the document, or of the instrument that it issues or forwards.
    Title,
    /// 层次序号 with or without a heading of its own: 一、 （一） 1. 第三条 附件2.
    Heading(Heading),
    /// A paragraph of text, a line of 版头 or 版记, a signature.
    Paragraph,
    /// 表格.
    Table(Table),
    /// 分隔线 between 版头, 主体 and 版记.
    Rule,
}

/// An entry of the outline. Ranges are bytes of the block's text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Heading {
    /// Depth: 1 is an attachment, 2 the first level of the text, 6 the deepest. It is the number of `#` in Markdown.
    pub level: u8,
    /// The number without its delimiter: 一, （一）, 1, 第三条, 附件2. Empty where the heading prints none.
    pub number: Range<usize>,
    /// The heading's words without their closing 。; empty for a numbered paragraph that has no heading.
    pub title: Range<usize>,
}

/// A table: byte ranges of the block's text, row by row. Rows may differ in length.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Table {
    /// True where the first row names the columns.
    pub header: bool,
    /// The cells of each row.
    pub rows: Vec<Vec<Range<usize>>>,
}

/// 出处: a stretch of a block's text, in bytes, always on character bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// Index into [`Document::blocks`].
    pub block: usize,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl Span {
    /// The span of `range` in block number `block`.
    pub fn new(block: usize, range: Range<usize>) -> Self {
        Span { block, start: range.start, end: range.end }
    }

    /// The bytes of the block's text that the span covers.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

impl Document {
    /// The words that `span` points at; empty where the span is not of this document.
    pub fn quote(&self, span: Span) -> &str {
        self.blocks.get(span.block).and_then(|b| b.text.get(span.range())).unwrap_or("")
    }
}

impl Heading {
    /// Finds the number and the words in the text of a heading: `（一）新建机构。` has the number `（一）` and the title
    /// `新建机构`. Where no number stands at the start, the number is the empty range at 0.
    pub fn of(level: u8, text: &str) -> Self {
        let (number, delimited) = numbering::number_at(text).map_or((0, 0), |n| (n.number_len, n.len));
        let rest = &text[delimited..];
        let start = text.len() - rest.trim_start().len();
        let title = text[start..].trim_end();
        let title = title.strip_suffix(['。', '：', ':']).unwrap_or(title).trim_end();
        let title = start..start + title.len();
        // 第三条【适用范围】: the brackets are not of the caption.
        let caption = text[title.clone()].strip_prefix('【').and_then(|t| t.strip_suffix('】'));
        let title = caption.map_or(title, |c| start + '【'.len_utf8()..start + '【'.len_utf8() + c.len());
        Heading { level, number: 0..number, title }
    }
}

impl Block {
    /// A heading of `level` whose number and title are read off its text.
    pub fn heading_of(level: u8, text: impl Into<String>) -> Self {
        let text = text.into();
        Block { kind: BlockKind::Heading(Heading::of(level, &text)), text }
    }

    /// A paragraph.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Block { kind: BlockKind::Paragraph, text: text.into() }
    }

    /// A title.
    pub fn title(text: impl Into<String>) -> Self {
        Block { kind: BlockKind::Title, text: text.into() }
    }

    /// A separator.
    pub fn rule() -> Self {
        Block { kind: BlockKind::Rule, text: String::new() }
    }

    /// A table of `rows`; tabs and newlines inside a cell become spaces.
    pub fn table(header: bool, rows: &[Vec<String>]) -> Self {
        let mut text = String::new();
        let mut ranges = Vec::with_capacity(rows.len());
        for (i, row) in rows.iter().enumerate() {
            if i > 0 {
                text.push('\n');
            }
            let mut cells = Vec::with_capacity(row.len());
            for (j, cell) in row.iter().enumerate() {
                if j > 0 {
                    text.push('\t');
                }
                let start = text.len();
                text.extend(cell.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }));
                cells.push(start..text.len());
            }
            ranges.push(cells);
        }
        Block { kind: BlockKind::Table(Table { header, rows: ranges }), text }
    }

    /// The heading, where the block is one.
    pub fn heading(&self) -> Option<&Heading> {
        match &self.kind {
            BlockKind::Heading(h) => Some(h),
            _ => None,
        }
    }

    /// The text of a heading's number; empty for any other block.
    pub fn number(&self) -> &str {
        self.heading().map_or("", |h| &self.text[h.number.clone()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings() {
        let table = [
            ("（一）新建医养结合机构。", "（一）", "新建医养结合机构"),
            ("一、 总体目标", "一", "总体目标"),
            ("1.", "1", ""),
            ("第一条", "第一条", ""),
            ("第三章　罚则", "第三章", "罚则"),
            ("附件2：重点任务分工", "附件2", "重点任务分工"),
            ("附件 台州市重点任务分工：", "附件", "台州市重点任务分工"),
            ("总体要求", "", "总体要求"),
            ("。", "", ""),
            ("", "", ""),
        ];
        for (text, number, title) in table {
            let heading = Heading::of(2, text);
            assert_eq!((&text[heading.number], &text[heading.title]), (number, title), "{text}");
        }
    }
}
