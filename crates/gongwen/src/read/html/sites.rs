//! 网站的记号: what publishers leave in their pages, from `sites.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::dom::{Id, Tree};

/// The table, as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    bodies: Vec<String>,
    marks: Vec<Mark>,
    titles: Titles,
    furniture: Furniture,
    aliases: Vec<Names>,
    meta: Vec<Names>,
    notes: Vec<String>,
    attachments: Attachments,
}

/// Comments between which the text of a document stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mark {
    /// Begins it.
    pub(super) from: String,
    /// Ends it.
    pub(super) to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titles {
    places: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Furniture {
    parts: Vec<String>,
    words: HashSet<String>,
    lines: HashSet<String>,
    openings: Vec<String>,
    related: HashSet<String>,
    labels: HashSet<String>,
    pager: HashSet<String>,
    next: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    label: String,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Attachments {
    extensions: HashSet<String>,
}

/// What is known of sites.
pub(super) struct Sites {
    bodies: Places,
    titles: Places,
    /// Comments around the text.
    pub(super) marks: Vec<Mark>,
    furniture: Furniture,
    /// Label and rank among the names of the label, by the name of a `<meta>`.
    meta: HashMap<String, (String, usize)>,
    /// Labels by other names for them.
    aliases: HashMap<String, String>,
    extensions: HashSet<String>,
    /// 注：, which opens a note under a table.
    notes: Vec<String>,
}

/// Names of ids and classes, in lower case.
#[derive(Default)]
struct Places {
    ids: HashSet<String>,
    classes: HashSet<String>,
}

/// See [`Sites`].
pub(super) static SITES: LazyLock<Sites> = LazyLock::new(|| {
    let table: Table = crate::wordlist::load("sites.toml", include_str!("sites.toml"));
    let named =
        |m: &Names| m.names.iter().enumerate().map(|(i, n)| (n.clone(), (m.label.clone(), i))).collect::<Vec<_>>();
    let aliased = |a: Names| a.names.into_iter().map(move |n| (n, a.label.clone()));
    Sites {
        bodies: Places::of(&table.bodies),
        titles: Places::of(&table.titles.places),
        marks: table.marks,
        furniture: table.furniture,
        meta: table.meta.iter().flat_map(named).collect(),
        aliases: table.aliases.into_iter().flat_map(aliased).collect(),
        extensions: table.attachments.extensions,
        notes: table.notes,
    }
});

impl Places {
    fn of(names: &[String]) -> Self {
        let mut places = Places::default();
        for name in names {
            let lower = name.to_lowercase();
            match lower.strip_prefix('#') {
                Some(id) => places.ids.insert(id.to_owned()),
                None => places.classes.insert(lower.trim_start_matches('.').to_owned()),
            };
        }
        places
    }

    fn hold(&self, tree: &Tree, id: Id) -> bool {
        tree.attribute(id, "id").is_some_and(|i| self.ids.contains(i.to_lowercase().as_str()))
            || classes(tree, id).any(|c| self.classes.contains(c.to_lowercase().as_str()))
    }
}

impl Sites {
    /// True where a publisher sets the text of a document.
    pub(super) fn is_body(&self, tree: &Tree, id: Id) -> bool {
        self.bodies.hold(tree, id)
    }

    /// True where a publisher sets the title of a document.
    pub(super) fn is_title(&self, tree: &Tree, id: Id) -> bool {
        tree.tag(id) == "h1" || self.titles.hold(tree, id)
    }

    /// True for an element that is named as menus, share bars and the like are.
    pub(super) fn is_furniture(&self, tree: &Tree, id: Id) -> bool {
        if matches!(tree.tag(id), "nav" | "footer") {
            return true;
        }
        let named = |name: &str| {
            let name = name.to_lowercase();
            self.furniture.words.contains(&name) || self.furniture.parts.iter().any(|p| name.contains(p.as_str()))
        };
        tree.attribute(id, "id").is_some_and(named) || classes(tree, id).any(named)
    }

    /// True for a line that says nothing but what one can do with the page.
    pub(super) fn is_page_line(&self, text: &str) -> bool {
        const SHORT: usize = 60;
        let packed = packed(text);
        let bare = packed.trim_matches(|c| "[]【】()（）|·>》:：".contains(c));
        bare.is_empty()
            || self.furniture.lines.contains(bare)
            || text.chars().count() <= SHORT && self.furniture.openings.iter().any(|o| packed.starts_with(o.as_str()))
    }

    /// True for the heading of a list of other documents: 相关阅读.
    pub(super) fn is_related(&self, text: &str) -> bool {
        let packed = packed(text);
        self.furniture.related.contains(packed.trim_matches(|c| "[]【】()（）|·>》:：".contains(c)))
    }

    /// The label that another name for it stands for: 稿源 is 来源.
    pub(super) fn alias(&self, name: &str) -> Option<&str> {
        self.aliases.get(name).map(String::as_str)
    }

    /// True for a label that speaks of the page: 字体, 浏览次数.
    pub(super) fn is_page_label(&self, label: &str) -> bool {
        self.furniture.labels.contains(label)
    }

    /// True for a note under a table.
    pub(super) fn is_note(&self, text: &str) -> bool {
        self.notes.iter().any(|n| text.starts_with(n.as_str()))
    }

    /// True for the words of a link to another page of the same document: 下一页.
    pub(super) fn is_pager(&self, text: &str) -> bool {
        self.furniture.pager.contains(text)
    }

    /// True for the words of a link to the next page.
    pub(super) fn is_next(&self, text: &str) -> bool {
        self.furniture.next.contains(text)
    }

    /// The label that a `<meta>` of this name stands for, and its rank among the names for it.
    pub(super) fn label(&self, name: &str) -> Option<(&str, usize)> {
        self.meta.get(&name.to_lowercase()).map(|(l, i)| (l.as_str(), *i))
    }

    /// True where an address leads to a file that is no page.
    pub(super) fn is_file(&self, address: &str) -> bool {
        let name = file_name(address);
        name.rsplit_once('.').is_some_and(|(_, e)| e.len() <= 5 && self.extensions.contains(&e.to_ascii_lowercase()))
    }

    /// True for the small picture that an editor sets before a linked file: doc.gif, icon_pdf.png.
    pub(super) fn is_icon(&self, address: &str) -> bool {
        let name = file_name(address).to_ascii_lowercase();
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let kind = stem.trim_start_matches("icon").trim_end_matches("icon").trim_matches(['_', '-']);
        stem.starts_with("icon_") || self.extensions.contains(kind)
    }
}

/// The last part of the path of an address.
fn file_name(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or("");
    path.rsplit('/').next().unwrap_or("")
}

/// The words of a class attribute.
fn classes(tree: &Tree, id: Id) -> impl Iterator<Item = &str> {
    tree.attribute(id, "class").unwrap_or("").split_ascii_whitespace()
}

/// A text without its white space.
pub(super) fn packed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        assert!(
            SITES.is_page_line("【打印本页】")
                && SITES.is_page_line("【字体： 大 中 小 】")
                && !SITES.is_page_line("一、打印")
        );
        assert!(SITES.is_file("./P020200101.DOCX?x=1") && !SITES.is_file("index.html") && !SITES.is_file("/pdf"));
        assert!(SITES.is_icon("/sysimage/file/doc.gif") && SITES.is_icon("icon_pdf.png") && !SITES.is_icon("W020.png"));
        assert_eq!(SITES.alias("稿源"), Some("来源"));
        assert_eq!(SITES.label("PubDate"), Some(("发布日期", 0)));
        assert!(SITES.is_related("相关阅读：") && SITES.is_pager("下一页") && SITES.is_page_label("字体"));
    }
}
