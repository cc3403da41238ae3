//! The targets of one paragraph, sentence by sentence.

use std::ops::Range;

use super::Target;
use super::judge::{Goal, Judge, ends_there, is_past};
use super::section::Section;
use super::words::{WORDS, says, starts};
use crate::Span;
use crate::date::Period;
use crate::extract::kit::actors::actors;
use crate::extract::kit::sentence::{Hidden, ends_clause, ends_part, skip_marks, without_annotation};
use crate::extract::kit::{trimmed, unended};
use crate::extract::what::indicator;
use crate::extract::when::{Deadline, Extent};

/// Reads one paragraph.
pub(super) struct Paragraph<'a> {
    pub(super) judge: Judge<'a>,
    pub(super) path: &'a str,
    pub(super) section: Section,
    /// The date that opens the paragraph, or any sentence of a section of goals, while undated sentences still inherit
    /// it.
    pub(super) opening: Option<Deadline>,
}

impl Paragraph<'_> {
    /// Adds the targets of one sentence; `first` for the paragraph's first.
    pub(super) fn sentence(&mut self, sentence: Range<usize>, first: bool, hidden: &Hidden, found: &mut Vec<Target>) {
        let text = self.judge.text;
        // 比例提高到60%（市能源局牵头，电网公司配合）。
        let words = unended(text, sentence);
        let words = unended(text, without_annotation(hidden, text, words));
        let said = text.get(words.clone()).unwrap_or("");
        // An annotation in brackets of its own is no sentence.
        let bracket = said.starts_with(['（', '(', '〔', '[', '［', '【']);
        if said.is_empty() || bracket && hidden.at(words.start).is_some_and(|h| h.end >= words.end) {
            return;
        }
        // （市民政局牵头）到2020年，…: an annotation before the sentence is not of it.
        let words = match hidden.at(words.start).filter(|h| bracket && h.start == words.start && !first) {
            Some(h) => trimmed(text, h.end..words.end),
            None => words,
        };
        let said = text.get(words.clone()).unwrap_or("");
        let (goals, timed) = self.judge.goals(&words, hidden);
        if goals.is_empty() {
            if !timed && !bracket {
                self.inherited(words, said, hidden, found);
            } else if timed {
                self.opening = None;
            }
            return;
        }
        self.opening = None;
        for (range, part) in self.groups(&words, &goals, hidden) {
            let whole = unended(text, self.since_promise(range.start, part[0].from, hidden)..range.end);
            let whole = goal_alone(text, skip_marks(text, whole), hidden);
            for (i, goal) in part.iter().enumerate() {
                let end = part.get(i + 1).map_or(range.end, |next| next.from).max(goal.from);
                let numbers = goal.from..end;
                let said = text.get(numbers.clone()).unwrap_or("");
                if says(said, &WORDS.about_itself) || self.past(said) || only_date(text, &numbers, &goal.due) {
                    continue;
                }
                if goals.len() == 1 && self.passes_on(goal, first && opens(text, words.start, goal.from)) {
                    self.opening = Some(goal.due);
                }
                self.push(whole.clone(), numbers, goal.due, goal.sure, hidden, found);
            }
        }
    }

    /// The goals of a sentence, those that no ； parts together, each group with the words that are its own: from the
    /// first one's beginning, or the ； before a later one, to the ； before the next.
    fn groups<'g>(&self, words: &Range<usize>, goals: &'g [Goal], hidden: &Hidden) -> Vec<(Range<usize>, &'g [Goal])> {
        let parts = hidden.split(self.judge.text, words.clone(), ends_part);
        let part_of = |g: &Goal| parts.partition_point(|p| p.start <= g.from).saturating_sub(1);
        let mut groups: Vec<(Range<usize>, &[Goal])> = Vec::new();
        for group in goals.chunk_by(|a, b| part_of(a) == part_of(b)) {
            let start = match groups.last_mut() {
                None => words.start,
                Some((before, _)) => {
                    let start = group.first().map(part_of).and_then(|p| parts.get(p)).map_or(words.end, |p| p.start);
                    before.end = start;
                    start
                }
            };
            groups.push((start..words.end, group));
        }
        groups
    }

    /// An undated sentence has the date of its paragraph, of its section of goals or of a heading.
    fn inherited(&mut self, words: Range<usize>, said: &str, hidden: &Hidden, found: &mut Vec<Target>) {
        let goal = |said: &str| {
            let past = says(said, &WORDS.past) && !says(said, &WORDS.future);
            let other = [&WORDS.about_itself, &WORDS.allows, &WORDS.narrates].into_iter().any(|list| says(said, list));
            let none = past || other || starts(said, &WORDS.issues) || said.ends_with(['：', ':']);
            !none
        };
        let Some(due) = self.opening.or(self.section.due).filter(|_| goal(said)) else { return };
        // Under a heading that is not of goals only numbers say that a sentence is one.
        let sure = self.opening.is_some() || self.section.goals.is_some();
        let counted = || !indicator::find(self.judge.block, self.judge.text, words.clone(), hidden).is_empty();
        if sure || counted() {
            let words = goal_alone(self.judge.text, skip_marks(self.judge.text, words), hidden);
            self.push(words.clone(), words, Deadline { inherited: true, ..due }, sure, hidden, found);
        }
    }

    /// True where the sentences after one with this date have it too. What is due within a year or by a day of it holds
    /// for its own sentence only; under a heading of goals every date is passed on, for all that follows is goals.
    fn passes_on(&self, goal: &Goal, opens: bool) -> bool {
        let by = goal.due.extent == Extent::Until || ends_there(self.judge.text, &goal.due);
        let year = goal.due.edtf.is_some_and(|e| matches!(e.end.unwrap_or(e.start), Period::Year(_)));
        self.section.goals.is_some() || (opens && by && year)
    }

    /// 省卫生健康委将加强培训，2025年计划培训800人次: what an organ says that it will do is a promise of its own, and the date
    /// begins a plan. The byte where the plan begins.
    fn since_promise(&self, start: usize, from: usize, hidden: &Hidden) -> usize {
        let text = self.judge.text;
        let promises = |clause: &Range<usize>| {
            let clause = skip_marks(text, clause.clone());
            let Some(said) = text.get(clause.clone()) else { return false };
            let will = WORDS.will.iter().filter_map(|w| said.find(w.as_str())).min();
            will.is_some_and(|i| i > 0 && actors(text, clause.start..clause.start + i).is_some())
        };
        let before = hidden.split(text, start..from, ends_clause);
        if before.first().is_some_and(promises) { from } else { start }
    }

    /// True for what words say is done.
    fn past(&self, said: &str) -> bool {
        says(said, &WORDS.past) && !says(said, &WORDS.future)
    }

    fn push(
        &self,
        words: Range<usize>,
        numbers: Range<usize>,
        due: Deadline,
        sure: bool,
        hidden: &Hidden,
        found: &mut Vec<Target>,
    ) {
        let (text, block) = (self.judge.text, self.judge.block);
        let start = numbers.start.max(words.start);
        let numbers = start..numbers.end.min(words.end).max(start);
        if is_past(due.due, self.judge.context.issued) {
            return;
        }
        found.push(Target {
            path: self.path.to_owned(),
            text: Span::new(block, words),
            due,
            indicators: indicator::find(block, text, numbers, hidden),
            responsible: Vec::new(),
            sure,
        });
    }
}

/// True where a clause at byte `from` opens the paragraph at `start`, a label before it aside: 具体指标：到2022年，….
fn opens(text: &str, start: usize, from: usize) -> bool {
    /// Longest label, in characters.
    const LABEL: usize = 8;
    let before = text.get(start..from).unwrap_or("").trim();
    let label = before.strip_suffix(['：', ':']);
    before.is_empty() || label.is_some_and(|l| l.chars().count() <= LABEL && !l.contains(ends_clause))
}

/// A line of nothing but a date, as under a signature.
fn only_date(text: &str, range: &Range<usize>, date: &Deadline) -> bool {
    let around = [range.start..date.text.start, date.text.end..range.end];
    let chars = around.into_iter().filter_map(|r| text.get(r)).flat_map(str::chars);
    chars.filter(|c| c.is_alphanumeric()).count() < 2
}

/// `range` up to what closes it and is no goal: a permission (…，有条件的地方可…), or why the document is made
/// (…，经国务院同意，现提出以下意见).
pub(in crate::extract::what) fn goal_alone(text: &str, range: Range<usize>, hidden: &Hidden) -> Range<usize> {
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
