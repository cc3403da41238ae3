//! 文字块: the pieces that the text is made of ([MS-DOC] 2.8.35), in the order of the text.

use super::bytes::{Plc, place, slice, u16};
use super::fib::{Fib, Table};
use crate::piece::Refusal;
use crate::read::office::damaged;

/// The most characters of a file, of all its stories.
const CHARACTERS: usize = 8 << 20;

/// The text of a file.
pub struct Text<'a> {
    /// All stories, one after the other, in UTF-16.
    pub units: Vec<u16>,
    pieces: Vec<Piece<'a>>,
}

/// A piece of the text.
#[derive(Debug)]
pub struct Piece<'a> {
    /// Its first character.
    pub start: usize,
    end: usize,
    /// Where it stands in the stream of the document.
    at: usize,
    wide: bool,
    /// What is said of all its characters over what is said of them one by one.
    pub modifier: Modifier<'a>,
}

/// See [`Piece`].
#[derive(Clone, Copy, Debug)]
pub enum Modifier<'a> {
    /// Modifiers, one after the other.
    Many(&'a [u8]),
    /// One of the short ones: its number and operand ([MS-DOC] 2.9.215).
    Short(u8, u8),
}

impl<'a> Text<'a> {
    /// Puts the text together.
    ///
    /// # Errors
    /// `package-broken`, `office-large`.
    pub fn read(fib: &Fib, main: &[u8], tables: &'a [u8]) -> Result<Text<'a>, Refusal> {
        let clx = fib.table(tables, Table::Pieces);
        let mut modifiers = Vec::new();
        let mut at = 0;
        let pieces = loop {
            match clx.get(at) {
                Some(1) => {
                    let length = usize::from(u16(clx, at + 1).ok_or_else(damaged)?);
                    modifiers.push(slice(clx, at + 3, length).ok_or_else(damaged)?);
                    at += 3 + length;
                }
                Some(2) => {
                    let length = place(clx, at + 1).ok_or_else(damaged)?;
                    break slice(clx, at + 5, length).ok_or_else(damaged)?;
                }
                _ => return Err(damaged()),
            }
        };
        let plc = Plc::new(pieces, 8);
        let mut text = Text { units: Vec::new(), pieces: Vec::with_capacity(plc.len) };
        for i in 0..plc.len {
            text.add(&plc, i, main, &modifiers)?;
        }
        Ok(text)
    }

    fn add(&mut self, plc: &Plc<'_>, i: usize, main: &[u8], modifiers: &[&'a [u8]]) -> Result<(), Refusal> {
        let (Some(start), Some(end), Some(piece)) = (plc.position(i), plc.position(i + 1), plc.thing(i)) else {
            return Err(damaged());
        };
        let fc = place(piece, 2).ok_or_else(damaged)?;
        if start != self.units.len() || end < start {
            return Err(damaged());
        }
        let count = end - start;
        if end > CHARACTERS {
            let reason = format!("文字超过 {} 万字", CHARACTERS / 10_000);
            return Err(Refusal::new("office-large", reason, "公文不会这样大；请检查文件的来源，或者分成几份，再导入"));
        }
        let wide = fc & 0x4000_0000 == 0;
        let at = if wide { fc } else { (fc & 0x3fff_ffff) / 2 };
        if wide {
            let bytes = slice(main, at, count * 2).ok_or_else(damaged)?;
            self.units.extend(bytes.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])));
        } else {
            let bytes = slice(main, at, count).ok_or_else(damaged)?;
            let (decoded, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
            self.units.extend(decoded.encode_utf16().take(count));
            self.units.resize(end, 0);
        }
        let prm = u16(piece, 6).unwrap_or(0);
        let modifier = if prm & 1 == 0 {
            Modifier::Short((prm >> 1) as u8 & 0x7f, (prm >> 8) as u8)
        } else {
            Modifier::Many(modifiers.get(usize::from(prm >> 1)).copied().unwrap_or_default())
        };
        self.pieces.push(Piece { start, end, at, wide, modifier });
        Ok(())
    }

    /// The piece that a character stands in.
    pub fn piece(&self, character: usize) -> Option<&Piece<'a>> {
        let i = self.pieces.partition_point(|p| p.start <= character).checked_sub(1)?;
        self.pieces.get(i).filter(|p| character < p.end)
    }
}

impl Piece<'_> {
    /// Where a character of it stands in the stream of the document.
    pub fn place(&self, character: usize) -> usize {
        self.at + (character - self.start) * if self.wide { 2 } else { 1 }
    }

    /// The character of it that stands at or after `place` in the stream of the document, its end where there is none.
    pub fn character(&self, place: usize) -> usize {
        let bytes = place.saturating_sub(self.at);
        let count = if self.wide { bytes.div_ceil(2) } else { bytes };
        (self.start + count).min(self.end)
    }
}
