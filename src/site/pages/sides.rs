//! What documents say on a topic, side by side: a row a document on the topic's page, and the cells that the page of a
//! comparison has in common with it.

use crate::compare::{Goal, Side};
use crate::corpus::{Obligation, Policy, TopicClause};
use crate::vocabulary::Role;

use super::super::address;
use super::super::html::{Markup, html};
use super::super::links::Links;
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
    let part = |side: &Side<'_>, role| chips(site, links, side.names(role).map(|p| (p.name, p.organ)), role);
    html! {
        div class="scroll" {
            table class="cards obligations topic" {
                thead {
                    tr {
                        (head("文件", "document"))
                        @for role in &roles { (head(role.label(), role.key())) }
                        @if goals { (head("目标", "goal")) }
                        @if dated { (head("时限", "due")) }
                        (head("条款", "clause"))
                    }
                }
                tbody {
                    "\n"
                    @for side in sides {
                        @let r = &side.policy.facts;
                        tr id=(r.id) {
                            th scope="row" class="c-document" {
                                span class="place" { (label(side.policy)) }
                                " "
                                a href=(links.to(&r.url)) { (r.number.as_deref().unwrap_or(&r.title)) }
                            }
                            @for &role in &roles { (cell(role.key(), &part(side, role))) }
                            @if goals { (cell("goal", &lines(&side.goals, |g| goal(links, g)))) }
                            @if dated { (cell("due", &lines(&side.dated, |o| day(links, o)))) }
                            (cell("clause", &clauses(links, side)))
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
fn clauses(links: &Links, side: &Side<'_>) -> Markup {
    let (shown, more) = side.clauses.split_at(side.clauses.len().min(CLAUSES));
    let named: Vec<&TopicClause> = more.iter().copied().chain(side.besides()).collect();
    html! {
        (lines(shown, |c| clause(links, side.policy, c)))
        (others(links, side.policy, &named))
    }
}

/// What is to be reached, with its number and its day.
pub fn goal(links: &Links, goal: &Goal<'_>) -> Markup {
    let o = goal.obligation;
    html! {
        a class="goal" href=(links.to(&o.url)) { (goal.text) }
        @if o.due_text.as_deref().is_some_and(|due| !goal.text.contains(due)) { " " span class="note" { (due(o)) } }
    }
}

/// A deadline and the clause that says it.
fn day(links: &Links, o: &Obligation) -> Markup {
    html! { (due(o)) " " a class="note" href=(links.to(&o.url)) { (printed_path(&o.path)) } }
}

/// A clause: its path and heading, then the sentence that says most of the topic.
pub fn clause(links: &Links, policy: &Policy, clause: &TopicClause) -> Markup {
    let title = policy.outline.find(&clause.path).and_then(|e| e.title.as_deref());
    let sentence = policy.document.quote(clause.sentence);
    html! {
        a class="clause-link" href=(links.to(&address::clause(&policy.facts.id, &clause.path))) {
            @match title {
                Some(title) if !clause.path.is_empty() => { (printed_path(&clause.path)) " " (title) }
                _ => { (place(&clause.path)) }
            }
        }
        @if title != Some(sentence) { (words(sentence, SAID)) }
    }
}

/// The clauses that are only named.
pub fn others(links: &Links, policy: &Policy, clauses: &[&TopicClause]) -> Markup {
    let named = paths(links, policy, clauses.iter().copied().take(PATHS));
    html! {
        @if !named.is_empty() {
            p class="note also" {
                "另见 "
                @for (i, path) in named.iter().enumerate() { @if i > 0 { "、" } a href=(path.href) { (path.title) } }
                @if clauses.len() > PATHS { " 等 " (clauses.len()) " 条" }
            }
        }
    }
}

/// Clauses of a document by their paths.
pub fn paths<'c>(links: &Links, policy: &Policy, clauses: impl Iterator<Item = &'c TopicClause>) -> Vec<Item> {
    let path = |c: &TopicClause| Item {
        title: place(&c.path),
        href: links.to(&address::clause(&policy.facts.id, &c.path)),
        count: 0,
    };
    clauses.map(path).collect()
}

/// A clause as it is cited; what stands outside every clause is in the text.
fn place(path: &str) -> String {
    if path.is_empty() { "正文".to_owned() } else { printed_path(path) }
}
