//! 表格: the table under way, its grid and the row that is being read.

use crate::read::office::flow::Flow;
use crate::read::office::grid::{COLUMN, Merge, Shape};
use crate::read::office::xml::Attributes;

/// No table has more columns; Word draws 63.
const COLUMNS: usize = 1000;

/// A table under way.
#[derive(Debug, Default)]
pub struct Table {
    /// The edges of its columns.
    edges: Vec<i64>,
    row: Row,
}

/// A row under way.
#[derive(Debug, Default)]
struct Row {
    shapes: Vec<Shape>,
    /// The column of the grid that the next cell begins in.
    column: usize,
    span: usize,
    merge: Merge,
    header: bool,
    deleted: bool,
}

impl Table {
    /// Its grid begins (`w:tblGrid`).
    pub fn begin_grid(&mut self) {
        self.edges = vec![0];
    }

    /// A column of its grid, with its width in twips where that is said.
    pub fn column(&mut self, width: Option<i64>) {
        if self.edges.len() <= COLUMNS {
            let last = self.edges.last().copied().unwrap_or(0);
            self.edges.push(last + width.filter(|w| *w > 0).unwrap_or(COLUMN).min(1 << 20));
        }
    }

    /// A row begins.
    pub fn begin_row(&mut self) {
        self.row = Row::default();
    }

    /// A cell begins.
    pub fn begin_cell(&mut self) {
        (self.row.span, self.row.merge) = (1, Merge::No);
    }

    /// What is said of the row or cell under way.
    pub fn property(&mut self, name: &str, attributes: &Attributes<'_>) {
        let row = &mut self.row;
        let count = || attributes.number("val").and_then(|n| usize::try_from(n).ok()).unwrap_or(1).clamp(1, COLUMNS);
        match name {
            "gridBefore" => row.column = count(),
            "tblHeader" => row.header = attributes.on(),
            "del" => row.deleted = true,
            "gridSpan" => row.span = count(),
            "vMerge" if attributes.get("val").as_deref() == Some("restart") => row.merge = Merge::Begins,
            "vMerge" => row.merge = Merge::Above,
            "hMerge" if attributes.get("val").as_deref() != Some("restart") => row.merge = Merge::Left,
            _ => {}
        }
    }

    /// The cell under way ends.
    pub fn end_cell(&mut self) {
        let end = self.row.column + self.row.span;
        let edges = (self.edge(self.row.column), self.edge(end));
        self.row.shapes.push(Shape { edges, merge: self.row.merge });
        self.row.column = end;
    }

    /// Where a column begins; those that the grid does not name are all of one width.
    fn edge(&self, column: usize) -> i64 {
        self.edges.get(column).copied().unwrap_or_else(|| {
            let last = self.edges.last().copied().unwrap_or(0);
            last + (column + 1 - self.edges.len().min(column + 1)) as i64 * COLUMN
        })
    }

    /// The row under way ends.
    pub fn end_row(&mut self, flow: &mut Flow) {
        let row = std::mem::take(&mut self.row);
        if row.deleted { flow.drop_row() } else { flow.end_row(row.shapes, row.header) }
    }
}
