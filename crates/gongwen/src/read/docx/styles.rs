//! 样式: `styles.xml`, each style with what those say that it is based on.

use std::collections::HashMap;

use super::parts::{self, Parts};
use crate::piece::Refusal;
use crate::read::office::properties::{ParagraphStyle, RunStyle, outline_of_name};
use crate::read::office::xml::{Attributes, Node, Space, walk};
use crate::read::package::Package;

/// Styles may be based on each other this many times.
const CHAIN: usize = 32;

/// A style with all that it inherits.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// What it says of a paragraph.
    pub paragraph: ParagraphStyle,
    /// What it says of characters.
    pub run: RunStyle,
    /// Itself and those it is based on, nearest first: a level of a list may name one of them.
    pub chain: Vec<String>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

impl Styles {
    /// The style of this id; of a paragraph that names none, the usual one.
    pub fn get(&self, id: Option<&str>) -> Option<&Style> {
        self.styles.get(id.or(self.usual.as_deref())?)
    }

    /// The style of characters of this id.
    pub fn of_run(&self, id: &str) -> Option<&Style> {
        self.styles.get(id)
    }
}

/// Reads a property of a paragraph into `style`.
pub fn paragraph_property(style: &mut ParagraphStyle, name: &str, attributes: &Attributes<'_>) {
    match name {
        "numId" => style.list = attributes.number("val"),
        "ilvl" => style.level = attributes.number("val").and_then(|n| usize::try_from(n).ok()),
        "outlineLvl" => style.outline = attributes.number("val").and_then(|n| u8::try_from(n).ok()),
        "jc" => style.centred = attributes.get("val").map(|v| v == "center"),
        "pageBreakBefore" => style.page_break = Some(attributes.on()),
        _ => {}
    }
}

/// Reads a property of characters into `style`.
pub fn run_property(style: &mut RunStyle, name: &str, attributes: &Attributes<'_>) {
    match name {
        "b" => style.bold = Some(attributes.on()),
        "vanish" => style.hidden = Some(attributes.on()),
        "rFonts" => style.font = attributes.get("ascii").or_else(|| attributes.get("hAnsi")).or(style.font.take()),
        _ => {}
    }
}

/// A style as the file has it.
#[derive(Default)]
struct Raw {
    paragraph: ParagraphStyle,
    run: RunStyle,
    base: Option<String>,
}

/// Reads the styles.
///
/// # Errors
/// As [`Package::entry`] and [`walk`].
pub fn read(package: &mut Package<'_>, parts: &Parts) -> Result<Styles, Refusal> {
    let Some((name, bytes)) = parts::read(package, &parts.styles)? else { return Ok(Styles::default()) };
    let mut raw: HashMap<String, Raw> = HashMap::new();
    let mut usual = None;
    let mut current: Option<(String, Raw)> = None;
    // The names of the open elements decide whose property it is.
    let mut open: Vec<String> = Vec::new();
    walk(name, &bytes, |node| {
        match node {
            Node::Open(Space::Word, name, attributes) => {
                let within = open.last().map(String::as_str).unwrap_or_default();
                match (name, within, &mut current) {
                    ("style", ..) => {
                        let id = attributes.get("styleId").unwrap_or_default();
                        if attributes.get("type").as_deref() == Some("paragraph")
                            && matches!(attributes.get("default").as_deref(), Some("1" | "true" | "on"))
                        {
                            usual = Some(id.clone());
                        }
                        current = Some((id, Raw::default()));
                    }
                    ("name", "style", Some((_, style))) => {
                        let outline = attributes.get("val").and_then(|v| outline_of_name(&v));
                        style.paragraph.outline = style.paragraph.outline.or(outline);
                    }
                    ("basedOn", "style", Some((_, style))) => style.base = attributes.get("val"),
                    (_, "pPr" | "numPr", Some((_, style))) => {
                        paragraph_property(&mut style.paragraph, name, &attributes);
                    }
                    (_, "rPr", Some((_, style))) => run_property(&mut style.run, name, &attributes),
                    _ => {}
                }
                open.push(name.to_owned());
            }
            Node::Open(_, name, _) => open.push(format!(":{name}")),
            Node::Close => {
                if open.pop().as_deref() == Some("style")
                    && let Some((id, style)) = current.take()
                {
                    raw.insert(id, style);
                }
            }
            Node::Text(_) => {}
        }
        Ok(())
    })?;
    let styles = raw.keys().map(|id| (id.clone(), inherited(id, &raw))).collect();
    Ok(Styles { styles, usual })
}

fn inherited(id: &str, raw: &HashMap<String, Raw>) -> Style {
    let mut style = Style::default();
    let mut next = Some(id);
    while let Some(id) = next
        && let Some(own) = raw.get(id)
        && style.chain.len() < CHAIN
    {
        style.paragraph = style.paragraph.over(own.paragraph);
        style.run = style.run.over(&own.run);
        style.chain.push(id.to_owned());
        next = own.base.as_deref();
    }
    style
}
