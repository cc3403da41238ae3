//! 目标: dated goals and milestones of the text, one a sentence, with their indicators.
//!
//! A sentence is a target where a date that is still to come opens one of its clauses (到2020年，…) or bounds what is
//! to be done (在2018年底前完成…); its text is the whole sentence. A sentence without a date has that of a paragraph
//! that such a date opens, or of the heading over it (一、2025年主要预期目标). What a date tells of the past (2017年，印发了…)
//! or of the state of things (2025年是收官之年), when an instrument takes effect, what is valid, extended or granted until
//! when, are no targets. Under a heading of goals (工作目标) any sentence that a date opens passes it on, for all that
//! follows is goals, and a paragraph's beginning may be lost where a reader had only lines.
//!
//! `section` reads the headings, `judge` the dates, `paragraph` the sentences, `table` the tables of indicators; the
//! words are in `words/target.toml`.

mod judge;
mod paragraph;
mod section;
mod table;
mod words;

use crate::extract::Responsible;
use crate::extract::kit::sentence::{Hidden, sentences};
use crate::extract::what::clause::said_from;
use crate::extract::what::indicator::{self, Indicator};
use crate::extract::when::{Context, Deadline};
use crate::{BlockKind, Document, Outline, Span};
use judge::Judge;
pub(super) use judge::binds;
use paragraph::Paragraph;
pub(super) use paragraph::goal_alone;
use section::sections;
use words::may_be_dated;

/// 一个目标.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Path of the clause.
    pub path: String,
    /// The sentence without its final 。; the parts between two ； where several have a date of their own. In a table
    /// the name of what is measured.
    pub text: Span,
    /// By when; `inherited` where it is the paragraph's, the heading's or the column's.
    pub due: Deadline,
    /// What is to be reached, in numbers.
    pub indicators: Vec<Indicator>,
    /// Who answers for it where its own words name nobody; [`crate::extract::findings`] fills it.
    pub responsible: Vec<Responsible>,
    /// False where it rests on a weak rule: a year that only a heading of tasks prints, 三年内 counted from the day of
    /// issue.
    pub sure: bool,
}

/// Signs before the items of a list that is not numbered.
const BULLETS: &[char] = &['—', '―', '－', '●', '•', '·', '◆', '◎', '○', '▲', '★', '✦', '➢'];

/// Every target of the document, in printed order.
pub fn targets(document: &Document, outline: &Outline) -> Vec<Target> {
    let mut found = Vec::new();
    let mut context = Context::of(document);
    let sections = sections(document, outline, context);
    // The date that opens a section of goals holds for the items under it: 到2025年，…。——健康水平持续提升。….
    let mut carried: Option<(usize, Deadline)> = None;
    for (block, b) in document.blocks.iter().enumerate() {
        let section = outline.index_at(block).and_then(|i| sections.get(i).copied()).unwrap_or_default();
        carried = carried.filter(|(heading, _)| Some(*heading) == section.goals);
        match &b.kind {
            BlockKind::Heading(_) | BlockKind::Paragraph => {}
            BlockKind::Table(t) => {
                let carried = carried.map(|(_, due)| due).or(section.due);
                table::read(document, outline, block, t, carried, context, &mut found);
                continue;
            }
            BlockKind::Title | BlockKind::Rule => continue,
        }
        let text = b.text.as_str();
        // 附件：2022年资金分配表
        if crate::layout::is_attachment_note(text) {
            continue;
        }
        let bullet = text.trim_start().starts_with(BULLETS);
        let item = bullet || section.goals.is_some() && outline.entry_at(block).map(|e| e.block) != section.goals;
        let opening = carried.filter(|_| item).map(|(_, due)| due);
        // Every date names one of these; most blocks have none.
        if section.situation || (opening.or(section.due).is_none() && !may_be_dated(text)) {
            continue;
        }
        let path = outline.path_at(block);
        let judge = Judge { text, block, context, article: is_article(path), goals: section.goals.is_some() };
        let mut paragraph = Paragraph { judge, path, section, opening };
        let mut body = said_from(document, block);
        let hidden = Hidden::of(text, body);
        if bullet {
            body = after_lead(&hidden, text, body);
        }
        for (i, sentence) in sentences(&hidden, text, body..text.len()).into_iter().enumerate() {
            paragraph.sentence(sentence, i == 0, &hidden, &mut found);
        }
        if let (Some(heading), Some(opens), None) = (section.goals, paragraph.opening, opening) {
            carried = Some((heading, opens));
        }
        if let Some(year) = paragraph.judge.context.year.filter(|_| context.issued.is_none()) {
            context.year = Some(year);
        }
    }
    found
}

/// True where the sentence of a target at `text` gives numbers and nowhere says of what; a person should look whether
/// its beginning was lost.
pub fn lacks_subject(document: &Document, text: Span) -> bool {
    let Some(b) = document.blocks.get(text.block) else { return false };
    !matches!(b.kind, BlockKind::Table(_)) && !indicator::says_of_what(text.block, &b.text, text.range())
}

/// 第三条 and what stands under it.
fn is_article(path: &str) -> bool {
    path.split('/').any(|c| c.starts_with('第') && c.contains('条'))
}

/// Where the sentences of a bullet begin: after its sign and the phrase that heads it (——健康水平持续提升。).
fn after_lead(hidden: &Hidden, text: &str, body: usize) -> usize {
    /// Longest phrase, in characters.
    const PHRASE: usize = 20;
    let rest = text.get(body..).unwrap_or("");
    let start =
        body + (rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || BULLETS.contains(&c)).len());
    match hidden.split(text, start..text.len(), |c| matches!(c, '。' | '：' | ':')).as_slice() {
        [lead, _, ..] if text[lead.clone()].chars().count() <= PHRASE && !text[lead.clone()].contains(['，', ',']) => {
            lead.end
        }
        _ => start,
    }
}

#[cfg(test)]
mod tests;
