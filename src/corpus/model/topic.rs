//! 主题: which clauses are about what.

use gongwen::Span;

use crate::vocabulary::Evidence;

/// A topic and the clauses that are about it.
#[derive(Clone, Debug, Default)]
pub struct Topic {
    /// The plain Chinese name.
    pub id: String,
    /// Site-relative address of its page.
    pub url: String,
    /// The topics that it is listed with.
    pub group: String,
    /// In the order of the documents, then of the text.
    pub clauses: Vec<TopicClause>,
}

/// A clause that is about a topic.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct TopicClause {
    /// The document: index into [`super::Corpus::documents`].
    pub policy: usize,
    /// Its outline path; a row's is its table's with the row's number.
    pub path: String,
    /// How it is known to be about the topic.
    pub evidence: Evidence,
    /// The words that say so, each once, in order.
    pub words: Vec<Span>,
    /// The sentence that says most of the topic.
    pub sentence: Span,
    /// Its obligations that are about the topic, in order.
    pub obligations: Vec<TopicObligation>,
}

/// An obligation that is about a topic.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct TopicObligation {
    /// Index into [`super::Corpus::obligations`].
    pub index: usize,
    /// Which of its indicators measure something of the topic: indices into [`super::Obligation::indicators`].
    pub indicators: Vec<usize>,
}
