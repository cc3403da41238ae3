//! 文内引用: where a text points at another place of itself: 见附件2, 本办法第三条, 前款, 前条.
//!
//! An article of another instrument (《…》第五条, 民法典第三条) is no such place. What is pointed at and not there is left
//! out; a short name such as 《方案》 is a mention of its [`super::Citation`].

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::body_start;
use crate::scan::Cursor;
use crate::{BlockKind, Document, Outline, Span};

/// 一处文内引用.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Path of the clause that it stands in.
    pub path: String,
    /// The words that point: 附件2, 本办法第三条.
    pub text: Span,
    /// Outline path of what they point at.
    pub target: String,
}

/// What every reference holds.
const MARKS: &[&str] = &["附件", "附表", "第", "前款", "前条"];
/// What may stand before 第三条 where it is the document's own.
const OWN: &[&str] = &["依照", "按照", "根据", "违反", "适用", "依据", "符合", "执行", "遵守"];
/// The kinds by which a document calls itself: 本办法第三条.
const SELF: &[&str] = &[
    "法", "条例", "规定", "办法", "细则", "规则", "规范", "意见", "通知", "方案", "章程", "决定", "规程", "标准",
    "准则", "制度", "措施", "解释", "守则", "预案",
];

static MARK: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(MARKS).ok());

/// Every reference of the document to a place of its own, in printed order.
pub fn references(document: &Document, outline: &Outline) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    let Some(marks) = MARK.as_ref() else { return found };
    let mut places: HashMap<&str, &str> = HashMap::new();
    let mut articles: Vec<&str> = Vec::new();
    for e in &outline.entries {
        if e.number.starts_with('第') && e.number.contains('条') {
            places.entry(&e.number).or_insert(&e.path);
            articles.push(&e.path);
        } else if e.number.starts_with('附') {
            places.entry(&e.number).or_insert(&e.path);
        }
    }
    if places.is_empty() {
        return found;
    }
    let order: HashMap<&str, usize> = articles.iter().enumerate().map(|(i, p)| (*p, i)).collect();
    for (block, b) in document.blocks.iter().enumerate() {
        if !matches!(b.kind, BlockKind::Heading(_) | BlockKind::Paragraph) {
            continue;
        }
        let text = b.text.as_str();
        let body = body_start(document, block);
        let path = outline.path_at(block);
        // The article that a list goes on from: 第三条、第五条.
        let mut last_end = usize::MAX;
        for mark in marks.find_iter(text).filter(|m| m.start() >= body) {
            let word = MARKS.get(mark.pattern().as_usize()).copied().unwrap_or("");
            let hit: Option<(Range<usize>, &str)> = match word {
                "附件" | "附表" => attachment(text, mark.start(), &places),
                "第" => article(text, mark.start(), last_end).and_then(|r| {
                    let number = text.get(mark.start()..r.end)?;
                    Some((r, *places.get(number)?))
                }),
                "前条" => order.get(path).and_then(|i| articles.get(i.checked_sub(1)?)).map(|p| (mark.range(), *p)),
                _ => (!path.is_empty()).then(|| (mark.range(), path)),
            };
            if let Some((range, target)) = hit {
                last_end = range.end;
                found.push(Reference {
                    path: path.to_owned(),
                    text: Span::new(block, range),
                    target: target.to_owned(),
                });
            }
        }
    }
    found
}

/// 附件2, 附件: the attachment of that number, or the only one.
fn attachment<'a>(text: &str, at: usize, places: &HashMap<&str, &'a str>) -> Option<(Range<usize>, &'a str)> {
    // A line that begins with 附件 lists the attachments or heads one.
    if text[..at].trim().is_empty() {
        return None;
    }
    let mut c = Cursor::new(text, at);
    let word = c.eat_any(&["附件", "附表"])?;
    let bare = c.at();
    let digits = c.spaces().numeral();
    let end = if digits.is_some() { c.at() } else { bare };
    let number = digits.map_or(1, |(_, n)| n);
    let target = places
        .get(format!("{word}{number}").as_str())
        .or_else(|| text.get(at..end).and_then(|t| places.get(t)))
        .or_else(|| (number == 1).then(|| places.get(word)).flatten())?;
    Some((at..end, target))
}

/// 本办法第三条, 依照第三条: where the words for an article of this document begin and end.
fn article(text: &str, at: usize, last_end: usize) -> Option<Range<usize>> {
    let mut c = Cursor::new(text, at);
    c.eat("第");
    c.numeral()?;
    if !c.eat("条") {
        return None;
    }
    if c.rest().starts_with('之') {
        let mut inserted = c;
        inserted.eat("之");
        if inserted.numeral().is_some() {
            c = inserted;
        }
    }
    let before = text[..at].trim_end();
    let own = SELF.iter().filter_map(|w| before.strip_suffix(w)).find_map(|b| b.strip_suffix('本'));
    if let Some(own) = own {
        return Some(own.len()..c.at());
    }
    // 第三条第二款、第五条: nothing but joints, 款 and 项 between two articles of one list.
    let joint = |c: char| "、和及与或者至到第款项".contains(c) || crate::numeral::is_chinese_numeral(c);
    let joined = text.get(last_end..at).is_some_and(|gap| gap.chars().take(16).all(joint) && gap.len() <= 48);
    let cue = OWN.iter().any(|w| before.ends_with(w));
    (joined || cue).then(|| at..c.at())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Heading};

    #[test]
    fn places() {
        let heading = |level: u8, number: &str| Block {
            kind: BlockKind::Heading(Heading { level, number: 0..number.len(), title: number.len()..number.len() }),
            text: number.to_owned(),
        };
        let blocks = vec![
            heading(2, "第一条"),
            Block::paragraph("为了规范工作，制定本办法（见附件 2）。"),
            heading(2, "第二条"),
            Block::paragraph("违反本办法第一条、第三条规定的，按照《某条例》第三条处理；前条情形按附件1执行。"),
            heading(2, "第三条"),
            Block::paragraph("前款规定和民法典第一条同样适用，见附件9。"),
            heading(1, "附件1"),
            heading(1, "附件2"),
        ];
        let document = Document { blocks, ..Document::default() };
        let got: Vec<(String, String)> = references(&document, &Outline::of(&document))
            .into_iter()
            .map(|r| (document.quote(r.text).to_owned(), r.target))
            .collect();
        let expected = [
            ("附件 2", "附件2"),
            ("本办法第一条", "第一条"),
            ("第三条", "第三条"),
            ("前条", "第一条"),
            ("附件1", "附件1"),
            ("前款", "第三条"),
        ];
        assert_eq!(got, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }
}
