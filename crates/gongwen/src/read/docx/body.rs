//! 正文: `document.xml`, and notes, heads and feet, which are written alike.

use std::collections::HashMap;

use super::drawing::Drawing;
use super::lists::Lists;
use super::paragraph::Open;
use super::parts::Parts;
use super::styles::Styles;
use super::table::Table;
use crate::piece::Refusal;
use crate::read::office::counting::Counting;
use crate::read::office::fields::Field;
use crate::read::office::flow::{Flow, Item};
use crate::read::office::notes::{self, Notes};
use crate::read::office::numbering::Counter;
use crate::read::office::properties::RunStyle;
use crate::read::office::symbols;
use crate::read::office::xml::{Attributes, Node, Space, walk};

/// What an open element is for whoever stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Other,
    Paragraph,
    ParagraphProperties,
    /// Of characters; of the end of a paragraph; of a section, a table, a row, a cell.
    RunProperties,
    MarkProperties,
    ListProperties,
    SectionProperties,
    RowProperties,
    Run,
    Text,
    DeletedText,
    Instruction,
    /// `w:fldChar` and what it says of a form.
    Field,
    Deleted,
    Moved,
    Table,
    TableGrid,
    Row,
    Cell,
    Box,
    Note(notes::Kind, i64),
    /// `mc:AlternateContent`; true once one of its writings has been read.
    Alternate(bool),
    Vertical,
    Horizontal,
    Offset,
}

/// Reads one part after another, as one text.
pub struct Body<'a> {
    pub(super) parts: &'a Parts,
    pub(super) styles: &'a Styles,
    pub(super) lists: &'a Lists,
    pub(super) counter: Counter,
    /// The open elements.
    pub(super) kinds: Vec<Kind>,
    /// The open paragraphs: boxes hang on paragraphs and hold some.
    pub(super) paragraphs: Vec<Open>,
    /// The text of a paragraph whose end is not printed.
    pub(super) carried: String,
    /// No text has come yet.
    pub(super) nothing_yet: bool,
    pub(super) drawing: Drawing,
    /// How many of the open elements are such that nothing in them is printed.
    skipped: usize,
    tables: Vec<Table>,
    pub(super) run: RunStyle,
    pub(super) fields: Vec<Field>,
    /// Inside a deletion; inside what was moved elsewhere.
    deleted: usize,
    moved: usize,
    notes: Notes,
    note_texts: HashMap<(notes::Kind, i64), Vec<Item>>,
}

impl<'a> Body<'a> {
    pub fn new(parts: &'a Parts, styles: &'a Styles, lists: &'a Lists) -> Self {
        Body {
            parts,
            styles,
            lists,
            counter: Counter::default(),
            kinds: Vec::new(),
            paragraphs: Vec::new(),
            carried: String::new(),
            nothing_yet: true,
            drawing: Drawing::default(),
            skipped: 0,
            tables: Vec::new(),
            run: RunStyle::default(),
            fields: Vec::new(),
            deleted: 0,
            moved: 0,
            notes: Notes::default(),
            note_texts: HashMap::new(),
        }
    }

    /// How the notes of the text `document` are numbered: that stands at the end of a section, after the notes.
    pub fn number_notes(&mut self, document: &[u8]) {
        for (kind, name) in [(notes::Kind::Foot, "footnotePr>"), (notes::Kind::End, "endnotePr>")] {
            let Some(at) = find(document, name) else { continue };
            let near = String::from_utf8_lossy(&document[at..document.len().min(at + 400)]);
            let own = near.split("</").next().unwrap_or("");
            let value = own.split_once("numFmt").and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
            if let Some(value) = value {
                self.notes.counting.insert(kind, Counting::of_name(value, None));
            }
        }
    }

    /// Reads a part into `flow`.
    pub fn read(&mut self, name: &str, bytes: &[u8], flow: &mut Flow) -> Result<(), Refusal> {
        walk(name, bytes, |node| self.node(node, flow))?;
        if !self.carried.trim().is_empty() {
            let text = std::mem::take(&mut self.carried);
            flow.paragraph(text, crate::piece::Style::default())?;
        }
        flow.tally.fields += std::mem::take(&mut self.fields).len();
        Ok(())
    }

    /// Reads a part of notes: what each of them holds.
    pub fn read_notes(
        &mut self,
        name: &str,
        bytes: &[u8],
        kind: notes::Kind,
        flow: &mut Flow,
    ) -> Result<HashMap<(notes::Kind, i64), Vec<Item>>, Refusal> {
        self.read(name, bytes, flow)?;
        let texts = std::mem::take(&mut self.note_texts);
        Ok(texts.into_iter().filter(|((k, _), _)| *k == kind).collect())
    }

    /// Writes the notes that the text refers to.
    pub fn finish(self, texts: &mut HashMap<(notes::Kind, i64), Vec<Item>>, flow: &mut Flow) -> Result<(), Refusal> {
        self.notes.write(texts, flow)
    }

    fn node(&mut self, node: Node<'_>, flow: &mut Flow) -> Result<(), Refusal> {
        match node {
            Node::Open(..) if self.skipped > 0 => self.skipped += 1,
            Node::Close if self.skipped > 0 => self.skipped -= 1,
            Node::Text(_) if self.skipped > 0 => {}
            Node::Open(space, name, attributes) => match self.open(space, name, &attributes, flow)? {
                Some(kind) => self.kinds.push(kind),
                None => self.skipped = 1,
            },
            Node::Close => {
                if let Some(kind) = self.kinds.pop() {
                    self.close(kind, flow)?;
                }
            }
            Node::Text(text) => match self.kinds.last() {
                Some(Kind::Text) => self.text(&text.replace(['\n', '\r', '\t'], " "), flow),
                Some(Kind::DeletedText) => flow.tally.deleted.push(&text),
                Some(Kind::Instruction) => {
                    if let Some(field) = self.fields.last_mut() {
                        field.instruct(&text);
                    }
                }
                Some(Kind::Offset) => self.offset(&text),
                _ => {}
            },
        }
        Ok(())
    }

    /// An element begins: what it is; `None` where nothing in it is printed.
    fn open(
        &mut self,
        space: Space,
        name: &str,
        attributes: &Attributes<'_>,
        flow: &mut Flow,
    ) -> Result<Option<Kind>, Refusal> {
        let within = self.kinds.last().copied().unwrap_or(Kind::Other);
        let kind = match (space, name, within) {
            (Space::Other, "AlternateContent", _) => Kind::Alternate(false),
            (Space::Other, "Choice" | "Fallback", Kind::Alternate(read)) => {
                if read {
                    return Ok(None);
                }
                if let Some(last) = self.kinds.last_mut() {
                    *last = Kind::Alternate(true);
                }
                Kind::Other
            }
            (Space::Other, ..) => self.open_drawing(name, attributes, flow)?,
            (Space::Math, "t", _) => Kind::Text,
            (Space::Math, "r", _) => {
                self.run = RunStyle::default();
                Kind::Other
            }
            (Space::Math, ..) => Kind::Other,
            // What a property was before it was changed; the words of forms and controls that are not shown.
            (_, "sdtPr" | "sdtEndPr" | "rt" | "txbxStyle", _) => return Ok(None),
            (_, name, _) if name.ends_with("Change") => return Ok(None),
            (_, _, Kind::ParagraphProperties | Kind::ListProperties) => self.paragraph_property(name, attributes),
            (_, _, Kind::MarkProperties) => self.mark_property(name, attributes),
            (_, _, Kind::RunProperties) => self.run_property(name, attributes),
            (_, _, Kind::SectionProperties) => self.section_property(name, attributes),
            (_, "gridCol", Kind::TableGrid) => {
                if let Some(table) = self.tables.last_mut() {
                    table.column(attributes.number("w"));
                }
                Kind::Other
            }
            (_, _, Kind::RowProperties) => {
                self.tables.last_mut().into_iter().for_each(|t| t.property(name, attributes));
                Kind::Other
            }
            (_, _, Kind::Field) => self.form(name, attributes),
            (_, _, Kind::Run) => return self.in_run(name, attributes, flow),
            _ => self.structure(name, attributes, flow)?,
        };
        Ok(Some(kind))
    }

    /// An element that holds others.
    fn structure(&mut self, name: &str, attributes: &Attributes<'_>, flow: &mut Flow) -> Result<Kind, Refusal> {
        Ok(match name {
            "p" => {
                self.paragraphs.push(Open { text: std::mem::take(&mut self.carried), ..Open::default() });
                Kind::Paragraph
            }
            "pPr" => Kind::ParagraphProperties,
            "r" => {
                self.run = RunStyle::default();
                Kind::Run
            }
            "t" => Kind::Text,
            "sectPr" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.section = true;
                }
                Kind::SectionProperties
            }
            "del" => {
                self.deleted += 1;
                Kind::Deleted
            }
            "moveFrom" => {
                self.moved += 1;
                Kind::Moved
            }
            "tbl" => {
                flow.begin_table()?;
                self.tables.push(Table::default());
                Kind::Table
            }
            "tblGrid" => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_grid();
                }
                Kind::TableGrid
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_row();
                }
                Kind::Row
            }
            "trPr" | "tcPr" => Kind::RowProperties,
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_cell();
                }
                Kind::Cell
            }
            "txbxContent" => {
                flow.begin_aside()?;
                Kind::Box
            }
            "footnote" | "endnote" => {
                flow.begin_aside()?;
                let kind = if name == "footnote" { notes::Kind::Foot } else { notes::Kind::End };
                Kind::Note(kind, attributes.number("id").unwrap_or_default())
            }
            "altChunk" | "subDoc" => {
                return Err(Refusal::new(
                    "docx-chunk",
                    "正文里并入了另一份文件，它的文字不在这份文件里",
                    "请用 Word 打开后另存为 docx，再导入",
                ));
            }
            _ => Kind::Other,
        })
    }

    /// An element in a run of characters.
    fn in_run(&mut self, name: &str, attributes: &Attributes<'_>, flow: &mut Flow) -> Result<Option<Kind>, Refusal> {
        match name {
            "rPr" => return Ok(Some(Kind::RunProperties)),
            "t" => return Ok(Some(Kind::Text)),
            "delText" => return Ok(Some(Kind::DeletedText)),
            "instrText" | "delInstrText" => return Ok(Some(Kind::Instruction)),
            "tab" | "ptab" => self.text("\t", flow),
            "cr" => self.text("\n", flow),
            "br" => match attributes.get("type").as_deref() {
                Some("page") if self.visible() => self.break_page(flow)?,
                Some("page" | "column") => {}
                _ => self.text("\n", flow),
            },
            "noBreakHyphen" => self.text("-", flow),
            "sym" => {
                let code = attributes.get("char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                let font = attributes.get("font").unwrap_or_default();
                if let Some(code) = code {
                    let sign = symbols::shown(&font, code);
                    flow.tally.signs += usize::from(sign.is_none());
                    let sign = sign.or_else(|| char::from_u32(code)).map(String::from).unwrap_or_default();
                    self.text(&sign, flow);
                }
            }
            "footnoteReference" | "endnoteReference" if self.visible() => {
                let kind = if name == "footnoteReference" { notes::Kind::Foot } else { notes::Kind::End };
                let custom = attributes.get("customMarkFollows").is_some() && attributes.on();
                let mark = self.notes.refer(kind, attributes.number("id").unwrap_or_default(), custom);
                self.text(&mark, flow);
            }
            "commentReference" => flow.tally.comments += 1,
            "fldChar" => {
                self.field(attributes, flow);
                return Ok(Some(Kind::Field));
            }
            _ => return Ok(Some(self.structure(name, attributes, flow)?)),
        }
        Ok(Some(Kind::Other))
    }

    fn close(&mut self, kind: Kind, flow: &mut Flow) -> Result<(), Refusal> {
        match kind {
            Kind::Paragraph => self.end_paragraph(flow)?,
            Kind::Deleted => self.deleted -= 1,
            Kind::Moved => self.moved -= 1,
            Kind::Cell => {
                self.tables.last_mut().into_iter().for_each(Table::end_cell);
                flow.end_cell()?;
            }
            Kind::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row(flow);
                }
            }
            Kind::Table => {
                self.tables.pop();
                flow.end_table();
            }
            Kind::Box => {
                let items = flow.end_aside();
                self.hang(items, flow);
            }
            Kind::Note(kind, id) => {
                let items = flow.end_aside();
                self.note_texts.insert((kind, id), items);
            }
            _ => {}
        }
        Ok(())
    }

    /// True where what stands here is printed: neither deleted nor the instruction of a field.
    fn visible(&self) -> bool {
        self.deleted == 0 && self.moved == 0 && self.fields.iter().all(|f| f.shown)
    }

    /// Text in the run under way.
    pub(super) fn text(&mut self, text: &str, flow: &mut Flow) {
        if self.deleted > 0 {
            flow.tally.deleted.push(text);
            return;
        }
        flow.tally.deleted.part();
        if !self.visible() {
            return;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let style = self.styles.get(paragraph.style.as_deref()).map(|s| &s.run);
        if self.run.hidden.or(style.and_then(|s| s.hidden)) == Some(true) {
            flow.tally.hidden.push(text);
            return;
        }
        flow.tally.hidden.part();
        let font = self.run.font.as_deref().or(style.and_then(|s| s.font.as_deref()));
        let bold = self.run.bold.or(style.and_then(|s| s.bold)) == Some(true);
        let text = symbols::text(font, text);
        paragraph.emphasis.push(&text, bold);
        paragraph.text.push_str(&text);
    }
}

/// Where `word` stands in `bytes`.
fn find(bytes: &[u8], word: &str) -> Option<usize> {
    bytes.windows(word.len()).position(|w| w == word.as_bytes())
}
