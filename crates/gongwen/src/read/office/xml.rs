//! XML of office files: elements and text, one after the other, with bounds and without entities.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

use crate::piece::Refusal;

/// Elements may lie this deep in each other.
const DEPTH: usize = 1000;

/// The vocabularies that are told apart; elements of all others go by their local names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// WordprocessingML, transitional or strict.
    Word,
    /// Formulas.
    Math,
    /// DrawingML, VML and whatever else there is.
    Other,
}

impl Space {
    /// The vocabulary of this namespace, transitional (…/wordprocessingml/2006/main) or strict.
    fn of(uri: &str) -> Space {
        if uri.contains("wordprocessingml") && uri.ends_with("/main") {
            Space::Word
        } else if uri.contains("officeDocument") && uri.ends_with("/math") {
            Space::Math
        } else {
            Space::Other
        }
    }
}

/// What stands in a part.
pub enum Node<'a> {
    /// An element begins.
    Open(Space, &'a str, Attributes<'a>),
    /// The innermost open element ends.
    Close,
    /// Text.
    Text(Cow<'a, str>),
}

/// The attributes of an element.
pub struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of the attribute with this local name.
    pub fn get(&self, name: &str) -> Option<String> {
        // Without the check for doubles, which takes time with the square of their number.
        let found = self.0.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// The whole number that the attribute with this local name holds.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.trim().parse().ok()
    }

    /// What `w:val` says of a property that is on where it says nothing (ECMA-376-1, 17.17.4).
    pub fn on(&self) -> bool {
        !matches!(self.get("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Gives `each` every element and text of the part `name` in order.
///
/// # Errors
/// `xml-broken`, `xml-entities`, `xml-deep`, and what `each` refuses.
pub fn walk(name: &str, bytes: &[u8], mut each: impl FnMut(Node<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
    let (text, _, _) = encoding_rs::UTF_8.decode(bytes);
    let mut reader = NsReader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut depth = 0;
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|_| broken(name))?;
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > DEPTH {
                    return Err(Refusal::new(
                        "xml-deep",
                        format!("{name} 里的内容一层套一层，超过 {DEPTH} 层"),
                        "请检查文件的来源，或者用办公软件打开后另存一份，再导入",
                    ));
                }
                let space = match space {
                    ResolveResult::Bound(uri) => Space::of(uri.as_ref()),
                    _ => Space::Other,
                };
                each(Node::Open(space, start.local_name().as_ref(), Attributes(&start)))?;
            }
            Event::End(_) => {
                depth -= 1;
                each(Node::Close)?;
            }
            Event::Text(text) => each(Node::Text(text.xml10_content()))?,
            Event::CData(text) => each(Node::Text(text.xml10_content()))?,
            Event::GeneralRef(reference) => {
                let c = match reference.xml10_content().as_ref() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                let c = c.ok_or_else(|| broken(name))?;
                each(Node::Text(Cow::Borrowed(c.encode_utf8(&mut [0; 4]))))?;
            }
            Event::DocType(_) => {
                return Err(Refusal::new(
                    "xml-entities",
                    format!("{name} 里定义了实体，办公软件不会这样写"),
                    "请检查文件的来源，或者用办公软件打开后另存一份，再导入",
                ));
            }
            Event::Eof if depth > 0 => return Err(broken(name)),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn broken(name: &str) -> Refusal {
    Refusal::new("xml-broken", format!("{name} 损坏，读不完"), "请从原处重新取得，或者用办公软件打开后另存一份，再导入")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(xml: &[u8]) -> Result<String, String> {
        let mut out = String::new();
        walk("word/document.xml", xml, |node| {
            match node {
                Node::Open(space, name, attributes) => {
                    out += &format!("<{name} {space:?} {}>", attributes.get("val").unwrap_or_default());
                }
                Node::Close => out.push_str("</>"),
                Node::Text(text) => out += &text,
            }
            Ok(())
        })
        .map_err(|r| format!("{}: {}。{}", r.code, r.reason, r.help))?;
        Ok(out)
    }

    #[test]
    fn elements_and_text() {
        let xml = "<a xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:t w:val='1&amp;2'/>甲&lt;&#20057;<![CDATA[<丙>]]></a>";
        assert_eq!(shown(xml.as_bytes()).as_deref(), Ok("<a Other ><t Word 1&2></>甲<乙<丙></>"));
        let utf16: Vec<u8> =
            std::iter::once(0xfeffu16).chain("<a>甲</a>".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(shown(&utf16).as_deref(), Ok("<a Other >甲</>"));
    }

    #[test]
    fn what_is_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>";
        let deep = "<a>".repeat(1001);
        let table = [
            (
                bomb,
                "xml-entities: word/document.xml 里定义了实体，办公软件不会这样写。请检查文件的来源，或者用办公软件打开后另存一份，再导入",
            ),
            (
                &deep,
                "xml-deep: word/document.xml 里的内容一层套一层，超过 1000 层。请检查文件的来源，或者用办公软件打开后另存一份，再导入",
            ),
            (
                "<a>甲",
                "xml-broken: word/document.xml 损坏，读不完。请从原处重新取得，或者用办公软件打开后另存一份，再导入",
            ),
            (
                "<a>&c;</a>",
                "xml-broken: word/document.xml 损坏，读不完。请从原处重新取得，或者用办公软件打开后另存一份，再导入",
            ),
        ];
        for (xml, message) in table {
            assert_eq!(shown(xml.as_bytes()).expect_err(message), message);
        }
    }
}
