//! 版面: a document and its clauses as text of a terminal.

use gongwen::{Block, BlockKind, Entry, Outline, Table};
use jiff::civil::Date;

use crate::ask::Cited;
use crate::corpus::{Facts, Obligation};
use crate::vocabulary::{Kind, RESPONSIBLE, UNSURE};

use super::{table, text};

/// Prose is not read in longer lines, however wide the terminal.
const PROSE: usize = 100;
/// Two characters, as GB/T 9704-2012 has it.
const INDENT: &str = "    ";
/// What is said beside 待核.
const WEAK: &str = "依据较弱，请对照原文";

/// Columns of the labels before their values.
const LABEL: usize = 10;

/// Text being laid out.
pub struct Page {
    out: String,
    /// Columns of prose.
    width: usize,
    /// Columns of a table.
    table: usize,
}

impl Page {
    /// An empty page for a terminal of `width` columns.
    pub fn new(width: usize) -> Self {
        Page { out: String::new(), width: width.min(PROSE), table: width }
    }

    /// The text.
    pub fn finish(self) -> String {
        self.out
    }

    /// A line as it is.
    pub fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// A title, with a rule under it.
    pub fn heading(&mut self, title: &str) {
        self.indented(title, "", "");
        self.line(&"═".repeat(self.width));
    }

    /// A paragraph.
    pub fn prose(&mut self, words: &str) {
        self.indented(words, INDENT, "");
    }

    /// An item of a list, after its mark.
    pub fn item(&mut self, mark: &str, words: &str) {
        self.indented(words, mark, &" ".repeat(text::width(mark)));
    }

    /// `rows` under `header`.
    pub fn table(&mut self, header: &[&str], rows: &[Vec<String>]) {
        self.out.push_str(&table::render(header, rows, self.table));
    }

    fn indented(&mut self, words: &str, first: &str, rest: &str) {
        for line in text::indented(words, self.width, first, rest) {
            self.line(line.trim_end());
        }
    }

    /// 公文要素, those that there are; `validity` says whether it holds.
    pub fn head(&mut self, facts: &Facts, validity: String) {
        let r = facts;
        let list = |names: &[String]| names.join("、");
        let own = |text: &Option<String>| text.clone().unwrap_or_default();
        let day = |day: Option<Date>| day.map(|d| d.to_string()).unwrap_or_default();
        let reply = r.reply.as_ref();
        let deputies = reply.map(|reply| list(&reply.deputies) + if reply.and_others { "等" } else { "" });
        self.fields([
            ("发文字号", own(&r.number)),
            ("文种", own(&r.kind)),
            ("发文机关", list(&r.issuers)),
            ("成文日期", day(r.date)),
            ("发布日期", day(r.published)),
            ("效力", validity),
            ("索引号", own(&r.index_no)),
            ("主送机关", list(&r.addressees)),
            ("抄送机关", list(&r.cc)),
            ("所附文件", own(&r.attached_title)),
            ("届次", reply.and_then(|reply| reply.session.clone()).unwrap_or_default()),
            ("建议编号", reply.and_then(|reply| reply.proposal_no.clone()).unwrap_or_default()),
            ("建议标题", reply.and_then(|reply| reply.proposal_title.clone()).unwrap_or_default()),
            ("代表委员", deputies.unwrap_or_default()),
            ("联系人", r.contact.as_ref().map(|c| format!("{} {}", c.name, c.phone)).unwrap_or_default()),
            ("印发机关", own(&r.printed_by)),
            ("印发日期", day(r.printed_date)),
            ("公开形式", own(&r.disclosure)),
            ("地区", r.region.as_ref().map(|region| region.name.clone()).unwrap_or_default()),
            ("id", r.id.clone()),
        ]);
    }

    /// Labels and values, those that are not empty.
    pub fn fields<const N: usize>(&mut self, fields: [(&str, String); N]) {
        let hanging = " ".repeat(LABEL);
        for (label, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            let blanks = LABEL.saturating_sub(text::width(label));
            self.indented(&value, &format!("{label}{}", " ".repeat(blanks)), &hanging);
        }
    }

    /// 目录: the clauses that have a heading, each with the path that names it.
    pub fn outline(&mut self, outline: &Outline) {
        let entries = outline.entries.iter().filter_map(|e| Some((e, e.title.as_deref()?)));
        let lines: Vec<(&Entry, &str)> = entries.collect();
        if !lines.is_empty() {
            self.line("目录");
        }
        for (entry, title) in lines {
            let depth = entry.path.matches('/').count() + 1;
            self.indented(&format!("#{} {title}", entry.path), &"  ".repeat(depth), &"  ".repeat(depth + 1));
        }
    }

    /// A block of the text.
    pub fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Title => {
                self.line("");
                self.centred(&block.text);
                self.line("");
            }
            BlockKind::Heading(_) | BlockKind::Paragraph => self.prose(&block.text),
            BlockKind::Table(t) => self.rows(&block.text, t),
            BlockKind::Rule => self.line(&"─".repeat(self.width)),
        }
    }

    fn centred(&mut self, words: &str) {
        for line in text::wrap(words, self.width - 2 * INDENT.len()) {
            let line = line.trim_end();
            let before = self.width.saturating_sub(text::width(line)) / 2;
            self.line(&format!("{}{line}", " ".repeat(before)));
        }
    }

    fn rows(&mut self, words: &str, t: &Table) {
        let cell = |range: &std::ops::Range<usize>| words.get(range.clone()).unwrap_or_default().to_owned();
        let rows: Vec<Vec<String>> = t.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        let (header, body) = match rows.split_first() {
            Some((header, body)) if t.header => (header.clone(), body),
            _ => (Vec::new(), &rows[..]),
        };
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let names: Vec<&str> = (0..columns).map(|c| header.get(c).map_or("", String::as_str)).collect();
        self.out.push_str(&table::render(&names, body, self.table));
    }

    /// Who does what by when. The words of `shown`, a clause, are not said again.
    pub fn obligation(&mut self, o: &Obligation, shown: &str) {
        // The words of an assignment are its whole clause.
        let again = o.path == shown && o.kind == Kind::Assignment;
        self.line("");
        self.fields([
            ("任务", if again { String::new() } else { o.text.clone() }),
            ("条款", if o.path == shown { String::new() } else { format!("#{}", o.path) }),
        ]);
        for (role, _) in o.roles() {
            self.fields([(role.label(), o.shown_names(role))]);
        }
        let doubt = if o.sure { String::new() } else { WEAK.to_owned() };
        self.fields([
            (RESPONSIBLE, o.shown_responsible()),
            ("时限", shown_due(o)),
            ("分工原文", o.annotation.clone().unwrap_or_default()),
            (UNSURE, doubt),
        ]);
    }

    /// What a clause cites.
    pub fn citations(&mut self, citations: &[Cited<'_>]) {
        if !citations.is_empty() {
            self.line("");
        }
        for cited in citations {
            let title = cited.title.map(|t| format!("《{t}》")).unwrap_or_default();
            let shown = match cited.number {
                Some(number) if title.is_empty() => number.to_owned(),
                Some(number) => format!("{title}（{number}）"),
                None => title,
            };
            self.fields([("引用", shown)]);
        }
    }
}

/// The deadline as printed, with its last day.
pub fn shown_due(o: &Obligation) -> String {
    match (&o.due_text, o.due) {
        (Some(text), Some(due)) => format!("{text}（{due}）"),
        (text, due) => text.clone().or_else(|| due.map(|d| d.to_string())).unwrap_or_default(),
    }
}
