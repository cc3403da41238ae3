//! 职责: sentences that put a duty on a named organ or institution with 要, 应当, 须, 负责, 不得 …
//!
//! The actor is what stands between the beginning of a clause and the modal word, where that is made like an organ's
//! name: 市卫生计生委、市民政局要…, 民政、卫生计生部门应当…. Institutions and applicants (养老机构应当…) are found as well
//! and told apart by [`Duty::holder`]; a rate, a sum or a procedure as the subject (覆盖率要达到…) is no actor.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use crate::extract::kit::actors::actors;
use crate::extract::kit::organ::{Actor, actor, is_organ};
use crate::extract::kit::sentence::{Hidden, ends_clause, parts, skip_marks, without_annotation};
use crate::extract::kit::{Name, trimmed, unended};
use crate::extract::what::clause::said_from;
use crate::extract::what::indicator::{self, Indicator};
use crate::extract::what::target::{binds, goal_alone};
use crate::extract::when::{self, Context, Deadline};
use crate::wordlist::{ends_with, starts_with};
use crate::{BlockKind, Document, Outline, Span};

/// 一项职责.
#[derive(Clone, Debug, PartialEq)]
pub struct Duty {
    /// Path of the clause.
    pub path: String,
    /// The part of the sentence, from the actor or its condition on, without the final 。 or ；.
    pub text: Span,
    /// Who must act.
    pub actor: Vec<Name>,
    /// What kind of actor it is.
    pub holder: Actor,
    /// The modal word.
    pub modal: Span,
    /// A date in the sentence by which it must be done.
    pub due: Option<Deadline>,
    /// Numbers that must be reached.
    pub indicators: Vec<Indicator>,
    /// False where the actor stands in another clause than the modal word.
    pub sure: bool,
}

/// The lists of `duty.toml`, which says what each is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    modals: Vec<String>,
    charge: String,
    charge_adverbs: Vec<String>,
    answers: Vec<String>,
    #[serde(rename = "for")]
    answers_for: Vec<String>,
    asks: Vec<String>,
    copulas: Vec<String>,
    no_charge: Vec<String>,
    not_after: Vec<String>,
    not_before: Vec<String>,
    not_before_should: Vec<String>,
    should: String,
    needs: Vec<String>,
    not_needs: Vec<String>,
    elided: Vec<String>,
    acted: Vec<String>,
    acting: Vec<String>,
    acting_on: Vec<String>,
    acting_on_with: Vec<String>,
    done: Vec<String>,
    conditions: Vec<String>,
    anybody: Vec<String>,
    unnamed: Vec<String>,
    terms: Vec<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::wordlist::load("duty.toml", include_str!("../../../words/duty.toml")));

static MODALS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(WORDS.modals.iter().chain(&WORDS.answers)).ok()
});

/// The words behind a subject that another clause leaves out; of two that overlap both count.
static ELIDED: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(&WORDS.elided).ok());

/// Longest actor in characters: the dozen departments that a statute lists.
const ACTOR: usize = 120;

/// Every duty of the document, in printed order.
pub fn duties(document: &Document, outline: &Outline) -> Vec<Duty> {
    let context = Context::of(document);
    let mut found = Vec::new();
    for (block, b) in document.blocks.iter().enumerate() {
        if !matches!(b.kind, BlockKind::Heading(_) | BlockKind::Paragraph) {
            continue;
        }
        let text = b.text.as_str();
        if !MODALS.as_ref().is_some_and(|m| m.is_match(text)) {
            continue;
        }
        let body = said_from(document, block);
        let hidden = Hidden::of(text, body);
        let headed = headed_by(document, outline, block);
        for part in parts(&hidden, text, body..text.len()) {
            let place = Place { block, text, path: outline.path_at(block), headed: headed.as_ref(), context };
            read_part(&place, part, &hidden, &mut found);
        }
    }
    found
}

/// Where a part of a sentence stands.
struct Place<'a> {
    block: usize,
    text: &'a str,
    path: &'a str,
    /// The organ whose name is the heading, as in lists of who is responsible for what: （一）市民政局。负责….
    headed: Option<&'a Name>,
    context: Context,
}

fn read_part(place: &Place<'_>, part: Range<usize>, hidden: &Hidden, found: &mut Vec<Duty>) {
    let Place { block, text, .. } = *place;
    let clauses = hidden.split(text, part.clone(), ends_clause);
    let first = found.len();
    // Whom the later clauses leave out, looked up once.
    let subject_before = OnceCell::new();
    let first_elided = || subject_before.get_or_init(|| elided(text, &clauses)).clone();
    // …，区住房局收到材料后，应当…: an organ that acts right before goes first.
    let elided_by = |i: usize| {
        let before = i.checked_sub(1).filter(|b| *b > 0).and_then(|b| clauses.get(b));
        let ends = |b: &&Range<usize>| ends_with(text[(*b).clone()].trim_end_matches(ends_clause), &WORDS.acted);
        let acts = before.filter(ends).and_then(|b| elided(text, std::slice::from_ref(b)));
        acts.or_else(first_elided)
    };
    for (i, clause) in clauses.iter().enumerate() {
        // The clause before may say whom or when this one binds, unless it is a duty itself.
        let free = |b: &&Range<usize>| found[first..].last().is_none_or(|last| last.modal.end <= b.start);
        let before = i.checked_sub(1).and_then(|j| clauses.get(j)).filter(free);
        let mut sure = true;
        let (actors, modal, start) = if let Some((actors, modal)) = subject(text, clause.clone(), hidden) {
            // The condition that an actor is bound to comes with it: 对于拟举办…的，民政部门应当….
            let start = before.filter(|b| is_condition(text, b)).unwrap_or(clause).start;
            (names(block, text, actors), modal, start)
        } else if let Some(modal) = opening_duty(text, clause) {
            // 市民政局：负责…, or the organ is the heading.
            let named = before.filter(|b| text[(*b).clone()].ends_with(['：', ':'])).and_then(|b| {
                let end = b.end - text[b.clone()].chars().next_back().map_or(0, char::len_utf8);
                Some((names(block, text, actors(text, b.start..end)?), b.start))
            });
            match (named, place.headed) {
                (Some((names, start)), _) => (names, modal, start),
                (None, Some(name)) if i == 0 => (vec![name.clone()], modal, clause.start),
                _ => match elided_by(i).filter(|_| i > 0 && found.len() == first) {
                    Some((actors, start)) => {
                        sure = false;
                        (names(block, text, actors), modal, start)
                    }
                    None => continue,
                },
            }
        } else if i > 0
            && found.len() == first
            && let Some(modal) = opening_modal(text, clause)
            && let Some((actors, start)) = elided_by(i)
        {
            sure = false;
            (names(block, text, actors), modal, start)
        } else {
            continue;
        };
        // The next actor begins the next duty.
        if found.len() > first
            && let Some(last) = found.last_mut()
        {
            last.text.end = unended(text, last.text.start..start.max(last.text.start)).end;
        }
        let range = without_annotation(hidden, text, unended(text, start..part.end));
        let range = goal_alone(text, skip_marks(text, range), hidden);
        // 任何单位和个人 binds everybody, not organs.
        let anybody = actors.first().is_some_and(|n| starts_with(&n.text, &WORDS.anybody));
        let of_all = || actors.iter().map(|n| actor(&n.text)).max_by_key(|a| rank(*a)).unwrap_or(Actor::Other);
        // 单位须盖章: which one, no document says.
        let any = actors.iter().all(|n| WORDS.unnamed.contains(&n.text));
        let holder = if anybody || any { Actor::Institution } else { of_all() };
        found.push(Duty {
            path: place.path.to_owned(),
            text: Span::new(block, range),
            actor: actors,
            holder,
            modal: Span::new(block, modal),
            due: None,
            indicators: Vec::new(),
            sure,
        });
    }
    for duty in &mut found[first..] {
        let range = duty.text.range();
        let said = text.get(range.clone()).unwrap_or("");
        let dates = when::find(said, place.context).into_iter().map(|d| d.shifted(range.start).in_block(block));
        let term = |d: &Deadline| {
            text.get(..d.text.start).is_some_and(|t| WORDS.terms.iter().any(|w| t.ends_with(w.as_str())))
        };
        let mut dates = dates.filter(|d| d.is_deadline() && !hidden.hides(d.text.range()) && !term(d));
        let clause_of = |d: &Deadline| clauses.get(clauses.partition_point(|c| c.end <= d.text.start)).cloned();
        duty.due = dates
            .find(|d| d.means_a_day() && (d.relative.is_some() || clause_of(d).is_none_or(|c| binds(text, &c, d))));
        duty.indicators = indicator::find(block, text, range, hidden);
    }
}

fn names(block: usize, text: &str, ranges: Vec<Range<usize>>) -> Vec<Name> {
    ranges.into_iter().map(|r| Name::of(block, text, r)).collect()
}

/// 负责 or 主要负责 at the beginning of a clause.
fn opening_duty(text: &str, clause: &Range<usize>) -> Option<Range<usize>> {
    let start = skip_marks(text, trimmed(text, clause.clone())).start;
    // An empty clause begins where the next one does.
    let said = text.get(start..clause.end)?;
    let adverb = WORDS.charge_adverbs.iter().find(|w| said.starts_with(w.as_str())).map_or(0, String::len);
    let start = start + adverb;
    let modal = start..start + WORDS.charge.len();
    (said[adverb..].starts_with(WORDS.charge.as_str()) && is_modal(text, &modal)).then_some(modal)
}

/// The modal word that a clause begins with: 要于8月底前…, 不得….
fn opening_modal(text: &str, clause: &Range<usize>) -> Option<Range<usize>> {
    let start = skip_marks(text, trimmed(text, clause.clone())).start;
    let said = text.get(start..clause.end)?;
    let word = WORDS.modals.iter().filter(|m| said.starts_with(m.as_str())).max_by_key(|m| m.len())?;
    let modal = start..start + word.len();
    is_modal(text, &modal).then_some(modal)
}

/// The actors of a clause without a subject, where the sentence begins with them: 各市人民政府是责任主体，要…;
/// 规划部门在核发条件时，应当….
pub(super) fn elided(text: &str, clauses: &[Range<usize>]) -> Option<(Vec<Range<usize>>, usize)> {
    let clause = skip_marks(text, trimmed(text, clauses.first()?.clone()));
    let said = text.get(clause.clone())?;
    let near = said.char_indices().nth(ACTOR).map_or(said, |(i, _)| &said[..i]);
    let mut ends: Vec<usize> = ELIDED.as_ref()?.find_overlapping_iter(near).map(|m| m.start()).collect();
    ends.sort_unstable();
    let mut leads = ends.into_iter().filter(|i| *i > 0).map(|i| clause.start..clause.start + i);
    // …、消防救援等部门，应当按照各自职责: the clause is nothing but the actors.
    // …, but nothing that says what they must do: 各项目应成立工作组，….
    let modal = |m: aho_corasick::Match| is_modal(text, &(clause.start + m.start()..clause.start + m.end()));
    let says = || MODALS.as_ref().is_some_and(|all| all.find_iter(near).any(modal));
    let bare = || near.len() == said.len() && !says();
    let whole = || bare().then(|| clause.start..unended(text, clause.clone()).end);
    let actors = leads.find_map(|r| actors(text, r)).or_else(|| actors(text, whole()?));
    let actors = actors.or_else(|| acted(text, clause.start, near))?;
    Some((actors, clause.start))
}

/// The organ that a clause begins with and that has done or does something by then, whatever that is: 公安机关立案后，应当….
fn acted(text: &str, start: usize, said: &str) -> Option<Vec<Range<usize>>> {
    /// Longest name, in characters, and longest one that is not made of two.
    const NAME: usize = 24;
    const FIRST: usize = 8;
    let bare = said.trim_end_matches(ends_clause);
    if !ends_with(bare, &WORDS.acted) {
        return None;
    }
    let ends = bare.char_indices().map(|(i, _)| i).take(NAME + 1).skip(2);
    let mut name: Option<usize> = None;
    for end in ends {
        let head = &bare[..end];
        if !ends_with(head, &WORDS.acting) || starts_with(&bare[end..], &WORDS.acting_on) {
            continue;
        }
        // 县级以上人民政府教育行政部门作出决定后: the name goes on; 公安机关接受人民检察院…后: it does not.
        let goes_on = |from: usize| {
            ends_with(head, &WORDS.acting_on_with) && !WORDS.done.iter().any(|w| head[from..].contains(w.as_str()))
        };
        match name {
            None if head.chars().count() > FIRST => return None,
            Some(from) if !goes_on(from) => {}
            _ => name = Some(end),
        }
    }
    let names = actors(text, start..start + name?)?;
    names.iter().all(|r| is_organ(&text[r.clone()])).then_some(names)
}

/// The organ that the heading over block number `block` names, or the one over an item of it that prints no heading:
/// （一）市民政局 / 1.负责….
fn headed_by(document: &Document, outline: &Outline, block: usize) -> Option<Name> {
    let mut entry = outline.entry_at(block)?;
    if entry.title.is_none() {
        entry = outline.entries.get(entry.parent?)?;
    }
    let heading = document.blocks.get(entry.block)?;
    let title = heading.heading()?.title.clone();
    let text = heading.text.get(title.clone())?.trim_end_matches(['：', ':', '。']);
    is_organ(text).then(|| Name::of(entry.block, &heading.text, title.start..title.start + text.len()))
}

/// An organ that must act weighs more than an institution named with it.
fn rank(actor: Actor) -> u8 {
    match actor {
        Actor::Organ => 3,
        Actor::Class => 2,
        Actor::Institution => 1,
        Actor::Other => 0,
    }
}

/// The actors and the modal word of a clause that begins with them.
pub(super) fn subject(text: &str, clause: Range<usize>, hidden: &Hidden) -> Option<(Vec<Range<usize>>, Range<usize>)> {
    let mut range = skip_marks(text, trimmed(text, clause));
    let starts = |at: usize, words: &[String]| {
        let said = text.get(at..)?;
        words.iter().find(|w| said.starts_with(w.as_str())).map(String::len)
    };
    if starts(range.start, &WORDS.copulas).is_some() {
        return None;
    }
    range.start += starts(range.start, &WORDS.asks).unwrap_or(0);
    let said = text.get(range.clone())?;
    for m in MODALS.as_ref()?.find_iter(said) {
        let modal = range.start + m.start()..range.start + m.end();
        if hidden.at(modal.start).is_some() {
            continue;
        }
        if text[range.start..modal.start].chars().count() > ACTOR {
            return None;
        }
        if !is_modal(text, &modal) {
            continue;
        }
        // 各单位对项目实施负总责
        let mut end = modal.start;
        if WORDS.answers.iter().any(|w| *w == said[m.range()]) {
            let before = &said[..m.start()];
            end =
                WORDS.answers_for.iter().filter_map(|w| before.find(w.as_str())).min().map_or(end, |i| range.start + i);
        }
        if let Some(actors) = actors(text, range.start..end) {
            return Some((actors, modal));
        }
    }
    None
}

/// True where the word at `modal` is a modal one there: not 主要, 应急, 负责人.
fn is_modal(text: &str, modal: &Range<usize>) -> bool {
    let word = &text[modal.clone()];
    let after = &text[modal.end..];
    if word == WORDS.charge {
        // 本办法由市民政局负责解释 puts no duty on anybody.
        return !WORDS.no_charge.iter().any(|w| after.starts_with(w.as_str()));
    }
    let before = &text[..modal.start];
    if word.chars().count() > 1 {
        // 发展所需要的能力 asks for nothing.
        return !WORDS.needs.iter().any(|w| w == word) || !ends_with(before, &WORDS.not_needs);
    }
    let goes_on =
        starts_with(after, &WORDS.not_before) || (word == WORDS.should && starts_with(after, &WORDS.not_before_should));
    !(goes_on || ends_with(before, &WORDS.not_after))
}

/// 对于拟举办医养结合机构的，: a clause that says in which case the next one binds.
fn is_condition(text: &str, clause: &Range<usize>) -> bool {
    let range = unended(text, clause.clone());
    let said = text.get(range).unwrap_or("");
    said.ends_with('的') || WORDS.conditions.iter().any(|w| said.starts_with(w.as_str()))
}

#[cfg(test)]
mod tests;
