//! Task tables: columns are known by their names in any order; empty cells of merged columns carry the row above.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Assignment;
use super::grammar::parse;
use super::matrix;
use super::parsed::Parsed;
use super::prose;
use super::rules::says_first_leads;
use super::settle::{Standing, settle};
use super::words::{Role, WORDS, bears};
use crate::extract::kit::organ::is_organ;
use crate::extract::kit::unended;
use crate::extract::when::{self, Context, Deadline};
use crate::labels::{Label, kind, place};
use crate::wordlist::ends_with;
use crate::{Block, BlockKind, Document, Outline, Span, Table};

/// Rows above the column names that a table may print: its title, its unit.
const HEADERS: usize = 3;
/// Blocks under a table that may hold its notes.
const NOTES: usize = 2;

/// The columns of a task table.
struct Columns {
    /// The row that names them.
    header: usize,
    kinds: Vec<Option<Label>>,
    /// The column of the task's words.
    task: Option<usize>,
    /// The columns of 时间进度 that are named by a date, and where it stands: 6月底, 12月底.
    dated: Vec<(usize, Range<usize>)>,
    /// The column heading says that the first organ leads.
    first_leads: bool,
    /// The only organs are those who guide, so that nobody leads.
    guided: bool,
    /// False where a column was guessed.
    sure: bool,
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
    /// Adds the assignments of block number `block`, which is a table.
    pub(super) fn read(
        &mut self,
        document: &Document,
        outline: &Outline,
        block: usize,
        context: Context,
        standing: &Standing,
        found: &mut Vec<Assignment>,
    ) {
        let Some(Block { text, kind: BlockKind::Table(table) }) = document.blocks.get(block) else { return };
        let text = text.as_str();
        // First, since 牵头 and 配合 in its cells look like names of columns.
        let marked = matrix::rows(document, block, text, table);
        if !marked.is_empty() {
            return self.add_marked(outline, block, text, marked, found);
        }
        let Some(columns) = columns(text, table) else { return };
        let first_leads = columns.first_leads
            || standing.first_leads
            || (1..=NOTES).any(|n| prose::note_says_first_leads(document, block + n));
        let mut above = Above::default();
        let mut ordinal = 0usize;
        let mut before: Option<(Vec<String>, Parsed)> = None;
        // Where numbers are missing or printed for several rows, rows are known by their place.
        let numbered = columns.numbers_rows(text, table);
        for row in columns.body(text, table) {
            let printed = |label: Label| {
                let cells = row.iter().zip(&columns.kinds).filter(move |(_, k)| **k == Some(label));
                cells.map(|(c, _)| said(text, c)).filter(|c| !c.is_empty()).collect::<Vec<_>>()
            };
            let task = columns.task.and_then(|i| row.get(i)).map(|c| said(text, c)).filter(|c| !c.is_empty());
            let mut lead = printed(Label::Lead);
            let mut support = printed(Label::Support);
            let mut main = printed(Label::Responsible);
            let implement = printed(Label::Implement);
            let due = printed(Label::Due);
            let no_due = columns.names_nobody(text, row, &[Label::Due]);
            let own_organs = !(lead.is_empty() && main.is_empty() && support.is_empty() && implement.is_empty());
            if task.is_none() && !own_organs {
                continue; // 一、加强领导: a row that only groups those below it
            }
            let words: Vec<&str> = row.iter().map(|c| text.get(unended(text, c.clone())).unwrap_or("")).collect();
            let mut words = words.into_iter().filter(|w| !w.is_empty());
            let grouping = words.next().is_none_or(|first| words.all(|w| w == first));
            // 一、加强领导 over its tasks, in one cell or in all that it was merged from.
            if grouping && row.len() > 2 && (!own_organs || task.is_some()) {
                continue;
            }
            // Every task has its organs and its time, so that an empty cell is a merged one. Support may be missing
            // for its own sake; it is carried only where the lead is.
            let leads_printed = !(lead.is_empty() && main.is_empty())
                || columns.names_nobody(text, row, &[Label::Lead, Label::Responsible]);
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
            parsed.first_leads |= first_leads;
            if columns.guided {
                parsed.groups.iter_mut().filter(|g| g.role == Role::Support).for_each(|g| g.role = Role::Joint);
            }
            let deadline = match due.first() {
                Some(cell) => read_due(block, text, cell, context),
                None if no_due => None,
                None if !columns.dated.is_empty() => {
                    let filled = |i: usize| row.get(i).is_some_and(|c| !said(text, c).is_empty());
                    let last = columns.dated.iter().rev().find(|(i, _)| filled(*i));
                    last.and_then(|(_, named)| read_due(block, text, named, context))
                }
                None => above.due.map(|d| Deadline { inherited: true, ..d }),
            };
            let words = task.clone().or_else(|| above.task.clone());
            let main_cells = if lead.is_empty() { &main } else { &lead };
            above = Above { task: words.clone(), lead: main_cells.clone(), support: support.clone(), due: deadline };
            if parsed.names().next().is_none() && parsed.unparsed.is_empty() {
                continue;
            }
            // A task whose organs are parted into rows, all else merged and filled in, is one.
            let key = columns.key(text, row);
            if let Some((same, all)) = before.as_mut().filter(|(k, _)| *k == key)
                && let Some(last) = found.last_mut()
                && !same.iter().all(String::is_empty)
            {
                all.absorb(parsed);
                let roles = settle(document, "", all, &mut Standing::default());
                (last.lead, last.support, last.joint, last.implement) =
                    (roles.lead, roles.support, roles.joint, roles.implement);
                last.open_ended |= all.open_ended;
                last.unparsed.clone_from(&all.unparsed);
                continue;
            }
            before = Some((key, parsed.clone()));
            let number = printed(Label::Ordinal).first().map(|c| plain(text, c)).filter(|n| numbered && is_ordinal(n));
            ordinal += 1;
            let number = number.unwrap_or_else(|| ordinal.to_string());
            let roles = settle(document, "", &parsed, &mut Standing::default());
            // Cells that fell into the wrong column name few organs.
            let names = parsed.names().count();
            let known = parsed.names().filter(|n| text.get(n.range()).is_some_and(bears)).count() * 2 > names;
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
                lead_from: None,
                sure: columns.sure && known,
            });
        }
    }

    /// Adds the assignments of a table whose columns are departments.
    fn add_marked(
        &mut self,
        outline: &Outline,
        block: usize,
        text: &str,
        rows: Vec<matrix::Row>,
        found: &mut Vec<Assignment>,
    ) {
        for (i, row) in rows.into_iter().enumerate() {
            let number = row.number.filter(|n| is_ordinal(n)).unwrap_or_else(|| (i + 1).to_string());
            let mut assignment = Assignment {
                path: self.path(outline.path_at(block), &number),
                title: text.get(row.task.clone()).map(str::to_owned),
                text: Some(Span::new(block, row.task)),
                sure: row.sure,
                ..Assignment::default()
            };
            let alone = row.names.len() == 1;
            for (role, name) in row.names {
                let list = match role {
                    Role::Lead => &mut assignment.lead,
                    Role::Responsible if alone => &mut assignment.lead,
                    Role::Support => &mut assignment.support,
                    Role::Implement => &mut assignment.implement,
                    _ => &mut assignment.joint,
                };
                list.push(name);
            }
            found.push(assignment);
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

impl Columns {
    /// The rows below the heading, without a heading that is printed again on each page.
    fn body<'t>(&self, text: &str, table: &'t Table) -> Vec<&'t Vec<Range<usize>>> {
        let cells = |row: &[Range<usize>]| row.iter().map(|c| plain(text, c)).collect::<Vec<_>>();
        let heads: Vec<Vec<String>> = table.rows[..=self.header].iter().map(|r| cells(r)).collect();
        table.rows[self.header + 1..].iter().filter(|row| !heads.contains(&cells(row))).collect()
    }

    /// True where every task of the table has a printed number of its own.
    fn numbers_rows(&self, text: &str, table: &Table) -> bool {
        let Some(column) = self.kinds.iter().position(|k| *k == Some(Label::Ordinal)) else { return false };
        let mut seen = HashSet::new();
        self.body(text, table).into_iter().all(|row| {
            let number = row.get(column).map_or_else(String::new, |c| plain(text, c));
            let tells = row.iter().filter(|c| !said(text, c).is_empty()).count() > 1;
            !tells || if is_ordinal(&number) { seen.insert(number) } else { !number.is_empty() }
        })
    }

    /// What tells the task of a row from others: its cells but for organs and persons.
    fn key(&self, text: &str, row: &[Range<usize>]) -> Vec<String> {
        let tells = |k: &Option<Label>| k.is_none_or(|l| l.role().is_none() && l != Label::Person);
        row.iter().zip(&self.kinds).filter(|(_, k)| tells(k)).map(|(c, _)| plain(text, c)).collect()
    }

    /// True where a cell under one of `labels` says that there is none: /, 无.
    fn names_nobody(&self, text: &str, row: &[Range<usize>], labels: &[Label]) -> bool {
        let leads = |k: &Option<Label>| k.is_some_and(|l| labels.contains(&l));
        row.iter()
            .zip(&self.kinds)
            .any(|(c, k)| leads(k) && !unended(text, c.clone()).is_empty() && said(text, c).is_empty())
    }
}

/// What a cell says; nothing where it only fills its place: /, 无.
pub(super) fn said(text: &str, cell: &Range<usize>) -> Range<usize> {
    let words = unended(text, cell.clone());
    let nobody = text.get(words.clone()).is_some_and(|w| WORDS.nobody.iter().any(|n| n == w));
    if nobody { words.start..words.start } else { words }
}

fn read_due(block: usize, text: &str, cell: &Range<usize>, context: Context) -> Option<Deadline> {
    when::cell(text.get(cell.clone())?, context).map(|due| due.shifted(cell.start).in_block(block))
}

/// The columns of `table`; `None` where no heading names an organ's role.
fn columns(text: &str, table: &Table) -> Option<Columns> {
    table.rows.iter().take(HEADERS).enumerate().find_map(|(top, row)| {
        let mut names: Vec<String> = row.iter().map(|c| plain(text, c)).collect();
        let mut header = top;
        let mut dated = Vec::new();
        // 责任分工 over 牵头 and 配合: the lower row names the columns that it has cells for.
        if let Some(lower) = table.rows.get(top + 1).filter(|lower| names_columns(text, row, lower)) {
            header += 1;
            for (i, (name, cell)) in names.iter_mut().zip(lower).enumerate() {
                let own = plain(text, cell);
                if kind(name) == Some(Label::Due) && own != *name && when::cell(&own, Context::default()).is_some() {
                    dated.push((i, cell.clone()));
                }
                if !own.is_empty() {
                    *name = own;
                }
            }
        }
        let mut kinds: Vec<Option<Label>> = names.iter().map(|n| kind(n)).collect();
        leave_out_offices(&names, &mut kinds);
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
        let first_leads = names.iter().any(|n| says_first_leads(n));
        // A second column of 责任单位 beside 牵头单位 keeps its own meaning; a task column that lost is a category.
        let guides = names.iter().zip(&kinds).filter(|(_, k)| k.is_some_and(|l| l.role().is_some()));
        let guided = guides.clone().all(|(n, _)| ends_with(n, &WORDS.guides));
        let sure = !vague && !guided && task.is_some();
        let task = task.or_else(|| unnamed_task(&names));
        Some(Columns { header, kinds, task, dated, first_leads, guided, sure })
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

/// Where the column names of `table` stand, if they look like those of tasks and somebody who does them. A form that
/// nobody has filled in asks nothing of anybody.
pub(super) fn looks_like_tasks(text: &str, table: &Table) -> Option<Range<usize>> {
    let filled = |row: &Vec<Range<usize>>| row.iter().filter(|c| !said(text, c).is_empty()).count() > 1;
    let rows = table.rows.iter().take(HEADERS).enumerate();
    rows.filter(|(i, _)| table.rows[i + 1..].iter().any(filled)).find_map(|(_, row)| {
        let names: Vec<String> = row.iter().map(|c| plain(text, c)).collect();
        let kinds: Vec<Option<Label>> = names.iter().map(|n| kind(n)).collect();
        // 单位 is a unit of measure as often.
        let role =
            kinds.iter().zip(&names).any(|(k, n)| k.is_some_and(|l| l.role().is_some()) && n.chars().count() > 2);
        let matter = kinds.iter().flatten().any(|l| matches!(l, Label::Task | Label::Category | Label::Due));
        (role && matter).then(|| row.first().map_or(0, |c| c.start)..row.last().map_or(0, |c| c.end))
    })
}

/// True for the lower row of a heading of two: some cells empty or merged with those above, all others known names of
/// columns, or short words under a name that spans several columns.
fn names_columns(text: &str, upper: &[Range<usize>], row: &[Range<usize>]) -> bool {
    let above: Vec<String> = upper.iter().map(|c| plain(text, c)).collect();
    let cells: Vec<String> = row.iter().map(|c| plain(text, c)).collect();
    let own = || cells.iter().enumerate().filter(|(i, c)| !c.is_empty() && above.get(*i) != Some(c)).map(|(_, c)| c);
    let role = own().any(|c| kind(c).is_some_and(|l| l.role().is_some()));
    let spanned = |i: usize| {
        let name = above.get(i);
        name.is_some() && (i.checked_sub(1).and_then(|b| above.get(b)) == name || above.get(i + 1) == name)
    };
    let named = |(i, c): (usize, &String)| {
        let count = c.chars().count();
        c.is_empty() || above.get(i) == Some(c) || count <= 8 && kind(c).is_some() || count <= 10 && spanned(i)
    };
    role && own().count() < cells.len() && cells.iter().enumerate().all(named)
}

/// 牵头处室 beside 牵头单位 are offices within one of the organs: no part of what is asked of whom.
fn leave_out_offices(names: &[String], kinds: &mut [Option<Label>]) {
    let inner = |name: &str| ends_with(name, &WORDS.inner);
    let role = |k: &Option<Label>| k.is_some_and(|l| l.role().is_some());
    if names.iter().zip(kinds.iter()).any(|(n, k)| role(k) && !inner(n)) {
        for (_, kind) in names.iter().zip(kinds.iter_mut()).filter(|(n, k)| role(k) && inner(n)) {
            *kind = Some(Label::Note);
        }
    }
}

/// The one column without a known name may hold the task.
fn unnamed_task(names: &[String]) -> Option<usize> {
    let mut unknown = names.iter().enumerate().filter(|(_, n)| !n.is_empty() && kind(n).is_none());
    let first = unknown.next()?;
    unknown.next().is_none().then_some(first.0)
}

/// A cell's words without blanks.
pub(super) fn plain(text: &str, cell: &Range<usize>) -> String {
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
