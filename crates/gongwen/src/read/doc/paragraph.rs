//! 属性: what modifiers say of a paragraph and of characters, as far as it matters for the text ([MS-DOC] 2.6.1, 2.6.2).

use super::sprm::{DEFINE_TABLE, Sprm, sprms};
use super::text::Modifier;
use crate::read::office::properties::ParagraphStyle;

/// What is said of a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paragraph {
    /// List, level, place in the outline, and the like.
    pub set: ParagraphStyle,
    /// It stands in a table.
    in_table: bool,
    /// In how many tables, where that is said.
    depth: Option<u32>,
    /// It ends a row.
    pub ends_row: bool,
    /// It ends a cell of an inner table.
    pub ends_inner_cell: bool,
    /// It ends a row of an inner table.
    pub ends_inner_row: bool,
}

impl Paragraph {
    /// Follows the modifiers.
    pub fn modify(&mut self, grpprl: &[u8]) {
        sprms(grpprl).for_each(|s| self.modify_by(s));
    }

    fn modify_by(&mut self, sprm: Sprm<'_>) {
        let n = sprm.number();
        match sprm.code {
            0x2403 | 0x2461 => self.set.centred = Some(n == 1),
            0x2407 => self.set.page_break = Some(n != 0),
            0x260a => self.set.level = Some(n as usize),
            // 2047 and what lies above are marks for lists that Word 6 made.
            0x460b => self.set.list = Some(if n < 2047 { i64::from(n) } else { 0 }),
            0x2640 => self.set.outline = Some(n as u8),
            0x2416 => self.in_table = n != 0,
            0x2417 => self.ends_row = n != 0,
            0x244b => self.ends_inner_cell = n != 0,
            0x244c => self.ends_inner_row = n != 0,
            0x6649 => self.depth = Some(n),
            _ => {}
        }
    }

    /// In how many tables it stands.
    pub fn depth(&self) -> usize {
        match self.depth {
            Some(depth) => depth as usize,
            None => usize::from(self.in_table),
        }
    }
}

/// What is said of characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Character {
    /// Bold.
    pub bold: bool,
    /// Hidden.
    pub hidden: bool,
    /// The end of a paragraph that it is does not count.
    pub runs_on: bool,
    /// Deleted.
    pub deleted: bool,
    /// The number of the font, where one is said.
    pub font: Option<u16>,
    /// The sign that is shown: font and code.
    pub sign: Option<(u16, u16)>,
    /// Where the picture or the form lies in the stream of data.
    pub data: Option<usize>,
    /// That is a form.
    pub form: bool,
    /// The number of the style of characters.
    pub style: Option<usize>,
}

impl Character {
    /// Follows the modifiers; `base` is what holds where nothing is said, which some of them turn about.
    pub fn modify(&mut self, grpprl: &[u8], base: &Character) {
        sprms(grpprl).for_each(|s| self.modify_by(s, base));
    }

    fn modify_by(&mut self, sprm: Sprm<'_>, base: &Character) {
        let n = sprm.number();
        let toggled = |base: bool| match n {
            0x80 => base,
            0x81 => !base,
            n => n != 0,
        };
        match sprm.code {
            0x0800 => self.deleted = n != 0,
            0x0835 => self.bold = toggled(base.bold),
            0x083c => self.hidden = toggled(base.hidden),
            0x0818 => self.runs_on = n != 0,
            0x0806 => self.form = n != 0,
            0x6a03 => self.data = Some(n as usize),
            0x6a09 => self.sign = Some((n as u16, (n >> 16) as u16)),
            0x4a4f => self.font = Some(n as u16),
            0x4a30 => self.style = Some(n as usize),
            _ => {}
        }
    }

    /// Follows what is said of a whole piece.
    pub fn modify_piece(&mut self, modifier: Modifier<'_>, base: &Character) {
        match modifier {
            Modifier::Many(grpprl) => self.modify(grpprl, base),
            Modifier::Short(number, operand) => {
                // [MS-DOC] 2.9.215: those of the short ones that matter here.
                let code = match number {
                    0x41 => 0x0800,
                    0x55 => 0x0835,
                    0x5c => 0x083c,
                    _ => return,
                };
                self.modify_by(Sprm { code, operand: &[operand] }, base);
            }
        }
    }
}

/// The modifiers of a row among those of the paragraph that ends it.
pub fn is_of_row(sprm: &Sprm<'_>) -> bool {
    sprm.code == DEFINE_TABLE || matches!(sprm.code, 0x3404 | 0x5624 | 0xd62b)
}
