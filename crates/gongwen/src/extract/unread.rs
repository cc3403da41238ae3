//! 未读出: what looks like a task and gave nothing, so that a person can be told.
//!
//! A table whose columns look like tasks, a bracket of organs, a label line, each where no finding came of it. Few false
//! alarms matter more than every miss: a text without such words is silent.

use super::Findings;
use super::kit::brackets::{closes, opens};
use super::who;
use crate::{BlockKind, Document, Outline, Span};

/// What was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum UnreadKind {
    /// 表格: a table whose columns are named as those of tasks are, and no assignment came of it.
    Table,
    /// 括注: a bracket of organs or roles that gave no assignment.
    Bracket,
    /// 标注: a label line (责任单位：, 完成时限：) that gave no assignment.
    Label,
}

/// A place where something was probably asked of somebody and nothing was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Unread {
    /// What it looks like.
    pub kind: UnreadKind,
    /// The table's column names, the bracket, or the label with its words.
    pub span: Span,
}

/// What of `document` looks like a task and gave none of `found`, in printed order.
pub fn unread(document: &Document, _outline: &Outline, found: &Findings) -> Vec<Unread> {
    let mut seen: Vec<Vec<Span>> = vec![Vec::new(); document.blocks.len()];
    let assigned = found.assignments.iter().flat_map(|a| {
        let names = a.lead.iter().chain(&a.support).chain(&a.joint).chain(&a.implement).map(|n| n.span);
        a.annotation.iter().copied().chain(names)
    });
    for span in assigned.chain(found.duties.iter().map(|d| d.text)) {
        if let Some(list) = seen.get_mut(span.block) {
            list.push(span);
        }
    }
    let mut unread = Vec::new();
    for (block, b) in document.blocks.iter().enumerate() {
        let read = Read::of(std::mem::take(&mut seen[block]));
        match &b.kind {
            BlockKind::Title | BlockKind::Rule => {}
            BlockKind::Table(t) => {
                if read.0.is_empty()
                    && let Some(columns) = who::looks_like_tasks(&b.text, t)
                {
                    unread.push(Unread { kind: UnreadKind::Table, span: Span::new(block, columns) });
                }
            }
            BlockKind::Heading(_) | BlockKind::Paragraph => {
                for range in brackets(&b.text) {
                    if !read.covers(range.start) && who::looks_like_annotation(document, block, &range) {
                        unread.push(Unread { kind: UnreadKind::Bracket, span: Span::new(block, range) });
                    }
                }
                if read.0.is_empty()
                    && let Some(range) = who::looks_like_labels(&b.text)
                    && unread.last().is_none_or(|u| u.span.block != block)
                {
                    unread.push(Unread { kind: UnreadKind::Label, span: Span::new(block, range) });
                }
            }
        }
    }
    unread
}

/// What was read of one block, without overlaps and in order.
struct Read(Vec<(usize, usize)>);

impl Read {
    fn of(mut spans: Vec<Span>) -> Read {
        spans.sort_by_key(|s| s.start);
        let mut read: Vec<(usize, usize)> = Vec::with_capacity(spans.len());
        for span in spans {
            match read.last_mut() {
                Some(last) if span.start <= last.1 => last.1 = last.1.max(span.end),
                _ => read.push((span.start, span.end)),
            }
        }
        Read(read)
    }

    fn covers(&self, at: usize) -> bool {
        let after = self.0.partition_point(|&(start, _)| start <= at);
        after.checked_sub(1).and_then(|i| self.0.get(i)).is_some_and(|&(_, end)| at < end)
    }
}

/// The outermost brackets of `text`, in order.
fn brackets(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut depth = 0usize;
    for (i, c) in text.char_indices() {
        if opens(c) {
            if depth == 0 {
                open = Some(i);
            }
            depth += 1;
        } else if closes(c) && depth > 0 {
            depth -= 1;
            if depth == 0
                && let Some(start) = open.take()
            {
                found.push(start..i + c.len_utf8());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;
    use crate::extract::findings;

    /// The kinds and words of what is not read of these paragraphs.
    fn of(paragraphs: &[&str]) -> Vec<(UnreadKind, String)> {
        let blocks = paragraphs.iter().map(|p| Block::paragraph(*p)).collect();
        let document = Document { blocks, ..Document::default() };
        let outline = Outline::of(&document);
        let found = findings(&document, &outline);
        unread(&document, &outline, &found).iter().map(|u| (u.kind, document.quote(u.span).to_owned())).collect()
    }

    #[test]
    fn a_table_of_tasks_that_nobody_filled_in_is_not_said() {
        let said = |row: &[&str]| {
            let rows =
                [&["序号", "重点任务", "责任单位"][..], row].map(|r| r.iter().map(|c| (*c).to_owned()).collect());
            let document = Document { blocks: vec![Block::table(true, &rows)], ..Document::default() };
            let outline = Outline::of(&document);
            unread(&document, &outline, &findings(&document, &outline)).len()
        };
        assert_eq!(said(&["1", "", ""]), 0);
        assert_eq!(said(&["1", "健全机制", ""]), 1);
    }

    #[test]
    fn a_bracket_that_could_not_be_read_is_said() {
        let said = of(&["健全机制。（牵头单位：由分管这项工作的同志另行研究确定以后再公布）"]);
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!(said[0].0, UnreadKind::Bracket);
    }

    #[test]
    fn what_is_read_or_is_no_task_is_not_said() {
        assert_eq!(of(&["健全机制。（市教育局牵头，市财政局配合）"]), []);
        assert_eq!(of(&["本办法所称主管部门（以下简称主管部门）负责监督。"]), []);
        assert_eq!(of(&["各部门（单位）要加强领导（含政策落实）。"]), []);
    }
}
