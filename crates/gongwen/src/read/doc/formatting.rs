//! 格式页: the formatted disk pages, which say what holds for which stretch of the stream of the document ([MS-DOC]
//! 2.9.33, 2.9.175).

use super::bytes::{Plc, place, slice, u8, u16};
use super::sprm::sprms;
use crate::piece::Refusal;
use crate::read::office::damaged;

/// Bytes of a page.
const PAGE: usize = 512;
/// The most stretches of a file.
const STRETCHES: usize = 1 << 20;

/// A stretch of the stream of the document, and what is said of it.
#[derive(Clone, Copy, Debug)]
pub struct Stretch<'a> {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// The style of a paragraph.
    pub style: u16,
    /// Modifiers.
    pub grpprl: &'a [u8],
}

/// What is said of all characters, or of all paragraphs.
#[derive(Debug, Default)]
pub struct Stretches<'a>(Vec<Stretch<'a>>);

impl<'a> Stretches<'a> {
    /// What is said of characters.
    ///
    /// # Errors
    /// `package-broken`.
    pub fn of_characters(plc: &[u8], main: &'a [u8]) -> Result<Stretches<'a>, Refusal> {
        Self::read(plc, main, 1, |page, thing| {
            let at = usize::from(u8(thing, 0)?) * 2;
            // Nothing is said of characters that look as their paragraph does.
            if at == 0 {
                return Some((0, &[]));
            }
            Some((0, slice(page, at + 1, usize::from(u8(page, at)?))?))
        })
    }

    /// What is said of paragraphs.
    ///
    /// # Errors
    /// `package-broken`.
    pub fn of_paragraphs(plc: &[u8], main: &'a [u8], data: &'a [u8]) -> Result<Stretches<'a>, Refusal> {
        Self::read(plc, main, 13, |page, thing| {
            let at = usize::from(u8(thing, 0)?) * 2;
            if at == 0 {
                return Some((0, &[]));
            }
            let bytes = match usize::from(u8(page, at)?) {
                0 => slice(page, at + 2, usize::from(u8(page, at + 1)?) * 2)?,
                n => slice(page, at + 1, n * 2 - 1)?,
            };
            let grpprl = bytes.get(2..)?;
            Some((u16(bytes, 0)?, elsewhere(grpprl, data).unwrap_or(grpprl)))
        })
    }

    fn read(
        plc: &[u8],
        main: &'a [u8],
        size: usize,
        of: impl Fn(&'a [u8], &'a [u8]) -> Option<(u16, &'a [u8])>,
    ) -> Result<Stretches<'a>, Refusal> {
        let plc = Plc::new(plc, 4);
        let mut pages: Vec<usize> =
            (0..plc.len).filter_map(|i| place(plc.thing(i)?, 0)).map(|n| n & 0x3f_ffff).collect();
        pages.sort_unstable();
        pages.dedup();
        let mut stretches = Vec::new();
        for page in pages {
            let page = slice(main, page * PAGE, PAGE).ok_or_else(damaged)?;
            let count = usize::from(page[PAGE - 1]);
            for i in 0..count {
                let (Some(start), Some(end)) = (place(page, i * 4), place(page, i * 4 + 4)) else { break };
                let Some(thing) = slice(page, (count + 1) * 4 + i * size, size) else { break };
                if start < end {
                    let (style, grpprl) = of(page, thing).unwrap_or_default();
                    stretches.push(Stretch { start, end, style, grpprl });
                }
            }
            if stretches.len() > STRETCHES {
                return Err(damaged());
            }
        }
        stretches.sort_by_key(|s| s.start);
        Ok(Stretches(stretches))
    }

    /// What is said of the byte at `place`: its number and the stretch.
    pub fn at(&self, place: usize) -> Option<(usize, Stretch<'a>)> {
        let i = self.0.partition_point(|s| s.start <= place).checked_sub(1)?;
        self.0.get(i).filter(|s| place < s.end).map(|s| (i, *s))
    }
}

/// Modifiers that are too many for a page lie in the stream of data (sprmPHugePapx).
fn elsewhere<'a>(grpprl: &[u8], data: &'a [u8]) -> Option<&'a [u8]> {
    let sprm = sprms(grpprl).next().filter(|s| matches!(s.code, 0x6645 | 0x6646))?;
    let at = sprm.number() as usize;
    slice(data, at.checked_add(2)?, usize::from(u16(data, at)?))
}
