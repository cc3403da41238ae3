//! 任务表: obligations as rows of a table, and the names of organs in them as links.

use crate::corpus::Obligation;
use crate::registry::OrganId;
use crate::vocabulary::{Kind, RESPONSIBLE, Role, UNSURE};

use super::html::{Markup, beginning, html};
use super::links::Links;
use super::whole::Site;

/// The table of `rows`. Columns that no row fills are left out; `source` adds the one that names the document.
pub fn obligations(site: &Site<'_>, links: &Links, rows: &[&Obligation], source: bool) -> Markup {
    let roles = Role::ALL.iter().copied();
    let shape = Shape {
        mixed: rows.windows(2).any(|pair| pair[0].kind != pair[1].kind),
        roles: &roles.filter(|&role| rows.iter().any(|o| !o.names(role).is_empty())).collect::<Vec<_>>(),
        answered: rows.iter().any(|o| !o.responsible.is_empty()),
        dated: rows.iter().any(|o| o.due.is_some() || o.due_text.is_some()),
        source,
    };
    html! {
        div class="scroll" {
            table class="cards obligations" data-filter {
                thead {
                    tr {
                        @if shape.mixed { (head("类别", "kind")) }
                        (head("任务", "task"))
                        @for role in shape.roles { (head(role.label(), role.key())) }
                        @if shape.answered { (head(RESPONSIBLE, "responsible")) }
                        @if shape.dated { (head("时限", "due")) }
                        @if source { (head("出处", "source")) } @else { (head("条款", "clause")) }
                    }
                }
                tbody {
                    "\n"
                    @for o in rows { (row(site, links, o, shape)) "\n" }
                }
            }
        }
    }
}

/// The columns of a table.
#[derive(Clone, Copy)]
struct Shape<'a> {
    mixed: bool,
    roles: &'a [Role],
    answered: bool,
    dated: bool,
    source: bool,
}

/// The heading of a column.
pub fn head(title: &str, class: &str) -> Markup {
    html! { th scope="col" class={ "c-" (class) } { (title) } }
}

/// A cell; on a phone the style sheet puts the column's name before it, by its class.
pub fn cell(class: &str, inside: &Markup) -> Markup {
    html! { td class={ "c-" (class) } { (inside) } }
}

fn row(site: &Site<'_>, links: &Links, o: &Obligation, shape: Shape<'_>) -> Markup {
    let kind = || html! { span class={ "tag k-" (o.kind.key()) } { (o.kind.label()) } };
    let part = |role| html! { (organs(site, links, o, role)) @if o.open_role() == Some(role) { "等" } };
    let (place, said) = if shape.source { ("source", SAID) } else { ("clause", SAID_HERE) };
    html! {
        tr {
            @if shape.mixed { (cell("kind", &kind())) }
            (cell("task", &task(links, o, said)))
            @for &role in shape.roles { (cell(role.key(), &part(role))) }
            @if shape.answered { (cell("responsible", &responsible(site, links, o))) }
            @if shape.dated { (cell("due", &due(o))) }
            (cell(place, &source(site, links, o, shape.source)))
        }
    }
}

/// Where it stands: the clause, and the document where that must be `named`.
fn source(site: &Site<'_>, links: &Links, o: &Obligation, named: bool) -> Markup {
    let title = || site.corpus.documents.get(o.policy).map_or(o.document.as_str(), |p| p.facts.title.as_str());
    html! {
        a href=(links.to(&o.url)) {
            @if named {
                span class=[o.number.is_some().then_some("nowrap")] { (o.number.as_deref().unwrap_or_else(title)) }
                " "
            } @else if o.path.is_empty() {
                "正文"
            }
            span class="nowrap" { (printed_path(&o.path)) }
        }
    }
}

/// How much of an obligation's words a row shows, in characters; the whole stands at the clause that the row leads to.
const SAID: usize = 120;
/// The same on the document's own page, where the clause is at hand.
const SAID_HERE: usize = 60;

/// The task: its heading, then the beginning of its words where they say more, then its indicators.
fn task(links: &Links, o: &Obligation, said: usize) -> Markup {
    // Duties and targets of one clause share its heading; their own words come first in the eye.
    let whole = o.kind == Kind::Assignment || o.title.as_ref() == Some(&o.text);
    html! {
        @if let Some(title) = &o.title {
            a class=(if whole { "task-title" } else { "task-clause" }) href=(links.to(&o.url)) { (title) }
            " "
        }
        @if o.title.as_ref() != Some(&o.text) { (words(&o.text, said)) }
        @for i in &o.indicators { " " span class="indicator" { (i.shown(" ")) } }
        (unsure(o))
    }
}

/// The beginning of what a sentence says, in at most `most` characters.
pub fn words(text: &str, most: usize) -> Markup {
    let (shown, more) = beginning(text, most);
    html! { span class="said" { (shown) @if more { "…" } } }
}

/// The deadline as printed, with its last day for machines and for the script that marks what is overdue.
pub fn due(o: &Obligation) -> Markup {
    let day = o.due.map(|d| d.to_string());
    let Some(shown) = o.due_text.as_deref().or(day.as_deref()) else { return Markup::default() };
    html! {
        @match &day {
            Some(day) => { time class="deadline" data-due=(day) datetime=(day) { (shown) } }
            None => { (shown) }
        }
        @if o.due_inherited { span class="note" { "（承上文）" } }
    }
}

/// The printed names of a role, each a link to its organ where it resolves.
pub fn organs(site: &Site<'_>, links: &Links, o: &Obligation, role: Role) -> Markup {
    let names = o.names(role).iter().map(|name| (name.as_str(), o.organs.get(name)));
    chips(site, links, names, role)
}

/// Who answers for what names nobody, and what says so.
fn responsible(site: &Site<'_>, links: &Links, o: &Obligation) -> Markup {
    html! {
        @for (group, said) in o.responsible_groups() {
            @let names = group.iter().map(|r| (r.name.as_str(), o.organs.get(&r.name)));
            // They are not printed here: none of the weights of a printed part.
            (chips(site, links, names, Role::Actor))
            span class="note" { "（" (said) "）" }
        }
    }
}

/// Says of what rests on a weak rule that a person should look.
pub fn unsure(o: &Obligation) -> Markup {
    html! {
        @if !o.sure {
            " " span class="note unsure" title="这一项的识别依据较弱，请对照原文" { (UNSURE) }
        }
    }
}

/// Names in a role, each a link to the organ beside it.
pub fn chips<'n>(
    site: &Site<'_>,
    links: &Links,
    names: impl Iterator<Item = (&'n str, Option<&'n OrganId>)>,
    role: Role,
) -> Markup {
    let mut names = names.peekable();
    html! {
        @while let Some((name, organ)) = names.next() {
            // A separator keeps to the name before it.
            span class="nowrap" {
                @match organ.and_then(|id| site.organ(id)) {
                    Some(organ) => { a class={ "chip " (role.key()) } href=(links.to(&organ.url)) { (name) } }
                    None => { span class={ "chip " (role.key()) } { (name) } }
                }
                @if names.peek().is_some() { span class="sep" { "、" } }
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
