//! 文件: every distinct instrument that the documents are, issue or cite.
//!
//! A number says which instrument is meant; where none is printed the title does, and a title that one document prints
//! with a number and another without is one instrument, unless two numbers bear it.

use std::collections::{BTreeMap, HashMap};

use gongwen::extract::Relation;
use gongwen::number::DocumentNumber;

use super::cited::Cited;
use super::model::*;
use crate::address;
use crate::registry::{RegionId, Registry};
use crate::slug;

/// Makes the list of instruments, fills in which one each citation means, and marks its mentions.
pub(super) fn join(corpus: &mut Corpus, cited: Vec<Vec<Cited>>, registry: &Registry) {
    let mut index = Index::default();
    for (i, policy) in corpus.documents.iter().enumerate() {
        index.hold(i, &policy.facts);
    }
    for cited in cited.iter().flatten() {
        index.learn(cited.title.as_deref(), cited.number.as_deref());
    }
    let mut instruments: BTreeMap<String, Instrument> = BTreeMap::new();
    for policy in &corpus.documents {
        let r = &policy.facts;
        instruments.insert(r.id.clone(), held(r));
    }
    let mut targets: Vec<Vec<String>> = Vec::with_capacity(cited.len());
    for (i, list) in cited.iter().enumerate() {
        let citing = &corpus.documents[i];
        let region = citing.facts.region.as_ref().map(|r| r.id);
        let mut ids = Vec::with_capacity(list.len());
        for c in list {
            let id = index.of(i, c, &corpus.documents);
            let instrument = instruments.entry(id.clone()).or_insert_with(|| only_cited(&id, c, region, registry));
            complete(instrument, c);
            let mut paths: Vec<String> = Vec::new();
            for mention in &c.mentions {
                let path = citing.outline.path_at(mention.block);
                if paths.last().is_none_or(|p| p != path) {
                    paths.push(path.to_owned());
                }
            }
            // A notice does not cite itself by naming what it issues.
            if instrument.document.as_deref() != Some(&citing.facts.id) {
                instrument.cited_by.push(CitedBy {
                    document: citing.facts.id.clone(),
                    relation: c.relation,
                    paths,
                    mentions: c.mentions.clone(),
                    policy: i,
                });
            }
            ids.push(id);
        }
        targets.push(ids);
    }
    let places: HashMap<String, usize> = instruments.keys().cloned().enumerate().map(|(i, id)| (id, i)).collect();
    corpus.instruments = instruments.into_values().collect();
    for ((policy, ids), list) in corpus.documents.iter_mut().zip(targets).zip(cited) {
        policy.instrument = places.get(&policy.facts.id).copied();
        for (id, cited) in ids.into_iter().zip(list) {
            if let Some(&place) = places.get(&id) {
                policy.marks.extend(cited.mentions.iter().map(|s| Mark { span: *s, kind: MarkKind::Citation(place) }));
            }
            policy.facts.citations.push(cited.meant(id));
        }
    }
}

/// Which instrument a number or a title means.
#[derive(Default)]
struct Index {
    /// Number → document of the site.
    held_numbers: HashMap<String, usize>,
    /// Title → documents of the site that bear it or carry it.
    held_titles: HashMap<String, Vec<usize>>,
    /// Title → the one number printed with it; `None` where there are several.
    numbered: HashMap<String, Option<String>>,
}

impl Index {
    fn hold(&mut self, i: usize, record: &Facts) {
        if let Some(number) = record.number.as_deref().and_then(number_key) {
            self.held_numbers.entry(number).or_insert(i);
        }
        for title in [Some(&record.title), record.attached_title.as_ref()].into_iter().flatten() {
            let list = self.held_titles.entry(title_key(title)).or_default();
            if list.last() != Some(&i) {
                list.push(i);
            }
            self.learn(Some(title), record.number.as_deref());
        }
    }

    fn learn(&mut self, title: Option<&str>, number: Option<&str>) {
        let (Some(title), Some(number)) = (title, number.and_then(number_key)) else { return };
        let known = self.numbered.entry(title_key(title)).or_insert_with(|| Some(number.clone()));
        if known.as_ref() != Some(&number) {
            *known = None;
        }
    }

    /// The id of what document number `citing` cites.
    fn of(&self, citing: usize, cited: &Cited, documents: &[Policy]) -> String {
        let title = cited.title.as_deref().map(title_key);
        let held = title.as_ref().and_then(|t| self.held_titles.get(t));
        if cited.relation == Relation::Repeal
            && cited.number.is_none()
            && let Some(held) = held
        {
            // 《某办法》同时废止 means one that was there before, which a document of that title need not be: it may be the
            // new one. The newest stand first; what has no date is not known to be older.
            let date = |i: usize| documents[i].facts.date;
            let older = |h: usize| date(h).zip(date(citing)).is_some_and(|(held, repealing)| held < repealing);
            return match held.iter().find(|&&h| older(h)) {
                Some(&before) => documents[before].facts.id.clone(),
                None => format!("{}-旧", slug::of(None, cited.title.as_deref())),
            };
        }
        let number = cited
            .number
            .as_deref()
            .and_then(number_key)
            .or_else(|| title.as_ref().and_then(|t| self.numbered.get(t)).cloned().flatten());
        if let Some(&held) = number.as_ref().and_then(|n| self.held_numbers.get(n)) {
            return documents[held].facts.id.clone();
        }
        if number.is_none()
            && let Some(held) = held
        {
            // Its own attachment first, else the only document of that title.
            if held.contains(&citing)
                || matches!(cited.relation, Relation::Issue | Relation::Forward) && held.len() == 1
            {
                return documents[if held.contains(&citing) { citing } else { held[0] }].facts.id.clone();
            }
            if let [only] = held[..] {
                return documents[only].facts.id.clone();
            }
        }
        if number.is_none()
            && matches!(cited.relation, Relation::Issue | Relation::Forward)
            && self.issues(citing, cited, documents)
        {
            return documents[citing].facts.id.clone();
        }
        slug::of(number.as_deref(), cited.title.as_deref())
    }

    /// True where a notice names what it issues a little differently from that text's own heading.
    fn issues(&self, citing: usize, cited: &Cited, documents: &[Policy]) -> bool {
        let record = &documents[citing].facts;
        let (Some(attached), Some(title)) = (&record.attached_title, &cited.title) else { return false };
        let plain = |t: &str| title_key(t).replace("关于", "").replace('的', "");
        plain(attached) == plain(title)
    }
}

fn number_key(number: &str) -> Option<String> {
    DocumentNumber::parse(number).map(|n| n.to_string())
}

/// Titles are one where they differ in brackets, quotation marks and spaces only.
fn title_key(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn held(record: &Facts) -> Instrument {
    Instrument {
        id: record.id.clone(),
        url: record.url.clone(),
        title: Some(record.title.clone()),
        number: record.number.clone(),
        issuers: record.issuers.clone(),
        issuers_inferred: false,
        year: record.number.as_deref().and_then(DocumentNumber::parse).and_then(|n| n.year),
        document: Some(record.id.clone()),
        validity: Validity::default(),
        cited_by: Vec::new(),
    }
}

fn only_cited(id: &str, cited: &Cited, region: Option<RegionId>, registry: &Registry) -> Instrument {
    let number = cited.number.as_deref().and_then(DocumentNumber::parse);
    let year = number.as_ref().and_then(|n| n.year);
    let decoded = number.as_ref().and_then(|n| registry.number_issuer(&n.code, n.year, region)).and_then(|d| d.name);
    Instrument {
        id: id.to_owned(),
        url: address::instrument(id),
        title: cited.title.clone(),
        number: number.map(|n| n.to_string()).or_else(|| cited.number.clone()),
        issuers_inferred: decoded.is_some(),
        issuers: decoded.or_else(|| cited.issuers.clone().filter(|i| !is_pronoun(i))).into_iter().collect(),
        year,
        document: None,
        validity: Validity::default(),
        cited_by: Vec::new(),
    }
}

/// Adds what a later mention prints and an earlier one did not.
fn complete(instrument: &mut Instrument, cited: &Cited) {
    if instrument.document.is_some() {
        return;
    }
    if instrument.title.is_none() {
        instrument.title = cited.title.clone();
    }
    if instrument.number.is_none() {
        instrument.number = cited.number.clone();
    }
    if instrument.issuers.is_empty() {
        instrument.issuers.extend(cited.issuers.clone().filter(|i| !is_pronoun(i)));
    }
}

/// 我厅会同14部门 names nobody to a reader of another page.
fn is_pronoun(issuers: &str) -> bool {
    issuers.starts_with(['我', '本', '该', '其'])
}
