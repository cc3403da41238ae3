//! 任务表: obligations as rows of a table, and the names of organs in them as links.

use std::collections::BTreeMap;

use gongwen::Span;

use crate::corpus::{MarkKind, Obligation, Policy};
use crate::registry::OrganId;
use crate::strings::Strings;
use crate::vocabulary::{Kind, Role};

use super::address;
use super::html::{Markup, beginning, html};
use super::links::Links;
use super::say;
use super::whole::Site;

/// The table of `rows`: what, who, when and where, on every page in the same four columns, as the explorer draws them.
/// `source` names the document too.
pub fn obligations(site: &Site<'_>, links: &Links, rows: &[&Obligation], source: bool) -> Markup {
    html! {
        table class="tasks-table obligations" data-filter {
            (columns(site.strings, if source { "table.source" } else { "table.clause" }))
            tbody {
                "\n"
                @for o in rows { (row(site, links, o, source, None)) "\n" }
            }
        }
    }
}

/// The table of a document's own page: each row is the record of an obligation, to which its mark in the text leads and
/// which leads to its mark.
pub fn records(site: &Site<'_>, links: &Links, policy: &Policy) -> Markup {
    let marked = first_marks(policy);
    let listed = site.obligations_of(policy).iter().enumerate().filter(|(_, o)| is_listed(policy, o));
    let is_marked = |number: usize| marked.contains_key(&(policy.obligations.start + number));
    html! {
        table class="tasks-table obligations" data-filter {
            (columns(site.strings, "table.clause"))
            tbody {
                "\n"
                @for (number, o) in listed {
                    (row(site, links, o, false, Some(Record { number, marked: is_marked(number) }))) "\n"
                }
            }
        }
    }
}

fn columns(strings: &Strings, place: &str) -> Markup {
    html! {
        thead {
            tr {
                th scope="col" class="t-task" { (strings.text("table.task")) }
                th scope="col" class="t-who" { (strings.text("table.who")) }
                th scope="col" class="t-due" { (strings.text("table.due")) }
                th scope="col" class="t-source" { (strings.text(place)) }
            }
        }
    }
}

/// A row that is the record of an obligation of its page.
#[derive(Clone, Copy)]
struct Record {
    /// Its number in the document, from 0.
    number: usize,
    /// Its words are marked in the text.
    marked: bool,
}

/// The id of the record of a document's obligation number `number`.
pub fn record_id(number: usize) -> String {
    format!("zk-o-{}", number + 1)
}

/// The id of the words of a document's obligation number `number`.
pub fn mark_id(number: usize) -> String {
    format!("zk-m-{}", number + 1)
}

/// Where the first mark of each obligation of a document stands; by the obligation's index in the corpus.
pub fn first_marks(policy: &Policy) -> BTreeMap<usize, Span> {
    let mut marks = BTreeMap::new();
    for mark in &policy.marks {
        if let MarkKind::Obligation(i) = mark.kind {
            marks.entry(i).or_insert(mark.span);
        }
    }
    marks
}

/// True where the page of its document lists an obligation: a statute is duties from its first article to its last, and
/// its text is their list.
pub fn is_listed(policy: &Policy, o: &Obligation) -> bool {
    let is_article = |number: &str| number.starts_with('第') && number.ends_with('条');
    o.kind != Kind::Duty || !policy.outline.entries.iter().any(|e| is_article(&e.number))
}

/// The heading of a column.
pub fn head(title: &str, class: &str) -> Markup {
    html! { th scope="col" class={ "c-" (class) } { (title) } }
}

/// A cell; on a phone the style sheet puts the column's name before it, by its class.
pub fn cell(class: &str, inside: &Markup) -> Markup {
    html! { td class={ "c-" (class) } { (inside) } }
}

fn row(site: &Site<'_>, links: &Links, o: &Obligation, named: bool, record: Option<Record>) -> Markup {
    let mark = record.filter(|r| r.marked).map(|r| format!("#{}", mark_id(r.number)));
    html! {
        tr id=[record.map(|r| record_id(r.number))] {
            td class="t-task" {
                span class={ "tag k-" (o.kind.key()) } { (say::kind(site.strings, o.kind)) }
                " "
                (task(site, links, o, mark.as_deref()))
            }
            td class="t-who" { (who(site, links, o)) }
            td class="t-due" { (due(site.strings, o)) }
            td class="t-source" { (source(site, links, o, named)) }
        }
    }
}

/// Everybody who plays a part, a line a part; else who answers for it, and what says so.
pub fn who(site: &Site<'_>, links: &Links, o: &Obligation) -> Markup {
    let played = Role::BY_WEIGHT.into_iter().filter(|&role| !o.names(role).is_empty());
    html! {
        @for role in played {
            p class={ "part r-" (role.key()) } {
                span class="part-name" { (say::short(site.strings, role)) }
                " "
                (organs(site, links, o, role))
                @if o.open_role() == Some(role) { (site.strings.text("list.etc")) }
            }
        }
        @for (group, first) in o.responsible_groups().filter_map(|(group, _)| Some((group, group.first()?))) {
            @let names = group.iter().map(|r| (r.name.as_str(), o.organs.get(&r.name)));
            p class="part r-responsible" {
                span class="part-name" { (say::marked(site.strings, &say::from(site.strings, first, &o.path))) }
                " "
                // They are not printed here: none of the weights of a printed part.
                (chips(site, links, names, Role::Actor))
            }
        }
    }
}

/// Where it stands: the clause, and the document where that must be `named`.
pub fn source(site: &Site<'_>, links: &Links, o: &Obligation, named: bool) -> Markup {
    let title = || site.corpus.documents.get(o.policy).map_or(o.document.as_str(), |p| p.facts.title.as_str());
    html! {
        a href=(links.to(&o.url)) {
            @if named {
                span class=[o.number.is_some().then_some("number")] lang=[site.strings.of_documents()] { (o.number.as_deref().unwrap_or_else(title)) }
                " "
            } @else if o.path.is_empty() {
                (site.strings.text("table.text"))
            }
            span class="number" lang=[site.strings.of_documents()] { (printed_path(&o.path)) }
        }
    }
}

/// How much of an obligation's words a row shows, in characters; the whole stands at the clause that the row leads to.
const SAID: usize = 120;

/// The task: its heading, then the beginning of its words where they say more, then its indicators. What somebody has
/// promised and what is to be reached are never cut. Without a heading the words lead to the clause.
fn task(site: &Site<'_>, links: &Links, o: &Obligation, mark: Option<&str>) -> Markup {
    // Duties and targets of one clause share its heading; their own words come first in the eye.
    let whole = o.kind == Kind::Assignment || o.title.as_ref() == Some(&o.text);
    let most = if matches!(o.kind, Kind::Commitment | Kind::Target) { usize::MAX } else { SAID };
    let href = mark.map_or_else(|| links.to(&o.url), str::to_owned);
    let (shown, more) = beginning(&o.text, most);
    let lang = site.strings.of_documents();
    html! {
        @match &o.title {
            Some(title) => {
                a class=(if whole { "task-title" } else { "task-clause" }) href=(href) lang=[lang] { (title) }
                @if *title != o.text { " " span class="said" lang=[lang] { (shown) @if more { "…" } } }
            }
            None => { a class="said" href=(href) lang=[lang] { (shown) @if more { "…" } } }
        }
        @for i in &o.indicators { " " span class="indicator" { (say::marked(site.strings, &i.shown(" "))) } }
        (unsure(site.strings, o))
        (progress(site, links, o))
    }
}

/// How far it has come, a line a record, with the way to what says so.
pub fn progress(site: &Site<'_>, links: &Links, o: &Obligation) -> Markup {
    html! {
        @for record in &o.progress {
            span class={ "progress s-" (record.state.key()) } {
                b { (say::state(site.strings, record.state)) }
                @if let Some(day) = record.date { " " time datetime=(day.to_string()) { (day.to_string()) } }
                @if let Some(name) = &record.document {
                    " " (site.strings.text("table.see"))
                    @match site.document(name) {
                        Some(policy) => {
                            // A clause that is not there would lead nowhere.
                            @let clause = record.clause.as_deref().filter(|path| policy.outline.find(path).is_some());
                            @let to = address::clause(&policy.facts.id, clause.unwrap_or_default());
                            a href=(links.to(&to)) lang=[site.strings.of_documents()] {
                                (policy.facts.number.as_deref().unwrap_or(&policy.facts.title))
                                @if let Some(path) = clause { " " (printed_path(path)) }
                            }
                        }
                        None => { (say::marked(site.strings, name)) }
                    }
                }
                @if let Some(link) = &record.link { " " a href=(link) rel="external noopener" { (site.strings.text("table.evidence")) } }
                @if let Some(note) = &record.note { " " (say::marked(site.strings, note)) }
            }
        }
    }
}

/// The beginning of what a sentence says, in at most `most` characters.
pub fn words(strings: &Strings, text: &str, most: usize) -> Markup {
    let (shown, more) = beginning(text, most);
    html! { span class="said" lang=[strings.of_documents()] { (shown) @if more { "…" } } }
}

/// The deadline as printed, with its last day for machines and for the script that marks what is overdue.
pub fn due(strings: &Strings, o: &Obligation) -> Markup {
    let day = o.due.map(|d| d.to_string());
    let Some(shown) = o.due_text.as_deref().or(day.as_deref()) else { return Markup::default() };
    let shown = say::marked(strings, shown);
    html! {
        @match &day {
            Some(day) => { time class="deadline" data-due=(day) datetime=(day) { (shown) } }
            None => { (shown) }
        }
        @if o.due_inherited { span class="note" { (strings.text("table.inherited")) } }
    }
}

/// The printed names of a role, each a link to its organ where it resolves.
pub fn organs(site: &Site<'_>, links: &Links, o: &Obligation, role: Role) -> Markup {
    let names = o.names(role).iter().map(|name| (name.as_str(), o.organs.get(name)));
    chips(site, links, names, role)
}

/// Says of what rests on a weak rule that a person should look.
pub fn unsure(strings: &Strings, o: &Obligation) -> Markup {
    html! {
        @if !o.sure {
            " " span class="note unsure" title=(strings.text("table.unsure_about")) { (strings.text("table.unsure")) }
        }
    }
}

/// Characters of a name that is not broken: 市人力资源和社会保障局, but not a list of fields ending in 等部门.
const SHORT: usize = 14;

/// Names in a role, each a link to the organ beside it.
pub fn chips<'n>(
    site: &Site<'_>,
    links: &Links,
    names: impl Iterator<Item = (&'n str, Option<&'n OrganId>)>,
    role: Role,
) -> Markup {
    let mut names = names.peekable();
    let lang = site.strings.of_documents();
    html! {
        @while let Some((name, organ)) = names.next() {
            // A separator keeps to the name before it; a short name stands on one line.
            span class=[(name.chars().count() <= SHORT).then_some("nowrap")] {
                @match organ.and_then(|id| site.organ(id)) {
                    Some(organ) => { a class={ "chip " (role.key()) } href=(links.to(&organ.url)) lang=[lang] { (name) } }
                    None => { span class={ "chip " (role.key()) } lang=[lang] { (name) } }
                }
                @if names.peek().is_some() { span class="sep" { (site.strings.text("list.and")) } }
            }
            @if names.peek().is_some() { wbr; }
        }
    }
}

/// An outline path as people cite it: 三（一）, 附件 1.
pub fn printed_path(path: &str) -> String {
    let mut shown = String::with_capacity(path.len());
    for (i, part) in path.split('/').enumerate() {
        if i > 0 && !part.starts_with(['（', '(']) {
            shown.push(' ');
        }
        shown.push_str(part);
    }
    shown
}
