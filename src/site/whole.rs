//! What every page needs at hand: the corpus, and where in it a thing with a certain id, year or kind stands.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use jiff::civil::Date;

use crate::compare;
use crate::content::Config;
use crate::corpus::lineage::Lineage;
use crate::corpus::{Corpus, Deputy, Instrument, Obligation, Organ, Policy, Region, Validity};
use crate::registry::{OrganId, RegionId, Registry};
use crate::strings::Strings;
use crate::vocabulary::{Evidence, Kind};

use super::build::Kept;
use super::links::Links;
use super::templates::Templates;

/// Rows or entries on one page of a list; a longer list has several.
pub const PER_PAGE: usize = 300;

/// The corpus with the indices that the pages share.
#[derive(Debug)]
pub struct Site<'a> {
    /// All that is shown.
    pub corpus: &'a Corpus,
    /// What topics and organs are called.
    pub registry: &'a Registry,
    /// What the site says of itself.
    pub config: &'a Config,
    /// How it is shown.
    pub templates: &'a Templates,
    /// What its interface says.
    pub strings: &'a Strings,
    /// The sources that can be downloaded.
    pub kept: &'a Kept,
    /// `base_url` with a final `/`.
    pub base: Option<String>,
    /// Documents by year, newest first, those without a date last.
    pub years: Vec<(Option<i16>, Vec<usize>)>,
    /// Documents by 文种, the most frequent first.
    pub kinds: Vec<(&'a str, Vec<usize>)>,
    /// Obligations with a deadline by its year, each year by date.
    pub due: BTreeMap<i16, Vec<usize>>,
    /// Replies: documents that answer a deputy, newest first.
    pub replies: Vec<usize>,
    /// The documents that are set side by side, two and two.
    pub compared: Vec<(usize, usize)>,
    /// Which document carries which instrument down.
    pub lineage: Lineage,
    /// For every document the topics that it treats, with the surest evidence and the number of its clauses.
    pub topics_of: Vec<Vec<Treated>>,
    counts: BTreeMap<Kind, usize>,
    documents: HashMap<&'a str, usize>,
    organs: HashMap<&'a OrganId, usize>,
    regions: HashMap<RegionId, usize>,
    instruments: HashMap<&'a str, usize>,
    deputies: HashMap<&'a str, Vec<usize>>,
    issuers: HashMap<&'a str, Vec<usize>>,
}

/// A topic that a document treats.
#[derive(Clone, Copy, Debug)]
pub struct Treated {
    /// Index into [`Corpus::topics`].
    pub topic: usize,
    /// How that is known.
    pub evidence: Evidence,
    /// How many of its clauses are about it; of a topic that is only mentioned, how many mention it.
    pub clauses: usize,
    /// How many documents treat the topic before this one.
    pub position: usize,
}

impl<'a> Site<'a> {
    /// The address of the source that lies at `path`.
    pub fn source(&self, id: &str, path: &Path) -> String {
        super::address::source(id, &path.extension().unwrap_or_default().to_string_lossy())
    }

    /// How many instruments are cited.
    pub fn cited(&self) -> usize {
        self.corpus.instruments.iter().filter(|i| !i.cited_by.is_empty()).count()
    }

    /// Indexes `corpus`.
    pub fn new(
        corpus: &'a Corpus,
        registry: &'a Registry,
        config: &'a Config,
        templates: &'a Templates,
        kept: &'a Kept,
    ) -> Site<'a> {
        let mut years: BTreeMap<Option<i16>, Vec<usize>> = BTreeMap::new();
        let mut kinds: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut replies = Vec::new();
        for (i, policy) in corpus.documents.iter().enumerate() {
            let r = &policy.facts;
            years.entry(r.date.map(Date::year)).or_default().push(i);
            if let Some(kind) = r.kind.as_deref() {
                kinds.entry(kind).or_default().push(i);
            }
            if r.reply.is_some() {
                replies.push(i);
            }
        }
        // What has no date is before all that have, and last in the other direction.
        let years = years.into_iter().rev().collect();
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, list)| std::cmp::Reverse(list.len()));

        let mut due: BTreeMap<i16, Vec<usize>> = BTreeMap::new();
        for (i, o) in corpus.obligations.iter().enumerate() {
            if let Some(day) = o.due {
                due.entry(day.year()).or_default().push(i);
            }
        }
        for list in due.values_mut() {
            list.sort_by_key(|&i| corpus.obligations[i].due);
        }
        let mut deputies: HashMap<&str, Vec<usize>> = HashMap::new();
        for (i, deputy) in corpus.deputies.iter().enumerate() {
            for id in &deputy.replies {
                deputies.entry(id).or_default().push(i);
            }
        }
        let mut issuers: HashMap<&str, Vec<usize>> = HashMap::new();
        for (i, organ) in corpus.organs.iter().enumerate() {
            for id in &organ.issued {
                issuers.entry(id).or_default().push(i);
            }
        }
        let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
        for o in &corpus.obligations {
            *counts.entry(o.kind).or_default() += 1;
        }
        Site {
            corpus,
            registry,
            config,
            templates,
            strings: &templates.strings,
            kept,
            base: config.base(),
            years,
            kinds,
            due,
            replies,
            compared: compare::nearest(corpus),
            lineage: Lineage::of(corpus, registry),
            topics_of: topics_of(corpus),
            counts,
            documents: by_id(corpus.documents.iter().map(|d| d.facts.id.as_str())),
            organs: by_id(corpus.organs.iter().map(|o| &o.id)),
            regions: by_id(corpus.regions.iter().map(|r| r.region.id)),
            instruments: by_id(corpus.instruments.iter().map(|i| i.id.as_str())),
            deputies,
            issuers,
        }
    }

    /// The links of the page at `address`.
    pub fn links(&self, address: &str) -> Links {
        Links::from(address, self.base.is_none())
    }

    /// The document with this id.
    pub fn document(&self, id: &str) -> Option<&'a Policy> {
        self.documents.get(id).map(|&i| &self.corpus.documents[i])
    }

    /// The document with this id: index into the corpus.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.documents.get(id).copied()
    }

    /// The organ with this id.
    pub fn organ(&self, id: &OrganId) -> Option<&'a Organ> {
        self.organs.get(id).map(|&i| &self.corpus.organs[i])
    }

    /// The region with this code.
    pub fn region(&self, code: RegionId) -> Option<&'a Region> {
        self.regions.get(&code).map(|&i| &self.corpus.regions[i])
    }

    /// The instrument with this id.
    pub fn instrument(&self, id: &str) -> Option<&'a Instrument> {
        self.corpus.instruments.get(self.instrument_number(id)?)
    }

    /// The index of the instrument with this id among [`Corpus::instruments`].
    pub fn instrument_number(&self, id: &str) -> Option<usize> {
        self.instruments.get(id).copied()
    }

    /// When a document holds.
    pub fn validity(&self, policy: &Policy) -> Option<&'a Validity> {
        self.corpus.validity_of(policy)
    }

    /// The deputies whom the reply with this id answers.
    pub fn deputies_of(&self, reply: &str) -> impl Iterator<Item = &'a Deputy> {
        let list = self.deputies.get(reply).map_or(&[][..], Vec::as_slice);
        list.iter().map(|&i| &self.corpus.deputies[i])
    }

    /// The organ that the document with this id prints as its issuer `name`.
    pub fn issuer(&self, document: &str, name: &str) -> Option<&'a Organ> {
        let list = self.issuers.get(document).map_or(&[][..], Vec::as_slice);
        let mut organs = list.iter().map(|&i| &self.corpus.organs[i]);
        organs.find(|o| o.name == name || o.printed.iter().any(|p| p.name == name))
    }

    /// The documents with these ids that are not replies.
    pub fn plain_documents(&self, ids: &[String]) -> impl Iterator<Item = &'a Policy> {
        ids.iter().filter_map(|id| self.document(id)).filter(|p| p.facts.reply.is_none())
    }

    /// Whether it has a feed of its newest documents: it knows where it will stand, and some document has a date. Those
    /// that have none come last.
    pub fn has_feed(&self) -> bool {
        self.base.is_some() && self.corpus.documents.first().is_some_and(|p| p.facts.date.is_some())
    }

    /// The obligations of a document.
    pub fn obligations_of(&self, policy: &Policy) -> &'a [Obligation] {
        self.corpus.obligations.get(policy.obligations.clone()).unwrap_or(&[])
    }

    /// How many obligations of `kind` there are.
    pub fn count(&self, kind: Kind) -> usize {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    /// The kinds of obligation that there are.
    pub fn kinds_of_obligation(&self) -> impl Iterator<Item = Kind> {
        self.counts.keys().copied()
    }
}

fn topics_of(corpus: &Corpus) -> Vec<Vec<Treated>> {
    let mut topics: Vec<Vec<Treated>> = vec![Vec::new(); corpus.documents.len()];
    for (topic, t) in corpus.topics.iter().enumerate() {
        let mut position = 0;
        for part in t.clauses.chunk_by(|a, b| a.policy == b.policy) {
            let Some(first) = part.first() else { continue };
            let evidence = part.iter().map(|c| c.evidence).min().unwrap_or(Evidence::Mention);
            let mentions = evidence == Evidence::Mention;
            let clauses = part.iter().filter(|c| mentions || c.evidence != Evidence::Mention).count();
            topics[first.policy].push(Treated { topic, evidence, clauses, position });
            position += usize::from(!mentions);
        }
    }
    topics
}

fn by_id<I: Eq + std::hash::Hash>(ids: impl Iterator<Item = I>) -> HashMap<I, usize> {
    ids.enumerate().map(|(i, id)| (id, i)).collect()
}
