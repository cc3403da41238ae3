//! 主题 as the open data writes it.

use serde::Serialize;

use crate::corpus::{Corpus, Policy, Topic, TopicClause};
use crate::vocabulary::Evidence;

/// One object of `data/topics.json`.
#[derive(Serialize)]
pub struct TopicRecord<'a> {
    id: &'a str,
    url: &'a str,
    group: &'a str,
    clauses: Vec<PlacedRecord<'a>>,
}

/// A clause that is about a topic, with its document.
#[derive(Serialize)]
struct PlacedRecord<'a> {
    document: &'a str,
    #[serde(flatten)]
    clause: ClauseRecord<'a>,
}

/// A clause that is about a topic.
#[derive(Serialize)]
struct ClauseRecord<'a> {
    path: &'a str,
    evidence: &'static str,
    words: Vec<&'a str>,
    obligations: Vec<&'a str>,
}

/// The same in the file beside the page of its document, under the evidence for it.
#[derive(Serialize)]
pub struct AboutRecord<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<&'a str>,
    /// Their numbers among the obligations of the document, from 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    obligations: Vec<usize>,
}

/// One object of `data/topics.json` of a large site: which documents are about the topic, not which clauses.
#[derive(Serialize)]
pub struct TreatedRecord<'a> {
    id: &'a str,
    url: &'a str,
    group: &'a str,
    documents: Vec<TreatingRecord<'a>>,
}

#[derive(Serialize)]
struct TreatingRecord<'a> {
    document: &'a str,
    /// The surest of its clauses.
    evidence: &'static str,
    clauses: usize,
}

impl<'a> ClauseRecord<'a> {
    /// The record of a clause of `policy`.
    fn of(corpus: &'a Corpus, policy: &'a Policy, clause: &'a TopicClause) -> Self {
        let obligations = clause.obligations.iter().filter_map(|o| corpus.obligations.get(o.index));
        ClauseRecord {
            path: &clause.path,
            evidence: clause.evidence.key(),
            words: clause.words.iter().map(|w| policy.document.quote(*w)).collect(),
            obligations: obligations.map(|o| o.id.as_str()).collect(),
        }
    }
}

impl<'a> AboutRecord<'a> {
    /// The record of a clause of `policy`.
    pub fn of(policy: &'a Policy, clause: &'a TopicClause) -> Self {
        let first = policy.obligations.start;
        AboutRecord {
            path: &clause.path,
            words: clause.words.iter().map(|w| policy.document.quote(*w)).collect(),
            obligations: clause.obligations.iter().map(|o| o.index.saturating_sub(first) + 1).collect(),
        }
    }
}

impl<'a> TopicRecord<'a> {
    /// The record of a topic of the corpus.
    pub fn of(corpus: &'a Corpus, topic: &'a Topic) -> Self {
        let clause = |c: &'a TopicClause| {
            let policy = corpus.documents.get(c.policy)?;
            Some(PlacedRecord { document: &policy.facts.id, clause: ClauseRecord::of(corpus, policy, c) })
        };
        TopicRecord {
            id: &topic.id,
            url: &topic.url,
            group: &topic.group,
            clauses: topic.clauses.iter().filter_map(clause).collect(),
        }
    }
}

impl<'a> TreatedRecord<'a> {
    /// The record of a topic of the corpus.
    pub fn of(corpus: &'a Corpus, topic: &'a Topic) -> Self {
        let treating = |clauses: &'a [TopicClause]| {
            let policy = corpus.documents.get(clauses.first()?.policy)?;
            let evidence = clauses.iter().map(|c| c.evidence).min().unwrap_or(Evidence::Mention);
            Some(TreatingRecord { document: &policy.facts.id, evidence: evidence.key(), clauses: clauses.len() })
        };
        let documents = topic.clauses.chunk_by(|a, b| a.policy == b.policy).filter_map(treating);
        TreatedRecord { id: &topic.id, url: &topic.url, group: &topic.group, documents: documents.collect() }
    }
}
