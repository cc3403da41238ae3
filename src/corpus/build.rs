//! 成库: content files → the resolved corpus.
//!
//! [`read`] reads a document by itself; what comes of it, a [`Draft`], may be kept and used again. [`join`] makes the
//! corpus of all drafts: what joins documents (instruments, organs, deputies) follows in one pass each.

use gongwen::extract;
use gongwen::extract::unread::Unread;
use gongwen::layout::Role as Element;
use gongwen::number::DocumentNumber;
use gongwen::read::{Format as _, PlainText};
use gongwen::{Block, Document, Meta, Outline, layout};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::cited::Cited;
use super::corrections;
use super::model::*;
use super::progress;
use super::{instruments, obligations, organs, people, regions, topics, validity};
use crate::address;
use crate::content::{Content, Loaded};
use crate::diagnostics::Diagnostics;
use crate::registry::{OrganId, Registry, Resolution};

/// A document that has been read by itself.
#[derive(Debug)]
pub struct Draft {
    /// What it says and asks.
    pub said: Said,
    /// Its words.
    pub words: Words,
}

/// What a document says and asks: enough to join it with others and to answer questions about obligations.
#[derive(Debug, Serialize, Deserialize)]
pub struct Said {
    facts: Facts,
    obligations: Vec<Obligation>,
    validity: Validity,
    issuers: Vec<Option<OrganId>>,
    /// The organs that sections of a reply report on, as printed.
    consulted: Vec<(String, OrganId)>,
}

/// The words of a document, and what points into them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Words {
    blocks: Vec<Block>,
    elements: Vec<Element>,
    #[serde(skip)]
    outline: Outline,
    /// References only; the rest follows from the obligations and what is cited.
    marks: Vec<Mark>,
    unread: Vec<Unread>,
    cited: Vec<Cited>,
    /// What its clauses are about: topic and clause.
    topics: Vec<(usize, TopicClause)>,
}

impl Said {
    /// Says again what is not kept because it follows from the rest.
    pub fn restore(mut self) -> Said {
        self.obligations.iter_mut().for_each(|o| obligations::place(o, &self.facts));
        self
    }
}

impl Words {
    /// Says again what is not kept because it follows from the rest.
    pub fn restore(mut self) -> Words {
        let document = Document { blocks: std::mem::take(&mut self.blocks), meta: Meta::default() };
        self.outline = Outline::of(&document);
        self.blocks = document.blocks;
        self
    }
}

/// How much of the documents a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What they say and ask, and the organs that they name; no texts, instruments, regions and deputies, and no clauses
    /// of topics.
    Obligations,
    /// Everything.
    Whole,
}

/// Makes the corpus of the drafts, each with the index and the name of the file that it was read from.
pub fn join(mut drafts: Vec<(usize, String, Draft)>, registry: &Registry, depth: Depth) -> Corpus {
    drafts.par_sort_by(|(_, _, a), (_, _, b)| {
        let key = |d: &Draft| std::cmp::Reverse(d.said.facts.date);
        key(a).cmp(&key(b)).then_with(|| a.said.facts.id.cmp(&b.said.facts.id))
    });
    let mut corpus = Corpus { topics: topics::all(registry), ..Corpus::default() };
    corpus.documents.reserve_exact(drafts.len());
    corpus.obligations.reserve_exact(drafts.iter().map(|(_, _, draft)| draft.said.obligations.len()).sum());
    topics::reserve(&mut corpus, drafts.iter().flat_map(|(_, _, draft)| &draft.words.topics));
    let mut cited = Vec::with_capacity(drafts.len());
    let mut validities = Vec::with_capacity(drafts.len());
    let mut issuers = Vec::with_capacity(drafts.len());
    let mut consulted = Vec::with_capacity(drafts.len());
    for (index, (loaded, file, Draft { said, words })) in drafts.into_iter().enumerate() {
        let start = corpus.obligations.len();
        for mut obligation in said.obligations {
            obligation.policy = index;
            corpus.obligations.push(obligation);
        }
        topics::join(&mut corpus, words.topics, index, start);
        cited.push(words.cited);
        validities.push(said.validity);
        issuers.push(said.issuers);
        consulted.push(said.consulted);
        corpus.documents.push(Policy {
            file,
            loaded,
            document: Document { blocks: words.blocks, meta: Meta::default() },
            elements: words.elements,
            outline: words.outline,
            facts: said.facts,
            marks: words.marks,
            unread: words.unread,
            obligations: start..corpus.obligations.len(),
            instrument: None,
            consulted: Vec::new(),
        });
    }
    if depth == Depth::Whole {
        instruments::join(&mut corpus, cited, registry);
        validity::join(&mut corpus, validities);
    }
    organs::join(&mut corpus, &issuers, &consulted, registry);
    progress::resolve(&mut corpus);
    if depth == Depth::Whole {
        people::join(&mut corpus);
        regions::join(&mut corpus, registry);
        super::marks::place(&mut corpus);
    }
    corpus
}

/// Reads the document of a content file; `usual` is the code of the region of documents that do not tell theirs.
/// Corrections that match nothing are reported.
pub fn read(file: &Loaded, content: Content, usual: Option<&str>, registry: &Registry) -> (Draft, Diagnostics) {
    let Content { front: file_front, mut document } = content;
    let front = std::mem::take(&mut document.meta);
    let elements = layout::roles(&document.blocks);
    let printed = layout::meta(&document.blocks, &elements);
    document.meta = front.or(printed);
    let outline = Outline::of(&document);
    let mut findings = extract::findings(&document, &outline);
    let unread = extract::unread::unread(&document, &outline, &findings);
    let meta = &document.meta;
    let region = regions::of_document(meta, file_front.region.as_deref().or(usual), registry);
    let mut facts = facts(&file.id, meta);
    facts.source = file_front.source.as_ref().map(|s| SourceFile {
        file: s.file.clone(),
        format: s.format.clone().unwrap_or_else(|| PlainText.name().to_owned()),
        sha256: s.sha256.clone(),
    });
    facts.region = region.and_then(|r| registry.region(r)).map(RegionRef::of);
    let context = crate::registry::Context { region, date: facts.date, ..Default::default() };
    let issuers: Vec<Option<OrganId>> =
        registry.resolve_list(&meta.issuers, &context).iter().map(|r: &Resolution| r.organ().cloned()).collect();
    let issuer = issuers.first().cloned().flatten();
    let context = crate::registry::Context { issuer: issuer.as_ref(), ..context };
    // What nothing but 《》 says to be an instrument may be a book, a form or a slogan.
    let mut cited: Vec<Cited> =
        std::mem::take(&mut findings.citations).into_iter().filter(|c| c.sure).map(Cited::from).collect();
    let validity = Validity::of(&file_front, &findings.validity);
    let points = |r: gongwen::extract::Reference| Mark { span: r.text, kind: MarkKind::Reference(r.target) };
    let marks = std::mem::take(&mut findings.references).into_iter().map(points).collect();
    let names = std::mem::take(&mut findings.consulted);
    let asked: Vec<(gongwen::extract::Name, OrganId)> = names
        .into_iter()
        .filter_map(|n| registry.resolve(&n.text, &context).organ().cloned().map(|o| (n, o)))
        .collect();
    let sections: Vec<(&str, &OrganId)> = asked.iter().map(|(n, o)| (outline.path_at(n.span.block), o)).collect();
    let mut found = obligations::read(&document, &outline, &findings);
    let mut problems = corrections::apply(file, &file_front.corrections, &document, &outline, &mut found, &mut cited);
    problems.extend(progress::apply(file, &file_front.progress, &mut found));
    obligations::finish(&mut found, &facts, registry, &context, &sections);
    let consulted = asked.into_iter().map(|(n, o)| (n.text, o)).collect();
    let topics = topics::read(&document, &outline, &mut found, &elements, registry.topics());
    let said = Said { facts, obligations: found, validity, issuers, consulted };
    let words = Words { blocks: document.blocks, elements, outline, marks, unread, cited, topics };
    (Draft { said, words }, problems)
}

fn facts(id: &str, meta: &Meta) -> Facts {
    let meta = meta.clone();
    let date = |text: Option<String>| text.and_then(|t| t.parse().ok());
    let untitled = meta.title.is_none();
    let title = meta.title.or_else(|| meta.number.clone()).unwrap_or_else(|| id.to_owned());
    Facts {
        id: id.to_owned(),
        url: address::document(id),
        title,
        title_inferred: meta.title_inferred,
        untitled,
        attached_title: meta.attached_title,
        number: meta.number.map(|n| DocumentNumber::parse(&n).map_or(n, |n| n.to_string())),
        kind: meta.kind,
        issuers: meta.issuers,
        date: date(meta.date),
        published: date(meta.published),
        index_no: meta.index_no,
        addressees: meta.addressees,
        cc: meta.cc,
        contact: meta.contact,
        printed_by: meta.printed_by,
        printed_date: date(meta.printed_date),
        disclosure: meta.disclosure,
        stated_validity: meta.validity,
        source: None,
        region: None,
        reply: meta.reply,
        citations: Vec::new(),
    }
}
