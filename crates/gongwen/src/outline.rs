//! 层次: the outline of a document and the path by which each clause is known.

use std::collections::HashMap;

use crate::document::{BlockKind, Document};

/// The outline of a document, and which of its entries each block belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The entries in printed order.
    pub entries: Vec<Entry>,
    /// For every block the entry under which it stands.
    owners: Vec<Option<usize>>,
}

/// A clause: a numbered heading or paragraph, or an attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// 一/（一）/1: the numbers from the outermost clause inwards. Unique in the document; a number that is printed
    /// twice gets `~2` the second time, so that an address never changes its meaning.
    pub path: String,
    /// The last component of the path as printed; empty for a heading without a number.
    pub number: String,
    /// The heading's words without their closing 。; `None` for a numbered paragraph without a heading.
    pub title: Option<String>,
    /// Depth, as [`crate::Heading::level`].
    pub level: u8,
    /// The block that holds the number.
    pub block: usize,
    /// The entry that this one stands in.
    pub parent: Option<usize>,
}

impl Outline {
    /// Reads the outline off the headings of `document`.
    ///
    /// ```
    /// use gongwen::{Document, Outline, markdown};
    /// let blocks = markdown::read("## 一、主要任务\n\n### （一）完善网络。\n\n每个街道建成1所。\n").blocks;
    /// let outline = Outline::of(&Document { blocks, ..Document::default() });
    /// assert_eq!(outline.path_at(2), "一/（一）");
    /// assert_eq!(outline.entries[0].title.as_deref(), Some("主要任务"));
    /// ```
    pub fn of(document: &Document) -> Outline {
        let mut outline = Outline { entries: Vec::new(), owners: Vec::with_capacity(document.blocks.len()) };
        let mut printed = HashMap::new();
        let mut open: Vec<usize> = Vec::new();
        for (block, b) in document.blocks.iter().enumerate() {
            match &b.kind {
                BlockKind::Title | BlockKind::Rule => open.clear(),
                BlockKind::Heading(h) => {
                    while open.last().is_some_and(|&e| outline.entries[e].level >= h.level) {
                        open.pop();
                    }
                    let number = b.text.get(h.number.clone()).unwrap_or("");
                    let title = b.text.get(h.title.clone()).unwrap_or("");
                    let own = component(if number.is_empty() { title } else { number });
                    let parent = open.last().copied();
                    let path = parent.map_or(own.clone(), |p| format!("{}/{own}", outline.entries[p].path));
                    open.push(outline.entries.len());
                    outline.entries.push(Entry {
                        path: free(path, &mut printed),
                        number: number.to_owned(),
                        title: (!title.is_empty()).then(|| title.to_owned()),
                        level: h.level,
                        block,
                        parent,
                    });
                }
                BlockKind::Paragraph | BlockKind::Table(_) => {}
            }
            outline.owners.push(open.last().copied());
        }
        outline
    }

    /// The entry that block number `block` stands under or is; `None` for text under no heading.
    pub fn entry_at(&self, block: usize) -> Option<&Entry> {
        self.owners.get(block).copied().flatten().map(|e| &self.entries[e])
    }

    /// The same as an index into [`Outline::entries`].
    pub(crate) fn index_at(&self, block: usize) -> Option<usize> {
        self.owners.get(block).copied().flatten()
    }

    /// The path of the entry that block number `block` stands under; `""` for text under no heading.
    pub fn path_at(&self, block: usize) -> &str {
        self.entry_at(block).map_or("", |e| &e.path)
    }

    /// The entry with this path.
    pub fn find(&self, path: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.path == path)
    }
}

/// A path's component holds neither a separator of ours nor white space, which no HTML id may.
fn component(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '/' | '~')).collect()
}

/// The path itself the first time, then with `~2`, `~3` …
fn free(path: String, printed: &mut HashMap<String, usize>) -> String {
    let times = printed.entry(path.clone()).or_default();
    *times += 1;
    // `component` leaves no `~` in a path, so the suffixed form is free.
    if *times == 1 { path } else { format!("{path}~{times}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Heading};

    fn heading(level: u8, number: &str, title: &str) -> Block {
        let text = format!("{number}{title}");
        let kind = BlockKind::Heading(Heading { level, number: 0..number.len(), title: number.len()..text.len() });
        Block { kind, text }
    }

    #[test]
    fn paths_and_owners() {
        let blocks = vec![
            Block::title("通知"),
            Block::paragraph("现印发给你们。"),
            heading(2, "一", "目标"),
            heading(3, "（一）", "近期"),
            heading(4, "1", ""),
            Block::paragraph("到2020年。"),
            heading(2, "二", "任务"),
            heading(3, "（二）", "续号"),
            heading(2, "二", "重号"),
            Block::rule(),
            Block::paragraph("抄送：市委。"),
            heading(1, "附件2", "分工"),
            heading(2, "一", "表"),
            heading(2, "", "无 序/号"),
        ];
        let document = Document { blocks, ..Document::default() };
        let outline = Outline::of(&document);
        let paths: Vec<&str> = outline.entries.iter().map(|e| e.path.as_str()).collect();
        let expected =
            ["一", "一/（一）", "一/（一）/1", "二", "二/（二）", "二~2", "附件2", "附件2/一", "附件2/无序号"];
        assert_eq!(paths, expected);
        assert_eq!(outline.path_at(1), "");
        assert_eq!(outline.path_at(5), "一/（一）/1");
        assert_eq!(outline.path_at(10), "");
        assert_eq!(outline.entries[2].title, None);
    }
}
