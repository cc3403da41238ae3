//! 引用: a mention of an instrument on its way from the text to its page.

use gongwen::Span;
use gongwen::extract::Citation;

use super::model::CitationRecord;

/// What a document cites, before the instrument is known.
#[derive(Clone, Debug)]
pub(super) struct Cited {
    pub title: Option<String>,
    pub number: Option<String>,
    pub issuers: Option<String>,
    pub relation: &'static str,
    pub path: String,
    /// Every place that names it.
    pub mentions: Vec<Span>,
}

impl From<Citation> for Cited {
    fn from(citation: Citation) -> Self {
        Cited {
            title: citation.title,
            number: citation.number,
            issuers: citation.issuers.map(|n| n.text),
            relation: citation.relation.name(),
            path: citation.path,
            mentions: citation.mentions,
        }
    }
}

impl Cited {
    /// The record of the open data; its instrument is filled in when it is known.
    pub fn record(&self) -> CitationRecord {
        CitationRecord {
            title: self.title.clone(),
            number: self.number.clone(),
            issuers: self.issuers.clone(),
            relation: self.relation.to_owned(),
            path: self.path.clone(),
            instrument: String::new(),
        }
    }
}
