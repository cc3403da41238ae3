//! 主题: a matrix of topics and documents, and a page for each topic that sets the documents side by side: who answers
//! for it, what is to be reached, by when, and which sentence says so.

use std::ops::Range;

use serde::Serialize;

use crate::compare::{self, Goal, Side};
use crate::corpus::{Obligation, Policy, Topic, TopicClause};
use crate::vocabulary::{Evidence, Role};

use super::super::address;
use super::super::html::escape;
use super::super::links::Links;
use super::super::table;
use super::super::whole::{Site, Treated};
use super::{Head, Item, Job, Pager, pager, render};

/// With more documents than this a matrix shows nothing any more; the topics are then listed with their counts.
const MATRIX: usize = 24;
/// Documents on one page of a topic.
const DOCUMENTS: usize = 60;
/// Clauses that a document is shown with; the others are named with their paths.
const CLAUSES: usize = 3;
/// Paths that are named, of one document.
const PATHS: usize = 6;
/// Documents that only mention a topic and are named on its page.
const MENTIONS: usize = 60;
/// Comparisons that the index names.
const COMPARED: usize = 200;
/// Characters of a sentence that are shown.
const SAID: usize = 80;

#[derive(Serialize)]
struct Index<'a> {
    groups: Vec<Group<'a>>,
    /// The documents of the matrix; empty where there is none.
    columns: Vec<Column>,
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
        let total = about.len().div_ceil(DOCUMENTS).max(1);
        let (about, mentioned) = (std::sync::Arc::new(about), std::sync::Arc::new(mentioned));
        for page in 0..total {
            let range = page * DOCUMENTS..about.len().min((page + 1) * DOCUMENTS);
            let at = address::page(&topic.url, page + 1);
            let here = Page { site, number, topic, at: at.clone(), page, total, range };
            let (about, mentioned) = (about.clone(), mentioned.clone());
            jobs.push(Job { address: at, render: Box::new(move || here.render(&about, &mentioned)) });
        }
    }
}

/// Where a document stands on a topic's pages.
fn anchor(site: &Site<'_>, topic: &Topic, treated: &Treated, policy: usize) -> String {
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
        Column { href: links.to(&policy.facts.url), label: label(policy), number: policy.facts.number.clone() }
    };
    let compared = site.compared.iter().take(COMPARED).map(|&(a, b)| compared(site, &links, a, b));
    let topics: usize = groups.iter().map(|g| g.topics.len()).sum();
    let view = Index { groups, columns: columns.iter().map(column).collect(), compared: compared.collect() };
    let description = format!("{topics}个主题，各地各文件怎么安排，放在一起看。");
    let head = Head::section("topics", "主题", description);
    render(site, "topics.html", address::TOPICS, &head, &view, &[])
}

/// Where and when a document is from.
fn label(policy: &Policy) -> String {
    let r = &policy.facts;
    let region = r.region.as_ref().map(|r| r.name.as_str()).unwrap_or("地区不明");
    format!("{region} {}", r.date.map(|d| d.year().to_string()).unwrap_or_default()).trim().to_owned()
}

/// The page on which two documents stand side by side.
pub fn compared(site: &Site<'_>, links: &Links, a: usize, b: usize) -> Item {
    let [a, b] = [a, b].map(|i| &site.corpus.documents[i]);
    let labels = compare::labels([a, b]);
    Item {
        title: format!("{} 与 {}", labels[0], labels[1]),
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
    let (evidence, what) = match treated.evidence {
        Evidence::Title | Evidence::Heading => ("title", "条，标题写明"),
        Evidence::Text => ("text", "条，正文谈到"),
        Evidence::Mention => ("mention", "处提及"),
    };
    let href = match treated.evidence {
        Evidence::Mention => {
            let first = compare::of_policy(topic, policy).first();
            address::clause(&r.id, first.map_or("", |c| c.path.as_str()))
        }
        _ => anchor(site, topic, treated, policy),
    };
    Cell { href: links.to(&href), count, evidence, label: format!("{}，{name}：{count} {what}", topic.id) }
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
        let mut rows = String::new();
        let sides: Vec<Side<'_>> = about[self.range.clone()]
            .iter()
            .filter_map(|clauses| {
                let policy = site.corpus.documents.get(clauses.first()?.policy)?;
                Some(Side::from(site.corpus, site.registry, self.number, clauses, policy))
            })
            .collect();
        sides_table(&mut rows, site, &links, &sides);
        let first = self.page == 0;
        let mention = |clauses: &&[TopicClause]| {
            let policy = site.corpus.documents.get(clauses.first()?.policy)?;
            let r = &policy.facts;
            let title = r.number.as_deref().unwrap_or(&r.title).to_owned();
            let document = Item { title, href: links.to(&r.url), count: clauses.len() };
            Some(Mentioning { document, paths: paths(&links, policy, clauses.iter().take(PATHS)) })
        };
        let view = View {
            name: &topic.id,
            group: &topic.group,
            documents: about.len(),
            clauses: topic.clauses.iter().filter(|c| c.evidence != Evidence::Mention).count(),
            first,
            mentioned: if first { mentioned.iter().take(MENTIONS).filter_map(mention).collect() } else { Vec::new() },
            more_mentions: mentioned.len().saturating_sub(MENTIONS),
            pager: pager(&links, &topic.url, self.page, self.total),
        };
        let description = format!("{}：{}份文件怎么安排，谁牵头、什么目标、何时办成。", topic.id, about.len());
        let head = Head::under("topics", "主题", address::TOPICS, &topic.id, description);
        render(site, "topic.html", &self.at, &head, &view, &[("table", &rows)])
    }
}

/// A row a document. Columns that no row fills are left out.
fn sides_table(out: &mut String, site: &Site<'_>, links: &Links, sides: &[Side<'_>]) {
    let roles = Role::ALL.iter().copied();
    let roles: Vec<Role> = roles.filter(|&role| sides.iter().any(|s| s.names(role).next().is_some())).collect();
    let goals = sides.iter().any(|s| !s.goals.is_empty());
    let dated = sides.iter().any(|s| !s.dated.is_empty());
    out.push_str("<div class=\"scroll\"><table class=\"cards obligations topic\"><thead><tr>");
    table::head(out, "文件", "document");
    roles.iter().for_each(|role| table::head(out, role.label(), role.key()));
    if goals {
        table::head(out, "目标", "goal");
    }
    if dated {
        table::head(out, "时限", "due");
    }
    table::head(out, "条款", "clause");
    out.push_str("</tr></thead><tbody>\n");
    for side in sides {
        let r = &side.policy.facts;
        out.push_str("<tr id=\"");
        escape(out, &r.id);
        out.push_str("\"><th scope=\"row\" class=\"c-document\"><span class=\"place\">");
        escape(out, &label(side.policy));
        out.push_str("</span> <a href=\"");
        links.push(out, &r.url);
        out.push_str("\">");
        escape(out, r.number.as_deref().unwrap_or(&r.title));
        out.push_str("</a></th>");
        for &role in &roles {
            table::cell(out, role.key());
            table::chips(out, site, links, side.names(role).map(|p| (p.name, p.organ)), role);
            out.push_str("</td>");
        }
        if goals {
            table::cell(out, "goal");
            list(out, &side.goals, |out, goal| push_goal(out, links, goal));
            out.push_str("</td>");
        }
        if dated {
            table::cell(out, "due");
            list(out, &side.dated, |out, o| push_dated(out, links, o));
            out.push_str("</td>");
        }
        table::cell(out, "clause");
        let shown = side.clauses.len().min(CLAUSES);
        list(out, &side.clauses[..shown], |out, c| push_clause(out, links, side.policy, c));
        let others: Vec<&TopicClause> = side.clauses[shown..].iter().copied().chain(side.besides()).collect();
        push_others(out, links, side.policy, &others);
        out.push_str("</td></tr>\n");
    }
    out.push_str("</tbody></table></div>");
}

fn list<T>(out: &mut String, items: &[T], mut push: impl FnMut(&mut String, &T)) {
    match items {
        [] => {}
        [item] => push(out, item),
        items => {
            out.push_str("<ul class=\"lines\">");
            for item in items {
                out.push_str("<li>");
                push(out, item);
                out.push_str("</li>");
            }
            out.push_str("</ul>");
        }
    }
}

/// What is to be reached, with its number and its day.
pub fn push_goal(out: &mut String, links: &Links, goal: &Goal<'_>) {
    let o = goal.obligation;
    out.push_str("<a class=\"goal\" href=\"");
    links.push(out, &o.url);
    out.push_str("\">");
    escape(out, &goal.text);
    out.push_str("</a>");
    if o.due_text.as_deref().is_some_and(|due| !goal.text.contains(due)) {
        out.push_str(" <span class=\"note\">");
        table::due(out, o);
        out.push_str("</span>");
    }
}

fn push_dated(out: &mut String, links: &Links, o: &Obligation) {
    table::due(out, o);
    out.push_str(" <a class=\"note\" href=\"");
    links.push(out, &o.url);
    out.push_str("\">");
    escape(out, &table::printed_path(&o.path));
    out.push_str("</a>");
}

/// A clause: its path and heading, then the sentence that says most of the topic.
pub fn push_clause(out: &mut String, links: &Links, policy: &Policy, clause: &TopicClause) {
    let title = policy.outline.find(&clause.path).and_then(|e| e.title.as_deref());
    out.push_str("<a class=\"clause-link\" href=\"");
    links.push(out, &address::clause(&policy.facts.id, &clause.path));
    out.push_str("\">");
    match (clause.path.as_str(), title) {
        ("", _) => out.push_str("正文"),
        (path, None) => escape(out, &table::printed_path(path)),
        (path, Some(title)) => {
            escape(out, &table::printed_path(path));
            out.push(' ');
            escape(out, title);
        }
    }
    out.push_str("</a>");
    let sentence = policy.document.quote(clause.sentence);
    if title != Some(sentence) {
        let end = sentence.char_indices().nth(SAID).map(|(i, _)| i);
        out.push_str("<span class=\"said\">");
        escape(out, &sentence[..end.unwrap_or(sentence.len())]);
        out.push_str(if end.is_some() { "…</span>" } else { "</span>" });
    }
}

/// The clauses that are only named.
pub fn push_others(out: &mut String, links: &Links, policy: &Policy, clauses: &[&TopicClause]) {
    if clauses.is_empty() {
        return;
    }
    out.push_str("<p class=\"note also\">另见 ");
    for (i, path) in paths(links, policy, clauses.iter().copied().take(PATHS)).iter().enumerate() {
        out.push_str(if i > 0 { "、<a href=\"" } else { "<a href=\"" });
        out.push_str(&path.href);
        out.push_str("\">");
        escape(out, &path.title);
        out.push_str("</a>");
    }
    if clauses.len() > PATHS {
        out.push_str(&format!(" 等 {} 条", clauses.len()));
    }
    out.push_str("</p>");
}

/// Clauses of a document by their paths.
pub fn paths<'c>(links: &Links, policy: &Policy, clauses: impl Iterator<Item = &'c TopicClause>) -> Vec<super::Item> {
    let path = |c: &TopicClause| super::Item {
        title: if c.path.is_empty() { "正文".to_owned() } else { table::printed_path(&c.path) },
        href: links.to(&address::clause(&policy.facts.id, &c.path)),
        count: 0,
    };
    clauses.map(path).collect()
}

/// The topics that a document treats, the surest first, each a link to what the topic's page says of it.
pub fn of_document(site: &Site<'_>, links: &Links, policy: usize) -> Vec<Item> {
    /// More would bury the text.
    const MOST: usize = 24;
    let mut treated: Vec<&Treated> =
        site.topics_of[policy].iter().filter(|t| t.evidence != Evidence::Mention).collect();
    treated.sort_by_key(|t| (t.evidence, std::cmp::Reverse(t.clauses)));
    let item = |t: &&Treated| {
        let topic = &site.corpus.topics[t.topic];
        Item { title: topic.id.clone(), href: links.to(&anchor(site, topic, t, policy)), count: t.clauses }
    };
    treated.iter().take(MOST).map(item).collect()
}
