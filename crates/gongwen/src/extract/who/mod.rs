//! 分工: who leads, supports, shares and implements, from trailing annotations and task tables.
//!
//! `annotation` finds the brackets and label lines that assign, `grammar` reads their inside into `parsed`, `settle` decides the
//! roles, `rules` and `prose` read what holds for later clauses, `headed` a lead named in a heading, `table` reads task tables with the same grammar, `matrix` those whose columns are
//! departments; the words are in `words/roles.toml`, `words/annotation.toml` and `crate::labels`.
//! [`assignments`] and [`unknown_columns`]
//! are called from outside.

mod annotation;
mod grammar;
mod headed;
mod matrix;
mod parsed;
mod prose;
mod rules;
mod settle;
mod table;
mod words;

use crate::extract::when::Context;
use crate::extract::{Deadline, Name};
use crate::{Block, BlockKind, Document, Outline, Span};
use annotation::{Grounds, Part};
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
    /// The heading above that names the lead, where the clause itself does not: 一、市教育局牵头工作（2项）.
    pub lead_from: Option<Span>,
    /// False where no word says that this assigns, or as what: a bare list of organs, a table whose columns were guessed.
    pub sure: bool,
}

/// Every assignment of the document, in printed order.
pub fn assignments(document: &Document, outline: &Outline) -> Vec<Assignment> {
    let context = Context::of(document);
    let read: Vec<Vec<Part>> = (0..document.blocks.len())
        .map(|block| match document.blocks[block].kind {
            BlockKind::Heading(_) | BlockKind::Paragraph => annotation::read(document, block, context),
            _ => Vec::new(),
        })
        .collect();
    let lists = carries_bare_lists(&read);
    let mut standing = Standing::default();
    let mut found = Vec::new();
    let mut rows = table::Rows::default();
    let mut lines: Option<annotation::Lines> = None;
    for (block, parts) in read.into_iter().enumerate() {
        let text = document.blocks[block].text.as_str();
        if let BlockKind::Table(_) = &document.blocks[block].kind {
            // A label line above the table is no part of what stands below it.
            if let Some(done) = lines.take() {
                found.extend(done.settle(document, outline, &mut standing));
            }
            rows.read(document, outline, block, context, &standing, &mut found);
            continue;
        }
        let mut open = Vec::new();
        let mut from = 0;
        for part in parts {
            let unowned = part.stands_alone() && outline.path_at(block).is_empty();
            if part.grounds() == Grounds::Tentative && (!lists || unowned) {
                continue;
            }
            open.push(from..part.range().start.max(from));
            from = part.range().end;
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
        open.push(from..text.len());
        if matches!(document.blocks[block].kind, BlockKind::Heading(_) | BlockKind::Paragraph) {
            let mut said = Standing::default();
            prose::rules(document, block, &open, context, &mut said);
            if said != Standing::default() {
                // What stands above the rule is not under it.
                if let Some(done) = lines.take_if(|l| l.begins_before(block)) {
                    found.extend(done.settle(document, outline, &mut standing));
                }
                standing.take_in(said);
            }
        }
    }
    if let Some(done) = lines {
        found.extend(done.settle(document, outline, &mut standing));
    }
    headed::add(document, outline, context, &mut found);
    found.sort_by_key(|a: &Assignment| a.annotation.first().copied().or(a.text).map(|s| (s.block, s.start)));
    found
}

/// True where the clauses of the document end in lists of organs so often that one without a role is no accident.
fn carries_bare_lists(read: &[Vec<Part>]) -> bool {
    /// As many are a custom by themselves, and as many beside annotations that say what they are.
    const ALONE: usize = 3;
    const BESIDE: usize = 1;
    let count = |of: Grounds| read.iter().flatten().filter(|p| p.grounds() == of).count();
    let tentative = count(Grounds::Tentative);
    tentative >= ALONE || tentative >= BESIDE && count(Grounds::Said) + count(Grounds::Bare) > 0
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

/// Where the column names of a table stand that look like those of tasks.
pub(super) fn looks_like_tasks(text: &str, table: &crate::Table) -> Option<std::ops::Range<usize>> {
    table::looks_like_tasks(text, table)
}

/// True where the bracket at `range` of block number `block` looks as if it assigned something.
pub(super) fn looks_like_annotation(document: &Document, block: usize, range: &std::ops::Range<usize>) -> bool {
    let Some(b) = document.blocks.get(block) else { return false };
    annotation::looks_like_one(&b.text, range)
}

/// The label line in `text` that looks as if it assigned something.
pub(super) fn looks_like_labels(text: &str) -> Option<std::ops::Range<usize>> {
    annotation::label_line(text)
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
