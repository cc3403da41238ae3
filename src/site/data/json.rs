//! JSON and JSON Lines: an object a line, so that two builds compare line by line.

use std::io::Write;

use rayon::prelude::*;
use serde::Serialize;

use crate::corpus::{Corpus, Deputy, Evidence, Topic};
use crate::diagnostics::Diagnostic;

use super::super::index::Site;

/// Objects that are written on every core before they are put to the file: enough to keep the cores busy, few enough
/// that a table of any length takes little memory.
const GROUP: usize = 8 * 1024;
const PART: usize = 512;

/// Writes an array with each object on its own line.
pub fn write_array<T: Serialize + Sync>(out: &mut dyn Write, items: &[T]) -> Result<(), Diagnostic> {
    put(out, b"[")?;
    write(out, items, |part, first, item| {
        part.extend_from_slice(if first { b"\n" } else { b",\n" });
        object(part, item)
    })?;
    put(out, b"\n]\n")
}

/// Writes an object on each line.
pub fn write_lines<T: Serialize + Sync>(out: &mut dyn Write, items: &[T]) -> Result<(), Diagnostic> {
    write(out, items, |part, _, item| {
        object(part, item)?;
        part.push(b'\n');
        Ok(())
    })
}

/// An array with each object on its own line.
pub fn array<T: Serialize + Sync>(items: &[T]) -> Result<Vec<u8>, Diagnostic> {
    let mut out = Vec::new();
    write_array(&mut out, items)?;
    Ok(out)
}

/// An object on each line.
pub fn lines<T: Serialize + Sync>(items: &[T]) -> Result<Vec<u8>, Diagnostic> {
    let mut out = Vec::new();
    write_lines(&mut out, items)?;
    Ok(out)
}

fn write<T: Serialize + Sync>(
    out: &mut dyn Write,
    items: &[T],
    one: impl Fn(&mut Vec<u8>, bool, &T) -> Result<(), Diagnostic> + Sync,
) -> Result<(), Diagnostic> {
    for (g, group) in items.chunks(GROUP).enumerate() {
        let parts: Vec<Vec<u8>> = group
            .par_chunks(PART)
            .enumerate()
            .map(|(p, items)| {
                let mut part = Vec::new();
                for (i, item) in items.iter().enumerate() {
                    one(&mut part, g + p + i == 0, item)?;
                }
                Ok(part)
            })
            .collect::<Result<_, Diagnostic>>()?;
        for part in parts {
            put(out, &part)?;
        }
    }
    Ok(())
}

fn put(out: &mut dyn Write, bytes: &[u8]) -> Result<(), Diagnostic> {
    out.write_all(bytes).map_err(|e| failed(&e))
}

fn object<T: Serialize>(out: &mut Vec<u8>, item: &T) -> Result<(), Diagnostic> {
    serde_json::to_writer(out, item).map_err(|e| failed(&e))
}

fn failed(error: &dyn std::error::Error) -> Diagnostic {
    Diagnostic::error("site", format!("数据文件无法生成：{error}"))
}

/// One object of `data/replies.json`.
#[derive(Serialize)]
struct ReplyRecord<'a> {
    document: &'a str,
    url: &'a str,
    title: &'a str,
    number: Option<&'a str>,
    date: Option<&'a str>,
    session: Option<&'a str>,
    proposal_no: Option<&'a str>,
    proposal_title: Option<&'a str>,
    deputies: Vec<DeputyRecord<'a>>,
    and_others: bool,
    answering: Vec<OrganRecord<'a>>,
    consulted: Vec<OrganRecord<'a>>,
}

#[derive(Serialize)]
struct DeputyRecord<'a> {
    name: &'a str,
    id: Option<&'a str>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct OrganRecord<'a> {
    name: &'a str,
    organ: Option<&'a str>,
}

/// The replies, newest first.
pub fn replies(site: &Site<'_>) -> Result<Vec<u8>, Diagnostic> {
    let record = |&i: &usize| {
        let policy = &site.corpus.documents[i];
        let r = &policy.record;
        let reply = r.reply.as_ref()?;
        let deputy = |name: &str| -> Option<&Deputy> { site.deputies_of(&r.id).find(|d| d.name == name) };
        let deputies = reply.deputies.iter().map(|name: &String| {
            let known = deputy(name.as_str());
            DeputyRecord { name, id: known.map(|d| d.id.as_str()), url: known.map(|d| d.url.as_str()) }
        });
        let answering = r.issuers.iter().map(|name| {
            let organ = site.issuer(&r.id, name).map(|o| o.id.as_str());
            OrganRecord { name, organ }
        });
        let consulted = policy.consulted.iter().filter_map(|&i| site.corpus.organs.get(i));
        Some(ReplyRecord {
            document: &r.id,
            url: &r.url,
            title: &r.title,
            number: r.number.as_deref(),
            date: r.date.as_deref(),
            session: reply.session.as_deref(),
            proposal_no: reply.proposal_no.as_deref(),
            proposal_title: reply.proposal_title.as_deref(),
            deputies: deputies.collect(),
            and_others: reply.and_others,
            answering: answering.collect(),
            consulted: consulted.map(|o| OrganRecord { name: &o.name, organ: Some(&o.id) }).collect(),
        })
    };
    array(&site.replies.iter().filter_map(record).collect::<Vec<_>>())
}

/// One object of `data/topics.json`.
#[derive(Serialize)]
pub struct TopicRecord<'a> {
    id: &'a str,
    url: &'a str,
    group: &'a str,
    clauses: Vec<TopicClauseRecord<'a>>,
}

#[derive(Serialize)]
struct TopicClauseRecord<'a> {
    document: &'a str,
    path: &'a str,
    evidence: Evidence,
    words: Vec<&'a str>,
    obligations: Vec<&'a str>,
}

/// The topics that a document treats, in the order of the table.
pub fn topics(corpus: &Corpus) -> Vec<TopicRecord<'_>> {
    let topic = |t| topic(corpus, t);
    corpus.topics.iter().filter(|t| !t.clauses.is_empty()).map(topic).collect()
}

fn topic<'a>(corpus: &'a Corpus, topic: &'a Topic) -> TopicRecord<'a> {
    let clauses = topic.clauses.iter().filter_map(|c| {
        let policy = corpus.documents.get(c.policy)?;
        let obligations = c.obligations.iter().filter_map(|o| corpus.obligations.get(o.index));
        Some(TopicClauseRecord {
            document: &policy.record.id,
            path: &c.path,
            evidence: c.evidence,
            words: c.words.iter().map(|w| policy.document.quote(*w)).collect(),
            obligations: obligations.map(|o| o.id.as_str()).collect(),
        })
    });
    TopicRecord { id: &topic.id, url: &topic.url, group: &topic.group, clauses: clauses.collect() }
}
