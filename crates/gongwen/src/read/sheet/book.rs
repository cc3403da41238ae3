//! 工作簿: sheets with their cells → [`Source`]. Each sheet is a table; the lines above it that stand alone in their row
//! are paragraphs.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::piece::{Cell, Grid, Note, Piece, Place, Refusal, Source, Style};
use crate::read::office::flow::TEXT;

/// The most cells with words of a workbook.
const CELLS: usize = 200_000;

/// A workbook.
#[derive(Debug, Default)]
pub struct Book {
    /// Its sheets in order.
    pub sheets: Vec<Sheet>,
    /// What was left out.
    pub notes: Vec<Note>,
    cells: usize,
    bytes: usize,
}

/// A sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Nobody sees it.
    pub hidden: bool,
    /// The text of its cells by row and column, from 0.
    pub cells: BTreeMap<(u32, u32), String>,
    /// Merged cells: first row, first column, last row, last column.
    pub merges: Vec<(u32, u32, u32, u32)>,
    /// Rows and columns that nobody sees.
    pub hidden_lines: usize,
    /// Pictures, charts and shapes lie on it.
    pub drawn: bool,
    /// Remarks on cells.
    pub comments: usize,
}

impl Book {
    /// Puts text into a cell of the last sheet.
    ///
    /// # Errors
    /// `office-large`.
    pub fn put(&mut self, row: u32, column: u32, text: &str) -> Result<(), Refusal> {
        let text = text.trim_end();
        if text.trim().is_empty() {
            return Ok(());
        }
        self.cells += 1;
        self.bytes += text.len();
        let large =
            |reason| Refusal::new("office-large", reason, "公文不会这样大；请检查文件的来源，或者分成几份，再导入");
        if self.cells > CELLS {
            return Err(large(format!("表格超过 {CELLS} 格")));
        }
        if self.bytes > TEXT {
            return Err(large(format!("文字超过 {} MB", TEXT >> 20)));
        }
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.cells.insert((row, column), text.to_owned());
        }
        Ok(())
    }

    /// The workbook as a file that was read.
    ///
    /// # Errors
    /// None so far.
    pub fn source(self) -> Result<Source, Refusal> {
        let mut source = Source { notes: self.notes, ..Source::default() };
        let mut note = |message: String| source.notes.push(Note { place: String::new(), message });
        for sheet in &self.sheets {
            if sheet.hidden && !sheet.cells.is_empty() {
                note(format!("没有读入隐藏的工作表“{}”", sheet.name));
                continue;
            }
            if sheet.hidden_lines > 0 {
                note(format!("工作表“{}”里隐藏的行列 {} 处也读入了", sheet.name, sheet.hidden_lines));
            }
            if sheet.comments > 0 {
                note(format!("没有读入工作表“{}”里的批注 {} 处", sheet.name, sheet.comments));
            }
            if sheet.drawn {
                note(format!("没有读入工作表“{}”里的图形，里面可能有文字", sheet.name));
            }
        }
        let shown = |s: &&Sheet| !s.hidden && !s.cells.is_empty();
        let several = self.sheets.iter().filter(shown).count() > 1;
        for (i, sheet) in self.sheets.iter().enumerate().filter(|(_, s)| shown(s)) {
            if several && !is_default(&sheet.name) {
                let place = Place::Cell { table: i + 1, row: 1, column: 1 };
                source.paragraph(&sheet.name, Style { heading: Some(1), ..Style::default() }, place);
            }
            sheet.write(i + 1, &mut source);
        }
        Ok(source)
    }
}

/// Sheet1, 工作表2: a name that a program gave.
fn is_default(name: &str) -> bool {
    let number = ["Sheet", "sheet", "工作表", "表"].iter().find_map(|p| name.strip_prefix(p));
    number.is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()))
}

impl Sheet {
    /// Writes the sheet, which is number `table`.
    fn write(&self, table: usize, source: &mut Source) {
        let spans: HashMap<(u32, u32), (u32, u32)> =
            self.merges.iter().map(|m| ((m.0, m.1), (m.2.saturating_sub(m.0), m.3.saturating_sub(m.1)))).collect();
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        let (first, last) = self.alone(&rows, &spans);
        for row in &rows[..first] {
            self.line(*row, table, source);
        }
        let body = &rows[first..last];
        if body.len() == 1 && self.row(body[0]).count() == 1 {
            self.line(body[0], table, source);
        } else if !body.is_empty() {
            let grid = self.grid(body, &spans, table, source);
            source.pieces.push(Piece::Table(grid));
        }
        for row in &rows[last..] {
            self.line(*row, table, source);
        }
    }

    fn row(&self, row: u32) -> impl Iterator<Item = ((u32, u32), &String)> {
        self.cells.range((row, 0)..=(row, u32::MAX)).map(|(at, text)| (*at, text))
    }

    /// How many rows from the top are lines of text and not of the table, and up to which row the table goes: a title
    /// stands alone in its row, a remark below the table over several columns.
    fn alone(&self, rows: &[u32], spans: &HashMap<(u32, u32), (u32, u32)>) -> (usize, usize) {
        let single = |row: u32| {
            let mut cells = self.row(row);
            let (at, _) = cells.next()?;
            let span = spans.get(&at).copied().unwrap_or_default();
            (cells.next().is_none() && span.0 == 0).then_some(span.1)
        };
        let first = rows.iter().take_while(|r| single(**r).is_some()).count();
        // A list in one column is a table of one column.
        if first == rows.len() && rows.len() > 1 && rows.iter().all(|r| single(*r) == Some(0)) {
            return (0, rows.len());
        }
        let tail = rows[first..].iter().rev().take_while(|r| single(**r).is_some_and(|across| across > 0)).count();
        (first, rows.len() - tail)
    }

    fn line(&self, row: u32, table: usize, source: &mut Source) {
        for ((row, column), text) in self.row(row) {
            let place = Place::Cell { table, row: row as usize + 1, column: column as usize + 1 };
            source.paragraph(text, Style::default(), place);
        }
    }

    fn grid(&self, rows: &[u32], spans: &HashMap<(u32, u32), (u32, u32)>, table: usize, source: &mut Source) -> Grid {
        let inside: HashSet<u32> = rows.iter().copied().collect();
        let mut columns: Vec<u32> = self.cells.keys().filter(|at| inside.contains(&at.0)).map(|at| at.1).collect();
        columns.sort_unstable();
        columns.dedup();
        // Merged cells count the rows and columns that have words.
        let between = |list: &[u32], from: u32, over: u32| {
            let start = list.partition_point(|n| *n < from);
            let end = list.partition_point(|n| *n <= from.saturating_add(over));
            (end - start).max(1) as u32
        };
        let place = |list: &[u32], n: u32| list.partition_point(|m| *m < n);
        // Up to which row a merged cell above covers a column, and its columns.
        let mut covered: Vec<(usize, usize, usize)> = Vec::new();
        let mut grid = Grid::default();
        for (y, row) in rows.iter().enumerate() {
            covered.retain(|(until, ..)| *until > y);
            let mut over: Vec<(usize, usize)> = covered.iter().map(|(_, from, to)| (*from, *to)).collect();
            over.sort_unstable();
            let mut over = over.into_iter().peekable();
            let mut cells = Vec::new();
            let mut x = 0;
            let mut fill = |cells: &mut Vec<Cell>, x: &mut usize, to: usize| {
                while *x < to {
                    while over.next_if(|(_, end)| *end <= *x).is_some() {}
                    let (start, end) = over.peek().copied().unwrap_or((usize::MAX, usize::MAX));
                    if start <= *x {
                        *x = end;
                        continue;
                    }
                    let until = start.min(to);
                    cells.push(Cell { columns: (until - *x) as u32, ..Cell::of(0..0) });
                    *x = until;
                }
            };
            for (at, text) in self.row(*row) {
                let column = place(&columns, at.1);
                fill(&mut cells, &mut x, column);
                let (down, across) = spans.get(&at).copied().unwrap_or_default();
                let (down, across) = (between(rows, at.0, down), between(&columns, at.1, across));
                let place = Place::Cell { table, row: at.0 as usize + 1, column: at.1 as usize + 1 };
                if column < x {
                    // Words under a merged cell: nobody sees them, so they stand behind.
                    source
                        .notes
                        .push(Note {
                            place: place.to_string(), message: "单元格被合并的单元格盖住，没有读入".into()
                        });
                    continue;
                }
                cells.push(Cell { rows: down, columns: across, ..source.cell(text, place) });
                x = column + across as usize;
                if down > 1 {
                    covered.push((y + down as usize, column, x));
                }
            }
            fill(&mut cells, &mut x, columns.len());
            grid.rows.push(cells);
        }
        grid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` parts cells.
    fn sheet(name: &str, rows: &[&str], merges: &[(u32, u32, u32, u32)]) -> Sheet {
        let mut cells = BTreeMap::new();
        for (y, row) in (0..).zip(rows) {
            for (x, text) in (0..).zip(row.split('|')).filter(|(_, t)| !t.is_empty()) {
                cells.insert((y, x), text.to_owned());
            }
        }
        Sheet { name: name.into(), cells, merges: merges.to_vec(), ..Sheet::default() }
    }

    fn shown(sheets: Vec<Sheet>) -> Vec<String> {
        let source = Book { sheets, ..Book::default() }.source().expect("read");
        let pieces = source.pieces.iter().map(|p| match p {
            Piece::Paragraph(range, _) => source.text[range.clone()].to_owned(),
            Piece::Table(grid) => source.drawn(grid),
            _ => String::new(),
        });
        pieces.chain(source.notes.iter().map(|n| format!("{}{}", n.place, n.message))).collect()
    }

    #[test]
    fn titles_and_remarks_stand_outside_the_table() {
        let rows = [
            "重点任务分工表",
            "单位：万元",
            "序号|任务|牵头单位",
            "1|推进甲事项|甲局",
            "|推进乙事项|乙局",
            "注：以文件为准",
        ];
        let merges = [(0, 0, 0, 2), (3, 0, 4, 0), (5, 0, 5, 2)];
        assert_eq!(
            shown(vec![sheet("Sheet1", &rows, &merges)]),
            [
                "重点任务分工表",
                "单位：万元",
                "序号|任务|牵头单位/1|推进甲事项|甲局/1|推进乙事项|乙局",
                "注：以文件为准"
            ]
        );
    }

    #[test]
    fn several_sheets_say_their_names_and_hidden_ones_are_noted() {
        let hidden = Sheet { hidden: true, ..sheet("底稿", &["甲|乙"], &[]) };
        let second = Sheet { hidden_lines: 2, drawn: true, comments: 1, ..sheet("市直", &["丙|丁", "1|2"], &[]) };
        assert_eq!(
            shown(vec![sheet("Sheet1", &["甲|乙", "1|2"], &[]), hidden, second]),
            [
                "甲|乙/1|2",
                "市直",
                "丙|丁/1|2",
                "没有读入隐藏的工作表“底稿”",
                "工作表“市直”里隐藏的行列 2 处也读入了",
                "没有读入工作表“市直”里的批注 1 处",
                "没有读入工作表“市直”里的图形，里面可能有文字",
            ]
        );
    }

    #[test]
    fn empty_rows_and_columns_are_no_part_of_the_table() {
        let mut far = sheet("甲", &["项目||金额", "", "道路||3"], &[]);
        far.cells.insert((1_000_000, 16_000), "末".into());
        assert_eq!(shown(vec![far]), ["项目|金额|/道路|3|/||末"]);
        assert_eq!(shown(vec![sheet("甲", &["名单", "张某", "李某"], &[])]), ["名单/张某/李某"]);
    }

    #[test]
    fn words_under_a_merged_cell_are_said_and_left() {
        assert_eq!(
            shown(vec![sheet("甲", &["甲|乙|丙", "1|2|3"], &[(0, 0, 0, 1)])]),
            ["甲|甲|丙/1|2|3", "表 1 第 1 行第 2 格单元格被合并的单元格盖住，没有读入"]
        );
    }

    #[test]
    fn what_is_refused() {
        let mut book = Book { sheets: vec![Sheet::default()], ..Book::default() };
        let many = (0..).find_map(|i| book.put(i, 0, "1").err()).expect("many");
        assert_eq!((many.code, many.reason.as_str()), ("office-large", "表格超过 200000 格"));
        assert_eq!(many.help, "公文不会这样大；请检查文件的来源，或者分成几份，再导入");
        let mut book = Book { sheets: vec![Sheet::default()], ..Book::default() };
        let long = (0..).find_map(|i| book.put(i, 0, &"长".repeat(1 << 20)).err()).expect("long");
        assert_eq!(long.reason, "文字超过 16 MB");
    }
}
