//! JSON and JSON Lines: an object a line, so that two builds compare line by line.

use rayon::prelude::*;
use serde::Serialize;

use crate::corpus::Deputy;

use super::super::error::SiteError;
use super::super::index::Site;

/// An array with each object on its own line.
pub fn array<T: Serialize + Sync>(items: &[T]) -> Result<Vec<u8>, SiteError> {
    let lines = lines(items)?;
    let mut out = Vec::with_capacity(lines.len() + items.len() + 8);
    out.extend_from_slice(b"[\n");
    // A line break inside an object is written as \n, so that every one here ends an object.
    for (i, line) in lines.split(|&b| b == b'\n').filter(|line| !line.is_empty()).enumerate() {
        if i > 0 {
            out.extend_from_slice(b",\n");
        }
        out.extend_from_slice(line);
    }
    out.extend_from_slice(if lines.is_empty() { b"]\n" } else { b"\n]\n" });
    Ok(out)
}

/// An object on each line.
pub fn lines<T: Serialize + Sync>(items: &[T]) -> Result<Vec<u8>, SiteError> {
    let parts: Vec<Vec<u8>> = items
        .par_chunks(1024)
        .map(|part| {
            let mut out = Vec::new();
            for item in part {
                object(&mut out, item)?;
                out.push(b'\n');
            }
            Ok(out)
        })
        .collect::<Result<_, SiteError>>()?;
    Ok(parts.concat())
}

fn object<T: Serialize>(out: &mut Vec<u8>, item: &T) -> Result<(), SiteError> {
    serde_json::to_writer(out, item).map_err(|e| SiteError::new(format!("数据文件无法生成：{e}")))
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
pub fn replies(site: &Site<'_>) -> Result<Vec<u8>, SiteError> {
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
