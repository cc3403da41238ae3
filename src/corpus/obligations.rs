//! 任务: findings of the text → obligations of the open data, their names resolved to organs.

use std::collections::{BTreeMap, HashMap};

use gongwen::extract::kit::organ::Actor;
use gongwen::extract::{Assignment, Commitment, Deadline, Duty, Findings, Name, Target};
use gongwen::{Document, Outline, Span};

use super::model::*;
use crate::address;
use crate::registry::{Context, OrganId, Registry, Resolution};
use crate::vocabulary::{Kind, Role};

/// The obligations that a document's findings state, their names not yet resolved, in the order of the text.
pub(super) fn read(document: &Document, outline: &Outline, findings: Findings) -> Vec<Obligation> {
    // Every list by its name, so that a new one cannot be forgotten. Those left out here are taken by the builder.
    let Findings { assignments, targets, duties, commitments, citations: _, validity: _, references: _, consulted: _ } =
        findings;
    let mut found: Vec<Obligation> = assignments.into_iter().map(|a| assignment(document, a)).collect();
    found.extend(targets.into_iter().map(|t| target(document, t)));
    // Institutions and applicants have duties too, but no page and no office that answers for them.
    found.extend(
        duties.into_iter().filter(|d| matches!(d.holder, Actor::Organ | Actor::Class)).map(|d| duty(document, d)),
    );
    found.extend(commitments.into_iter().map(|c| commitment(document, c)));
    for obligation in &mut found {
        if obligation.title.is_none() && obligation.kind != Kind::Assignment {
            obligation.title = outline.find(&obligation.path).and_then(|e| e.title.clone());
        }
    }
    found.sort_by_key(|o| (o.span.block, o.span.start, o.kind));
    found
}

fn target(document: &Document, t: Target) -> Obligation {
    let mut obligation = stated(Kind::Target, document, t.path, t.text, &[], &t.indicators);
    set_due(&mut obligation, document, &t.due);
    obligation.responsible = t.responsible;
    obligation.sure = t.sure;
    obligation
}

fn duty(document: &Document, d: Duty) -> Obligation {
    let mut obligation = stated(Kind::Duty, document, d.path, d.text, &d.actor, &d.indicators);
    obligation.modal = Some(document.quote(d.modal).to_owned());
    obligation.sure = d.sure;
    if let Some(due) = d.due {
        set_due(&mut obligation, document, &due);
    }
    obligation
}

fn commitment(document: &Document, c: Commitment) -> Obligation {
    let mut obligation = stated(Kind::Commitment, document, c.path, c.text, &c.actor, &c.indicators);
    obligation.responsible = c.responsible;
    obligation.sure = c.sure;
    if let Some(due) = c.due {
        set_due(&mut obligation, document, &due);
    }
    obligation
}

/// An obligation that a sentence states.
fn stated(
    kind: Kind,
    document: &Document,
    path: String,
    text: Span,
    actor: &[Name],
    indicators: &[gongwen::extract::Indicator],
) -> Obligation {
    Obligation {
        text: document.quote(text).to_owned(),
        actor: texts(actor),
        indicators: indicators
            .iter()
            .map(|i| Indicator {
                text: document.quote(i.text).to_owned(),
                op: i.op,
                value: i.value,
                unit: i.unit.clone(),
            })
            .collect(),
        ..Obligation::new(kind, path, text)
    }
}

fn assignment(document: &Document, a: Assignment) -> Obligation {
    let annotation: Vec<&str> = a.annotation.iter().map(|s| document.quote(*s)).collect();
    let span = a.text.or(a.annotation.first().copied()).unwrap_or(Span::new(0, 0..0));
    let text = a.text.map(|s| document.quote(s).to_owned()).or_else(|| a.title.clone()).unwrap_or_default();
    let mut obligation = Obligation {
        title: a.title,
        text,
        lead: texts(&a.lead),
        support: texts(&a.support),
        joint: texts(&a.joint),
        implement: texts(&a.implement),
        open_ended: a.open_ended,
        annotation: (!annotation.is_empty()).then(|| annotation.concat()),
        annotation_spans: a.annotation,
        unparsed: a.unparsed,
        sure: a.sure,
        ..Obligation::new(Kind::Assignment, a.path, span)
    };
    if let Some(due) = a.due {
        set_due(&mut obligation, document, &due);
    }
    obligation
}

fn set_due(obligation: &mut Obligation, document: &Document, due: &Deadline) {
    obligation.due_text = Some(document.quote(due.text).to_owned());
    obligation.due = due.due;
    obligation.due_edtf = due.edtf;
    obligation.due_inherited = due.inherited;
    obligation.due_span = Some(due.text);
    obligation.open = due.open;
    obligation.due_problem = due.problem;
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
