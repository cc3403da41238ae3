//! 图形: the boxes of a document, where they hang and where they lie ([MS-DOC] 2.8.37, [MS-ODRAW]).

use std::collections::HashMap;

use super::bytes::{Plc, i32, place, u16, u32};
use crate::read::office::boxes::{Position, TWIP};

/// Boxes with text, by the character of the text that they hang on.
#[derive(Debug, Default)]
pub struct Shapes {
    hanging: HashMap<usize, Vec<TextBox>>,
    /// Boxes that hang on no character.
    pub loose: Vec<TextBox>,
}

/// A box with text.
#[derive(Clone, Debug)]
pub struct TextBox {
    /// Its characters, counted from the first of the story of boxes.
    pub characters: (usize, usize),
    /// Where it lies.
    pub at: Option<Position>,
}

impl Shapes {
    /// Reads the boxes: `texts` says which characters are whose, `anchors` where shapes hang, `drawings` which shapes
    /// are a group.
    pub fn read(texts: &[u8], anchors: &[u8], drawings: &[u8]) -> Shapes {
        let mut shapes = Shapes::default();
        let texts = Plc::new(texts, 22);
        let anchors = Plc::new(anchors, 26);
        let groups = Groups::read(drawings);
        let by_shape: HashMap<u32, usize> =
            (0..anchors.len).filter_map(|i| Some((u32(anchors.thing(i)?, 0)?, i))).collect();
        // The last one is none.
        for i in 0..texts.len.saturating_sub(1) {
            let (Some(from), Some(to), Some(thing)) = (texts.position(i), texts.position(i + 1), texts.thing(i)) else {
                break;
            };
            let shape = u32(thing, 14).unwrap_or(0);
            let group = groups.of.get(&shape).copied().unwrap_or(shape);
            let anchor = by_shape.get(&shape).or_else(|| by_shape.get(&group));
            let lies = |anchor: usize| {
                let thing = anchors.thing(anchor)?;
                let (left, top) = groups.places.get(&shape).copied().unwrap_or_default();
                Some(Position {
                    // Its height counts from the paragraph, or from margin or edge of the page.
                    of_page: (u16(thing, 20)? >> 3) & 3 < 2,
                    top: (i64::from(i32(thing, 8)?) + i64::from(top)) * TWIP,
                    left: (i64::from(i32(thing, 4)?) + i64::from(left)) * TWIP,
                })
            };
            let text_box = TextBox { characters: (from, to), at: anchor.and_then(|a| lies(*a)) };
            match anchor.and_then(|a| anchors.position(*a)) {
                Some(character) => shapes.hanging.entry(character).or_default().push(text_box),
                None => shapes.loose.push(text_box),
            }
        }
        shapes
    }

    /// Takes the boxes that hang on this character.
    pub fn take(&mut self, character: usize) -> Vec<TextBox> {
        self.hanging.remove(&character).unwrap_or_default()
    }

    /// Takes all boxes that are left, in the order of the text.
    pub fn rest(&mut self) -> Vec<TextBox> {
        let mut rest: Vec<TextBox> = self.hanging.drain().flat_map(|(_, boxes)| boxes).collect();
        rest.append(&mut self.loose);
        rest.sort_by_key(|b| b.characters.0);
        rest
    }
}

/// Which shape belongs to which group that hangs on the text, and where it lies in it.
#[derive(Default)]
struct Groups {
    of: HashMap<u32, u32>,
    places: HashMap<u32, (i32, i32)>,
}

impl Groups {
    /// Walks the records of the drawings: containers hold records, of which some are containers.
    fn read(bytes: &[u8]) -> Groups {
        const DRAWING: u16 = 0xf002;
        const GROUP: u16 = 0xf003;
        const SHAPE: u16 = 0xf00a;
        const IN_GROUP: u16 = 0xf00f;
        let mut groups = Groups::default();
        // The containers that are open: where they end, what they are, and of a group its own shape.
        let mut open: Vec<(usize, u16, Option<u32>)> = Vec::new();
        let mut shape = 0;
        let mut at = 0;
        while let (Some(version), Some(kind), Some(length)) = (u16(bytes, at), u16(bytes, at + 2), place(bytes, at + 4))
        {
            while open.last().is_some_and(|(end, ..)| at >= *end) {
                open.pop();
            }
            let end = at.saturating_add(8).saturating_add(length);
            match kind {
                _ if version & 0xf == 0xf => {
                    open.push((end, kind, None));
                    at += 8;
                    // A drawing is preceded by a byte that says of which part it is.
                    continue;
                }
                SHAPE => {
                    shape = u32(bytes, at + 8).unwrap_or(0);
                    let outer = open.iter_mut().filter(|(_, kind, _)| *kind == GROUP).nth(1);
                    if let Some((_, _, group)) = outer {
                        let group = *group.get_or_insert(shape);
                        groups.of.insert(shape, group);
                    }
                }
                IN_GROUP => {
                    if let (Some(left), Some(top)) = (i32(bytes, at + 8), i32(bytes, at + 12)) {
                        groups.places.insert(shape, (left, top));
                    }
                }
                _ => {}
            }
            at = end;
            let inner = open.iter().any(|(end, ..)| at < *end);
            // Between the drawings of the text and of the heads stands one byte.
            if !inner && u16(bytes, at + 2) != Some(DRAWING) && u16(bytes, at + 3) == Some(DRAWING) {
                at += 1;
            }
        }
        groups
    }
}
