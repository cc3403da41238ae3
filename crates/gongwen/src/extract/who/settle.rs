//! From what the words say to who leads, supports, shares and implements.

use std::collections::HashSet;

use super::parsed::Parsed;
use super::words::{Role, WORDS};
use crate::extract::Name;
use crate::extract::kit::organ::{Actor, actor};
use crate::wordlist::{ends_with, starts_with};
use crate::{Document, Span};

/// Rules that an annotation sets for those after it.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    /// 列第一位者为牵头单位，下同.
    pub(super) first_leads: bool,
    /// 以下均需…落实，不再列出.
    pub(super) implement: Vec<Name>,
}

/// 牵头, 配合, 共同, 落实.
#[derive(Clone, Debug, Default)]
pub(super) struct Roles {
    pub(super) lead: Vec<Name>,
    pub(super) support: Vec<Name>,
    pub(super) joint: Vec<Name>,
    pub(super) implement: Vec<Name>,
    pub(super) implement_inherited: bool,
}

/// Settles the roles of one annotation and takes its rules for later ones into `standing`.
///
/// 负责 and 责任单位 do not say who comes first. Beside a 牵头单位 they are joint, and governments of places, who then
/// only carry out, implement. Without one, a single organ leads; several share, unless others support them, or the
/// document says that the first leads (then the rest support).
pub(super) fn settle(document: &Document, parsed: &Parsed, standing: &mut Standing) -> Roles {
    let mut roles = Roles::default();
    let mut responsible: Vec<Name> = Vec::new();
    let mut declared: Vec<Name> = Vec::new();
    for group in &parsed.groups {
        let names = group.names.iter().map(|&span| name(document, span));
        match group.role {
            Role::Lead => extend(&mut roles.lead, names),
            Role::Support => extend(&mut roles.support, names),
            Role::Joint => extend(&mut roles.joint, names),
            Role::Implement => {
                let names: Vec<Name> = names.collect();
                if group.standing || (parsed.ditto && !parsed.first_leads) {
                    extend(&mut declared, names.iter().cloned());
                }
                extend(&mut roles.implement, names);
            }
            // 以下均由各县政府负责: whoever has to do every later clause carries it out.
            _ if group.standing => {
                let names: Vec<Name> = names.collect();
                extend(&mut declared, names.iter().cloned());
                extend(&mut roles.implement, names);
            }
            _ => extend(&mut responsible, names),
        }
    }
    extend(&mut responsible, parsed.bare.iter().map(|&span| name(document, span)));

    if parsed.first_leads && parsed.ditto {
        standing.first_leads = true;
    }
    let first_leads = parsed.first_leads || standing.first_leads;
    let mut all: Vec<Name> = responsible.iter().chain(&roles.joint).cloned().collect();
    all.sort_by_key(|n| n.span);
    // 各有关部门、地方各级人民政府负责: a class cannot be the one that leads.
    if roles.lead.is_empty() && first_leads && all.first().is_some_and(|n| !is_class(&n.text)) {
        roles.joint.clear();
        let mut all = all.into_iter();
        roles.lead.extend(all.next());
        extend(&mut roles.support, all);
    } else if !responsible.is_empty() {
        let several = responsible.len() > 1 || parsed.open_ended || responsible.iter().any(|n| is_class(&n.text));
        if !roles.lead.is_empty() {
            let (local, joint): (Vec<Name>, Vec<Name>) = responsible.into_iter().partition(|n| is_local(&n.text));
            extend(&mut roles.joint, joint);
            extend(&mut roles.implement, local);
        } else if roles.joint.is_empty() && (!several || !roles.support.is_empty()) {
            extend(&mut roles.lead, responsible);
        } else {
            extend(&mut roles.joint, responsible);
        }
    }
    for list in [&mut roles.lead, &mut roles.support, &mut roles.joint, &mut roles.implement] {
        list.sort_by_key(|n| n.span);
    }
    roles.implement_inherited = roles.implement.is_empty() && !standing.implement.is_empty();
    extend(&mut roles.implement, standing.implement.iter().cloned());
    extend(&mut standing.implement, declared);
    roles
}

fn name(document: &Document, span: Span) -> Name {
    Name { text: document.quote(span).to_owned(), span }
}

/// Adds names that are not there yet.
fn extend(list: &mut Vec<Name>, names: impl IntoIterator<Item = Name>) {
    let mut have: HashSet<String> = list.iter().map(|n| n.text.clone()).collect();
    list.extend(names.into_iter().filter(|n| have.insert(n.text.clone())));
}

/// 各相关部门: several, though one name.
fn is_class(name: &str) -> bool {
    actor(name) == Actor::Class || starts_with(name, &WORDS.each)
}

/// 各县（市、区）人民政府, 各乡镇: governments of places, not departments.
fn is_local(name: &str) -> bool {
    starts_with(name, &WORDS.local) && !ends_with(name, &WORDS.offices)
}
