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
    DocumentRecord, EdgeRecord, InstrumentRecord, ObligationRecord, OrganRecord, RegionPageRecord, ReplyRecord,
    TopicRecord,
};

/// The files and the keys of the texts that say what they hold, as the page about the data lists them.
pub fn files(site: &Site<'_>) -> impl Iterator<Item = (&'static str, &'static str)> {
    let large = site.corpus.obligations.len() > TOGETHER;
    FILES.into_iter().map(move |(name, what)| match name {
        "documents.json" if large => (name, "data.documents_json_large"),
        "obligations.json" if large => (name, "data.obligations_json_large"),
        "obligations.jsonl" if large => (name, "data.obligations_jsonl_large"),
        "topics.json" if large => (name, "data.topics_json_large"),
        _ => (name, what),
    })
}

const FILES: [(&str, &str); 12] = [
    ("obligations.xlsx", "data.obligations_xlsx"),
    ("obligations.csv", "data.obligations_csv"),
    ("deadlines.ics", "data.deadlines_ics"),
    ("documents.json", "data.documents_json"),
    ("obligations.json", "data.obligations_json"),
    ("obligations.jsonl", "data.obligations_jsonl"),
    ("organs.json", "data.organs_json"),
    ("instruments.json", "data.instruments_json"),
    ("lineage.json", "data.lineage_json"),
    ("replies.json", "data.replies_json"),
    ("regions.json", "data.regions_json"),
    ("topics.json", "data.topics_json"),
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
    let rest: [Write<'a>; 7] = [
        streamed("data/obligations.csv", move |out| sheet::write_csv(out, site.into(), &corpus.obligations)),
        streamed("data/deadlines.ics", move |out| {
            let due = site.due.values().flatten().filter_map(|&i| corpus.obligations.get(i));
            out.write_all(&calendar::ics(site.into(), due))
                .map_err(|e| Diagnostic::io(Attempt::Write, Path::new("data/deadlines.ics"), &e))
        }),
        Box::new(move |staging| json::shelve(staging, "organs", &corpus.organs, OrganRecord::from)),
        Box::new(move |staging| json::shelve(staging, "instruments", &corpus.instruments, InstrumentRecord::from)),
        Box::new(move |staging| json::shelve(staging, "lineage", &site.lineage.edges, |e| EdgeRecord::of(site, e))),
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
