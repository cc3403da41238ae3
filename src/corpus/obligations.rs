//! 任务: findings of the text → obligations of the open data, their names resolved to organs.

use gongwen::extract::{Assignment, Deadline, Name};
use gongwen::{Document, Span};

use super::model::*;
use crate::address;
use crate::registry::{Context, Registry};

/// The obligations that a document's findings state, their names not yet resolved, in the order of the text.
pub(super) fn read(id: &str, document: &Document, assignments: Vec<Assignment>) -> Vec<Obligation> {
    let mut found: Vec<Obligation> = assignments.into_iter().map(|a| assignment(document, a)).collect();
    for obligation in &mut found {
        obligation.document = id.to_owned();
    }
    found
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
        ..Obligation::new(ObligationKind::Assignment, a.path, span)
    };
    if let Some(due) = a.due {
        set_due(&mut obligation, document, &due);
    }
    obligation
}

fn set_due(obligation: &mut Obligation, document: &Document, due: &Deadline) {
    obligation.due_text = Some(document.quote(due.text).to_owned());
    obligation.due = due.due.map(|d| d.to_string());
    obligation.due_edtf = due.edtf.map(|e| e.to_string());
    obligation.due_inherited = due.inherited;
    obligation.due_span = Some(due.text);
    obligation.open = due.open;
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|n| n.text.clone()).collect()
}

/// Gives every obligation its id and address, and resolves its names.
pub(super) fn finish(found: &mut [Obligation], record: &DocumentRecord, registry: &Registry, context: &Context<'_>) {
    let mut counts: std::collections::HashMap<(String, ObligationKind), usize> = std::collections::HashMap::new();
    for o in found {
        let n = counts.entry((o.path.clone(), o.kind)).or_default();
        *n += 1;
        o.id = format!("{}#{}:{}-{n}", record.id, o.path, o.kind.name());
        o.number = record.number.clone();
        o.url = address::clause(&record.id, &o.path);
        let names = |o: &Obligation| -> Vec<Vec<String>> {
            [&o.lead, &o.support, &o.joint, &o.implement, &o.actor].into_iter().cloned().collect()
        };
        for list in names(o) {
            for (name, resolution) in list.iter().zip(registry.resolve_list(&list, context)) {
                if let Some(organ) = resolution.organ() {
                    o.organs.insert(name.clone(), organ.to_string());
                }
            }
        }
    }
}
