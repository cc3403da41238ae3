//! 编号: `numbering.xml`.

use std::collections::HashMap;

use super::parts::{self, Parts};
use crate::piece::Refusal;
use crate::read::office::counting::Counting;
use crate::read::office::numbering::{Bit, Definition, LEVELS, Level, List, Numbering, Suffix};
use crate::read::office::symbols;
use crate::read::office::xml::{Attributes, Node, Space, walk};
use crate::read::package::Package;

/// The automatic numbers of a document.
#[derive(Debug, Default)]
pub struct Lists {
    /// Definitions and lists.
    pub numbering: Numbering,
    /// The level that a style has in a definition.
    styles: HashMap<(usize, String), usize>,
}

impl Lists {
    /// The level in list `list` of a paragraph with this style, nearest first.
    pub fn level_of(&self, list: i64, chain: &[String]) -> Option<usize> {
        let definition = self.numbering.lists.get(&list)?.definition;
        chain.iter().find_map(|style| self.styles.get(&(definition, style.clone())).copied())
    }
}

/// A level on its way.
struct Open {
    at: usize,
    level: Level,
    label: String,
    font: Option<String>,
    style: Option<String>,
}

#[derive(Default)]
struct Reader {
    lists: Lists,
    /// Definitions by their number in the file.
    numbers: HashMap<i64, usize>,
    /// Definitions that another one, which a style links, stands for; and those that a style links.
    linked: Vec<(usize, String)>,
    links: HashMap<String, usize>,
    list: Option<(i64, List, Option<i64>)>,
    level: Option<Open>,
    change: usize,
    /// Lists with the number of their definition.
    uses: Vec<(i64, List, i64)>,
}

/// Reads the automatic numbers.
///
/// # Errors
/// As [`Package::entry`] and [`walk`].
pub fn read(package: &mut Package<'_>, parts: &Parts) -> Result<Lists, Refusal> {
    let Some((name, bytes)) = parts::read(package, &parts.numbering)? else { return Ok(Lists::default()) };
    let mut reader = Reader::default();
    let mut open: Vec<String> = Vec::new();
    // Only the first of several writings of one thing counts.
    let mut fallback = 0usize;
    walk(name, &bytes, |node| {
        match node {
            Node::Open(space, name, attributes) => {
                fallback += usize::from(fallback > 0 || name == "Fallback");
                if fallback == 0 && space == Space::Word {
                    reader.open(name, &attributes);
                }
                open.push(name.to_owned());
            }
            Node::Close => {
                let name = open.pop().unwrap_or_default();
                if fallback == 0 {
                    reader.close(&name);
                }
                fallback = fallback.saturating_sub(1);
            }
            Node::Text(_) => {}
        }
        Ok(())
    })?;
    Ok(reader.finish())
}

impl Reader {
    fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        let definitions = &mut self.lists.numbering.definitions;
        let text = || attributes.get("val");
        let number = || attributes.number("val");
        match name {
            "abstractNum" => {
                self.numbers.insert(attributes.number("abstractNumId").unwrap_or_default(), definitions.len());
                definitions.push(Definition::default());
            }
            "numStyleLink" if !definitions.is_empty() => {
                self.linked.push((definitions.len() - 1, text().unwrap_or_default()));
            }
            "styleLink" if !definitions.is_empty() => {
                self.links.insert(text().unwrap_or_default(), definitions.len() - 1);
            }
            "num" => self.list = Some((attributes.number("numId").unwrap_or_default(), List::default(), None)),
            "abstractNumId" => {
                if let Some(list) = &mut self.list {
                    list.2 = number();
                }
            }
            "lvlOverride" => self.change = level_number(attributes),
            "startOverride" => {
                if let Some((_, list, _)) = &mut self.list {
                    list.changes[self.change].start = number().and_then(|n| u32::try_from(n).ok());
                }
            }
            "lvl" => {
                let at = level_number(attributes);
                self.level = Some(Open { at, level: Level::at(at), label: String::new(), font: None, style: None });
            }
            _ => {
                if let Some(open) = &mut self.level {
                    open.property(name, attributes);
                }
            }
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "lvl" => {
                let Some(open) = self.level.take() else { return };
                let (at, style, level) = open.done();
                match (&mut self.list, self.lists.numbering.definitions.last_mut()) {
                    (Some((_, list, _)), _) => list.changes[at].level = Some(level),
                    (None, Some(_)) => {
                        let definition = self.lists.numbering.definitions.len() - 1;
                        if let Some(style) = style {
                            self.lists.styles.insert((definition, style), at);
                        }
                        self.lists.numbering.definitions[definition].levels[at] = Some(level);
                    }
                    (None, None) => {}
                }
            }
            "num" => {
                if let Some((number, list, Some(definition))) = self.list.take() {
                    self.uses.push((number, list, definition));
                }
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Lists {
        let linked: HashMap<usize, usize> =
            self.linked.iter().filter_map(|(own, style)| Some((*own, *self.links.get(style)?))).collect();
        for (number, list, definition) in self.uses {
            if let Some(own) = self.numbers.get(&definition) {
                let definition = *linked.get(own).unwrap_or(own);
                self.lists.numbering.lists.insert(number, List { definition, ..list });
            }
        }
        self.lists
    }
}

impl Open {
    fn property(&mut self, name: &str, attributes: &Attributes<'_>) {
        let level = &mut self.level;
        match name {
            "start" => level.start = attributes.number("val").and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
            "numFmt" => {
                let name = attributes.get("val").unwrap_or_default();
                level.counting = Counting::of_name(&name, attributes.get("format").as_deref());
            }
            "lvlText" => self.label = attributes.get("val").unwrap_or_default(),
            "suff" => {
                level.suffix = match attributes.get("val").as_deref() {
                    Some("space") => Suffix::Space,
                    Some("nothing") => Suffix::Nothing,
                    _ => Suffix::Tab,
                };
            }
            "lvlRestart" => {
                let above = attributes.number("val").and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
                level.restart = above.checked_sub(1);
            }
            "isLgl" => level.legal = attributes.on(),
            "pStyle" => self.style = attributes.get("val"),
            "rFonts" => self.font = attributes.get("ascii").or_else(|| attributes.get("hAnsi")),
            _ => {}
        }
    }

    fn done(mut self) -> (usize, Option<String>, Level) {
        self.level.label = if self.level.counting == Counting::Bullet {
            vec![Bit::Text(symbols::bullet(self.font.as_deref(), &self.label))]
        } else {
            label(&self.label)
        };
        (self.at, self.style, self.level)
    }
}

/// `第%1章`
fn label(text: &str) -> Vec<Bit> {
    let mut bits = Vec::new();
    let mut words = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek().and_then(|d| d.to_digit(10)) {
            Some(n @ 1..=9) if c == '%' => {
                chars.next();
                bits.push(Bit::Text(std::mem::take(&mut words)));
                bits.push(Bit::Number(n as usize - 1));
            }
            _ => words.push(c),
        }
    }
    bits.push(Bit::Text(words));
    bits.retain(|b| *b != Bit::Text(String::new()));
    bits
}

fn level_number(attributes: &Attributes<'_>) -> usize {
    attributes.number("ilvl").and_then(|n| usize::try_from(n).ok()).unwrap_or(0).min(LEVELS - 1)
}
