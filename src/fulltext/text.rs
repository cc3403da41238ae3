//! 正文与段落: the text of a document as it is searched, with the clauses and table rows that a result leads to.

use gongwen::layout::Role as Element;
use gongwen::{BlockKind, Heading};
use search::{Passage, Role};

use crate::corpus::{Obligation, Policy};

/// The text of a document, and where in it its blocks and passages stand.
pub struct Text {
    /// The blocks, each on lines of its own.
    pub text: String,
    /// The passages, in order.
    pub passages: Vec<Passage>,
    /// The byte at which each block starts; that of the next one for a block that is left out.
    pub blocks: Vec<usize>,
    /// The heading that the block being put down stands under.
    label: String,
}

impl Text {
    /// Puts the blocks of `policy` together. The title, which is searched by itself, is left out where a block says
    /// nothing else.
    pub fn of(policy: &Policy, obligations: &[Obligation]) -> Text {
        let title = policy.title_block();
        let blocks = &policy.document.blocks;
        let length = blocks.iter().map(|b| b.text.len() + 1).sum();
        let mut text = Text {
            text: String::with_capacity(length),
            passages: Vec::new(),
            blocks: Vec::with_capacity(blocks.len()),
            label: String::new(),
        };
        let mut rows = obligations;
        for (i, block) in blocks.iter().enumerate() {
            let start = text.text.len();
            text.blocks.push(start);
            if block.kind == BlockKind::Rule || title == Some(i) && block.text == policy.facts.title {
                continue;
            }
            let entry = policy.outline.entry_at(i);
            let path = entry.map_or("", |e| e.path.as_str());
            text.label = entry.and_then(|e| e.title.clone()).unwrap_or_default();
            match &block.kind {
                BlockKind::Heading(heading) => text.heading(&block.text, heading, path),
                BlockKind::Table(table) => {
                    for row in &table.rows {
                        let (Some(first), Some(last)) = (row.first(), row.last()) else { continue };
                        rows = &rows[rows.partition_point(|o| (o.span.block, o.span.start) < (i, first.start))..];
                        let task = rows.first().filter(|o| o.span.block == i && o.span.start < last.end);
                        text.pass(start + first.start, Role::Text, task.map_or(path, |o| &o.path), true);
                    }
                }
                _ => {
                    let role = policy.elements.get(i).map_or(Role::Text, |e| weight(*e));
                    text.pass(start, role, path, false);
                }
            }
            text.text.push_str(&block.text);
            text.text.push('\n');
        }
        text
    }

    /// A heading, and the words that follow it on its line.
    fn heading(&mut self, block: &str, heading: &Heading, path: &str) {
        let start = self.text.len();
        if heading.title.is_empty() {
            return self.pass(start, Role::Text, path, true);
        }
        self.pass(start, Role::Heading, path, true);
        // The mark that ends the heading belongs to it.
        let rest = block.get(heading.title.end..).unwrap_or_default();
        let text = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '。' | '：' | ':' | '；' | '】'));
        self.pass(start + block.len() - text.len(), Role::Text, path, false);
    }

    /// A passage begins at byte `start`, unless it goes on (`anew` says that it cannot).
    fn pass(&mut self, start: usize, role: Role, path: &str, anew: bool) {
        let goes_on = |last: &Passage| !anew && last.role == role && last.path == path;
        if self.passages.last().is_some_and(goes_on) {
            return;
        }
        let label = if role == Role::Text { self.label.clone() } else { String::new() };
        self.passages.push(Passage { start, role, path: path.to_owned(), label, anchor: path.to_owned() });
    }
}

/// How much a paragraph counts: what is around the text of a document, less than the text.
fn weight(element: Element) -> Role {
    match element {
        Element::Title
        | Element::Text
        | Element::AttachmentNote
        | Element::Disclosure
        | Element::Contact
        | Element::Rule => Role::Text,
        Element::HeaderTable
        | Element::Masthead
        | Element::Number
        | Element::Authors
        | Element::Addressee
        | Element::Signature
        | Element::Date
        | Element::Cc
        | Element::Printed
        | Element::Review => Role::Apparatus,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    /// Each passage on a line: what it is, its path, its words.
    fn shown(text: &Text) -> Vec<String> {
        let ends = text.passages.iter().skip(1).map(|p| p.start).chain([text.text.len()]);
        let show = |(p, end): (&Passage, usize)| {
            format!(
                "{:?} {}{} {}",
                p.role,
                p.path,
                p.label,
                text.text[p.start..end].replace('\n', "|").replace('\t', " ")
            )
        };
        text.passages.iter().zip(ends).map(show).collect()
    }

    const PLAN: &str = "# 杭州市养老方案\n\n各区人民政府：\n\n现印发给你们。\n\n## 一、总体要求\n\n坚持公益。\n\n坚持普惠。\n\n\
        ### （一）新建机构。\n\n多建。\n\n# 附件 任务分工表\n\n| 任务 | 牵头 |\n| --- | --- |\n| 新建 | 市民政局 |\n\
        | 改建 | 市住建局 |\n\n---\n\n抄送：市委。\n";

    #[test]
    fn a_passage_is_a_heading_a_clause_or_a_row() {
        let corpus = Project::of([("甲.md", PLAN)]).corpus;
        let policy = &corpus.documents[0];
        let text = Text::of(policy, &corpus.obligations[policy.obligations.clone()]);
        assert_eq!(
            shown(&text),
            [
                "Apparatus  各区人民政府：|",
                "Text  现印发给你们。|",
                "Heading 一 一、总体要求",
                "Text 一总体要求 |坚持公益。|坚持普惠。|",
                "Heading 一/（一） （一）新建机构。",
                "Text 一/（一）新建机构 |多建。|",
                "Heading 附件 附件 任务分工表",
                "Text 附件任务分工表 |",
                "Text 附件任务分工表 任务 牵头|",
                "Text 附件/1任务分工表 新建 市民政局|",
                "Text 附件/2任务分工表 改建 市住建局|",
                "Apparatus  抄送：市委。|",
            ]
        );
    }
}
