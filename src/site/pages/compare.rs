//! 对照: a page for every two documents that have most in common, topic by topic.

use serde::Serialize;

use crate::compare::{self, By, Comparison, Only, Shared, Side};
use crate::vocabulary::Role;

use super::super::address;
use super::super::html::{Grow, Markup, html, value};
use super::super::links::Links;
use super::super::say;
use super::super::table;
use super::super::whole::Site;
use super::sides::{self, paths};
use super::{Head, Item, Job, Listed, listed, render};

/// Topics at length; those after them have a line each. Two statutes of one subject share dozens.
const LONG: usize = 16;

/// Rows of clauses side by side under one topic; the clauses after them are named by their paths.
const CLAUSES: usize = 10;

#[derive(Serialize)]
struct View<'a> {
    labels: [String; 2],
    documents: [Listed<'a>; 2],
    topics: Vec<TopicView<'a>>,
    passing: Vec<Passing>,
    /// Whether topics of headings are among those in passing, for there are too many of them.
    cut: bool,
    only: Vec<OnlyView>,
}

/// A topic at length; its differences are HTML.
#[derive(Serialize)]
struct TopicView<'a> {
    id: String,
    href: String,
    differences: Vec<String>,
    rows: Vec<Row<'a>>,
}

/// What is compared, and both sides as HTML.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    sides: [tera::Value; 2],
}

/// A topic in one line; its differences are HTML.
#[derive(Serialize)]
struct Passing {
    topic: Item,
    paths: [Vec<Item>; 2],
    differences: Vec<String>,
}

#[derive(Serialize)]
struct OnlyView {
    label: String,
    other: String,
    topics: Vec<Lone>,
}

#[derive(Serialize)]
struct Lone {
    topic: Item,
    paths: Vec<Item>,
    mentioned: Vec<Item>,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    for &(a, b) in &site.compared {
        let [first, second] = [a, b].map(|i| &site.corpus.documents[i].facts);
        let at = address::compare(&first.id, &second.id);
        let here = at.clone();
        let render = move || page(site, &here, a, b);
        jobs.push(Job { address: at, render: Box::new(render) });
    }
}

/// The comparisons of a document with others.
pub fn of_document(site: &Site<'_>, links: &Links, policy: usize) -> Vec<Item> {
    let with = |&&(a, b): &&(usize, usize)| a == policy || b == policy;
    let item = |&(a, b): &(usize, usize)| {
        let other = &site.corpus.documents[if a == policy { b } else { a }].facts;
        let region = other.region.as_ref().map(|r| r.name.as_str()).unwrap_or_default();
        let number = other.number.as_deref().unwrap_or(&other.title);
        let [a, b] = [a, b].map(|i| site.corpus.documents[i].facts.id.as_str());
        Item { title: format!("{region} {number}"), href: links.to(&address::compare(a, b)), count: 0 }
    };
    site.compared.iter().filter(with).map(item).collect()
}

fn page(site: &Site<'_>, at: &str, a: usize, b: usize) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links(at);
    let Some(comparison) = compare::compare(site.corpus, site.registry, a, b) else {
        return Err(super::Diagnostic::error("site", "没有可以对照的文件"));
    };
    let labels = compare::labels(comparison.policies);
    let (mut titled, mut passing): (Vec<_>, Vec<_>) = comparison.shared.iter().partition(|s| s.is_titled());
    let cut = titled.len() > LONG;
    passing.splice(0..0, titled.drain(LONG.min(titled.len())..));
    let view = View {
        documents: comparison.policies.map(|p| listed(site, &links, p)),
        topics: titled.into_iter().map(|s| topic(site, &links, s, &labels)).collect(),
        passing: passing.into_iter().map(|s| in_passing(site, &links, s, &labels)).collect(),
        only: [0, 1]
            .map(|s| only(site, &links, &comparison, s, &labels))
            .into_iter()
            .filter(|o| !o.topics.is_empty())
            .collect(),
        cut,
        labels: labels.clone(),
    };
    let title = site.strings.with("compare.title", &[("a", &labels[0]), ("b", &labels[1])]);
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("a", &labels[0]), ("b", &labels[1]), ("n", &comparison.shared.len())];
    let description = site.strings.with("compare.described", &values);
    let head = Head::under("topics", site.strings.text("nav.topics"), address::TOPICS, &title, description);
    render(site, "compare.html", at, &head, &view, &[])
}

fn topic<'a>(site: &Site<'a>, links: &Links, shared: &Shared<'_>, labels: &[String; 2]) -> TopicView<'a> {
    let strings = site.strings;
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut add = |name: &'a str, sides: [Markup; 2]| {
        if sides.iter().any(|s| !s.is_empty()) {
            rows.push(Row { name, sides: sides.each_ref().map(value) });
        }
    };
    for &role in Role::ALL {
        let chips = |side: &Side<'_>| table::chips(site, links, side.names(role).map(|p| (p.name, p.organ)), role);
        add(say::role(strings, role), shared.sides.each_ref().map(chips));
    }
    for row in &shared.goals {
        let goal = |side: usize| {
            let goal = row[side].and_then(|g| shared.sides[side].goals.get(g));
            goal.map(|goal| sides::goal(strings, links, goal)).unwrap_or_default()
        };
        let both = row.iter().all(Option::is_some);
        let key = if both && shared.is_same_goal(row) { "compare.same_goal" } else { "kind.target" };
        add(strings.text(key), [goal(0), goal(1)]);
    }
    let dated = |side: &Side<'_>| {
        html! { @for (i, o) in side.dated.iter().enumerate() { @if i > 0 { br; } (table::due(strings, o)) } }
    };
    add(strings.text("table.due"), shared.sides.each_ref().map(dated));
    let rows_of_clauses = shared.clauses();
    let (long, short) = rows_of_clauses.split_at(CLAUSES.min(rows_of_clauses.len()));
    for (row, pair) in long {
        let clause = |side: usize| {
            let Side { clauses, policy, .. } = &shared.sides[side];
            let clause = row[side].and_then(|i| clauses.get(i));
            clause.map(|clause| sides::clause(strings, links, policy, clause)).unwrap_or_default()
        };
        let key = match pair.map(|p| p.by) {
            Some(By::Title) => "compare.by_title",
            Some(By::Text) => "compare.by_text",
            None => "table.clause",
        };
        add(strings.text(key), [clause(0), clause(1)]);
    }
    let others = |s: usize| {
        let side = &shared.sides[s];
        let cut = short.iter().filter_map(|(row, _)| side.clauses.get(row[s]?).copied());
        sides::others(strings, links, side.policy, &cut.chain(side.besides()).collect::<Vec<_>>())
    };
    add(strings.text("compare.other_clauses"), [0, 1].map(others));
    TopicView {
        id: shared.topic.id.clone(),
        href: links.to(&shared.topic.url),
        differences: differences(site, shared, labels),
        rows,
    }
}

fn item(links: &Links, topic: &crate::corpus::Topic) -> Item {
    Item { title: topic.id.clone(), href: links.to(&topic.url), count: 0 }
}

/// The differences as HTML.
fn differences(site: &Site<'_>, shared: &Shared<'_>, labels: &[String; 2]) -> Vec<String> {
    let said = compare::differences(site.strings, shared, labels);
    said.iter().map(|said| say::marked(site.strings, said).into_string()).collect()
}

fn in_passing(site: &Site<'_>, links: &Links, shared: &Shared<'_>, labels: &[String; 2]) -> Passing {
    Passing {
        topic: item(links, shared.topic),
        paths: shared.sides.each_ref().map(|s| paths(site.strings, links, s.policy, s.clauses.iter().copied())),
        differences: differences(site, shared, labels),
    }
}

fn only(site: &Site<'_>, links: &Links, comparison: &Comparison<'_>, side: usize, labels: &[String; 2]) -> OnlyView {
    let other = comparison.policies[1 - side];
    let lone = |o: &Only<'_>| Lone {
        topic: item(links, o.topic),
        paths: paths(site.strings, links, o.side.policy, o.side.clauses.iter().copied()),
        mentioned: paths(site.strings, links, other, o.mentioned.iter().copied()),
    };
    OnlyView {
        label: labels[side].clone(),
        other: labels[1 - side].clone(),
        topics: comparison.only[side].iter().map(lone).collect(),
    }
}
