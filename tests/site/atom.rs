//! Every feed of the site keeps the rules of RFC 4287, and those of RFC 3339 for its dates.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use super::published::BUILT;
use crate::support::driver::contents;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// Elements of which a feed or an entry has one at most (4.1.1, 4.1.2).
const ONCE: [&str; 9] =
    ["generator", "icon", "logo", "subtitle", "rights", "published", "summary", "content", "source"];

/// Elements of any number.
const MANY: [&str; 5] = ["author", "category", "contributor", "link", "entry"];

/// Elements that there must be exactly one of.
const NEEDED: [&str; 3] = ["id", "title", "updated"];

/// What is wrong with a feed.
fn faults(xml: &str) -> Vec<String> {
    let document = match Document::parse(xml) {
        Ok(document) => document,
        Err(error) => return vec![format!("no XML: {error}")],
    };
    let feed = document.root_element();
    let mut faults = Vec::new();
    if !feed.has_tag_name((ATOM, "feed")) {
        return vec!["no feed".to_owned()];
    }
    container(feed, &mut faults);
    let entries: Vec<Node<'_, '_>> = children(feed, "entry").collect();
    let authored = children(feed, "author").next().is_some();
    let mut seen = BTreeSet::new();
    for entry in &entries {
        container(*entry, &mut faults);
        if !authored && children(*entry, "author").next().is_none() {
            faults.push("an entry without an author, in a feed without one (4.1.1)".to_owned());
        }
        let linked = children(*entry, "link").any(|l| matches!(l.attribute("rel"), None | Some("alternate")));
        if children(*entry, "content").next().is_none() && !linked {
            faults.push("neither content nor an alternate link (4.1.2)".to_owned());
        }
        if !seen.insert((text(*entry, "id"), text(*entry, "updated"))) {
            faults.push("two entries with an id at one time (4.1.1)".to_owned());
        }
    }
    if children(feed, "link").filter(|l| l.attribute("rel") == Some("self")).count() != 1 {
        faults.push("no link to itself (4.1.1)".to_owned());
    }
    faults
}

/// What a feed and an entry have in common.
fn container(node: Node<'_, '_>, faults: &mut Vec<String>) {
    let mut fault = |what: String| faults.push(format!("{what} in {}", node.tag_name().name()));
    for name in NEEDED {
        if children(node, name).count() != 1 {
            fault(format!("not one {name} (4.1)"));
        }
    }
    for name in ONCE {
        if children(node, name).count() > 1 {
            fault(format!("more than one {name} (4.1)"));
        }
    }
    for child in node.children().filter(Node::is_element) {
        let name = child.tag_name().name();
        let known = NEEDED.contains(&name) || ONCE.contains(&name) || MANY.contains(&name);
        if child.tag_name().namespace() != Some(ATOM) || !known {
            fault(format!("an element {name} that Atom does not know"));
        }
        match name {
            "id" if !absolute(child.text().unwrap_or_default()) => {
                fault("an id that is no absolute IRI (4.2.6)".to_owned())
            }
            "updated" | "published" if !moment(child.text().unwrap_or_default()) => {
                fault(format!("{name} that is no date of RFC 3339 (3.3)"));
            }
            "title" | "subtitle" | "summary" | "rights"
                if !matches!(child.attribute("type"), None | Some("text" | "html" | "xhtml")) =>
            {
                fault(format!("{name} of an unknown type (3.1.1)"));
            }
            "author" | "contributor" if text(child, "name").is_empty() || children(child, "name").count() != 1 => {
                fault("a person without one name (3.2)".to_owned());
            }
            "category" if child.attribute("term").is_none_or(str::is_empty) => {
                fault("a category without a term (4.2.2)".to_owned());
            }
            "link" if !child.attribute("href").is_some_and(absolute) => {
                fault("a link that leads nowhere (4.2.7)".to_owned())
            }
            "link" if !child.attribute("type").is_none_or(|mime| mime.contains('/')) => {
                fault("a link to no media type (4.2.7.3)".to_owned());
            }
            _ => {}
        }
    }
    let mut alternates = BTreeSet::new();
    for link in children(node, "link").filter(|l| matches!(l.attribute("rel"), None | Some("alternate"))) {
        if !alternates.insert((link.attribute("type"), link.attribute("hreflang"))) {
            fault("two alternate links of a type (4.1)".to_owned());
        }
    }
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |n| n.has_tag_name((ATOM, name)))
}

fn text(node: Node<'_, '_>, name: &'static str) -> String {
    children(node, name).next().and_then(|n| n.text()).unwrap_or_default().to_owned()
}

/// An IRI with a scheme and without blanks (RFC 3987).
fn absolute(iri: &str) -> bool {
    let scheme = iri.split_once(':').map_or("", |(scheme, _)| scheme);
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    named && !iri.contains(|c: char| c.is_whitespace() || "<>\"{}|\\^`".contains(c))
}

/// 2018-03-05T00:00:00+08:00 (RFC 3339, 5.6).
fn moment(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    ["0000-00-00T00:00:00+00:00", "0000-00-00T00:00:00-00:00", "0000-00-00T00:00:00Z"].contains(&shape.as_str())
        && text.get(..10).is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok())
}

#[test]
fn every_feed_is_valid() {
    let mut feeds = 0;
    for (file, bytes) in contents(&BUILT) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if file.extension().is_some_and(|e| e == "xml") && text.contains("<feed") {
            assert_eq!(faults(&text), Vec::<String>::new(), "{}", file.display());
            assert!(text.contains("<entry>"), "{}", file.display());
            feeds += 1;
        }
    }
    assert!(feeds > 20, "of the site, organs, regions, topics, kinds, deputies and sessions: {feeds}");
}

/// What the rules refuse: a feed with one thing changed, and what is said of it.
#[test]
fn faults_are_found() {
    let good = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>甲</title><id>https://a.cn/</id>\
                <updated>2018-03-05T00:00:00+08:00</updated><author><name>甲</name></author>\
                <link href=\"https://a.cn/f.xml\" rel=\"self\" type=\"application/atom+xml\"/>\
                <entry><title>乙</title><id>https://a.cn/1</id><updated>2018-03-05T00:00:00Z</updated>\
                <link href=\"https://a.cn/1\" rel=\"alternate\"/></entry></feed>";
    assert_eq!(faults(good), Vec::<String>::new());
    for (from, to, said) in [
        ("<title>乙</title>", "", "not one title (4.1) in entry"),
        ("<id>https://a.cn/1</id>", "<id>documents/1</id>", "an id that is no absolute IRI (4.2.6) in entry"),
        ("05T00:00:00+08:00", "05", "updated that is no date of RFC 3339 (3.3) in feed"),
        ("2018-03-05T00:00:00Z", "2018-13-05T00:00:00Z", "updated that is no date of RFC 3339 (3.3) in entry"),
        ("<author><name>甲</name></author>", "", "an entry without an author, in a feed without one (4.1.1)"),
        ("<name>甲</name>", "<name/>", "a person without one name (3.2) in feed"),
        ("rel=\"self\"", "rel=\"via\"", "no link to itself (4.1.1)"),
        ("rel=\"alternate\"", "rel=\"via\"", "neither content nor an alternate link (4.1.2)"),
        ("href=\"https://a.cn/1\"", "href=\"1\"", "a link that leads nowhere (4.2.7) in entry"),
        ("<title>乙</title>", "<title>乙</title><tag/>", "an element tag that Atom does not know in entry"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        assert_eq!(faults(&bad), [said]);
    }
}
