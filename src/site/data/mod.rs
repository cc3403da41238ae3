//! 开放数据: the files under `data/`, which are the site's public API. `docs/data.md` describes them field by field.

use std::path::Path;

use super::output::Staging;
use super::reuse::Known;
use super::whole::Site;
use crate::corpus::{Corpus, Policy, Topic};
use crate::diagnostics::{Attempt, Diagnostic};

mod beside;
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
pub fn files(site: &Site<'_>) -> impl Iterator<Item = (&'static str, &'static str)> {
    let large = site.corpus.obligations.len() > TOGETHER;
    FILES.into_iter().map(move |(name, what)| match name {
        "documents.json" if large => (name, "文件：元数据、引用；层次在每份文件网页旁的 JSON 里"),
        "obligations.json" if large => (name, "任务的索引：每份文件有几项，在哪个 JSON 里"),
        "obligations.jsonl" if large => (name, "任务的索引，每行一份文件"),
        "topics.json" if large => (name, "主题及谈到它的文件；条款在每份文件网页旁的 JSON 里"),
        _ => (name, what),
    })
}

const FILES: [(&str, &str); 11] = [
    ("obligations.xlsx", "任务总表，Excel 工作簿，一类一张，可筛选"),
    ("obligations.csv", "任务总表，CSV 表格，Excel 和 WPS 可直接打开"),
    ("deadlines.ics", "时限日历，可订阅到手机和办公日历，提前一周提醒"),
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

/// The most obligations whose records stand together in one array; those of a larger site stand beside the pages of
/// their documents.
pub const TOGETHER: usize = 50_000;

/// What writes one data file.
pub type Stream<'a> = Box<dyn Fn(&mut dyn std::io::Write) -> Result<(), Diagnostic> + Send + Sync + 'a>;

/// What writes a data file, or several.
pub type Write<'a> = Box<dyn Fn(&Staging) -> Result<(), Diagnostic> + Send + Sync + 'a>;

/// Where the data lie.
pub const FOLDER: &str = "data";

/// What writes the files beside the pages alone, where all others are those of the old site.
pub fn beside<'a>(site: &'a Site<'a>, known: Option<Known<'a>>) -> Vec<Write<'a>> {
    vec![beside::documents(site, known)]
}

/// What writes the data, the longest first. The records of each document stand beside its page; beyond
/// `together` obligations nowhere else.
pub fn all<'a>(site: &'a Site<'a>, together: usize, known: Option<Known<'a>>) -> Vec<Write<'a>> {
    let corpus = site.corpus;
    let mut all: Vec<Write<'a>> = vec![Box::new(move |staging| {
        let obligations: Vec<_> = corpus.obligations.iter().collect();
        let bytes = sheet::xlsx(site.into(), &obligations, "zhengku obligations")?;
        staging.write("data/obligations.xlsx", &bytes)
    })];
    all.push(beside::documents(site, known));
    if corpus.obligations.len() > together {
        all.extend(beside::indices(site));
    } else {
        all.extend(whole(site));
    }
    let rest: [Write<'a>; 6] = [
        streamed("data/obligations.csv", move |out| sheet::write_csv(out, site.into(), &corpus.obligations)),
        streamed("data/deadlines.ics", move |out| {
            let due = site.due.values().flatten().filter_map(|&i| corpus.obligations.get(i));
            out.write_all(&calendar::ics(site.into(), due))
                .map_err(|e| Diagnostic::io(Attempt::Write, Path::new("data/deadlines.ics"), &e))
        }),
        Box::new(move |staging| json::shelve(staging, "organs", &corpus.organs, OrganRecord::from)),
        Box::new(move |staging| json::shelve(staging, "instruments", &corpus.instruments, InstrumentRecord::from)),
        Box::new(move |staging| {
            let replies: Vec<&Policy> = site.replies.iter().filter_map(|&i| corpus.documents.get(i)).collect();
            json::shelve(staging, "replies", &replies, |policy| ReplyRecord::of(site, policy))
        }),
        Box::new(move |staging| json::shelve(staging, "regions", &corpus.regions, RegionPageRecord::from)),
    ];
    all.extend(rest);
    for (file, write) in names::files(site).into_iter().chain([tasks::index_file(site)]) {
        all.push(Box::new(move |staging| staging.stream(&file, |out| write(out))));
    }
    all
}

/// What stands in arrays where a site is not large.
fn whole<'a>(site: &'a Site<'a>) -> [Write<'a>; 4] {
    let corpus = site.corpus;
    [
        streamed("data/obligations.json", move |out| {
            json::write_array(out, &corpus.obligations, ObligationRecord::from)
        }),
        streamed("data/obligations.jsonl", move |out| {
            json::write_lines(out, &corpus.obligations, ObligationRecord::from)
        }),
        Box::new(move |staging| json::shelve(staging, "documents", &corpus.documents, DocumentRecord::from)),
        Box::new(move |staging| {
            let treated: Vec<&Topic> = corpus.topics.iter().filter(|t| !t.clauses.is_empty()).collect();
            json::shelve(staging, "topics", &treated, |topic| TopicRecord::of(corpus, topic))
        }),
    ]
}

fn streamed<'a>(
    file: &'static str,
    write: impl Fn(&mut dyn std::io::Write) -> Result<(), Diagnostic> + Send + Sync + 'a,
) -> Write<'a> {
    Box::new(move |staging| staging.stream(file, &write))
}
