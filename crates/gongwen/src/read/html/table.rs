//! 表格: the grid of a table, and which tables are none but hold the page together.

use super::dom::{Id, Kind, Step, Tree};
use super::flow::{self, Found};
use super::look::Look;
use super::sites::SITES;
use crate::numbering;

/// No table that people read has more cells.
const CELLS: usize = 200_000;
/// The HTML Standard follows spans no further.
const SPAN: u32 = 1000;
/// A cell with more text than this, most of its table's, is a text and no cell.
const TEXT: usize = 800;

/// A table as its page draws it.
pub(super) struct Sheet {
    /// The cells of each row, those that begin in it.
    pub(super) rows: Vec<Vec<Field>>,
    /// What stands over it.
    pub(super) caption: Option<Caption>,
}

/// 表题 of a table.
pub(super) struct Caption {
    /// The words.
    pub(super) text: String,
    /// The byte of the page.
    pub(super) at: usize,
}

/// A cell.
pub(super) struct Field {
    /// Its paragraphs, a line each.
    pub(super) text: String,
    /// The byte of the page at which it begins.
    pub(super) at: usize,
    /// Rows that it goes over.
    pub(super) rows: u32,
    /// Columns that it goes over.
    pub(super) columns: u32,
    /// `<th>`, or in `<thead>`.
    pub(super) header: bool,
}

/// True for a table of data; one that only sets a page is read as the text in it.
pub(super) fn is_data(tree: &Tree, look: &Look, table: Id, region: Id) -> bool {
    if region != table && tree.within(region, table) || tree.attribute(table, "role") == Some("presentation") {
        return false;
    }
    let all = look.of(table).chars;
    let (mut rows, mut cells, mut wide) = (0, 0, false);
    let (mut nested, mut inner) = (0, 0);
    let mut in_row = 0;
    let mut largest = (0, table);
    let mut steps = tree.walk(table);
    while let Some(step) = steps.next() {
        let Step::Open(id) = step else { continue };
        match tree.tag(id) {
            _ if !look.shows(id) => steps.pass_over(id),
            "table" if id != table => {
                inner += look.of(id).chars;
                nested += usize::from(has_cells(tree, look, id));
                steps.pass_over(id);
            }
            "tr" => {
                rows += 1;
                in_row = 0;
            }
            "td" | "th" => {
                in_row += 1;
                wide |= in_row > 1;
                let chars = look.of(id).chars;
                cells += usize::from(chars > 0);
                largest = largest.max((chars, id));
            }
            _ => {}
        }
    }
    if cells < 2 || rows < 2 || !wide || nested > 0 && (inner * 2 > all || cells < 4) {
        return false;
    }
    // A text beside a margin or under a heading.
    !(largest.0 > TEXT && largest.0 * 10 > all * 6 && paragraphs(tree, largest.1) >= 4)
}

fn has_cells(tree: &Tree, look: &Look, table: Id) -> bool {
    tree.nodes(table).filter(|id| matches!(tree.tag(*id), "td" | "th") && look.of(*id).chars > 0).nth(1).is_some()
}

fn paragraphs(tree: &Tree, id: Id) -> usize {
    tree.nodes(id).filter(|n| matches!(tree.tag(*n), "p" | "br" | "div" | "li")).take(4).count()
}

/// Takes from the top of a table what stands over it in cells as wide as the table: 附件1 and its title. From the bottom
/// likewise, notes. A row as wide as the table in its midst, or one with a number, belongs to it.
pub(super) fn peel(sheet: &mut Sheet) -> (Vec<Field>, Vec<Field>) {
    let width = sheet.rows.iter().map(|r| r.iter().map(|c| c.columns as usize).sum::<usize>()).max().unwrap_or(0);
    let wide = |row: &[Field]| match row {
        [first, rest @ ..] => {
            let alone = rest.iter().all(|c| c.text.is_empty());
            let spans = rest.is_empty() || first.columns as usize * 2 >= width;
            alone && spans && first.rows == 1 && !first.text.is_empty()
        }
        [] => false,
    };
    let parted = |row: &[Field]| row.iter().filter(|c| !c.text.is_empty()).count() >= 2;
    if width < 2 || sheet.rows.iter().filter(|r| parted(r)).count() < 2 {
        return (Vec::new(), Vec::new());
    }
    let title =
        |row: &[Field]| wide(row) && row.first().is_some_and(|c| !flow::is_numbered(&c.text) || is_attachment(&c.text));
    let over = sheet.rows.iter().take_while(|r| title(r)).count();
    let over: Vec<Field> = sheet.rows.drain(..over).filter_map(|r| r.into_iter().next()).collect();
    let note = |row: &[Field]| wide(row) && row.first().is_some_and(|c| SITES.is_note(&c.text));
    let under = sheet.rows.iter().rev().take_while(|r| note(r)).count();
    let under =
        sheet.rows.split_off(sheet.rows.len() - under).into_iter().filter_map(|r| r.into_iter().next()).collect();
    (over, under)
}

fn is_attachment(text: &str) -> bool {
    numbering::number_at(text).is_some_and(|n| n.style == numbering::Style::Attachment)
}

/// The grid of a table and what was found in its cells; no grid where there are more cells than are followed.
pub(super) fn read(tree: &Tree, look: &Look, table: Id) -> (Option<Sheet>, Vec<Found>) {
    let mut sheet = Sheet { rows: Vec::new(), caption: None };
    let mut beside = Vec::new();
    let mut count = 0;
    let mut head = false;
    let mut steps = tree.walk(table);
    while let Some(step) = steps.next() {
        match step {
            Step::Close(id) => head &= tree.tag(id) != "thead",
            Step::Open(id) if !look.shows(id) || !matches!(tree.kind(id), Kind::Element(..)) => steps.pass_over(id),
            Step::Open(id) => match tree.tag(id) {
                "thead" => head = true,
                "tr" => sheet.rows.push(Vec::new()),
                "caption" => {
                    let (text, at) = words(flow::walk(tree, look, id, id, true), &mut beside);
                    sheet.caption = Some(Caption { text, at }).filter(|c| !c.text.is_empty());
                    steps.pass_over(id);
                }
                tag @ ("td" | "th") => {
                    count += 1;
                    if count > CELLS {
                        return (None, beside);
                    }
                    let (text, at) = words(flow::walk(tree, look, id, id, true), &mut beside);
                    let span = |name| tree.attribute(id, name).and_then(|v| v.trim().parse::<u32>().ok());
                    // A span of no rows goes to the end of the table.
                    let rows = span("rowspan").map_or(1, |n| if n == 0 { SPAN } else { n.min(SPAN) });
                    let columns = span("colspan").unwrap_or(1).clamp(1, SPAN);
                    let field = Field { text, at, rows, columns, header: head || tag == "th" };
                    match sheet.rows.last_mut() {
                        Some(row) => row.push(field),
                        None => sheet.rows.push(vec![field]),
                    }
                    steps.pass_over(id);
                }
                _ => {}
            },
        }
    }
    (Some(sheet), beside)
}

/// The words of a cell, a line a paragraph, and where they begin.
fn words(found: Found, beside: &mut Vec<Found>) -> (String, usize) {
    let at = found.units.first().map_or(0, |u| u.at);
    let lines: Vec<String> = found.units.iter().map(flow::Unit::text).collect();
    if !found.enclosures.is_empty() || !found.struck.is_empty() {
        beside.push(Found { units: Vec::new(), ..found });
    }
    (lines.join("\n"), at)
}
