//! 开放数据: the files under `data/`, which are the site's public API. `docs/data.md` describes them field by field.

use super::whole::Site;
use std::path::Path;

use crate::corpus::{Corpus, Policy, Topic};
use crate::diagnostics::{Attempt, Diagnostic};

pub mod calendar;
pub mod json;
mod names;
pub mod records;
pub mod sheet;
mod tasks;

use records::{
    DocumentRecord, InstrumentRecord, ObligationRecord, OrganRecord, RegionPageRecord, ReplyRecord, TopicRecord,
};

/// The files and what they hold, as the page about the data lists them.
pub const FILES: [(&str, &str); 11] = [
    ("obligations.xlsx", "任务总表，Excel 工作簿，可筛选"),
    ("obligations.csv", "任务总表，CSV 表格，Excel 和 WPS 可直接打开"),
    ("deadlines.ics", "时限日历，可订阅到手机和办公日历"),
    ("documents.json", "文件：元数据、层次、引用"),
    ("obligations.json", "任务：责任单位、时限、指标、出处"),
    ("obligations.jsonl", "任务，每行一项"),
    ("organs.json", "机关：名称沿革、任务、发文、答复"),
    ("instruments.json", "被引用的文件及引用处"),
    ("replies.json", "建议提案答复"),
    ("regions.json", "地区及其文件、机关"),
    ("topics.json", "主题及属于它的条款、任务"),
];

/// What the rows of a table and the entries of a calendar are read from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Their documents are here.
    pub corpus: &'a Corpus,
    /// The site's name.
    pub title: &'a str,
    /// Where the site will stand, with a final `/`.
    pub base: Option<&'a str>,
}

impl<'a> From<&'a Site<'_>> for Source<'a> {
    fn from(site: &'a Site<'_>) -> Self {
        Source { corpus: site.corpus, title: &site.config.title, base: site.base.as_deref() }
    }
}

/// What writes a data file.
pub type Write<'a> = Box<dyn Fn(&mut dyn std::io::Write) -> Result<(), Diagnostic> + Send + Sync + 'a>;

/// Every data file: its address and what writes it.
pub fn all<'a>(site: &'a Site<'a>) -> Vec<(String, Write<'a>)> {
    let mut files: Vec<(String, Write<'a>)> =
        public(site).into_iter().map(|(file, write)| (file.to_owned(), write)).collect();
    files.extend(names::files(site));
    files.extend(tasks::files(site));
    files
}

/// Those that people and programs are told of.
fn public<'a>(site: &'a Site<'a>) -> Vec<(&'static str, Write<'a>)> {
    let corpus = site.corpus;
    vec![
        whole("data/obligations.xlsx", move || {
            sheet::xlsx(site.into(), &corpus.obligations.iter().collect::<Vec<_>>())
        }),
        streamed("data/obligations.json", move |out| {
            json::write_array(out, &corpus.obligations, ObligationRecord::from)
        }),
        streamed("data/obligations.jsonl", move |out| {
            json::write_lines(out, &corpus.obligations, ObligationRecord::from)
        }),
        streamed("data/documents.json", move |out| json::write_array(out, &corpus.documents, DocumentRecord::from)),
        whole("data/obligations.csv", move || sheet::csv(site.into(), &corpus.obligations)),
        whole("data/deadlines.ics", move || {
            calendar::ics(site.into(), site.due.values().flatten().filter_map(|&i| corpus.obligations.get(i)))
        }),
        streamed("data/organs.json", move |out| json::write_array(out, &corpus.organs, OrganRecord::from)),
        streamed("data/instruments.json", move |out| {
            json::write_array(out, &corpus.instruments, InstrumentRecord::from)
        }),
        streamed("data/replies.json", move |out| {
            let replies: Vec<&Policy> = site.replies.iter().filter_map(|&i| corpus.documents.get(i)).collect();
            json::write_array(out, &replies, |policy| ReplyRecord::of(site, policy))
        }),
        streamed("data/regions.json", move |out| json::write_array(out, &corpus.regions, RegionPageRecord::from)),
        streamed("data/topics.json", move |out| {
            let treated: Vec<&Topic> = corpus.topics.iter().filter(|t| !t.clauses.is_empty()).collect();
            json::write_array(out, &treated, |topic| TopicRecord::of(corpus, topic))
        }),
    ]
}

fn streamed<'a>(
    file: &'static str,
    write: impl Fn(&mut dyn std::io::Write) -> Result<(), Diagnostic> + Send + Sync + 'a,
) -> (&'static str, Write<'a>) {
    (file, Box::new(write))
}

/// A file that is made in memory first.
fn whole<'a>(
    file: &'static str,
    make: impl Fn() -> Result<Vec<u8>, Diagnostic> + Send + Sync + 'a,
) -> (&'static str, Write<'a>) {
    streamed(file, move |out| {
        let bytes = make()?;
        out.write_all(&bytes).map_err(|e| Diagnostic::io(Attempt::Write, Path::new(file), &e))
    })
}
