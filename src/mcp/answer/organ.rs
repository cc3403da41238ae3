//! 机关 for an assistant: its names, its tasks, what it issued and answered.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::corpus::{Organ, Policy};
use crate::diagnostics::Diagnostic;
use crate::project::Project;
use crate::registry::{OrganQuery, Resolution};

use super::super::arguments::Arguments;
use super::super::quote::{absolute, obligation, place};
use super::noted;

/// Most organs of one name.
const ORGANS: usize = 10;
/// Most documents that an organ has issued or answered.
const DOCUMENTS: usize = 30;

/// The organs of this name, each with what the documents say of it.
pub fn answer(project: &Project, asked: &Arguments<'_>) -> Result<Value, Diagnostic> {
    let name = asked.text("organ").trim();
    let query = project.registry.query(name);
    let named = |organ: &&Organ| is_named(project, &query, name, organ);
    let found: Vec<&Organ> = project.corpus.organs.iter().filter(named).collect();
    if found.is_empty() {
        return Err(Diagnostic::error("mcp-organ", format!("没有一份公文写到这个机关：{name}"))
            .help("写全称、简称或旧称；也可以用 search 在正文里找这个名字"));
    }
    // Of many organs each is told in short.
    let limit = asked.number("limit").unwrap_or(1) / found.len().min(ORGANS);
    let told = found.iter().take(ORGANS).map(|organ| tell(project, organ, limit.max(1)));
    let mut answer = json!({ "total": found.len(), "results": told.collect::<Vec<_>>() });
    if found.len() > 1 {
        let names: Vec<&str> = found.iter().take(ORGANS).map(|o| o.name.as_str()).collect();
        let more = if found.len() > ORGANS { "等" } else { "" };
        noted(&mut answer, format!("叫这个名字的有 {} 个：{}{more}；请问清是哪一个", found.len(), names.join("、")));
    }
    Ok(answer)
}

fn is_named(project: &Project, query: &OrganQuery, name: &str, organ: &Organ) -> bool {
    let resolution = Resolution::Organ(organ.id.clone());
    organ.name == name || organ.printed.iter().any(|p| project.registry.matches(query, &p.name, &resolution))
}

fn tell(project: &Project, organ: &Organ, limit: usize) -> Value {
    let corpus = &project.corpus;
    let mut roles: BTreeMap<&str, usize> = BTreeMap::new();
    for o in &organ.obligations {
        *roles.entry(o.role.label()).or_default() += 1;
    }
    let tasks = organ.obligations.iter().take(limit).filter_map(|part| {
        let mut said = obligation(project, corpus.obligations.get(part.index)?);
        said["role"] = part.role.label().into();
        Some(said)
    });
    let names = organ.names.iter().map(|n| json!({ "name": n.name, "from": n.from, "to": n.to, "printed": n.printed }));
    let mut said = json!({
        "name": organ.name,
        "id": organ.id.to_string(),
        "region": organ.region.name,
        "address": absolute(project, &organ.url),
        "names": names.collect::<Vec<_>>(),
        "roles": roles,
        "total": organ.obligations.len(),
        "left_out": organ.obligations.len().saturating_sub(limit),
        "obligations": tasks.collect::<Vec<_>>(),
    });
    let ids = |ids: &[crate::registry::OrganId]| -> Vec<Value> {
        let organs = ids.iter().map(|id| corpus.organs.iter().find(|o| o.id == *id).map(|o| o.name.clone()));
        organs.zip(ids).map(|(name, id)| name.unwrap_or_else(|| id.to_string()).into()).collect()
    };
    let handed = |list: &[crate::corpus::Handover]| -> Vec<Value> {
        list.iter().map(|h| json!({ "year": h.year, "part": h.part, "organ": h.name })).collect()
    };
    let documents = |ids: &[String]| -> Vec<Value> {
        let held = |id: &String| corpus.documents.iter().find(|p| p.facts.id == *id);
        ids.iter().filter_map(held).take(DOCUMENTS).map(|p: &Policy| place(project, &p.facts, "")).collect()
    };
    let more: [(&str, Vec<Value>); 6] = [
        ("predecessors", ids(&organ.predecessors)),
        ("successors", ids(&organ.successors)),
        ("handed_over", handed(&organ.handed_over)),
        ("taken_over", handed(&organ.taken_over)),
        ("issued", documents(&organ.issued)),
        ("replies", documents(&organ.replies)),
    ];
    for (field, list) in more.into_iter().filter(|(_, list)| !list.is_empty()) {
        said[field] = list.into();
    }
    if !organ.inherited.is_empty() {
        said["inherited"] = organ.inherited.len().into();
        noted(
            &mut said,
            "inherited 是写在前身名下的任务的条数；用 obligations 的 organ 查这个机关，也会列出".to_owned(),
        );
    }
    said
}
