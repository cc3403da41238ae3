//! Prints the text of files with what is found in each paragraph right under it, so that a person can read the one
//! against the other. `cargo run -p gongwen --example review -- FILE…`

use gongwen::extract::kit::organ::Actor;
use gongwen::extract::{Deadline, Indicator, Name, findings};
use gongwen::{BlockKind, Document, Outline, read};

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{path}: {error}");
                continue;
            }
        };
        match read::read(&bytes) {
            Ok(reading) => {
                println!("==== {path}");
                for remark in &reading.remarks {
                    println!("!! {}", remark.reason);
                }
                review(&reading.document);
            }
            Err(refusal) => eprintln!("{path}: {} {}（{}）", refusal.code, refusal.reason, refusal.help),
        }
    }
}

fn review(document: &Document) {
    let outline = Outline::of(document);
    print!("{}", toml::to_string(&document.meta).unwrap_or_default());
    let mut lines = found(document, &outline);
    lines.sort();
    let mut next = lines.into_iter().peekable();
    for (i, block) in document.blocks.iter().enumerate() {
        let text = block.text.as_str();
        match &block.kind {
            BlockKind::Rule => println!("----"),
            BlockKind::Title => println!("# {text}"),
            BlockKind::Heading(h) => {
                println!("{} {text} 〔{}〕", "#".repeat(h.level.into()), text.get(h.title.clone()).unwrap_or(""))
            }
            BlockKind::Paragraph => println!("{text}"),
            BlockKind::Table(t) => t.rows.iter().for_each(|row| {
                let cells: Vec<&str> = row.iter().map(|c| text.get(c.clone()).unwrap_or("")).collect();
                println!("| {} |", cells.join(" | "));
            }),
        }
        while let Some((_, _, line)) = next.next_if(|(block, ..)| *block == i) {
            println!("   >> {line}");
        }
    }
}

/// What is found: the block and the byte at which its words begin, and how it is shown.
fn found(document: &Document, outline: &Outline) -> Vec<(usize, usize, String)> {
    let found = findings(document, outline);
    let quote = |s| short(document.quote(s));
    let sure = |sure: bool| if sure { "" } else { " ?" };
    let mut lines = Vec::new();
    for a in &found.assignments {
        let at = a.annotation.first().copied().or(a.text);
        let roles = [("牵", &a.lead), ("配", &a.support), ("共", &a.joint), ("落", &a.implement)];
        let said: Vec<String> = roles.iter().map(|(n, names)| named(n, names)).filter(|n| !n.is_empty()).collect();
        let rest: String = a.unparsed.iter().map(|s| format!(" 余={}", document.quote(*s))).collect();
        let task = if a.annotation.is_empty() { a.text.map_or(String::new(), quote) } else { String::new() };
        let open = if a.open_ended { " 等" } else { "" };
        let line = format!(
            "A {} {}{open}{}{rest}{} {task}",
            a.path,
            said.join(" "),
            due(document, a.due.as_ref()),
            sure(a.sure)
        );
        lines.push((at.map_or(0, |s| s.block), at.map_or(0, |s| s.start), line));
    }
    for t in &found.targets {
        let line = format!(
            "T {}{}{}{} 「{}」",
            t.path,
            due(document, Some(&t.due)),
            numbers(&t.indicators),
            sure(t.sure),
            quote(t.text)
        );
        lines.push((t.text.block, t.text.start, line));
    }
    for d in found.duties.iter().filter(|d| d.holder != Actor::Institution) {
        let who = named("主", &d.actor);
        let line = format!("D {} {who}{}{} 「{}」", d.path, due(document, d.due.as_ref()), sure(d.sure), quote(d.text));
        lines.push((d.text.block, d.text.start, line));
    }
    for c in &found.commitments {
        let who = named("主", &c.actor);
        let line = format!("C {} {who}{} 「{}」", c.path, due(document, c.due.as_ref()), quote(c.text));
        lines.push((c.text.block, c.text.start, line));
    }
    for c in &found.citations {
        let at = c.mentions.first();
        let line = format!(
            "引 {} 《{}》{} {}{}",
            c.relation.name(),
            c.title.as_deref().unwrap_or(""),
            c.number.as_deref().unwrap_or(""),
            c.issuers.as_ref().map_or("", |i| i.text.as_str()),
            sure(c.sure)
        );
        lines.push((at.map_or(0, |s| s.block), at.map_or(0, |s| s.start), line));
    }
    lines
}

fn named(head: &str, names: &[Name]) -> String {
    let names: Vec<&str> = names.iter().map(|n| n.text.as_str()).collect();
    if names.is_empty() { String::new() } else { format!("{head}={}", names.join("+")) }
}

fn due(document: &Document, due: Option<&Deadline>) -> String {
    let Some(due) = due else { return String::new() };
    let day = due.due.map_or("-".to_owned(), |d| d.to_string());
    format!(" 时={}→{day}{}", document.quote(due.text), if due.inherited { "~" } else { "" })
}

fn numbers(found: &[Indicator]) -> String {
    let list: Vec<String> = found.iter().map(|i| format!("{}{}{}", i.op.sign(), i.value, i.unit)).collect();
    if list.is_empty() { String::new() } else { format!(" 标={}", list.join("，")) }
}

/// The beginning and the end of a text, where it is long.
fn short(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= 60 {
        return text.to_owned();
    }
    let (head, tail) = (&chars[..24], &chars[chars.len() - 24..]);
    format!("{}…{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
}
