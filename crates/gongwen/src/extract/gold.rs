//! The labelled documents beside the repository (`../shared/gold`), sentence by sentence: every annotation and every
//! citation, target, duty and commitment that was labelled by hand, read on its own. Skipped where they are absent.

use serde_json::Value;

use super::{Findings, Name, findings};
use crate::document::{Block, BlockKind, Heading};
use crate::{Document, Outline};

/// The labels of each document; empty where the folder is absent.
fn labels() -> Vec<Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/gold");
    let Ok(entries) = std::fs::read_dir(folder) else {
        eprintln!("skipped: {folder} is not there");
        return Vec::new();
    };
    let mut files: Vec<_> =
        entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    files.iter().filter_map(|f| std::fs::read_to_string(f).ok()).filter_map(|t| serde_json::from_str(&t).ok()).collect()
}

fn list<'a>(value: &'a Value, key: &str) -> Vec<&'a Value> {
    value[key].as_array().map(|a| a.iter().collect()).unwrap_or_default()
}

fn strings(value: &Value, key: &str) -> Vec<String> {
    list(value, key).iter().filter_map(|v| v.as_str()).map(str::to_owned).collect()
}

fn printed(names: &[Name]) -> Vec<String> {
    names.iter().map(|n| n.text.clone()).collect()
}

/// A clause with this heading and paragraph, of a document with these labels.
fn read(labels: &Value, heading: &str, paragraph: &str) -> (Document, Findings) {
    let text = format!("一、{heading}");
    let title = Heading { level: 2, number: 0..3, title: 6..text.len() };
    let blocks = vec![Block { kind: BlockKind::Heading(title), text }, Block::paragraph(paragraph)];
    let mut document = Document { blocks, ..Document::default() };
    document.meta.date = labels["meta"]["date"].as_str().map(str::to_owned);
    document.meta.kind = labels["meta"]["kind"].as_str().map(str::to_owned);
    let found = findings(&document, &Outline::of(&document));
    (document, found)
}

#[test]
fn annotations() {
    for labels in labels() {
        for g in list(&labels, "obligations") {
            let Some(annotation) = g["annotation"].as_str() else { continue };
            let (_, found) = read(&labels, "任务", &format!("开展服务。{annotation}"));
            let [a] = &found.assignments[..] else { panic!("{annotation}: {:?}", found.assignments) };
            assert_eq!(printed(&a.lead), strings(g, "lead"), "{annotation}");
            assert_eq!(printed(&a.support), strings(g, "support"), "{annotation}");
            assert_eq!(printed(&a.joint), strings(g, "shared"), "{annotation}");
            if g["implement_inherited"] != true {
                assert_eq!(printed(&a.implement), strings(g, "implement"), "{annotation}");
            }
            assert_eq!(Some(a.open_ended), g["open_ended"].as_bool(), "{annotation}");
            assert!(a.unparsed.is_empty(), "{annotation}");
        }
    }
}

#[test]
fn targets_duties_and_commitments() {
    for labels in labels() {
        for g in list(&labels, "targets").into_iter().filter(|g| g["due_inherited"] != true) {
            let text = g["text"].as_str().unwrap_or("");
            let (document, found) = read(&labels, "任务", &format!("{text}。"));
            let [t] = &found.targets[..] else { panic!("{text}: {:?}", found.targets) };
            assert_eq!(document.quote(t.text), text);
            assert_eq!(document.quote(t.due.text), g["due_text"].as_str().unwrap_or(""), "{text}");
            assert_eq!(t.due.due.map(|d| d.to_string()).as_deref(), g["due"].as_str(), "{text}");
            let got: Vec<(f64, String, &str)> =
                t.indicators.iter().map(|i| (i.value, i.unit.clone(), i.op.sign())).collect();
            let expected: Vec<(f64, String, &str)> = list(g, "indicators")
                .iter()
                .map(|i| {
                    let unit = i["unit"].as_str().unwrap_or("").to_owned();
                    (i["value"].as_f64().unwrap_or(0.0), unit, i["op"].as_str().unwrap_or(""))
                })
                .collect();
            assert_eq!(got, expected, "{text}");
        }
        for g in list(&labels, "duties") {
            let text = g["text"].as_str().unwrap_or("");
            let (document, found) = read(&labels, "任务", &format!("{text}。"));
            let [d] = &found.duties[..] else { panic!("{text}: {:?}", found.duties) };
            assert_eq!((document.quote(d.text), document.quote(d.modal)), (text, g["modal"].as_str().unwrap_or("")));
            assert_eq!(printed(&d.actor), strings(g, "actor"), "{text}");
        }
        for g in list(&labels, "commitments").into_iter().filter(|g| g["actor_carried"] != true) {
            let text = g["text"].as_str().unwrap_or("");
            let (document, found) = read(&labels, "下一步计划", &format!("{text}。"));
            let [c] = &found.commitments[..] else { panic!("{text}: {:?}", found.commitments) };
            assert_eq!(document.quote(c.text), text);
            assert_eq!(printed(&c.actor).first().map(String::as_str), g["actor"].as_str(), "{text}");
            assert_eq!(c.due.and_then(|d| d.due).map(|d| d.to_string()).as_deref(), g["due"].as_str(), "{text}");
        }
    }
}
