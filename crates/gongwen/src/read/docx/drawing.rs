//! 图形: where boxes lie, and images.

use super::body::{Body, Kind};
use crate::piece::{Enclosure, EnclosureKind, Refusal, Style};
use crate::read::office::boxes::{POINT, Position};
use crate::read::office::flow::{Flow, Item};
use crate::read::office::xml::Attributes;

/// The drawing under way.
#[derive(Debug, Default)]
pub struct Drawing {
    /// Where it is anchored.
    anchor: Option<Position>,
    /// Where the shape under way lies in its group.
    shape: Option<(i64, i64)>,
    /// The words that stand for it.
    name: String,
}

impl Body<'_> {
    /// An element of a drawing begins.
    pub fn open_drawing(&mut self, name: &str, attributes: &Attributes<'_>, flow: &mut Flow) -> Result<Kind, Refusal> {
        let drawing = &mut self.drawing;
        match name {
            "anchor" => *drawing = Drawing { anchor: Some(Position::default()), ..Drawing::default() },
            "inline" => *drawing = Drawing::default(),
            "positionV" => {
                if let Some(anchor) = &mut drawing.anchor {
                    anchor.of_page = !matches!(attributes.get("relativeFrom").as_deref(), Some("paragraph" | "line"));
                }
                return Ok(Kind::Vertical);
            }
            "positionH" => return Ok(Kind::Horizontal),
            "posOffset" => return Ok(Kind::Offset),
            "docPr" => drawing.name = attributes.get("descr").unwrap_or_default(),
            "off" => {
                drawing.shape = Some((attributes.number("y").unwrap_or(0), attributes.number("x").unwrap_or(0)));
            }
            "blip" => {
                let name = caption(&drawing.name);
                let target = attributes.get("link").and_then(|id| self.parts.outside.get(&id).cloned());
                flow.enclose(Enclosure { kind: EnclosureKind::Image, name, target: target.unwrap_or_default() });
            }
            "imagedata" => {
                let name = caption(&attributes.get("title").unwrap_or_default());
                flow.enclose(Enclosure { kind: EnclosureKind::Image, name, target: String::new() });
            }
            "chart" | "relIds" => flow.tally.charts += 1,
            "OLEObject" => match attributes.get("ProgID").unwrap_or_default() {
                id if id.starts_with("Equation") => flow.tally.formulas += 1,
                _ => flow.tally.objects += 1,
            },
            "shape" | "rect" | "roundrect" | "group" => {
                let (anchor, shape) = of_style(&attributes.get("style").unwrap_or_default());
                drawing.anchor = anchor.or(drawing.anchor);
                drawing.shape = shape.or(drawing.shape);
            }
            // Words drawn as art: the head of a document, often.
            "textpath" => {
                let words = attributes.get("string").unwrap_or_default();
                if !words.trim().is_empty() {
                    self.hang(vec![Item::Paragraph(words, Style::default())], flow);
                }
            }
            _ => {}
        }
        Ok(Kind::Other)
    }

    /// The offset that stands here, in EMU.
    pub fn offset(&mut self, text: &str) {
        let Some(anchor) = &mut self.drawing.anchor else { return };
        let Ok(n) = text.trim().parse() else { return };
        match self.kinds.iter().rev().find(|k| matches!(k, Kind::Vertical | Kind::Horizontal)) {
            Some(Kind::Vertical) => anchor.top = n,
            _ => anchor.left = n,
        }
    }

    /// Where the box under way lies.
    pub fn position(&self) -> Option<Position> {
        let anchor = self.drawing.anchor?;
        let (top, left) = self.drawing.shape.unwrap_or_default();
        Some(Position { top: anchor.top.saturating_add(top), left: anchor.left.saturating_add(left), ..anchor })
    }
}

/// What VML says of a shape in its style: a place on the page in points, or one in its group in units of that.
fn of_style(style: &str) -> (Option<Position>, Option<(i64, i64)>) {
    let value = |name: &str| {
        style.split(';').find_map(|p| p.split_once(':').filter(|(n, _)| n.trim() == name)).map(|(_, v)| v.trim())
    };
    let points = |name: &str| {
        let number: f64 = value(name)?.strip_suffix("pt")?.parse().ok()?;
        Some((number * POINT as f64) as i64)
    };
    let units = |name: &str| value(name)?.parse::<i64>().ok();
    let shape = units("top").zip(units("left"));
    let anchor = points("margin-top").map(|top| Position {
        of_page: matches!(value("mso-position-vertical-relative"), Some("page" | "margin")),
        top,
        left: points("margin-left").unwrap_or(0),
    });
    (anchor, shape)
}

/// The words that a person wrote for an image; programs put the name of its file there.
fn caption(name: &str) -> String {
    let lower = name.to_lowercase();
    let file = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf"].iter().any(|e| lower.ends_with(e));
    let path = name.contains(['/', '\\']) || file;
    if path { String::new() } else { name.split_whitespace().collect::<Vec<_>>().join(" ") }
}
