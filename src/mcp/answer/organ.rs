//! 机关 for an assistant: its names, its tasks, what it issued and answered.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::corpus::{Handover, Organ, Policy};
use crate::diagnostics::Diagnostic;
use crate::project::Project;
use crate::registry::{OrganId, OrganQuery, Resolution};
use crate::vocabulary::RESPONSIBLE;

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
    let all: Vec<&Organ> = project.corpus.organs.iter().filter(named).collect();
    // A body that ended in another one of them is told there, unless it is the very one that is asked for.
    let ended = |organ: &&Organ| organ.name != name && all.iter().any(|o| o.predecessors.contains(&organ.id));
    let found: Vec<&Organ> = all.iter().copied().filter(|organ| !ended(organ)).collect();
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
    let printed = organ.printed.iter().map(|p| p.name.as_str());
    let mut names = printed.chain([organ.name.as_str()]);
    organ.name == name || names.any(|name| project.registry.matches(query, name, &resolution))
}

fn tell(project: &Project, organ: &Organ, limit: usize) -> Value {
    let corpus = &project.corpus;
    let mut roles: BTreeMap<&str, usize> = BTreeMap::new();
    for o in &organ.obligations {
        *roles.entry(o.role.label()).or_default() += 1;
    }
    let name = |id: &OrganId| {
        let organ = corpus.organs.iter().find(|o| o.id == *id);
        organ.map_or_else(|| id.to_string(), |o| o.name.clone())
    };
    // Under its own names, under those of the bodies that ended in it, then what names nobody and falls to it.
    let own = organ.obligations.iter().map(|part| (part.index, part.role.label(), None));
    let inherited = organ
        .inherited
        .iter()
        .map(|i| (i.obligation.index, i.obligation.role.label(), Some(format!("写在前身{}名下", name(&i.organ)))));
    let answers = organ.answers_for.iter().map(|a| (a.index, RESPONSIBLE, Some("原文没有点名，由它负责".to_owned())));
    let all: Vec<_> = own.chain(inherited).chain(answers).collect();
    let tasks = all.iter().take(limit).filter_map(|(index, role, why)| {
        let mut said = obligation(project, corpus.obligations.get(*index)?);
        said["role"] = (*role).into();
        if let Some(why) = why {
            said["role_why"] = why.as_str().into();
        }
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
        "total": all.len(),
        "left_out": all.len().saturating_sub(limit),
        "obligations": tasks.collect::<Vec<_>>(),
    });
    let ids = |ids: &[OrganId]| -> Vec<Value> { ids.iter().map(|id| name(id).into()).collect() };
    let handed = |list: &[Handover]| -> Vec<Value> {
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
    said
}
