//! 承诺: what a reply to a deputy or a CPPCC member promises to do, and whom it consulted.
//!
//! Promises stand under a heading such as 下一步计划, or follow 下一步，in a reply without headings; elsewhere only what
//! an organ says it 将 do. Each part of a sentence is one; its actor is the one printed in it or in the sentence before
//! it in the same paragraph, and stays empty where none is printed.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::extract::kit::actors::actors;
use crate::extract::kit::organ::{Actor, actor, is_organ};
use crate::extract::kit::sentence::{Hidden, ends_clause, parts, skip_marks};
use crate::extract::kit::{Name, body_start, trimmed, unended};
use crate::extract::what::indicator::{self, Indicator};
use crate::extract::when::{self, Context, Deadline};
use crate::{BlockKind, Document, Outline, Span};

/// 一项承诺.
#[derive(Clone, Debug, PartialEq)]
pub struct Commitment {
    /// Path of the clause.
    pub path: String,
    /// The part of the sentence, without its final 。 or ；.
    pub text: Span,
    /// Who promises; empty where no actor is printed.
    pub actor: Vec<Name>,
    /// True where the actor stands in the sentence before.
    pub actor_carried: bool,
    /// By when.
    pub due: Option<Deadline>,
    /// Numbers that are promised.
    pub indicators: Vec<Indicator>,
}

/// Longest list of actors, in bytes.
const ACTOR: usize = 180;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Words {
    headings: Vec<String>,
    openers: Vec<String>,
    closers: Vec<String>,
    future: Vec<String>,
    verbs: Vec<String>,
    sections: Vec<String>,
    asked: Vec<String>,
    past: Vec<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::wordlist::load("commitment.toml", include_str!("commitment.toml")));

/// True for a reply to a proposal.
fn is_reply(document: &Document) -> bool {
    let meta = &document.meta;
    meta.reply.is_some() || meta.kind.as_deref().is_some_and(|k| k.contains("答复") || k.contains("复函"))
}

/// The commitments of a reply, in printed order; none of any other document.
pub fn commitments(document: &Document, outline: &Outline) -> Vec<Commitment> {
    let mut found = Vec::new();
    if !is_reply(document) {
        return found;
    }
    let context = Context::of(document);
    // 下一步，我局将做好以下工作： opens every later paragraph of its clause.
    let mut opened: Option<&str> = None;
    for (block, b) in document.blocks.iter().enumerate() {
        if !matches!(b.kind, BlockKind::Heading(_) | BlockKind::Paragraph) {
            continue;
        }
        let path = outline.path_at(block);
        let text = b.text.as_str();
        let body = body_start(document, block);
        let said = text.get(body..).unwrap_or("").trim();
        if !said.ends_with(['。', '；', ';', '！', '：', ':']) || starts(said, &WORDS.closers) {
            continue;
        }
        if opened.is_some_and(|p| p != path) {
            opened = None;
        }
        let under = under_heading(outline, block) || opened.is_some();
        let mut reader = Reader { block, text, path, context, promised: under, actor: Vec::new() };
        let hidden = Hidden::of(text, body);
        for part in parts(&hidden, text, body..text.len()) {
            reader.part(part, &hidden, &mut found);
        }
        if reader.promised && !under && said.ends_with(['：', ':']) {
            opened = Some(path);
        }
    }
    found
}

/// 协办单位 and others whose work the sections of a reply report (一、省民政厅工作开展情况) or that its opening names
/// (省财政厅、省医保局协办; 经商省财政厅).
pub fn consulted(document: &Document, outline: &Outline) -> Vec<Name> {
    let mut found = Vec::new();
    if !is_reply(document) {
        return found;
    }
    let opening = document.blocks.iter().enumerate().take_while(|(block, _)| outline.entry_at(*block).is_none());
    for (block, b) in opening.filter(|(_, b)| b.kind == BlockKind::Paragraph) {
        asked(block, &b.text, &mut found);
    }
    for entry in &outline.entries {
        let Some(b) = document.blocks.get(entry.block) else { continue };
        let Some(h) = b.heading() else { continue };
        let title = b.text.get(h.title.clone()).unwrap_or("");
        let Some(w) = WORDS.sections.iter().filter(|w| title.ends_with(w.as_str())).max_by_key(|w| w.len()) else {
            continue;
        };
        let range = trimmed(&b.text, h.title.start..h.title.end - w.len());
        if b.text.get(range.clone()).is_some_and(is_organ) {
            found.push(Name::of(entry.block, &b.text, range));
        }
    }
    // The opening names whom a section reports on as well.
    let mut seen = HashSet::new();
    found.retain(|n: &Name| actor(&n.text) == Actor::Organ && seen.insert(n.text.clone()));
    found
}

/// The organs that a clause of the opening says were asked.
fn asked(block: usize, text: &str, found: &mut Vec<Name>) {
    let hidden = Hidden::of(text, 0);
    for clause in hidden.split(text, 0..text.len(), ends_clause) {
        let range = unended(text, clause);
        let said = text.get(range.clone()).unwrap_or("");
        let before = ["协办", "会办", "分办"]
            .iter()
            .find_map(|w| said.strip_suffix(w))
            .map(|s| range.start..range.start + s.len());
        let after = WORDS.asked.iter().filter(|w| said.starts_with(w.as_str())).max_by_key(|w| w.len()).map(|w| {
            let end = ["研究", "会商", "沟通", "协商", "同意", "进行", "认真"]
                .iter()
                .filter_map(|e| said.find(e))
                .min()
                .unwrap_or(said.len());
            range.start + w.len()..range.start + end.max(w.len())
        });
        let Some(range) = before.or(after).filter(|r| r.len() <= ACTOR) else { continue };
        let names = actors(text, range).unwrap_or_default();
        found.extend(names.into_iter().map(|r| Name::of(block, text, r)).filter(|n| is_organ(&n.text)));
    }
}

fn starts(text: &str, words: &[String]) -> bool {
    let text = text.trim_start_matches(['（', '(']);
    // 最后，衷心感谢….
    let text = text.strip_prefix("最后").map_or(text, |t| t.trim_start_matches(['，', ',', '、']));
    words.iter().any(|w| text.starts_with(w.as_str()))
}

/// True where block number `block` stands under 下一步计划.
fn under_heading(outline: &Outline, block: usize) -> bool {
    let mut entry = outline.entry_at(block);
    while let Some(e) = entry {
        if e.title.as_deref().is_some_and(|t| WORDS.headings.iter().any(|w| t.contains(w.as_str()))) {
            return true;
        }
        entry = e.parent.and_then(|p| outline.entries.get(p));
    }
    false
}

struct Reader<'a> {
    block: usize,
    text: &'a str,
    path: &'a str,
    context: Context,
    /// Everything from here on is promised.
    promised: bool,
    /// The actor of the sentence before.
    actor: Vec<Name>,
}

impl Reader<'_> {
    fn part(&mut self, part: Range<usize>, hidden: &Hidden, found: &mut Vec<Commitment>) {
        let range = skip_marks(self.text, unended(self.text, part));
        let said = self.text.get(range.clone()).unwrap_or("");
        if said.is_empty() || starts(said, &WORDS.closers) || said.starts_with(['（', '(']) {
            return;
        }
        self.promised |= starts(said, &WORDS.openers);
        let own = self.actor_of(&range, hidden);
        let says_future = own.as_ref().is_some_and(|(names, will)| *will && names.iter().all(|n| promises(&n.text)));
        if (!self.promised && !says_future) || starts(said, &WORDS.past) {
            return;
        }
        // 下一步，我局将做好以下工作： says nothing yet, but all that it opens is promised.
        let only_opens =
            self.text.get(range.end..).is_some_and(|r| r.starts_with(['：', ':'])) || said.ends_with(['：', ':']);
        let carried = own.is_none();
        if let Some((names, _)) = own {
            self.actor = names;
        }
        if only_opens {
            self.promised = true;
            return;
        }
        let dates = when::find(said, self.context).into_iter().map(|d| d.shifted(range.start).in_block(self.block));
        let due = dates
            .filter(|d| d.is_deadline() && !hidden.hides(d.text.range()))
            .filter(|d| d.means_a_day() && self.context.issued.is_none_or(|i| d.due.is_none_or(|day| day >= i)))
            .max_by_key(|d| d.due);
        found.push(Commitment {
            path: self.path.to_owned(),
            text: Span::new(self.block, range.clone()),
            actor: self.actor.clone(),
            actor_carried: carried && !self.actor.is_empty(),
            due,
            indicators: indicator::find(self.block, self.text, range, hidden),
        });
    }

    /// The actor that a part prints before a word of the future, and whether that is a 将 which says will.
    fn actor_of(&self, part: &Range<usize>, hidden: &Hidden) -> Option<(Vec<Name>, bool)> {
        for clause in hidden.split(self.text, part.clone(), ends_clause) {
            let clause = skip_marks(self.text, trimmed(self.text, clause));
            let said = self.text.get(clause.clone()).unwrap_or("");
            let found = |words: &[String]| {
                let mut hits: Vec<(usize, usize)> =
                    words.iter().flat_map(|w| said.find(w.as_str()).map(|i| (i, w.len()))).collect();
                hits.retain(|(i, _)| *i > 0 && *i <= ACTOR);
                hits.sort_unstable();
                hits
            };
            // What is done may follow the actor only where all is promised: 省财政厅每年安排….
            let own = !starts(said, &WORDS.verbs) && !starts(said, &WORDS.future);
            let verbs = if self.promised && own { found(&WORDS.verbs) } else { Vec::new() };
            for (at, len) in found(&WORDS.future).into_iter().chain(verbs) {
                let range = clause.start..clause.start + at;
                let names = ourselves(self.text, range.clone()).map(|r| vec![r]).or_else(|| actors(self.text, range));
                if let Some(names) = names {
                    let names = names.into_iter().map(|r| Name::of(self.block, self.text, r)).collect();
                    let word = &said[at..at + len];
                    let will = matches!(word, "将" | "拟" | "计划") && !is_preposition(&said[at + len..]);
                    return Some((names, will));
                }
            }
        }
        None
    }
}

/// True for an organ and for 我局; what 医疗机构将 do is no promise of the reply's.
fn promises(name: &str) -> bool {
    is_organ(name) || name.starts_with('我')
}

/// 将协议合作的老年人纳入签约范围: 将 for 把, not for what will be.
fn is_preposition(after: &str) -> bool {
    ["纳入", "列入", "作为", "融入", "转为", "列为", "计入", "移交", "转交"]
        .iter()
        .any(|w| after.find(w).is_some_and(|i| i > 0))
}

/// 我局, 我们, 我市: the one who replies.
fn ourselves(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let range = trimmed(text, range);
    let said = text.get(range.clone())?;
    let chars = said.chars().count();
    (said.starts_with('我') && (2..=4).contains(&chars)).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Heading};

    fn show(document: &Document) -> Vec<String> {
        commitments(document, &Outline::of(document))
            .iter()
            .map(|c| {
                let names: Vec<&str> = c.actor.iter().map(|n| n.text.as_str()).collect();
                let carried = if c.actor_carried { "~" } else { "" };
                let due = c.due.and_then(|d| d.due).map_or(String::new(), |d| format!(" {d}"));
                format!("{}{carried}: {}{due}", names.join("+"), document.quote(c.text))
            })
            .collect()
    }

    fn reply(blocks: Vec<Block>) -> Document {
        let mut document = Document { blocks, ..Document::default() };
        document.meta.kind = Some("答复".to_owned());
        document.meta.date = Some("2025-05-22".to_owned());
        document
    }

    fn heading(text: &str) -> Block {
        Block {
            kind: BlockKind::Heading(Heading { level: 2, number: 0..3, title: 6..text.len() }),
            text: text.to_owned(),
        }
    }

    #[test]
    fn under_a_heading() {
        let document = reply(vec![
            heading("一、省民政厅工作开展情况"),
            Block::paragraph("继续落实人才政策。现将情况汇总如下。市民政局将养老机构纳入规划。医疗机构将提供服务。"),
            heading("二、下一步计划"),
            Block::paragraph("省卫生健康委将加强培训，2025年计划培训800人次。印发《通知》，完善管理。"),
            Block::paragraph("加快构建服务体系；推出一批基地。目前已建成10个。"),
            Block::paragraph("感谢您对工作的支持。"),
            Block::paragraph("吉林省卫生健康委员会"),
            Block::paragraph("抄送：省人大、省政府办公厅。"),
        ]);
        let expected = [
            "省卫生健康委: 省卫生健康委将加强培训，2025年计划培训800人次 2025-12-31",
            "省卫生健康委~: 印发《通知》，完善管理",
            ": 加快构建服务体系",
            ": 推出一批基地",
        ];
        assert_eq!(show(&document), expected);
        let names = consulted(&document, &Outline::of(&document));
        assert_eq!(names.iter().map(|n| n.text.as_str()).collect::<Vec<_>>(), ["省民政厅"]);
    }

    #[test]
    fn in_ten_lines() {
        let document = reply(vec![
            Block::paragraph("您提出的建议收悉，现答复如下："),
            Block::paragraph(
                "近年来，我局新建床位200张。下一步，我局将继续加大投入，年底前新增50张。一是加强监管；二是做好宣传。",
            ),
            Block::paragraph("县财政局将安排专项资金。我局将做好以下工作：一是培训人员；二是新建站点。"),
            Block::paragraph("专此答复。"),
        ]);
        let expected = [
            "我局: 下一步，我局将继续加大投入，年底前新增50张 2025-12-31",
            "我局~: 加强监管",
            "我局~: 做好宣传",
            "县财政局: 县财政局将安排专项资金",
            "我局~: 培训人员",
            "我局~: 新建站点",
        ];
        assert_eq!(show(&document), expected);
    }

    #[test]
    fn who_was_asked() {
        let document = reply(vec![
            Block::paragraph("该建议由我厅主办，省卫生健康委、省医保局协办，省财政厅会办。"),
            Block::paragraph("我厅高度重视，会同省教育厅、省公安厅进行了认真研究，现答复如下："),
        ]);
        let names = consulted(&document, &Outline::of(&document));
        let names: Vec<&str> = names.iter().map(|n| n.text.as_str()).collect();
        assert_eq!(names, ["省卫生健康委", "省医保局", "省财政厅", "省教育厅", "省公安厅"]);
    }

    #[test]
    fn what_is_done_follows_its_actor() {
        let document = reply(vec![
            heading("一、下一步打算"),
            Block::paragraph("省财政厅今后三年每年安排不低于2亿元资金。省民政厅会同省住建厅开展清查，到2025年底完成。"),
            Block::paragraph("最后，衷心感谢您对养老工作的关心。"),
        ]);
        let expected = [
            "省财政厅: 省财政厅今后三年每年安排不低于2亿元资金",
            "省民政厅: 省民政厅会同省住建厅开展清查，到2025年底完成 2025-12-31",
        ];
        assert_eq!(show(&document), expected);
    }

    #[test]
    fn only_replies_promise() {
        let mut document = reply(vec![Block::paragraph("下一步，市民政局将加强监管。")]);
        assert_eq!(show(&document).len(), 1);
        document.meta.kind = Some("通知".to_owned());
        assert!(show(&document).is_empty());
    }
}
