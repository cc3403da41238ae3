//! 来由: a digest of all that a page is made from, for pages that are many or long.
//!
//! What a document says by itself is known by the key of its content file ([`Made`]). A page is made from such documents,
//! from what joins them (who cites it, which organ a name means, where a topic's page names it), and from what all pages
//! share: the program, the tables, the settings, the templates. A digest may hold more than its page shows; then the page
//! is made once too often. It must never hold less: the tests in `incremental` compare with a site that is made from nothing.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use rayon::prelude::*;

use crate::address;
use crate::cache::{Cache, Key};
use crate::corpus::{Instrument, MarkKind, Organ, Policy, TopicClause, Validity};
use crate::registry::OrganId;
use crate::vocabulary::Evidence;

use super::pages::lineage::Shape;
use super::pages::{Feed, topic_pages};
use super::whole::Site;

/// What the documents of a site were read from.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    /// The key of each content file, by [`Policy::loaded`].
    pub files: &'a [Key],
    /// The key of the program, the tables and the settings by which they were read.
    pub context: Key,
    /// Where is kept what the site was made from.
    pub cache: &'a Cache,
}

/// Digests of what files of the site are made from, by their addresses.
pub type Inputs = HashMap<String, Key>;

/// Gathers what a digest is of.
struct Digest(Vec<u8>);

impl Digest {
    fn new(what: &str) -> Digest {
        Digest(Vec::with_capacity(1024)).with(what.as_bytes())
    }

    fn with(mut self, part: &[u8]) -> Digest {
        self.add(part);
        self
    }

    fn add(&mut self, part: &[u8]) {
        self.0.extend((part.len() as u64).to_le_bytes());
        self.0.extend(part);
    }

    fn key(&mut self, key: &Key) {
        self.add(&key.0);
    }

    /// Adds a value as its debugging text, which holds every field.
    fn value(&mut self, value: &dyn std::fmt::Debug) {
        let mut text = String::new();
        let _ = write!(text, "{value:?}");
        self.add(text.as_bytes());
    }

    /// Adds a value by all its fields, as the cache keeps it.
    fn kept<T: serde::Serialize + std::fmt::Debug>(&mut self, value: &T) {
        match postcard::to_allocvec(value) {
            Ok(bytes) => self.add(&bytes),
            Err(_) => self.value(value),
        }
    }

    fn done(self) -> Key {
        Key::of(&[&self.0])
    }
}

/// The digest of all documents and of what they are read by: what does not depend on the look of the site is made from
/// nothing else.
pub fn content(site: &Site<'_>, made: Made<'_>) -> Key {
    let mut digest = Digest::new("content");
    digest.key(&made.context);
    digest.value(&site.corpus.synonyms);
    digest.value(&(&site.base, &site.config));
    for policy in &site.corpus.documents {
        digest.key(&own(made, policy));
        digest.value(&site.kept.get(&policy.facts.id));
    }
    digest.done()
}

/// The digests of the pages that can be taken over, and of the data beside them.
pub fn of(site: &Site<'_>, made: Made<'_>) -> Inputs {
    let look = {
        let mut digest = Digest::new("look");
        digest.key(&made.context);
        digest.value(&(&site.base, &site.config, site.has_feed(), site.formats()));
        digest.key(&site.templates.digest());
        digest.done()
    };
    let corpus = site.corpus;
    let faces = Faces {
        organs: corpus.organs.par_iter().map(|o| (&o.id, organ_face(o))).collect(),
        instruments: corpus.instruments.par_iter().map(|i| instrument_face(site, made, i)).collect(),
    };
    let around: Vec<Key> = (0..corpus.documents.len()).into_par_iter().map(|i| around(site, made, &faces, i)).collect();
    let settings = {
        let mut digest = Digest::new("settings");
        digest.key(&made.context);
        digest.value(&(&site.base, &site.config));
        digest.done()
    };
    let gather = Gather { site, look, settings, faces, around };
    let mut inputs: Inputs = HashMap::with_capacity(2 * corpus.documents.len());
    inputs.par_extend((0..corpus.documents.len()).into_par_iter().flat_map_iter(|i| {
        let facts = &corpus.documents[i].facts;
        let page = gather.document(i);
        let beside = Key::of(&[b"beside", &page.0]);
        let texts = gather.texts(i);
        let texts = site.formats().iter().map(move |format| (format.address(&facts.id), texts));
        [(facts.url.clone(), page), (address::beside(&facts.id), beside)].into_iter().chain(texts)
    }));
    let cited = corpus.instruments.par_iter().enumerate().filter(|(_, i)| i.document.is_none());
    inputs.par_extend(cited.map(|(n, i)| (i.url.clone(), gather.instrument(n, i))));
    inputs.par_extend(site.compared.par_iter().map(|&(a, b)| {
        let [first, second] = [a, b].map(|i| corpus.documents[i].facts.id.as_str());
        (address::compare(first, second), gather.several("compare", [a, b].into_iter()))
    }));
    inputs.par_extend((0..corpus.topics.len()).into_par_iter().flat_map_iter(|t| gather.topic(t)));
    inputs
}

fn own(made: Made<'_>, policy: &Policy) -> Key {
    made.files.get(policy.loaded).copied().unwrap_or_default()
}

/// What pages say of what they name.
struct Faces<'a> {
    organs: HashMap<&'a OrganId, Key>,
    /// By the number of the instrument.
    instruments: Vec<Key>,
}

impl Faces<'_> {
    fn instrument(&self, number: usize) -> Key {
        self.instruments.get(number).copied().unwrap_or_default()
    }
}

/// What a page says of an organ that it names.
fn organ_face(o: &Organ) -> Key {
    let mut digest = Digest::new("organ");
    digest.value(&(&o.id, &o.url, &o.name, &o.region, &o.names, &o.predecessors, &o.successors));
    digest.value(&(&o.handed_over, &o.taken_over));
    digest.value(&o.printed.iter().map(|p| &p.name).collect::<Vec<_>>());
    digest.done()
}

/// What a page says of an instrument that it names.
fn instrument_face(site: &Site<'_>, made: Made<'_>, i: &Instrument) -> Key {
    let mut digest = Digest::new("face");
    digest.value(&(&i.id, &i.url, &i.title, &i.number, &i.issuers, i.issuers_inferred, i.year, &i.document));
    validity(site, made, &mut digest, &i.validity);
    digest.done()
}

fn validity(site: &Site<'_>, made: Made<'_>, digest: &mut Digest, v: &Validity) {
    digest.value(&(v.effective, v.expires, &v.effective_path, &v.expires_path));
    for repeal in &v.repealed_by {
        digest.value(&(&repeal.document, &repeal.path, repeal.from, repeal.ahead));
        if let Some(by) = site.document(&repeal.document) {
            digest.key(&own(made, by));
        }
    }
}

/// A document with everything that its words lead to: what it names, and what that is called.
fn around(site: &Site<'_>, made: Made<'_>, faces: &Faces<'_>, index: usize) -> Key {
    let policy = &site.corpus.documents[index];
    let mut digest = Digest::new("document");
    digest.key(&own(made, policy));
    digest.kept(&policy.facts);
    let obligations = site.obligations_of(policy);
    digest.value(&obligations.len());
    let named: BTreeSet<&OrganId> = obligations.iter().flat_map(|o| o.organs.values()).collect();
    let consulted = policy.consulted.iter().filter_map(|&o| site.corpus.organs.get(o)).map(|o| &o.id);
    let issuers = policy.facts.issuers.iter().filter_map(|name| site.issuer(&policy.facts.id, name)).map(|o| &o.id);
    for id in named.into_iter().chain(consulted).chain(issuers) {
        digest.value(id);
        digest.key(&faces.organs.get(id).copied().unwrap_or_default());
    }
    let marked = policy.marks.iter().filter_map(|m| match m.kind {
        MarkKind::Citation(i) => Some(i),
        _ => None,
    });
    let marked: BTreeSet<usize> = marked.chain(policy.instrument).collect();
    let cited = policy.facts.citations.iter().filter_map(|c| site.instrument_number(&c.instrument));
    for instrument in marked.into_iter().chain(cited) {
        digest.key(&faces.instrument(instrument));
    }
    if let Some(region) = policy.facts.region.as_ref().and_then(|r| site.region(r.id)) {
        digest.value(&(&region.url, &region.region, &region.parents));
    }
    for deputy in site.deputies_of(&policy.facts.id) {
        digest.value(&(&deputy.id, &deputy.url, &deputy.name, deputy.replies.len()));
    }
    // What says how far something has come is named with its number and its clause.
    for said in obligations.iter().flat_map(|o| &o.progress).filter_map(|p| site.document(p.document.as_deref()?)) {
        digest.value(&said.facts.id);
        digest.key(&own(made, said));
    }
    digest.value(&site.kept.get(&policy.facts.id));
    digest.done()
}

struct Gather<'a> {
    site: &'a Site<'a>,
    /// What all pages share.
    look: Key,
    /// What texts beside pages share.
    settings: Key,
    faces: Faces<'a>,
    /// [`around`] each document.
    around: Vec<Key>,
}

impl Gather<'_> {
    fn begin(&self, what: &str) -> Digest {
        let mut digest = Digest::new(what);
        digest.key(&self.look);
        digest
    }

    /// Documents set beside each other.
    fn several(&self, what: &str, documents: impl Iterator<Item = usize>) -> Key {
        let mut digest = self.begin(what);
        for i in documents {
            self.near(&mut digest, i);
        }
        digest.done()
    }

    fn near(&self, digest: &mut Digest, index: usize) {
        digest.key(&self.around.get(index).copied().unwrap_or_default());
    }

    fn document(&self, index: usize) -> Key {
        let (site, policy) = (self.site, &self.site.corpus.documents[index]);
        let mut digest = self.begin("page");
        self.near(&mut digest, index);
        for treated in &site.topics_of[index] {
            digest.value(&(treated.topic, treated.evidence, treated.clauses, treated.position));
        }
        for &(a, b) in site.compared.iter().filter(|&&(a, b)| a == index || b == index) {
            self.near(&mut digest, a);
            self.near(&mut digest, b);
        }
        if let Some(i) = policy.instrument {
            self.lineage(&mut digest, i);
        }
        if let Some(instrument) = policy.instrument.and_then(|i| site.corpus.instruments.get(i)) {
            self.cited_by(&mut digest, instrument);
        }
        digest.done()
    }

    /// The texts beside a page: what the document says and what its words lead to, however pages look.
    fn texts(&self, index: usize) -> Key {
        let mut digest = Digest::new("texts");
        digest.key(&self.settings);
        self.near(&mut digest, index);
        digest.done()
    }

    fn cited_by(&self, digest: &mut Digest, instrument: &Instrument) {
        for by in &instrument.cited_by {
            digest.value(&(&by.document, by.relation, &by.paths));
            self.near(digest, by.policy);
        }
        for repeal in &instrument.validity.repealed_by {
            self.near(digest, repeal.policy);
        }
    }

    /// What carries an instrument down and what it carries down, as far as its page shows it.
    fn lineage(&self, digest: &mut Digest, instrument: usize) {
        let site = self.site;
        let Some(shape) = Shape::around(site, instrument) else { return };
        for &node in &shape.nodes {
            let Some(i) = site.corpus.instruments.get(node) else { continue };
            digest.key(&self.faces.instrument(node));
            digest.value(&(site.lineage.level(node), site.lineage.below(node).len()));
            if let Some(held) = i.document.as_deref().and_then(|id| site.position(id)) {
                self.near(digest, held);
            }
        }
        for edge in shape.edges.iter().filter_map(|&e| site.lineage.edges.get(e)) {
            let end = |i: usize| site.corpus.instruments.get(i).map(|i| &i.id);
            digest.value(&(end(edge.from), end(edge.to), edge.relation, &edge.path, edge.sentence, edge.mention));
        }
        digest.value(&(&shape.layers, shape.left));
    }

    fn instrument(&self, number: usize, instrument: &Instrument) -> Key {
        let mut digest = self.begin("instrument");
        self.lineage(&mut digest, number);
        digest.key(&self.faces.instrument(number));
        self.cited_by(&mut digest, instrument);
        digest.done()
    }

    /// The pages of a topic.
    fn topic(&self, number: usize) -> Vec<(String, Key)> {
        let topic = &self.site.corpus.topics[number];
        let parts: Vec<&[TopicClause]> = topic.clauses.chunk_by(|a, b| a.policy == b.policy).collect();
        let is_about = |part: &&[TopicClause]| part.iter().any(|c| c.evidence != Evidence::Mention);
        let (about, mentioned): (Vec<_>, Vec<_>) = parts.into_iter().partition(is_about);
        let clauses = topic.clauses.iter().filter(|c| c.evidence != Evidence::Mention).count();
        let feed = Feed::of_topic(self.site, topic);
        let page = |(at, range): (String, std::ops::Range<usize>)| {
            let mut digest = self.begin("topic");
            digest.value(&(feed.atom(), feed.calendar()));
            digest.value(&(number, &topic.url, clauses, about.len(), mentioned.len(), &range));
            let first = range.start == 0;
            let named = about.get(range).unwrap_or_default().iter().chain(mentioned.iter().filter(|_| first));
            for policy in named.filter_map(|part| part.first()).map(|c| c.policy) {
                self.near(&mut digest, policy);
            }
            (at, digest.done())
        };
        topic_pages(topic, about.len()).into_iter().map(page).collect()
    }
}
