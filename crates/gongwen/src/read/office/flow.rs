//! 流: paragraphs and tables as an office file nests them → [`Source`].

use super::grid::{self, Row, Shape};
use super::tally::Tally;
use crate::piece::{Piece, Place, Refusal, Source, Style};

/// Tables and boxes may lie this deep in each other.
const DEPTH: usize = 32;
/// The most cells of a file.
const CELLS: usize = 200_000;
/// The most bytes of text of a file, a hundred times that of a long document.
pub const TEXT: usize = 16 << 20;

/// What stands in a body, a cell or a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A paragraph.
    Paragraph(String, Style),
    /// A table.
    Table(Vec<Row>),
    /// A new page begins.
    PageBreak,
}

/// What has been opened and not closed.
#[derive(Debug)]
enum Frame {
    Table { rows: Vec<Row>, cells: Vec<Vec<Item>>, items: Vec<Item> },
    Aside(Vec<Item>),
}

/// A file under way.
#[derive(Debug, Default)]
pub struct Flow {
    source: Source,
    /// What was left out.
    pub tally: Tally,
    open: Vec<Frame>,
    paragraphs: usize,
    tables: usize,
    cells: usize,
    bytes: usize,
}

impl Flow {
    /// A paragraph ends here.
    ///
    /// # Errors
    /// `office-large`.
    pub fn paragraph(&mut self, text: String, style: Style) -> Result<(), Refusal> {
        self.bytes += text.len();
        if self.bytes > TEXT {
            let most = TEXT >> 20;
            return Err(too_large(format!("文字超过 {most} MB")));
        }
        self.item(Item::Paragraph(text, style));
        Ok(())
    }

    /// A new page begins. Inside a table it says nothing.
    pub fn page_break(&mut self) {
        if !self.open.iter().any(|f| matches!(f, Frame::Table { .. })) {
            self.item(Item::PageBreak);
        }
    }

    /// Things that were read before and stand here.
    pub fn items(&mut self, items: Vec<Item>) {
        items.into_iter().for_each(|i| self.item(i));
    }

    fn item(&mut self, item: Item) {
        match self.open.last_mut() {
            Some(Frame::Table { items, .. } | Frame::Aside(items)) => items.push(item),
            None => self.emit(item),
        }
    }

    /// A table begins.
    ///
    /// # Errors
    /// `office-deep`.
    pub fn begin_table(&mut self) -> Result<(), Refusal> {
        self.begin(Frame::Table { rows: Vec::new(), cells: Vec::new(), items: Vec::new() })
    }

    /// A box, a note or another text begins that is kept apart.
    ///
    /// # Errors
    /// `office-deep`.
    pub fn begin_aside(&mut self) -> Result<(), Refusal> {
        self.begin(Frame::Aside(Vec::new()))
    }

    fn begin(&mut self, frame: Frame) -> Result<(), Refusal> {
        if self.open.len() >= DEPTH {
            return Err(Refusal::new(
                "office-deep",
                format!("表格或者文本框一层套一层，超过 {DEPTH} 层"),
                "请用办公软件打开，把里层的内容移出来，另存一份，再导入",
            ));
        }
        self.open.push(frame);
        Ok(())
    }

    /// How many tables are open, boxes between them not counted.
    pub fn tables_open(&self) -> usize {
        self.open.iter().rev().take_while(|f| matches!(f, Frame::Table { .. })).count()
    }

    /// The cell under way ends.
    ///
    /// # Errors
    /// `office-large`.
    pub fn end_cell(&mut self) -> Result<(), Refusal> {
        if let Some(Frame::Table { cells, items, .. }) = self.open.last_mut() {
            cells.push(std::mem::take(items));
            self.cells += 1;
        }
        if self.cells > CELLS { Err(too_large(format!("表格超过 {CELLS} 格"))) } else { Ok(()) }
    }

    /// The row under way ends; `shapes` says how its cells are drawn, those it does not name stand side by side.
    /// `header` rows name the columns. What stands after the last cell belongs to it.
    pub fn end_row(&mut self, shapes: Vec<Shape>, header: bool) {
        let Some(Frame::Table { rows, cells, items }) = self.open.last_mut() else { return };
        let (mut cells, rest) = (std::mem::take(cells), std::mem::take(items));
        match cells.last_mut() {
            Some(last) => last.extend(rest),
            None if !rest.is_empty() => cells.push(rest),
            None => return,
        }
        rows.push(Row::new(cells, shapes, header));
    }

    /// The row under way is none.
    pub fn drop_row(&mut self) {
        if let Some(Frame::Table { cells, items, .. }) = self.open.last_mut() {
            cells.clear();
            items.clear();
        }
    }

    /// The table under way ends.
    pub fn end_table(&mut self) {
        if !matches!(self.open.last(), Some(Frame::Table { .. })) {
            return;
        }
        self.end_row(Vec::new(), false);
        if let Some(Frame::Table { rows, .. }) = self.open.pop()
            && !rows.is_empty()
        {
            self.item(Item::Table(rows));
        }
    }

    /// The box or note under way ends, with the tables left open in it: what it holds.
    pub fn end_aside(&mut self) -> Vec<Item> {
        while matches!(self.open.last(), Some(Frame::Table { .. })) {
            self.end_table();
        }
        match self.open.pop() {
            Some(Frame::Aside(items)) => items,
            _ => Vec::new(),
        }
    }

    /// Writes what stands in the body.
    fn emit(&mut self, item: Item) {
        match item {
            Item::Paragraph(text, style) => {
                self.paragraphs += 1;
                if !text.trim().is_empty() {
                    self.source.paragraph(&text, style, Place::Paragraph(self.paragraphs));
                }
            }
            Item::PageBreak => self.source.pieces.push(Piece::PageBreak),
            Item::Table(rows) => {
                for part in grid::parts(rows) {
                    match part {
                        grid::Part::Items(items) => items.into_iter().for_each(|i| self.emit(i)),
                        grid::Part::Table(rows) => {
                            self.tables += 1;
                            let grid = grid::draw(rows, self.tables, &mut self.source);
                            self.source.pieces.push(Piece::Table(grid));
                        }
                    }
                }
            }
        }
    }

    /// Something that is no text: an image.
    pub fn enclose(&mut self, enclosure: crate::piece::Enclosure) {
        self.source.enclosures.push(enclosure);
    }

    /// The file as it was read.
    pub fn finish(mut self) -> Source {
        while !self.open.is_empty() {
            match self.open.last() {
                Some(Frame::Table { .. }) => self.end_table(),
                _ => {
                    let items = self.end_aside();
                    self.items(items);
                }
            }
        }
        self.source.notes.extend(self.tally.notes());
        self.source
    }
}

/// The text of these things, a line a paragraph; a row of a table is one line.
pub fn lines(items: &[Item]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for item in items {
        match item {
            Item::Paragraph(text, _) if !text.trim().is_empty() => lines.push(text.clone()),
            Item::Table(rows) => lines.extend(rows.iter().map(Row::line).filter(|l| !l.trim().is_empty())),
            Item::Paragraph(..) | Item::PageBreak => {}
        }
    }
    lines.join("\n")
}

fn too_large(reason: String) -> Refusal {
    Refusal::new("office-large", reason, "公文不会这样大；请检查文件的来源，或者分成几份，再导入")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` parts cells.
    fn row(flow: &mut Flow, cells: &str, shapes: Vec<Shape>) {
        for cell in cells.split('|') {
            flow.paragraph(cell.to_owned(), Style::default()).expect("short");
            flow.end_cell().expect("few");
        }
        flow.end_row(shapes, false);
    }

    fn shown(source: &Source) -> Vec<String> {
        source
            .pieces
            .iter()
            .map(|p| match p {
                Piece::Paragraph(range, _) => {
                    format!("{}: {}", source.places.get(range.start).expect("a place"), &source.text[range.clone()])
                }
                Piece::Table(grid) => source.drawn(grid),
                Piece::PageBreak => "break".into(),
                Piece::Lines(_) => "lines".into(),
            })
            .collect()
    }

    #[test]
    fn paragraphs_are_numbered_as_a_person_counts_them() {
        let mut flow = Flow::default();
        for text in ["关于召开会议的通知", "", "各科室："] {
            flow.paragraph(text.to_owned(), Style::default()).expect("short");
        }
        flow.begin_table().expect("flat");
        row(&mut flow, "时间|地点", vec![]);
        row(&mut flow, "周一|三楼", vec![]);
        flow.end_table();
        flow.page_break();
        flow.paragraph("特此通知。".into(), Style::default()).expect("short");
        let source = flow.finish();
        assert_eq!(
            shown(&source),
            ["第 1 段: 关于召开会议的通知", "第 3 段: 各科室：", "时间|地点/周一|三楼", "break", "第 4 段: 特此通知。"]
        );
        let at = source.text.find("三楼").expect("there");
        assert_eq!(source.places.get(at).map(ToString::to_string).as_deref(), Some("表 1 第 2 行第 2 格"));
    }

    #[test]
    fn a_frame_of_one_cell_is_no_table() {
        let mut flow = Flow::default();
        flow.begin_table().expect("flat");
        row(&mut flow, "框里的话", vec![]);
        flow.end_table();
        assert_eq!(shown(&flow.finish()), ["第 1 段: 框里的话"]);
    }

    #[test]
    fn a_table_in_a_cell_stands_alone_and_a_list_in_a_cell_does_not() {
        let mut flow = Flow::default();
        flow.begin_table().expect("flat");
        row(&mut flow, "甲|乙", vec![]);
        flow.paragraph("附表".into(), Style::default()).expect("short");
        flow.begin_table().expect("flat");
        row(&mut flow, "1|2", vec![]);
        row(&mut flow, "3|4", vec![]);
        flow.end_table();
        flow.end_cell().expect("few");
        flow.end_row(vec![], false);
        flow.begin_table().expect("flat");
        row(&mut flow, "丙", vec![]);
        row(&mut flow, "丁", vec![]);
        flow.end_table();
        flow.end_cell().expect("few");
        row(&mut flow, "戊", vec![]);
        flow.end_table();
        assert_eq!(shown(&flow.finish()), ["甲|乙", "第 1 段: 附表", "1|2/3|4", "丙\n丁|戊"]);
    }

    #[test]
    fn what_is_refused() {
        let mut flow = Flow::default();
        let deep = (0..).find_map(|_| flow.begin_table().err()).expect("deep");
        assert_eq!(deep.reason, "表格或者文本框一层套一层，超过 32 层");
        assert_eq!(deep.help, "请用办公软件打开，把里层的内容移出来，另存一份，再导入");
        let many = (0..).find_map(|_| flow.end_cell().err()).expect("many");
        assert_eq!((many.code, many.reason.as_str()), ("office-large", "表格超过 200000 格"));
        assert_eq!(many.help, "公文不会这样大；请检查文件的来源，或者分成几份，再导入");
        let long = (0..).find_map(|_| flow.paragraph("长".repeat(1 << 20), Style::default()).err()).expect("long");
        assert_eq!(long.reason, "文字超过 16 MB");
    }

    #[test]
    fn what_is_left_open_is_not_lost() {
        let mut flow = Flow::default();
        flow.begin_table().expect("flat");
        flow.begin_aside().expect("flat");
        flow.paragraph("没有收尾".into(), Style::default()).expect("short");
        assert_eq!(shown(&flow.finish()), ["第 1 段: 没有收尾"]);
    }
}
