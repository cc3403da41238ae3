//! RTF → paragraphs and tables.

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::lexer::{Lexer, Token};
use super::state::{Destination, State, of_charset, of_page};
use crate::piece::{Enclosure, EnclosureKind, Refusal, Source, Style};
use crate::read::office::boxes::{self, Hanging};
use crate::read::office::fields::Field;
use crate::read::office::flow::{Flow, Item, lines};
use crate::read::office::grid::{Merge, Shape};
use crate::read::office::notes::{self, Notes};
use crate::read::office::numbering::{Label, Suffix};
use crate::read::office::properties::Emphasis;
use crate::read::office::tally::is_page_number;
use crate::read::office::{damaged, symbols};

/// Groups may lie this deep in each other.
const DEPTH: usize = 10_000;

/// A font.
#[derive(Default)]
struct Font {
    name: String,
    encoding: Option<&'static Encoding>,
}

/// The paragraph under way.
#[derive(Default)]
struct Open {
    text: String,
    /// Its number, as it is printed.
    number: String,
    emphasis: Emphasis,
    boxes: Vec<Hanging>,
}

/// How the paragraph under way is set: what `\pard` forgets.
#[derive(Clone, Copy, Default)]
struct Set {
    centred: bool,
    outline: Option<u8>,
    style: i32,
    in_table: bool,
    depth: usize,
    page_break: bool,
}

/// How the row under way is drawn.
#[derive(Default)]
struct Row {
    shapes: Vec<Shape>,
    merge: Merge,
    left: i64,
    header: bool,
}

struct Reader {
    flow: Flow,
    states: Vec<State>,
    state: State,
    fonts: HashMap<i32, Font>,
    /// The level in the outline that a style has.
    styles: HashMap<i32, u8>,
    encoding: &'static Encoding,
    /// Text that is not decoded yet: bytes, or halves of characters.
    bytes: Vec<u8>,
    units: Vec<u16>,
    /// Characters still to leave out after a `\u`.
    stands_in: usize,
    open: Vec<Open>,
    sets: Vec<Set>,
    set: Set,
    row: Row,
    fields: Vec<Field>,
    notes: Notes,
    note_texts: HashMap<(notes::Kind, i64), Vec<Item>>,
    nothing_yet: bool,
}

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<Source, Refusal> {
    let mut reader = Reader {
        flow: Flow::default(),
        states: Vec::new(),
        state: State::new(),
        fonts: HashMap::new(),
        styles: HashMap::new(),
        encoding: encoding_rs::WINDOWS_1252,
        bytes: Vec::new(),
        units: Vec::new(),
        stands_in: 0,
        open: vec![Open::default()],
        sets: Vec::new(),
        set: Set::default(),
        row: Row::default(),
        fields: Vec::new(),
        notes: Notes::default(),
        note_texts: HashMap::new(),
        nothing_yet: true,
    };
    let mut lexer = Lexer::new(bytes);
    while let Some(token) = lexer.next() {
        match token {
            Token::Close if reader.states.is_empty() => break,
            Token::Open => reader.begin_group()?,
            Token::Close => reader.end_group()?,
            Token::Byte(byte) => reader.byte(byte),
            Token::Sign(sign) => reader.sign(sign)?,
            Token::Word(b"bin", Some(count)) => lexer.leave_out(usize::try_from(count).unwrap_or_default()),
            Token::Word(word, number) => reader.word(word, number)?,
        }
    }
    // The bracket around all is forgotten by some programs; a file cut short lacks more.
    if reader.states.len() > 1 {
        return Err(damaged());
    }
    reader.finish()
}

impl Reader {
    fn finish(mut self) -> Result<Source, Refusal> {
        self.flush();
        if !self.paragraph().text.trim().is_empty() || !self.paragraph().boxes.is_empty() {
            self.end_paragraph()?;
        }
        while self.flow.tables_open() > 0 {
            self.flow.end_table();
        }
        std::mem::take(&mut self.notes).write(&mut self.note_texts, &mut self.flow)?;
        Ok(self.flow.finish())
    }

    fn paragraph(&mut self) -> &mut Open {
        if self.open.is_empty() {
            self.open.push(Open::default());
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    fn begin_group(&mut self) -> Result<(), Refusal> {
        self.flush();
        if self.states.len() >= DEPTH {
            return Err(Refusal::new(
                "office-deep",
                format!("文件里的内容一层套一层，超过 {DEPTH} 层"),
                "请检查文件的来源，或者用办公软件打开后另存一份，再导入",
            ));
        }
        self.states.push(self.state);
        (self.state.began, self.state.optional, self.state.field) = (false, false, false);
        Ok(())
    }

    fn end_group(&mut self) -> Result<(), Refusal> {
        self.flush();
        let ended = self.state;
        self.state = self.states.pop().unwrap_or_else(State::new);
        if ended.field {
            self.end_field();
        }
        if !ended.began {
            return Ok(());
        }
        match ended.destination {
            Destination::Box | Destination::Note(_) | Destination::Running => {
                if !self.paragraph().text.trim().is_empty() || !self.paragraph().boxes.is_empty() {
                    self.end_paragraph()?;
                }
                self.open.pop();
                self.set = self.sets.pop().unwrap_or_default();
                let items = self.flow.end_aside();
                self.end_aside(ended.destination, items);
            }
            _ => {}
        }
        Ok(())
    }

    fn end_aside(&mut self, destination: Destination, items: Vec<Item>) {
        match destination {
            Destination::Box => {
                let first = self.paragraph().text.trim().is_empty();
                self.paragraph().boxes.push(Hanging { at: None, first, items });
            }
            Destination::Note(kind) => {
                let id = self.note_texts.len() as i64;
                let mark = self.notes.refer(kind, id, false);
                self.note_texts.insert((kind, id), items);
                self.print(&mark);
            }
            _ => {
                let text = lines(&items);
                if !is_page_number(&text) {
                    self.flow.tally.running.push(&text);
                    self.flow.tally.running.part();
                }
            }
        }
    }

    /// The group under way goes elsewhere.
    fn go(&mut self, destination: Destination) -> Result<(), Refusal> {
        if self.state.destination == Destination::Nowhere {
            return Ok(());
        }
        self.state.destination = destination;
        self.state.began = true;
        if matches!(destination, Destination::Box | Destination::Note(_) | Destination::Running) {
            self.flow.begin_aside()?;
            self.open.push(Open::default());
            self.sets.push(std::mem::take(&mut self.set));
        }
        Ok(())
    }

    /// True where what stands here goes into the document, a box or a note.
    fn is_text(&self) -> bool {
        use Destination::{Box, Note, Running, Text};
        matches!(self.state.destination, Text | Box | Note(_) | Running)
    }

    fn byte(&mut self, byte: u8) {
        if self.stands_in > 0 {
            self.stands_in -= 1;
            return;
        }
        if !self.units.is_empty() {
            self.flush();
        }
        self.bytes.push(byte);
    }

    /// Decodes what has come.
    fn flush(&mut self) {
        self.stands_in = 0;
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let font = self.fonts.get(&self.state.font);
            if font.is_some_and(|f| symbols::is_of_signs(&f.name)) && self.state.destination != Destination::Fonts {
                let signs: String = bytes.iter().map(|b| char::from(*b)).collect();
                self.print(&signs);
                return;
            }
            let own = font.and_then(|f| f.encoding);
            // A font that is not of Chinese holds Chinese all the same where the file is.
            let encoding = match own {
                Some(own) if own != encoding_rs::WINDOWS_1252 => own,
                _ => self.encoding,
            };
            let (text, _) = encoding.decode_without_bom_handling(&bytes);
            self.print(&text);
        }
        if !self.units.is_empty() {
            let text = String::from_utf16_lossy(&std::mem::take(&mut self.units));
            self.print(&text);
        }
    }

    /// Text, wherever it goes.
    fn print(&mut self, text: &str) {
        match self.state.destination {
            Destination::Nowhere => return,
            Destination::Fonts => {
                let font = self.fonts.entry(self.state.font).or_default();
                if font.name.len() < 100 {
                    font.name.push_str(text.trim_end_matches(';'));
                }
                return;
            }
            Destination::Styles => return,
            Destination::Instruction => {
                if let Some(field) = self.fields.last_mut() {
                    field.instruct(text);
                }
                return;
            }
            _ => {}
        }
        if self.state.deleted {
            self.flow.tally.deleted.push(text);
            return;
        }
        self.flow.tally.deleted.part();
        if self.state.hidden {
            self.flow.tally.hidden.push(text);
            return;
        }
        self.flow.tally.hidden.part();
        let font = self.fonts.get(&self.state.font).map(|f| f.name.as_str());
        let text = symbols::text(font, text);
        let (number, bold) = (self.state.destination == Destination::Number, self.state.bold);
        let paragraph = self.paragraph();
        if number {
            paragraph.number.push_str(&text);
        } else {
            paragraph.emphasis.push(&text, bold);
            paragraph.text.push_str(&text);
        }
    }

    fn put(&mut self, text: &str) {
        self.flush();
        self.print(text);
    }

    fn sign(&mut self, sign: u8) -> Result<(), Refusal> {
        match sign {
            b'*' => self.state.optional = true,
            b'~' => self.put("\u{a0}"),
            b'_' => self.put("-"),
            b'\\' | b'{' | b'}' => self.byte(sign),
            b'\r' | b'\n' => self.word(b"par", None)?,
            b'\t' => self.put("\t"),
            _ => {}
        }
        Ok(())
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) -> Result<(), Refusal> {
        if word == b"u" {
            self.unicode(number.unwrap_or(0));
            return Ok(());
        }
        // A word among what stands in for a character is one of that.
        self.flush();
        let n = number.unwrap_or(0);
        let on = number != Some(0);
        if std::mem::take(&mut self.state.optional)
            && !matches!(
                word,
                b"shpinst"
                    | b"fldinst"
                    | b"nesttableprops"
                    | b"listtext"
                    | b"pntext"
                    | b"footnote"
                    | b"annotation"
                    | b"shppict"
            )
        {
            if matches!(word, b"atnid" | b"atnauthor") || self.state.destination == Destination::Fonts {
                self.state.destination = Destination::Nowhere;
                return Ok(());
            }
            return self.go(Destination::Nowhere);
        }
        match word {
            b"ansicpg" => self.encoding = of_page(n).unwrap_or(self.encoding),
            b"uc" => self.state.fallback = usize::try_from(n).unwrap_or(0).min(16),
            b"fonttbl" => self.go(Destination::Fonts)?,
            b"stylesheet" => self.go(Destination::Styles)?,
            b"f" => self.state.font = n,
            b"fcharset" => {
                let font = self.fonts.entry(self.state.font).or_default();
                font.encoding = of_charset(n);
            }
            b"b" => self.state.bold = on,
            b"v" => self.state.hidden = on,
            b"deleted" => self.state.deleted = on,
            b"plain" => (self.state.bold, self.state.hidden, self.state.deleted) = (false, false, false),
            b"pict" => {
                if self.is_text() {
                    self.flow.enclose(Enclosure {
                        kind: EnclosureKind::Image,
                        name: String::new(),
                        target: String::new(),
                    });
                }
                self.go(Destination::Nowhere)?;
            }
            b"annotation" => {
                self.flow.tally.comments += 1;
                self.go(Destination::Nowhere)?;
            }
            b"objdata" | b"objclass" => self.go(Destination::Nowhere)?,
            b"object" => self.flow.tally.objects += usize::from(self.is_text()),
            b"colortbl" | b"info" | b"listtable" | b"listoverridetable" | b"filetbl" | b"revtbl" | b"rsidtbl"
            | b"pn" | b"shprslt" | b"nonshppict" | b"nonesttables" | b"bkmkstart" | b"bkmkend" | b"xe" | b"tc"
            | b"sp" | b"template" | b"private" => self.go(Destination::Nowhere)?,
            b"field" => {
                self.state.field = true;
                self.fields.push(Field::default());
            }
            b"fldinst" => self.go(Destination::Instruction)?,
            b"fldrslt" => {
                if let Some(field) = self.fields.last_mut() {
                    field.shown = true;
                }
            }
            b"listtext" | b"pntext" => self.go(Destination::Number)?,
            b"shptxt" => self.go(Destination::Box)?,
            b"footnote" => self.go(Destination::Note(notes::Kind::Foot))?,
            b"ftnalt" => {}
            b"header" | b"headerl" | b"headerr" | b"headerf" | b"footer" | b"footerl" | b"footerr" | b"footerf" => {
                self.go(Destination::Running)?;
            }
            _ if self.state.destination == Destination::Styles => self.style(word, n),
            _ if self.is_text() || self.state.destination == Destination::Number => self.in_text(word, n, on)?,
            _ => {}
        }
        Ok(())
    }

    /// A style says what its paragraphs are.
    fn style(&mut self, word: &[u8], n: i32) {
        match word {
            b"s" => self.set.style = n,
            b"outlinelevel" => {
                self.styles.insert(self.set.style, u8::try_from(n).unwrap_or(9));
            }
            _ => {}
        }
    }

    fn unicode(&mut self, n: i32) {
        if !self.bytes.is_empty() {
            self.flush();
        }
        self.units.push(n as u16);
        self.stands_in = self.state.fallback;
    }

    fn in_text(&mut self, word: &[u8], n: i32, on: bool) -> Result<(), Refusal> {
        let sign = match word {
            b"tab" => "\t",
            b"line" | b"lbr" => "\n",
            b"emdash" => "—",
            b"endash" => "–",
            b"lquote" => "‘",
            b"rquote" => "’",
            b"ldblquote" => "“",
            b"rdblquote" => "”",
            b"bullet" => "•",
            b"enspace" | b"emspace" | b"qmspace" => " ",
            _ => "",
        };
        if !sign.is_empty() {
            self.print(sign);
            return Ok(());
        }
        if self.state.destination == Destination::Number {
            return Ok(());
        }
        match word {
            b"pard" => self.set = Set::default(),
            b"intbl" => self.set.in_table = on,
            b"itap" => self.set.depth = usize::try_from(n).unwrap_or(0),
            b"qc" => self.set.centred = true,
            b"ql" | b"qr" | b"qj" | b"qd" => self.set.centred = false,
            b"outlinelevel" => self.set.outline = u8::try_from(n).ok(),
            b"s" => self.set.style = n,
            b"pagebb" => self.set.page_break = on,
            b"par" => self.end_paragraph()?,
            b"sect" => {
                self.end_paragraph()?;
                self.flow.page_break();
            }
            b"page" => {
                if !self.paragraph().text.trim().is_empty() {
                    self.end_paragraph()?;
                }
                self.flow.page_break();
            }
            b"cell" | b"nestcell" => {
                self.set.in_table = true;
                self.end_paragraph()?;
                self.flow.end_cell()?;
            }
            b"row" | b"nestrow" => {
                let row = std::mem::take(&mut self.row);
                self.flow.end_row(row.shapes.clone(), row.header);
                // What is said of a row holds for those after it that say nothing.
                self.row = row;
            }
            b"trowd" => self.row = Row::default(),
            b"trhdr" => self.row.header = true,
            b"trleft" => self.row.left = i64::from(n),
            b"clvmgf" => self.row.merge = Merge::Begins,
            b"clvmrg" => self.row.merge = Merge::Above,
            b"clmrg" => self.row.merge = Merge::Left,
            b"cellx" if self.row.shapes.len() < 1000 => {
                let left = self.row.shapes.last().map_or(self.row.left, |s| s.edges.1);
                let merge = std::mem::take(&mut self.row.merge);
                self.row.shapes.push(Shape { edges: (left, i64::from(n)), merge });
            }
            _ => {}
        }
        Ok(())
    }

    fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        match field.stands_for() {
            Ok(Some(text)) => self.print(&text),
            Ok(None) => {}
            Err(()) => self.flow.tally.formulas += 1,
        }
    }

    fn end_paragraph(&mut self) -> Result<(), Refusal> {
        let set = self.set;
        let depth = set.depth.max(usize::from(set.in_table));
        while self.flow.tables_open() > depth {
            self.flow.end_table();
        }
        while self.flow.tables_open() < depth {
            self.flow.begin_table()?;
        }
        let paragraph = std::mem::take(self.paragraph());
        let (before, after) = boxes::in_order(paragraph.boxes, self.nothing_yet);
        self.flow.items(before);
        if set.page_break {
            self.flow.page_break();
        }
        let number = paragraph.number.trim_end();
        let suffix = if number.len() < paragraph.number.len() { Suffix::Tab } else { Suffix::Nothing };
        let text = Label { text: number.to_owned(), suffix }.before(&paragraph.text);
        self.nothing_yet &= text.trim().is_empty();
        let outline = set.outline.or(self.styles.get(&set.style).copied()).filter(|o| *o < 9);
        let style = Style { heading: outline.map(|o| o + 1), centred: set.centred, bold: paragraph.emphasis.whole() };
        self.flow.paragraph(text, style)?;
        self.flow.items(after);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
