//! Which dates of a sentence set a goal, and which tell of the past, of a window, of whom a benefit is for, or of the
//! state of things.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use super::words::{WORDS, ends, says, starts};
use crate::date::{Edtf, Period};
use crate::extract::kit::sentence::{Hidden, ends_clause, ends_part, skip_marks};
use crate::extract::what::indicator;
use crate::extract::when::{self, Context, Deadline, Extent, Unit};
use crate::scan::is_arabic;

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
    /// A heading over it says that it is about goals, which look ahead.
    pub(super) goals: bool,
}

impl Judge<'_> {
    /// The dates of a sentence that set a goal, in order; and whether the sentence speaks of a time of its own at all,
    /// so that it inherits none.
    pub(super) fn goals(&mut self, words: &Range<usize>, hidden: &Hidden) -> (Vec<Goal>, bool) {
        let mut goals: Vec<Goal> = Vec::new();
        let mut timed = false;
        // 每年2月底前…，3月底前…: what comes again every year has no day.
        let mut yearly = false;
        let mut sentence: Option<Sentence<'_>> = None;
        for clause in hidden.split(self.text, words.clone(), ends_clause) {
            let Some(said) = self.text.get(clause.clone()) else { continue };
            let dates = joined(said, when::find(said, self.context));
            if dates.is_empty() {
                continue;
            }
            let sentence = sentence.get_or_insert_with(|| Sentence::of(self.text, words));
            let dismissed = sentence.dismisses(said);
            for date in dates {
                let date = date.shifted(clause.start).in_block(self.block);
                if hidden.hides(date.text.range()) {
                    continue;
                }
                yearly |= comes_every_year(self.text, &date);
                timed |= date.edtf.is_some() || comes_again(self.text, &date);
                if let Some(edtf) = date.edtf.filter(|_| !date.year_carried && date.relative.is_none()) {
                    let year = edtf.end.unwrap_or(edtf.start).year();
                    // 按国务院一九八〇年223号文件…。各地应于六月底前…: a year gone by dates nothing that is to come.
                    if self.context.issued.is_none_or(|issued| year >= issued.year()) {
                        self.context.year = Some(year);
                    }
                }
                // 2024年达到4.6个、2025年达到4.8个: each date of a list has its own numbers.
                let told = goals.last().is_some_and(|g: &Goal| g.from >= clause.start);
                if told && !lists(self.text, &clause, &date) {
                    continue;
                }
                if !(dismissed || yearly && date.year_carried)
                    && let Some(goal) = self.goal(sentence, &clause, date, hidden)
                {
                    let from = if told { date.text.start } else { goal.from };
                    goals.push(Goal { from, ..goal });
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
    fn goal(&self, sentence: &Sentence<'_>, clause: &Range<usize>, date: Deadline, hidden: &Hidden) -> Option<Goal> {
        let (before, after) = around(self.text, clause, &date);
        if !date.is_deadline()
            || starts(after, &WORDS.copulas)
            || ends(before, &WORDS.extends)
            || is_window(before)
            || permits(before)
            || sentence.only_allows(self.text, &date)
        {
            return None;
        }
        if date.relative.is_some() {
            return self.relative(clause, date).filter(|g| !is_past(g.due.due, self.context.issued));
        }
        let edtf = date.edtf?;
        if !self.sets_a_goal(&date, edtf) || sentence.narrates(&date, edtf) || is_past(date.due, self.context.issued) {
            return None;
        }
        if binds(self.text, clause, &date) {
            return Some(Goal { from: clause.start, due: date, sure: true });
        }
        // 推动2018年融资成本下降0.5个百分点: a year that numbers follow in its own clause.
        let (before, _) = around(self.text, clause, &date);
        let urged = ends(before, &WORDS.urges) && !date.year_carried && !names_a_thing(self.text, clause, &date);
        if urged && !indicator::find(self.block, self.text, date.text.end..clause.end, hidden).is_empty() {
            return Some(Goal { from: clause.start, due: date, sure: true });
        }
        // 实施2023年培训计划，培养不少于3500名: the year of a plan is that of the numbers after it.
        let rest = clause.end..sentence.range.end;
        let counted = names_a_thing(self.text, clause, &date)
            && !date.year_carried
            && !indicator::find(self.block, self.text, rest, hidden).is_empty();
        counted.then_some(Goal { from: clause.start, due: date, sure: false })
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
        let relative = text_starts(self.text, date, &WORDS.next_year);
        let rule = (date.year_carried || relative) && self.article;
        let known = self.context.issued.is_some() || self.goals || (until && !(day && point) && !date.year_carried);
        (until && point || !day) && !rule && known
    }
}

/// What the words of a sentence say of all its dates.
struct Sentence<'t> {
    words: &'t str,
    range: Range<usize>,
    insists: bool,
    allows: bool,
    narrates: bool,
    future: bool,
}

impl<'t> Sentence<'t> {
    fn of(text: &'t str, range: &Range<usize>) -> Sentence<'t> {
        let words = text.get(range.clone()).unwrap_or("");
        Sentence {
            words,
            range: range.clone(),
            insists: says(words, &WORDS.insists),
            allows: says(words, &WORDS.allows),
            narrates: says(words, &WORDS.narrates),
            future: says(words, &WORDS.future),
        }
    }

    /// True for a clause whose dates say of what or whom it speaks (对2020年新增的贷款), or what is put off.
    fn dismisses(&self, clause: &str) -> bool {
        // 截至2024年底，实现全覆盖: what is passed by then is left out with the days gone by.
        let bound = starts(clause, &WORDS.bounds) && self.future && !says(self.words, &WORDS.past);
        let about = starts(clause, &WORDS.about) && !starts(clause, &WORDS.not_about) && !bound;
        let postpones = says(clause, &WORDS.postpones) && !says(clause, &WORDS.insists);
        about || postpones || clause.trim_end_matches(ends_clause).ends_with('的')
    }

    /// “十四五”时期，…进入新阶段: a time of years and words of how things are.
    fn narrates(&self, date: &Deadline, edtf: Edtf) -> bool {
        let period = edtf.end.is_some() && date.extent == Extent::Within && matches!(edtf.start, Period::Year(_));
        self.narrates && (period || !self.future || says(self.words, &WORDS.foretells))
    }

    /// True where the sentence grants something, and the date says to whom or until when.
    fn only_allows(&self, text: &str, date: &Deadline) -> bool {
        if !self.allows || self.insists || text.get(date.text.range()).is_some_and(|w| starts(w, &WORDS.by)) {
            return false;
        }
        // 6月底前，市财政局完成贴息资金拨付 is a goal; 6月底前能够完成技改的企业 are those who get something.
        let near = text.get(date.text.end..self.range.end).unwrap_or("");
        let near = near.trim_start_matches(['，', ',', ' ']);
        let end = near.char_indices().take(NEAR).find(|(_, c)| ends_clause(*c)).map(|(i, _)| i);
        let near = &near[..end.unwrap_or_else(|| bound(near))];
        !says(near, &WORDS.reaches) || near.contains('的') || starts(self.words, &WORDS.about)
    }
}

/// True for a date that 、 or 和 lists behind another of its clause, and behind which something is reached.
fn lists(text: &str, clause: &Range<usize>, date: &Deadline) -> bool {
    let (before, after) = around(text, clause, date);
    WORDS.joints.iter().any(|w| before.ends_with(w.as_str())) && starts(after, &WORDS.reaches)
}

/// How many characters around a date are looked at.
const NEAR: usize = 40;

/// The byte after the first characters of `text`.
fn bound(text: &str) -> usize {
    text.char_indices().nth(NEAR).map_or(text.len(), |(i, _)| i)
}

/// True where the date stands in its clause as one by which something is done: it opens the clause (到2020年，…), it
/// bounds what follows (在2018年底前完成…), or what follows is reached (达标率2025年达到100%).
pub(in crate::extract::what) fn binds(text: &str, clause: &Range<usize>, date: &Deadline) -> bool {
    let (before, after) = around(text, clause, date);
    let before = without_leads(before);
    let until = date.extent == Extent::Until;
    let by = text.get(date.text.range()).is_some_and(|w| starts(w, &WORDS.by));
    let opens = before.is_empty() && (!date.year_carried || until || ends_there(text, date));
    let reaches = !date.year_carried
        && starts(after, &WORDS.reaches)
        && !ends(before, &WORDS.about)
        && !names_a_thing(text, clause, date);
    // 2019年底参保人数 is how many there were; 于2019年底前 and 到2019年底 are bounds wherever they stand.
    let led = before.len() < around(text, clause, date).0.len();
    let bounded = (until || by || (ends_there(text, date) && led))
        && !after.starts_with('的')
        && !starts(after, &WORDS.describes);
    opens || bounded || reaches
}

/// The words of `clause` right before `date` and right after it.
fn around<'t>(text: &'t str, clause: &Range<usize>, date: &Deadline) -> (&'t str, &'t str) {
    // 三是 only numbers the clause.
    let start = skip_marks(text, clause.clone()).start;
    let before = text.get(start.min(date.text.start)..date.text.start).unwrap_or("");
    let from = before.char_indices().rev().take(NEAR).last().map_or(0, |(i, _)| i);
    let after = text.get(date.text.end..clause.end).unwrap_or("");
    (before[from..].trim(), after[..bound(after)].trim_start())
}

/// 2024年改造项目 is a name: a year right before words that end in one for a thing.
fn names_a_thing(text: &str, clause: &Range<usize>, date: &Deadline) -> bool {
    let printed = text.get(date.text.range()).unwrap_or("");
    let after = text.get(date.text.end..clause.end).unwrap_or("");
    let name = after.trim_end_matches(ends_clause).trim_end();
    let year = printed.ends_with(['年', '度']) && !starts(printed, &WORDS.by);
    year && name.len() <= after[..bound(after)].len() && !name.contains(is_arabic) && ends(name, &WORDS.things)
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

/// 每年, 逐年; not 每月, beside which a month is one of this year.
fn comes_every_year(text: &str, date: &Deadline) -> bool {
    date.open && text.get(date.text.range()).is_some_and(|w| w.starts_with("每年") || w.starts_with('逐'))
}

/// True where the words of `date` begin with one of `list`.
fn text_starts(text: &str, date: &Deadline, list: &[String]) -> bool {
    text.get(date.text.range()).is_some_and(|w| starts(w.trim_start_matches(['到', '至', '于']), list))
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
