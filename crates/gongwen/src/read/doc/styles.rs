//! 样式表: STSH ([MS-DOC] 2.9.271), each style with what those say that it is based on; and the fonts.

use super::bytes::{slice, text, u8, u16};
use super::paragraph::{Character, Paragraph};

/// Styles may be based on each other this many times.
const CHAIN: usize = 32;

/// A style with all that it inherits.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// What it says of paragraphs.
    pub paragraph: Paragraph,
    /// What it says of characters.
    pub character: Character,
}

/// A style as the file has it.
#[derive(Default)]
struct Raw<'a> {
    /// Its number among the built-in ones: 1 to 9 are headings.
    built_in: u16,
    base: usize,
    paragraph: &'a [u8],
    character: &'a [u8],
}

/// Reads the style sheet.
pub fn read(bytes: &[u8]) -> Vec<Style> {
    let raw = raw(bytes).unwrap_or_default();
    (0..raw.len())
        .map(|i| {
            let mut chain = Vec::new();
            let mut next = i;
            while let Some(style) = raw.get(next)
                && chain.len() < CHAIN
            {
                chain.push(style);
                next = style.base;
            }
            let mut style = Style::default();
            for raw in chain.iter().rev() {
                style.paragraph.modify(raw.paragraph);
                style.character.modify(raw.character, &Character::default());
                if (1..=9).contains(&raw.built_in) && style.paragraph.set.outline.is_none() {
                    style.paragraph.set.outline = Some(raw.built_in as u8 - 1);
                }
            }
            style
        })
        .collect()
}

fn raw(bytes: &[u8]) -> Option<Vec<Raw<'_>>> {
    let head = usize::from(u16(bytes, 0)?);
    let count = usize::from(u16(bytes, 2)?);
    let base_length = usize::from(u16(bytes, 4)?);
    let mut at = 2 + head;
    let mut styles = Vec::new();
    for _ in 0..count {
        let Some(length) = u16(bytes, at).map(usize::from) else { break };
        let style = slice(bytes, at + 2, length).unwrap_or_default();
        at += 2 + length;
        styles.push(one(style, base_length).unwrap_or(Raw { base: usize::MAX, ..Raw::default() }));
    }
    Some(styles)
}

fn one(style: &[u8], base_length: usize) -> Option<Raw<'_>> {
    let kind = u16(style, 2)?;
    let mut raw = Raw { built_in: u16(style, 0)? & 0xfff, base: usize::from(kind >> 4), ..Raw::default() };
    let name = usize::from(u16(style, base_length)?);
    let mut at = base_length + 2 + (name + 1) * 2;
    let mut next = || {
        at += at % 2;
        let length = usize::from(u16(style, at)?);
        let bytes = slice(style, at + 2, length)?;
        at += 2 + length;
        Some(bytes)
    };
    match kind & 0xf {
        1 => {
            // The first two bytes are the number of the style itself.
            raw.paragraph = next()?.get(2..).unwrap_or_default();
            raw.character = next().unwrap_or_default();
        }
        2 => raw.character = next()?,
        _ => {}
    }
    Some(raw)
}

/// The names of the fonts by their number ([MS-DOC] 2.9.287).
pub fn fonts(bytes: &[u8]) -> Vec<String> {
    let count = u16(bytes, 0).unwrap_or(0);
    let mut at = 4;
    (0..count)
        .map_while(|_| {
            let length = usize::from(u8(bytes, at)?);
            let font = slice(bytes, at + 1, length)?;
            at += 1 + length;
            let name = text(font, 39, font.len().saturating_sub(39) / 2).unwrap_or_default();
            Some(name.split('\0').next().unwrap_or_default().to_owned())
        })
        .collect()
}
