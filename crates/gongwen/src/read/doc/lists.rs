//! 编号: PlfLst and PlfLfo ([MS-DOC] 2.9.192, 2.9.191).

use std::collections::HashMap;

use super::bytes::{i32, slice, text, u8, u16, u32};
use super::paragraph::Character;
use crate::read::office::counting::Counting;
use crate::read::office::numbering::{Bit, Definition, LEVELS, Level, List, Numbering, Suffix};
use crate::read::office::symbols;

/// Reads the definitions at `lists` and the lists at `overrides` of the stream of tables; `fonts` are the names of the
/// fonts. What is cut is read as far as it goes.
pub fn read(tables: &[u8], lists: usize, overrides: usize, fonts: &[String]) -> Numbering {
    let mut numbering = Numbering::default();
    let mut ids = HashMap::new();
    let count = usize::from(u16(tables, lists).unwrap_or(0));
    let mut at = lists.saturating_add(2).saturating_add(count * 28);
    for i in 0..count {
        let Some(entry) = slice(tables, lists + 2 + i * 28, 28) else { break };
        let simple = u8(entry, 26).unwrap_or(0) & 1 != 0;
        let mut definition = Definition::default();
        for (n, level) in definition.levels.iter_mut().enumerate().take(if simple { 1 } else { LEVELS }) {
            *level = one_level(tables, &mut at, n, fonts);
            if level.is_none() {
                break;
            }
        }
        ids.insert(i32(entry, 0), numbering.definitions.len());
        numbering.definitions.push(definition);
    }
    lists_of(tables, overrides, &ids, fonts, &mut numbering);
    numbering
}

fn lists_of(
    tables: &[u8],
    overrides: usize,
    ids: &HashMap<Option<i32>, usize>,
    fonts: &[String],
    numbering: &mut Numbering,
) {
    let count = u32(tables, overrides).unwrap_or(0) as usize;
    let mut at = overrides.saturating_add(4).saturating_add(count.saturating_mul(16));
    for i in 0..count {
        let Some(entry) = slice(tables, overrides + 4 + i * 16, 16) else { break };
        let mut list = List::default();
        at = at.saturating_add(4);
        for _ in 0..u8(entry, 12).unwrap_or(0) {
            let (Some(start), Some(flags)) = (u32(tables, at), u32(tables, at + 4)) else { break };
            at += 8;
            let level = (flags & 0xf) as usize;
            let own = if flags & 0x20 != 0 { one_level(tables, &mut at, level, fonts) } else { None };
            if let Some(change) = list.changes.get_mut(level) {
                change.start = (flags & 0x10 != 0).then_some(own.as_ref().map_or(start, |l| l.start));
                change.level = own;
            }
        }
        if let Some(definition) = ids.get(&i32(entry, 0)) {
            numbering.lists.insert(i as i64 + 1, List { definition: *definition, ..list });
        }
    }
}

/// Reads the level that stands at `at` ([MS-DOC] 2.9.150) and moves on.
fn one_level(tables: &[u8], at: &mut usize, level: usize, fonts: &[String]) -> Option<Level> {
    let head = slice(tables, *at, 28)?;
    let flags = u8(head, 5)?;
    let (characters, paragraph) = (usize::from(u8(head, 24)?), usize::from(u8(head, 25)?));
    let words = *at + 28 + paragraph + characters;
    let length = usize::from(u16(tables, words)?);
    let label = text(tables, words + 2, length)?;
    let mut style = Character::default();
    style.modify(slice(tables, *at + 28 + paragraph, characters)?, &Character::default());
    *at = words + 2 + length * 2;
    let counting = Counting::of_code(u8(head, 4)?);
    let font = style.font.and_then(|f| fonts.get(usize::from(f))).map(String::as_str);
    let restart = if flags & 0x08 != 0 { usize::from(u8(head, 26)?).checked_sub(1) } else { level.checked_sub(1) };
    Some(Level {
        start: i32(head, 0)?.max(0) as u32,
        counting,
        label: if counting == Counting::Bullet { vec![Bit::Text(symbols::bullet(font, &label))] } else { bits(&label) },
        suffix: match u8(head, 15)? {
            1 => Suffix::Space,
            2 => Suffix::Nothing,
            _ => Suffix::Tab,
        },
        restart,
        legal: flags & 0x04 != 0,
    })
}

/// A label in which the characters U+0000 to U+0008 stand for the numbers of levels.
fn bits(label: &str) -> Vec<Bit> {
    let mut bits = Vec::new();
    let mut words = String::new();
    for c in label.chars() {
        match c as usize {
            n if n < LEVELS => {
                bits.push(Bit::Text(std::mem::take(&mut words)));
                bits.push(Bit::Number(n));
            }
            _ => words.push(c),
        }
    }
    bits.push(Bit::Text(words));
    bits.retain(|b| *b != Bit::Text(String::new()));
    bits
}
