//! Akoma Ntoso 3.0: a document as the standard of parliaments and gazettes has it (OASIS LegalDocML, akn-core 1.0), for
//! programs that read the laws and notices of any publisher alike.
//!
//! `parts` divides a document into the body, what stands around it and its attachments, `body` writes the clauses as a
//! hierarchy, `text` the words and what they refer to, `meta` who made what and when, `ids` names everything, `xml` writes.
//! Every character of the text stands in the file in its order; nothing of it depends on the clock.

mod body;
mod ids;
mod meta;
mod parts;
mod text;
mod xml;

use gongwen::layout::Role as Element;

use crate::corpus::Policy;

use super::address;
use super::links::Links;
use super::whole::Site;

use ids::Ids;
use parts::{Part, parts};
use xml::Xml;

/// The namespace of the standard.
const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// The document number `index` of the corpus as a file.
pub fn akn(site: &Site<'_>, index: usize) -> Vec<u8> {
    let Some(policy) = site.corpus.documents.get(index) else { return Vec::new() };
    let parts = parts(policy);
    let links = site.links(&address::akn(&policy.facts.id));
    let ids = Ids::of(policy, &parts);
    let mut writer = Akn { xml: Xml::new(), site, policy, links, ids };
    writer.xml.open("akomaNtoso", &[("xmlns", NAMESPACE)]);
    writer.document(&parts, 0);
    writer.xml.close();
    writer.xml.done()
}

/// A document being written.
struct Akn<'a, 'b> {
    xml: Xml,
    site: &'a Site<'b>,
    policy: &'a Policy,
    links: Links,
    ids: Ids,
}

impl Akn<'_, '_> {
    /// Part number `number` as a document of its own, and after the first all others as its attachments.
    fn document(&mut self, parts: &[Part], number: usize) {
        let Some(part) = parts.get(number) else { return };
        let kind = self.policy.facts.kind.clone().unwrap_or_else(|| "公文".to_owned());
        let name = if number == 0 { kind } else { "附件".to_owned() };
        let (tag, body) = if part.is_act { ("act", "body") } else { ("doc", "mainBody") };
        self.xml.open(tag, &[("name", &name)]);
        self.meta(number, tag);
        self.around("preface", part.preface.clone());
        if part.is_act {
            self.around("preamble", part.preamble.clone());
        }
        self.xml.open(body, &[]);
        self.body(part);
        self.xml.close();
        self.around("conclusions", part.conclusions.clone());
        if number == 0 && parts.len() > 1 {
            self.xml.open("attachments", &[]);
            for (number, part) in parts.iter().enumerate().skip(1) {
                self.xml.open("attachment", &[("eId", &ids::attachment(number))]);
                if let Some(heading) = part.heading {
                    self.heading(heading);
                }
                self.document(parts, number);
                self.xml.close();
            }
            self.xml.close();
        }
        self.xml.close();
    }

    /// What stands before or after the body: the elements of 版头 and 版记, each in the words of the standard.
    fn around(&mut self, tag: &str, blocks: std::ops::Range<usize>) {
        let shown = |i: usize| self.policy.document.blocks.get(i).is_some_and(|b| !b.text.is_empty());
        if !blocks.clone().any(shown) {
            return;
        }
        self.xml.open(tag, &[]);
        for block in blocks {
            self.block(block);
        }
        self.xml.close();
    }

    /// What an element of the document is called inside a paragraph, where the standard has a word for it.
    fn named(&self, block: usize) -> Option<&'static str> {
        match self.policy.elements.get(block)? {
            Element::Number => Some("docNumber"),
            Element::Title => Some("docTitle"),
            Element::Authors => Some("docAuthority"),
            Element::Signature => Some("signature"),
            _ => None,
        }
    }
}
