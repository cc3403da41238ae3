//! 表格: rows of cells with their edges and merges → a [`Grid`].

use std::collections::{BTreeSet, HashMap};

use super::flow::{Item, lines};
use crate::piece::{Cell, Grid, Place, Source};

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    cells: Vec<(Vec<Item>, Shape)>,
    header: bool,
}

/// How a cell is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Its left and right edge in twips (1/1440 inch), or in any unit that is large against [`NEAR`].
    pub edges: (i64, i64),
    /// Whether it is one with others.
    pub merge: Merge,
}

/// Whether a cell is one with others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Merge {
    /// It stands alone.
    #[default]
    No,
    /// Those below it may be one with it.
    Begins,
    /// It is one with that above it.
    Above,
    /// It is one with that to its left.
    Left,
}

/// The width of a column where a file says nothing.
pub const COLUMN: i64 = 1000;
/// Edges nearer to each other than this are one: rows drawn by hand differ by a hair (1 mm).
const NEAR: i64 = 57;

impl Row {
    /// A row of these cells; those without a shape stand side by side after the others.
    pub fn new(cells: Vec<Vec<Item>>, shapes: Vec<Shape>, header: bool) -> Row {
        let mut right = 0;
        let mut shapes = shapes.into_iter();
        let cells = cells
            .into_iter()
            .map(|items| {
                let shape =
                    shapes.next().unwrap_or(Shape { edges: (right, right.saturating_add(COLUMN)), merge: Merge::No });
                right = shape.edges.1;
                (items, shape)
            })
            .collect();
        Row { cells, header }
    }

    /// Its text on one line.
    pub fn line(&self) -> String {
        let cells = self.cells.iter().map(|(items, _)| lines(items).replace('\n', ""));
        cells.filter(|c| !c.trim().is_empty()).collect::<Vec<_>>().join("\u{3000}")
    }

    /// True where a cell holds a table of its own: rows and columns.
    fn nests(&self) -> bool {
        self.cells.iter().flat_map(|(items, _)| items).any(|i| match i {
            Item::Table(rows) => {
                rows.len() > 1 && rows.iter().any(|r| r.cells.len() > 1) || rows.iter().any(Row::nests)
            }
            _ => false,
        })
    }

    /// The cells that hold words.
    fn filled(&self) -> impl Iterator<Item = &Vec<Item>> {
        self.cells.iter().map(|(items, _)| items).filter(|items| items.iter().any(has_words))
    }

    /// True for a frame around a text: a table of its own, or one cell of many paragraphs.
    fn frames(&self) -> bool {
        let mut filled = self.filled();
        let first = filled.next();
        let alone = filled.next().is_none();
        self.nests() || alone && first.is_some_and(|i| i.iter().filter(|i| has_words(i)).count() >= PAGE)
    }

    /// The edges between its cells.
    fn inner_edges(&self) -> impl Iterator<Item = i64> {
        self.cells.iter().skip(1).filter(|(_, shape)| shape.merge != Merge::Left).map(|(_, shape)| shape.edges.0)
    }
}

/// So many paragraphs in one cell are a text that a table was drawn around.
const PAGE: usize = 8;

fn has_words(item: &Item) -> bool {
    match item {
        Item::Paragraph(text, _) => !text.trim().is_empty(),
        Item::Table(rows) => rows.iter().any(|r| r.filled().next().is_some()),
        Item::PageBreak => false,
    }
}

/// What is left of a table.
pub enum Part {
    /// Rows that are a table.
    Table(Vec<Row>),
    /// The content of a frame.
    Items(Vec<Item>),
}

/// Takes a table apart: where one cell alone has words it is a frame around them, and so is a row that holds a table of
/// its own or a whole text, or that is the title of the table. Rows that share no edge with those above are another table: DOC and RTF have nothing that
/// parts two tables which touch.
pub fn parts(rows: Vec<Row>) -> Vec<Part> {
    if rows.iter().flat_map(Row::filled).take(2).count() == 1 {
        return vec![items(rows)];
    }
    let mut parts = Vec::new();
    let mut edges: BTreeSet<i64> = BTreeSet::new();
    // Rows of one cell: sections of the table they stand in, or the title of the next one.
    let mut alone: Vec<Row> = Vec::new();
    for row in rows {
        if row.frames() {
            join(&mut parts, &mut alone);
            parts.push(items(vec![row]));
            edges.clear();
            continue;
        }
        let own: Vec<i64> = row.inner_edges().collect();
        if own.is_empty() && row.filled().next().is_some() {
            alone.push(row);
            continue;
        }
        let shared = |e: &&i64| edges.range(e.saturating_sub(NEAR)..=e.saturating_add(NEAR)).next().is_some();
        let count = own.iter().filter(shared).count();
        // After a title all edges must be those of the table above it, else one that is.
        let goes_on = if alone.is_empty() { count > 0 || own.is_empty() } else { count == own.len() };
        if goes_on || row.cells.iter().any(|(_, shape)| shape.merge == Merge::Above) {
            join(&mut parts, &mut alone);
            edges.extend(own);
            alone.push(row);
            join(&mut parts, &mut alone);
        } else {
            if !alone.is_empty() {
                parts.push(items(std::mem::take(&mut alone)));
            }
            edges = own.into_iter().collect();
            parts.push(Part::Table(vec![row]));
        }
    }
    join(&mut parts, &mut alone);
    parts
}

/// Puts rows to the table that comes last, or begins one with them.
fn join(parts: &mut Vec<Part>, rows: &mut Vec<Row>) {
    match parts.last_mut() {
        _ if rows.is_empty() => {}
        Some(Part::Table(table)) => table.append(rows),
        _ => parts.push(Part::Table(std::mem::take(rows))),
    }
}

fn items(rows: Vec<Row>) -> Part {
    Part::Items(rows.into_iter().flat_map(|r| r.cells).flat_map(|(items, _)| items).collect())
}

/// A cell on its way into a grid.
struct Drawn {
    items: Vec<Item>,
    columns: (usize, usize),
    rows: u32,
    /// Which of its row it is as drawn, from 1; 0 for a gap before the first.
    number: usize,
}

/// Writes the text of a table into `source`; gives its grid. `table` is its number.
pub fn draw(rows: Vec<Row>, table: usize, source: &mut Source) -> Grid {
    let edges = Edges::of(&rows);
    let headers: Vec<bool> = rows.iter().map(|r| r.header).collect();
    let mut drawn: Vec<Vec<Drawn>> = Vec::with_capacity(rows.len());
    // For every column the cell that stands in it, where those below may be one with it.
    let mut above: HashMap<usize, (usize, usize)> = HashMap::new();
    for row in rows {
        let y = drawn.len();
        let mut cells: Vec<Drawn> = Vec::new();
        let mut now = HashMap::new();
        let mut x = 0;
        for (i, (items, shape)) in row.cells.into_iter().enumerate() {
            let (left, right) = edges.span(shape.edges, x);
            let owner = above.get(&left).copied();
            match (shape.merge, owner, cells.last_mut()) {
                (Merge::Left, _, Some(before)) => {
                    before.items.extend(items);
                    before.columns.1 = right;
                    x = right;
                    continue;
                }
                (Merge::Above, Some((oy, ox)), _) if drawn[oy][ox].columns == (left, right) => {
                    let owner = &mut drawn[oy][ox];
                    owner.rows = (y - oy + 1) as u32;
                    owner.items.extend(items);
                    now.insert(left, (oy, ox));
                    x = right;
                    continue;
                }
                _ => {}
            }
            if left > x {
                cells.push(Drawn { items: Vec::new(), columns: (x, left), rows: 1, number: 0 });
            }
            if matches!(shape.merge, Merge::Begins | Merge::Above) {
                now.insert(left, (y, cells.len()));
            }
            cells.push(Drawn { items, columns: (left, right), rows: 1, number: i + 1 });
            x = right;
        }
        above = now;
        drawn.push(cells);
    }
    let rows = drawn.into_iter().zip(headers).enumerate().map(|(y, (row, header))| {
        row.into_iter()
            .map(|cell| {
                let place = Place::Cell { table, row: y + 1, column: cell.number.max(1) };
                let text = lines(&cell.items);
                let own = if cell.number == 0 {
                    Cell::of(source.text.len()..source.text.len())
                } else {
                    source.cell(&text, place)
                };
                Cell { rows: cell.rows, columns: (cell.columns.1 - cell.columns.0).max(1) as u32, header, ..own }
            })
            .collect()
    });
    Grid { rows: rows.collect() }
}

/// The columns of a table: where a cell of any row begins or ends.
struct Edges {
    /// Every edge, ascending, with the column that begins there.
    at: Vec<(i64, usize)>,
}

impl Edges {
    fn of(rows: &[Row]) -> Edges {
        let near = Self::with(rows, NEAR);
        let narrow = |(_, shape): &(Vec<Item>, Shape)| near.column(shape.edges.0) == near.column(shape.edges.1);
        if rows.iter().any(|r| r.cells.iter().any(narrow)) { Self::with(rows, 0) } else { near }
    }

    fn with(rows: &[Row], near: i64) -> Edges {
        let shapes = || rows.iter().flat_map(|r| r.cells.iter().map(|c| c.1.edges));
        let last = shapes().map(|e| e.1).max();
        // The right edge of a row that is shorter than others ends no column.
        let mut edges: Vec<i64> = shapes().map(|e| e.0).chain(last).collect();
        edges.sort_unstable();
        edges.dedup();
        let mut at: Vec<(i64, usize)> = Vec::with_capacity(edges.len());
        let mut first = i64::MIN;
        for edge in edges {
            let column = match at.last() {
                Some((_, column)) if edge.saturating_sub(first) <= near => *column,
                Some((_, column)) => {
                    first = edge;
                    column + 1
                }
                None => {
                    first = edge;
                    0
                }
            };
            at.push((edge, column));
        }
        Edges { at }
    }

    /// The column that begins at this edge, or the next that begins after it.
    fn column(&self, edge: i64) -> usize {
        let i = self.at.partition_point(|(e, _)| *e < edge);
        self.at.get(i).or(self.at.last()).map_or(0, |(_, column)| *column)
    }

    /// The columns of a cell with these edges that begins no further left than `x`.
    fn span(&self, edges: (i64, i64), x: usize) -> (usize, usize) {
        let left = self.column(edges.0).max(x);
        (left, self.column(edges.1).max(left + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::piece::Style;

    /// Cells as (text, left, right, merge).
    fn row(cells: &[(&str, i64, i64, Merge)]) -> Row {
        let items = cells.iter().map(|c| vec![Item::Paragraph(c.0.to_owned(), Style::default())]).collect();
        Row::new(items, cells.iter().map(|c| Shape { edges: (c.1, c.2), merge: c.3 }).collect(), false)
    }

    fn shown(rows: Vec<Row>) -> Vec<String> {
        let mut source = Source::default();
        let grid = draw(rows, 1, &mut source);
        grid.filled(1000)
            .iter()
            .map(|r| r.iter().map(|c| c.map_or("-", |c| &source.text[c.text.clone()])).collect::<Vec<_>>().join("|"))
            .collect()
    }

    use Merge::{Above, Begins, Left, No};

    #[test]
    fn merged_cells_cover_their_rows_and_columns() {
        let rows = vec![
            row(&[("序号", 0, 500, Begins), ("分工", 500, 3000, No)]),
            row(&[("", 0, 500, Above), ("牵头", 500, 1800, No), ("配合", 1800, 3000, No)]),
            row(&[("1", 0, 500, No), ("甲局", 500, 1800, No), ("乙局", 1800, 3000, No)]),
        ];
        assert_eq!(shown(rows), ["序号|分工|分工", "序号|牵头|配合", "1|甲局|乙局"]);
    }

    #[test]
    fn edges_drawn_by_hand_are_one_and_narrow_columns_are_kept() {
        let rows = vec![
            row(&[("甲", 0, 1000, No), ("乙", 1000, 2000, No)]),
            row(&[("丙", 12, 1020, No), ("丁", 1020, 1990, No)]),
        ];
        assert_eq!(shown(rows), ["甲|乙", "丙|丁"]);
        let rows = vec![row(&[("甲", 0, 40, No), ("乙", 40, 80, No)]), row(&[("丙", 0, 80, No)])];
        assert_eq!(shown(rows), ["甲|乙", "丙|丙"]);
    }

    #[test]
    fn a_short_row_begins_where_it_is_drawn() {
        let rows = vec![row(&[("甲", 0, 1000, No), ("乙", 1000, 2000, No)]), row(&[("丙", 1000, 2000, No)])];
        assert_eq!(shown(rows), ["甲|乙", "|丙"]);
    }

    #[test]
    fn a_merge_without_a_first_cell_is_a_cell() {
        let rows = vec![
            row(&[("甲", 0, 1000, Above), ("乙", 1000, 2000, Left)]),
            row(&[("丙", 0, 1000, Above), ("丁", 1000, 2000, No)]),
        ];
        assert_eq!(shown(rows), ["甲\n乙|甲\n乙", "丙|丁"]);
    }

    #[test]
    fn tables_that_touch_are_two_where_they_share_no_edge() {
        let table = |rows: Vec<Row>| {
            let parts = parts(rows).into_iter().map(|p| match p {
                Part::Table(rows) => shown(rows).join("/"),
                Part::Items(items) => lines(&items),
            });
            parts.collect::<Vec<_>>()
        };
        let rows = vec![
            row(&[("甲", 0, 500, No), ("乙", 500, 3000, No)]),
            row(&[("节", 0, 3000, No)]),
            row(&[("丙", 0, 520, No), ("丁", 520, 3000, No)]),
            row(&[("戊", 0, 1500, No), ("己", 1500, 3000, No)]),
        ];
        assert_eq!(table(rows), ["甲|乙/节|节/丙|丁", "戊|己"]);
        let rows = vec![
            row(&[("甲", 0, 500, No), ("乙", 500, 3000, No)]),
            row(&[("附件2", 0, 3000, No)]),
            row(&[("丙", 0, 520, No), ("丁", 520, 1500, No), ("戊", 1500, 3000, No)]),
        ];
        assert_eq!(table(rows), ["甲|乙", "附件2", "丙|丁|戊"]);
        let rows = vec![row(&[("甲", 0, 900, No)]), row(&[("乙", 0, 900, No)])];
        assert_eq!(table(rows), ["甲/乙"]);
        let rows = vec![row(&[("附件 分工表", 0, 900, No)]), row(&[("甲", 0, 500, No), ("乙", 500, 900, No)])];
        assert_eq!(table(rows), ["附件 分工表", "甲|乙"]);
        let text: Vec<Item> = (1..=8).map(|n| Item::Paragraph(format!("第{n}段"), Style::default())).collect();
        let page = Row::new(vec![text, Vec::new()], Vec::new(), false);
        let rows = vec![row(&[("甲", 0, 500, No), ("乙", 500, 3000, No)]), page];
        assert_eq!(table(rows), ["甲|乙", "第1段\n第2段\n第3段\n第4段\n第5段\n第6段\n第7段\n第8段"]);
    }

    #[test]
    fn edges_at_the_ends_of_the_world() {
        let far = [("甲", i64::MIN, i64::MAX, Begins), ("乙", i64::MAX, i64::MIN, Left), ("丙", 5, 5, Above)];
        assert_eq!(shown(vec![row(&far), row(&far)]).len(), 2);
    }
}
