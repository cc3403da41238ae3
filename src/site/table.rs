//! 任务表: obligations as rows of a table, and the names of organs in them as links. Written by hand, because a site
//! of laws has a hundred thousand rows.

use crate::corpus::Obligation;
use crate::registry::OrganId;
use crate::vocabulary::{Kind, Role};

use super::html::escape;
use super::links::Links;
use super::whole::Site;

/// Appends the table of `rows`. Columns that no row fills are left out; `source` adds the one that names the document.
pub fn obligations(out: &mut String, site: &Site<'_>, links: &Links, rows: &[&Obligation], source: bool) {
    let mixed = rows.windows(2).any(|pair| pair[0].kind != pair[1].kind);
    let roles = Role::ALL.iter().copied();
    let roles: Vec<Role> = roles.filter(|&role| rows.iter().any(|o| !o.names(role).is_empty())).collect();
    let dated = rows.iter().any(|o| o.due.is_some() || o.due_text.is_some());
    out.push_str("<div class=\"scroll\"><table class=\"cards obligations\" data-filter><thead><tr>");
    if mixed {
        head(out, "类别", "kind");
    }
    head(out, "任务", "task");
    for role in &roles {
        head(out, role.label(), role.key());
    }
    if dated {
        head(out, "时限", "due");
    }
    if source {
        head(out, "出处", "source")
    } else {
        head(out, "条款", "clause")
    }
    out.push_str("</tr></thead><tbody>\n");
    for o in rows {
        row(out, site, links, o, Shape { mixed, roles: &roles, dated, source });
    }
    out.push_str("</tbody></table></div>");
}

#[derive(Clone, Copy)]
struct Shape<'a> {
    mixed: bool,
    roles: &'a [Role],
    dated: bool,
    source: bool,
}

/// The heading of a column.
pub fn head(out: &mut String, title: &str, class: &str) {
    out.push_str("<th scope=\"col\" class=\"c-");
    out.push_str(class);
    out.push_str("\">");
    out.push_str(title);
    out.push_str("</th>");
}

/// A cell; on a phone the style sheet puts the column's name before it, by its class.
pub fn cell(out: &mut String, class: &str) {
    out.push_str("<td class=\"c-");
    out.push_str(class);
    out.push_str("\">");
}

fn row(out: &mut String, site: &Site<'_>, links: &Links, o: &Obligation, shape: Shape<'_>) {
    out.push_str("<tr>");
    if shape.mixed {
        cell(out, "kind");
        out.push_str("<span class=\"tag k-");
        out.push_str(o.kind.key());
        out.push_str("\">");
        out.push_str(o.kind.label());
        out.push_str("</span></td>");
    }
    cell(out, "task");
    task(out, links, o, if shape.source { SAID } else { SAID_HERE });
    out.push_str("</td>");
    for &role in shape.roles {
        cell(out, role.key());
        organs(out, site, links, o, role);
        if o.open_role() == Some(role) {
            out.push('等');
        }
        out.push_str("</td>");
    }
    if shape.dated {
        cell(out, "due");
        due(out, o);
        out.push_str("</td>");
    }
    cell(out, if shape.source { "source" } else { "clause" });
    out.push_str("<a href=\"");
    links.push(out, &o.url);
    out.push_str("\">");
    if shape.source {
        let policy = site.corpus.documents.get(o.policy).map(|p| &p.facts);
        let name = o.number.as_deref().or(policy.map(|r| r.title.as_str())).unwrap_or(&o.document);
        out.push_str(if o.number.is_some() { "<span class=\"nowrap\">" } else { "<span>" });
        escape(out, name);
        out.push_str("</span> ");
    } else if o.path.is_empty() {
        out.push_str("正文");
    }
    out.push_str("<span class=\"nowrap\">");
    escape(out, &printed_path(&o.path));
    out.push_str("</span>");
    out.push_str("</a></td></tr>\n");
}

/// How much of an obligation's words a row shows, in characters; the whole stands at the clause that the row leads to.
const SAID: usize = 120;
/// The same on the document's own page, where the clause is at hand.
const SAID_HERE: usize = 60;

/// The task: its heading, then the beginning of its words where they say more, then its indicators.
fn task(out: &mut String, links: &Links, o: &Obligation, said: usize) {
    if let Some(title) = &o.title {
        // Duties and targets of one clause share its heading; their own words come first in the eye.
        let whole = o.kind == Kind::Assignment || *title == o.text;
        out.push_str(if whole { "<a class=\"task-title\" href=\"" } else { "<a class=\"task-clause\" href=\"" });
        links.push(out, &o.url);
        out.push_str("\">");
        escape(out, title);
        out.push_str("</a> ");
    }
    if o.title.as_deref() != Some(o.text.as_str()) {
        out.push_str("<span class=\"said\">");
        let end = o.text.char_indices().nth(said).map(|(i, _)| i);
        escape(out, &o.text[..end.unwrap_or(o.text.len())]);
        out.push_str(if end.is_some() { "…</span>" } else { "</span>" });
    }
    for i in &o.indicators {
        out.push_str(" <span class=\"indicator\">");
        escape(out, &i.shown(" "));
        out.push_str("</span>");
    }
}

/// The deadline as printed, with its last day for machines and for the script that marks what is overdue.
pub fn due(out: &mut String, o: &Obligation) {
    let day = o.due.map(|d| d.to_string());
    let Some(shown) = o.due_text.as_deref().or(day.as_deref()) else { return };
    match &day {
        Some(day) => {
            out.push_str("<time class=\"deadline\" data-due=\"");
            escape(out, day);
            out.push_str("\" datetime=\"");
            escape(out, day);
            out.push_str("\">");
            escape(out, shown);
            out.push_str("</time>");
        }
        None => escape(out, shown),
    }
    if o.due_inherited {
        out.push_str("<span class=\"note\">（承上文）</span>");
    }
}

/// The printed names of a role, each a link to its organ where it resolves.
pub fn organs(out: &mut String, site: &Site<'_>, links: &Links, o: &Obligation, role: Role) {
    let names = o.names(role).iter().map(|name| (name.as_str(), o.organs.get(name)));
    chips(out, site, links, names, role);
}

/// Names in a role, each a link to the organ beside it.
pub fn chips<'n>(
    out: &mut String,
    site: &Site<'_>,
    links: &Links,
    names: impl Iterator<Item = (&'n str, Option<&'n OrganId>)>,
    role: Role,
) {
    let mut names = names.peekable();
    while let Some((name, organ)) = names.next() {
        // A separator keeps to the name before it.
        out.push_str("<span class=\"nowrap\">");
        match organ.and_then(|id| site.organ(id)) {
            Some(organ) => {
                out.push_str("<a class=\"chip ");
                out.push_str(role.key());
                out.push_str("\" href=\"");
                links.push(out, &organ.url);
                out.push_str("\">");
                escape(out, name);
                out.push_str("</a>");
            }
            None => {
                out.push_str("<span class=\"chip ");
                out.push_str(role.key());
                out.push_str("\">");
                escape(out, name);
                out.push_str("</span>");
            }
        }
        out.push_str(if names.peek().is_some() { "<span class=\"sep\">、</span></span><wbr>" } else { "</span>" });
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
