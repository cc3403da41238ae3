//! 目标: dated goals and milestones of the text, one a sentence, with their indicators.
//!
//! A sentence is a target where a date that is still to come opens one of its clauses (到2020年，…) or bounds what is
//! to be done (在2018年底前完成…). A sentence without a date in a paragraph that such a date opens inherits it. What a
//! date tells of the past (2017年，印发了…), when an instrument takes effect and what is valid until when are no
//! targets. Under a heading of goals (工作目标) any sentence that a date opens passes it on, for all that follows is goals,
//! and a paragraph's beginning may be lost where a reader had only lines.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::date::{Edtf, Period};
use crate::extract::kit::sentence::{Hidden, ends_clause, ends_part, sentences, skip_marks};
use crate::extract::kit::{body_start, unended};
use crate::extract::what::indicator::{self, Indicator};
use crate::extract::when::{self, Context, Deadline, Extent};
use crate::{BlockKind, Document, Outline, Span};

/// 一个目标.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Path of the clause.
    pub path: String,
    /// The sentence from its date on, without the final 。.
    pub text: Span,
    /// By when; `inherited` where it is the paragraph's.
    pub due: Deadline,
    /// What is to be reached, in numbers.
    pub indicators: Vec<Indicator>,
}

/// The lists of `target.toml`, which says what each is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    past: Vec<String>,
    future: Vec<String>,
    about_itself: Vec<String>,
    leads: Vec<String>,
    reaches: Vec<String>,
    ends: Vec<String>,
    dated: Vec<String>,
    goals: Vec<String>,
    joints: Vec<String>,
    describes: Vec<String>,
    permits: Permits,
    issues: Vec<String>,
    consent: Consent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Permits {
    who: Vec<String>,
    may: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Consent {
    begins: Vec<String>,
    says: Vec<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::wordlist::load("target.toml", include_str!("../../../words/target.toml")));

/// Signs before the items of a list that is not numbered.
const BULLETS: &[char] = &['—', '―', '－', '●', '•', '·', '◆', '◎', '○', '▲', '★', '✦', '➢'];

/// Every target of the document, in printed order.
pub fn targets(document: &Document, outline: &Outline) -> Vec<Target> {
    let mut found = Vec::new();
    let mut context = Context::of(document);
    let issued = context.issued;
    // The date that opens a section of goals holds for the items under it: 到2025年，…。——健康水平持续提升。….
    let mut section: Option<(usize, Deadline)> = None;
    for (block, b) in document.blocks.iter().enumerate() {
        if !matches!(b.kind, BlockKind::Heading(_) | BlockKind::Paragraph) {
            continue;
        }
        let text = b.text.as_str();
        let goals = goals(outline, block);
        section = section.filter(|(heading, _)| Some(*heading) == goals);
        let bullet = text.trim_start().starts_with(BULLETS);
        let item = bullet || goals.is_some() && outline.entry_at(block).map(|e| e.block) != goals;
        let carried = section.filter(|_| item).map(|(_, due)| due);
        // Every date names one of these; most blocks have none.
        if carried.is_none() && !says(text, &WORDS.dated) {
            continue;
        }
        let mut reader = Reader {
            text,
            block,
            path: outline.path_at(block),
            context,
            issued,
            goals: goals.is_some(),
            opening: carried,
        };
        let mut body = body_start(document, block);
        let hidden = Hidden::of(text, body);
        if bullet {
            body = after_lead(&hidden, text, body);
        }
        for (i, sentence) in sentences(&hidden, text, body..text.len()).into_iter().enumerate() {
            reader.sentence(sentence, i == 0, &hidden, &mut found);
        }
        if let (Some(heading), Some(opening), None) = (goals, reader.opening, carried) {
            section = Some((heading, opening));
        }
        if let Some(year) = reader.context.year.filter(|_| issued.is_none()) {
            context.year = Some(year);
        }
    }
    found
}

/// True where the sentence of a target at `text` gives numbers and nowhere says of what; a person should look whether
/// its beginning was lost.
pub fn lacks_subject(document: &Document, text: Span) -> bool {
    let Some(b) = document.blocks.get(text.block) else { return false };
    !indicator::says_of_what(text.block, &b.text, text.range())
}

struct Reader<'a> {
    text: &'a str,
    block: usize,
    path: &'a str,
    context: Context,
    issued: Option<Date>,
    /// The block stands under a heading of goals.
    goals: bool,
    /// The date that opens the paragraph, or any sentence of a section of goals, while undated sentences still inherit it.
    opening: Option<Deadline>,
}

impl Reader<'_> {
    fn sentence(&mut self, sentence: Range<usize>, first: bool, hidden: &Hidden, found: &mut Vec<Target>) {
        let words = unended(self.text, sentence);
        let said = self.text.get(words.clone()).unwrap_or("");
        // An annotation in brackets of its own is no sentence.
        let bracket = said.starts_with(['（', '(', '〔', '[', '［', '【']);
        if said.is_empty() || bracket && hidden.at(words.start).is_some_and(|h| h.end >= words.end) {
            return;
        }
        let dates = self.dates(&words, hidden);
        if dates.is_empty() {
            if let Some(opening) = self.opening
                && !says(said, &WORDS.about_itself)
                && !self.past(said, None)
                && !bracket
            {
                let due = Deadline { inherited: true, ..opening };
                self.push(words, due, hidden, found);
            }
            return;
        }
        self.opening = None;
        for (i, (from, due)) in dates.iter().enumerate() {
            let end = match dates.get(i + 1) {
                // What ； parts from this date's clause and the next date's is neither's.
                Some((next, _)) => {
                    let part = hidden.split(self.text, *from..*next, ends_part).pop();
                    part.filter(|p| p.start > *from && p.end == *next).map_or(*next, |p| p.start)
                }
                None => words.end,
            };
            let range = unended(self.text, *from..end);
            let said = self.text.get(range.clone()).unwrap_or("");
            if says(said, &WORDS.about_itself) || self.past(said, Some(due)) || only_date(self.text, &range, due) {
                continue;
            }
            if (self.goals || (first && *from == words.start)) && i == 0 && dates.len() == 1 {
                self.opening = Some(*due);
            }
            self.push(range, *due, hidden, found);
        }
    }

    /// The dates of a sentence that set a goal, each with the beginning of its clause.
    fn dates(&mut self, words: &Range<usize>, hidden: &Hidden) -> Vec<(usize, Deadline)> {
        let mut dates = Vec::new();
        for clause in hidden.split(self.text, words.clone(), ends_clause) {
            let Some(said) = self.text.get(clause.clone()) else { continue };
            for date in joined(said, when::find(said, self.context)) {
                let date = date.shifted(clause.start).in_block(self.block);
                if hidden.hides(date.text.range()) {
                    continue;
                }
                let Some(edtf) = date.edtf else { continue };
                if !date.year_carried {
                    self.context.year = Some(edtf.end.unwrap_or(edtf.start).year());
                }
                if date.relative.is_some()
                    || !date.is_deadline()
                    || !self.sets_a_goal(&date, edtf)
                    || said.trim_end_matches(ends_clause).ends_with('的')
                {
                    continue;
                }
                let mut before = self.text.get(clause.start..date.text.start).unwrap_or("").trim();
                while let Some(w) = WORDS.leads.iter().find(|w| before.ends_with(w.as_str())) {
                    before = before[..before.len() - w.len()].trim_end();
                }
                let after = self.text.get(date.text.end..clause.end).unwrap_or("");
                let opens = before.is_empty()
                    && (!date.year_carried || date.extent == Extent::Until || bounds(self.text, &date));
                // 在2018年底前完成 bounds wherever it stands; 2018年以前购置的 describes.
                let bounded = (date.extent == Extent::Until || bounds(self.text, &date))
                    && !after.trim_start().starts_with('的')
                    && !describes(after);
                let reaches = !date.year_carried && starts(after.trim_start(), &WORDS.reaches);
                if opens || bounded || reaches {
                    dates.push((clause.start, date));
                    break;
                }
            }
        }
        // A date said again is one goal, unless ； parts the two.
        let whole = |range: Range<usize>| {
            let pieces = hidden.split(self.text, range, ends_part);
            pieces.len() <= 1 && !pieces.iter().any(|p| self.text[p.clone()].trim_end().ends_with(ends_part))
        };
        dates.dedup_by(|(next, b), (from, a)| a.due == b.due && whole(*from..*next));
        // The first clause of the sentence belongs to its date where the date stands in it or right after it.
        dates
    }

    /// True for a stretch of time in which something may be due. A single day without 前 tells when something
    /// happened; the yearly dates of rules (次年3月底前) are no milestones; and where nobody knows when the document was
    /// written, only what names its end looks ahead.
    fn sets_a_goal(&self, date: &Deadline, edtf: Edtf) -> bool {
        let until = date.extent == Extent::Until || bounds(self.text, date);
        let day = matches!(edtf.start, Period::Day(_)) && edtf.end.is_none();
        let rule = date.year_carried && self.path.split('/').any(|c| c.starts_with('第') && c.contains('条'));
        (until || !day) && !rule && (self.issued.is_some() || (until && !day && !date.year_carried))
    }

    /// True for what was reached before the document was written.
    fn past(&self, said: &str, due: Option<&Deadline>) -> bool {
        match (due.and_then(|d| d.due), self.issued) {
            // The day of writing itself is a signature's or a header's.
            (Some(due), Some(issued)) if due <= issued => true,
            _ => says(said, &WORDS.past) && !says(said, &WORDS.future),
        }
    }

    fn push(&self, range: Range<usize>, due: Deadline, hidden: &Hidden, found: &mut Vec<Target>) {
        let range = goal_alone(self.text, skip_marks(self.text, range), hidden);
        found.push(Target {
            path: self.path.to_owned(),
            text: Span::new(self.block, range.clone()),
            due,
            indicators: indicator::find(self.block, self.text, range, hidden),
        });
    }
}

/// The block of the heading of goals, such as 工作目标, that block number `block` stands under.
fn goals(outline: &Outline, block: usize) -> Option<usize> {
    let mut entry = outline.entry_at(block);
    while let Some(e) = entry {
        if e.title.as_deref().is_some_and(|t| says(t, &WORDS.goals)) {
            return Some(e.block);
        }
        entry = e.parent.and_then(|p| outline.entries.get(p));
    }
    None
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

/// 2023年、2025年分别开展评估: dates of one list are due by its last.
fn joined(said: &str, dates: Vec<Deadline>) -> Vec<Deadline> {
    let mut list: Vec<Deadline> = Vec::with_capacity(dates.len());
    for date in dates {
        match list.last_mut() {
            Some(last)
                if last.due < date.due
                    && said
                        .get(last.text.end..date.text.start)
                        .is_some_and(|gap| WORDS.joints.iter().any(|w| w == gap)) =>
            {
                let start = last.text.start;
                *last = date;
                last.text.start = start;
            }
            _ => list.push(date),
        }
    }
    list
}

/// A line of nothing but a date, as under a signature.
fn only_date(text: &str, range: &Range<usize>, date: &Deadline) -> bool {
    let around = [range.start..date.text.start, date.text.end..range.end];
    let chars = around.into_iter().filter_map(|r| text.get(r)).flat_map(str::chars);
    chars.filter(|c| c.is_alphanumeric()).count() < 2
}

/// 2018年底, 8月底, 年内: an end although no 前 follows.
fn bounds(text: &str, date: &Deadline) -> bool {
    text.get(date.text.range()).is_some_and(|t| WORDS.ends.iter().any(|w| t.ends_with(w.as_str())))
}

/// 以前已经购置的…: what follows the date describes things and sets no goal.
fn describes(after: &str) -> bool {
    starts(after, &WORDS.describes)
}

fn starts(text: &str, words: &[String]) -> bool {
    words.iter().any(|w| text.starts_with(w.as_str()))
}

fn says(text: &str, words: &[String]) -> bool {
    words.iter().any(|w| text.contains(w.as_str()))
}

/// `range` up to what closes it and is no goal: a permission (…，有条件的地方可…), or why the document is made
/// (…，经国务院同意，现提出以下意见).
fn goal_alone(text: &str, range: Range<usize>, hidden: &Hidden) -> Range<usize> {
    let clauses = hidden.split(text, range.clone(), ends_clause);
    let permits = |clause: &Range<usize>| {
        let said = text.get(clause.clone()).unwrap_or("");
        let may = WORDS.permits.may.iter().find_map(|w| said.find(w.as_str()));
        starts(said, &WORDS.permits.who) && may.is_some_and(|i| said[..i].chars().count() <= 16)
    };
    let issues = |clause: &Range<usize>| {
        let said = text.get(clause.clone()).unwrap_or("");
        starts(said, &WORDS.issues) || (starts(said, &WORDS.consent.begins) && says(said, &WORDS.consent.says))
    };
    match clauses.iter().skip(1).find(|c| permits(c) || issues(c)) {
        Some(clause) => unended(text, range.start..clause.start),
        None => range,
    }
}

#[cfg(test)]
mod tests;
