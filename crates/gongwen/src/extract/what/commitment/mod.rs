//! 承诺: what a reply to a deputy or a CPPCC member promises to do, and whom it consulted.
//!
//! Promises stand under a heading such as 下一步计划, or follow 下一步，in a reply without headings; elsewhere only what
//! an organ says it 将 do. Each part of a sentence is one; its actor is the one printed in it or in the sentence before
//! it in the same paragraph, and stays empty where none is printed. The words are in `words/commitment.toml`.

mod consulted;
mod words;

use std::ops::Range;

use crate::extract::Responsible;
use crate::extract::kit::actors::actors;
use crate::extract::kit::organ::is_organ;
use crate::extract::kit::sentence::{Hidden, ends_clause, parts, skip_marks};
use crate::extract::kit::{Name, body_start, trimmed, unended};
use crate::extract::what::duty::elided;
use crate::extract::what::indicator::{self, Indicator};
use crate::extract::what::target::binds;
use crate::extract::when::{self, Context, Deadline};
use crate::{BlockKind, Document, Outline, Span};
pub use consulted::consulted;
use words::WORDS;

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
    /// Who answers for it where its own words name nobody; [`crate::extract::findings`] fills it.
    pub responsible: Vec<Responsible>,
    /// False where neither an organ, nor 下一步, nor a heading says that this is promised, but a 将 by itself.
    pub sure: bool,
}

/// Longest list of actors, in bytes.
const ACTOR: usize = 180;

/// True for a reply to a proposal: by its kind, or by the words with which its answer begins.
fn is_reply(document: &Document) -> bool {
    /// An answer begins within so many blocks.
    const OPENING: usize = 12;
    let meta = &document.meta;
    let says = |text: &str, words: &[String]| words.iter().any(|w| text.contains(w.as_str()));
    let opening = || document.blocks.iter().take(OPENING).filter(|b| b.kind == BlockKind::Paragraph);
    meta.reply.is_some()
        || meta.kind.as_deref().is_some_and(|k| says(k, &WORDS.replies))
        || opening().any(|b| says(&b.text, &WORDS.answers) && says(&b.text, &WORDS.proposals))
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

fn starts(text: &str, words: &[String]) -> bool {
    let text = text.trim_start_matches(['（', '(']);
    // 最后，衷心感谢….
    let last = WORDS.last.iter().find_map(|w| text.strip_prefix(w.as_str()));
    let text = last.map_or(text, |t| t.trim_start_matches(['，', ',', '、']));
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
        if self.heads(&range) {
            return;
        }
        let own = self.actor_of(&range, hidden);
        let says_future = own.as_ref().is_some_and(|(names, will)| *will && names.iter().all(|n| promises(&n.text)));
        // 目前正在编制可研，省交通厅将尽快审查: an organ's 将 after what is under way is a promise all the same.
        let after =
            says_future && own.as_ref().is_some_and(|(names, _)| names.iter().any(|n| n.span.start > range.start));
        if (!self.promised && !says_future) || starts(said, &WORDS.past) && !after {
            return;
        }
        let sure = self.promised || own.as_ref().is_some_and(|(names, _)| !names.is_empty());
        // 下一步，我局将做好以下工作： says nothing yet, but all that it opens is promised.
        let only_opens =
            self.text.get(range.end..).is_some_and(|r| r.starts_with(['：', ':'])) || said.ends_with(['：', ':']);
        let own = own.filter(|(names, _)| !names.is_empty());
        let carried = own.is_none();
        if let Some((names, _)) = own {
            self.actor = names;
        }
        if only_opens {
            self.promised = true;
            return;
        }
        let dates = when::find(said, self.context).into_iter().map(|d| d.shifted(range.start).in_block(self.block));
        let clauses = hidden.split(self.text, range.clone(), ends_clause);
        let clause_of = |d: &Deadline| clauses.get(clauses.partition_point(|c| c.end <= d.text.start)).cloned();
        // 2024年 of 2024年改造项目 names a project.
        let due = dates
            .filter(|d| clause_of(d).is_none_or(|c| binds(self.text, &c, d)))
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
            responsible: Vec::new(),
            sure,
        });
    }

    /// 一是简化审批。我局将…: a short phrase with a mark of a list heads the sentences after it.
    fn heads(&self, range: &Range<usize>) -> bool {
        /// Longest phrase, in characters.
        const PHRASE: usize = 8;
        let said = &self.text[range.clone()];
        let marked = self.text[..range.start].trim_end().ends_with('是');
        let short = said.chars().nth(PHRASE).is_none() && !said.contains(['，', ',', '、']);
        let rest = self.text[range.end..].trim_start_matches(['。', '；', ';']).trim();
        marked && short && self.text[range.end..].starts_with('。') && !rest.is_empty()
    }

    /// The actor that a part prints before a word of the future, and whether that is a 将 which says will. The actor may
    /// stand in an earlier clause (我局作为配合部门，将…), or nowhere (资金到位后，将组织施工): then there are no names.
    fn actor_of(&self, part: &Range<usize>, hidden: &Hidden) -> Option<(Vec<Name>, bool)> {
        let clauses = hidden.split(self.text, part.clone(), ends_clause);
        let mut subject: Option<Vec<Name>> = None;
        for clause in clauses {
            let whole = clause.clone();
            let clause = skip_marks(self.text, trimmed(self.text, clause));
            let said = self.text.get(clause.clone()).unwrap_or("");
            if let Some(after) = WORDS.will.iter().find_map(|w| said.strip_prefix(w.as_str()))
                && (!said.starts_with('将') || wills(after))
            {
                return Some((subject.unwrap_or_default(), true));
            }
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
                if WORDS.done.iter().any(|w| said[..at].ends_with(w.as_str())) {
                    break; // 我局已将…
                }
                let range = clause.start..clause.start + at;
                let names = ourselves(self.text, range.clone()).map(|r| vec![r]).or_else(|| actors(self.text, range));
                if let Some(names) = names {
                    let names = names.into_iter().map(|r| Name::of(self.block, self.text, r)).collect();
                    let word = &said[at..at + len];
                    let after = &said[at + len..];
                    let will = WORDS.will.iter().any(|w| w == word) && (word != "将" || !is_preposition(after));
                    return Some((names, will));
                }
            }
            if let Some(range) = begins_with_us(said, clause.start) {
                subject = Some(vec![Name::of(self.block, self.text, range)]);
            } else if let Some((names, _)) = elided(self.text, std::slice::from_ref(&whole)) {
                // 省财政厅在测算转移支付时，将…
                let organs = names.iter().all(|r| promises(&self.text[r.clone()]));
                subject = organs.then(|| names.into_iter().map(|r| Name::of(self.block, self.text, r)).collect());
            }
        }
        None
    }
}

/// 予以治理, 按照要求做好: what follows a 将 that says will; 将 for 把 is followed by a thing.
fn wills(after: &str) -> bool {
    !is_preposition(after)
        && WORDS.after_will.iter().any(|w| after.starts_with(w.as_str()))
        && !WORDS.habits.iter().any(|w| after.starts_with(w.as_str()))
}

/// 我局 of 我局作为配合部门.
fn begins_with_us(said: &str, start: usize) -> Option<Range<usize>> {
    let after = said.strip_prefix('我')?;
    let us = WORDS.ourselves.iter().filter(|w| after.starts_with(w.as_str())).max_by_key(|w| w.len())?;
    Some(start..start + '我'.len_utf8() + us.len())
}

/// True for a pronoun: 我局, 我们.
pub(in crate::extract) fn is_pronoun(name: &str) -> bool {
    begins_with_us(name, 0).is_some_and(|r| r.end == name.len())
}

/// True for an organ and for 我局; what 医疗机构将 do is no promise of the reply's.
fn promises(name: &str) -> bool {
    is_organ(name) || name.starts_with('我')
}

/// 将协议合作的老年人纳入签约范围: 将 for 把, not for what will be.
fn is_preposition(after: &str) -> bool {
    // 将在工程中继续将你县作为重点: the second one is the preposition.
    WORDS.becomes.iter().any(|w| after.find(w.as_str()).is_some_and(|i| i > 0 && !after[..i].contains(['将', '把'])))
}

/// 我局, 我们, 我市: the one who replies.
fn ourselves(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let range = trimmed(text, range);
    let said = text.get(range.clone())?;
    let chars = said.chars().count();
    (said.starts_with('我') && (2..=4).contains(&chars)).then_some(range)
}

#[cfg(test)]
mod tests;
