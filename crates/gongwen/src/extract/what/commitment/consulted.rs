//! Whom a reply says that it asked, and whose work it reports.

use std::collections::HashSet;

use super::words::WORDS;
use super::{ACTOR, is_reply};
use crate::extract::kit::actors::actors;
use crate::extract::kit::organ::{Actor, actor, is_organ};
use crate::extract::kit::sentence::{Hidden, ends_clause};
use crate::extract::kit::{Name, trimmed, unended};
use crate::{BlockKind, Document, Outline};

/// 协办单位 and others whose work the sections of a reply report (一、省民政厅工作开展情况) or that its opening names
/// (省财政厅、省医保局协办; 经商省财政厅).
pub fn consulted(document: &Document, outline: &Outline) -> Vec<Name> {
    let mut found = Vec::new();
    if !is_reply(document) {
        return found;
    }
    let opening = document.blocks.iter().enumerate().take_while(|(block, _)| outline.entry_at(*block).is_none());
    for (block, b) in opening.filter(|(_, b)| b.kind == BlockKind::Paragraph) {
        asked(block, &b.text, &mut found);
    }
    for entry in &outline.entries {
        let Some(b) = document.blocks.get(entry.block) else { continue };
        let Some(h) = b.heading() else { continue };
        let title = b.text.get(h.title.clone()).unwrap_or("");
        let Some(w) = WORDS.sections.iter().filter(|w| title.ends_with(w.as_str())).max_by_key(|w| w.len()) else {
            continue;
        };
        let range = trimmed(&b.text, h.title.start..h.title.end - w.len());
        if b.text.get(range.clone()).is_some_and(is_organ) {
            found.push(Name::of(entry.block, &b.text, range));
        }
    }
    // The opening names whom a section reports on as well.
    let mut seen = HashSet::new();
    found.retain(|n: &Name| actor(&n.text) == Actor::Organ && seen.insert(n.text.clone()));
    found
}

/// The organs that a clause of the opening says were asked.
fn asked(block: usize, text: &str, found: &mut Vec<Name>) {
    let hidden = Hidden::of(text, 0);
    for clause in hidden.split(text, 0..text.len(), ends_clause) {
        let range = unended(text, clause);
        let said = text.get(range.clone()).unwrap_or("");
        let before = WORDS.helps.iter().find_map(|w| said.strip_suffix(w.as_str()));
        let before = before.map(|s| range.start..range.start + s.len());
        let after = WORDS.asked.iter().filter(|w| said.starts_with(w.as_str())).max_by_key(|w| w.len()).map(|w| {
            let end = WORDS.asked_ends.iter().filter_map(|e| said.find(e.as_str())).min().unwrap_or(said.len());
            range.start + w.len()..range.start + end.max(w.len())
        });
        let Some(range) = before.or(after).filter(|r| r.len() <= ACTOR) else { continue };
        let names = actors(text, range).unwrap_or_default();
        found.extend(names.into_iter().map(|r| Name::of(block, text, r)).filter(|n| is_organ(&n.text)));
    }
}
