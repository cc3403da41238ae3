//! FIB ([MS-DOC] 2.5.1): where in a DOC file everything is.

use super::bytes::{place, slice, u16};

/// What the head of the file says.
#[derive(Debug)]
pub struct Fib {
    /// The name of the stream of tables.
    pub table: &'static str,
    /// The file is encrypted or obfuscated.
    pub encrypted: bool,
    /// It is of Word 95 or earlier, whose files are made otherwise.
    pub old: bool,
    /// Characters of the text, footnotes, heads, (macros), comments, endnotes, boxes and boxes in heads, which stand one
    /// after the other.
    lengths: [usize; 8],
    /// Where the tables are.
    tables: Vec<(usize, usize)>,
}

/// A text of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Story {
    Main = 0,
    Footnotes = 1,
    Heads = 2,
    Endnotes = 5,
    Boxes = 6,
}

/// A table of the file, by its number in FibRgFcLcb97.
#[derive(Clone, Copy, Debug)]
pub enum Table {
    Styles = 1,
    FootnoteReferences = 2,
    FootnoteTexts = 3,
    Sections = 6,
    CharacterPages = 12,
    ParagraphPages = 13,
    Fonts = 15,
    Pieces = 33,
    Shapes = 40,
    EndnoteReferences = 46,
    EndnoteTexts = 47,
    Drawings = 50,
    BoxTexts = 56,
    Lists = 73,
    ListOverrides = 74,
}

impl Fib {
    /// Reads the FIB at the start of the stream of the document.
    pub fn read(main: &[u8]) -> Option<Fib> {
        let flags = u16(main, 10)?;
        let version = u16(main, 2)?;
        let words = usize::from(u16(main, 32)?);
        let longs_at = 34 + words * 2;
        let longs = usize::from(u16(main, longs_at)?);
        let tables_at = longs_at + 2 + longs * 4;
        let count = usize::from(u16(main, tables_at)?);
        let old = version < 0xc1;
        // ccpText is the fourth of the longs.
        let mut lengths = [0; 8];
        for (i, length) in lengths.iter_mut().enumerate().take(if old { 0 } else { 8 }) {
            *length = place(main, longs_at + 2 + (3 + i) * 4).filter(|n| i32::try_from(*n).is_ok())?;
        }
        let tables = (0..count)
            .map_while(|i| {
                let at = tables_at + 2 + i * 8;
                Some((place(main, at)?, place(main, at + 4)?))
            })
            .collect();
        Some(Fib {
            table: if flags & 0x0200 != 0 { "1Table" } else { "0Table" },
            encrypted: flags & 0x0100 != 0,
            old,
            lengths,
            tables,
        })
    }

    /// The characters of a story: from, to.
    pub fn story(&self, story: Story) -> (usize, usize) {
        let from: usize = self.lengths[..story as usize].iter().sum();
        (from, from + self.lengths[story as usize])
    }

    /// The bytes of a table of the stream of tables; empty where there is none.
    pub fn table<'t>(&self, stream: &'t [u8], table: Table) -> &'t [u8] {
        let (at, length) = self.tables.get(table as usize).copied().unwrap_or_default();
        slice(stream, at, length).unwrap_or_default()
    }

    /// Where a table begins, and where it ends by its length.
    pub fn place(&self, table: Table) -> (usize, usize) {
        let (at, length) = self.tables.get(table as usize).copied().unwrap_or_default();
        (at, at.saturating_add(length))
    }
}
