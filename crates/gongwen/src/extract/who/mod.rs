//! 分工: who leads, supports, shares and implements, from trailing annotations and task tables.
//!
//! `annotation` finds the brackets and label lines that assign, `grammar` reads their inside into `parsed`, `settle` decides the
//! roles, `table` reads task tables with the same grammar; the words are in `words/roles.toml`, `words/annotation.toml` and `crate::labels`.
//! [`assignments`] and [`unknown_columns`]
//! are called from outside.

mod annotation;
mod grammar;
mod parsed;
mod settle;
mod table;
mod words;

use crate::extract::when::Context;
use crate::extract::{Deadline, Name};
use crate::{Block, BlockKind, Document, Outline, Span};
use settle::Standing;

/// 一项分工: one assignment of responsibility.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// The clause's outline path; for a table row the table's path and the row's number.
    pub path: String,
    /// The clause's heading, or the task text of a table row without its final 。.
    pub title: Option<String>,
    /// What is assigned: the words before the annotation since the clause or the last annotation began, or the task
    /// cell; without the final 。 or ；. `None` where an annotation stands with no words of its clause.
    pub text: Option<Span>,
    /// 牵头.
    pub lead: Vec<Name>,
    /// 配合.
    pub support: Vec<Name>,
    /// 共同: 按职责分工负责, 分别负责, several who are responsible with none named to lead.
    pub joint: Vec<Name>,
    /// 落实.
    pub implement: Vec<Name>,
    /// True where `implement` holds only what an earlier annotation declared for all later ones.
    pub implement_inherited: bool,
    /// True where a list ends in 等.
    pub open_ended: bool,
    /// The annotation as printed with its brackets, or the label lines; empty for a table row.
    pub annotation: Vec<Span>,
    /// The deadline of the annotation or of the row.
    pub due: Option<Deadline>,
    /// Words of the annotation or of the row's organ cells that were not understood.
    pub unparsed: Vec<Span>,
}

/// Every assignment of the document, in printed order.
pub fn assignments(document: &Document, outline: &Outline) -> Vec<Assignment> {
    let context = Context::of(document);
    let mut standing = Standing::default();
    let mut found = Vec::new();
    let mut rows = table::Rows::default();
    let mut lines: Option<annotation::Lines> = None;
    for (block, b) in document.blocks.iter().enumerate() {
        match &b.kind {
            BlockKind::Title | BlockKind::Rule => {}
            BlockKind::Table(t) => rows.read(document, outline, block, t, context, &mut found),
            BlockKind::Heading(_) | BlockKind::Paragraph => {
                let read = annotation::read(document, block, context);
                for part in read {
                    // Label lines that follow one another are one assignment.
                    if let Some(open) = lines.as_mut()
                        && open.goes_on(&part, block)
                    {
                        open.add(part, block);
                        continue;
                    }
                    if let Some(done) = lines.take() {
                        found.extend(done.settle(document, outline, &mut standing));
                    }
                    lines = Some(annotation::Lines::new(part, block));
                }
            }
        }
    }
    if let Some(done) = lines {
        found.extend(done.settle(document, outline, &mut standing));
    }
    found.sort_by_key(|a: &Assignment| a.annotation.first().copied().or(a.text).map(|s| (s.block, s.start)));
    found
}

/// The column names of the document's tables that are not known although organs stand under them: what is assigned
/// there is not read.
pub fn unknown_columns(document: &Document) -> Vec<Span> {
    let mut found = Vec::new();
    for (block, b) in document.blocks.iter().enumerate() {
        if let BlockKind::Table(t) = &b.kind {
            found.extend(table::unknown_columns(&b.text, t).into_iter().map(|r| Span::new(block, r)));
        }
    }
    found
}

/// Where the words of a clause stand that an annotation without words of its own belongs to.
fn clause_before(document: &Document, outline: &Outline, block: usize) -> Option<Span> {
    let path = outline.path_at(block);
    let mut at = block;
    // An annotation stands right after its clause; a table or a separator between them parts them.
    for _ in 0..3 {
        at = at.checked_sub(1)?;
        let b: &Block = document.blocks.get(at)?;
        if outline.path_at(at) != path || matches!(b.kind, BlockKind::Table(_) | BlockKind::Rule | BlockKind::Title) {
            return None;
        }
        let body = crate::extract::kit::unended(&b.text, crate::extract::kit::body_start(document, at)..b.text.len());
        if !body.is_empty() {
            return Some(Span::new(at, body));
        }
        if let Some(h) = b.heading() {
            let title = h.title.clone();
            return (!title.is_empty()).then(|| Span::new(at, title));
        }
    }
    None
}

#[cfg(test)]
mod tests;
