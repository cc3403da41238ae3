//! 字形成文: from glyphs and rules with their places on pages to lines and tables, for every format that draws pages.
//!
//! `clean` → `lines`, `labels` and `columns` → `rules` → `tables` → `across` pages → `margins` → `write`. A reader fills
//! [`Page`]s and calls [`source`]; nothing here knows of PDF or OFD.

mod across;
mod clean;
mod columns;
mod labels;
mod lines;
mod margins;
mod rules;
mod tables;
mod write;

pub use clean::known;

use crate::piece::{Refusal, Source};

/// A page as it is drawn. All lengths are points from the upper left corner, down and to the right.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// Its characters in the order in which they were drawn.
    pub glyphs: Vec<Glyph>,
    /// Its rules, level or upright.
    pub rules: Vec<Rule>,
    /// How much of the page images cover, 0 to 1 and beyond where they overlap.
    pub images: f32,
    /// A picture on it goes on over the next page: one long picture that pages cut.
    pub cut_image: bool,
    /// How many outlines are drawn that are no rules.
    pub outlines: usize,
}

/// A character and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The character; white space is kept, since it parts words. [`UNKNOWN`] where the font does not say which it is.
    pub char: char,
    /// Where it begins on its baseline.
    pub x: f32,
    /// Its baseline.
    pub y: f32,
    /// How far the next character is, without what is added between characters.
    pub width: f32,
    /// The height of its em.
    pub size: f32,
    /// The direction of its baseline in degrees, 0 to the right, 90 downward.
    pub angle: f32,
}

/// Stands for a character whose font has no code that says which it is.
pub const UNKNOWN: char = '\u{fffd}';

/// A line that is drawn, level or upright, as a rectangle without area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Left, or the place of an upright rule.
    pub x0: f32,
    /// Top, or the place of a level rule.
    pub y0: f32,
    /// Right; `x0` for an upright rule.
    pub x1: f32,
    /// Bottom; `y0` for a level rule.
    pub y1: f32,
}

impl Rule {
    /// A level rule.
    pub fn level(y: f32, x0: f32, x1: f32) -> Rule {
        Rule { x0: x0.min(x1), y0: y, x1: x0.max(x1), y1: y }
    }

    /// An upright rule.
    pub fn upright(x: f32, y0: f32, y1: f32) -> Rule {
        Rule { x0: x, y0: y0.min(y1), x1: x, y1: y0.max(y1) }
    }

    /// The rules of what is drawn between two corners: itself where it is thin, `None` where it is an area.
    pub fn thin(x0: f32, y0: f32, x1: f32, y1: f32) -> Option<Rule> {
        /// A filled rectangle that is thicker is a bar or a background.
        const THICK: f32 = 3.0;
        let (w, h) = ((x1 - x0).abs(), (y1 - y0).abs());
        match () {
            () if h <= THICK && w > h => Some(Rule::level((y0 + y1) / 2.0, x0, x1)),
            () if w <= THICK && h > w => Some(Rule::upright((x0 + x1) / 2.0, y0, y1)),
            () => None,
        }
    }

    /// True for a level rule.
    pub fn is_level(&self) -> bool {
        self.y0 == self.y1
    }
}

/// What stands on a page, from top to bottom.
#[derive(Debug)]
enum Block {
    /// Lines of text.
    Lines(Vec<lines::Line>),
    /// A ruled table.
    Table(tables::Table),
}

/// No document that people read has more cells in its tables.
const CELLS: usize = 200_000;

/// Makes one source of all pages.
///
/// # Errors
/// `table-large`: more cells than any document has, which would take memory without end.
pub fn source(mut pages: Vec<Page>) -> Result<Source, Refusal> {
    let mut notes = Vec::new();
    clean::clean(&mut pages, &mut notes);
    let mut sheets: Vec<Vec<Block>> = Vec::with_capacity(pages.len());
    let mut cells = 0;
    for (i, page) in pages.iter().enumerate() {
        let sheet = blocks(page, i + 1, &mut notes);
        let tables = sheet.iter().map(|b| if let Block::Table(t) = b { t.cells.len() } else { 0 });
        cells += tables.sum::<usize>();
        if cells > CELLS {
            let help = "公文不会这样大；请检查文件的来源，或者分成几份，再导入";
            return Err(Refusal::new("table-large", format!("表格超过 {CELLS} 格"), help));
        }
        sheets.push(sheet);
    }
    margins::take(&mut sheets, &pages, &mut notes);
    across::join(&mut sheets, &pages, &mut notes);
    let mut source = write::write(&sheets, &pages);
    source.notes = notes;
    Ok(source)
}

/// The tables of a page and the lines between them.
fn blocks(page: &Page, number: usize, notes: &mut Vec<crate::piece::Note>) -> Vec<Block> {
    let grids = rules::grids(page, number, notes);
    let (tables, glyphs) = tables::fill(grids, &page.glyphs, number);
    let mut blocks = Vec::new();
    let mut lines = lines::lines(&glyphs, number).into_iter().peekable();
    let text =
        |lines: Vec<lines::Line>| (!lines.is_empty()).then(|| Block::Lines(columns::ordered(labels::whole(lines))));
    for table in tables {
        let above = std::iter::from_fn(|| lines.next_if(|l| l.y <= table.top)).collect();
        blocks.extend(text(above));
        blocks.push(Block::Table(table));
    }
    blocks.extend(text(lines.collect()));
    blocks
}
