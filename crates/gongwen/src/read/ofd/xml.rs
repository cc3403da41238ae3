//! XML of an OFD as a tree. Prefixes and namespaces are dropped, since writers use several for the same elements;
//! entities are not followed.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::piece::Refusal;
use crate::read::encoding;

/// An element.
#[derive(Debug, Default)]
pub struct Element {
    /// Its local name.
    pub name: String,
    /// Its attributes by local name.
    pub attributes: Vec<(String, String)>,
    /// Its own text.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Element>,
}

/// No document nests deeper.
const DEPTH: usize = 64;
/// No part holds more elements and attributes.
const ELEMENTS: usize = 1_000_000;

impl Element {
    /// The tree of a part.
    ///
    /// # Errors
    /// It is no XML, or larger than any document.
    pub fn parse(bytes: &[u8]) -> Result<Element, Refusal> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding::decode(bytes).text,
        };
        let broken = || {
            Refusal::new("ofd-xml", "这个 OFD 里的 XML 损坏了", "请重新下载，或者在能打开它的软件里另存一份，再导入")
        };
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        reader.config_mut().check_end_names = false;
        let mut stack = vec![Element::default()];
        let mut count = 0;
        loop {
            match reader.read_event().map_err(|_| broken())? {
                event @ (Event::Start(_) | Event::Empty(_)) => {
                    let (tag, empty) = match &event {
                        Event::Empty(tag) => (tag, true),
                        Event::Start(tag) => (tag, false),
                        _ => continue,
                    };
                    let element = Element::of(tag);
                    count += 1 + element.attributes.len();
                    if stack.len() > DEPTH || count > ELEMENTS {
                        return Err(Refusal::new(
                            "ofd-too-large",
                            "这个 OFD 里的 XML 太大或者嵌套太深，超过限度",
                            "这样的文件多半是坏的，请检查来源",
                        ));
                    }
                    match stack.last_mut() {
                        Some(parent) if empty => parent.children.push(element),
                        _ => stack.push(element),
                    }
                }
                Event::End(_) => {
                    if stack.len() > 1
                        && let Some(element) = stack.pop()
                        && let Some(parent) = stack.last_mut()
                    {
                        parent.children.push(element);
                    }
                }
                Event::Text(t) => stack.last_mut().into_iter().for_each(|e| e.text.push_str(&t)),
                Event::CData(t) => stack.last_mut().into_iter().for_each(|e| e.text.push_str(&t)),
                Event::GeneralRef(r) => {
                    let char = match r.resolve_char_ref() {
                        Ok(Some(c)) => Some(c),
                        _ => named(&r),
                    };
                    stack.last_mut().into_iter().for_each(|e| e.text.extend(char));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        if stack.len() > 1 {
            return Err(broken());
        }
        stack.pop().and_then(|mut root| root.children.drain(..).next()).ok_or_else(broken)
    }

    fn of(tag: &BytesStart<'_>) -> Element {
        let attributes = tag
            .attributes()
            .with_checks(false)
            .flatten()
            .map(|a| {
                let value = a
                    .normalized_value(XmlVersion::Implicit1_0)
                    .map_or_else(|_| a.value.to_string(), |v| v.into_owned());
                (a.key.local_name().as_ref().to_owned(), value)
            })
            .collect();
        Element { name: tag.local_name().as_ref().to_owned(), attributes, ..Element::default() }
    }

    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The number that an attribute holds.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.attribute(name)?.trim().parse().ok().filter(|n: &f64| n.is_finite())
    }

    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|c| c.name == name)
    }

    /// The children of a name.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |c| c.name == name)
    }

    /// The first element of a name in it, at any depth.
    pub fn within(&self, name: &str) -> Option<&Element> {
        self.children.iter().find_map(|c| if c.name == name { Some(c) } else { c.within(name) })
    }
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}
