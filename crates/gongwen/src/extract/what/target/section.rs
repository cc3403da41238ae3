//! What the headings over a clause say of its sentences: that they are goals, for which year, or only a description.

use super::words::{WORDS, says};
use crate::extract::when::{self, Context, Deadline};
use crate::{Document, Outline};

/// What the headings over a clause say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Section {
    /// The block of the heading of goals, such as 工作目标.
    pub(super) goals: Option<usize>,
    /// The time that a heading prints for what stands under it (一、2025年主要预期目标), as an inherited deadline.
    pub(super) due: Option<Deadline>,
    /// 发展形势, 工作回顾: what stands under it describes.
    pub(super) situation: bool,
}

/// The section of every entry of the outline.
pub(super) fn sections(document: &Document, outline: &Outline, context: Context) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::with_capacity(outline.entries.len());
    for entry in &outline.entries {
        let mut section = entry.parent.and_then(|p| sections.get(p).copied()).unwrap_or_default();
        if let Some(title) = entry.title.as_deref().filter(|t| is_heading(t)) {
            let goals = says(title, &WORDS.goals);
            if goals {
                section.goals = Some(entry.block);
            }
            section.situation = !goals && (section.situation || says(title, &WORDS.situation));
            // The title of an attachment names a plan; it dates nothing (附件1 2025年任务清单).
            if entry.level > 1 && !section.situation && (goals || says(title, &WORDS.tasks)) {
                section.due = due(document, entry.block, context).or(section.due);
            }
        }
        sections.push(section);
    }
    sections
}

/// Clauses that are one sentence have it for a heading; headings are shorter.
fn is_heading(title: &str) -> bool {
    /// In characters.
    const HEADING: usize = 40;
    title.chars().count() <= HEADING && !title.contains(['。', '；'])
}

/// The one stretch of time that the heading in block number `block` names, where it is still to come.
fn due(document: &Document, block: usize, context: Context) -> Option<Deadline> {
    let b = document.blocks.get(block)?;
    let title = b.heading()?.title.clone();
    let [date] = when::find(b.text.get(title.clone())?, context)[..] else { return None };
    let date = date.shifted(title.start).in_block(block);
    let printed = date.edtf.is_some() && !date.year_carried && date.is_deadline();
    let ahead = context.issued.is_none_or(|issued| date.due.is_some_and(|due| due > issued));
    (printed && ahead).then_some(Deadline { inherited: true, ..date })
}
