//! XML, element by element. What no document of XML may hold is left out.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// A file being written.
pub struct Xml {
    writer: Writer<Vec<u8>>,
    open: Vec<String>,
}

impl Xml {
    /// A file with its first line.
    pub fn new() -> Xml {
        let mut xml = Xml { writer: Writer::new(Vec::new()), open: Vec::new() };
        xml.put(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.put(Event::Text(BytesText::from_escaped("\n")));
        xml
    }

    fn put(&mut self, event: Event<'_>) {
        // Writing into memory does not fail.
        let _ = self.writer.write_event(event);
    }

    fn start<'t>(tag: &'t str, attributes: &[(&str, &str)]) -> BytesStart<'t> {
        let mut start = BytesStart::new(tag);
        for (name, value) in attributes {
            start.push_attribute((*name, &*permitted(value)));
        }
        start
    }

    /// Opens an element.
    pub fn open(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.put(Event::Start(Xml::start(tag, attributes)));
        self.open.push(tag.to_owned());
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) {
        let Some(tag) = self.open.pop() else { return };
        self.put(Event::End(BytesEnd::new(tag.as_str())));
        // Between elements that hold elements only; inside a line of text every blank counts.
        if !INLINE.contains(&tag.as_str()) {
            self.put(Event::Text(BytesText::from_escaped("\n")));
        }
    }

    /// An element without content.
    pub fn empty(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.put(Event::Empty(Xml::start(tag, attributes)));
        self.put(Event::Text(BytesText::from_escaped("\n")));
    }

    /// Words.
    pub fn text(&mut self, text: &str) {
        self.put(Event::Text(BytesText::new(&permitted(text))));
    }

    /// The file.
    pub fn done(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.writer.into_inner()
    }
}

/// Elements that stand in a line of text.
const INLINE: [&str; 7] = ["ref", "docNumber", "docTitle", "docAuthority", "docDate", "signature", "span"];

/// `text` without the characters that XML 1.0 has no way to write (section 2.2).
fn permitted(text: &str) -> Cow<'_, str> {
    let refused =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(refused) {
        Cow::Owned(text.chars().filter(|&c| !refused(c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_written_is_well_formed() {
        let mut xml = Xml::new();
        xml.open("p", &[("title", "“甲”&<乙>\"")]);
        xml.text("1 < 2 & \u{0}\u{1b}三]]>");
        xml.open("ref", &[("href", "a.html")]);
        xml.text("《办法》");
        let text = String::from_utf8(xml.done()).expect("UTF-8");
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<p title=\"“甲”&amp;&lt;乙&gt;&quot;\">1 &lt; 2 &amp; 三]]&gt;<ref href=\"a.html\">《办法》</ref></p>\n";
        assert_eq!(text, expected);
    }
}
