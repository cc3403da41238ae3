//! 读者交来的东西: what a reader of a format gives, before anyone asks what it means.
//!
//! Every format becomes one [`Source`]: its text in one string, and pieces that are stretches of it. What is furniture
//! of the page, which line continues another, which table is a table of labels, is decided once, after that, for all
//! formats alike. Whatever is said of the text later counts bytes of [`Source::text`]; [`Places`] leads from such a byte
//! to what a person can find in the file.

use std::fmt;
use std::ops::Range;

/// A file as its reader found it.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// All the text, in reading order. The ranges of the pieces are bytes of it; what no piece covers is left out.
    pub text: String,
    /// The pieces in reading order.
    pub pieces: Vec<Piece>,
    /// Where the text stands in the file; empty for a plain text, whose places are lines and columns of the text itself.
    pub places: Places,
    /// What the file states about its document outside the text, label and value: `<meta>` of a page, properties of an
    /// office file. The labels are those that publishers print: 发文字号, 发布日期, 标题.
    pub labels: Vec<(String, String)>,
    /// What is linked or embedded and is no text: attachments, images, seals.
    pub enclosures: Vec<Enclosure>,
    /// What the reader left out (menus, running heads of the format's own) and what it could not read.
    pub notes: Vec<Note>,
    /// What the bytes were decoded by, where the format has text bytes.
    pub encoding: Option<&'static str>,
    /// Byte sequences that stand for no character.
    pub malformed: usize,
    /// Control characters left out.
    pub controls: usize,
}

/// A stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Physical lines, as a page or an editor breaks them: which of them are one paragraph is still to be found. Form
    /// feeds in the range are page breaks.
    Lines(Range<usize>),
    /// A paragraph that the format itself ends. Line breaks inside it are joined.
    Paragraph(Range<usize>, Style),
    /// A table with its grid.
    Table(Grid),
    /// A new page begins.
    PageBreak,
}

/// How a paragraph is set, as far as its format says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The level that the format gives to a heading, 1 the highest: `<h2>`, 标题 2. It counts only where no number says
    /// what the paragraph is.
    pub heading: Option<u8>,
    /// Set in the middle of the line.
    pub centred: bool,
    /// All of it is emphasised.
    pub bold: bool,
}

/// A table as it is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// The cells of each row, those that stand in it first; a cell that spans rows stands in its first row only.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a [`Grid`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its text in [`Source::text`], line breaks inside; empty for an empty cell.
    pub text: Range<usize>,
    /// Over how many rows and columns it goes; at least 1.
    pub rows: u32,
    /// See `rows`.
    pub columns: u32,
    /// The format says that it names its column or row (`<th>`, a repeated heading row).
    pub header: bool,
}

impl Cell {
    /// A cell of one row and one column.
    pub fn of(text: Range<usize>) -> Self {
        Cell { text, rows: 1, columns: 1, header: false }
    }
}

/// Something that a file links to or holds beside its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// What it is.
    pub kind: EnclosureKind,
    /// Its name as printed: the words of a link, the caption of an image; empty where there is none.
    pub name: String,
    /// Its address as written; empty for what is inside the file.
    pub target: String,
}

/// See [`Enclosure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnclosureKind {
    /// A linked file that belongs to the document: 附件.doc.
    Attachment,
    /// A picture.
    Image,
    /// 电子印章.
    Seal,
    /// Another page of the same document, where it was issued in several: the next one, or one of all that follow.
    Page,
}

/// Something that a reader has to say to the person who imports, in simplified Chinese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where, in the words of a [`Place`]; empty where it is the whole file.
    pub place: String,
    /// What: 没有读入批注 2 处.
    pub message: String,
}

/// Why a file was not read. A file whose text cannot be had is refused whole, never read in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// A stable name for programs: `pdf-encrypted`.
    pub code: &'static str,
    /// The reason, in simplified Chinese: 这个 PDF 要密码才能打开.
    pub reason: String,
    /// What to do about it: 请先去掉密码，再导入.
    pub help: String,
}

impl Refusal {
    /// A refusal for `reason`, with what to do about it.
    pub fn new(code: &'static str, reason: impl Into<String>, help: impl Into<String>) -> Self {
        Refusal { code, reason: reason.into(), help: help.into() }
    }
}

/// Where the text of a file stands in it, by byte of [`Source::text`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Ascending by byte: from each on the text stands there, up to the next.
    at: Vec<(usize, Place)>,
}

/// A place that a person can find in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Line and column of a text or of the source of a web page, from 1.
    Line {
        /// The line.
        line: usize,
        /// The column, in characters.
        column: usize,
    },
    /// A box on a page.
    Page {
        /// The page, from 1.
        page: usize,
        /// Left, top, right and bottom, in points from the upper left corner of the page.
        area: [i32; 4],
    },
    /// A paragraph of an office file, from 1, tables not counted.
    Paragraph(usize),
    /// A cell of a table, all from 1.
    Cell {
        /// Which table of the file; of a workbook, which sheet.
        table: usize,
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Line { line, column } => write!(f, "第 {line} 行第 {column} 列"),
            Place::Page { page, .. } => write!(f, "第 {page} 页"),
            Place::Paragraph(n) => write!(f, "第 {n} 段"),
            Place::Cell { table, row, column } => write!(f, "表 {table} 第 {row} 行第 {column} 格"),
        }
    }
}

impl Place {
    /// Line and column of byte `at` of a text.
    pub fn in_text(text: &str, at: usize) -> Place {
        let before = text.get(..at).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        Place::Line { line: before.matches('\n').count() + 1, column: before[start..].chars().count() + 1 }
    }
}

impl Places {
    /// States that from byte `at` on the text stands at `place`. Calls come in ascending order of `at`; a later one for
    /// the same byte replaces the earlier.
    pub fn push(&mut self, at: usize, place: Place) {
        while self.at.last().is_some_and(|(last, _)| *last >= at) {
            self.at.pop();
        }
        self.at.push((at, place));
    }

    /// Where byte `at` of the text stands; `None` where the file says nothing of it.
    pub fn get(&self, at: usize) -> Option<&Place> {
        let i = self.at.partition_point(|(start, _)| *start <= at).checked_sub(1)?;
        self.at.get(i).map(|(_, place)| place)
    }

    /// Adds the places of a text that stands from byte `shift` on.
    pub fn append(&mut self, other: Places, shift: usize) {
        other.at.into_iter().for_each(|(at, place)| self.push(at + shift, place));
    }

    /// True where nothing is known: the text is the file.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }
}

impl Source {
    /// Appends `text` on a line of its own and gives its range.
    pub fn append(&mut self, text: &str) -> Range<usize> {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    /// Appends `text`, which stands at `place`, as a paragraph.
    pub fn paragraph(&mut self, text: &str, style: Style, place: Place) {
        let range = self.append(text);
        self.places.push(range.start, place);
        self.pieces.push(Piece::Paragraph(range, style));
    }

    /// Appends `text`, which stands at `place`, as that of a cell.
    pub fn cell(&mut self, text: &str, place: Place) -> Cell {
        let range = self.append(text);
        self.places.push(range.start, place);
        Cell::of(range)
    }
}

impl Grid {
    /// The rows with every cell's text in each row and column that it covers, all equally long; no wider and no longer
    /// than `most` cells in all, beyond which spans are not followed.
    pub fn filled(&self, most: usize) -> Vec<Vec<Option<&Cell>>> {
        let mut rows: Vec<Vec<Option<&Cell>>> = vec![Vec::new(); self.rows.len()];
        let mut cells = 0;
        for (i, row) in self.rows.iter().enumerate() {
            let mut column = 0;
            for cell in row {
                while rows[i].get(column).is_some_and(Option::is_some) {
                    column += 1;
                }
                let (down, across) = (cell.rows.max(1) as usize, cell.columns.max(1) as usize);
                let area = down.min(self.rows.len() - i).saturating_mul(across);
                // A cell far to the right that goes over many rows would make all of them as wide.
                let wide = down > 1 && column.saturating_add(across).saturating_mul(self.rows.len()) > most;
                let (down, across) = if wide || cells + area > most { (1, 1) } else { (down, across) };
                cells += down.min(self.rows.len() - i) * across;
                for row in rows.iter_mut().skip(i).take(down) {
                    if row.len() < column + across {
                        row.resize(column + across, None);
                    }
                    row[column..column + across].fill(Some(cell));
                }
                column += across;
            }
        }
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        if width.saturating_mul(rows.len()) <= most {
            rows.iter_mut().for_each(|r| r.resize(width, None));
        }
        rows
    }
}

#[cfg(test)]
impl Source {
    /// A table as tests show it: its cells parted by |, its rows by /, - where there is none.
    pub(crate) fn drawn(&self, grid: &Grid) -> String {
        let row = |r: &Vec<Option<&Cell>>| {
            r.iter().map(|c| c.map_or("-", |c| &self.text[c.text.clone()])).collect::<Vec<_>>().join("|")
        };
        grid.filled(1000).iter().map(row).collect::<Vec<_>>().join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_spans_rows_and_columns_stands_in_each() {
        let mut source = Source::default();
        let mut cell = |text: &str, rows, columns| Cell {
            rows,
            columns,
            ..source.cell(text, Place::Cell { table: 1, row: 1, column: 1 })
        };
        let grid = Grid {
            rows: vec![
                vec![cell("甲", 2, 1), cell("乙", 1, 2)],
                vec![cell("丙", 1, 1), cell("丁", 9, 1)],
                vec![cell("戊", 1, 1)],
            ],
        };
        let shown: Vec<String> = grid
            .filled(1000)
            .iter()
            .map(|r| r.iter().map(|c| c.map_or("-", |c| &source.text[c.text.clone()])).collect())
            .collect();
        assert_eq!(shown, ["甲乙乙", "甲丙丁", "戊-丁"]);
    }

    #[test]
    fn spans_without_end_are_not_followed() {
        let grid = Grid { rows: vec![vec![Cell { rows: u32::MAX, columns: u32::MAX, ..Cell::of(0..0) }]; 3] };
        assert_eq!(grid.filled(100).iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1]);
        let mut wide = Grid { rows: vec![vec![Cell::of(0..0); 50]; 50] };
        wide.rows[0].push(Cell { rows: 50, ..Cell::of(0..0) });
        assert_eq!(wide.filled(100).iter().map(Vec::len).sum::<usize>(), 50 * 50 + 1);
    }

    #[test]
    fn places_hold_up_to_the_next() {
        let mut places = Places::default();
        places.push(0, Place::Paragraph(1));
        places.push(10, Place::Page { page: 2, area: [0; 4] });
        places.push(10, Place::Cell { table: 1, row: 2, column: 3 });
        let at = |at| places.get(at).map(ToString::to_string);
        assert_eq!(at(9).as_deref(), Some("第 1 段"));
        assert_eq!(at(30).as_deref(), Some("表 1 第 2 行第 3 格"));
        assert!(Places::default().get(0).is_none());
    }
}
