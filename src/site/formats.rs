//! 其他格式: the text of each document beside its page, for programs: Akoma Ntoso 3.0 and Markdown. `formats` in
//! `zhengku.toml` says which.

use gongwen::{Meta, markdown};
use rayon::prelude::*;

use crate::content::{self, Format};
use crate::corpus::{Facts, Policy};
use crate::diagnostics::Diagnostic;

use super::output::Staging;
use super::reuse::{Known, known_or};
use super::whole::Site;
use super::{address, akn};

impl Format {
    /// The file of a document.
    pub fn address(self, id: &str) -> String {
        match self {
            Format::Akn => address::akn(id),
            Format::Md => address::markdown(id),
        }
    }

    /// Its media type (RFC 6838); that of Akoma Ntoso is registered with the IANA.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Akn => "application/akn+xml",
            Format::Md => "text/markdown",
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Format::Akn => "Akoma Ntoso",
            Format::Md => "Markdown",
        }
    }
}

/// Writes the formats that the site offers, those that are as they were taken over from the old one.
///
/// # Errors
/// Where a file cannot be written.
pub fn write(site: &Site<'_>, staging: &Staging, known: Option<Known<'_>>) -> Result<(), Diagnostic> {
    site.corpus.documents.par_iter().enumerate().try_for_each(|(i, policy)| {
        site.config.formats.iter().try_for_each(|format| {
            known_or(known, staging, &format.address(&policy.facts.id), |file| {
                let bytes = match format {
                    Format::Akn => akn::akn(site, i),
                    Format::Md => normal(policy).into_bytes(),
                };
                staging.write(file, &bytes)
            })
        })
    })
}

/// The document as a content file in normal form: what it says of itself, and its text. Put into `content/` of another
/// site it gives the same document.
fn normal(policy: &Policy) -> String {
    let facts = &policy.facts;
    let front = content::Front {
        id: Some(facts.id.clone()),
        region: facts.region.as_ref().map(|region| region.id.to_string()),
        meta: meta(facts),
        ..content::Front::default()
    };
    content::front::render(&front, &markdown::write(&policy.document.blocks))
}

/// What it says of itself, as the front matter writes it; what is only read from the text is read from there again.
fn meta(facts: &Facts) -> Meta {
    let facts = facts.clone();
    let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string());
    Meta {
        title: Some(facts.title).filter(|_| !facts.untitled),
        title_inferred: facts.title_inferred,
        attached_title: facts.attached_title,
        number: facts.number,
        kind: facts.kind,
        issuers: facts.issuers,
        attached_issuers: Vec::new(),
        date: day(facts.date),
        published: day(facts.published),
        index_no: facts.index_no,
        validity: facts.stated_validity,
        addressees: facts.addressees,
        cc: facts.cc,
        contact: facts.contact,
        printed_by: facts.printed_by,
        printed_date: day(facts.printed_date),
        disclosure: facts.disclosure,
        reply: facts.reply,
    }
}
