//! 报告: what became of every source, and what there is to say about its reading.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use gongwen::read::{Format as _, PlainText};

use crate::diagnostics::{Diagnostic, Diagnostics, shown};

/// What an import did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The documents that were read, in the order of their sources.
    pub entries: Vec<Entry>,
    /// What was not read.
    pub refused: Vec<Refused>,
    /// Folders and files that belong to a web page and are no documents.
    pub passed_over: Vec<PathBuf>,
    /// Why what was not read was not, and what a person should look at.
    pub problems: Diagnostics,
}

/// A source that was not read.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The name of its format; `None` where that is not known.
    pub format: Option<&'static str>,
    /// Why, in few words.
    pub reason: String,
    /// Why, and what to do about it.
    pub problem: Diagnostic,
}

impl Refused {
    /// What `problem` says of a file.
    pub(super) fn new(format: Option<&'static str>, problem: Diagnostic) -> Self {
        Refused { format, reason: problem.message.clone(), problem }
    }
}

/// A document that was read.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The file that it was read from.
    pub source: PathBuf,
    /// The name of its format.
    pub format: &'static str,
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
    /// This source or content file is another file of the same document, and better or earlier.
    Twin(PathBuf),
}

/// As people read it: an entry each, then how many.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.iter().try_for_each(|entry| entry.fmt(f))?;
        for path in &self.passed_over {
            writeln!(f, "没有读 {}：是网页的一部分", shown(path))?;
        }
        f.write_str(&self.summary())
    }
}

impl Report {
    /// How many documents there are, and what became of them.
    pub fn summary(&self) -> String {
        let count = |of: fn(&Outcome) -> bool| self.entries.iter().filter(|e| of(&e.outcome)).count();
        let written = count(|o| *o == Outcome::Written);
        let unchanged = count(|o| *o == Outcome::Unchanged);
        let mut said = format!("导入 {} 份：写出 {written}，没有变化 {unchanged}", self.entries.len());
        let rest = [
            ("内容相同", count(|o| matches!(o, Outcome::Same(_)))),
            ("同一份公文", count(|o| matches!(o, Outcome::Twin(_)))),
            ("没有覆盖", count(|o| *o == Outcome::Refused)),
        ];
        for (name, n) in rest.into_iter().filter(|(_, n)| *n > 0) {
            said += &format!("，{name} {n}");
        }
        said.push('\n');
        said + &self.formats()
    }

    /// A line a format, where there is any but plain text: how many files were read, and why the others were not.
    fn formats(&self) -> String {
        let mut formats: BTreeMap<&str, (usize, usize, BTreeMap<&str, usize>)> = BTreeMap::new();
        for entry in &self.entries {
            let counts = formats.entry(entry.format).or_default();
            counts.0 += 1;
            counts.1 += usize::from(matches!(entry.outcome, Outcome::Twin(_)));
        }
        for refused in &self.refused {
            let counts = formats.entry(refused.format.unwrap_or(OTHER)).or_default();
            *counts.2.entry(&refused.reason).or_default() += 1;
        }
        if formats.keys().all(|name| *name == PlainText.name() || *name == OTHER) && self.refused.len() < 2 {
            return String::new();
        }
        let line = |(name, (read, twins, reasons)): (&str, (usize, usize, BTreeMap<&str, usize>))| {
            let mut line = format!("  {name}：读了 {read}");
            if twins > 0 {
                line += &format!("（其中 {twins} 份另有文件）");
            }
            if !reasons.is_empty() {
                let all: usize = reasons.values().sum();
                let said: Vec<String> = reasons.iter().map(|(reason, n)| format!("{reason} {n}")).collect();
                line += &format!("，没有读 {all}（{}）", said.join("；"));
            }
            line + "\n"
        };
        formats.into_iter().map(line).collect()
    }
}

/// What files are that no reader recognises.
const OTHER: &str = "其他";

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
            Outcome::Twin(twin) => {
                let (source, twin) = (shown(&self.source), shown(twin));
                return writeln!(
                    f,
                    "  {source}（{}）：与 {twin} 是同一份公文，没有另写；两份都要就加 --twins",
                    self.format
                );
            }
        };
        writeln!(f, "  {state} {}.md", self.id)?;
        self.remarks.iter().try_for_each(|remark| writeln!(f, "  {remark}"))
    }
}
