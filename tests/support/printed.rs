//! What a page prints of its document.

use scraper::{Html, Node, Selector};

/// What an element prints of the document, without what the page adds to it (class `zk`).
#[allow(dead_code)] // not every test binary that has this room asks for it
pub fn words(element: ego_tree::NodeRef<'_, Node>) -> String {
    match element.value() {
        Node::Text(text) => text.to_string(),
        Node::Element(e) if e.classes().any(|c| c == "zk") => String::new(),
        _ => element.children().map(words).collect(),
    }
}

/// The text of a page's `#zk-text` element without blanks and without what the page adds to the document (class `zk`).
pub fn printed_text(html: &str) -> String {
    fn gather(node: ego_tree::NodeRef<'_, Node>, out: &mut String) {
        match node.value() {
            Node::Text(text) => out.extend(text.chars().filter(|c| !c.is_whitespace())),
            Node::Element(e) if e.classes().any(|c| c == "zk") => {}
            _ => node.children().for_each(|child| gather(child, out)),
        }
    }
    let html = Html::parse_document(html);
    let mut out = String::new();
    for element in html.select(&Selector::parse("#zk-text").expect("a selector")) {
        gather(*element, &mut out);
    }
    out
}
