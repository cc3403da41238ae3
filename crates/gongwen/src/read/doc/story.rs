//! 正文: the characters of a DOC file, one story after the other, into paragraphs and tables.

use std::collections::HashMap;

use super::bytes::{Plc, slice, u16, u32};
use super::fib::{Fib, Story, Table};
use super::formatting::Stretches;
use super::lists;
use super::paragraph::{Character, Paragraph};
use super::shapes::{Shapes, TextBox};
use super::styles::{self, Style};
use super::table;
use super::text::Text;
use crate::piece::{self, Enclosure, EnclosureKind, Refusal};
use crate::read::office::boxes::{self, Hanging};
use crate::read::office::fields::Field;
use crate::read::office::flow::{Flow, Item, lines};
use crate::read::office::notes::{self, Notes};
use crate::read::office::numbering::{Counter, Label, Numbering};
use crate::read::office::properties::Emphasis;
use crate::read::office::symbols;
use crate::read::office::tally::is_page_number;

/// Reads the stories of a file.
pub struct Reader<'a> {
    fib: &'a Fib,
    tables: &'a [u8],
    data: &'a [u8],
    text: Text<'a>,
    characters: Stretches<'a>,
    paragraphs: Stretches<'a>,
    styles: Vec<Style>,
    fonts: Vec<String>,
    numbering: Numbering,
    counter: Counter,
    shapes: Shapes,
    /// The notes by the character that refers to them.
    references: HashMap<usize, (notes::Kind, i64)>,
    notes: Notes,
    /// The last characters of sections.
    sections: Vec<usize>,
    fields: Vec<Field>,
    /// The look of the stretch of characters under way: its number, the style of the paragraph, the look.
    look: Option<(usize, usize, usize, Character)>,
    nothing_yet: bool,
}

/// The paragraph under way.
#[derive(Default)]
struct Open {
    text: String,
    emphasis: Emphasis,
    boxes: Vec<Hanging>,
    /// Its number has been printed.
    goes_on: bool,
}

const PICTURE: u16 = 0x01;
const NOTE: u16 = 0x02;
const COMMENT: u16 = 0x05;
const CELL: u16 = 0x07;
const DRAWN: u16 = 0x08;
const LINE: u16 = 0x0b;
const PAGE: u16 = 0x0c;
const END: u16 = 0x0d;
const FIELD_BEGINS: u16 = 0x13;
const FIELD_SHOWS: u16 = 0x14;
const FIELD_ENDS: u16 = 0x15;
const HYPHEN: u16 = 0x1e;

impl<'a> Reader<'a> {
    pub fn new(fib: &'a Fib, main: &'a [u8], tables: &'a [u8], data: &'a [u8]) -> Result<Self, Refusal> {
        let table = |table| fib.table(tables, table);
        let fonts = styles::fonts(table(Table::Fonts));
        let numbering = match (fib.place(Table::Lists), fib.place(Table::ListOverrides)) {
            ((lists, end), (overrides, _)) if end > lists => lists::read(tables, lists, overrides, &fonts),
            _ => Numbering::default(),
        };
        let mut references = HashMap::new();
        for (kind, which) in
            [(notes::Kind::Foot, Table::FootnoteReferences), (notes::Kind::End, Table::EndnoteReferences)]
        {
            let plc = Plc::new(table(which), 2);
            references.extend((0..plc.len).filter_map(|i| Some((plc.position(i)?, (kind, i as i64)))));
        }
        let sections = Plc::new(table(Table::Sections), 12);
        let mut sections: Vec<usize> =
            (1..=sections.len).filter_map(|i| sections.position(i)?.checked_sub(1)).collect();
        sections.sort_unstable();
        Ok(Reader {
            fib,
            tables,
            data,
            text: Text::read(fib, main, tables)?,
            characters: Stretches::of_characters(table(Table::CharacterPages), main)?,
            paragraphs: Stretches::of_paragraphs(table(Table::ParagraphPages), main, data)?,
            styles: styles::read(table(Table::Styles)),
            fonts,
            numbering,
            counter: Counter::default(),
            shapes: Shapes::read(table(Table::BoxTexts), table(Table::Shapes), table(Table::Drawings)),
            references,
            notes: Notes::default(),
            sections,
            fields: Vec::new(),
            look: None,
            nothing_yet: true,
        })
    }

    /// Reads all stories.
    pub fn read(mut self, flow: &mut Flow) -> Result<(), Refusal> {
        self.story(self.fib.story(Story::Main), flow)?;
        let rest = self.shapes.rest();
        for text_box in rest {
            let items = self.aside(Story::Boxes, text_box.characters, flow)?;
            flow.items(items);
        }
        let mut texts = HashMap::new();
        for (kind, story, which) in [
            (notes::Kind::Foot, Story::Footnotes, Table::FootnoteTexts),
            (notes::Kind::End, Story::Endnotes, Table::EndnoteTexts),
        ] {
            let plc = Plc::new(self.fib.table(self.tables, which), 0);
            for i in 0..plc.len.saturating_sub(1) {
                if let (Some(from), Some(to)) = (plc.position(i), plc.position(i + 1)) {
                    texts.insert((kind, i as i64), self.aside(story, (from, to), flow)?);
                }
            }
        }
        std::mem::take(&mut self.notes).write(&mut texts, flow)?;
        let mut heads = Flow::default();
        heads.begin_aside()?;
        self.story(self.fib.story(Story::Heads), &mut heads)?;
        let heads = lines(&heads.end_aside());
        for line in heads.lines().filter(|l| !is_page_number(l)) {
            flow.tally.running.push(line);
            flow.tally.running.part();
        }
        Ok(())
    }

    /// Reads characters of a story, counted from its first, apart from the rest.
    fn aside(&mut self, story: Story, part: (usize, usize), flow: &mut Flow) -> Result<Vec<Item>, Refusal> {
        let (from, to) = self.fib.story(story);
        let range = (from.saturating_add(part.0).min(to), from.saturating_add(part.1).min(to));
        let fields = std::mem::take(&mut self.fields);
        flow.begin_aside()?;
        self.story(range, flow)?;
        self.fields = fields;
        Ok(flow.end_aside())
    }

    /// Reads the characters from the first up to the last.
    fn story(&mut self, (from, to): (usize, usize), flow: &mut Flow) -> Result<(), Refusal> {
        let to = to.min(self.text.units.len());
        let floor = flow.tables_open();
        let mut open = Open::default();
        // Where the text begins that is written as it stands.
        let mut plain = from;
        let mut at = from;
        let mut paragraph = self.paragraph(from, to);
        let mut look = Character::default();
        let mut until = from;
        while at < to {
            if at >= until {
                self.put(plain, at, &look, &mut open, flow);
                plain = at;
                (look, until) = self.look_at(at, paragraph.style);
            }
            let unit = self.text.units[at];
            let sign = look.sign.is_some() && unit == 0x28;
            if unit >= 0x20 && !sign || unit == 0x09 {
                at += 1;
                continue;
            }
            self.put(plain, at, &look, &mut open, flow);
            let here = at;
            at += 1;
            plain = at;
            if sign {
                let (font, code) = look.sign.unwrap_or_default();
                let font = self.fonts.get(usize::from(font)).map_or("", String::as_str);
                let shown = symbols::shown(font, u32::from(code));
                flow.tally.signs += usize::from(shown.is_none());
                let shown = shown.or_else(|| char::from_u32(u32::from(code)));
                self.print(&shown.map(String::from).unwrap_or_default(), &look, &mut open, flow);
                continue;
            }
            match unit {
                LINE => self.print("\n", &look, &mut open, flow),
                HYPHEN => self.print("-", &look, &mut open, flow),
                PICTURE => self.picture(&look, flow),
                NOTE | DRAWN if self.visible(&look) => self.hang(here, unit, &look, &mut open, flow)?,
                COMMENT => flow.tally.comments += 1,
                FIELD_BEGINS if !look.deleted => self.fields.push(Field::default()),
                FIELD_SHOWS if !look.deleted => {
                    if let Some(field) = self.fields.last_mut() {
                        field.shown = true;
                    }
                }
                FIELD_ENDS if !look.deleted => self.end_field(&look, &mut open, flow),
                PAGE if self.sections.binary_search(&here).is_err() => {
                    self.break_page(&paragraph, &look, &mut open, flow)?
                }
                END | CELL | PAGE => {
                    self.end(unit, &paragraph, &look, &mut open, floor, flow)?;
                    paragraph = self.paragraph(at, to);
                    self.look = None;
                    until = at;
                }
                _ => {}
            }
        }
        self.put(plain, at, &look, &mut open, flow);
        if !open.text.trim().is_empty() || !open.boxes.is_empty() {
            self.end(END, &paragraph, &Character::default(), &mut open, floor, flow)?;
        }
        while flow.tables_open() > floor {
            flow.end_table();
        }
        flow.tally.fields += std::mem::take(&mut self.fields).len();
        Ok(())
    }

    /// What is said of the paragraph that begins at `from`: its modifiers stand with its end.
    fn paragraph(&self, from: usize, to: usize) -> Ending<'a> {
        let ends = |i: usize| match self.text.units[i] {
            END | CELL => true,
            PAGE => self.sections.binary_search(&i).is_ok(),
            _ => false,
        };
        let end = (from..to).find(|i| ends(*i)).unwrap_or(to.saturating_sub(1));
        let place = self.text.piece(end).map(|p| p.place(end));
        let stretch = place.and_then(|p| self.paragraphs.at(p)).map(|(_, s)| s);
        let style = stretch.map_or(0, |s| usize::from(s.style));
        let grpprl = stretch.map(|s| s.grpprl).unwrap_or_default();
        let mut set = self.styles.get(style).map(|s| s.paragraph).unwrap_or_default();
        set.modify(grpprl);
        if let Some(piece) = self.text.piece(end)
            && let super::text::Modifier::Many(grpprl) = piece.modifier
        {
            set.modify(grpprl);
        }
        Ending { set, style, grpprl }
    }

    /// The look of the character at `at` in a paragraph of this style, and up to which one it holds.
    fn look_at(&mut self, at: usize, style: usize) -> (Character, usize) {
        let Some(piece) = self.text.piece(at) else { return (Character::default(), usize::MAX) };
        let found = self.characters.at(piece.place(at));
        let until = found.map_or(at + 1, |(_, s)| piece.character(s.end)).max(at + 1);
        let number = found.map_or(usize::MAX, |(i, _)| i);
        if let Some((n, s, p, look)) = &self.look
            && (*n, *s, *p) == (number, style, piece.start)
        {
            return (look.clone(), until);
        }
        let base = self.styles.get(style).map(|s| s.character.clone()).unwrap_or_default();
        let mut look = base.clone();
        if let Some((_, stretch)) = found {
            let mut own = base.clone();
            own.modify(stretch.grpprl, &base);
            // What its style of characters says comes before what is said of them directly.
            match own.style.and_then(|i| self.styles.get(i)) {
                Some(named) => {
                    look.bold |= named.character.bold;
                    look.hidden |= named.character.hidden;
                    look.font = named.character.font.or(look.font);
                    look.modify(stretch.grpprl, &base);
                }
                None => look = own,
            }
        }
        look.modify_piece(piece.modifier, &base);
        self.look = Some((number, style, piece.start, look.clone()));
        (look, until)
    }

    fn visible(&self, look: &Character) -> bool {
        !look.deleted && !look.hidden && self.fields.iter().all(|f| f.shown)
    }

    /// Writes the characters from `from` up to `to`, which have one look.
    fn put(&mut self, from: usize, to: usize, look: &Character, open: &mut Open, flow: &mut Flow) {
        if from < to {
            let text = String::from_utf16_lossy(&self.text.units[from..to]);
            self.print(&text, look, open, flow);
        }
    }

    fn print(&mut self, text: &str, look: &Character, open: &mut Open, flow: &mut Flow) {
        if look.deleted {
            flow.tally.deleted.push(text);
            return;
        }
        flow.tally.deleted.part();
        if let Some(field) = self.fields.last_mut().filter(|f| !f.shown) {
            field.instruct(text);
            return;
        }
        if self.fields.iter().any(|f| !f.shown) {
            return;
        }
        if look.hidden {
            flow.tally.hidden.push(text);
            return;
        }
        flow.tally.hidden.part();
        let font = look.font.and_then(|f| self.fonts.get(usize::from(f))).map(String::as_str);
        let text = symbols::text(font, text);
        open.emphasis.push(&text, look.bold);
        open.text.push_str(&text);
    }

    fn picture(&mut self, look: &Character, flow: &mut Flow) {
        if look.form {
            if let Some(field) = self.fields.last_mut() {
                field.form = look.data.and_then(|at| form(self.data, at)).map(String::from);
            }
        } else if look.data.is_some() && self.visible(look) {
            flow.enclose(Enclosure { kind: EnclosureKind::Image, name: String::new(), target: String::new() });
        }
    }

    /// What hangs on the character at `at`: a note, boxes.
    fn hang(
        &mut self,
        at: usize,
        unit: u16,
        look: &Character,
        open: &mut Open,
        flow: &mut Flow,
    ) -> Result<(), Refusal> {
        if unit == NOTE {
            if let Some((kind, id)) = self.references.remove(&at) {
                let mark = self.notes.refer(kind, id, false);
                self.print(&mark, look, open, flow);
            }
            return Ok(());
        }
        let first = open.text.trim().is_empty();
        for TextBox { characters, at } in self.shapes.take(at) {
            let items = self.aside(Story::Boxes, characters, flow)?;
            open.boxes.push(Hanging { at, first, items });
        }
        Ok(())
    }

    fn end_field(&mut self, look: &Character, open: &mut Open, flow: &mut Flow) {
        let Some(field) = self.fields.pop() else { return };
        let instruction = field.instruction.trim_start();
        let mut words = instruction.split_whitespace();
        match (words.next(), words.next()) {
            (Some("EMBED"), Some(class)) if class.starts_with("Equation") => flow.tally.formulas += 1,
            (Some("EMBED"), Some(_)) => flow.tally.objects += 1,
            _ => match field.stands_for() {
                Ok(Some(text)) => self.print(&text, look, open, flow),
                Ok(None) => {}
                Err(()) => flow.tally.formulas += 1,
            },
        }
    }

    /// A page ends within a paragraph.
    fn break_page(
        &mut self,
        ending: &Ending<'_>,
        look: &Character,
        open: &mut Open,
        flow: &mut Flow,
    ) -> Result<(), Refusal> {
        if !self.visible(look) {
            return Ok(());
        }
        if !open.text.trim().is_empty() {
            let boxes = std::mem::take(&mut open.boxes);
            self.write(ending, open, flow)?;
            *open = Open { boxes, goes_on: true, ..Open::default() };
        }
        flow.page_break();
        Ok(())
    }

    /// The paragraph under way ends with `unit`, whose look is `mark`.
    fn end(
        &mut self,
        unit: u16,
        ending: &Ending<'_>,
        mark: &Character,
        open: &mut Open,
        floor: usize,
        flow: &mut Flow,
    ) -> Result<(), Refusal> {
        let set = &ending.set;
        let depth = floor.saturating_add(set.depth());
        while flow.tables_open() > depth {
            flow.end_table();
        }
        while flow.tables_open() < depth {
            flow.begin_table()?;
        }
        if set.ends_row && unit == CELL || set.ends_inner_row {
            if mark.deleted {
                flow.drop_row();
            } else {
                let (shapes, header) = table::row(ending.grpprl);
                flow.end_row(shapes, header);
            }
            *open = Open::default();
            return Ok(());
        }
        let boxes = std::mem::take(&mut open.boxes);
        let (before, after) = boxes::in_order(boxes, self.nothing_yet);
        flow.items(before);
        let cell = depth > floor && (unit == CELL || set.ends_inner_cell);
        if (mark.deleted || mark.hidden || mark.runs_on) && !cell && unit == END {
            // Without its end it is the beginning of the next one.
            // Hidden it is counted all the same, deleted it is not.
            let empty = open.text.trim().is_empty();
            let label = if (mark.hidden || !empty) && !open.goes_on { self.label(set) } else { None };
            if let Some(label) = label.filter(|_| !empty) {
                open.text = label.before(&open.text);
            }
            open.goes_on |= !empty;
            flow.items(after);
            return Ok(());
        }
        self.write(ending, open, flow)?;
        *open = Open::default();
        flow.items(after);
        if cell {
            flow.end_cell()?;
        }
        if unit == PAGE {
            flow.page_break();
        }
        Ok(())
    }

    /// Writes what there is of a paragraph.
    fn write(&mut self, ending: &Ending<'_>, open: &mut Open, flow: &mut Flow) -> Result<(), Refusal> {
        let set = ending.set.set;
        if set.page_break == Some(true) && !open.goes_on {
            flow.page_break();
        }
        let text = std::mem::take(&mut open.text);
        let label = if open.goes_on { None } else { self.label(&ending.set) };
        let text = label.map_or_else(|| text.clone(), |l| l.before(&text));
        self.nothing_yet &= text.trim().is_empty();
        let style =
            piece::Style { heading: set.heading(), centred: set.centred == Some(true), bold: open.emphasis.whole() };
        flow.paragraph(text, style)
    }

    fn label(&mut self, set: &Paragraph) -> Option<Label> {
        let list = set.set.list.filter(|list| *list != 0)?;
        self.counter.next(&self.numbering, list, set.set.level.unwrap_or(0))
    }
}

/// What is said of a paragraph.
struct Ending<'a> {
    set: Paragraph,
    style: usize,
    grpprl: &'a [u8],
}

/// What a check box shows ([MS-DOC] 2.9.78); `None` for other forms.
fn form(data: &[u8], at: usize) -> Option<&'static str> {
    let head = usize::from(u16(data, at.checked_add(4)?)?);
    let form = slice(data, at.checked_add(head)?, 10)?;
    let bits = u16(form, 4)?;
    if u32(form, 0)? != u32::MAX || bits & 3 != 1 {
        return None;
    }
    let checked = match (bits >> 2) & 0x1f {
        // As it is where nobody has touched it, which stands after its name.
        25 => {
            let name = usize::from(u16(data, at + head + 10)?);
            u16(data, at + head + 10 + 2 + (name + 1) * 2)? != 0
        }
        n => n == 1,
    };
    Some(if checked { "☑" } else { "☐" })
}
