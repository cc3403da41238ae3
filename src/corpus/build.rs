//! 成库: content files → the resolved corpus.
//!
//! Every document is read by itself and in parallel; what joins documents (instruments, organs, deputies) follows in
//! one pass each over the results.

use gongwen::extract;
use gongwen::number::DocumentNumber;
use gongwen::read::{Format as _, PlainText};
use gongwen::{Meta, Outline, layout};
use rayon::prelude::*;

use super::cited::Cited;
use super::corrections;
use super::model::*;
use super::{instruments, obligations, organs, people, regions, topics, validity};
use crate::address;
use crate::content::{Config, Loaded};
use crate::diagnostics::Diagnostics;
use crate::registry::{OrganId, Registry, Resolution};

/// A document that has been read by itself.
pub(super) struct Draft {
    pub policy: Policy,
    pub obligations: Vec<Obligation>,
    pub cited: Vec<Cited>,
    pub validity: Validity,
    pub issuers: Vec<Option<OrganId>>,
    /// The organs that sections of a reply report on, as printed.
    pub consulted: Vec<(String, OrganId)>,
    /// What its clauses are about: topic and clause.
    pub topics: Vec<(usize, TopicClause)>,
    pub problems: Diagnostics,
}

/// Builds the corpus of `files`, whose documents it takes. Corrections that match nothing are reported.
pub fn build(files: &mut [Loaded], config: &Config, registry: &Registry) -> (Corpus, Diagnostics) {
    let mut drafts: Vec<Draft> =
        files.par_iter_mut().enumerate().map(|(i, file)| draft(i, file, config, registry)).collect();
    drafts.par_sort_by(|a, b| {
        let key = |d: &Draft| (std::cmp::Reverse(d.policy.facts.date), d.policy.facts.id.clone());
        key(a).cmp(&key(b))
    });
    let mut problems = Diagnostics::default();
    let mut corpus = Corpus { topics: topics::all(registry), ..Corpus::default() };
    let mut cited = Vec::with_capacity(drafts.len());
    let mut validities = Vec::with_capacity(drafts.len());
    let mut issuers = Vec::with_capacity(drafts.len());
    let mut consulted = Vec::with_capacity(drafts.len());
    for (index, mut draft) in drafts.into_iter().enumerate() {
        let start = corpus.obligations.len();
        for mut obligation in draft.obligations {
            obligation.policy = index;
            corpus.obligations.push(obligation);
        }
        draft.policy.obligations = start..corpus.obligations.len();
        topics::join(&mut corpus, draft.topics, index, start);
        problems.extend(draft.problems);
        cited.push(draft.cited);
        validities.push(draft.validity);
        issuers.push(draft.issuers);
        consulted.push(draft.consulted);
        corpus.documents.push(draft.policy);
    }
    instruments::join(&mut corpus, cited, registry);
    validity::join(&mut corpus, validities);
    organs::join(&mut corpus, &issuers, &consulted, registry);
    people::join(&mut corpus);
    regions::join(&mut corpus, registry);
    super::marks::place(&mut corpus);
    problems.sort();
    (corpus, problems)
}

fn draft(index: usize, file: &mut Loaded, config: &Config, registry: &Registry) -> Draft {
    let mut document = std::mem::take(&mut file.document);
    let front = std::mem::take(&mut document.meta);
    let elements = layout::roles(&document.blocks);
    let printed = layout::meta(&document.blocks, &elements);
    document.meta = front.or(printed);
    let outline = Outline::of(&document);
    let mut findings = extract::findings(&document, &outline);
    let meta = &document.meta;
    let region = regions::of_document(meta, file.front.region.as_deref().or(config.region.as_deref()), registry);
    let mut facts = facts(&file.id, meta);
    facts.source = file.front.source.as_ref().map(|s| SourceFile {
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
    let validity = Validity::of(&file.front, &findings.validity);
    let points = |r: gongwen::extract::Reference| Mark { span: r.text, kind: MarkKind::Reference(r.target) };
    let marks = std::mem::take(&mut findings.references).into_iter().map(points).collect();
    let names = std::mem::take(&mut findings.consulted);
    let asked: Vec<(gongwen::extract::Name, OrganId)> = names
        .into_iter()
        .filter_map(|n| registry.resolve(&n.text, &context).organ().cloned().map(|o| (n, o)))
        .collect();
    let sections: Vec<(&str, &OrganId)> = asked.iter().map(|(n, o)| (outline.path_at(n.span.block), o)).collect();
    let mut found = obligations::read(&file.id, &document, &outline, findings);
    let problems = corrections::apply(file, &document, &outline, &mut found, &mut cited);
    obligations::finish(&mut found, &facts, registry, &context, &sections);
    let consulted = asked.into_iter().map(|(n, o)| (n.text, o)).collect();
    let topics = topics::read(&document, &outline, &mut found, &elements, registry.topics());
    let policy = Policy {
        file: file.file.clone(),
        loaded: index,
        document,
        elements,
        outline,
        facts,
        marks,
        obligations: 0..0,
        instrument: None,
        consulted: Vec::new(),
    };
    Draft { policy, obligations: found, cited, validity, issuers, consulted, topics, problems }
}

fn facts(id: &str, meta: &Meta) -> Facts {
    let meta = meta.clone();
    let date = |text: Option<String>| text.and_then(|t| t.parse().ok());
    let title = meta.title.or_else(|| meta.number.clone()).unwrap_or_else(|| id.to_owned());
    Facts {
        id: id.to_owned(),
        url: address::document(id),
        title,
        title_inferred: meta.title_inferred,
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
