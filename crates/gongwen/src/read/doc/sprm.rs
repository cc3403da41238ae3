//! SPRM ([MS-DOC] 2.2.5): single property modifiers, one after the other in a `grpprl`.

use super::bytes::{u8, u16};

/// A modifier and its operand.
#[derive(Clone, Copy, Debug)]
pub struct Sprm<'a> {
    /// Which property it modifies.
    pub code: u16,
    /// To what; without the byte that says how long it is.
    pub operand: &'a [u8],
}

impl Sprm<'_> {
    /// The operand as a number.
    pub fn number(&self) -> u32 {
        self.operand.iter().take(4).rev().fold(0, |n, b| n << 8 | u32::from(*b))
    }
}

/// The modifiers of `grpprl`, up to the first that is cut.
pub fn sprms(grpprl: &[u8]) -> impl Iterator<Item = Sprm<'_>> {
    let mut rest = grpprl;
    std::iter::from_fn(move || {
        let code = u16(rest, 0)?;
        let (skip, length) = match code >> 13 {
            0 | 1 => (2, 1),
            2 | 4 | 5 => (2, 2),
            3 => (2, 4),
            7 => (2, 3),
            _ if code == DEFINE_TABLE => (4, usize::from(u16(rest, 2)?).checked_sub(1)?),
            // sprmPChgTabs tells its length by what it holds.
            _ if code == 0xc615 && u8(rest, 2)? == 255 => {
                let deleted = usize::from(u8(rest, 3)?) * 4;
                let added = usize::from(u8(rest, 4 + deleted)?) * 3;
                (3, 2 + deleted + added)
            }
            _ => (3, usize::from(u8(rest, 2)?)),
        };
        let operand = rest.get(skip..skip + length)?;
        rest = &rest[skip + length..];
        Some(Sprm { code, operand })
    })
}

/// sprmTDefTable.
pub const DEFINE_TABLE: u16 = 0xd608;
