//! 任务: what a document sets, in the fields of the open data, so that the scripts which draw and save the tasks of a site
//! do the same with these.

use std::collections::HashMap;

use gongwen::Document;
use gongwen::extract::{Answers, Indicator, Name, Responsible, Task, TaskKind};
use serde::Serialize;

/// A task. The fields are those of `data/obligations.json`; there are no organs and no progress, which only a site knows.
#[derive(Serialize)]
pub struct TaskRecord {
    id: String,
    kind: TaskKind,
    document: String,
    number: Option<String>,
    path: String,
    title: Option<String>,
    text: String,
    lead: Vec<String>,
    support: Vec<String>,
    joint: Vec<String>,
    implement: Vec<String>,
    actor: Vec<String>,
    open_ended: bool,
    annotation: Option<String>,
    modal: Option<String>,
    due_text: Option<String>,
    due: Option<String>,
    due_edtf: Option<String>,
    due_inherited: bool,
    indicators: Vec<IndicatorRecord>,
    responsible: Vec<ResponsibleRecord>,
    sure: bool,
}

#[derive(Serialize)]
struct IndicatorRecord {
    text: String,
    op: &'static str,
    value: f64,
    unit: String,
}

#[derive(Serialize)]
struct ResponsibleRecord {
    name: String,
    role: &'static str,
    from: String,
}

/// The records of the tasks of the document in the file called `name`.
pub fn records(name: &str, document: &Document, tasks: &[Task]) -> Vec<TaskRecord> {
    // How many of a kind each clause has had.
    let mut counts: HashMap<(&str, TaskKind), usize> = HashMap::new();
    let numbered = tasks.iter().map(|task| {
        let count = counts.entry((&task.path, task.kind)).or_default();
        *count += 1;
        (task, *count)
    });
    numbered.map(|(task, n)| record(name, document, task, n)).collect()
}

fn record(name: &str, document: &Document, task: &Task, n: usize) -> TaskRecord {
    let quote = |span| document.quote(span).to_owned();
    let annotation: String = task.annotation.iter().map(|s| document.quote(*s)).collect();
    let due = task.due.as_ref();
    let kind = serde_json::to_value(task.kind).unwrap_or_default();
    TaskRecord {
        id: format!("{name}#{}:{}-{n}", task.path, kind.as_str().unwrap_or_default()),
        kind: task.kind,
        document: name.to_owned(),
        number: document.meta.number.clone(),
        path: task.path.clone(),
        title: task.title.clone(),
        text: task.text.clone(),
        lead: texts(&task.lead),
        support: texts(&task.support),
        joint: texts(&task.joint),
        implement: texts(&task.implement),
        actor: texts(&task.actor),
        open_ended: task.open_ended,
        annotation: Some(annotation).filter(|words| !words.is_empty()),
        modal: task.modal.map(quote),
        due_text: due.map(|due| quote(due.text)),
        due: due.and_then(|due| due.due).map(|day| day.to_string()),
        due_edtf: due.and_then(|due| due.edtf).map(|edtf| edtf.to_string()),
        due_inherited: due.is_some_and(|due| due.inherited),
        indicators: task.indicators.iter().map(|i| indicator(document, i)).collect(),
        responsible: task.responsible.iter().map(responsible).collect(),
        sure: task.sure,
    }
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|n| n.text.clone()).collect()
}

fn indicator(document: &Document, i: &Indicator) -> IndicatorRecord {
    let text = document.quote(i.text).to_owned();
    IndicatorRecord { text, op: i.op.sign(), value: i.value, unit: i.unit.clone() }
}

fn responsible(r: &Responsible) -> ResponsibleRecord {
    let role = match r.role {
        Answers::Lead => "lead",
        Answers::Joint => "joint",
        Answers::Reply => "reply",
    };
    ResponsibleRecord { name: r.name.clone(), role, from: r.from.clone() }
}
