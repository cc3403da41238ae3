//! 全文检索 for an assistant: documents, and the passages that say it.

use serde_json::{Value, json};

use crate::diagnostics::Diagnostic;
use crate::fulltext::Question;

use super::super::arguments::Arguments;
use super::super::library::{Library, View};
use super::super::quote::{QUOTED, absolute, clipped, place_at};
use super::noted;
use crate::address;

/// Most suggestions of other queries.
const SUGGESTED: usize = 5;

/// What the index of the last build finds.
pub fn answer(library: &Library, view: &View, asked: &Arguments<'_>) -> Result<Value, Diagnostic> {
    let narrowed = ["kind", "region", "year"].into_iter();
    let narrowed = narrowed.flat_map(|field| asked.texts(field).into_iter().map(|value| (field.to_owned(), value)));
    let question = Question {
        query: asked.text("query").to_owned(),
        limit: asked.number("limit").unwrap_or(1),
        offset: asked.number("offset").unwrap_or_default(),
        narrowed: narrowed.collect(),
    };
    let (response, notes) = library.search(&question, view)?;
    let project = &view.project;
    let results = response.results.iter().map(|hit| {
        // A document that came or went since the build has no facts of its own; the index knows what it prints.
        let held = project.corpus.documents.iter().find(|p| p.facts.id == hit.id);
        let passages = hit.passages.iter().map(|passage| {
            let mut at = hit.url.clone();
            if !passage.anchor.is_empty() {
                at.push('#');
                address::encode(&mut at, &passage.anchor);
            }
            let mut said = match held {
                Some(policy) => place_at(project, &policy.facts, &passage.path, &at),
                None => json!({ "path": passage.path, "address": absolute(project, &at) }),
            };
            said["quote"] = clipped(&passage.excerpt, QUOTED).0.into();
            if !passage.label.is_empty() {
                said["heading"] = passage.label.as_str().into();
            }
            said
        });
        json!({
            "number": hit.number,
            "document": hit.id,
            "title": hit.title,
            "date": hit.extra["date"],
            "kind": hit.extra["kind"],
            "region": hit.extra["region"],
            "address": absolute(project, &hit.url),
            "hits": hit.hits,
            "passages": passages.collect::<Vec<_>>(),
        })
    });
    let results: Vec<Value> = results.collect();
    let after = question.offset.saturating_add(results.len());
    let mut answer = json!({
        "total": response.total,
        "left_out": response.total.saturating_sub(after),
        "results": results,
    });
    if !response.suggestions.is_empty() {
        answer["suggestions"] = response.suggestions.iter().take(SUGGESTED).cloned().collect();
    }
    if response.total == 0 {
        noted(&mut answer, "没有找到。请如实说没有找到；可以换说法、用旧称或简称再查".to_owned());
    }
    for note in notes {
        noted(&mut answer, note);
    }
    Ok(answer)
}
