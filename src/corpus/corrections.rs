//! 更正: what people set right in the front matter, applied to the findings before they are resolved.

use gongwen::date::{Edtf, Period};
use gongwen::extract::Relation;
use gongwen::{Document, Outline, Span};

use super::cited::Cited;
use super::model::*;
use crate::content::{Action, Changes, Correction, Finding, Loaded};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::vocabulary::Kind;

/// Applies the corrections of `file`; those that match nothing are reported.
pub(super) fn apply(
    file: &Loaded,
    corrections: &[Correction],
    document: &Document,
    outline: &Outline,
    found: &mut Vec<Obligation>,
    cited: &mut Vec<Cited>,
) -> Diagnostics {
    let mut problems = Diagnostics::default();
    for correction in corrections {
        let done = match correction.finding {
            Finding::Citation => citation(correction, document, outline, cited),
            Finding::Obligation(kind) => obligation(correction, kind, document, outline, found),
        };
        if !done {
            problems.push(unmatched(file, correction, outline));
        }
    }
    problems
}

fn obligation(
    correction: &Correction,
    kind: Kind,
    document: &Document,
    outline: &Outline,
    found: &mut Vec<Obligation>,
) -> bool {
    let meant = |o: &Obligation| {
        o.kind == kind
            && o.path == correction.path
            && correction.words.as_ref().is_none_or(|w| {
                o.text.contains(w.as_str()) || o.annotation.as_ref().is_some_and(|a| a.contains(w.as_str()))
            })
    };
    match correction.action {
        Action::Add => {
            let Some(span) = words_under(correction, document, outline) else { return false };
            let mut added = Obligation {
                title: outline.find(&correction.path).and_then(|e| e.title.clone()),
                text: document.quote(span).to_owned(),
                ..Obligation::new(kind, correction.path.clone(), span)
            };
            change(&mut added, &correction.changes);
            let at = found.partition_point(|o| (o.span.block, o.span.start) <= (span.block, span.start));
            found.insert(at, added);
            true
        }
        Action::Drop => {
            let before = found.len();
            found.retain(|o| !meant(o));
            found.len() < before
        }
        Action::Change => {
            let mut any = false;
            for o in found.iter_mut().filter(|o| meant(o)) {
                change(o, &correction.changes);
                any = true;
            }
            any
        }
    }
}

fn change(o: &mut Obligation, changes: &Changes) {
    for (role, names) in &changes.names {
        o.names_mut(*role).clone_from(names);
        // Its own names answer for it now.
        o.responsible.clear();
    }
    o.sure = true;
    o.open_ended = changes.open_ended.unwrap_or(o.open_ended);
    if changes.title.is_some() {
        o.title.clone_from(&changes.title);
    }
    if let Some(text) = &changes.due_text {
        o.due_text = (!text.is_empty()).then(|| text.clone());
        if text.is_empty() {
            (o.due, o.due_edtf) = (None, None);
        }
    }
    if changes.due.is_some() {
        o.due = changes.due;
        o.due_edtf = changes.due.map(|day| Edtf::point(Period::Day(day)));
    }
    o.corrected = true;
}

fn citation(correction: &Correction, document: &Document, outline: &Outline, cited: &mut Vec<Cited>) -> bool {
    let meant = |c: &Cited| {
        c.path == correction.path
            && correction.words.as_ref().is_none_or(|w| {
                [&c.title, &c.number].into_iter().flatten().any(|t| t.contains(w.as_str()))
                    || c.mentions.iter().any(|m| document.quote(*m).contains(w.as_str()))
            })
    };
    let set = |c: &mut Cited, changes: &Changes| {
        if changes.title.is_some() {
            c.title.clone_from(&changes.title);
        }
        if changes.number.is_some() {
            c.number.clone_from(&changes.number);
        }
        if changes.issuers.is_some() {
            c.issuers.clone_from(&changes.issuers);
        }
        c.relation = changes.relation.unwrap_or(c.relation);
    };
    match correction.action {
        Action::Add => {
            let Some(span) = words_under(correction, document, outline) else { return false };
            let mut added = Cited {
                title: None,
                number: None,
                issuers: None,
                relation: Relation::Mention,
                path: correction.path.clone(),
                mentions: vec![span],
            };
            set(&mut added, &correction.changes);
            if added.title.is_none() && added.number.is_none() {
                added.title = Some(document.quote(span).to_owned());
            }
            cited.push(added);
            true
        }
        Action::Drop => {
            let before = cited.len();
            cited.retain(|c| !meant(c));
            cited.len() < before
        }
        Action::Change => {
            let mut any = false;
            for c in cited.iter_mut().filter(|c| meant(c)) {
                set(c, &correction.changes);
                any = true;
            }
            any
        }
    }
}

/// Where the words of a correction stand in its clause.
fn words_under(correction: &Correction, document: &Document, outline: &Outline) -> Option<Span> {
    let words = correction.words.as_deref()?;
    let blocks = document.blocks.iter().enumerate().filter(|(i, _)| outline.path_at(*i) == correction.path);
    blocks.filter_map(|(i, b)| b.text.find(words).map(|at| Span::new(i, at..at + words.len()))).next()
}

fn unmatched(file: &Loaded, correction: &Correction, outline: &Outline) -> Diagnostic {
    let place = file.places().source(correction.source.clone());
    let clause = match correction.path.as_str() {
        "" => "不在任何标题下的文字".to_owned(),
        path => format!("“{path}”"),
    };
    let known = correction.path.is_empty() || outline.find(&correction.path).is_some();
    let diagnostic = Diagnostic::warning("correct-unmatched", format!("更正没有对上：{clause}里没有要改的内容"));
    let diagnostic = diagnostic.at(place).label("这一条更正不起作用");
    if known {
        diagnostic.help("核对 finding 和 match；正文改过以后，这条更正也许不再需要")
    } else {
        diagnostic.help("文中没有这个条款；条款的写法见页面上的链接，例如 三/（一）")
    }
}
