//! 正文: blocks and clauses. A clause is an element with its number and heading; what stands under it stands in it.

use gongwen::{BlockKind, Heading, Table};

use super::Akn;
use super::parts::Part;

/// A clause that is being written.
struct Open {
    /// Index into the outline.
    entry: usize,
    /// True where an element for its own paragraphs is open.
    holds: bool,
}

impl Akn<'_, '_> {
    /// The blocks between what stands before and after.
    pub(super) fn body(&mut self, part: &Part) {
        let entries = &self.policy.outline.entries;
        let mut next = entries.partition_point(|e| e.block < part.body.start);
        let mut open: Vec<Open> = Vec::new();
        let mut empty = true;
        for i in part.body.clone() {
            let Some(block) = self.policy.document.blocks.get(i) else { break };
            if let Some(entry) = entries.get(next).filter(|e| e.block == i) {
                // The heading of the attachment itself is no clause of it.
                let parent = entry.parent.filter(|p| open.iter().any(|o| o.entry == *p));
                while open.last().is_some_and(|o| Some(o.entry) != parent) {
                    self.leave(open.pop());
                }
                self.hold(open.last_mut(), false);
                self.clause(next);
                open.push(Open { entry: next, holds: false });
                if let BlockKind::Heading(heading) = &block.kind
                    && let Some(rest) = rest(&block.text, heading)
                {
                    self.hold(open.last_mut(), true);
                    self.xml.open("p", &[]);
                    self.words(i, rest);
                    self.xml.close();
                }
                next += 1;
                empty = false;
                continue;
            }
            if matches!(block.kind, BlockKind::Rule) {
                while !open.is_empty() {
                    self.leave(open.pop());
                }
                continue;
            }
            self.hold(open.last_mut(), true);
            empty &= !self.block(i);
        }
        while !open.is_empty() {
            self.leave(open.pop());
        }
        if empty {
            // A body without anything is none to the standard.
            self.xml.empty("p", &[]);
        }
    }

    /// Opens a clause, with its number and heading.
    fn clause(&mut self, entry: usize) {
        let Some((division, id)) = self.ids.clause(entry) else { return };
        let Some(e) = self.policy.outline.entries.get(entry) else { return };
        let id = id.to_owned();
        let mut attributes = vec![("eId", id.as_str()), ("wId", e.path.as_str())];
        attributes.extend(division.name.map(|name| ("name", name)));
        self.xml.open(division.tag, &attributes);
        self.heading(e.block);
    }

    /// The number and the words of a heading.
    pub(super) fn heading(&mut self, block: usize) {
        let Some(b) = self.policy.document.blocks.get(block) else { return };
        let Some(heading) = b.heading() else { return };
        let (number, words) = halves(&b.text, heading);
        if !number.is_empty() {
            self.xml.open("num", &[]);
            self.words(block, number);
            self.xml.close();
        }
        if !words.is_empty() {
            self.xml.open("heading", &[]);
            self.words(block, words);
            self.xml.close();
        }
    }

    /// Opens or closes what holds the paragraphs of a clause: all of it, or what comes before the clauses inside it.
    fn hold(&mut self, clause: Option<&mut Open>, wanted: bool) {
        let Some(clause) = clause else { return };
        if wanted && !clause.holds {
            let entries = &self.policy.outline.entries;
            let parts = entries.get(clause.entry + 1).is_some_and(|e| e.parent == Some(clause.entry));
            self.xml.open(if parts { "intro" } else { "content" }, &[]);
        } else if !wanted && clause.holds {
            self.xml.close();
        }
        clause.holds = wanted;
    }

    fn leave(&mut self, clause: Option<Open>) {
        let Some(mut clause) = clause else { return };
        self.hold(Some(&mut clause), false);
        self.xml.close();
    }

    /// A paragraph or a table; false where it is neither.
    pub(super) fn block(&mut self, i: usize) -> bool {
        let Some(block) = self.policy.document.blocks.get(i) else { return false };
        match &block.kind {
            BlockKind::Rule => return false,
            BlockKind::Table(table) if table.rows.iter().any(|row| !row.is_empty()) => self.table(i, table),
            // A heading that is no clause here is a line like others.
            _ => self.paragraph(i, &block.text),
        }
        true
    }

    fn paragraph(&mut self, i: usize, text: &str) {
        self.xml.open("p", &[]);
        let day = gongwen::date::date(text.trim()).filter(|(_, len)| *len == text.trim().len());
        match (self.named(i), day) {
            (Some(tag), _) => {
                self.xml.open(tag, &[]);
                self.words(i, 0..text.len());
                self.xml.close();
            }
            (None, Some((day, _))) => {
                self.xml.open("docDate", &[("date", &day.to_string())]);
                self.words(i, 0..text.len());
                self.xml.close();
            }
            (None, None) => self.words(i, 0..text.len()),
        }
        self.xml.close();
    }

    fn table(&mut self, i: usize, table: &Table) {
        self.xml.open("table", &[]);
        for (n, row) in table.rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
            self.xml.open("tr", &[]);
            for cell in row {
                self.xml.open(if n == 0 && table.header { "th" } else { "td" }, &[]);
                self.xml.open("p", &[]);
                self.words(i, cell.clone());
                self.xml.close();
                self.xml.close();
            }
            self.xml.close();
        }
        self.xml.close();
    }
}

/// The number of a heading with its delimiter, and its words with the stop behind them.
fn halves(text: &str, heading: &Heading) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
    if heading.title.is_empty() {
        return (0..text.len(), text.len()..text.len());
    }
    let start = heading.title.start.min(text.len());
    (0..start, start..end(text, heading))
}

/// Byte after the words of a heading and their stop.
fn end(text: &str, heading: &Heading) -> usize {
    let behind = text.get(heading.title.end..).unwrap_or_default();
    let stop =
        behind.chars().take_while(|c| matches!(c, '。' | '：' | ':' | '；' | '】')).map(char::len_utf8).sum::<usize>();
    (heading.title.end + stop).min(text.len())
}

/// What a line says after its heading.
fn rest(text: &str, heading: &Heading) -> Option<std::ops::Range<usize>> {
    let end = if heading.title.is_empty() { text.len() } else { end(text, heading) };
    text.get(end..).filter(|rest| !rest.trim().is_empty()).map(|_| end..text.len())
}
