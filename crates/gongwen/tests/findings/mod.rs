//! Findings as people read them, a line for what is found and a line for its words.

use gongwen::extract::kit::organ::Actor;
use gongwen::extract::{Deadline, Indicator, Name, cites::validity, findings};
use gongwen::{Document, Outline};

/// Everything that is found in `document`, kind by kind, in printed order. A closing ~ marks what was inherited, carried
/// or is unsure; ○ an actor that is no organ.
pub fn listed(document: &Document, outline: &Outline) -> String {
    let found = findings(document, outline);
    let quote = |s| document.quote(s);
    let mut out = String::new();
    let mut line = |what: &str, path: &str, said: &[String], words: &str| {
        let said: Vec<&str> = said.iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
        out +=
            &format!("{what} {} {}\n", if path.is_empty() { "-" } else { path }, said.join(" ")).replace(" \n", "\n");
        if !words.is_empty() {
            out += &format!("    {words}\n");
        }
    };
    for a in &found.assignments {
        let implement = if a.implement_inherited { "落~" } else { "落" };
        let unparsed: Vec<&str> = a.unparsed.iter().map(|s| quote(*s)).collect();
        let said = [
            format!("〈{}〉", a.title.as_deref().unwrap_or("")),
            named(if a.lead_from.is_some() { "牵~" } else { "牵" }, &a.lead),
            named("配", &a.support),
            named("共", &a.joint),
            named(implement, &a.implement),
            if a.open_ended { "等".to_owned() } else { String::new() },
            due(document, a.due.as_ref()),
            if unparsed.is_empty() { String::new() } else { format!("余={}", unparsed.join("+")) },
        ];
        let annotation: Vec<&str> = a.annotation.iter().map(|s| quote(*s)).collect();
        let text = a.text.map_or("", quote);
        let words =
            if annotation.is_empty() { text.to_owned() } else { format!("{text} ← {}", annotation.join(" ")) };
        line(if a.sure { "分工" } else { "分工~" }, &a.path, &said, &words);
    }
    for t in &found.targets {
        line("目标", &t.path, &[due(document, Some(&t.due)), indicators(&t.indicators)], quote(t.text));
    }
    for d in &found.duties {
        let mark = if d.holder == Actor::Institution { "○" } else { "" };
        let said = [named(&format!("{mark}主"), &d.actor), due(document, d.due.as_ref()), indicators(&d.indicators)];
        line("职责", &d.path, &said, quote(d.text));
    }
    for c in &found.commitments {
        let mark = if c.actor_carried { "主~" } else { "主" };
        let said = [named(mark, &c.actor), due(document, c.due.as_ref()), indicators(&c.indicators)];
        line("承诺", &c.path, &said, quote(c.text));
    }
    for c in &found.citations {
        let title = c.title.as_ref().map_or(String::new(), |t| format!("《{t}》"));
        let by = c.issuers.as_ref().map_or(String::new(), |i| format!("（{}）", i.text));
        let unsure = if c.sure { "" } else { "~" };
        let said = [format!("{}{unsure}", c.relation.name()), title, c.number.clone().unwrap_or_default(), by];
        line("引用", &c.path, &said, "");
    }
    for v in &found.validity {
        let fixes = if v.fixes == validity::Fixes::Effective { "施行" } else { "失效" };
        let date = v.date.map_or("-".to_owned(), |d| d.to_string());
        line("效力", &v.path, &[fixes.to_owned(), date], quote(v.text));
    }
    for r in &found.references {
        line("文内", &r.path, &[format!("{} → {}", quote(r.text), r.target)], "");
    }
    if !found.consulted.is_empty() {
        line("协办", "", &[named("", &found.consulted)], "");
    }
    out
}

fn named(head: &str, names: &[Name]) -> String {
    let names: Vec<&str> = names.iter().map(|n| n.text.as_str()).collect();
    match (names.is_empty(), head.is_empty()) {
        (true, _) => String::new(),
        (_, true) => names.join("+"),
        _ => format!("{head}={}", names.join("+")),
    }
}

fn due(document: &Document, due: Option<&Deadline>) -> String {
    let Some(due) = due else { return String::new() };
    let day = due.due.map_or("-".to_owned(), |d| d.to_string());
    format!("时={}→{day}{}", document.quote(due.text), if due.inherited || due.year_carried { "~" } else { "" })
}

fn indicators(found: &[Indicator]) -> String {
    let list: Vec<String> = found.iter().map(|i| format!("{}{}{}", i.op.sign(), i.value, i.unit)).collect();
    if list.is_empty() { String::new() } else { format!("标={}", list.join("，")) }
}
