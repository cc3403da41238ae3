//! 正文: the text of a document as HTML, with its clauses addressable, its findings marked, and a card below each clause
//! that assigns, aims at or promises something.
//!
//! Every character of the text stands on the page in its order; what is added stands in elements of the class `zk`.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use gongwen::layout::Role as Element;
use gongwen::{Block, BlockKind, Entry, Heading, Span, Table};

use crate::corpus::{Mark, MarkKind, Obligation, Policy};

use super::address;
use super::card::Card;
use crate::strings::Strings;

use super::html::{Grow, Markup, html};
use super::links::Links;
use super::whole::Site;
use super::{table, validity};

/// The text of `policy`.
pub fn body(site: &Site<'_>, links: &Links, index: usize, policy: &Policy) -> Markup {
    let title = policy.title_block();
    let attached = policy.attached_title_block();
    let mut body = Body {
        out: Markup::default(),
        site,
        links,
        policy,
        ids: None,
        attached,
        run_in: None,
        marked: table::first_marks(policy),
        card: Card::new(site, links, index, policy),
    };
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
        // What the clause before has said is summed up before the next one begins.
        if entry.is_some() || !matches!(block.kind, BlockKind::Paragraph | BlockKind::Table(_)) {
            body.out.put(body.card.take());
        }
        match (&block.kind, entry) {
            (BlockKind::Rule, _) => body.out.put(html! { hr; "\n" }),
            (BlockKind::Title, _) => body.title(&block.text, i, title == Some(i), here),
            (BlockKind::Heading(h), Some(e)) => {
                let follows = policy.document.blocks.get(i + 1).is_some_and(|b| b.kind == BlockKind::Paragraph);
                body.heading(block, h, e, here, follows && found.is_empty());
            }
            (BlockKind::Table(t), _) => body.table(block, t, here, found),
            _ => body.paragraph(&block.text, policy.elements.get(i).and_then(|e| class(*e, &block.text)), here),
        }
        if !matches!(block.kind, BlockKind::Table(_)) {
            body.anchors(i, found);
            let number = site.obligations_of(policy).len() - obligations.len() - found.len();
            body.card.add(policy.outline.path_at(i), number, found);
        }
    }
    body.out.put(body.card.take());
    body.out
}

/// A label or a day in the table of facts that sites print above a document: it stays on its line.
fn is_short(cell: &str) -> bool {
    const LONGEST: usize = 12;
    let cell = cell.trim();
    let is = cell.ends_with([':', '：']) || cell.starts_with(|c: char| c.is_ascii_digit());
    is && cell.chars().count() <= LONGEST
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
    out: Markup,
    site: &'a Site<'b>,
    links: &'a Links,
    policy: &'a Policy,
    /// Every id given so far, and those of the outline; only where an obligation has a path of its own.
    ids: Option<HashSet<&'a str>>,
    /// The title block of the instrument that the document issues or forwards.
    attached: Option<usize>,
    /// The path and the number of a clause without a heading; its paragraph comes next and stands on the same line.
    run_in: Option<(&'a str, Markup)>,
    /// Where the words of an obligation are first marked; by its index in the corpus.
    marked: BTreeMap<usize, Span>,
    card: Card<'a>,
}

/// A mark whose words are being written.
struct Open<'m> {
    /// Byte after its last on the page: its own end, or that of what is around it.
    end: usize,
    mark: &'m Mark,
    /// Its first words stand here, not on a line before.
    first: bool,
    /// What stands in its element.
    inside: Markup,
}

impl<'a> Body<'a, '_> {
    /// The title of the document; a later one is that of the instrument it issues or forwards.
    fn title(&mut self, text: &str, block: usize, first: bool, marks: &[Mark]) {
        let words = self.text(text, 0..text.len(), marks);
        let id = (self.attached == Some(block)).then_some("zk-attached");
        self.out.put(html! {
            @if first { p class="doc-title" { (words) } } @else { h2 class="doc-title" id=[id] { (words) } }
            "\n"
        });
    }

    fn paragraph(&mut self, text: &str, class: Option<&str>, marks: &[Mark]) {
        let words = self.text(text, 0..text.len(), marks);
        self.out.put(match self.run_in.take() {
            Some((path, number)) => html! { p id=(path) class="clause" { (number) " " (words) } "\n" },
            None => html! { p class=[class] { (words) } "\n" },
        });
    }

    /// A numbered heading, or the number of a clause that has none; its words follow it on the same line where a
    /// paragraph `follows`.
    fn heading(&mut self, block: &Block, h: &Heading, entry: &'a Entry, marks: &[Mark], follows: bool) {
        let text = block.text.as_str();
        let whole = |r: &Range<usize>| text.get(r.clone()).is_some();
        if !whole(&h.number) || !whole(&h.title) || h.number.end > h.title.start && !h.title.is_empty() {
            self.out.put(anchor(&entry.path));
            return self.paragraph(text, None, marks);
        }
        let titled = !h.title.is_empty();
        // The number's delimiter belongs to the number, the title's full stop to the title.
        let number_end = h.number.end + leading(&text[h.number.end..], |c| matches!(c, '、' | '.' | '．' | '，'));
        let number_end = if titled { number_end.min(h.title.start) } else { number_end };
        let head_end = if titled {
            h.title.end + leading(&text[h.title.end..], |c| matches!(c, '。' | '：' | ':' | '；'))
        } else {
            text.len()
        };
        let words = html! {
            (self.text(text, 0..h.number.start, marks))
            (permalink(self.site.strings, entry, (!h.number.is_empty()).then(|| self.text(text, h.number.start..number_end, marks))))
            (self.text(text, number_end..head_end, marks))
        };
        let path = entry.path.as_str();
        if titled {
            let rest = Some(head_end..text.len()).filter(|_| !text[head_end..].trim().is_empty());
            self.out.put(html! {
                (headline(h.level, path, &words)) "\n"
                @if let Some(rest) = rest { p { (self.text(text, rest, marks)) } "\n" }
            });
        } else if follows {
            self.run_in = Some((path, words));
        } else {
            self.out.put(html! { p id=(path) class="clause" { (words) } "\n" });
        }
    }

    fn table(&mut self, block: &Block, table: &Table, marks: &[Mark], found: &'a [Obligation]) {
        let mut rest = found;
        let labels: &[Range<usize>] = table.rows.first().filter(|_| table.header).map_or(&[], |row| row.as_slice());
        let mut rows = Vec::with_capacity(table.rows.len());
        for (i, row) in table.rows.iter().enumerate() {
            let heading = table.header && i == 0;
            let end = row.last().map_or(0, |c| c.end);
            let (tasks, later) = rest.split_at(rest.partition_point(|o| o.span.start < end));
            rest = later;
            let mut ids =
                tasks.iter().map(|o| o.path.as_str()).filter(|p| self.is_new(p)).collect::<Vec<_>>().into_iter();
            let id = ids.next();
            let mut cells = Markup::default();
            for (j, cell) in row.iter().enumerate() {
                // No mark goes over from one cell to the next.
                let marks = &marks[marks.partition_point(|m| m.span.start < cell.start)..];
                let words = html! {
                    @for path in ids.by_ref() { (anchor(path)) }
                    (self.text(&block.text, cell.clone(), marks))
                };
                let label = labels.get(j).and_then(|l| block.text.get(l.clone()));
                cells.put(match heading {
                    true => html! { th scope="col" { (words) } },
                    false => {
                        let short = !table.header && is_short(block.text.get(cell.clone()).unwrap_or_default());
                        html! { td data-label=[label] class=[short.then_some("nowrap")] { (words) } }
                    }
                });
            }
            rows.push(html! { tr id=[id] { (cells) } });
        }
        let (head, body) = rows.split_at(usize::from(table.header && !rows.is_empty()));
        self.out.put(html! {
            div class="scroll" {
                table class=(if table.header { "cards printed" } else { "printed" }) {
                    @for row in head { thead { (row) } "\n" }
                    @if !body.is_empty() { tbody { @for row in body { (row) "\n" } } }
                }
            }
            "\n"
        });
    }

    /// True the first time for a path that is not a clause's own.
    fn is_new(&mut self, path: &'a str) -> bool {
        let outline = || self.policy.outline.entries.iter().map(|e| e.path.as_str()).collect();
        !path.is_empty() && self.ids.get_or_insert_with(outline).insert(path)
    }

    /// Ids for the obligations in block number `block` whose path is not that of the clause around them.
    fn anchors(&mut self, block: usize, found: &'a [Obligation]) {
        for o in found.iter().filter(|o| o.path != self.policy.outline.path_at(block)) {
            if self.is_new(&o.path) {
                self.out.put(anchor(&o.path));
            }
        }
    }

    /// `range` of a block's text with its marks, which are in order, an outer one before those inside it.
    fn text(&self, text: &str, range: Range<usize>, marks: &[Mark]) -> Markup {
        let mut out = Markup::default();
        let Some(words) = text.get(range.clone()) else { return out };
        out.0.reserve(words.len());
        let mut at = range.start;
        let mut open: Vec<Open<'_>> = Vec::new();
        for mark in marks {
            if mark.span.start >= range.end {
                break;
            }
            let start = mark.span.start.max(range.start);
            at = self.close(text, at, &mut out, &mut open, Some(start));
            let bound = open.last().map_or(range.end, |o| o.end);
            let end = mark.span.end.min(bound);
            if start < at || start >= end || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
                continue;
            }
            open.last_mut().map_or(&mut out, |o| &mut o.inside).put(&text[at..start]);
            at = start;
            let first = mark.span.start >= range.start;
            open.push(Open { end, mark, first, inside: Markup::default() });
        }
        at = self.close(text, at, &mut out, &mut open, None);
        out.put(&text[at..range.end]);
        out
    }

    /// Writes on from `at` and closes the marks that end at or before `until`, all where it is `None`; where the text
    /// goes on.
    fn close(
        &self,
        text: &str,
        mut at: usize,
        out: &mut Markup,
        open: &mut Vec<Open<'_>>,
        until: Option<usize>,
    ) -> usize {
        while let Some(mut inner) = open.pop_if(|o| until.is_none_or(|u| o.end <= u)) {
            inner.inside.put(&text[at..inner.end]);
            at = inner.end;
            let around = open.last_mut().map_or(&mut *out, |o| &mut o.inside);
            around.put(self.marked(inner.mark, inner.first, &inner.inside));
            if let Some(after) = self.after(inner.mark).filter(|_| inner.end == inner.mark.span.end) {
                around.put(after);
            }
            // A link must not stand in a link.
            let linked = open.iter().any(|o| matches!(o.mark.kind, MarkKind::Citation(_) | MarkKind::Reference(_)));
            if let Some(record) = self.record(inner.mark).filter(|_| inner.end == inner.mark.span.end && !linked) {
                open.last_mut().map_or(&mut *out, |o| &mut o.inside).put(record);
            }
        }
        at
    }

    /// What the page adds after the words of a mark.
    fn after(&self, mark: &Mark) -> Option<Markup> {
        let MarkKind::Citation(i) = mark.kind else { return None };
        let instrument = self.site.corpus.instruments.get(i).filter(|_| self.policy.instrument != Some(i))?;
        validity::after(self.site.strings, &instrument.validity)
    }

    /// The number in the document of the obligation whose words a mark is the first to hold, where the page lists it.
    fn recorded(&self, mark: &Mark) -> Option<usize> {
        let MarkKind::Obligation(i) = mark.kind else { return None };
        self.marked.get(&i).filter(|span| **span == mark.span)?;
        let number = i.checked_sub(self.policy.obligations.start)?;
        let o = self.site.obligations_of(self.policy).get(number)?;
        table::is_listed(self.policy, o).then_some(number)
    }

    /// The way from the words of an obligation to its record.
    fn record(&self, mark: &Mark) -> Option<Markup> {
        let number = self.recorded(mark)?;
        let strings = self.site.strings;
        let href = format!("#{}", table::record_id(number));
        Some(
            html! { a class="zk to-record" href=(href) lang=[strings.own()] aria-label=(strings.text("table.record")) {} },
        )
    }

    /// The element of a mark around what stands `inside` it.
    fn marked(&self, mark: &Mark, first: bool, inside: &Markup) -> Markup {
        match &mark.kind {
            MarkKind::Citation(i) => {
                let itself = self.policy.instrument == Some(*i);
                match self.site.corpus.instruments.get(*i).filter(|_| !itself) {
                    Some(instrument) => {
                        let class = if instrument.document.is_some() { "cite held" } else { "cite" };
                        let (day, said) = validity::attributes(self.site.strings, &instrument.validity).unzip();
                        let href = self.links.to(&instrument.url);
                        html! { a class=(class) href=(href) data-expires=[day] title=[said] { (inside) } }
                    }
                    // 《方案》 in a notice that issues it: further down on the page.
                    None if itself && self.attached.is_some_and(|title| mark.span.block < title) => {
                        html! { a class="ref" href="#zk-attached" { (inside) } }
                    }
                    None => inside.clone(),
                }
            }
            MarkKind::Reference(path) => html! { a class="ref" href=(address::fragment(path)) { (inside) } },
            MarkKind::Annotation(_) => html! { span class="annotation" { (inside) } },
            MarkKind::Obligation(i) => {
                let kind = self.site.corpus.obligations.get(*i).map_or("", |o| o.kind.key());
                let id = self.recorded(mark).filter(|_| first).map(table::mark_id);
                html! { span class={ "found k-" (kind) } id=[id] { (inside) } }
            }
            MarkKind::Deadline(Some(day)) => {
                html! { time class="deadline" datetime=(day.to_string()) { (inside) } }
            }
            // A `time` without a date must be one in its words.
            MarkKind::Deadline(None) => html! { span class="deadline" { (inside) } },
        }
    }
}

/// A heading of the level of its clause.
fn headline(level: u8, path: &str, words: &Markup) -> Markup {
    match level {
        0..=2 => html! { h2 id=(path) { (words) } },
        3 => html! { h3 id=(path) { (words) } },
        4 => html! { h4 id=(path) { (words) } },
        5 => html! { h5 id=(path) { (words) } },
        _ => html! { h6 id=(path) { (words) } },
    }
}

/// A link to the clause itself around its number; one that style sheets show where it has none.
fn permalink(strings: &Strings, entry: &Entry, number: Option<Markup>) -> Markup {
    let href = address::fragment(&entry.path);
    match number {
        Some(number) => html! { a class="num" href=(href) { (number) } },
        None => {
            html! { a class="anchor zk" href=(href) lang=[strings.own()] aria-label=(strings.text("table.anchor")) {} }
        }
    }
}

/// An id that no printed element bears.
fn anchor(path: &str) -> Markup {
    html! { span class="zk" id=(path) {} }
}

/// The class of a paragraph, by which style sheets set it; none for running text.
fn class(element: Element, text: &str) -> Option<&'static str> {
    Some(match element {
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
        | Element::Rule => return None,
    })
}

/// Bytes of the first character of `text` where `wanted` accepts it, else 0.
fn leading(text: &str, wanted: impl Fn(char) -> bool) -> usize {
    text.chars().next().filter(|&c| wanted(c)).map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use gongwen::Span;

    use super::*;
    use crate::content::Config;
    use crate::project::Project;
    use crate::site::Kept;
    use crate::site::templates::Templates;

    /// Marks that cross, leave the text, cut characters or name what does not exist cost nothing but themselves.
    #[test]
    fn impossible_marks_lose_no_text() {
        let mut project = Project::of([("甲.md", "市民政局牵头，市财政局配合。\n\n## 一、标题\n\n正文。\n")]);
        let marks = [(0, 0, 6), (0, 3, 9), (0, 1, 5), (0, 9, 900), (0, 800, 900), (1, 0, 9), (7, 0, 1)];
        let mark = |(block, start, end): (usize, usize, usize)| Mark {
            span: Span::new(block, start..end),
            kind: MarkKind::Annotation(999),
        };
        project.corpus.documents[0].marks = marks.into_iter().map(mark).collect();
        let config = Config::default();
        let (templates, kept) = (Templates::load(&project.root, None, &config).expect("the theme"), Kept::new());
        let site = Site::new(&project.corpus, &project.registry, &config, &templates, &kept);
        let policy = &project.corpus.documents[0];
        assert_eq!(
            body(&site, &site.links(&policy.facts.url), 0, policy).0,
            "<p><span class=\"annotation\">市<span class=\"annotation\">民</span></span>政\
             <span class=\"annotation\">局牵头，市财政局配合。</span></p>\n<h2 id=\"一\"><a class=\"num\" href=\"#一\">\
             <span class=\"annotation\">一、</span></a><span class=\"annotation\">标</span>题</h2>\n<p>正文。</p>\n"
        );
    }
}
