//! 机关: a page for each organ that the documents name in a role, that issued a document or answered a proposal, and
//! for the organs that took over from one of them.

use std::collections::{BTreeMap, BTreeSet};

use super::model::*;
use crate::address;
use crate::registry::{self, OrganId, RegionId, Registry};

/// What the documents say of one organ.
#[derive(Default)]
struct Gathered {
    printed: Vec<PrintedName>,
    obligations: Vec<OrganObligation>,
    answers_for: Vec<AnswersFor>,
    issued: Vec<String>,
    replies: Vec<String>,
    predecessors: BTreeSet<OrganId>,
}

impl Gathered {
    fn print(&mut self, name: &str, document: &str) {
        match self.printed.iter_mut().find(|p| p.name == name) {
            Some(known) => {
                if known.documents.last().is_none_or(|d| d != document) {
                    known.documents.push(document.to_owned());
                }
            }
            None => self.printed.push(PrintedName { name: name.to_owned(), documents: vec![document.to_owned()] }),
        }
    }
}

/// Makes the list of organs and says of every reply which organs were consulted. `issuers` are the organs that signed
/// each document, `sections` those that its sections report on.
pub(super) fn join(
    corpus: &mut Corpus,
    issuers: &[Vec<Option<OrganId>>],
    sections: &[Vec<(String, OrganId)>],
    registry: &Registry,
) {
    let mut organs: BTreeMap<OrganId, Gathered> = BTreeMap::new();
    let mut consulted: Vec<Vec<OrganId>> = Vec::with_capacity(corpus.documents.len());
    for ((policy, signed), sections) in corpus.documents.iter().zip(issuers).zip(sections) {
        let id = &policy.facts.id;
        for (name, organ) in policy.facts.issuers.iter().zip(signed) {
            let Some(organ) = organ else { continue };
            let gathered = organs.entry(organ.clone()).or_default();
            gathered.print(name, id);
            gathered.issued.push(id.clone());
            if policy.facts.reply.is_some() {
                gathered.replies.push(id.clone());
            }
        }
        let mut asked = Vec::new();
        for (name, organ) in sections {
            if signed.contains(&Some(organ.clone())) || asked.contains(organ) {
                continue;
            }
            let gathered = organs.entry(organ.clone()).or_default();
            gathered.print(name, id);
            gathered.replies.push(id.clone());
            asked.push(organ.clone());
        }
        consulted.push(asked);
        for index in policy.obligations.clone() {
            let obligation = &corpus.obligations[index];
            for r in &obligation.responsible {
                let Some(organ) = obligation.organs.get(&r.name) else { continue };
                let gathered = organs.entry(organ.clone()).or_default();
                gathered.print(&r.name, id);
                let (id, from) = (obligation.id.clone(), r.from.clone());
                gathered.answers_for.push(AnswersFor { id, role: r.role, from, index });
            }
            for (role, names) in obligation.roles() {
                for name in names {
                    let Some(organ) = obligation.organs.get(name) else { continue };
                    let gathered = organs.entry(organ.clone()).or_default();
                    gathered.print(name, id);
                    gathered.obligations.push(OrganObligation { id: obligation.id.clone(), role, index });
                }
            }
        }
    }
    succeed(&mut organs, registry);
    let inherited = inherit(&organs);
    let known: BTreeMap<OrganId, usize> = organs.keys().cloned().enumerate().map(|(i, o)| (o, i)).collect();
    for (policy, asked) in corpus.documents.iter_mut().zip(consulted) {
        policy.consulted = asked.iter().filter_map(|o| known.get(o).copied()).collect();
    }
    let by_due = |o: &OrganObligation| {
        let due = corpus.obligations[o.index].due;
        (due.is_none(), due, o.index, o.role)
    };
    corpus.organs = organs
        .into_iter()
        .filter_map(|(id, mut gathered)| {
            gathered.obligations.sort_by_cached_key(by_due);
            gathered.obligations.dedup_by_key(|o| (o.index, o.role));
            gathered.answers_for.dedup_by_key(|o| o.index);
            gathered.issued.dedup();
            gathered.replies.dedup();
            page(&id, gathered, registry)
        })
        .collect();
    pass_on(corpus, &inherited);
    let sectors: BTreeSet<&str> = corpus.organs.iter().map(|o| &*o.id.sector).collect();
    corpus.synonyms = sectors.into_iter().flat_map(|s| registry.synonyms(s)).collect();
    corpus.synonyms.extend(registry.words().cloned());
}

/// Adds the organs that took over from those the documents name.
fn succeed(organs: &mut BTreeMap<OrganId, Gathered>, registry: &Registry) {
    let mut open: Vec<OrganId> = organs.keys().cloned().collect();
    while let Some(id) = open.pop() {
        for successor in registry.organ(&id, None).successors {
            if !organs.contains_key(&successor.organ) {
                open.push(successor.organ.clone());
            }
            organs.entry(successor.organ).or_default().predecessors.insert(id.clone());
        }
    }
}

/// For every organ those that ended in it, directly or by way of another, the nearest first.
fn inherit(organs: &BTreeMap<OrganId, Gathered>) -> BTreeMap<OrganId, Vec<OrganId>> {
    let all = |id: &OrganId| {
        let mut found: Vec<OrganId> = Vec::new();
        let mut next = 0;
        let mut current = id.clone();
        loop {
            let before = organs.get(&current).into_iter().flat_map(|g| &g.predecessors);
            let new: Vec<OrganId> = before.filter(|p| *p != id && !found.contains(p)).cloned().collect();
            found.extend(new);
            let Some(following) = found.get(next) else { return found };
            current.clone_from(following);
            next += 1;
        }
    };
    organs.keys().map(|id| (id.clone(), all(id))).filter(|(_, found)| !found.is_empty()).collect()
}

/// Lists on every organ's page what its predecessors were given.
fn pass_on(corpus: &mut Corpus, inherited: &BTreeMap<OrganId, Vec<OrganId>>) {
    let places: BTreeMap<OrganId, usize> = corpus.organs.iter().enumerate().map(|(i, o)| (o.id.clone(), i)).collect();
    for (heir, predecessors) in inherited {
        let of = |id: &OrganId| {
            let organ = places.get(id).and_then(|&i| corpus.organs.get(i));
            organ.into_iter().flat_map(|o| {
                o.obligations.iter().map(|obligation| Inherited { organ: o.id.clone(), obligation: obligation.clone() })
            })
        };
        let list: Vec<Inherited> = predecessors.iter().flat_map(of).collect();
        if let Some(heir) = places.get(heir).and_then(|&i| corpus.organs.get_mut(i)) {
            heir.inherited = list;
        }
    }
}

fn page(id: &OrganId, gathered: Gathered, registry: &Registry) -> Option<Organ> {
    let region = registry.region(id.region).or_else(|| registry.region(RegionId::COUNTRY))?;
    let info = registry.organ(id, None);
    let oldest_first = info.former.iter().rev();
    let mut names: Vec<NamePeriod> = oldest_first
        .map(|f| NamePeriod { name: f.name.clone(), from: f.from, to: f.to, printed: Vec::new() })
        .collect();
    names.sort_by_key(|n| (n.from, n.to));
    let since = names.iter().filter_map(|n| n.to).max();
    let since = since.or_else(|| registry.period_of(id, &info.name).and_then(|period| period.0));
    names.push(NamePeriod { name: info.name.clone(), from: since, to: info.ended, printed: Vec::new() });
    for printed in &gathered.printed {
        let Some((from, to)) = registry.period_of(id, &printed.name) else { continue };
        let last = names.len() - 1;
        // Names of periods that are not told apart are today's.
        let at = names.iter().position(|n| to.is_some() && (n.from, n.to) == (from, to)).unwrap_or(last);
        names[at].printed.push(printed.name.clone());
    }
    let handovers = |lists: [Vec<registry::Handover>; 2]| {
        let all = lists.into_iter().flatten();
        let mut all: Vec<Handover> =
            all.map(|h| Handover { year: h.year, part: h.part, organ: h.organ, name: h.name }).collect();
        all.sort();
        all
    };
    Some(Organ {
        url: address::organ(&id.to_string()),
        id: id.clone(),
        name: info.name,
        region: RegionRef::of(region),
        printed: gathered.printed,
        names,
        predecessors: gathered.predecessors.into_iter().collect(),
        successors: info.successors.iter().map(|s| s.organ.clone()).collect(),
        handed_over: handovers([info.successors, info.moved]),
        taken_over: handovers([info.predecessors, info.received]),
        obligations: gathered.obligations,
        answers_for: gathered.answers_for,
        inherited: Vec::new(),
        issued: gathered.issued,
        replies: gathered.replies,
    })
}
