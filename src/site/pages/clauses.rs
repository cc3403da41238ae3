//! 条款页: a clause that assigns, promises or sets a target, by itself: its document, the sentences, who and by when, and
//! where the same is written elsewhere. Duties have none, for a statute is nothing else.
//!
//! It is what a search engine can lead to in place of a page of a hundred clauses, so it is short.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::compare;
use crate::corpus::{Obligation, Policy, Topic, TopicClause};
use crate::vocabulary::{Evidence, Kind};

use super::super::address;
use super::super::carried::{self, Carried};
use super::super::html::{Markup, beginning, html};
use super::super::links::Links;
use super::super::say;
use super::super::table;
use super::super::validity::{self, Stated};
use super::super::whole::Site;
use super::{Article, Head, Item, Job, linked, render, topics};

/// Characters of sentences on a page; what follows is read in the document.
const SENTENCES: usize = 700;
/// Characters of a sentence that stands in a longer one above it.
const WITHIN: usize = 36;
/// Topics that it names.
const TOPICS: usize = 4;
/// Clauses of other documents that it names.
const ELSEWHERE: usize = 3;
/// Characters of the description for search engines.
const DESCRIBED: usize = 110;

#[derive(Serialize)]
struct View<'a> {
    document: Item,
    number: Option<&'a str>,
    issuers: String,
    date: Option<String>,
    lapse: Option<Stated>,
    path: String,
    heading: Option<&'a str>,
    /// The clause in its document.
    href: String,
    previous: Option<Item>,
    next: Option<Item>,
    topics: Vec<Item>,
    elsewhere: Vec<Item>,
    /// How many of its tasks are not shown.
    more: usize,
}

/// A clause, and its obligations that are no duties: indices into the corpus.
struct Clause<'a> {
    path: &'a str,
    found: Vec<usize>,
}

/// The clauses of a document that have a page, in the order of the text.
fn of<'a>(site: &Site<'a>, policy: &Policy) -> Vec<Clause<'a>> {
    let mut clauses: Vec<Clause<'a>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    let first = policy.obligations.start;
    for (i, o) in site.obligations_of(policy).iter().enumerate() {
        if o.kind == Kind::Duty || !address::has_own_page(&o.path) {
            continue;
        }
        let at = *known.entry(&o.path).or_insert_with(|| {
            clauses.push(Clause { path: &o.path, found: Vec::new() });
            clauses.len() - 1
        });
        if let Some(clause) = clauses.get_mut(at) {
            clause.found.push(first + i);
        }
    }
    clauses
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    for (index, policy) in site.corpus.documents.iter().enumerate() {
        let clauses = Arc::new(of(site, policy));
        // Compared once, with the first of them.
        let above = Arc::new(OnceLock::new());
        for number in 0..clauses.len() {
            let (clauses, above) = (clauses.clone(), above.clone());
            let address = address::clause_page(&policy.facts.id, clauses[number].path);
            let at = address.clone();
            let render = move || {
                let above = above.get_or_init(|| carried::of(site, policy));
                page(site, index, policy, &clauses, number, above, &at)
            };
            jobs.push(Job { address, render: Box::new(render) });
        }
    }
}

fn page(
    site: &Site<'_>,
    index: usize,
    policy: &Policy,
    clauses: &[Clause<'_>],
    number: usize,
    above: &Carried<'_>,
    at: &str,
) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links(at);
    let f = &policy.facts;
    let path = clauses[number].path;
    let found: Vec<(usize, &Obligation)> =
        clauses[number].found.iter().map(|&i| (i, &site.corpus.obligations[i])).collect();
    let (tasks, shown) = tasks(site, &links, &found, above);
    let heading = policy.outline.find(path).and_then(|e| e.title.as_deref());
    // A row of a table has its task for a heading.
    let heading = heading.or_else(|| found.first().and_then(|(_, o)| o.title.as_deref()));
    let way = |clause: &Clause<'_>| Item {
        title: table::printed_path(clause.path),
        href: links.to(&address::clause_page(&f.id, clause.path)),
        count: 0,
    };
    let treated = topics_of(site, index, path);
    let validity = site.validity(policy);
    let view = View {
        document: Item { title: f.title.clone(), href: links.to(&f.url), count: 0 },
        number: f.number.as_deref(),
        issuers: site.strings.list(&f.issuers),
        date: f.date.map(|d| d.to_string()),
        lapse: validity.and_then(|v| validity::lapse(site.strings, v)),
        path: table::printed_path(path),
        heading,
        href: links.to(&address::clause(&f.id, path)),
        previous: number.checked_sub(1).and_then(|n| clauses.get(n)).map(way),
        next: clauses.get(number + 1).map(way),
        topics: treated
            .iter()
            .take(TOPICS)
            .map(|t| Item { title: t.id.clone(), href: links.to(&t.url), count: 0 })
            .collect(),
        elsewhere: elsewhere(site, &links, index, &treated),
        more: found.len() - shown,
    };
    let named = f.number.as_deref().unwrap_or(&f.title);
    let words = found.first().map_or("", |(_, o)| beginning(&o.text, DESCRIBED).0);
    let title = format!("{} {}（{named}）", view.path, heading.unwrap_or_default()).replace(" （", "（");
    let head = Head {
        json_ld: Some(linked::clause(site, policy, &title, path, at)),
        article: Some(Article::of_clause(policy, title.clone())),
        title,
        description: format!("《{}》{}：{words}", f.title, view.path),
        section: if f.reply.is_some() { "replies" } else { "documents" },
        of_document: true,
        crumbs: vec![
            (site.strings.text("nav.documents").to_owned(), address::DOCUMENTS.to_owned()),
            (named.to_owned(), f.url.clone()),
        ],
        ..Head::default()
    };
    render(site, "clause.html", at, &head, &view, &[("tasks", &tasks)])
}

/// The sentences with who and when, a sentence once whatever it says; and how many obligations they are.
fn tasks(site: &Site<'_>, links: &Links, found: &[(usize, &Obligation)], above: &Carried<'_>) -> (Markup, usize) {
    let mut room = SENTENCES;
    let shown = found.iter().enumerate().take_while(|(i, (_, o))| {
        let before = room;
        room = before.saturating_sub(o.text.chars().count());
        *i == 0 || before > 0
    });
    let shown: Vec<(usize, &Obligation)> = shown.map(|(_, &one)| one).collect();
    let mut sentences: Vec<(&str, Vec<(usize, &Obligation)>)> = Vec::new();
    for &one in &shown {
        match sentences.iter_mut().find(|(text, _)| text.contains(one.1.text.as_str())) {
            Some((_, held)) => held.push(one),
            None => sentences.push((&one.1.text, vec![one])),
        }
    }
    let markup = html! {
        @for (text, held) in &sentences {
            // Who and by when a whole task is done comes before its words, which may fill a screen.
            @let (tasks, others): (Vec<_>, Vec<_>) = held.iter().partition(|(_, o)| o.kind == Kind::Assignment && o.text == *text);
            section class="one-task" {
                @for (i, o) in tasks { (facts(site, links, above, i, o, false)) }
                blockquote lang=[site.strings.of_documents()] { p { (text) } }
                @for (i, o) in others { (facts(site, links, above, i, o, o.text != *text)) }
            }
            "\n"
        }
    };
    (markup, shown.len())
}

/// Who, by when and how much; the beginning of its words where it is `part` of a longer sentence.
fn facts(site: &Site<'_>, links: &Links, above: &Carried<'_>, index: usize, o: &Obligation, part: bool) -> Markup {
    let carried: Vec<_> = above.get(&index).into_iter().flatten().collect();
    html! {
        div class="task-facts" {
            p {
                span class={ "tag k-" (o.kind.key()) } { (say::kind(site.strings, o.kind)) }
                @if part { " " (table::words(site.strings, &o.text, WITHIN)) }
                @for i in &o.indicators { " " span class="indicator" { (say::marked(site.strings, &i.shown(" "))) } }
                (table::unsure(site.strings, o))
            }
            (table::who(site, links, o))
            @if o.due.is_some() || o.due_text.is_some() {
                p { span class="part-name" { (site.strings.text("table.due")) } " " (table::due(site.strings, o)) }
            }
            (carried::line(site, links, &carried))
            (table::progress(site, links, o))
        }
    }
}

/// The topics of a clause.
fn topics_of<'a>(site: &Site<'a>, index: usize, path: &str) -> Vec<&'a Topic> {
    let of_document = site.topics_of.get(index).into_iter().flatten().map(|t| &site.corpus.topics[t.topic]);
    let treats = |topic: &&Topic| {
        compare::of_policy(topic, index).iter().any(|c| c.path == path && c.evidence != Evidence::Mention)
    };
    of_document.filter(treats).collect()
}

/// Clauses of other documents on the first of the topics, a document once, the surest evidence first.
fn elsewhere(site: &Site<'_>, links: &Links, index: usize, treated: &[&Topic]) -> Vec<Item> {
    let others = |topic: &&Topic| -> Vec<Item> {
        let parts = topic.clauses.chunk_by(|a, b| a.policy == b.policy);
        let best = |part: &'_ [TopicClause]| part.iter().min_by_key(|c| c.evidence).map(|c| (c.evidence, c.policy));
        let mut best: Vec<(Evidence, usize)> =
            parts.filter_map(best).filter(|(e, p)| *e != Evidence::Mention && *p != index).collect();
        best.sort();
        let item = |&(evidence, policy): &(Evidence, usize)| {
            let other = site.corpus.documents.get(policy)?;
            let clause = compare::of_policy(topic, policy).iter().find(|c| c.evidence == evidence)?;
            let place = say::place(site.strings, &clause.path);
            let title = format!("{} {}", topics::label(site.strings, other), place);
            Some(Item { title, href: links.to(&address::clause(&other.facts.id, &clause.path)), count: 0 })
        };
        best.iter().take(ELSEWHERE).filter_map(item).collect()
    };
    treated.iter().map(others).find(|list| !list.is_empty()).unwrap_or_default()
}
