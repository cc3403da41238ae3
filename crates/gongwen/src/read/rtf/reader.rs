//! RTF → paragraphs and tables.

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::lexer::{Lexer, Token};
use super::state::{Destination, State};
use crate::piece::{Refusal, Source, Style};
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
pub(super) struct Font {
    pub(super) name: String,
    pub(super) encoding: Option<&'static Encoding>,
}

/// The paragraph under way.
#[derive(Default)]
pub(super) struct Open {
    pub(super) text: String,
    /// Its number, as it is printed.
    pub(super) number: String,
    pub(super) emphasis: Emphasis,
    pub(super) boxes: Vec<Hanging>,
}

/// How the paragraph under way is set: what `\pard` forgets.
#[derive(Clone, Copy, Default)]
pub(super) struct Set {
    pub(super) centred: bool,
    pub(super) outline: Option<u8>,
    pub(super) style: i32,
    pub(super) in_table: bool,
    pub(super) depth: usize,
    pub(super) page_break: bool,
}

/// How the row under way is drawn.
#[derive(Default)]
pub(super) struct Row {
    pub(super) shapes: Vec<Shape>,
    pub(super) merge: Merge,
    pub(super) left: i64,
    pub(super) header: bool,
}

pub(super) struct Reader {
    pub(super) flow: Flow,
    pub(super) states: Vec<State>,
    pub(super) state: State,
    pub(super) fonts: HashMap<i32, Font>,
    /// The level in the outline that a style has.
    pub(super) styles: HashMap<i32, u8>,
    pub(super) encoding: &'static Encoding,
    /// Text that is not decoded yet: bytes, or halves of characters.
    pub(super) bytes: Vec<u8>,
    pub(super) units: Vec<u16>,
    /// Characters still to leave out after a `\u`.
    pub(super) stands_in: usize,
    pub(super) open: Vec<Open>,
    pub(super) sets: Vec<Set>,
    pub(super) set: Set,
    pub(super) row: Row,
    pub(super) fields: Vec<Field>,
    pub(super) notes: Notes,
    pub(super) note_texts: HashMap<(notes::Kind, i64), Vec<Item>>,
    pub(super) nothing_yet: bool,
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

    pub(super) fn paragraph(&mut self) -> &mut Open {
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
    pub(super) fn go(&mut self, destination: Destination) -> Result<(), Refusal> {
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
    pub(super) fn is_text(&self) -> bool {
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
    pub(super) fn flush(&mut self) {
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
    pub(super) fn print(&mut self, text: &str) {
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

    pub(super) fn unicode(&mut self, n: i32) {
        if !self.bytes.is_empty() {
            self.flush();
        }
        self.units.push(n as u16);
        self.stands_in = self.state.fallback;
    }

    fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        match field.stands_for() {
            Ok(Some(text)) => self.print(&text),
            Ok(None) => {}
            Err(()) => self.flow.tally.formulas += 1,
        }
    }

    pub(super) fn end_paragraph(&mut self) -> Result<(), Refusal> {
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
