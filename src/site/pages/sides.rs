//! What documents say on a topic, side by side: a row a document on the topic's page, and the cells that the page of a
//! comparison has in common with it.

use crate::compare::{Goal, Side};
use crate::corpus::{Obligation, Policy, TopicClause};
use crate::strings::{Strings, Value};
use crate::vocabulary::Role;

use super::super::address;
use super::super::html::{Markup, html};
use super::super::links::Links;
use super::super::say;
use super::super::table::{cell, chips, due, head, printed_path, words};
use super::super::whole::Site;
use super::Item;
use super::topics::label;

/// Clauses that a document is shown with; the others are named with their paths.
const CLAUSES: usize = 6;
/// Paths that are named, of one document.
pub const PATHS: usize = 12;
/// Characters of a sentence that are shown.
const SAID: usize = 110;

/// A row a document. Columns that no row fills are left out.
pub fn table(site: &Site<'_>, links: &Links, sides: &[Side<'_>]) -> Markup {
    let roles = Role::ALL.iter().copied();
    let roles: Vec<Role> = roles.filter(|&role| sides.iter().any(|s| s.names(role).next().is_some())).collect();
    let goals = sides.iter().any(|s| !s.goals.is_empty());
    let dated = sides.iter().any(|s| !s.dated.is_empty());
    let strings = site.strings;
    let part = |side: &Side<'_>, role| chips(site, links, side.names(role).map(|p| (p.name, p.organ)), role);
    html! {
        div class="scroll" {
            table class="cards wide obligations topic" {
                thead {
                    tr {
                        (head(strings.text("table.document"), "document"))
                        @for role in &roles { (head(say::role(strings, *role), role.key())) }
                        @if goals { (head(strings.text("kind.target"), "goal")) }
                        @if dated { (head(strings.text("table.due"), "due")) }
                        (head(strings.text("table.clause"), "clause"))
                    }
                }
                tbody {
                    "\n"
                    @for side in sides {
                        @let r = &side.policy.facts;
                        tr id=(r.id) {
                            th scope="row" class="c-document" {
                                span class="place" { (say::marked(strings, &label(strings, side.policy))) }
                                " "
                                a href=(links.to(&r.url)) lang=[strings.of_documents()] { (r.number.as_deref().unwrap_or(&r.title)) }
                            }
                            @for &role in &roles { (cell(role.key(), &part(side, role))) }
                            @if goals { (cell("goal", &lines(&side.goals, |g| goal(strings, links, g)))) }
                            @if dated { (cell("due", &lines(&side.dated, |o| day(strings, links, o)))) }
                            (cell("clause", &clauses(strings, links, side)))
                        }
                        "\n"
                    }
                }
            }
        }
    }
}

/// Several things in a cell.
fn lines<T>(items: &[T], shown: impl Fn(&T) -> Markup) -> Markup {
    match items {
        [] => Markup::default(),
        [item] => shown(item),
        items => html! { ul class="lines" { @for item in items { li { (shown(item)) } } } },
    }
}

/// The clauses of a document on the topic: the first with their words, the others by their paths.
fn clauses(strings: &Strings, links: &Links, side: &Side<'_>) -> Markup {
    let (shown, more) = side.clauses.split_at(side.clauses.len().min(CLAUSES));
    let named: Vec<&TopicClause> = more.iter().copied().chain(side.besides()).collect();
    html! {
        (lines(shown, |c| clause(strings, links, side.policy, c)))
        (others(strings, links, side.policy, &named))
    }
}

/// What is to be reached, with its number and its day.
pub fn goal(strings: &Strings, links: &Links, goal: &Goal<'_>) -> Markup {
    let o = goal.obligation;
    html! {
        a class="goal" href=(links.to(&o.url)) lang=[strings.of_documents()] { (goal.text) }
        @if o.due_text.as_deref().is_some_and(|due| !goal.text.contains(due)) { " " span class="note" { (due(strings, o)) } }
    }
}

/// A deadline and the clause that says it.
fn day(strings: &Strings, links: &Links, o: &Obligation) -> Markup {
    html! { (due(strings, o)) " " a class="note" href=(links.to(&o.url)) lang=[strings.of_documents()] { (printed_path(&o.path)) } }
}

/// A clause: its path and heading, then the sentence that says most of the topic.
pub fn clause(strings: &Strings, links: &Links, policy: &Policy, clause: &TopicClause) -> Markup {
    let title = policy.outline.find(&clause.path).and_then(|e| e.title.as_deref());
    let sentence = policy.document.quote(clause.sentence);
    html! {
        a class="clause-link" href=(links.to(&address::clause(&policy.facts.id, &clause.path))) {
            @match title {
                Some(title) if !clause.path.is_empty() => {
                    (say::marked(strings, &format!("{} {title}", printed_path(&clause.path))))
                }
                _ => { (say::marked(strings, &say::place(strings, &clause.path))) }
            }
        }
        @if title != Some(sentence) { (words(strings, sentence, SAID)) }
    }
}

/// The clauses that are only named.
pub fn others(strings: &Strings, links: &Links, policy: &Policy, clauses: &[&TopicClause]) -> Markup {
    let named = paths(strings, links, policy, clauses.iter().copied().take(PATHS));
    let list = html! {
        @for (i, path) in named.iter().enumerate() {
            @if i > 0 { (strings.text("list.and")) }
            a href=(path.href) { (say::marked(strings, &path.title)) }
        }
    };
    let key = if clauses.len() > PATHS { "topic.also_many" } else { "topic.also" };
    let values = [("paths", Value::Html(list.into_string())), ("n", say::words(clauses.len()))];
    html! { @if !named.is_empty() { p class="note also" { (say::html(strings, key, &values)) } } }
}

/// Clauses of a document by their paths.
pub fn paths<'c>(
    strings: &Strings,
    links: &Links,
    policy: &Policy,
    clauses: impl Iterator<Item = &'c TopicClause>,
) -> Vec<Item> {
    let path = |c: &TopicClause| Item {
        title: say::place(strings, &c.path),
        href: links.to(&address::clause(&policy.facts.id, &c.path)),
        count: 0,
    };
    clauses.map(path).collect()
}
