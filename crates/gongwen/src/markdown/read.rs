//! Markdown → Document, in one pass over the parser's events.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::document::Block;
use crate::origin::Origins;

use super::build::{Builder, Leaf};
use super::{FENCE, Unsupported, Warning};

/// What a Markdown file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed<'s> {
    /// The front matter; `None` where the file has none.
    pub front: Option<Front<'s>>,
    /// The body, in [`normal`](super::normal) form; only a table may keep rows of different lengths.
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
    let mut reader = Reader::default();
    (reader.to.source, reader.to.cursor) = (source, body);
    if front.is_none() && body < source.len() && first_line(&source[body..]) == FENCE {
        reader.to.warn(Unsupported::OpenFrontMatter, body..body + FENCE.len());
    }
    for (event, range) in Parser::new_ext(&source[body..], Options::ENABLE_TABLES).into_offset_iter() {
        reader.event(event, body + range.start..body + range.end);
    }
    reader.finish();
    let Builder { blocks, origins, warnings, .. } = reader.to;
    Parsed { front, blocks, origins, warnings }
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

#[derive(Default)]
struct Reader<'s> {
    to: Builder<'s>,
    /// Inside code or HTML, where a line is a paragraph.
    verbatim: bool,
    /// Lists and block quotes that are open.
    containers: usize,
    /// What stands in brackets after the words of each open link or image.
    links: Vec<String>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start_tag(tag, range),
            Event::End(tag) => self.end_tag(tag, range),
            Event::Text(text) | Event::Html(text) if self.verbatim => self.lines(&text, range),
            Event::Text(text) => self.to.inline(&text, range.start, range),
            Event::Code(text) => {
                self.to.warn(Unsupported::Code, range.clone());
                let at = self.to.source[range.clone()].find(&*text).unwrap_or(0);
                self.to.inline(&text, range.start + at, range);
            }
            Event::Html(text) | Event::InlineHtml(text) => {
                if is_break(&text) {
                    self.to.inline("", range.start, range);
                    self.to.join = true;
                } else {
                    self.to.warn(Unsupported::Html, range.clone());
                    self.to.inline(&text, range.start, range);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                self.to.join = true;
                self.to.cursor = range.end;
            }
            Event::Rule => {
                self.to.flush();
                self.to.gap(range.start);
                self.to.origins.map(0, range.start);
                self.to.push_block(Block::rule());
                self.to.cursor = range.end;
            }
            // Switched off in the parser.
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.to.inline(&text, range.start, range);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start_tag(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.to.open(Leaf::Paragraph, range),
            Tag::Heading { level, .. } => {
                if !self.to.source[range.start..].starts_with('#') {
                    self.to.warn(Unsupported::Underline, range.clone());
                }
                self.to.open(Leaf::Heading(level as u8), range);
            }
            Tag::BlockQuote(_) => {
                self.container(Unsupported::Quote, &range);
            }
            Tag::List(_) => self.container(Unsupported::List, &range),
            Tag::Item => self.item(range),
            Tag::CodeBlock(kind) => {
                self.to.warn(Unsupported::Code, range.clone());
                self.to.flush();
                self.to.gap(range.start);
                self.verbatim = true;
                if let CodeBlockKind::Fenced(info) = kind {
                    let at = self.to.source[range.clone()].find(&*info).unwrap_or(0);
                    self.lines(&info, range.start + at..range.start + at + info.len());
                }
            }
            Tag::HtmlBlock => {
                self.to.warn(Unsupported::Html, range.clone());
                self.to.flush();
                self.to.gap(range.start);
                self.verbatim = true;
            }
            Tag::Table(_) => {
                self.to.flush();
                self.to.gap(range.start);
                self.to.flush_marker();
            }
            Tag::TableHead | Tag::TableRow => self.to.start_row(),
            Tag::TableCell => self.to.start_cell(),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {
                self.to.warn(Unsupported::Emphasis, range.clone());
                self.to.inline("", range.start, range.start..range.start);
            }
            Tag::Link { link_type, dest_url, title, id } => {
                self.to.warn(Unsupported::Link, range.clone());
                self.link(link_type, &dest_url, &title, &id, range);
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.to.warn(Unsupported::Image, range.clone());
                self.link(link_type, &dest_url, &title, &id, range);
            }
            // Switched off in the parser.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => self.to.flush(),
        }
    }

    fn end_tag(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::TableCell => self.to.end_cell(range.end),
            TagEnd::TableHead => self.to.end_row(true, range.end),
            TagEnd::TableRow => self.to.end_row(false, range.end),
            TagEnd::Table => self.to.end_table(),
            TagEnd::Link | TagEnd::Image => {
                let target = self.links.pop().unwrap_or_default();
                self.to.inline(&target, range.start, range.clone());
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::BlockQuote(_) | TagEnd::List(_) => {
                self.to.flush();
                self.to.gap(range.end);
                self.containers = self.containers.saturating_sub(1);
            }
            TagEnd::Item => {
                self.to.flush();
                self.to.gap(range.end);
                self.to.flush_marker();
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.verbatim = false;
                self.to.flush();
            }
            _ => self.to.flush(),
        }
        self.to.cursor = self.to.cursor.max(range.end);
    }

    fn finish(&mut self) {
        self.to.flush();
        self.to.gap(self.to.source.len());
        self.to.flush_marker();
    }

    fn container(&mut self, kind: Unsupported, range: &Range<usize>) {
        self.to.flush();
        self.to.gap(range.start);
        if self.containers == 0 {
            self.to.warn(kind, range.clone());
        }
        self.containers += 1;
    }

    /// A list item: its bullet is a mark of Markdown, its number is a word of the text.
    fn item(&mut self, range: Range<usize>) {
        self.to.flush();
        self.to.gap(range.start);
        self.to.flush_marker();
        let rest = &self.to.source[range.clone()];
        let start = range.start + rest.len() - rest.trim_start().len();
        let digits = self.to.source[start..range.end].bytes().take_while(u8::is_ascii_digit).count();
        self.to.cursor = (start + digits + 1).min(range.end);
        self.to.marker = (digits > 0).then_some(start..self.to.cursor);
    }

    fn link(&mut self, kind: LinkType, url: &str, title: &str, id: &str, range: Range<usize>) {
        self.to.inline("", range.start, range.start..range.start);
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

    /// Code and HTML: a line is a paragraph.
    fn lines(&mut self, text: &str, range: Range<usize>) {
        let mut at = range.start;
        for line in text.split_inclusive('\n') {
            if !line.trim().is_empty() {
                self.to.paragraph(line, at);
            }
            at += line.len();
        }
        self.to.cursor = self.to.cursor.max(range.end);
    }
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
            ("甲\n===\n\n乙\n---", "# 甲\n\n## 乙\n", &[Underline]),
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
