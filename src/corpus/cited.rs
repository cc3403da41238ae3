//! 引用: a mention of an instrument on its way from the text to its page.

use gongwen::Span;
use gongwen::extract::{self, Relation};

use super::model::Citation;

/// What a document cites, before the instrument is known.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Cited {
    pub title: Option<String>,
    pub number: Option<String>,
    pub issuers: Option<String>,
    pub relation: Relation,
    pub path: String,
    /// Every place that names it.
    pub mentions: Vec<Span>,
}

impl From<extract::Citation> for Cited {
    fn from(citation: extract::Citation) -> Self {
        Cited {
            title: citation.title,
            number: citation.number,
            issuers: citation.issuers.map(|n| n.text),
            relation: citation.relation,
            path: citation.path,
            mentions: citation.mentions,
        }
    }
}

impl Cited {
    /// What the document keeps of it, now that the instrument is known.
    pub fn meant(&self, instrument: String) -> Citation {
        Citation {
            title: self.title.clone(),
            number: self.number.clone(),
            issuers: self.issuers.clone(),
            relation: self.relation,
            path: self.path.clone(),
            instrument,
        }
    }
}
