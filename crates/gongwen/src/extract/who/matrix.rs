//! Task tables whose columns are departments: a mark or a role word in the row of a task under each that takes part.

use std::ops::Range;

use super::grammar::phrases::role_run;
use super::table::{plain, said};
use super::words::{Role, WORDS};
use crate::extract::Name;
use crate::extract::kit::organ::{Actor, actor};
use crate::extract::kit::trimmed;
use crate::labels::{Label, kind};
use crate::{Document, Table};

/// One row: what is to be done and who takes part as what.
pub(super) struct Row {
    /// The printed number, where the table has a column for it.
    pub(super) number: Option<String>,
    pub(super) task: Range<usize>,
    pub(super) names: Vec<(Role, Name)>,
    /// True where words say the roles, in the cells or in a legend.
    pub(super) sure: bool,
}

/// Fewer departments are no columns of a table of that kind.
const DEPARTMENTS: usize = 2;

/// Reads block number `block` as such a table; no rows where it is none.
pub(super) fn rows(document: &Document, block: usize, text: &str, table: &Table) -> Vec<Row> {
    let Some(header) = table.rows.first() else { return Vec::new() };
    let kinds: Vec<Option<Label>> = header.iter().map(|c| kind(&plain(text, c))).collect();
    let is_department = |i: usize| kinds[i].is_none() && actor(&plain(text, &header[i])) == Actor::Organ;
    let departments: Vec<usize> = (0..header.len()).filter(|&i| is_department(i)).collect();
    let task = kinds.iter().position(|k| *k == Some(Label::Task));
    let task = task.or_else(|| kinds.iter().position(|k| *k == Some(Label::Category)));
    let Some(task) = task.filter(|_| departments.len() >= DEPARTMENTS) else { return Vec::new() };
    let ordinal = kinds.iter().position(|k| *k == Some(Label::Ordinal));
    let legend = Legend::near(document, block);
    let mut rows = Vec::new();
    for row in table.rows.iter().skip(1) {
        let Some(words) = row.get(task).map(|c| said(text, c)).filter(|c| !c.is_empty()) else { continue };
        let mut names = Vec::new();
        let mut sure = true;
        for &column in &departments {
            let Some(cell) = row.get(column).map(|c| said(text, c)).filter(|c| !c.is_empty()) else { continue };
            let Some(mark) = text.get(cell) else { continue };
            // A cell with other words is no mark, and the table none of marks.
            let Some((role, told)) = legend.role(mark) else { return Vec::new() };
            sure &= told;
            names.push((role, Name::of(block, text, trimmed(text, header[column].clone()))));
        }
        let number = ordinal.and_then(|i| row.get(i)).map(|c| plain(text, c)).filter(|n| !n.is_empty());
        if !names.is_empty() {
            rows.push(Row { number, task: words, names, sure });
        }
    }
    rows
}

/// What the marks of a table mean: ★为牵头单位，△为配合单位.
struct Legend(Vec<(char, Role)>);

impl Legend {
    /// Reads the notes near block number `block`.
    fn near(document: &Document, block: usize) -> Legend {
        /// How many blocks before and after may hold the note.
        const NEAR: usize = 2;
        /// How far behind its mark a role word stands, in characters.
        const BEHIND: usize = 6;
        let mut marks = Vec::new();
        let blocks = document.blocks.iter().enumerate().skip(block.saturating_sub(NEAR)).take(2 * NEAR + 1);
        for (_, b) in blocks.filter(|(i, b)| *i != block && b.text.len() <= 600) {
            for (i, mark) in b.text.char_indices().filter(|&(_, c)| WORDS.marks.contains(c)) {
                let behind = i + mark.len_utf8();
                let at = b.text[behind..].char_indices().take(BEHIND).map(|(n, _)| behind + n);
                if let Some((role, _)) = at.filter_map(|at| role_run(&b.text, at)).next() {
                    marks.push((mark, role));
                }
            }
        }
        Legend(marks)
    }

    /// The role that a cell gives, and whether words say so; `None` for a cell that is no mark.
    fn role(&self, cell: &str) -> Option<(Role, bool)> {
        if let Some((role, end)) = role_run(cell, 0) {
            return (end == cell.len()).then_some((role, true));
        }
        let mut chars = cell.chars();
        let mark = chars.next().filter(|&c| chars.next().is_none() && WORDS.marks.contains(c))?;
        let told = self.0.iter().find(|(m, _)| *m == mark);
        Some(told.map_or((Role::Joint, false), |&(_, role)| (role, true)))
    }
}
