//! 公文 as the open data writes it.

use gongwen::{Contact, Reply};
use jiff::civil::Date;
use serde::Serialize;

use super::{RegionRecord, absent, shown};
use crate::corpus::{Citation, Policy};

/// One object of `data/documents.json`.
#[derive(Serialize)]
pub struct DocumentRecord<'a, const LEAN: bool = false> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    title_inferred: bool,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    attached_title: Option<&'a str>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    issuers: &'a [String],
    #[serde(serialize_with = "shown", skip_serializing_if = "absent::<LEAN, _>")]
    date: Option<Date>,
    #[serde(serialize_with = "shown", skip_serializing_if = "absent::<LEAN, _>")]
    published: Option<Date>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    index_no: Option<&'a str>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    addressees: &'a [String],
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    cc: &'a [String],
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    contact: Option<&'a Contact>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    printed_by: Option<&'a str>,
    #[serde(serialize_with = "shown", skip_serializing_if = "absent::<LEAN, _>")]
    printed_date: Option<Date>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    disclosure: Option<&'a str>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    validity: Option<&'a str>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    source: Option<SourceRecord<'a>>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    region: Option<RegionRecord<'a>>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    reply: Option<&'a Reply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outline: Option<Vec<OutlineRecord<'a, LEAN>>>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    citations: Vec<CitationRecord<'a>>,
}

/// `source` of a document.
#[derive(Serialize)]
struct SourceRecord<'a> {
    file: &'a str,
    format: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct OutlineRecord<'a, const LEAN: bool> {
    path: &'a str,
    /// The last part of the path, where nothing else is said.
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    title: Option<&'a str>,
    /// The id of the clause on the page; the path itself.
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    anchor: Option<&'a str>,
}

#[derive(Serialize)]
struct CitationRecord<'a> {
    title: Option<&'a str>,
    number: Option<&'a str>,
    issuers: Option<&'a str>,
    relation: &'static str,
    path: &'a str,
    instrument: &'a str,
}

impl<'a> From<&'a Policy> for DocumentRecord<'a> {
    fn from(policy: &'a Policy) -> Self {
        DocumentRecord::of(policy)
    }
}

impl<'a> DocumentRecord<'a> {
    /// The record without its outline, which stands in the file beside the page.
    pub fn listed(policy: &'a Policy) -> Self {
        DocumentRecord { outline: None, ..DocumentRecord::of(policy) }
    }
}

impl<'a> DocumentRecord<'a, true> {
    /// The record without what is absent, as the file beside the document's page has it.
    pub fn lean(policy: &'a Policy) -> Self {
        DocumentRecord::of(policy)
    }
}

impl<'a, const LEAN: bool> DocumentRecord<'a, LEAN> {
    fn of(policy: &'a Policy) -> Self {
        let outline = policy.outline.entries.iter().map(|e| OutlineRecord {
            path: &e.path,
            number: Some(e.number.as_str()).filter(|n| !(LEAN && e.path.rsplit('/').next() == Some(n))),
            title: e.title.as_deref(),
            anchor: (!LEAN).then_some(&e.path),
        });
        let citation = |c: &'a Citation| CitationRecord {
            title: c.title.as_deref(),
            number: c.number.as_deref(),
            issuers: c.issuers.as_deref(),
            relation: c.relation.name(),
            path: &c.path,
            instrument: &c.instrument,
        };
        let f = &policy.facts;
        DocumentRecord {
            id: &f.id,
            url: &f.url,
            title: &f.title,
            title_inferred: f.title_inferred,
            attached_title: f.attached_title.as_deref(),
            number: f.number.as_deref(),
            kind: f.kind.as_deref(),
            issuers: &f.issuers,
            date: f.date,
            published: f.published,
            index_no: f.index_no.as_deref(),
            addressees: &f.addressees,
            cc: &f.cc,
            contact: f.contact.as_ref(),
            printed_by: f.printed_by.as_deref(),
            printed_date: f.printed_date,
            disclosure: f.disclosure.as_deref(),
            validity: f.stated_validity.as_deref(),
            source: f.source.as_ref().map(|s| SourceRecord { file: &s.file, format: &s.format, sha256: &s.sha256 }),
            region: f.region.as_ref().map(RegionRecord::from),
            reply: f.reply.as_ref(),
            outline: Some(outline.collect()),
            citations: f.citations.iter().map(citation).collect(),
        }
    }
}
