//! 公文 and 条款 for an assistant.

use gongwen::Entry;
use serde_json::{Map, Value, json};

use crate::ask::{self, Part};
use crate::corpus::{Obligation, Policy};
use crate::diagnostics::Diagnostic;
use crate::project::Project;
use crate::site::data::records::{DocumentRecord, ValidityRecord};
use crate::vocabulary::Kind;

use super::super::arguments::Arguments;
use super::super::quote::{clipped, obligation, place, present};
use super::noted;

/// Characters of the text that are given at once.
const TEXT: usize = 6_000;
/// Most entries of an outline, and most that have their addresses with them.
const ENTRIES: usize = 300;
const ADDRESSED: usize = 60;
/// Most citations, and obligations of a clause.
const CITED: usize = 60;
const TASKS: usize = 30;

/// A document: what it says of itself, its outline, and its text from where that is asked for.
pub fn document(project: &Project, asked: &Arguments<'_>) -> Result<Value, Diagnostic> {
    let corpus = &project.corpus;
    let found = ask::document(corpus, asked.text("document"))?;
    let policy = &corpus.documents[found];
    let part = Part::whole(corpus, policy);
    let mut answer = place(project, &policy.facts, "");
    let mut facts: Map<String, Value> = present(json!(DocumentRecord::listed(policy)));
    let cited = facts.remove("citations");
    facts.retain(|name, _| !matches!(name.as_str(), "id" | "url" | "title" | "number"));
    answer["facts"] = facts.into();
    if let Some(validity) = part.validity() {
        answer["validity"] = json!(ValidityRecord::from(validity));
        let held = part.held(validity, ask::today());
        if !held.is_empty() {
            answer["in_force"] = held.into();
        }
    }
    let outline: Vec<&Entry> = policy.outline.entries.iter().collect();
    headings(project, policy, &mut answer, "outline", &outline);
    if let Some(Value::Array(list)) = cited {
        let left = list.len().saturating_sub(CITED);
        answer["cites"] = list.into_iter().take(CITED).collect();
        if left > 0 {
            noted(&mut answer, format!("还引用了 {left} 件没有列出的文件；看各条款的 cites"));
        }
    }
    let count = |kind: &Kind| part.obligations.iter().filter(|o| o.kind == *kind).count();
    let counts = Kind::ALL.iter().map(|kind| (kind.label().to_owned(), count(kind).into()));
    answer["obligations"] = counts.collect::<Map<String, Value>>().into();
    if let Some(from) = asked.number("text_from") {
        let words = part.words();
        let rest: String = words.chars().skip(from).take(TEXT).collect();
        let next = from.saturating_add(rest.chars().count());
        let total = words.chars().count();
        answer["quote"] = rest.into();
        answer["text_length"] = total.into();
        if next < total {
            answer["text_next"] = next.into();
        }
    }
    Ok(answer)
}

/// A clause: its words, what it assigns, and what it cites.
pub fn clause(project: &Project, asked: &Arguments<'_>) -> Result<Value, Diagnostic> {
    let corpus = &project.corpus;
    let name = asked.text("document");
    let policy = &corpus.documents[ask::document(corpus, name)?];
    let part = Part::clause(corpus, policy, ask::clause(corpus, policy, name, asked.text("path"))?);
    // A row of a table has an address of its own, which its task knows.
    let own = part.obligations.iter().find(|o| o.path == part.path).filter(|_| part.blocks().is_empty());
    let mut answer = match own {
        Some(o) => super::super::quote::place_at(project, &policy.facts, &o.path, &o.url),
        None => place(project, &policy.facts, &part.path),
    };
    let entry = policy.outline.find(&part.path);
    if let Some(title) = entry.and_then(|e| e.title.as_deref()) {
        answer["clause_title"] = title.into();
    }
    let (words, whole) = clipped(&part.words(), TEXT);
    answer["quote"] = words.into();
    if !whole {
        noted(&mut answer, format!("原文超过 {TEXT} 字，这里只有前一部分；逐条看 parts 里的下级条款"));
    }
    let inside = format!("{}/", part.path);
    let parts: Vec<&Entry> = policy.outline.entries.iter().filter(|e| e.path.starts_with(&inside)).collect();
    headings(project, policy, &mut answer, "parts", &parts);
    let (tasks, left) = cut(&part.obligations, TASKS);
    answer["obligations"] = tasks.iter().map(|o: &&Obligation| obligation(project, o)).collect();
    if left > 0 {
        noted(&mut answer, format!("还有 {left} 项任务没有列出；用 obligations 查"));
    }
    answer["cites"] = json!(part.citations.iter().take(CITED).collect::<Vec<_>>());
    Ok(answer)
}

/// Clauses by path and heading, into `field` of an answer; few with their addresses, many without.
fn headings(project: &Project, policy: &Policy, answer: &mut Value, field: &str, entries: &[&Entry]) {
    let (listed, left) = cut(entries, ENTRIES);
    let few = listed.len() <= ADDRESSED;
    let heading = |entry: &&Entry| {
        let mut said = json!({ "path": entry.path, "title": entry.title });
        if few {
            said["address"] = place(project, &policy.facts, &entry.path)["address"].take();
        }
        said
    };
    answer[field] = listed.iter().map(heading).collect();
    if !few {
        noted(answer, format!("{field} 里没有写每一条的网址：公文的 address 加 # 和 path，或用 clause 看"));
    }
    if left > 0 {
        noted(answer, format!("{field} 里还有 {left} 条没有列出；用 search 或 obligations 找要的条款"));
    }
}

/// The first of a list, and how many come after.
fn cut<T>(list: &[T], most: usize) -> (&[T], usize) {
    (list.get(..most).unwrap_or(list), list.len().saturating_sub(most))
}
