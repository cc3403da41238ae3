//! 任务 for an assistant: listed with their words, or counted.

use serde_json::{Value, json};

use crate::ask::{Spelt, Tasks};
use crate::corpus::Obligation;
use crate::corpus::tally::{By, tally};
use crate::diagnostics::Diagnostic;
use crate::project::Project;
use crate::site::data::records::GroupRecord;
use crate::vocabulary::Kind;

use super::super::arguments::Arguments;
use super::super::quote;
use super::{listed, noted};

/// Most groups of a count.
const GROUPS: usize = 100;

/// The obligations asked for.
pub fn answer(project: &Project, asked: &Arguments<'_>) -> Result<Value, Diagnostic> {
    let kinds = asked.texts("kind");
    let tasks = Tasks {
        pattern: asked.some_text("pattern"),
        lead: asked.texts("lead"),
        support: asked.texts("support"),
        joint: asked.texts("joint"),
        implement: asked.texts("implement"),
        organ: asked.texts("organ"),
        region: asked.texts("region"),
        document: asked.texts("document"),
        topic: asked.texts("topic"),
        due_before: asked.some_text("due_before"),
        due_after: asked.some_text("due_after"),
        // A day to look from means nothing else.
        overdue: asked.flag("overdue") || asked.some_text("as_of").is_some(),
        as_of: asked.some_text("as_of"),
        indicator: asked.texts("indicator"),
        kind: Kind::ALL.iter().copied().filter(|kind| kinds.iter().any(|k| k == kind.key())).collect(),
        unsure: asked.flag("unsure"),
        spelt: Spelt::Argument,
    };
    let filter = tasks.filter(project)?;
    let found: Vec<&Obligation> = filter.of(&project.registry, &project.corpus).collect();
    let by = match asked.text("group_by") {
        "organ" => Some(By::Organ),
        "document" => Some(By::Document),
        "year" => Some(By::Year),
        "region" => Some(By::Region),
        _ => None,
    };
    let mut answer = match by {
        Some(by) => {
            let groups = tally(&project.corpus, &found, by);
            let shown = |group: &_| json!(GroupRecord::from(group));
            json!({
                "total": found.len(),
                "groups": groups.iter().take(GROUPS).map(shown).collect::<Vec<_>>(),
                "left_out": groups.len().saturating_sub(GROUPS),
            })
        }
        None => {
            let (offset, limit) = (asked.number("offset").unwrap_or_default(), asked.number("limit").unwrap_or(1));
            listed(&found, offset, limit, |o| quote::obligation(project, o))
        }
    };
    if found.is_empty() {
        noted(&mut answer, "没有符合的任务。请如实说没有找到；可以减少条件，或用 search 在正文里找".to_owned());
    }
    if let Some(day) = tasks.as_of()? {
        noted(
            &mut answer,
            format!("时限在 {day} 之前的；只看时限，任务是否已经完成，除 progress 里记录的以外并不知道"),
        );
    }
    Ok(answer)
}
