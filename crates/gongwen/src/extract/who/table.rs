//! Task tables: columns are known by their names in any order; empty cells of merged columns carry the row above.

use std::collections::HashMap;
use std::ops::Range;

use super::Assignment;
use super::grammar::parse;
use super::parsed::Parsed;
use super::settle::{Standing, settle};
use super::words::{ROLES, Role, WORDS};
use crate::extract::kit::organ::is_organ;
use crate::extract::kit::unended;
use crate::extract::when::{self, Context, Deadline};
use crate::labels::{Label, kind, place};
use crate::{Document, Outline, Span, Table};

/// Rows above the column names that a table may print: its title, its unit.
const HEADERS: usize = 3;

/// The columns of a task table.
struct Columns {
    /// The row that names them.
    header: usize,
    kinds: Vec<Option<Label>>,
    /// The column of the task's words.
    task: Option<usize>,
    /// The column heading says that the first organ leads.
    first_leads: bool,
}

/// Reads task tables and remembers the paths given, so that no two rows share one.
#[derive(Default)]
pub(super) struct Rows {
    paths: HashMap<String, usize>,
}

/// What an empty merged cell means.
#[derive(Clone, Default)]
struct Above {
    task: Option<Range<usize>>,
    lead: Vec<Range<usize>>,
    support: Vec<Range<usize>>,
    due: Option<Deadline>,
}

impl Rows {
    /// Adds the assignments of block number `block`, which is `table`.
    pub(super) fn read(
        &mut self,
        document: &Document,
        outline: &Outline,
        block: usize,
        table: &Table,
        context: Context,
        found: &mut Vec<Assignment>,
    ) {
        let Some(b) = document.blocks.get(block) else { return };
        let text = b.text.as_str();
        let Some(columns) = columns(text, table) else { return };
        let header: Vec<String> = table.rows[columns.header].iter().map(|c| plain(text, c)).collect();
        let mut above = Above::default();
        let mut ordinal = 0usize;
        for row in table.rows.iter().skip(columns.header + 1) {
            // A table that goes on over a page may print its heading again.
            if row.len() == header.len() && row.iter().zip(&header).all(|(c, h)| plain(text, c) == *h) {
                continue;
            }
            let printed = |label: Label| {
                let cells = row.iter().zip(&columns.kinds).filter(move |(_, k)| **k == Some(label));
                cells.map(|(c, _)| unended(text, c.clone())).filter(|c| !c.is_empty()).collect::<Vec<_>>()
            };
            let task =
                columns.task.and_then(|i| row.get(i)).map(|c| unended(text, c.clone())).filter(|c| !c.is_empty());
            let mut lead = printed(Label::Lead);
            let mut support = printed(Label::Support);
            let mut main = printed(Label::Responsible);
            let implement = printed(Label::Implement);
            let due = printed(Label::Due);
            let own_organs = !(lead.is_empty() && main.is_empty() && support.is_empty() && implement.is_empty());
            if task.is_none() && !own_organs {
                continue; // 一、加强领导: a row that only groups those below it
            }
            let grouping = row.iter().filter(|c| !unended(text, (*c).clone()).is_empty()).count() <= 1;
            if grouping && !own_organs && row.len() > 2 {
                continue;
            }
            ordinal += 1;
            // Every task has its organs and its time, so that an empty cell is a merged one. Support may be missing
            // for its own sake; it is carried only where the lead is.
            let leads_printed = !(lead.is_empty() && main.is_empty());
            if !leads_printed {
                let has_lead_column = columns.kinds.contains(&Some(Label::Lead));
                let carried = above.lead.clone();
                if has_lead_column {
                    lead = carried
                } else {
                    main = carried
                }
                if support.is_empty() {
                    support = above.support.clone();
                }
            }
            let mut parsed = Parsed::default();
            for (label, cells) in [
                (Label::Lead, &lead),
                (Label::Responsible, &main),
                (Label::Support, &support),
                (Label::Implement, &implement),
            ] {
                for cell in cells {
                    parsed.absorb(parse(block, text, cell.clone(), Some(label), context));
                }
            }
            parsed.first_leads |= columns.first_leads;
            let deadline = match due.first() {
                Some(cell) => read_due(block, text, cell, context),
                None => above.due.map(|d| Deadline { inherited: true, ..d }),
            };
            let words = task.clone().or_else(|| above.task.clone());
            let main_cells = if lead.is_empty() { &main } else { &lead };
            above = Above { task: words.clone(), lead: main_cells.clone(), support: support.clone(), due: deadline };
            if parsed.names().next().is_none() && parsed.unparsed.is_empty() {
                continue;
            }
            let number = printed(Label::Ordinal).first().map(|c| plain(text, c)).filter(|n| is_ordinal(n));
            let number = number.unwrap_or_else(|| ordinal.to_string());
            let roles = settle(document, &parsed, &mut Standing::default());
            found.push(Assignment {
                path: self.path(outline.path_at(block), &number),
                title: words.clone().and_then(|w| text.get(w)).map(str::to_owned),
                text: words.map(|w| Span::new(block, w)),
                lead: roles.lead,
                support: roles.support,
                joint: roles.joint,
                implement: roles.implement,
                implement_inherited: false,
                open_ended: parsed.open_ended,
                annotation: Vec::new(),
                due: deadline.or(parsed.due),
                unparsed: parsed.unparsed,
            });
        }
    }

    /// 附件/1; 附件/1~2 where a number is printed again.
    fn path(&mut self, table: &str, number: &str) -> String {
        let path = if table.is_empty() { number.to_owned() } else { format!("{table}/{number}") };
        let times = self.paths.entry(path.clone()).or_default();
        *times += 1;
        if *times == 1 { path } else { format!("{path}~{times}") }
    }
}

fn read_due(block: usize, text: &str, cell: &Range<usize>, context: Context) -> Option<Deadline> {
    when::cell(text.get(cell.clone())?, context).map(|due| due.shifted(cell.start).in_block(block))
}

/// The columns of `table`; `None` where no heading names an organ's role.
fn columns(text: &str, table: &Table) -> Option<Columns> {
    table.rows.iter().take(HEADERS).enumerate().find_map(|(top, row)| {
        let mut names: Vec<String> = row.iter().map(|c| plain(text, c)).collect();
        let mut header = top;
        // 责任分工 over 牵头 and 配合: the lower row names the columns that it has cells for.
        if let Some(lower) = table.rows.get(top + 1).filter(|lower| names_columns(text, lower)) {
            header += 1;
            for (name, cell) in names.iter_mut().zip(lower) {
                let own = plain(text, cell);
                if !own.is_empty() {
                    *name = own;
                }
            }
        }
        let kinds: Vec<Option<Label>> = names.iter().map(|n| kind(n)).collect();
        let roles = kinds.iter().flatten().filter(|l| l.role().is_some()).count();
        if roles == 0 || kinds.iter().flatten().count() < 2 {
            return None;
        }
        // Several columns may hold a task; the most specific stands last in the table of words.
        let tasks = names.iter().enumerate().filter(|(i, _)| kinds[*i] == Some(Label::Task));
        let task = tasks.max_by_key(|(i, n)| (place(n), *i)).map(|(i, _)| i);
        let task = task.or_else(|| kinds.iter().position(|k| *k == Some(Label::Category)));
        // 单位 and 部门 name a column of tasks' organs only where another column names the tasks.
        let vague =
            names.iter().zip(&kinds).all(|(n, k)| k.is_none_or(|l| l.role().is_none()) || n.chars().count() <= 2);
        if vague && task.is_none_or(|i| kinds[i] != Some(Label::Task)) {
            return None;
        }
        let first_leads = names.iter().any(|n| ROLES.occurs(n, |r| r == Role::First));
        // A second column of 责任单位 beside 牵头单位 keeps its own meaning; a task column that lost is a category.
        Some(Columns { header, kinds, task: task.or_else(|| unnamed_task(&names)), first_leads })
    })
}

/// The names of columns of `table` that are not known although most cells under them are lists of organs.
pub(super) fn unknown_columns(text: &str, table: &Table) -> Vec<Range<usize>> {
    /// Fewer rows are no table of tasks.
    const ROWS: usize = 2;
    let header = columns(text, table).map_or(0, |c| c.header);
    let Some(names) = table.rows.get(header).filter(|_| table.header) else { return Vec::new() };
    let rows = &table.rows[header + 1..];
    let holds_organs = |column: usize| {
        let cells: Vec<&str> = rows.iter().filter_map(|r| text.get(r.get(column)?.clone())).map(str::trim).collect();
        let printed = cells.iter().filter(|c| !c.is_empty()).count();
        let organs = |cell: &str| {
            let mut names = cell.split(['、', '，', ',', ' ', '\u{3000}', '；']).filter(|n| !n.is_empty()).peekable();
            names.peek().is_some() && names.all(|n| is_organ(n.trim_end_matches(WORDS.etc)))
        };
        printed >= ROWS && cells.iter().filter(|c| organs(c)).count() * 2 > printed
    };
    let unknown = |(i, name): (usize, &Range<usize>)| {
        let plain = plain(text, name);
        (!plain.is_empty() && kind(&plain).is_none() && holds_organs(i))
            .then(|| crate::extract::kit::trimmed(text, name.clone()))
    };
    names.iter().enumerate().filter_map(unknown).collect()
}

/// True for the lower row of a heading of two: some cells empty, all others known names of columns.
fn names_columns(text: &str, row: &[Range<usize>]) -> bool {
    let cells: Vec<String> = row.iter().map(|c| plain(text, c)).collect();
    let printed = || cells.iter().filter(|c| !c.is_empty());
    let role = printed().any(|c| kind(c).is_some_and(|l| l.role().is_some()));
    role && printed().count() < cells.len() && printed().all(|c| kind(c).is_some() && c.chars().count() <= 8)
}

/// The one column without a known name may hold the task.
fn unnamed_task(names: &[String]) -> Option<usize> {
    let mut unknown = names.iter().enumerate().filter(|(_, n)| !n.is_empty() && kind(n).is_none());
    let first = unknown.next()?;
    unknown.next().is_none().then_some(first.0)
}

/// A cell's words without blanks.
fn plain(text: &str, cell: &Range<usize>) -> String {
    text.get(cell.clone()).unwrap_or("").chars().filter(|c| !c.is_whitespace()).collect()
}

/// True for what may be a component of a path: 1, 12, 三, （二）, 1.1.
fn is_ordinal(number: &str) -> bool {
    number.chars().count() <= 8
        && number.chars().all(|c| {
            crate::scan::is_arabic(c) || crate::numeral::is_chinese_numeral(c) || "（）().-、．①②③④⑤⑥⑦⑧⑨⑩".contains(c)
        })
        && number.chars().any(|c| crate::scan::is_arabic(c) || crate::numeral::is_chinese_numeral(c))
}
