//! 任务: findings of the text → obligations of the open data, their names resolved to organs.

use std::collections::{BTreeMap, HashMap};

use gongwen::extract::{self, Findings, Name, Task};
use gongwen::{Document, Outline};

use super::model::*;
use crate::address;
use crate::registry::{Context, OrganId, Registry, Resolution};
use crate::vocabulary::{Kind, Role};

/// The obligations that a document's findings state, their names not yet resolved, in the order of the text.
pub(super) fn read(document: &Document, outline: &Outline, findings: &Findings) -> Vec<Obligation> {
    extract::tasks(document, outline, findings).into_iter().map(|task| obligation(document, task)).collect()
}

fn obligation(document: &Document, task: Task) -> Obligation {
    let annotation: Vec<&str> = task.annotation.iter().map(|s| document.quote(*s)).collect();
    let indicator = |i: &extract::Indicator| Indicator {
        text: document.quote(i.text).to_owned(),
        op: i.op,
        value: i.value,
        unit: i.unit.clone(),
    };
    let due = task.due.as_ref();
    Obligation {
        title: task.title,
        text: task.text,
        lead: texts(&task.lead),
        support: texts(&task.support),
        joint: texts(&task.joint),
        implement: texts(&task.implement),
        actor: texts(&task.actor),
        open_ended: task.open_ended,
        annotation: (!annotation.is_empty()).then(|| annotation.concat()),
        annotation_spans: task.annotation,
        unparsed: task.unparsed,
        modal: task.modal.map(|s| document.quote(s).to_owned()),
        due_text: due.map(|due| document.quote(due.text).to_owned()),
        due: due.and_then(|due| due.due),
        due_edtf: due.and_then(|due| due.edtf),
        due_inherited: due.is_some_and(|due| due.inherited),
        due_span: due.map(|due| due.text),
        open: due.is_some_and(|due| due.open),
        due_problem: due.and_then(|due| due.problem),
        indicators: task.indicators.iter().map(indicator).collect(),
        responsible: task.responsible,
        sure: task.sure,
        ..Obligation::new(task.kind.into(), task.path, task.span)
    }
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|n| n.text.clone()).collect()
}

/// Says of an obligation what follows from its document and its path.
pub(super) fn place(o: &mut Obligation, facts: &Facts) {
    o.document.clone_from(&facts.id);
    o.number.clone_from(&facts.number);
    o.url = address::clause(&facts.id, &o.path);
}

/// Gives every obligation its id and address, and resolves its names. 我委 is the organ whose section of a reply it
/// stands in, `sections` by path, or the issuer.
pub(super) fn finish(
    found: &mut [Obligation],
    facts: &Facts,
    registry: &Registry,
    context: &Context<'_>,
    sections: &[(&str, &OrganId)],
) {
    let mut counts: HashMap<(String, Kind), usize> = HashMap::new();
    // A document names the same few organs over and over.
    let mut known: HashMap<Vec<String>, Vec<Option<OrganId>>> = HashMap::new();
    let mut speaker: Option<&OrganId> = None;
    for o in found {
        let n = counts.entry((o.path.clone(), o.kind)).or_default();
        *n += 1;
        o.id = format!("{}#{}:{}-{n}", facts.id, o.path, o.kind.key());
        place(o, facts);
        let within = |path: &str| {
            o.path.strip_prefix(path).is_some_and(|r| !path.is_empty() && (r.is_empty() || r.starts_with('/')))
        };
        let section = sections.iter().find(|(path, _)| within(path)).map(|(_, organ)| *organ);
        if section != speaker {
            known.clear();
            speaker = section;
        }
        let answering: Vec<String> = o.responsible.iter().map(|r| r.name.clone()).collect();
        let lists = Role::ALL.iter().map(|&role| o.names(role)).chain([answering.as_slice()]);
        let mut organs = BTreeMap::new();
        for names in lists.filter(|names| !names.is_empty()) {
            if !known.contains_key(names) {
                let resolve = |issuer| {
                    let organs = registry.resolve_list(names, &Context { issuer, ..*context });
                    organs.into_iter().map(|r: Resolution| r.organ().cloned())
                };
                let own = resolve(context.issuer);
                let organs = match speaker {
                    Some(_) => resolve(speaker).zip(own).map(|(said, own)| said.or(own)).collect(),
                    None => own.collect(),
                };
                known.insert(names.to_vec(), organs);
            }
            let resolved = names.iter().zip(known.get(names).into_iter().flatten());
            organs.extend(resolved.filter_map(|(name, organ)| Some((name.clone(), organ.clone()?))));
        }
        o.organs = organs;
    }
}
