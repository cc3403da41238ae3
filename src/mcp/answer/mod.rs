//! 答案: what each tool gives, a file a tool. Every answer is bounded: what is left out is counted.

mod diff;
mod document;
mod obligations;
mod organ;
mod search;

use rmcp::model::JsonObject;
use serde_json::{Value, json};

use crate::diagnostics::Diagnostic;

use super::arguments::Arguments;
use super::library::{Library, View};
use super::tools::Tools;

/// Most bytes of an answer. Lists and quotations have bounds of their own; this one is for what they add up to.
const LONGEST: usize = 200_000;

/// What an assistant is told of this site.
pub fn about(view: &View) -> String {
    let (config, corpus) = (&view.project.config, &view.project.corpus);
    let whose = config.organisation.as_ref().map(|o| format!("，主办：{o}")).unwrap_or_default();
    let place = match config.base() {
        Some(base) => format!("网站在 {base}，address 是完整的网址。"),
        None => "没有设置 base_url，address 是网站文件夹里的相对地址。".to_owned(),
    };
    format!(
        "《{}》{whose}：公文 {} 份，任务 {} 项，机关 {} 个。{place}",
        config.title,
        corpus.documents.len(),
        corpus.obligations.len(),
        corpus.organs.len()
    )
}

/// Answers a call.
///
/// # Errors
/// What is wrong with it, in words that help to ask again.
pub fn answer(library: &Library, tool: &str, given: JsonObject) -> Result<Value, Diagnostic> {
    let tools = Tools::all();
    let offer = tools.find(tool).ok_or_else(|| {
        let shown: String = tool.chars().take(40).collect();
        let names: Vec<&str> = tools.list.iter().map(|t| t.name.as_str()).collect();
        Diagnostic::error("mcp-tool", format!("没有 {shown} 这个工具"))
            .help(format!("可用的工具：{}", names.join("、")))
    })?;
    let asked = Arguments::check(offer, given)?;
    let view = library.view();
    let project = &view.project;
    let mut answer = match tool {
        "search" => search::answer(library, &view, &asked)?,
        "obligations" => obligations::answer(project, &asked)?,
        "document" => document::document(project, &asked)?,
        "clause" => document::clause(project, &asked)?,
        "organ" => organ::answer(project, &asked)?,
        _ => diff::answer(project, &asked)?,
    };
    for note in &view.notes {
        noted(&mut answer, note.clone());
    }
    match answer.to_string().len() {
        0..=LONGEST => Ok(answer),
        _ => Err(Diagnostic::error("mcp-long", "答案太长")
            .help("缩小范围再问：把 limit 写小一些，或者只问一个主题、一条条款")),
    }
}

/// Adds a note for whoever reads the answer.
fn noted(answer: &mut Value, note: String) {
    match &mut answer["notes"] {
        Value::Array(notes) => notes.push(note.into()),
        none => *none = json!([note]),
    }
}

/// The part of a list that is asked for: what is listed, how many there are, and how many come after.
fn listed<T>(found: &[T], offset: usize, limit: usize, show: impl Fn(&T) -> Value) -> Value {
    let shown: Vec<Value> = found.iter().skip(offset).take(limit).map(show).collect();
    let left = found.len().saturating_sub(offset.saturating_add(shown.len()));
    let mut answer = json!({ "total": found.len(), "left_out": left, "results": shown });
    if left > 0 {
        noted(&mut answer, format!("还有 {left} 条没有列出；用 offset 看后面的，或者加条件缩小范围"));
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted() {
        let answer = listed(&[1, 2, 3, 4], 1, 2, |n| json!(n));
        assert_eq!(answer["results"], json!([2, 3]));
        assert_eq!((&answer["total"], &answer["left_out"]), (&json!(4), &json!(1)));
        assert_eq!(answer["notes"], json!(["还有 1 条没有列出；用 offset 看后面的，或者加条件缩小范围"]));
        assert_eq!(listed(&[1], 9, 2, |n| json!(n))["left_out"], 0);
    }
}
