//! 报告: what became of every source, and what there is to say about its reading.

use std::fmt;
use std::path::PathBuf;

use gongwen::extract;
use gongwen::read::{FurnitureKind, Reading};
use gongwen::{BlockKind, Outline};

use crate::diagnostics::{Diagnostics, shown};

/// What an import did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The documents that were read, in the order of their sources.
    pub entries: Vec<Entry>,
    /// What was not read and why, and what a person should look at.
    pub problems: Diagnostics,
}

/// A document that was read.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The file that it was read from.
    pub source: PathBuf,
    /// 发文字号.
    pub number: Option<String>,
    /// 标题.
    pub title: Option<String>,
    /// The name of its content file, without the ending.
    pub id: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What was found, what was left out and what was not understood, a line each, in Chinese.
    pub remarks: Vec<String>,
}

/// What became of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its content file was written.
    Written,
    /// Its content file was there, byte for byte.
    Unchanged,
    /// Its content file was not written; the problems of the report say why.
    Refused,
    /// Its bytes have been imported from this source, or stand in this content file, so there is nothing to write.
    Same(PathBuf),
}

/// As people read it: an entry each, then how many.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for entry in &self.entries {
            entry.fmt(f)?;
        }
        let count = |of: fn(&Outcome) -> bool| self.entries.iter().filter(|e| of(&e.outcome)).count();
        let written = count(|o| *o == Outcome::Written);
        let unchanged = count(|o| *o == Outcome::Unchanged);
        write!(f, "导入 {} 份：写出 {written}，没有变化 {unchanged}", self.entries.len())?;
        let rest =
            [("内容相同", count(|o| matches!(o, Outcome::Same(_)))), ("没有覆盖", count(|o| *o == Outcome::Refused))];
        for (name, n) in rest.into_iter().filter(|(_, n)| *n > 0) {
            write!(f, "，{name} {n}")?;
        }
        f.write_str("\n")
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number.as_deref().unwrap_or("无文号");
        let title = self.title.as_deref().unwrap_or("无标题");
        writeln!(f, "{number}　{title}")?;
        let state = match &self.outcome {
            Outcome::Written => "写出",
            Outcome::Unchanged => "没有变化",
            Outcome::Refused => "没有覆盖",
            Outcome::Same(same) => {
                return writeln!(f, "  {}：与 {} 内容相同，没有另写", shown(&self.source), shown(same));
            }
        };
        writeln!(f, "  {state} {}.md", self.id)?;
        self.remarks.iter().try_for_each(|remark| writeln!(f, "  {remark}"))
    }
}

/// What was found in a document, what was left out, and what was not understood. Whoever finds more to say about a
/// reading says it here.
pub(super) fn remarks(reading: &Reading) -> Vec<String> {
    let document = &reading.document;
    let outline = Outline::of(document);
    let findings = extract::findings(document, &outline);
    let mut remarks = vec![found(reading, &outline, &findings)];
    if reading.malformed > 0 {
        let encoding = reading.encoding.unwrap_or("UTF-8");
        remarks.push(format!("{} 处字节不是有效的 {encoding} 编码，写成 \u{fffd}", reading.malformed));
    }
    if reading.controls > 0 {
        remarks.push(format!("去掉控制字符 {} 个", reading.controls));
    }
    let places = Places::of(reading);
    for f in &reading.furniture {
        let kind = match f.kind {
            FurnitureKind::PageNumber => "页码",
            FurnitureKind::RunningHead => "页眉页脚",
        };
        remarks.push(format!("略去{}{kind}：{}", places.at(f.offset), f.text));
    }
    for remark in &reading.remarks {
        let block = document.blocks.get(remark.block).map_or("", |b| b.text.as_str());
        let at = reading.origins.source_offset(remark.block, 0).unwrap_or_default();
        let words: String = block.chars().take(20).collect();
        remarks.push(format!("{} {}：{words}", places.at(at), remark.reason));
    }
    for unparsed in findings.assignments.iter().flat_map(|a| &a.unparsed) {
        remarks.push(format!("分工没有全懂：{}", document.quote(*unparsed)));
    }
    remarks
}

/// How many of each there are.
fn found(reading: &Reading, outline: &Outline, findings: &extract::Findings) -> String {
    let blocks = &reading.document.blocks;
    let tables = blocks.iter().filter(|b| matches!(b.kind, BlockKind::Table(_))).count();
    let (assignments, citations) = (findings.assignments.len(), findings.citations.len());
    let mut found = format!("层次 {}，分工 {assignments}，引用 {citations}", outline.entries.len());
    if tables > 0 {
        found.push_str(&format!("，表格 {tables}"));
    }
    if let Some(encoding) = reading.encoding.filter(|e| *e != "UTF-8") {
        found.push_str(&format!("，编码 {encoding}"));
    }
    found
}

/// Where the bytes of a reading's text stand, as a person looks for them.
struct Places<'r> {
    reading: &'r Reading,
    /// The line breaks of the text, where its places are lines.
    breaks: Vec<usize>,
}

impl<'r> Places<'r> {
    fn of(reading: &'r Reading) -> Self {
        let lines = reading.places.is_empty();
        let breaks = if lines { reading.text.match_indices('\n').map(|(at, _)| at).collect() } else { Vec::new() };
        Places { reading, breaks }
    }

    /// 第 3 行, 第 2 页, 第 12 段.
    fn at(&self, byte: usize) -> String {
        match self.reading.places.get(byte) {
            Some(place) => place.to_string(),
            None => format!("第 {} 行", self.breaks.partition_point(|b| *b < byte) + 1),
        }
    }
}
