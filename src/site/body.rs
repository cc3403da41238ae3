//! 正文: the text of a document as HTML, with its clauses addressable, its findings marked and its assignments beside
//! their clause.
//!
//! Every character of the text stands on the page in its order; what is added stands in elements of the class `zk`.
//! This is the longest part of every page, so it is written by hand into one text.

use std::collections::HashSet;
use std::ops::Range;

use gongwen::layout::Role as Element;
use gongwen::{Block, BlockKind, Entry, Heading, Table};

use crate::corpus::{Mark, MarkKind, Obligation, Policy};
use crate::vocabulary::{Kind, Role};

use super::address;
use super::html::escape;
use super::links::Links;
use super::whole::Site;
use super::{table, validity};

/// Appends the text of `policy`.
pub fn write(out: &mut String, site: &Site<'_>, links: &Links, policy: &Policy) {
    let title = policy.title_block();
    let mut body = Body { out, site, links, policy, ids: None, attached: policy.attached_title_block(), run_in: false };
    let mut entries = policy.outline.entries.iter().peekable();
    let mut marks = policy.marks.as_slice();
    let mut obligations = site.obligations_of(policy);
    for (i, block) in policy.document.blocks.iter().enumerate() {
        let mut entry = None;
        while let Some(e) = entries.next_if(|e| e.block <= i) {
            entry = Some(e).filter(|e| e.block == i);
        }
        let here = take(&mut marks, |m| m.span.block, i);
        let found = take(&mut obligations, |o| o.span.block, i);
        match (&block.kind, entry) {
            (BlockKind::Rule, _) => body.out.push_str("<hr>\n"),
            (BlockKind::Title, _) => body.title(&block.text, i, title == Some(i), here),
            (BlockKind::Heading(h), Some(e)) => {
                let follows = policy.document.blocks.get(i + 1).is_some_and(|b| b.kind == BlockKind::Paragraph);
                body.heading(block, h, e, here, follows && found.is_empty());
            }
            (BlockKind::Table(t), _) => body.table(block, t, here, found),
            _ => body.paragraph(&block.text, policy.elements.get(i).map_or("", |e| class(*e, &block.text)), here),
        }
        if !matches!(block.kind, BlockKind::Table(_)) {
            body.anchors(i, found);
            body.assignments(found);
        }
    }
}

/// Splits off the items of block `block`, which stand at the front of a list in the order of the text.
fn take<'a, T>(list: &mut &'a [T], block_of: impl Fn(&T) -> usize, block: usize) -> &'a [T] {
    let end = list.iter().position(|item| block_of(item) > block).unwrap_or(list.len());
    let (here, rest) = list.split_at(end);
    *list = rest;
    let start = here.iter().position(|item| block_of(item) == block).unwrap_or(here.len());
    &here[start..]
}

struct Body<'a, 'b> {
    out: &'a mut String,
    site: &'a Site<'b>,
    links: &'a Links,
    policy: &'a Policy,
    /// Every id given so far, and those of the outline; only where an obligation has a path of its own.
    ids: Option<HashSet<&'a str>>,
    /// The title block of the instrument that the document issues or forwards.
    attached: Option<usize>,
    /// The number of a clause without a heading has been written and its paragraph is still open.
    run_in: bool,
}

impl<'a> Body<'a, '_> {
    /// The title of the document; a later one is that of the instrument it issues or forwards.
    fn title(&mut self, text: &str, block: usize, first: bool, marks: &[Mark]) {
        self.out.push_str(match (first, self.attached == Some(block)) {
            (true, _) => "<p class=\"doc-title\">",
            (_, true) => "<h2 class=\"doc-title\" id=\"zk-attached\">",
            _ => "<h2 class=\"doc-title\">",
        });
        self.text(text, 0..text.len(), marks);
        self.out.push_str(if first { "</p>\n" } else { "</h2>\n" });
    }

    fn paragraph(&mut self, text: &str, class: &str, marks: &[Mark]) {
        if std::mem::take(&mut self.run_in) {
            self.text(text, 0..text.len(), marks);
            self.out.push_str("</p>\n");
            return;
        }
        self.out.push_str("<p");
        if !class.is_empty() {
            self.out.push_str(" class=\"");
            self.out.push_str(class);
            self.out.push('"');
        }
        self.out.push('>');
        self.text(text, 0..text.len(), marks);
        self.out.push_str("</p>\n");
    }

    /// A numbered heading, or the number of a clause that has none; its words follow it on the same line where a
    /// paragraph `follows`.
    fn heading(&mut self, block: &Block, h: &Heading, entry: &Entry, marks: &[Mark], follows: bool) {
        let text = block.text.as_str();
        let whole = |r: &Range<usize>| text.get(r.clone()).is_some();
        if !whole(&h.number) || !whole(&h.title) || h.number.end > h.title.start && !h.title.is_empty() {
            self.anchor(&entry.path);
            return self.paragraph(text, "", marks);
        }
        let titled = !h.title.is_empty();
        // The number's delimiter belongs to the number, the title's full stop to the title.
        let number_end = h.number.end + leading(&text[h.number.end..], |c| matches!(c, '、' | '.' | '．' | '，'));
        let number_end = if titled { number_end.min(h.title.start) } else { number_end };
        let head_end = if titled {
            h.title.end + leading(&text[h.title.end..], |c| matches!(c, '。' | '：' | ':' | '；'))
        } else {
            number_end
        };
        let tag = match h.level {
            0..=2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            _ => "h6",
        };
        let tag = if titled { tag } else { "p" };
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push_str(" id=\"");
        escape(self.out, &entry.path);
        self.out.push_str(if titled { "\">" } else { "\" class=\"clause\">" });
        self.text(text, 0..h.number.start, marks);
        if h.number.is_empty() {
            self.permalink(entry, "anchor zk");
            self.out.push_str("</a>");
        } else {
            self.permalink(entry, "num");
            self.text(text, h.number.start..number_end, marks);
            self.out.push_str("</a>");
        }
        if titled {
            self.text(text, number_end..head_end, marks);
            self.out.push_str("</");
            self.out.push_str(tag);
            self.out.push_str(">\n");
            let rest = &text[head_end..];
            if !rest.trim().is_empty() {
                self.out.push_str("<p>");
                self.text(text, head_end..text.len(), marks);
                self.out.push_str("</p>\n");
            }
        } else {
            self.text(text, number_end..text.len(), marks);
            self.run_in = follows;
            self.out.push_str(if follows { " " } else { "</p>\n" });
        }
    }

    fn permalink(&mut self, entry: &Entry, class: &str) {
        self.out.push_str("<a class=\"");
        self.out.push_str(class);
        self.out.push_str("\" href=\"#");
        address::encode(self.out, &entry.path);
        self.out.push_str(if class == "num" { "\">" } else { "\" aria-label=\"本条的链接\">" });
    }

    fn table(&mut self, block: &Block, table: &Table, marks: &[Mark], found: &'a [Obligation]) {
        let mut rest = found;
        self.out.push_str("<div class=\"scroll\"><table");
        self.out.push_str(if table.header { " class=\"cards printed\">" } else { " class=\"printed\">" });
        let labels: &[Range<usize>] = table.rows.first().filter(|_| table.header).map_or(&[], |row| row.as_slice());
        for (i, row) in table.rows.iter().enumerate() {
            let heading = table.header && i == 0;
            self.out.push_str(match i {
                0 if heading => "<thead><tr",
                0 => "<tbody><tr",
                1 if table.header => "<tbody><tr",
                _ => "<tr",
            });
            let end = row.last().map_or(0, |c| c.end);
            let (tasks, later) = rest.split_at(rest.partition_point(|o| o.span.start < end));
            rest = later;
            let mut ids =
                tasks.iter().map(|o| o.path.as_str()).filter(|p| self.is_new(p)).collect::<Vec<_>>().into_iter();
            if let Some(path) = ids.next() {
                self.out.push_str(" id=\"");
                escape(self.out, path);
                self.out.push('"');
            }
            self.out.push('>');
            for (j, cell) in row.iter().enumerate() {
                self.out.push_str(if heading { "<th scope=\"col\"" } else { "<td" });
                if let (false, Some(label)) = (heading, labels.get(j).and_then(|l| block.text.get(l.clone()))) {
                    self.out.push_str(" data-label=\"");
                    escape(self.out, label);
                    self.out.push('"');
                }
                self.out.push('>');
                ids.by_ref().for_each(|path| self.anchor(path));
                self.text(&block.text, cell.clone(), marks);
                self.out.push_str(if heading { "</th>" } else { "</td>" });
            }
            self.out.push_str(if heading { "</tr></thead>\n" } else { "</tr>\n" });
        }
        let body = table.rows.len() > usize::from(table.header);
        self.out.push_str(if body { "</tbody></table></div>\n" } else { "</table></div>\n" });
    }

    /// True the first time for a path that is not a clause's own.
    fn is_new(&mut self, path: &'a str) -> bool {
        let outline = || self.policy.outline.entries.iter().map(|e| e.path.as_str()).collect();
        !path.is_empty() && self.ids.get_or_insert_with(outline).insert(path)
    }

    /// An id that no printed element bears.
    fn anchor(&mut self, path: &str) {
        self.out.push_str("<span class=\"zk\" id=\"");
        escape(self.out, path);
        self.out.push_str("\"></span>");
    }

    /// Ids for the obligations in block number `block` whose path is not that of the clause around them.
    fn anchors(&mut self, block: usize, found: &'a [Obligation]) {
        for o in found.iter().filter(|o| o.path != self.policy.outline.path_at(block)) {
            if self.is_new(&o.path) {
                self.anchor(&o.path);
            }
        }
    }

    /// The assignments whose words stand in the block above.
    fn assignments(&mut self, found: &[Obligation]) {
        for o in found.iter().filter(|o| o.kind == Kind::Assignment) {
            self.out.push_str("<aside class=\"zk assigned\" aria-label=\"分工\">");
            for role in Role::BY_WEIGHT.into_iter().filter(|&role| !o.names(role).is_empty()) {
                self.out.push_str("<span class=\"part\"><b>");
                self.out.push_str(role.label());
                self.out.push_str("</b>");
                table::organs(self.out, self.site, self.links, o, role);
                if o.open_role() == Some(role) {
                    self.out.push_str("<span>等</span>");
                }
                self.out.push_str("</span>");
            }
            if o.due.is_some() || o.due_text.is_some() {
                self.out.push_str("<span class=\"part\"><b>时限</b>");
                table::due(self.out, o);
                self.out.push_str("</span>");
            }
            if o.corrected {
                self.out.push_str("<span class=\"note\">经人工更正</span>");
            }
            self.out.push_str("</aside>\n");
        }
    }

    /// `range` of a block's text with its marks. `marks` are in order and do not overlap.
    fn text(&mut self, text: &str, range: Range<usize>, marks: &[Mark]) {
        let Some(_) = text.get(range.clone()) else { return };
        let mut at = range.start;
        let first = marks.partition_point(|m| m.span.end <= range.start);
        for mark in &marks[first..] {
            if mark.span.start >= range.end {
                break;
            }
            let (start, end) = (mark.span.start.max(at), mark.span.end.min(range.end));
            if start >= end || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
                continue;
            }
            escape(self.out, &text[at..start]);
            let close = self.open(mark);
            escape(self.out, &text[start..end]);
            self.out.push_str(close);
            self.after(mark);
            at = end;
        }
        escape(self.out, &text[at..range.end]);
    }

    /// What the page adds after the words of a mark.
    fn after(&mut self, mark: &Mark) {
        let MarkKind::Citation(i) = mark.kind else { return };
        if let Some(instrument) = self.site.corpus.instruments.get(i).filter(|_| self.policy.instrument != Some(i)) {
            validity::after(self.out, &instrument.validity);
        }
    }

    /// Opens the element of a mark; returns what closes it.
    fn open(&mut self, mark: &Mark) -> &'static str {
        match &mark.kind {
            MarkKind::Citation(i) => {
                let itself = self.policy.instrument == Some(*i);
                match self.site.corpus.instruments.get(*i).filter(|_| !itself) {
                    Some(instrument) => {
                        self.out.push_str("<a class=\"cite");
                        self.out.push_str(if instrument.document.is_some() { " held\" href=\"" } else { "\" href=\"" });
                        self.links.push(self.out, &instrument.url);
                        self.out.push('"');
                        validity::attributes(self.out, &instrument.validity);
                        self.out.push('>');
                        "</a>"
                    }
                    // 《方案》 in a notice that issues it: further down on the page.
                    None if itself && self.attached.is_some_and(|title| mark.span.block < title) => {
                        self.out.push_str("<a class=\"ref\" href=\"#zk-attached\">");
                        "</a>"
                    }
                    None => "",
                }
            }
            MarkKind::Reference(path) => {
                self.out.push_str("<a class=\"ref\" href=\"#");
                address::encode(self.out, path);
                self.out.push_str("\">");
                "</a>"
            }
            MarkKind::Annotation(_) => {
                self.out.push_str("<span class=\"annotation\">");
                "</span>"
            }
            MarkKind::Obligation(i) => {
                let kind = self.site.corpus.obligations.get(*i).map_or("", |o| o.kind.key());
                self.out.push_str("<span class=\"found k-");
                self.out.push_str(kind);
                self.out.push_str("\">");
                "</span>"
            }
            MarkKind::Deadline(day) => {
                match day {
                    Some(day) => {
                        self.out.push_str("<time class=\"deadline\" datetime=\"");
                        escape(self.out, &day.to_string());
                        self.out.push_str("\">");
                    }
                    None => self.out.push_str("<time class=\"deadline\">"),
                }
                "</time>"
            }
        }
    }
}

/// The class of a paragraph, by which style sheets set it; empty for running text.
fn class(element: Element, text: &str) -> &'static str {
    match element {
        // 份号, 密级 and 签发人 are set small.
        Element::Masthead if !text.trim_end().ends_with("文件") => "head",
        Element::Masthead => "masthead",
        Element::Number => "doc-number",
        Element::Authors => "authors",
        Element::Addressee => "addressee",
        Element::Signature | Element::Date => "signature",
        Element::Cc | Element::Printed | Element::Review => "imprint",
        Element::HeaderTable
        | Element::Title
        | Element::Text
        | Element::AttachmentNote
        | Element::Disclosure
        | Element::Contact
        | Element::Rule => "",
    }
}

/// Bytes of the first character of `text` where `wanted` accepts it, else 0.
fn leading(text: &str, wanted: impl Fn(char) -> bool) -> usize {
    text.chars().next().filter(|&c| wanted(c)).map_or(0, char::len_utf8)
}
