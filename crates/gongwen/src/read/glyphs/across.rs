//! 跨页表: a table that goes on over the page, as one table.

use super::tables::{Cell, Table};
use super::{Block, Glyph, Page, lines};
use crate::piece::Note;

/// Two places of one border differ by no more than this from page to page.
const SAME: f32 = 6.0;

/// Puts the parts of tables together that a page break has cut.
pub(super) fn join(sheets: &mut [Vec<Block>], pages: &[Page], notes: &mut Vec<Note>) {
    let cut: Vec<bool> = sheets.iter().zip(pages).map(|(sheet, page)| runs_off(sheet, page)).collect();
    if let Some(first) = cut.iter().position(|c| *c) {
        let message = "表格伸出页面右边，伸出的几列可能没有画在文件里，请同原件核对".to_owned();
        notes.push(Note { place: format!("第 {} 页", first + 1), message });
    }
    let mut open: Option<usize> = None;
    for i in 0..sheets.len() {
        let goes_on = open.is_some_and(|o| match (sheets[o].last(), sheets[i].first()) {
            (Some(Block::Table(a)), Some(Block::Table(b))) => fits(a, b) || cut[o] && begins(a, b),
            _ => false,
        });
        if let (true, Some(o)) = (goes_on, open)
            && let Block::Table(part) = sheets[i].remove(0)
            && let Some(Block::Table(table)) = sheets[o].last_mut()
        {
            if !fits(table, &part) {
                widen(table, &part);
            }
            if let Some(heading) = append(table, part) {
                let message = format!("表格续页重复的标题行没有读入：{heading}");
                notes.push(Note { place: format!("第 {} 页", i + 1), message });
            }
            if sheets[i].is_empty() {
                continue;
            }
        }
        open = matches!(sheets[i].last(), Some(Block::Table(_))).then_some(i);
    }
    for block in sheets.iter_mut().flatten() {
        dissolve(block);
    }
}

/// Makes lines of a table that has too few words to be one and is part of none.
fn dissolve(block: &mut Block) {
    let Block::Table(table) = block else { return };
    if table.weak {
        let page = table.cells.iter().flat_map(|c| &c.lines).map(|l| l.page).next().unwrap_or(1);
        let glyphs: Vec<Glyph> =
            table.cells.iter_mut().flat_map(|c| c.lines.drain(..)).flat_map(|l| l.glyphs).collect();
        *block = Block::Lines(lines::lines(&glyphs, page));
    }
}

/// True where the last table of a page ends at the edge of the sheet: what goes beyond was cut.
fn runs_off(sheet: &[Block], page: &Page) -> bool {
    match sheet.last() {
        Some(Block::Table(table)) => table.xs.last().is_some_and(|x| *x >= page.width - 1.0),
        _ => false,
    }
}

/// True where `b` begins with the columns of `a`, of which the sheet has cut the last.
fn begins(a: &Table, b: &Table) -> bool {
    let xs = shifted(a, b);
    let whole = &a.xs[..a.xs.len() - 1];
    whole.len() >= 2 && whole.len() < xs.len() && whole.iter().zip(&xs).all(|(a, b)| (a - b).abs() <= SAME)
}

/// Gives the column that the sheet has cut the width that it has on the next page.
fn widen(table: &mut Table, part: &Table) {
    let last = table.xs.len() - 1;
    if let Some(x) = shifted(table, part).get(last) {
        table.xs[last] = *x;
    }
}

/// The places of the columns of a part as they are on the first page: odd and even pages are set to other margins.
fn shifted(a: &Table, b: &Table) -> Vec<f32> {
    b.xs.iter().map(|x| x - b.xs[0] + a.xs[0]).collect()
}

/// True where the columns of `b` go on with those of `a`.
fn fits(a: &Table, b: &Table) -> bool {
    let xs = shifted(a, b);
    let ends = |t: &[f32]| t[t.len() - 1];
    let among = |few: &[f32], many: &[f32]| few.iter().all(|x| many.iter().any(|m| (m - x).abs() <= SAME));
    (ends(&a.xs) - ends(&xs)).abs() <= SAME && (among(&xs, &a.xs) || among(&a.xs, &xs))
}

/// Puts the rows of `part` under those of `table`; gives the heading that the part repeats.
fn append(table: &mut Table, mut part: Table) -> Option<String> {
    let mut xs = table.xs.clone();
    for x in shifted(table, &part) {
        if !xs.iter().any(|m| (m - x).abs() <= SAME) {
            xs.push(x);
        }
    }
    xs.sort_by(f32::total_cmp);
    let shifted = shifted(table, &part);
    onto(&mut part, &shifted, &xs);
    let own = table.xs.clone();
    onto(table, &own, &xs);
    table.xs = xs;
    table.weak &= part.weak;
    let heading = drop_heading(table, &mut part);
    if part.rows == 0 {
        return heading;
    }
    let first = table.rows;
    if is_cut(table, &part) {
        let (top, rest): (Vec<Cell>, Vec<Cell>) = part.cells.into_iter().partition(|c| c.row == 0);
        for cell in top {
            match above(table, &cell) {
                Some(over) => {
                    over.rows += cell.rows - 1;
                    over.lines.extend(cell.lines);
                }
                None if cell.lines.is_empty() => {}
                None => table.cells.push(Cell { row: first - 1, ..cell }),
            }
        }
        table.cells.extend(rest.into_iter().map(|c| Cell { row: c.row + first - 1, ..c }));
        table.rows += part.rows - 1;
    } else {
        for cell in part.cells {
            // An empty cell at the top of a page under one that goes over many rows is the rest of it.
            let rest = cell.row == 0
                && cell.lines.is_empty()
                && (cell.rows > 1 || above(table, &cell).is_some_and(|c| c.rows > 1));
            match above(table, &cell) {
                Some(over) if rest => over.rows += cell.rows,
                _ => table.cells.push(Cell { row: cell.row + first, ..cell }),
            }
        }
        table.rows += part.rows;
    }
    table.cells.sort_by_key(|c| (c.row, c.column));
    heading
}

/// Counts the cells' columns by other places.
fn onto(table: &mut Table, own: &[f32], xs: &[f32]) {
    let at = |i: usize| {
        let x = own.get(i).copied().unwrap_or(f32::MAX);
        let near = xs.iter().enumerate().min_by(|a, b| (a.1 - x).abs().total_cmp(&(b.1 - x).abs()));
        near.map_or(0, |(i, _)| i)
    };
    for cell in &mut table.cells {
        let (from, to) = (at(cell.column), at(cell.column + cell.columns));
        cell.column = from;
        cell.columns = to.saturating_sub(from).max(1);
    }
}

/// The number of the cell of the last row that stands over `cell` and is as wide.
fn over(table: &Table, cell: &Cell) -> Option<usize> {
    let last = table.rows;
    table.cells.iter().rposition(|c| c.row + c.rows == last && c.column == cell.column && c.columns == cell.columns)
}

/// That cell.
fn above<'a>(table: &'a mut Table, cell: &Cell) -> Option<&'a mut Cell> {
    let i = over(table, cell)?;
    table.cells.get_mut(i)
}

/// Takes the heading rows out of a part that repeats them, and gives their words.
fn drop_heading(table: &Table, part: &mut Table) -> Option<String> {
    let rows = |t: &Table| -> Vec<Vec<String>> {
        let mut rows = vec![Vec::new(); t.rows.min(4)];
        for cell in t.cells.iter().filter(|c| c.row < 4) {
            if let Some(row) = rows.get_mut(cell.row) {
                row.push(cell.packed());
            }
        }
        rows
    };
    let (head, own) = (rows(table), rows(part));
    let same = head.iter().zip(&own).take_while(|(a, b)| a == b && a.iter().any(|t| !t.is_empty())).count();
    // A cell of the heading may go over rows: all of them are heading.
    let depth = part.cells.iter().filter(|c| c.row < same).map(|c| c.row + c.rows).max().unwrap_or(0);
    if same == 0 || depth > same {
        return None;
    }
    let heading = own.iter().take(same).flatten().filter(|t| !t.is_empty()).cloned().collect::<Vec<_>>().join("、");
    part.cells.retain(|c| c.row >= same);
    part.cells.iter_mut().for_each(|c| c.row -= same);
    part.rows -= same;
    Some(heading)
}

/// True where a cell of the first row of the part counts on from the cell over it: 9 under 8.
fn counts_on(table: &Table, part: &Table) -> bool {
    let number = |cell: &Cell| cell.packed().parse::<u32>().ok();
    part.cells.iter().filter(|c| c.row == 0).any(|cell| {
        let before = over(table, cell).and_then(|i| number(&table.cells[i]));
        before.is_some_and(|n| number(cell) == n.checked_add(1))
    })
}

/// True where every cell of the first row of the part goes on with a cell that stopped at the end of a full line and not
/// of a sentence, and that row has no number of its own.
fn runs_on(table: &Table, part: &Table) -> bool {
    const ENDS: [char; 8] = ['。', '；', ';', '！', '？', '：', '”', '.'];
    let mut filled = part.cells.iter().filter(|c| c.row == 0 && !c.lines.is_empty()).peekable();
    let first = filled.peek().map(|c| c.packed()).unwrap_or_default();
    let numbered = first.starts_with(|c: char| c.is_ascii_digit()) || crate::numbering::number_at(&first).is_some();
    let stopped = |cell: &Cell| {
        let Some(line) = over(table, cell).and_then(|i| table.cells[i].lines.last()) else { return false };
        let right = table.xs.get(cell.column + cell.columns).copied().unwrap_or(f32::MAX);
        line.x1 + 1.5 * line.size >= right && !line.text.trim_end().ends_with(ENDS)
    };
    !numbered && filled.peek().is_some() && filled.all(stopped)
}

/// True where the first row of the part goes on with the last row of the table: a column that every other row fills
/// (序号, 责任单位) is empty in it. The rest of a cell that goes over many rows says nothing; a row with a number of its
/// own, or the number that comes next, is a row.
fn is_cut(table: &Table, part: &Table) -> bool {
    let top = || part.cells.iter().filter(|c| c.row == 0);
    // A row without a word is the rest of one whose words stand on the page before.
    if top().all(|c| c.lines.is_empty()) {
        return true;
    }
    if counts_on(table, part) {
        return false;
    }
    if runs_on(table, part) {
        return true;
    }
    let lone = |c: &&Cell| c.rows == 1 && over(table, c).is_none_or(|i| table.cells[i].rows == 1);
    let filled = |key: &Cell| {
        let rest = part.cells.iter().filter(|c| c.row > 0);
        let keys = table.cells.iter().chain(rest).filter(|c| c.column == key.column && c.columns == key.columns);
        let (all, filled) = keys.fold((0, 0), |(a, f), c| (a + 1, f + usize::from(!c.lines.is_empty())));
        (all, filled * 100)
    };
    let before = top().take_while(|c| c.lines.is_empty()).filter(lone).map(filled);
    let numbered = top().next().is_some_and(|c| !c.lines.is_empty());
    let after = top().filter(|c| !numbered && c.lines.is_empty()).filter(lone).map(filled);
    // Before the first words it is the number of the row; after them it takes more rows to be sure.
    before.into_iter().any(|(all, filled)| all > 0 && filled >= all * 80)
        || after.into_iter().any(|(all, filled)| all >= 5 && filled >= all * 85)
}
