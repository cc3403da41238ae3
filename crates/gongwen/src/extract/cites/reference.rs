//! 文内引用: where a text points at another place of itself: 见附件2, 本办法第三条第二项, 本意见第二部分, 前款, 前条.
//!
//! An article of another instrument (《…》第五条, 民法典第三条) is no such place. What is pointed at and not there, or there
//! twice, is left out; a short name such as 《方案》 is a mention of its [`crate::extract::Citation`].

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::extract::kit::body_start;
use crate::numeral;
use crate::scan::Cursor;
use crate::{BlockKind, Document, Entry, Outline, Span};

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
const MARKS: &[&str] = &[
    "附件",
    "附表",
    "第",
    "前款",
    "前两款",
    "前二款",
    "前三款",
    "前条",
    "上一条",
    "前两条",
    "前二条",
    "前三条",
    "本条第",
];
/// What may stand before 第三条 where it is the document's own.
const OWN: &[&str] =
    &["依照", "按照", "根据", "违反", "适用", "依据", "符合", "执行", "遵守", "详见", "参见", "见", "上述", "前述"];
/// The kinds by which a document calls itself: 本办法第三条.
pub(super) const SELF: &[&str] = &[
    "法", "条例", "规定", "办法", "细则", "规则", "规范", "意见", "通知", "方案", "章程", "决定", "规程", "标准",
    "准则", "制度", "措施", "解释", "守则", "预案", "通告", "公告", "规划", "计划", "批复", "函",
];
/// What may stand between 本 and the kind: 本实施意见, 本《办法》.
const QUALIFIERS: &[&str] =
    &["实施", "暂行", "试行", "指导", "若干", "行动", "工作", "管理", "补充", "专项", "具体", "总体", "《"];

/// Passes the words by which a document calls itself: 本办法, 本实施意见, 本《办法》.
pub(super) fn eat_self(c: &mut Cursor<'_>) -> bool {
    let mut ahead = *c;
    if !ahead.eat("本") {
        return false;
    }
    while ahead.eat_any(QUALIFIERS).is_some() {}
    // 本规定 is one kind, 本法 another; 办法 before 法.
    if ahead.eat_any(SELF).is_none() {
        return false;
    }
    ahead.eat("》");
    *c = ahead;
    true
}

static MARK: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(MARKS).ok());

/// What may be pointed at, by its number. A document that issues two sets of rules has two third articles: each text
/// means its own.
struct Places<'a> {
    outline: &'a Outline,
    /// Number → entries; the numbers of attachments are keyed by value: 附件一 is 附件1.
    by_number: HashMap<String, Vec<usize>>,
    /// For every block the part of the document that it belongs to: a title or an attachment begins one.
    parts: Vec<usize>,
    /// The articles in order, and their place in that order.
    articles: Vec<usize>,
    order: HashMap<usize, usize>,
}

impl<'a> Places<'a> {
    fn of(document: &Document, outline: &'a Outline) -> Places<'a> {
        let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
        let mut articles = Vec::new();
        let mut order = HashMap::new();
        for (i, e) in outline.entries.iter().enumerate() {
            if is_article(e) {
                order.insert(i, articles.len());
                articles.push(i);
            }
            if !e.number.is_empty() {
                by_number.entry(attachment_key(&e.number).unwrap_or_else(|| e.number.clone())).or_default().push(i);
            }
        }
        let mut part = 0;
        let parts = document.blocks.iter().map(|b| {
            let begins = b.kind == BlockKind::Title || b.heading().is_some_and(|h| h.level == 1);
            part += usize::from(begins);
            part
        });
        Places { outline, by_number, parts: parts.collect(), articles, order }
    }

    fn part(&self, block: usize) -> usize {
        self.parts.get(block).copied().unwrap_or(0)
    }

    fn entry(&self, i: usize) -> Option<&'a Entry> {
        self.outline.entries.get(i)
    }

    fn path(&self, i: usize) -> Option<&'a str> {
        self.entry(i).map(|e| e.path.as_str())
    }

    /// The one entry of this number that text in `block` can mean: in its own part of the document, else anywhere.
    fn one(&self, number: &str, block: usize, fits: impl Fn(&Entry) -> bool) -> Option<usize> {
        let all = self.by_number.get(number)?;
        let fitting = || all.iter().copied().filter(|&i| self.entry(i).is_some_and(&fits));
        let here = self.part(block);
        let near = || fitting().filter(|&i| self.entry(i).is_some_and(|e| self.part(e.block) == here));
        single(near()).or_else(|| if near().next().is_none() { single(fitting()) } else { None })
    }

    /// The entry that `block` stands under, and those around it, innermost first.
    fn around(&self, block: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.outline.index_at(block), |&i| self.entry(i)?.parent)
    }

    /// The article that `block` stands in.
    fn article(&self, block: usize) -> Option<usize> {
        self.around(block).find(|i| self.order.contains_key(i))
    }

    /// The article that stands `back` articles before that of `block`.
    fn article_before(&self, block: usize, back: usize) -> Option<usize> {
        let at = self.order.get(&self.article(block)?)?.checked_sub(back)?;
        self.articles.get(at).copied().filter(|&i| self.entry(i).map(|e| self.part(e.block)) == Some(self.part(block)))
    }

    /// The clause that 前款 speaks of: the article around it, or in a text without articles the clause.
    fn clause(&self, block: usize) -> Option<usize> {
        self.article(block).or_else(|| self.around(block).next())
    }

    /// Number `number` directly under entry `parent`.
    fn child(&self, parent: usize, number: &str) -> Option<usize> {
        let all = self.by_number.get(number)?;
        single(all.iter().copied().filter(|&i| self.entry(i).is_some_and(|e| e.parent == Some(parent))))
    }

    /// Number `number` under the clause of `block` or beside it.
    fn beside(&self, block: usize, number: &str) -> Option<usize> {
        self.around(block).find_map(|i| self.child(i, number))
    }
}

fn single(mut found: impl Iterator<Item = usize>) -> Option<usize> {
    found.next().filter(|_| found.next().is_none())
}

fn is_article(e: &Entry) -> bool {
    e.number.starts_with('第') && e.number.contains('条')
}

/// 附件一, 附件 1 and 附件1 are one number; `None` for what is no attachment's.
fn attachment_key(number: &str) -> Option<String> {
    let mut c = Cursor::new(number, 0);
    let word = c.eat_any(&["附件", "附表"])?;
    Some(c.spaces().numeral().map_or_else(|| word.to_owned(), |(_, n)| format!("{word}{n}")))
}

/// Every reference of the document to a place of its own, in printed order.
pub fn references(document: &Document, outline: &Outline) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    let Some(marks) = MARK.as_ref() else { return found };
    let places = Places::of(document, outline);
    if places.by_number.is_empty() {
        return found;
    }
    for (block, b) in document.blocks.iter().enumerate() {
        if !matches!(b.kind, BlockKind::Heading(_) | BlockKind::Paragraph) {
            continue;
        }
        let text = b.text.as_str();
        let body = body_start(document, block);
        // Where the last reference ends, from which a list goes on: 第三条、第五条.
        let mut last_end = usize::MAX;
        for mark in marks.find_iter(text).filter(|m| m.start() >= body) {
            if found.last().is_some_and(|f| f.text.block == block && mark.start() < f.text.end) {
                continue;
            }
            let at = mark.start();
            let hits: Vec<(Range<usize>, usize)> = match &text[mark.range()] {
                "附件" | "附表" => attachments(text, at, block, &places),
                "第" => numbered(text, at, last_end, block, &places).into_iter().collect(),
                "本条第" => own_article(text, at, block, &places).into_iter().collect(),
                word => before(word)
                    .and_then(|(unit, back)| match unit {
                        '条' => places.article_before(block, back),
                        _ => places.clause(block),
                    })
                    .map(|i| (mark.range(), i))
                    .into_iter()
                    .collect(),
            };
            for (range, target) in hits {
                last_end = range.end;
                let Some(target) = places.path(target) else { continue };
                let text = Span::new(block, range);
                found.push(Reference { path: outline.path_at(block).to_owned(), text, target: target.to_owned() });
            }
        }
    }
    found
}

/// 前款, 前条, 前两款, 上一条: what is counted and how many back.
fn before(word: &str) -> Option<(char, usize)> {
    let unit = word.chars().next_back()?;
    let count = word.chars().nth(1).filter(|c| *c != unit).and_then(numeral::digit);
    Some((unit, count.and_then(|n| usize::try_from(n).ok()).unwrap_or(1)))
}

/// 附件2, 附件, 附件1、3: the attachments of those numbers, or the only one.
fn attachments(text: &str, at: usize, block: usize, places: &Places<'_>) -> Vec<(Range<usize>, usize)> {
    let mut found = Vec::new();
    let mut c = Cursor::new(text, at);
    let Some(word) = c.eat_any(&["附件", "附表"]) else { return found };
    let bare = c.at();
    let any = |number: &str| places.one(number, block, |_| true);
    let Some((_, n)) = c.spaces().numeral() else {
        let only = || any(&format!("{word}1")).filter(|_| !places.by_number.contains_key(&format!("{word}2")));
        found.extend(any(word).or_else(only).map(|i| (at..bare, i)));
        return found;
    };
    let alone = || if n == 1 { any(word) } else { None };
    found.extend(any(&format!("{word}{n}")).or_else(alone).map(|i| (at..c.at(), i)));
    loop {
        let mut ahead = c;
        if ahead.eat_any(&["、", "和", "及", "与", "至", "—", "-"]).is_none() {
            return found;
        }
        let start = ahead.spaces().at();
        let Some((_, n)) = ahead.numeral() else { return found };
        found.extend(any(&format!("{word}{n}")).map(|i| (start..ahead.at(), i)));
        c = ahead;
    }
}

/// 本办法第三条第二项, 依照第三条, 本意见第二部分, 本意见第（三）条: where the words for a place of this document begin
/// and end, and the place.
fn numbered(
    text: &str,
    at: usize,
    last_end: usize,
    block: usize,
    places: &Places<'_>,
) -> Option<(Range<usize>, usize)> {
    let start = start_of(text, at, last_end)?;
    let mut c = Cursor::new(text, at);
    c.eat("第");
    if let Some(number) = bracketed(&mut c) {
        c.eat_any(&["条", "项", "款", "部分", "点"])?;
        let found = places.beside(block, &number).or_else(|| places.one(&number, block, |_| true))?;
        return Some((start..c.at(), found));
    }
    let (digits, _) = c.numeral()?;
    match c.eat_any(&["条", "部分", "章", "项"])? {
        "条" => {
            inserted(&mut c);
            let number = text.get(at..c.at())?;
            if let Some(article) = places.one(number, block, is_article) {
                let item = item(&mut c, article, places);
                return Some((start..c.at(), item.unwrap_or(article)));
            }
            // 本意见第三条 of an opinion that numbers its clauses 三 or （三）, where only one of them is there.
            let plain = places.one(digits, block, |e| e.parent.is_none());
            let nested = places.one(&format!("（{digits}）"), block, |_| true);
            let found = if places.articles.is_empty() { plain.xor(nested)? } else { return None };
            Some((start..c.at(), found))
        }
        "部分" => {
            let whole = text.get(at..c.at())?;
            let found = places.one(whole, block, |_| true).or_else(|| places.one(digits, block, |_| true))?;
            Some((start..c.at(), found))
        }
        "章" => Some((start..c.at(), places.one(text.get(at..c.at())?, block, |_| true)?)),
        "项" => Some((start..c.at(), places.beside(block, &format!("（{digits}）"))?)),
        _ => None,
    }
}

/// Where the words begin that point with the 第 at `at`: at 本办法, 上述, the 第 of a list that goes on, or the 第 after a
/// word such as 依照. `None` where the number may be another instrument's.
fn start_of(text: &str, at: usize, last_end: usize) -> Option<usize> {
    let before = text[..at].trim_end();
    // 本 stands no farther before than the longest way of calling oneself.
    let near = before.char_indices().rev().nth(11).map_or(0, |(i, _)| i);
    if let Some(own) = before[near..].rfind('本').map(|i| near + i) {
        let mut c = Cursor::new(before, own);
        if eat_self(&mut c) && c.rest().is_empty() {
            return Some(own);
        }
    }
    if let Some(head) = ["上述", "前述"].iter().find_map(|w| before.strip_suffix(w)) {
        return Some(head.len());
    }
    // 第三条第二款、第五条: nothing but joints, 款 and 项 between two articles of one list.
    let joint = |c: char| "、和及与或者至到第款项".contains(c) || numeral::is_chinese_numeral(c);
    let joined = text.get(last_end..at).is_some_and(|gap| gap.len() <= 48 && gap.chars().all(joint));
    // 意见 ends in 见 and points at nothing.
    let cue = !before.ends_with("意见") && OWN.iter().any(|w| before.ends_with(w));
    (joined || cue).then_some(at)
}

/// 本条第一款: the article around, or its item.
fn own_article(text: &str, at: usize, block: usize, places: &Places<'_>) -> Option<(Range<usize>, usize)> {
    let mut c = Cursor::new(text, at);
    c.eat("本条");
    let article = places.article(block)?;
    let bare = c;
    let found = item(&mut c, article, places).unwrap_or(article);
    if c.at() == bare.at() {
        c.eat("第");
        c.numeral()?;
        c.eat_any(&["款"])?;
    }
    Some((at..c.at(), found))
}

/// Passes 第二款第（三）项 and 第三项 where `article` has that item.
fn item(c: &mut Cursor<'_>, article: usize, places: &Places<'_>) -> Option<usize> {
    let mut ahead = *c;
    let mut paragraph = ahead;
    if paragraph.eat("第") && paragraph.numeral().is_some() && paragraph.eat("款") {
        ahead = paragraph;
    }
    if !ahead.eat("第") {
        return None;
    }
    let number = bracketed(&mut ahead).or_else(|| ahead.numeral().map(|(digits, _)| format!("（{digits}）")))?;
    ahead.eat_any(&["项"])?;
    let found = places.child(article, &number)?;
    *c = ahead;
    Some(found)
}

/// Passes （三） with brackets of either width.
fn bracketed(c: &mut Cursor<'_>) -> Option<String> {
    let mut ahead = *c;
    ahead.eat_any(&["（", "("])?;
    let (digits, _) = ahead.numeral()?;
    ahead.eat_any(&["）", ")"])?;
    *c = ahead;
    Some(format!("（{digits}）"))
}

/// Passes 之二 of 第九条之二.
fn inserted(c: &mut Cursor<'_>) {
    let mut ahead = *c;
    if ahead.eat("之") && ahead.numeral().is_some() {
        *c = ahead;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;

    /// The references of a document, each as its words and what they point at.
    fn pointed(blocks: Vec<Block>) -> Vec<String> {
        let document = Document { blocks, ..Document::default() };
        let outline = Outline::of(&document);
        let found = references(&document, &outline);
        assert!(found.iter().all(|r| outline.find(&r.target).is_some()), "{found:?}");
        found.iter().map(|r| format!("{} → {}", document.quote(r.text), r.target)).collect()
    }

    #[test]
    fn articles_and_attachments() {
        let got = pointed(vec![
            Block::heading_of(2, "第一条"),
            Block::paragraph("为了规范工作，制定本办法（见附件 2）。"),
            Block::heading_of(2, "第二条"),
            Block::paragraph("违反本办法第一条、第三条规定的，按照《某条例》第三条处理；前条情形按附件1执行。"),
            Block::heading_of(2, "第三条"),
            Block::paragraph("前款规定和民法典第一条同样适用，见附件9。有下列情形之一的，适用本条第二款："),
            Block::heading_of(3, "（一）逾期的；"),
            Block::heading_of(3, "（二）有前项情形，又不改正的。"),
            Block::heading_of(2, "第四条"),
            Block::paragraph("符合本办法第三条第（二）项、第三条第一项规定的，参照前两条执行，材料见附件一、二。"),
            Block::heading_of(2, "第四条之一"),
            Block::paragraph("附件：1.申请表"),
            Block::paragraph("第四条不适用的，适用第四条之一，本办法第九条除外。"),
            Block::heading_of(1, "附件1"),
            Block::heading_of(1, "附件2"),
        ]);
        let expected = [
            "附件 2 → 附件2",
            "本办法第一条 → 第一条",
            "第三条 → 第三条",
            "前条 → 第一条",
            "附件1 → 附件1",
            "前款 → 第三条",
            "本条第二款 → 第三条",
            "本办法第三条第（二）项 → 第三条/（二）",
            "第三条第一项 → 第三条/（一）",
            "前两条 → 第二条",
            "附件一 → 附件1",
            "二 → 附件2",
            "第四条之一 → 第四条之一",
        ];
        assert_eq!(got, expected);
    }

    #[test]
    fn clauses_of_an_opinion() {
        let got = pointed(vec![
            Block::title("关于推进工作的实施意见"),
            Block::heading_of(2, "一、总体要求"),
            Block::heading_of(2, "二、主要任务"),
            Block::heading_of(3, "（一）建设机构。"),
            Block::paragraph("按照本实施意见第三部分的要求落实，具体见附件，上述要求不得降低。"),
            Block::heading_of(3, "（二）培训人员。"),
            Block::paragraph("落实上述第（一）项任务和本意见第三条，其他意见第二部分不适用。"),
            Block::heading_of(2, "三、组织保障"),
            Block::paragraph("附件：任务分工"),
            Block::heading_of(1, "附件 任务分工"),
        ]);
        let expected = [
            "本实施意见第三部分 → 三",
            "附件 → 附件",
            "上述第（一）项 → 二/（一）",
            "本意见第三条 → 三",
            "附件 → 附件",
        ];
        assert_eq!(got, expected);
    }

    /// Each of two texts means its own articles; what is there twice for a third is nowhere.
    #[test]
    fn two_sets_of_rules_in_one_document() {
        let got = pointed(vec![
            Block::title("关于印发两个办法的通知"),
            Block::paragraph("按照第一条办理，其中第二条按照本办法第二条执行。"),
            Block::title("甲办法"),
            Block::heading_of(2, "第一条"),
            Block::heading_of(2, "第二条"),
            Block::paragraph("依照本办法第一条办理。"),
            Block::title("乙办法"),
            Block::heading_of(2, "第一条"),
            Block::paragraph("前条不适用，依照本办法第一条办理。"),
        ]);
        assert_eq!(got, ["本办法第二条 → 第二条", "本办法第一条 → 第一条", "本办法第一条 → 第一条~2"]);
    }
}
