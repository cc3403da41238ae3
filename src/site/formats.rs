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

/// The most documents of a site that offers every format unasked: those of a larger one weigh more than its pages.
const UNASKED: usize = 1_000;

impl<'a> Site<'a> {
    /// What stands beside the page of each document: what the settings say, and where they say nothing every format, but
    /// on a large site none.
    pub fn formats(&self) -> &'a [Format] {
        match &self.config.formats {
            Some(formats) => formats,
            None if self.corpus.documents.len() > UNASKED => &[],
            None => &Format::ALL,
        }
    }
}

/// Writes the formats that the site offers, those that are as they were taken over from the old one.
///
/// # Errors
/// Where a file cannot be written.
pub fn write(site: &Site<'_>, staging: &Staging, known: Option<Known<'_>>) -> Result<(), Diagnostic> {
    site.corpus.documents.par_iter().enumerate().try_for_each(|(i, policy)| {
        site.formats().iter().try_for_each(|format| {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Config;
    use crate::project::Project;
    use crate::site::Kept;
    use crate::site::templates::Templates;

    /// A large site has to ask for what weighs more than its pages.
    #[test]
    fn what_is_offered_unasked() {
        let offered = |documents: usize, said: Option<Vec<Format>>| {
            let texts: Vec<(String, String)> = (0..documents)
                .map(|n| (format!("{n}.md"), format!("# 关于第{n}件事项的通知\n\n请遵照执行。\n")))
                .collect();
            let project = Project::of(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
            let config = Config { formats: said, ..project.config.clone() };
            let templates = Templates::load(std::path::Path::new("."), None, &config);
            let templates = templates.unwrap_or_else(|problem| panic!("{problem}"));
            let kept = Kept::new();
            Site::new(&project.corpus, &project.registry, &config, &templates, &kept).formats().to_vec()
        };
        assert_eq!(offered(UNASKED, None), Format::ALL);
        assert_eq!(offered(UNASKED + 1, None), []);
        assert_eq!(offered(UNASKED + 1, Some(vec![Format::Md])), [Format::Md]);
        assert_eq!(offered(1, Some(Vec::new())), []);
    }
}
