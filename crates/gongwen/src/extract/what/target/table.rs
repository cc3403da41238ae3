//! Tables of indicators: 指标 | 单位 | 2020年 | 2025年 | 属性. Each row gives a target for every column of a year to come.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Target;
use super::judge::is_past;
use super::words::{ends, says};
use crate::extract::kit::unended;
use crate::extract::what::indicator;
use crate::extract::when::{self, Context, Deadline};
use crate::{BlockKind, Document, Outline, Span, Table};

/// Rows above the column names that a table may print: its title, its unit.
const HEADERS: usize = 3;

/// The lists of `indicator_table.toml`, which says what each is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    names: Vec<String>,
    units: Vec<String>,
    goals: Vec<String>,
    present: Vec<String>,
    nothing: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    crate::wordlist::load("indicator_table.toml", include_str!("../../../words/indicator_table.toml"))
});

/// The columns of a table of indicators.
struct Columns {
    /// The row that names them.
    header: usize,
    name: usize,
    unit: Option<usize>,
    /// The columns of values to be reached, each with its day.
    values: Vec<(usize, Deadline)>,
}

/// Adds the targets of block number `block`, which is `table`; `carried` is the date of the section, for a column that
/// prints none (目标值).
pub(super) fn read(
    document: &Document,
    outline: &Outline,
    block: usize,
    table: &Table,
    carried: Option<Deadline>,
    context: Context,
    found: &mut Vec<Target>,
) {
    let Some(b) = document.blocks.get(block) else { return };
    let text = b.text.as_str();
    let due = || carried.or_else(|| caption(document, block, context));
    let Some(columns) = columns(block, text, table, due, context) else { return };
    for row in table.rows.iter().skip(columns.header + 1) {
        let cell = |i: usize| row.get(i).map(|c| unended(text, c.clone())).filter(|c| !c.is_empty());
        let Some(name) = cell(columns.name) else { continue };
        let unit = columns.unit.and_then(cell).and_then(|c| text.get(c)).unwrap_or("");
        let printed = text.get(name.clone()).unwrap_or("");
        for (i, due) in &columns.values {
            let Some(value) = cell(*i) else { continue };
            let said = text.get(value.clone()).unwrap_or("");
            // A table that goes on over a page prints its heading again.
            if WORDS.nothing.iter().any(|w| w == said) || !said.contains(char::is_alphanumeric) || is_name(printed) {
                continue;
            }
            let unit = if unit.is_empty() { unit_of(printed) } else { unit };
            let indicators = indicator::of_cell(block, text, value.clone(), name.clone(), unit);
            // Name and value are read together where they stand side by side.
            let end = if *i == columns.name + 1 { value.end } else { name.end };
            found.push(Target {
                path: outline.path_at(block).to_owned(),
                text: Span::new(block, name.start..end),
                due: *due,
                responsible: Vec::new(),
                sure: !indicators.is_empty(),
                indicators,
            });
        }
    }
}

fn columns(
    block: usize,
    text: &str,
    table: &Table,
    carried: impl Fn() -> Option<Deadline>,
    context: Context,
) -> Option<Columns> {
    table.rows.iter().take(HEADERS).enumerate().find_map(|(header, row)| {
        let printed: Vec<String> = row.iter().map(|c| plain(text, c)).collect();
        let name = printed.iter().rposition(|n| is_name(n))?;
        let unit = printed.iter().position(|n| WORDS.units.iter().any(|w| w == n));
        let mut values = Vec::new();
        for (i, cell) in row.iter().enumerate().filter(|(i, _)| *i != name && Some(*i) != unit) {
            if says(&printed[i], &WORDS.present) {
                continue;
            }
            let dated = when::find(text.get(cell.clone()).unwrap_or(""), Context::default())
                .into_iter()
                .find(|d| d.edtf.is_some() && !d.year_carried && d.is_deadline());
            let dated = dated.map(|d| d.shifted(cell.start).in_block(block));
            let due = dated.or_else(|| if ends(&printed[i], &WORDS.goals) { carried() } else { None });
            values.extend(due.map(|d| (i, Deadline { inherited: true, ..d })));
        }
        // Where nobody knows when the table was made, only the last year is to come.
        let last = values.iter().filter_map(|(_, d)| d.due).max();
        values.retain(|(_, d)| match context.issued {
            Some(_) => !is_past(d.due, context.issued),
            None => d.due == last,
        });
        (!values.is_empty()).then_some(Columns { header, name, unit, values })
    })
}

/// The time that the line over a table names (专栏1 “十四五”时期主要指标), else a title of the document.
fn caption(document: &Document, block: usize, context: Context) -> Option<Deadline> {
    /// Longest caption in bytes.
    const CAPTION: usize = 180;
    let above = block.checked_sub(1).and_then(|i| Some((i, document.blocks.get(i)?)));
    let titles = document.blocks[..block.min(document.blocks.len())].iter().enumerate().rev();
    let title = titles.into_iter().find(|(_, b)| b.kind == BlockKind::Title);
    [above, title].into_iter().flatten().find_map(|(i, b)| {
        let text = Some(b.text.as_str()).filter(|t| t.len() <= CAPTION)?;
        let named = when::find(text, Context::default())
            .into_iter()
            .find(|d| d.edtf.is_some() && !d.year_carried && d.is_deadline() && !is_past(d.due, context.issued));
        named.map(|d| d.in_block(i)).or_else(|| when::plan_named(text).map(|d| d.in_block(i)))
    })
}

/// 指标, 主要指标, 指标名称.
fn is_name(plain: &str) -> bool {
    WORDS.names.iter().any(|w| w == plain)
}

/// % of 常住人口城镇化率（%）.
fn unit_of(name: &str) -> &str {
    let open = name.ends_with(['）', ')']).then(|| name.rfind(['（', '('])).flatten();
    open.and_then(|i| name.get(i..)).map_or("", |b| b.trim_matches(|c| "（）()".contains(c)))
}

/// A cell's words without blanks.
fn plain(text: &str, cell: &Range<usize>) -> String {
    text.get(cell.clone()).unwrap_or("").chars().filter(|c| !c.is_whitespace()).collect()
}
