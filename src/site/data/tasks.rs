//! 任务检索器的数据: the obligations as a browser searches them. `index.json` says of every obligation what it can be
//! narrowed and sorted by, each name once; the obligations themselves stand beside the pages of their documents
//! ([`super::beside`]) and are fetched when a reader sees them.

use std::collections::HashMap;

use serde::ser::SerializeTuple;
use serde::{Serialize, Serializer};

use crate::corpus::{Corpus, Obligation};
use crate::diagnostics::{Attempt, Diagnostic};
use crate::registry::{OrganId, RegionId};
use crate::vocabulary::{Kind, RESPONSIBLE, Role, State};

use super::super::whole::Site;
use super::Stream;

/// Where it lies.
const INDEX: &str = "data/tasks/index.json";

/// What the index says of the site.
#[derive(Serialize)]
struct Index<'a> {
    /// Where the site will stand, for the addresses in tables; null where that is not known.
    base: Option<&'a str>,
    title: &'a str,
    kinds: Vec<[&'static str; 2]>,
    /// Parts that organs play; the last one is of those who answer for what names nobody.
    roles: Vec<[&'static str; 2]>,
    /// How far a task can have come.
    states: Vec<[&'static str; 2]>,
    documents: Vec<Source<'a>>,
    /// Name, and the regions around it, the country left out.
    regions: Vec<(&'a str, Vec<usize>)>,
    /// Name and address.
    organs: Vec<(&'a str, &'a str)>,
    /// Printed name and organ.
    names: Vec<(&'a str, Option<usize>)>,
    topics: Vec<&'a str>,
    rows: Vec<Row>,
}

/// Id, number, title, date and region of a document.
type Source<'a> = (&'a str, Option<&'a str>, &'a str, Option<String>, Option<usize>);

/// Kind, document, due day (0 where there is none), part and name in turn, topics.
struct Row {
    kind: usize,
    document: usize,
    due: Option<String>,
    who: Vec<usize>,
    topics: Vec<usize>,
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_tuple(5)?;
        row.serialize_element(&self.kind)?;
        row.serialize_element(&self.document)?;
        match &self.due {
            Some(day) => row.serialize_element(day)?,
            None => row.serialize_element(&0)?,
        }
        row.serialize_element(&self.who)?;
        row.serialize_element(&self.topics)?;
        row.end()
    }
}

/// The file and what writes it.
pub fn index_file<'a>(site: &'a Site<'a>) -> (String, Stream<'a>) {
    let write = move |out: &mut dyn std::io::Write| {
        let failed = |e: String| Diagnostic::error("site", format!("数据文件无法生成：{e}"));
        let text = serde_json::to_vec(&index(site)).map_err(|e| failed(e.to_string()))?;
        out.write_all(&text).map_err(|e| Diagnostic::io(Attempt::Write, std::path::Path::new(INDEX), &e))
    };
    (INDEX.to_owned(), Box::new(write))
}

/// Gives every printed name its number.
struct Names<'a> {
    list: Vec<(&'a str, Option<usize>)>,
    known: HashMap<(&'a str, Option<usize>), usize>,
    organs: HashMap<&'a OrganId, usize>,
}

impl<'a> Names<'a> {
    fn of(corpus: &'a Corpus) -> Self {
        let organs = corpus.organs.iter().enumerate().map(|(i, o)| (&o.id, i)).collect();
        Names { list: Vec::new(), known: HashMap::new(), organs }
    }

    fn number(&mut self, name: &'a str, o: &Obligation) -> usize {
        let organ = o.organs.get(name).and_then(|id| self.organs.get(id)).copied();
        *self.known.entry((name, organ)).or_insert_with(|| {
            self.list.push((name, organ));
            self.list.len() - 1
        })
    }
}

fn index<'a>(site: &'a Site<'a>) -> Index<'a> {
    let corpus = site.corpus;
    let regions: HashMap<RegionId, usize> = corpus.regions.iter().enumerate().map(|(i, r)| (r.region.id, i)).collect();
    let mut names = Names::of(corpus);
    let row = |o: &'a Obligation| {
        let printed = Role::ALL.iter().enumerate().flat_map(|(i, &role)| o.names(role).iter().map(move |n| (i, n)));
        let answering = o.responsible.iter().map(|r| (Role::ALL.len(), &r.name));
        let mut who = Vec::new();
        for (role, name) in printed.chain(answering) {
            who.extend([role, names.number(name, o)]);
        }
        Row {
            kind: Kind::ALL.iter().position(|k| *k == o.kind).unwrap_or_default(),
            document: o.policy,
            due: o.due.map(|d| d.to_string()),
            who,
            topics: o.topics.clone(),
        }
    };
    let rows = corpus.obligations.iter().map(row).collect();
    let roles = Role::ALL.iter().map(|r| [r.key(), r.short()]).chain([["responsible", RESPONSIBLE]]);
    let around = |parents: &[RegionId]| {
        parents.iter().filter(|id| **id != RegionId::COUNTRY).filter_map(|id| regions.get(id).copied()).collect()
    };
    Index {
        base: site.base.as_deref(),
        title: &site.config.title,
        kinds: Kind::ALL.iter().map(|k| [k.key(), k.label()]).collect(),
        roles: roles.collect(),
        states: State::ALL.iter().map(|s| [s.key(), s.label()]).collect(),
        documents: corpus
            .documents
            .iter()
            .map(|p| {
                let f = &p.facts;
                let region = f.region.as_ref().and_then(|r| regions.get(&r.id).copied());
                (f.id.as_str(), f.number.as_deref(), f.title.as_str(), f.date.map(|d| d.to_string()), region)
            })
            .collect(),
        regions: corpus.regions.iter().map(|r| (r.region.name.as_str(), around(&r.parents))).collect(),
        organs: corpus.organs.iter().map(|o| (o.name.as_str(), o.url.as_str())).collect(),
        names: names.list,
        topics: corpus.topics.iter().map(|t| t.id.as_str()).collect(),
        rows,
    }
}
