//! 名称表: what on a site has a name, and where it stands, for the box that answers with the thing itself: a short file
//! of organs, deputies, replies, topics and regions; one of the titles of the documents, for what is proposed while a
//! reader types; and a long one of instruments, which is fetched for a number or a whole title.

use serde::Serialize;

use crate::corpus::{Instrument, Organ, Policy};
use crate::diagnostics::{Attempt, Diagnostic};
use crate::vocabulary::{Kind, Role};

use super::super::address;
use super::super::whole::Site;
use super::Stream;

#[derive(Serialize)]
struct Names<'a> {
    /// Name, address, other names it is printed under, how many tasks it leads, how many it has.
    organs: Vec<(&'a str, &'a str, Vec<&'a str>, usize, usize)>,
    /// Name, address, replies.
    deputies: Vec<(&'a str, &'a str, usize)>,
    /// Number of the proposal, its session, its title, address, who made it, date, promises.
    replies: Vec<Reply<'a>>,
    /// Name, address, other words for it, documents.
    topics: Vec<(&'a str, &'a str, Vec<&'a str>, usize)>,
    /// Name, address, documents.
    regions: Vec<(&'a str, &'a str, usize)>,
}

type Reply<'a> = (Option<&'a str>, Option<&'a str>, &'a str, &'a str, &'a [String], Option<String>, usize);

/// The files.
pub fn files<'a>(site: &'a Site<'a>) -> Vec<(String, Stream<'a>)> {
    let one = |file: &str, write: Stream<'a>| (file.to_owned(), write);
    vec![
        one("data/names.json", Box::new(move |out| put(out, &names(site)))),
        one("data/titles.json", Box::new(move |out| put(out, &titles(site)))),
        one("data/numbers.json", Box::new(move |out| put(out, &numbers(site)))),
    ]
}

fn put<T: Serialize>(out: &mut dyn std::io::Write, value: &T) -> Result<(), Diagnostic> {
    let text = serde_json::to_vec(value);
    let text = text.map_err(|e| Diagnostic::error("site", format!("数据文件无法生成：{e}")))?;
    out.write_all(&text).map_err(|e| Diagnostic::io(Attempt::Write, std::path::Path::new("data"), &e))
}

fn names<'a>(site: &'a Site<'a>) -> Names<'a> {
    let corpus = site.corpus;
    let organ = |o: &'a Organ| {
        let others = o.names.iter().map(|n| n.name.as_str()).chain(o.printed.iter().map(|p| p.name.as_str()));
        let mut others: Vec<&str> = others.filter(|name| *name != o.name).collect();
        others.sort_unstable();
        others.dedup();
        let leads = o.obligations.iter().filter(|part| part.role == Role::Lead).count();
        (o.name.as_str(), o.url.as_str(), others, leads, o.obligations.len())
    };
    let reply = |policy: &'a Policy| -> Option<Reply<'a>> {
        let f = &policy.facts;
        let r = f.reply.as_ref()?;
        let promises = site.obligations_of(policy).iter().filter(|o| o.kind == Kind::Commitment).count();
        let title = r.proposal_title.as_deref().unwrap_or(&f.title);
        let (number, session) = (r.proposal_no.as_deref(), r.session.as_deref());
        Some((number, session, title, f.url.as_str(), &r.deputies, f.date.map(|d| d.to_string()), promises))
    };
    let topics = site.registry.topics().list();
    Names {
        organs: corpus.organs.iter().map(organ).collect(),
        deputies: corpus.deputies.iter().map(|d| (d.name.as_str(), d.url.as_str(), d.replies.len())).collect(),
        replies: site.replies.iter().filter_map(|&i| reply(corpus.documents.get(i)?)).collect(),
        topics: corpus
            .topics
            .iter()
            .filter(|t| !t.clauses.is_empty())
            .map(|t| {
                let words = topics.iter().find(|known| known.id == t.id).map(|known| known.titles().collect());
                let documents = t.clauses.chunk_by(|a, b| a.policy == b.policy).count();
                (t.id.as_str(), t.url.as_str(), words.unwrap_or_default(), documents)
            })
            .collect(),
        regions: corpus.regions.iter().map(|r| (r.region.name.as_str(), r.url.as_str(), r.documents.len())).collect(),
    }
}

/// Number, title, address where they do not give it, times cited, whether the site holds it.
type Number<'a> = (Option<&'a str>, Option<&'a str>, Option<&'a str>, usize, bool);

fn numbers<'a>(site: &'a Site<'a>) -> Vec<Number<'a>> {
    let number = |i: &'a Instrument| {
        let cited = i.cited_by.len();
        (i.number.as_deref(), i.title.as_deref(), address(i), cited, i.document.is_some())
    };
    site.corpus.instruments.iter().map(number).collect()
}

/// A title alone where its address is made of it, else with its address.
#[derive(Serialize)]
#[serde(untagged)]
enum Title<'a> {
    Alone(&'a str),
    At(&'a str, &'a str),
}

/// What the site holds, by title, else by number.
fn titles<'a>(site: &'a Site<'a>) -> Vec<Title<'a>> {
    let held = site.corpus.instruments.iter().filter(|i| i.document.is_some());
    let title = |i: &'a Instrument| {
        let name = called(i)?;
        Some(address(i).map_or(Title::Alone(name), |address| Title::At(name, address)))
    };
    held.filter_map(title).collect()
}

fn called(i: &Instrument) -> Option<&str> {
    i.title.as_deref().or(i.number.as_deref())
}

/// The address of an instrument where it is not its title, else its number, in the folder of its kind: thousands of
/// statutes have no number, and their titles are their addresses.
fn address(i: &Instrument) -> Option<&str> {
    let folder = if i.document.is_some() { address::DOCUMENTS } else { address::INSTRUMENTS };
    let name = i.url.strip_prefix(folder).and_then(|rest| rest.strip_suffix(".html"));
    (name.is_none() || called(i) != name).then_some(&i.url)
}
