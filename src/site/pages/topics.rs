//! 主题: a matrix of topics and documents, and a page for each topic that sets the documents side by side: who answers
//! for it, what is to be reached, by when, and which sentence says so.

use std::ops::Range;

use serde::Serialize;

use crate::compare::{self, Side};
use crate::corpus::{Policy, Topic, TopicClause};
use crate::strings::Strings;
use crate::vocabulary::Evidence;

use super::super::address;
use super::super::links::Links;
use super::super::say;
use super::super::whole::{Site, Treated};
use super::feed::Feed;
use super::sides::{self, PATHS, paths};
use super::{Head, Item, Job, Pager, matrix, pager, render};

/// With more documents than this a matrix shows nothing any more; the topics are then listed with their counts.
const MATRIX: usize = 24;
/// Documents on one page of a topic.
const DOCUMENTS: usize = 30;
/// Documents that are set side by side on the pages of a topic, the newest: nobody compares more, and the explorer lists
/// the tasks of a topic of every document.
const COMPARABLE: usize = 4 * DOCUMENTS;
/// Documents that only mention a topic and are named on its page.
const MENTIONS: usize = 60;
/// Comparisons that the index names.
const COMPARED: usize = 200;

#[derive(Serialize)]
struct Index<'a> {
    groups: Vec<Group<'a>>,
    /// The documents of the matrix; empty where there is none.
    columns: Vec<Column>,
    /// Whether there is a matrix of topics and regions.
    regions: bool,
    compared: Vec<Item>,
}

#[derive(Serialize)]
struct Group<'a> {
    name: &'a str,
    topics: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    topic: Item,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Column {
    href: String,
    label: String,
    number: Option<String>,
}

/// How a document treats a topic.
#[derive(Serialize)]
struct Cell {
    href: String,
    count: usize,
    /// `title`, `text`, `mention`; empty where it does not.
    evidence: &'static str,
    label: String,
}

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    group: &'a str,
    documents: usize,
    /// How many of them the pages set side by side, where that is not all.
    shown: Option<usize>,
    clauses: usize,
    first: bool,
    mentioned: Vec<Mentioning>,
    more_mentions: usize,
    pager: Option<Pager>,
}

/// A document that only mentions a topic.
#[derive(Serialize)]
struct Mentioning {
    document: Item,
    paths: Vec<Item>,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    jobs.push(Job { address: address::TOPICS.to_owned(), render: Box::new(move || index(site)) });
    for (number, topic) in site.corpus.topics.iter().enumerate().filter(|(_, t)| !t.clauses.is_empty()) {
        let parts: Vec<&[TopicClause]> = topic.clauses.chunk_by(|a, b| a.policy == b.policy).collect();
        let is_about = |part: &&[TopicClause]| part.iter().any(|c| c.evidence != Evidence::Mention);
        let (about, mentioned): (Vec<_>, Vec<_>) = parts.into_iter().partition(is_about);
        let pages = pages(topic, about.len());
        let total = pages.len();
        let (about, mentioned) = (std::sync::Arc::new(about), std::sync::Arc::new(mentioned));
        for (page, (at, range)) in pages.into_iter().enumerate() {
            let here = Page { site, number, topic, at: at.clone(), page, total, range };
            let (about, mentioned) = (about.clone(), mentioned.clone());
            jobs.push(Job { address: at, render: Box::new(move || here.render(&about, &mentioned)) });
        }
    }
}

/// The addresses of the pages of a topic, and which of the `about` documents that treat it each sets side by side.
pub fn pages(topic: &Topic, about: usize) -> Vec<(String, Range<usize>)> {
    super::paginate_by(&topic.url, about.min(COMPARABLE), DOCUMENTS)
}

/// Where a document stands on a topic's pages; the first of them where it does not.
fn anchor(site: &Site<'_>, topic: &Topic, treated: &Treated, policy: usize) -> String {
    if treated.position >= COMPARABLE {
        return topic.url.clone();
    }
    let mut anchor = address::page(&topic.url, treated.position / DOCUMENTS + 1);
    anchor.push('#');
    address::encode(&mut anchor, &site.corpus.documents[policy].facts.id);
    anchor
}

fn index(site: &Site<'_>) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links(address::TOPICS);
    let documents: Vec<usize> = (0..site.corpus.documents.len()).filter(|&d| !site.topics_of[d].is_empty()).collect();
    let columns: &[usize] = if documents.len() <= MATRIX { &documents } else { &[] };
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (number, topic) in site.corpus.topics.iter().enumerate().filter(|(_, t)| !t.clauses.is_empty()) {
        let treated: Vec<(usize, Treated)> = documents
            .iter()
            .filter_map(|&d| Some((d, *site.topics_of[d].iter().find(|t| t.topic == number)?)))
            .collect();
        let count = treated.iter().filter(|(_, t)| t.evidence != Evidence::Mention).count();
        let cell = |d: &usize| {
            let found = treated.iter().find(|(policy, _)| policy == d).map(|(_, t)| t);
            cell(site, &links, topic, *d, found)
        };
        let row = Row {
            topic: Item { title: topic.id.clone(), href: links.to(&topic.url), count },
            cells: columns.iter().map(cell).collect(),
        };
        match groups.last_mut().filter(|g| g.name == topic.group) {
            Some(group) => group.topics.push(row),
            None => groups.push(Group { name: &topic.group, topics: vec![row] }),
        }
    }
    let column = |&d: &usize| {
        let policy = &site.corpus.documents[d];
        Column {
            href: links.to(&policy.facts.url),
            label: label(site.strings, policy),
            number: policy.facts.number.clone(),
        }
    };
    let compared = site.compared.iter().take(COMPARED).map(|&(a, b)| compared(site, &links, a, b));
    let topics: usize = groups.iter().map(|g| g.topics.len()).sum();
    let view = Index {
        groups,
        regions: matrix::is_worth(site),
        columns: columns.iter().map(column).collect(),
        compared: compared.collect(),
    };
    let description = site.strings.with("topics.about", &[("n", &topics)]);
    let head = Head::section("topics", site.strings.text("nav.topics"), description);
    render(site, "topics.html", address::TOPICS, &head, &view, &[])
}

/// Where and when a document is from.
pub fn label(strings: &Strings, policy: &Policy) -> String {
    let r = &policy.facts;
    let region = r.region.as_ref().map(|r| r.name.as_str()).unwrap_or_else(|| strings.text("topics.nowhere"));
    format!("{region} {}", r.date.map(|d| d.year().to_string()).unwrap_or_default()).trim().to_owned()
}

/// The page on which two documents stand side by side.
pub fn compared(site: &Site<'_>, links: &Links, a: usize, b: usize) -> Item {
    let [a, b] = [a, b].map(|i| &site.corpus.documents[i]);
    let [first, second] = compare::labels([a, b]);
    Item {
        title: say::html(site.strings, "topics.pair", &[("a", say::words(first)), ("b", say::words(second))])
            .into_string(),
        href: links.to(&address::compare(&a.facts.id, &b.facts.id)),
        count: 0,
    }
}

fn cell(site: &Site<'_>, links: &Links, topic: &Topic, policy: usize, treated: Option<&Treated>) -> Cell {
    let Some(treated) = treated else {
        return Cell { href: String::new(), count: 0, evidence: "", label: String::new() };
    };
    let r = &site.corpus.documents[policy].facts;
    let name = r.number.as_deref().unwrap_or(&r.title);
    let count = treated.clauses;
    let (evidence, key) = match treated.evidence {
        Evidence::Title | Evidence::Heading => ("title", "topics.cell_title"),
        Evidence::Text => ("text", "topics.cell_text"),
        Evidence::Mention => ("mention", "topics.cell_mention"),
    };
    let href = match treated.evidence {
        Evidence::Mention => {
            let first = compare::of_policy(topic, policy).first();
            address::clause(&r.id, first.map_or("", |c| c.path.as_str()))
        }
        _ => anchor(site, topic, treated, policy),
    };
    let values: [(&str, &dyn std::fmt::Display); 3] = [("topic", &topic.id), ("document", &name), ("n", &count)];
    Cell { href: links.to(&href), count, evidence, label: site.strings.with(key, &values) }
}

/// One page of a topic.
struct Page<'a> {
    site: &'a Site<'a>,
    number: usize,
    topic: &'a Topic,
    at: String,
    page: usize,
    total: usize,
    range: Range<usize>,
}

impl Page<'_> {
    fn render(&self, about: &[&[TopicClause]], mentioned: &[&[TopicClause]]) -> Result<Vec<u8>, super::Diagnostic> {
        let (site, topic) = (self.site, self.topic);
        let links = site.links(&self.at);
        let sides: Vec<Side<'_>> = about[self.range.clone()]
            .iter()
            .filter_map(|clauses| {
                let policy = site.corpus.documents.get(clauses.first()?.policy)?;
                Some(Side::from(site.corpus, site.registry, self.number, clauses, policy))
            })
            .collect();
        let rows = sides::table(site, &links, &sides);
        let first = self.page == 0;
        let mention = |clauses: &&[TopicClause]| {
            let policy = site.corpus.documents.get(clauses.first()?.policy)?;
            let r = &policy.facts;
            let title = r.number.as_deref().unwrap_or(&r.title).to_owned();
            let document = Item { title, href: links.to(&r.url), count: clauses.len() };
            Some(Mentioning { document, paths: paths(site.strings, &links, policy, clauses.iter().take(PATHS)) })
        };
        let view = View {
            name: &topic.id,
            group: &topic.group,
            documents: about.len(),
            shown: (about.len() > COMPARABLE).then_some(COMPARABLE),
            clauses: topic.clauses.iter().filter(|c| c.evidence != Evidence::Mention).count(),
            first,
            mentioned: if first { mentioned.iter().take(MENTIONS).filter_map(mention).collect() } else { Vec::new() },
            more_mentions: mentioned.len().saturating_sub(MENTIONS),
            pager: pager(&links, &topic.url, self.page, self.total),
        };
        let values: [(&str, &dyn std::fmt::Display); 2] = [("topic", &topic.id), ("n", &about.len())];
        let description = site.strings.with("topic.about", &values);
        let mut head = Head::under("topics", site.strings.text("nav.topics"), address::TOPICS, &topic.id, description);
        head.feed = Some(Feed::of_topic(site, topic));
        render(site, "topic.html", &self.at, &head, &view, &[("table", &rows)])
    }
}

/// The topics that a document treats, the surest first, each a link to what the topic's page says of it.
pub fn of_document(site: &Site<'_>, links: &Links, policy: usize) -> Vec<Item> {
    /// More would bury the text.
    const MOST: usize = 12;
    let mut treated: Vec<&Treated> =
        site.topics_of[policy].iter().filter(|t| t.evidence != Evidence::Mention).collect();
    treated.sort_by_key(|t| (t.evidence, std::cmp::Reverse(t.clauses)));
    let item = |t: &&Treated| {
        let topic = &site.corpus.topics[t.topic];
        Item { title: topic.id.clone(), href: links.to(&anchor(site, topic, t, policy)), count: t.clauses }
    };
    treated.iter().take(MOST).map(item).collect()
}
