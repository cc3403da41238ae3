//! 行: the rows of every table.

use std::collections::{HashMap, HashSet};

use gongwen::BlockKind;

use super::tables::Cell;
use crate::address;
use crate::corpus::{Corpus, Obligation, Policy, RegionRef};
use crate::registry::RegionId;
use crate::vocabulary::{Role, answers};

/// The rows of a table.
type Rows<'c> = Box<dyn Iterator<Item = Vec<Cell>> + 'c>;

macro_rules! row {
    ($($cell:expr),+ $(,)?) => { vec![$(Cell::from($cell)),+] };
}

fn id(region: &RegionRef) -> String {
    region.id.to_string()
}

pub fn regions(corpus: &Corpus) -> Rows<'_> {
    Box::new(corpus.regions.iter().map(|r| {
        let parent = r.parents.last().map(RegionId::to_string);
        row![id(&r.region), &r.region.name, r.region.level.name(), parent, &r.url]
    }))
}

pub fn documents(corpus: &Corpus) -> Rows<'_> {
    let known: HashSet<RegionId> = corpus.regions.iter().map(|r| r.region.id).collect();
    Box::new(corpus.documents.iter().map(move |p| {
        let f = &p.facts;
        row![
            &f.id,
            &f.title,
            f.number.as_ref(),
            f.kind.as_ref(),
            f.issuers.join("、"),
            f.date,
            f.published,
            f.region.as_ref().filter(|r| known.contains(&r.id)).map(id),
            f.index_no.as_ref(),
            f.disclosure.as_ref(),
            f.attached_title.as_ref(),
            f.title_inferred,
            f.stated_validity.as_ref(),
            f.source.as_ref().map(|s| &s.file),
            f.source.as_ref().map(|s| &s.sha256),
            &f.url,
        ]
    }))
}

/// A clause of a document, or what stands before the first and between titles.
pub struct Clause<'c> {
    /// Its document.
    pub policy: &'c Policy,
    /// Its outline path; empty for what stands under no heading.
    pub path: &'c str,
    /// Its number as printed.
    pub number: &'c str,
    /// Its heading.
    pub title: Option<&'c str>,
    /// All that stands in it and in no clause within it, a block a line, its own heading first.
    pub text: String,
}

/// The clauses of a document in order, each once. Every character of the document stands in one of them.
pub fn clauses_of(policy: &Policy) -> Vec<Clause<'_>> {
    let mut clauses: Vec<Clause<'_>> = Vec::with_capacity(policy.outline.entries.len() + 1);
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (i, block) in policy.document.blocks.iter().enumerate() {
        if block.kind == BlockKind::Rule {
            continue;
        }
        let entry = policy.outline.entry_at(i);
        let path = entry.map_or("", |e| e.path.as_str());
        let at = *known.entry(path).or_insert_with(|| {
            let (number, title) = entry.map_or(("", None), |e| (e.number.as_str(), e.title.as_deref()));
            clauses.push(Clause { policy, path, number, title, text: String::new() });
            clauses.len() - 1
        });
        if let Some(clause) = clauses.get_mut(at) {
            if !clause.text.is_empty() {
                clause.text.push('\n');
            }
            clause.text.push_str(&block.text);
        }
    }
    clauses
}

pub fn clauses(corpus: &Corpus) -> Rows<'_> {
    let all = corpus.documents.iter().flat_map(clauses_of).enumerate();
    Box::new(all.map(|(number, c)| {
        let document = &c.policy.facts.id;
        let url = address::clause(document, c.path);
        row![number + 1, document, c.path, c.number, c.title, c.text, url]
    }))
}

pub fn organs(corpus: &Corpus) -> Rows<'_> {
    let known: HashSet<RegionId> = corpus.regions.iter().map(|r| r.region.id).collect();
    Box::new(corpus.organs.iter().map(move |o| {
        let region = Some(&o.region).filter(|r| known.contains(&r.id)).map(id);
        row![o.id.to_string(), &o.name, &*o.id.sector, region, &o.url]
    }))
}

pub fn organ_names(corpus: &Corpus) -> Rows<'_> {
    let all = corpus.organs.iter().flat_map(|o| o.names.iter().map(move |n| (o, n)));
    Box::new(all.map(|(o, n)| row![o.id.to_string(), &n.name, n.from, n.to]))
}

pub fn successions(corpus: &Corpus) -> Rows<'_> {
    let all = corpus.organs.iter().flat_map(|o| o.handed_over.iter().map(move |h| (o, h)));
    Box::new(all.map(|(o, h)| row![o.id.to_string(), h.organ.to_string(), &h.name, h.year, h.part.as_ref()]))
}

pub fn obligations(corpus: &Corpus) -> Rows<'_> {
    Box::new(corpus.obligations.iter().map(|o| {
        row![
            &o.id,
            o.kind.key(),
            &o.document,
            &o.path,
            o.title.as_ref(),
            &o.text,
            o.annotation.as_ref(),
            o.modal.as_ref(),
            o.open_ended,
            o.due,
            o.sure,
            &o.url,
        ]
    }))
}

pub fn roles(corpus: &Corpus) -> Rows<'_> {
    let known: HashSet<_> = corpus.organs.iter().map(|o| &o.id).collect();
    Box::new(corpus.obligations.iter().flat_map(move |o: &Obligation| {
        let organ = |name: &String| o.organs.get(name).filter(|id| known.contains(id)).map(|id| id.to_string());
        let printed = Role::ALL.iter().flat_map(|&role| o.names(role).iter().map(move |name| (role, name)));
        let printed = printed.map(|(role, name)| row![&o.id, role.key(), name, organ(name), true, None::<&str>]);
        let answering = o.responsible.iter();
        let answering = answering.map(|r| row![&o.id, answers(r.role), &r.name, organ(&r.name), false, &r.from]);
        printed.chain(answering).collect::<Vec<_>>()
    }))
}

pub fn indicators(corpus: &Corpus) -> Rows<'_> {
    let all = corpus.obligations.iter().flat_map(|o| o.indicators.iter().map(move |i| (o, i)));
    Box::new(all.map(|(o, i)| row![&o.id, &i.text, i.op.sign(), i.value, &i.unit]))
}

pub fn deadlines(corpus: &Corpus) -> Rows<'_> {
    let dated = corpus.obligations.iter().filter(|o| o.due.is_some() || o.due_text.is_some());
    Box::new(dated.map(|o| {
        let edtf = o.due_edtf.map(|e| e.to_string());
        row![&o.id, &o.document, o.due_text.as_ref(), o.due, edtf, o.due_inherited, o.open]
    }))
}

pub fn instruments(corpus: &Corpus) -> Rows<'_> {
    Box::new(corpus.instruments.iter().map(|i| {
        row![
            &i.id,
            i.title.as_ref(),
            i.number.as_ref(),
            i.issuers.join("、"),
            i.issuers_inferred,
            i.year,
            i.document.as_ref(),
            i.validity.effective,
            i.validity.expires,
            &i.url,
        ]
    }))
}

pub fn citations(corpus: &Corpus) -> Rows<'_> {
    let all = corpus.instruments.iter().flat_map(|i| i.cited_by.iter().map(move |c| (i, c)));
    let places = all.flat_map(|(i, c)| c.paths.iter().map(move |path| (i, c, path)));
    Box::new(places.map(|(i, c, path)| row![&c.document, &i.id, c.relation.name(), path]))
}

pub fn repeals(corpus: &Corpus) -> Rows<'_> {
    let all = corpus.instruments.iter().flat_map(|i| i.validity.repealed_by.iter().map(move |r| (i, r)));
    Box::new(all.map(|(i, r)| row![&i.id, &r.document, &r.path, r.from]))
}

pub fn replies(corpus: &Corpus) -> Rows<'_> {
    let all = corpus.documents.iter().filter_map(|p| Some((&p.facts.id, p.facts.reply.as_ref()?)));
    Box::new(
        all.map(|(id, r)| {
            row![id, r.session.as_ref(), r.proposal_no.as_ref(), r.proposal_title.as_ref(), r.and_others]
        }),
    )
}

pub fn deputies(corpus: &Corpus) -> Rows<'_> {
    let all = corpus.documents.iter().filter_map(|p| Some((&p.facts.id, p.facts.reply.as_ref()?)));
    Box::new(all.flat_map(|(id, r)| r.deputies.iter().map(move |name| row![id, name])))
}

pub fn topics(corpus: &Corpus) -> Rows<'_> {
    Box::new(corpus.topics.iter().map(|t| row![&t.id, &t.group, &t.url]))
}

pub fn topic_clauses(corpus: &Corpus) -> Rows<'_> {
    let all = corpus.topics.iter().flat_map(|t| t.clauses.iter().map(move |c| (t, c)));
    Box::new(all.filter_map(|(t, c)| {
        let document = &corpus.documents.get(c.policy)?.facts.id;
        Some(row![&t.id, document, &c.path, c.evidence.key()])
    }))
}

pub fn topic_obligations(corpus: &Corpus) -> Rows<'_> {
    let all = corpus.obligations.iter().flat_map(|o| o.topics.iter().map(move |t| (o, t)));
    Box::new(all.filter_map(|(o, t)| Some(row![&corpus.topics.get(*t)?.id, &o.id])))
}
