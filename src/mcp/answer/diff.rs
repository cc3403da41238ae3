//! 对照 for an assistant: what two documents say on the same topics.

use serde_json::{Value, json};

use crate::ask::{Fault, Pair};
use crate::compare::{self, Only, Shared, Side, differences};
use crate::corpus::TopicClause;
use crate::diagnostics::Diagnostic;
use crate::project::Project;
use crate::strings::{Language, Strings};

use super::super::arguments::Arguments;
use super::super::quote::{clipped, place};
use super::noted;

/// Most topics that both treat, that only one treats, and clauses of a topic.
const SHARED: usize = 20;
const ONLY: usize = 30;
const CLAUSES: usize = 6;
/// Longest sentence that is quoted, in characters.
const QUOTED: usize = 200;

/// The two documents side by side.
pub fn answer(project: &Project, asked: &Arguments<'_>) -> Result<Value, Diagnostic> {
    let topics = asked.texts("topic");
    let pair = Pair { a: asked.text("a"), b: asked.text("b"), topics: &topics };
    let Some(comparison) = pair.compared(project).map_err(Fault::said)? else {
        return Ok(json!({ "shared": [], "notes": ["没有可以对照的内容"] }));
    };
    let labels = compare::labels(comparison.policies);
    let document = |side: usize| {
        let mut said = place(project, &comparison.policies[side].facts, "");
        said["label"] = labels[side].as_str().into();
        said
    };
    let only = |side: usize| -> Vec<Value> {
        comparison.only[side].iter().take(ONLY).map(|only| lone(project, only)).collect()
    };
    let mut answer = json!({
        "a": document(0),
        "b": document(1),
        "shared": comparison.shared.iter().take(SHARED).map(|s| shared(project, s, &labels)).collect::<Vec<_>>(),
        "only_a": only(0),
        "only_b": only(1),
    });
    let left = comparison.shared.len().saturating_sub(SHARED);
    if left > 0 {
        noted(&mut answer, format!("还有 {left} 个共同的主题没有列出；用 topic 指定主题"));
    }
    let left: usize = comparison.only.iter().map(|only| only.len().saturating_sub(ONLY)).sum();
    if left > 0 {
        noted(&mut answer, format!("还有 {left} 个只有一份公文谈到的主题没有列出"));
    }
    if comparison.shared.is_empty() {
        noted(&mut answer, "两份公文没有共同的主题".to_owned());
    }
    Ok(answer)
}

fn shared(project: &Project, s: &Shared<'_>, labels: &[String; 2]) -> Value {
    json!({
        "topic": s.topic.id,
        "a": side(project, &s.sides[0]),
        "b": side(project, &s.sides[1]),
        "differences": differences(Strings::built_in(Language::Chinese), s, labels),
    })
}

fn lone(project: &Project, only: &Only<'_>) -> Value {
    let mentioned: Vec<&str> = only.mentioned.iter().map(|c| c.path.as_str()).collect();
    json!({ "topic": only.topic.id, "clauses": side(project, &only.side), "mentioned_by_the_other": mentioned })
}

fn side(project: &Project, side: &Side<'_>) -> Vec<Value> {
    let quoted = |clause: &&TopicClause| {
        let mut said = place(project, &side.policy.facts, &clause.path);
        said["quote"] = clipped(side.policy.document.quote(clause.sentence), QUOTED).0.into();
        // The document is named once, above.
        if let Value::Object(said) = &mut said {
            said.retain(|name, _| !matches!(name.as_str(), "title" | "document"));
        }
        said
    };
    side.clauses.iter().take(CLAUSES).map(|clause| quoted(&&**clause)).collect()
}
