//! Which dates of a sentence set a goal, and which tell of the past, of a window, of whom a benefit is for, or of the
//! state of things.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use super::words::{WORDS, ends, says, starts};
use crate::date::{Edtf, Period};
use crate::extract::kit::sentence::{Hidden, ends_clause, ends_part, skip_marks};
use crate::extract::when::{self, Context, Deadline, Extent, Unit};

/// A date that sets a goal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Goal {
    /// Where its clause begins.
    pub(super) from: usize,
    /// By when.
    pub(super) due: Deadline,
    /// False where the day rests on a guess: 三年内, from the day of issue.
    pub(super) sure: bool,
}

/// Judges the dates of one paragraph, and carries the year from one sentence to the next.
pub(super) struct Judge<'a> {
    pub(super) text: &'a str,
    pub(super) block: usize,
    pub(super) context: Context,
    /// The clause is an article of rules, whose dates come again every year.
    pub(super) article: bool,
}

impl Judge<'_> {
    /// The dates of a sentence that set a goal, in order; and whether the sentence speaks of a time of its own at all,
    /// so that it inherits none.
    pub(super) fn goals(&mut self, words: &Range<usize>, hidden: &Hidden) -> (Vec<Goal>, bool) {
        let mut goals: Vec<Goal> = Vec::new();
        let mut timed = false;
        let sentence = self.text.get(words.clone()).unwrap_or("");
        for clause in hidden.split(self.text, words.clone(), ends_clause) {
            let Some(said) = self.text.get(clause.clone()) else { continue };
            for date in joined(said, when::find(said, self.context)) {
                let date = date.shifted(clause.start).in_block(self.block);
                if hidden.hides(date.text.range()) {
                    continue;
                }
                timed |= date.edtf.is_some() || comes_again(self.text, &date);
                if let Some(edtf) = date.edtf.filter(|_| !date.year_carried && date.relative.is_none()) {
                    self.context.year = Some(edtf.end.unwrap_or(edtf.start).year());
                }
                if let Some(goal) = self.goal(sentence, &clause, date) {
                    goals.push(goal);
                    break;
                }
            }
        }
        // A date said again is one goal, unless ； parts the two.
        let whole = |range: Range<usize>| {
            let pieces = hidden.split(self.text, range, ends_part);
            pieces.len() <= 1 && !pieces.iter().any(|p| self.text[p.clone()].trim_end().ends_with(ends_part))
        };
        goals.dedup_by(|next, first| first.due.due == next.due.due && whole(first.from..next.from));
        (goals, timed)
    }

    /// The goal that `date` sets in `clause`.
    fn goal(&self, sentence: &str, clause: &Range<usize>, date: Deadline) -> Option<Goal> {
        let said = self.text.get(clause.clone())?;
        let (before, after) = around(self.text, clause, &date);
        let about = starts(said, &WORDS.about) && !starts(said, &WORDS.not_about);
        if !date.is_deadline()
            || about
            || said.trim_end_matches(ends_clause).ends_with('的')
            || starts(after, &WORDS.copulas)
            || ends(before, &WORDS.extends)
            || is_window(before)
            || permits(before)
            || (says(said, &WORDS.postpones) && !says(said, &WORDS.insists))
            || self.only_allows(sentence, said, &date)
        {
            return None;
        }
        if date.relative.is_some() {
            return self.relative(clause, date);
        }
        let edtf = date.edtf?;
        let goal = self.sets_a_goal(&date, edtf)
            && !self.narrates(sentence, &date, edtf)
            && binds(self.text, clause, &date)
            && !is_past(date.due, self.context.issued);
        goal.then_some(Goal { from: clause.start, due: date, sure: true })
    }

    /// 印发后3个月内完成, 力争三年内实现: what counts from the document's own issue, said or meant.
    fn relative(&self, clause: &Range<usize>, date: Deadline) -> Option<Goal> {
        if self.article {
            return None;
        }
        if date.due.is_some() {
            return Some(Goal { from: clause.start, due: date, sure: true });
        }
        let relative = date.relative.filter(|r| r.anchor.is_none())?;
        let (before, after) = around(self.text, clause, &date);
        let insists = ends(before, &WORDS.insists) || starts(after, &WORDS.reaches);
        let opens = without_leads(before).is_empty();
        let count = i32::try_from(relative.count).ok().filter(|n| *n <= 30)?;
        let span = match relative.unit {
            Unit::Year => count.years(),
            Unit::Month => count.months(),
            _ => return None,
        };
        let day = self.context.issued?.checked_add(span).ok()?;
        let due = Deadline { due: Some(day), edtf: Some(Edtf::point(Period::Day(day))), ..date };
        (insists && opens).then_some(Goal { from: clause.start, due, sure: false })
    }

    /// True for a stretch of time in which something may be due. A single day without 前 tells when something
    /// happened, and one day to another is a window; the yearly dates of rules (次年3月底前) are no milestones; and where
    /// nobody knows when the document was written, only what names its end looks ahead.
    fn sets_a_goal(&self, date: &Deadline, edtf: Edtf) -> bool {
        let until = date.extent == Extent::Until || ends_there(self.text, date);
        let day = matches!(edtf.start, Period::Day(_));
        let point = edtf.end.is_none();
        let rule = date.year_carried && self.article;
        let known = self.context.issued.is_some() || (until && !(day && point) && !date.year_carried);
        (until && point || !day) && !rule && known
    }

    /// “十四五”时期，…进入新阶段: a time of years and words of how things are.
    fn narrates(&self, sentence: &str, date: &Deadline, edtf: Edtf) -> bool {
        let period = edtf.end.is_some() && date.extent == Extent::Within && matches!(edtf.start, Period::Year(_));
        says(sentence, &WORDS.narrates) && (period || !says(sentence, &WORDS.future))
    }

    /// True where a sentence grants something, and its date says to whom or until when.
    fn only_allows(&self, sentence: &str, said: &str, date: &Deadline) -> bool {
        let goal_year = self.text.get(date.text.range()).is_some_and(|w| starts(w, &WORDS.by));
        let done = says(said, &WORDS.reaches) && !said.contains('的') && !starts(sentence, &WORDS.about);
        says(sentence, &WORDS.allows) && !says(sentence, &WORDS.insists) && !goal_year && !done
    }
}

/// True where the date stands in its clause as one by which something is done: it opens the clause (到2020年，…), it
/// bounds what follows (在2018年底前完成…), or what follows is reached (达标率2025年达到100%).
pub(in crate::extract::what) fn binds(text: &str, clause: &Range<usize>, date: &Deadline) -> bool {
    let (before, after) = around(text, clause, date);
    let before = without_leads(before);
    let until = date.extent == Extent::Until;
    let by = text.get(date.text.range()).is_some_and(|w| starts(w, &WORDS.by));
    let opens = before.is_empty() && (!date.year_carried || until || ends_there(text, date));
    let reaches = !date.year_carried && starts(after, &WORDS.reaches) && !ends(before, &WORDS.about);
    // 2019年底参保人数 is how many there were; 于2019年底前 and 到2019年底 are bounds wherever they stand.
    let led = before.len() < around(text, clause, date).0.len();
    let bounded = (until || by || (ends_there(text, date) && led))
        && !after.starts_with('的')
        && !starts(after, &WORDS.describes);
    opens || bounded || reaches
}

/// The words of `clause` before `date` and after it.
fn around<'t>(text: &'t str, clause: &Range<usize>, date: &Deadline) -> (&'t str, &'t str) {
    // 三是 only numbers the clause.
    let start = skip_marks(text, clause.clone()).start;
    let before = text.get(start.min(date.text.start)..date.text.start).unwrap_or("");
    let after = text.get(date.text.end..clause.end).unwrap_or("");
    (before.trim(), after.trim_start())
}

/// `before` without 力争, 在 and the like at its end.
fn without_leads(before: &str) -> &str {
    let mut before = before;
    while let Some(w) = WORDS.leads.iter().find(|w| before.ends_with(w.as_str())) {
        before = before[..before.len() - w.len()].trim_end();
    }
    before
}

/// 自即日起 before 至2020年12月底: what holds from one day to another.
fn is_window(before: &str) -> bool {
    before.rfind(['自', '从']).is_some_and(|i| before[i..].contains('起'))
}

/// 企业可在2月24日前: what may be done.
fn permits(before: &str) -> bool {
    let before = without_leads(before);
    says(before, &WORDS.may) || before.ends_with('可')
}

/// 每年, 逐年: what comes again is due by no day.
fn comes_again(text: &str, date: &Deadline) -> bool {
    date.open && text.get(date.text.range()).is_some_and(|w| w.starts_with(['每', '逐']))
}

/// 2018年底, 8月底, 年内: an end although no 前 follows.
pub(super) fn ends_there(text: &str, date: &Deadline) -> bool {
    text.get(date.text.range()).is_some_and(|w| ends(w, &WORDS.ends))
}

/// True for what was reached before the document was written. The day of writing itself is a signature's.
pub(super) fn is_past(due: Option<Date>, issued: Option<Date>) -> bool {
    due.zip(issued).is_some_and(|(due, issued)| due <= issued)
}

/// 2023年、2025年分别开展评估: dates of one list are due by its last.
fn joined(said: &str, dates: Vec<Deadline>) -> Vec<Deadline> {
    let mut list: Vec<Deadline> = Vec::with_capacity(dates.len());
    for date in dates {
        let joint = |last: &Deadline| {
            let gap = said.get(last.text.end..date.text.start);
            last.due < date.due && gap.is_some_and(|gap| WORDS.joints.iter().any(|w| w == gap))
        };
        match list.last_mut() {
            Some(last) if joint(last) => {
                let start = last.text.start;
                *last = date;
                last.text.start = start;
            }
            _ => list.push(date),
        }
    }
    list
}
