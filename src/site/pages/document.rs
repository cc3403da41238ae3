//! 文件页: metadata, table of contents, text, obligations, what it cites and what cites it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::corpus::{CitedBy, Facts, Obligation, Policy, Repeal, Validity};
use crate::vocabulary::Kind;

use super::super::address;
use super::super::html::Markup;
use super::super::links::Links;
use super::super::say;
use super::super::timeline::Timeline;
use super::super::validity::{self, Stated};
use super::super::whole::Site;
use super::super::{body, table, toc};
use super::lineage::{self, Lineage};
use super::promises::{self, Promise};
use super::{Article, Head, Item, Job, compare, linked, render, topics};

#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    title_inferred: bool,
    kind: Option<&'a str>,
    number: Option<&'a str>,
    issuers: String,
    date: Option<String>,
    effective: Option<Stated>,
    expires: Option<Stated>,
    repeals: Vec<Repealing>,
    facts: Vec<Fact<'a>>,
    obligations: usize,
    counts: Vec<(&'static str, &'a str, usize)>,
    cites: Vec<Cited<'a>>,
    cited_by: Vec<Cited<'a>>,
    topics: Vec<Item>,
    compared: Vec<Item>,
    /// What a reply promises, and to whom it answers.
    promises: Vec<Promise<'a>>,
    timeline: Option<Timeline>,
    lineage: Option<Lineage<'a>>,
    /// The text in other forms.
    alternates: Vec<Alternate>,
}

/// A file that says the same as the page.
#[derive(Serialize)]
struct Alternate {
    media_type: &'static str,
    href: String,
}

/// A row of the metadata table.
#[derive(Serialize)]
struct Fact<'a> {
    name: &'a str,
    text: String,
    links: Vec<FactLink>,
}

#[derive(Serialize)]
struct FactLink {
    title: String,
    href: Option<String>,
}

/// A document that repeals an instrument, as the instrument's page says it.
#[derive(Serialize)]
pub struct Repealing {
    title: String,
    number: Option<String>,
    href: String,
    /// The day, where it was ahead when it was printed.
    from: Option<Stated>,
}

/// The documents that repeal an instrument.
pub fn repeals(site: &Site<'_>, links: &Links, validity: &Validity) -> Vec<Repealing> {
    let repealing = |r: &Repeal| {
        let by = &site.document(&r.document)?.facts;
        Some(Repealing {
            title: by.title.clone(),
            number: by.number.clone(),
            href: links.to(&address::clause(&by.id, &r.path)),
            from: validity::from(site.strings, r),
        })
    };
    validity.repealed_by.iter().filter_map(repealing).collect()
}

/// A document or an instrument, and the clauses where it is mentioned.
#[derive(Serialize)]
pub struct Cited<'a> {
    title: String,
    number: Option<String>,
    href: String,
    held: bool,
    lapse: Option<Stated>,
    relation: &'a str,
    paths: Vec<ClauseLink>,
}

#[derive(Serialize)]
pub struct ClauseLink {
    path: String,
    href: String,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    for (index, policy) in site.corpus.documents.iter().enumerate() {
        let render = move || document(site, index, policy);
        jobs.push(Job { address: policy.facts.url.clone(), render: Box::new(render) });
    }
}

fn document<'a>(site: &'a Site<'a>, index: usize, policy: &'a Policy) -> Result<Vec<u8>, super::Diagnostic> {
    let r = &policy.facts;
    let at = r.url.as_str();
    let links = site.links(at);
    let text = body::body(site, &links, index, policy);
    let contents = toc::contents(site.strings, &policy.outline);
    let listed = |o: &&Obligation| table::is_listed(policy, o);
    let obligations: Vec<&Obligation> = site.obligations_of(policy).iter().filter(listed).collect();
    let rows = match obligations.as_slice() {
        [] => Markup::default(),
        _ => table::records(site, &links, policy),
    };
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for o in &obligations {
        *counts.entry(o.kind).or_default() += 1;
    }
    let validity = site.validity(policy);
    let view = View {
        effective: validity.and_then(|v| validity::effective(site.strings, v, r.date)),
        expires: validity.and_then(|v| validity::expires(site.strings, v)),
        repeals: validity.map(|v| repeals(site, &links, v)).unwrap_or_default(),
        title: &r.title,
        title_inferred: r.title_inferred,
        kind: r.kind.as_deref(),
        number: r.number.as_deref(),
        issuers: site.strings.list(&r.issuers),
        date: r.date.map(|d| d.to_string()),
        facts: facts(site, &links, policy),
        obligations: obligations.len(),
        counts: counts
            .into_iter()
            .map(|(kind, n): (Kind, usize)| (kind.key(), say::kind(site.strings, kind), n))
            .collect(),
        cites: cites(site, &links, r),
        cited_by: cited_by(site, &links, policy),
        topics: topics::of_document(site, &links, index),
        compared: compare::of_document(site, &links, index),
        promises: promises::of(site, &links, policy),
        timeline: Timeline::of(site.strings, obligations.iter().filter_map(|o| o.due)),
        lineage: policy.instrument.and_then(|i| lineage::around(site, &links, i)),
        alternates: alternates(site, &links, r),
    };
    let head = Head {
        title: r.title.clone(),
        description: description(policy),
        section: if r.reply.is_some() { "replies" } else { "documents" },
        crumbs: crumbs(site, r),
        json_ld: Some(linked::document(site, index, policy)),
        of_document: true,
        article: Some(Article::of_document(site, index, policy)),
        feed: None,
    };
    render(site, "document.html", at, &head, &view, &[("body", &text), ("toc", &contents), ("table", &rows)])
}

fn crumbs(site: &Site<'_>, r: &Facts) -> Vec<(String, String)> {
    let mut crumbs = vec![(site.strings.text("nav.documents").to_owned(), address::DOCUMENTS.to_owned())];
    if let Some(region) = r.region.as_ref().and_then(|region| site.region(region.id)) {
        crumbs.push((region.region.name.clone(), region.url.clone()));
    }
    if let Some(year) = r.date.map(|d| d.year()) {
        crumbs.push((say::year(site.strings, year), address::year(&year.to_string())));
    }
    crumbs
}

/// The first words of the text that say something: what a search engine shows under the title.
fn description(policy: &Policy) -> String {
    let r = &policy.facts;
    let running =
        policy.document.blocks.iter().find(|b| b.kind == gongwen::BlockKind::Paragraph && b.text.contains('。'));
    let mut description: String =
        [r.number.clone(), r.date.map(|d| d.to_string())].into_iter().flatten().collect::<Vec<_>>().join("，");
    if let Some(block) = running {
        if !description.is_empty() {
            description.push('。');
        }
        let words: String = block.text.trim().chars().take(110).collect();
        description.push_str(&words);
    }
    description
}

fn facts<'a>(site: &Site<'a>, links: &Links, policy: &Policy) -> Vec<Fact<'a>> {
    let strings = site.strings;
    let r = &policy.facts;
    let mut facts = Vec::new();
    let plain =
        |key, text: Option<String>| Fact { name: strings.text(key), text: text.unwrap_or_default(), links: Vec::new() };
    let dated = |key, day: Option<Date>| plain(key, day.map(|d| d.to_string()));
    let joined = |list: &[String]| (!list.is_empty()).then(|| strings.list(list));
    facts.push(plain("fact.number", r.number.clone()));
    let issuer = |name: &String| FactLink {
        title: name.clone(),
        href: site.issuer(&r.id, name).map(|organ| links.to(&organ.url)),
    };
    facts.push(Fact {
        name: strings.text("fact.issuers"),
        text: String::new(),
        links: r.issuers.iter().map(issuer).collect(),
    });
    facts.push(dated("fact.date", r.date));
    facts.push(dated("fact.published", r.published));
    if let Some(v) = site.validity(policy) {
        let says = |path: &Option<String>| {
            let clause = path.as_ref().map(|p| ClauseLink::of(site, links, &r.id, p));
            clause.map(|c| FactLink { title: c.path, href: Some(c.href) }).into_iter().collect()
        };
        let day = |key, day, path| Fact { links: says(path), ..dated(key, day) };
        facts.push(day("fact.effective", v.effective, &v.effective_path));
        facts.push(day("fact.expires", v.expires, &v.expires_path));
    }
    facts.push(plain("fact.index_no", r.index_no.clone()));
    facts.push(plain("fact.kind", r.kind.clone()));
    facts.push(plain("fact.attached", r.attached_title.clone()));
    facts.push(plain("fact.addressees", joined(&r.addressees)));
    facts.push(plain("fact.cc", joined(&r.cc)));
    if let Some(contact) = &r.contact {
        let call = |phone: &str| promises::tel(phone).map(|digits| format!("tel:{digits}"));
        let phone = FactLink { title: contact.phone.clone(), href: call(&contact.phone) };
        let links = if contact.phone.is_empty() { Vec::new() } else { vec![phone] };
        facts.push(Fact { name: strings.text("fact.contact"), text: contact.name.clone(), links });
    }
    facts.push(plain("fact.printed_by", r.printed_by.clone()));
    facts.push(dated("fact.printed_date", r.printed_date));
    facts.push(plain("fact.disclosure", r.disclosure.clone()));
    if let Some(reply) = &r.reply {
        facts.push(plain("fact.session", reply.session.clone()));
        facts.push(plain("fact.proposal_no", reply.proposal_no.clone()));
        facts.push(plain("fact.proposal_title", reply.proposal_title.clone()));
    }
    if let Some(region) = &r.region {
        let href = site.region(region.id).map(|r| links.to(&r.url));
        let links = vec![FactLink { title: region.name.clone(), href }];
        facts.push(Fact { name: strings.text("fact.region"), text: String::new(), links });
    }
    if let Some(reply) = &r.reply {
        let known: BTreeMap<&str, &str> = site.deputies_of(&r.id).map(|d| (d.name.as_str(), d.url.as_str())).collect();
        let mut names: Vec<FactLink> = reply
            .deputies
            .iter()
            .map(|name| FactLink { title: name.clone(), href: known.get(name.as_str()).map(|to| links.to(to)) })
            .collect();
        if let Some(last) = names.last_mut().filter(|_| reply.and_others) {
            last.title.push_str(strings.text("list.etc"));
        }
        facts.push(Fact { name: strings.text("fact.deputies"), text: String::new(), links: names });
    }
    if !policy.consulted.is_empty() {
        let organs = policy.consulted.iter().filter_map(|&i| site.corpus.organs.get(i));
        let links = organs.map(|o| FactLink { title: o.name.clone(), href: Some(links.to(&o.url)) }).collect();
        facts.push(Fact { name: strings.text("fact.consulted"), text: String::new(), links });
    }
    if let Some(path) = site.kept.get(&r.id) {
        let title = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let source = FactLink { title, href: Some(links.to(&site.source(&r.id, path))) };
        facts.push(Fact { name: strings.text("fact.source"), text: String::new(), links: vec![source] });
    }
    let texts = site.formats().iter().map(|format| (format.label(), format.address(&r.id)));
    let texts = texts.chain([("JSON", address::beside(&r.id))]);
    let link = |(title, at): (&str, String)| FactLink { title: title.to_owned(), href: Some(links.to(&at)) };
    facts.push(Fact { name: strings.text("fact.formats"), text: String::new(), links: texts.map(link).collect() });
    facts.retain(|f| !f.text.is_empty() || !f.links.is_empty());
    facts
}

fn alternates(site: &Site<'_>, links: &Links, r: &Facts) -> Vec<Alternate> {
    let texts = site.formats().iter().map(|format| (format.media_type(), format.address(&r.id)));
    let all = texts.chain([("application/json", address::beside(&r.id))]);
    all.map(|(media_type, at)| Alternate { media_type, href: links.to(&at) }).collect()
}

fn cites<'a>(site: &Site<'a>, links: &Links, r: &Facts) -> Vec<Cited<'a>> {
    let cite = |c: &crate::corpus::Citation| {
        let instrument = site.instrument(&c.instrument);
        // Where it is mentioned: every clause, if the instrument knows; else the first.
        let mentions = instrument.and_then(|i| i.cited_by.iter().find(|m| m.document == r.id));
        let first = std::slice::from_ref(&c.path);
        let paths = mentions.map_or(first, |m| m.paths.as_slice());
        let title = c.title.clone().or_else(|| instrument.and_then(|i| i.title.clone()));
        Cited {
            number: c.number.clone().filter(|_| title.is_some()),
            title: title
                .or_else(|| c.number.clone())
                .unwrap_or_else(|| site.strings.text("document.unnamed").to_owned()),
            href: instrument.map(|i| links.to(&i.url)).unwrap_or_default(),
            held: instrument.is_some_and(|i| i.document.is_some()),
            lapse: instrument.and_then(|i| validity::lapse(site.strings, &i.validity)),
            relation: say::relation(site.strings, c.relation),
            paths: clauses(site, links, &r.id, paths),
        }
    };
    r.citations.iter().map(cite).collect()
}

fn cited_by<'a>(site: &Site<'a>, links: &Links, policy: &Policy) -> Vec<Cited<'a>> {
    let instrument = policy.instrument.and_then(|i| site.corpus.instruments.get(i));
    let mentions = instrument.map_or(&[][..], |i| i.cited_by.as_slice());
    mentions.iter().filter(|m| m.document != policy.facts.id).filter_map(|m| mention(site, links, m)).collect()
}

/// The document that mentions an instrument.
pub fn mention<'a>(site: &Site<'a>, links: &Links, m: &CitedBy) -> Option<Cited<'a>> {
    let policy = site.document(&m.document)?;
    let citing = &policy.facts;
    Some(Cited {
        title: citing.title.clone(),
        number: citing.number.clone(),
        href: links.to(&citing.url),
        held: true,
        lapse: site.validity(policy).and_then(|v| validity::lapse(site.strings, v)),
        relation: say::relation(site.strings, m.relation),
        paths: clauses(site, links, &citing.id, &m.paths),
    })
}

fn clauses(site: &Site<'_>, links: &Links, document: &str, paths: &[String]) -> Vec<ClauseLink> {
    paths.iter().map(|p| ClauseLink::of(site, links, document, p)).collect()
}

impl ClauseLink {
    /// The clause with this outline path.
    pub fn of(site: &Site<'_>, links: &Links, document: &str, path: &str) -> ClauseLink {
        ClauseLink { path: say::place(site.strings, path), href: links.to(&address::clause(document, path)) }
    }
}
