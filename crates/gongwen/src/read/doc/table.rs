//! 表格: how the cells of a row are drawn ([MS-DOC] 2.9.289).

use super::bytes::{i16, u8, u16};
use super::paragraph::is_of_row;
use super::sprm::{DEFINE_TABLE, sprms};
use crate::read::office::grid::{Merge, Shape};

/// The cells of the row that a paragraph with these modifiers ends, and whether it names the columns.
pub fn row(grpprl: &[u8]) -> (Vec<Shape>, bool) {
    let mut shapes: Vec<Shape> = Vec::new();
    let mut header = false;
    for sprm in sprms(grpprl).filter(is_of_row) {
        match sprm.code {
            DEFINE_TABLE => shapes = defined(sprm.operand).unwrap_or_default(),
            0x3404 => header = sprm.number() != 0,
            // sprmTMerge: cells from the first up to the last are one.
            0x5624 => {
                let (first, last) = (u8(sprm.operand, 0).unwrap_or(0), u8(sprm.operand, 1).unwrap_or(0));
                let (first, last) = (usize::from(first) + 1, usize::from(last).min(shapes.len()));
                shapes.iter_mut().take(last).skip(first).for_each(|s| s.merge = Merge::Left);
            }
            // sprmTVertMerge: a cell and how it is merged.
            _ => {
                let cell = usize::from(u8(sprm.operand, 0).unwrap_or(0));
                if let (Some(shape), Some(how)) = (shapes.get_mut(cell), u8(sprm.operand, 1)) {
                    shape.merge = match how {
                        1 => Merge::Above,
                        3 => Merge::Begins,
                        _ => Merge::No,
                    };
                }
            }
        }
    }
    (shapes, header)
}

/// The cells of sprmTDefTable: their edges, and 20 bytes each.
fn defined(operand: &[u8]) -> Option<Vec<Shape>> {
    let count = usize::from(u8(operand, 0)?);
    let edge = |i: usize| i16(operand, 1 + i * 2).map(i64::from);
    let cells = 1 + (count + 1) * 2;
    let mut shapes = Vec::with_capacity(count);
    for i in 0..count {
        let flags = u16(operand, cells + i * 20).unwrap_or(0);
        let merge = match flags {
            f if f & 0x0002 != 0 => Merge::Left,
            f if f & 0x0040 != 0 => Merge::Begins,
            f if f & 0x0020 != 0 => Merge::Above,
            _ => Merge::No,
        };
        shapes.push(Shape { edges: (edge(i)?, edge(i + 1)?), merge });
    }
    Some(shapes)
}
