//! Markdown → Document, in one pass over the parser's events.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::document::{Block, BlockKind, Table};
use crate::origin::Origins;

use super::{FENCE, Unsupported, Warning, normal};

/// What a Markdown file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed<'s> {
    /// The front matter; `None` where the file has none.
    pub front: Option<Front<'s>>,
    /// The body, in [`normal`] form; only a table may keep rows of different lengths.
    pub blocks: Vec<Block>,
    /// Where the blocks stand in the text given to [`read()`].
    pub origins: Origins,
    /// What a document has no place for, in printed order.
    pub warnings: Vec<Warning>,
}

/// Front matter: the TOML between the two `+++` lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Front<'s> {
    /// The lines between the fences.
    pub text: &'s str,
    /// Where they begin, in bytes of the file.
    pub offset: usize,
}

/// Reads a file, with or without front matter. Any text is read; of a body nothing but the marks of Markdown goes.
pub fn read(source: &str) -> Parsed<'_> {
    let (front, body) = split(source);
    let mut reader = Reader { source, cursor: body, ..Reader::default() };
    if front.is_none() && body < source.len() && first_line(&source[body..]) == FENCE {
        reader.warn(Unsupported::OpenFrontMatter, body..body + FENCE.len());
    }
    for (event, range) in Parser::new_ext(&source[body..], Options::ENABLE_TABLES).into_offset_iter() {
        reader.event(event, body + range.start..body + range.end);
    }
    reader.finish();
    Parsed { front, blocks: reader.blocks, origins: reader.origins, warnings: reader.warnings }
}

/// The front matter, and where the body begins.
fn split(source: &str) -> (Option<Front<'_>>, usize) {
    let start = if source.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut lines = source[start..].split_inclusive('\n');
    let Some(open) = lines.next().filter(|line| line.trim_end() == FENCE) else { return (None, start) };
    let offset = start + open.len();
    let mut end = offset;
    for line in lines {
        if line.trim_end() == FENCE {
            return (Some(Front { text: &source[offset..end], offset }), end + line.len());
        }
        end += line.len();
    }
    (None, start)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("").trim_end()
}

/// What the events are being gathered into.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Leaf {
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

#[derive(Default)]
struct Reader<'s> {
    source: &'s str,
    blocks: Vec<Block>,
    origins: Origins,
    warnings: Vec<Warning>,
    leaf: Leaf,
    /// The text of the block being built; in a table, of all its cells so far.
    text: String,
    /// Where in `text` the leaf begins.
    start: usize,
    /// True after a line break inside a leaf, until its next word.
    join: bool,
    /// Inside code or HTML, where a line is a paragraph.
    verbatim: bool,
    /// The number of an ordered list item that no text has taken yet.
    marker: Option<Range<usize>>,
    /// Lists and block quotes that are open.
    containers: usize,
    /// What stands in brackets after the words of each open link or image.
    links: Vec<String>,
    table: Table,
    cells: Vec<Range<usize>>,
    /// The source before this byte has become blocks, or is marks.
    cursor: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start_tag(tag, range),
            Event::End(tag) => self.end_tag(tag, range),
            Event::Text(text) | Event::Html(text) if self.verbatim => self.lines(&text, range),
            Event::Text(text) => self.inline(&text, range.start, range),
            Event::Code(text) => {
                self.warn(Unsupported::Code, range.clone());
                let at = self.source[range.clone()].find(&*text).unwrap_or(0);
                self.inline(&text, range.start + at, range);
            }
            Event::Html(text) | Event::InlineHtml(text) => {
                if is_break(&text) {
                    self.inline("", range.start, range);
                    self.join = true;
                } else {
                    self.warn(Unsupported::Html, range.clone());
                    self.inline(&text, range.start, range);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                self.join = true;
                self.cursor = range.end;
            }
            Event::Rule => {
                self.flush();
                self.gap(range.start);
                self.origins.map(0, range.start);
                self.push_block(Block::rule());
                self.cursor = range.end;
            }
            // Switched off in the parser.
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline(&text, range.start, range);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start_tag(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.open(Leaf::Paragraph, range),
            Tag::Heading { level, .. } => self.open(Leaf::Heading(level as u8), range),
            Tag::BlockQuote(_) => {
                self.container(Unsupported::Quote, &range);
            }
            Tag::List(_) => self.container(Unsupported::List, &range),
            Tag::Item => self.item(range),
            Tag::CodeBlock(kind) => {
                self.warn(Unsupported::Code, range.clone());
                self.flush();
                self.gap(range.start);
                self.verbatim = true;
                if let CodeBlockKind::Fenced(info) = kind {
                    let at = self.source[range.clone()].find(&*info).unwrap_or(0);
                    self.lines(&info, range.start + at..range.start + at + info.len());
                }
            }
            Tag::HtmlBlock => {
                self.warn(Unsupported::Html, range.clone());
                self.flush();
                self.gap(range.start);
                self.verbatim = true;
            }
            Tag::Table(_) => {
                self.flush();
                self.gap(range.start);
                self.flush_marker();
                self.table = Table::default();
            }
            Tag::TableHead | Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {
                self.warn(Unsupported::Emphasis, range.clone());
                self.inline("", range.start, range.start..range.start);
            }
            Tag::Link { link_type, dest_url, title, id } => {
                self.warn(Unsupported::Link, range.clone());
                self.link(link_type, &dest_url, &title, &id, range);
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.warn(Unsupported::Image, range.clone());
                self.link(link_type, &dest_url, &title, &id, range);
            }
            // Switched off in the parser.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => self.flush(),
        }
    }

    fn end_tag(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::TableCell => self.end_cell(range.end),
            TagEnd::TableHead => self.end_row(true, range.end),
            TagEnd::TableRow => self.end_row(false, range.end),
            TagEnd::Table => self.end_table(),
            TagEnd::Link | TagEnd::Image => {
                let target = self.links.pop().unwrap_or_default();
                self.inline(&target, range.start, range.clone());
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::BlockQuote(_) | TagEnd::List(_) => {
                self.flush();
                self.gap(range.end);
                self.containers = self.containers.saturating_sub(1);
            }
            TagEnd::Item => {
                self.flush();
                self.gap(range.end);
                self.flush_marker();
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.verbatim = false;
                self.flush();
            }
            _ => self.flush(),
        }
        self.cursor = self.cursor.max(range.end);
    }

    fn finish(&mut self) {
        self.flush();
        self.gap(self.source.len());
        self.flush_marker();
    }

    fn warn(&mut self, kind: Unsupported, source: Range<usize>) {
        self.warnings.push(Warning { kind, source });
    }

    fn container(&mut self, kind: Unsupported, range: &Range<usize>) {
        self.flush();
        self.gap(range.start);
        if self.containers == 0 {
            self.warn(kind, range.clone());
        }
        self.containers += 1;
    }

    /// A list item: its bullet is a mark of Markdown, its number is a word of the text.
    fn item(&mut self, range: Range<usize>) {
        self.flush();
        self.gap(range.start);
        self.flush_marker();
        let rest = &self.source[range.clone()];
        let start = range.start + rest.len() - rest.trim_start().len();
        let digits = self.source[start..range.end].bytes().take_while(u8::is_ascii_digit).count();
        self.cursor = (start + digits + 1).min(range.end);
        self.marker = (digits > 0).then_some(start..self.cursor);
    }

    fn link(&mut self, kind: LinkType, url: &str, title: &str, id: &str, range: Range<usize>) {
        self.inline("", range.start, range.start..range.start);
        self.links.push(match kind {
            LinkType::Autolink | LinkType::Email => String::new(),
            LinkType::Inline if title.is_empty() && url.is_empty() => String::new(),
            LinkType::Inline if title.is_empty() => format!("（{url}）"),
            LinkType::Inline => format!("（{url} {title}）"),
            // The address stands in the definition, which becomes a paragraph.
            LinkType::Reference | LinkType::ReferenceUnknown => format!("（{id}）"),
            _ => String::new(),
        });
    }

    /// Opens a leaf at the start of `range`.
    fn open(&mut self, leaf: Leaf, range: Range<usize>) {
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
    fn inline(&mut self, text: &str, at: usize, range: Range<usize>) {
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

    /// Code and HTML: a line is a paragraph.
    fn lines(&mut self, text: &str, range: Range<usize>) {
        let mut at = range.start;
        for line in text.split_inclusive('\n') {
            if !line.trim().is_empty() {
                self.paragraph(line, at);
            }
            at += line.len();
        }
        self.cursor = self.cursor.max(range.end);
    }

    /// A paragraph of its own, whose words stand at `at`.
    fn paragraph(&mut self, text: &str, at: usize) {
        self.cursor = self.cursor.max(at);
        self.open(Leaf::Paragraph, at..at + text.len());
        self.push(text.trim_end(), at);
        self.flush();
    }

    /// What the parser gives no event for: definitions of links, which it keeps for itself.
    fn gap(&mut self, to: usize) {
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
    fn flush(&mut self) {
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
    fn flush_marker(&mut self) {
        if let Some(marker) = self.marker.take() {
            let source = self.source;
            self.paragraph(&source[marker.clone()], marker.start);
        }
    }

    fn push_block(&mut self, block: Block) {
        self.blocks.push(block);
        self.origins.close();
    }

    fn trim(&mut self) {
        let end = self.start + self.text[self.start..].trim_end().len();
        self.text.truncate(end);
    }

    fn start_row(&mut self) {
        if !self.table.rows.is_empty() {
            self.text.push('\n');
        }
        self.cells = Vec::with_capacity(self.table.rows.first().map_or(0, Vec::len));
    }

    fn start_cell(&mut self) {
        if !self.cells.is_empty() {
            self.text.push('\t');
        }
        self.start = self.text.len();
        self.leaf = Leaf::Cell;
    }

    fn end_cell(&mut self, end: usize) {
        self.trim();
        self.join = false;
        self.cells.push(self.start..self.text.len());
        self.cursor = end;
    }

    fn end_row(&mut self, head: bool, end: usize) {
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

    fn end_table(&mut self) {
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

/// `<br>` in a cell of a table is a line break.
fn is_break(html: &str) -> bool {
    let name = html.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    name.eq_ignore_ascii_case("br")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::markdown::write;

    /// What a Markdown text is, in this program's own Markdown.
    fn rewritten(text: &str) -> String {
        write(&read(text).blocks)
    }

    #[test]
    fn a_document() {
        let text = "+++\r\nid = \"a\"\r\n+++\r\n\r\n# 通知\r\n\r\n## 一、目标\r\n\r\n到2020年，实现。\r\n\r\n---\r\n\r\n\
                    # 附件2 分工\r\n\r\n| 任务 | 单位 |\r\n| --- | --- |\r\n| 新建\\|改建 | 市民政局 |\r\n";
        let parsed = read(text);
        assert_eq!(parsed.front, Some(Front { text: "id = \"a\"\r\n", offset: 5 }));
        let cells = [["任务", "单位"], ["新建|改建", "市民政局"]].map(|row| row.map(str::to_owned).to_vec());
        let blocks = [
            Block::title("通知"),
            Block::heading_of(2, "一、目标"),
            Block::paragraph("到2020年，实现。"),
            Block::rule(),
            Block::heading_of(1, "附件2 分工"),
            Block::table(true, &cells),
        ];
        assert_eq!(parsed.blocks, blocks);
        assert_eq!(parsed.warnings, []);
        for (block, words) in [(0, "通知"), (1, "目标"), (2, "2020年"), (4, "分工"), (5, "市民政局"), (5, "改建")]
        {
            let start = blocks[block].text.find(words).expect("the words stand in the block");
            let range = parsed.origins.source_range(Span::new(block, start..start + words.len()));
            assert_eq!(range.map(|r| &text[r]), Some(words));
        }
    }

    #[test]
    fn other_markdown_keeps_its_words() {
        use Unsupported::*;
        let table: [(&str, &str, &[Unsupported]); 25] = [
            ("甲\n乙", "甲乙\n", &[]),
            ("甲  \n乙\\\n丙", "甲乙丙\n", &[]),
            ("one\ntwo", "one two\n", &[]),
            ("甲\n===\n\n乙\n---", "# 甲\n\n## 乙\n", &[]),
            ("- 甲\n- 乙", "甲\n\n乙\n", &[List]),
            ("1. 甲\n2. 乙\n   - 丙", "1\\. 甲\n\n2\\. 乙\n\n丙\n", &[List]),
            ("3)", "3\\)\n", &[List]),
            ("1. 甲\n\n   乙", "1\\. 甲\n\n乙\n", &[List]),
            ("> 甲\n> > 乙", "甲\n\n乙\n", &[Quote]),
            ("**甲**_乙_", "甲乙\n", &[Emphasis]),
            ("[甲](http://a.cn \"乙\")", "甲（http://a.cn 乙）\n", &[Link]),
            ("<http://a.cn>", "http://a.cn\n", &[Link]),
            ("![甲](a.png)", "甲（a.png）\n", &[Image]),
            ("`甲`乙", "甲乙\n", &[Code]),
            ("```注\n甲\n\n# 乙\n```", "注\n\n甲\n\n\\# 乙\n", &[Code]),
            ("    甲\n    乙", "甲\n\n乙\n", &[Code]),
            ("<p>甲</p>", "\\<p>甲\\</p>\n", &[Html]),
            ("甲<!-- 乙 -->", "甲\\<!-- 乙 -->\n", &[Html]),
            ("[注]: 本办法自发布之日起施行", "[注\\]: 本办法自发布之日起施行\n", &[Definition]),
            ("> [注]: 甲\n\n乙", "[注\\]: 甲\n\n乙\n", &[Quote, Definition]),
            ("|甲|\n|-|\n|乙|丙|丁|", "| 甲 |  |  |\n| --- | --- | --- |\n| 乙 | 丙 | 丁 |\n", &[ExcessCells]),
            ("||\n|-|\n|甲<br/>乙|", "|  |\n| --- |\n| 甲乙 |\n", &[]),
            ("甲\t乙\u{0}", "甲 乙\u{fffd}\n", &[Control]),
            ("+++\n甲", "+++甲\n", &[OpenFrontMatter]),
            ("　　甲　\n\n　\n\n#\n", "甲\n", &[]),
        ];
        for (text, expected, warnings) in table {
            assert_eq!(rewritten(text), expected, "{text}");
            let mut kinds: Vec<_> = read(text).warnings.iter().map(|w| w.kind).collect();
            kinds.dedup();
            assert_eq!(kinds, warnings, "{text}");
        }
    }

    #[test]
    fn warnings_point_at_their_words() {
        let text = "甲\n\n- 乙\n- 丙\n\n**丁**";
        let words: Vec<_> = read(text).warnings.iter().map(|w| (w.kind, &text[w.source.clone()])).collect();
        assert_eq!(words, [(Unsupported::List, "- 乙\n- 丙\n\n"), (Unsupported::Emphasis, "**丁**")]);
    }
}
