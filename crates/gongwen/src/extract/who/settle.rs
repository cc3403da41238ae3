//! From what the words say to who leads, supports, shares and implements.

use std::collections::HashSet;

use super::parsed::Parsed;
use super::words::{Role, WORDS};
use crate::extract::Name;
use crate::extract::kit::brackets::without_strays;
use crate::extract::kit::organ::{Actor, actor, places_only, without_alias};
use crate::wordlist::{ends_with, starts_with};
use crate::{Document, Span};

/// Rules that an annotation sets for those after it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Standing {
    /// 列第一位者为牵头单位，下同.
    pub(super) first_leads: bool,
    /// 以下均需…落实，不再列出.
    pub(super) implement: Vec<Name>,
    /// The chapter that the rules hold in, where they say so; its number.
    chapter: Option<String>,
}

impl Standing {
    /// Takes in what a sentence of the text sets for every later clause.
    pub(super) fn declare(&mut self, document: &Document, parsed: &Parsed) {
        extend(&mut self.implement, parsed.names().map(|&span| name(document, span)));
    }

    /// Adds the rules of `other`.
    pub(super) fn take_in(&mut self, other: Standing) {
        self.first_leads |= other.first_leads;
        extend(&mut self.implement, other.implement);
    }

    /// Forgets the rules of another chapter than the one of `path`.
    pub(super) fn enter(&mut self, path: &str) {
        if self.chapter.as_deref().is_some_and(|c| c != chapter(path)) {
            *self = Standing::default();
        }
    }
}

/// The outermost number of a path.
fn chapter(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
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
/// document says that the first leads; then the others share, unless words say that they support.
pub(super) fn settle(document: &Document, path: &str, parsed: &Parsed, standing: &mut Standing) -> Roles {
    standing.enter(path);
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
    if parsed.chapter && (parsed.ditto || !declared.is_empty()) {
        standing.chapter = Some(chapter(path).to_owned());
    }
    let first_leads = parsed.first_leads || standing.first_leads;
    let mut all: Vec<Name> = responsible.iter().chain(&roles.joint).cloned().collect();
    all.sort_by_key(|n| n.span);
    // 各有关部门、地方各级人民政府负责: a class cannot be the one that leads.
    if roles.lead.is_empty() && first_leads && all.first().is_some_and(|n| !is_class(&n.text)) {
        roles.joint.clear();
        let mut all = all.into_iter();
        roles.lead.extend(all.next());
        extend(&mut roles.joint, all);
    } else if !responsible.is_empty() {
        let several = responsible.len() > 1 || parsed.open_ended || responsible.iter().any(|n| is_class(&n.text));
        if !roles.lead.is_empty() {
            let (local, joint): (Vec<Name>, Vec<Name>) = responsible.into_iter().partition(|n| is_local(&n.text));
            extend(&mut roles.joint, joint);
            extend(&mut roles.implement, local);
        } else if roles.joint.is_empty() && (!several || !roles.support.is_empty()) {
            extend(&mut roles.lead, responsible);
        } else {
            // 责任单位：市发展改革委、各区政府: governments of places carry out what departments answer for.
            let (local, others): (Vec<Name>, Vec<Name>) = responsible.into_iter().partition(|n| is_local(&n.text));
            let carried = !others.is_empty();
            extend(&mut roles.joint, others);
            extend(if carried { &mut roles.implement } else { &mut roles.joint }, local);
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

/// The name that stands at `span`, without a bracket that only the layout put there or that gives it a short name.
fn name(document: &Document, span: Span) -> Name {
    let span = Span { end: span.start + without_alias(document.quote(span)).len(), ..span };
    Name { text: without_strays(document.quote(span)).into_owned(), span }
}

/// Adds names that are not there yet.
fn extend(list: &mut Vec<Name>, names: impl IntoIterator<Item = Name>) {
    let mut have: HashSet<String> = list.iter().map(|n| n.text.clone()).collect();
    // A name of nothing but brackets that close nothing is none.
    list.extend(names.into_iter().filter(|n| !n.text.trim().is_empty() && have.insert(n.text.clone())));
}

/// 各相关部门: several, though one name.
fn is_class(name: &str) -> bool {
    actor(name) == Actor::Class || starts_with(name, &WORDS.each)
}

/// 各县（市、区）人民政府, 县（市、区）, 各乡镇, 龙山镇: governments of places, not departments (县委宣传部, 县供销合作社).
fn is_local(name: &str) -> bool {
    let government = || WORDS.governments.iter().find_map(|w| name.strip_suffix(w.as_str()));
    let other = || government().is_some_and(|stem| !WORDS.own.iter().any(|w| w == stem));
    let each = || starts_with(name, &WORDS.local) && !ends_with(name, &WORDS.offices);
    each() || places_only(name) || ends_with(name, &WORDS.towns) || other()
}
