//! Trailing annotations: which brackets and label lines of a paragraph assign responsibility, and to what words.

use std::ops::Range;

use super::grammar::parse;
use super::parsed::{LONGEST, Parsed};
use super::settle::{Standing, settle};
use super::words::{ROLES, Role, WORDS, bears};
use super::{Assignment, clause_before};
use crate::extract::kit::brackets::{closes, opens, pair};
use crate::extract::kit::organ::{Actor, actor, is_organ};
use crate::extract::kit::{body_start, trimmed, unended};
use crate::extract::when::Context;
use crate::labels::{LABELS, Label, head_at, label_at};
use crate::wordlist::starts_with;
use crate::{Document, Outline, Span};

/// One annotation of a block.
pub(super) struct Part {
    /// The annotation with its brackets, or the label line.
    range: Range<usize>,
    /// The words that it assigns; empty where it stands alone.
    task: Range<usize>,
    parsed: Parsed,
    /// True for a label line without brackets.
    line: bool,
    /// How well the words tell that this is an annotation.
    grounds: Grounds,
}

/// What words may be an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// （市民政局牵头）
    Bracket,
    /// 责任单位：市民政局
    Label,
    /// 由市民政局牵头，市财政局配合。
    Sentence,
}

/// How well the words of a bracket tell that it assigns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grounds {
    /// It names a role.
    Said,
    /// Organs and no role, right after a sentence.
    Bare,
    /// A label says the role, and the names are none that are known to be organs'.
    Unknown,
    /// Organs and no role at the end of a heading or clause: only where the document's other clauses carry such lists.
    Tentative,
}

impl Part {
    pub(super) fn grounds(&self) -> Grounds {
        self.grounds
    }

    /// True where nothing of its clause stands before it in its block.
    pub(super) fn stands_alone(&self) -> bool {
        self.task.is_empty()
    }

    pub(super) fn range(&self) -> &Range<usize> {
        &self.range
    }
}

/// The foot of a web page is among as many last blocks.
const FOOT: usize = 4;
/// Signs before a line of labels.
const BULLETS: &[char] = &['—', '―', '－', '●', '•', '·', '◆', '▲', '※', '-'];
/// How deep inside other brackets an annotation may stand.
const DEPTH: usize = 3;

/// The annotations of block number `block`, in order.
pub(super) fn read(document: &Document, block: usize, context: Context) -> Vec<Part> {
    let Some(b) = document.blocks.get(block) else { return Vec::new() };
    let text = b.text.as_str();
    // A heading may carry its annotation on its own line, so that the words begin right after its number.
    let body = b.heading().map_or(0, |h| h.number.end);
    let below = body_start(document, block);
    let mut parts: Vec<Part> = Vec::new();
    let mut from = body;
    for (range, shape) in candidates(text, body) {
        if range.start < from {
            continue;
        }
        let range = if shape == Shape::Bracket { closed_too_early(text, range) } else { range };
        let accepted = match shape {
            Shape::Sentence => sentence(text, block, &range, context),
            _ => accept(text, block, body, &range, shape == Shape::Label, context),
        };
        let Some((parsed, grounds)) = accepted else { continue };
        let start = if from < below && range.start >= below { below } else { from };
        let task = unended(text, start..range.start);
        // The sign of a line of labels is no task.
        let words = text.get(task.clone()).is_some_and(|t| t.contains(char::is_alphanumeric));
        let task = if words { task } else { task.start..task.start };
        from = range.end;
        // The 。 or ， after an annotation belongs to nobody.
        let rest = text.get(from..).unwrap_or("");
        from += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || "。；;，,、".contains(c)).len();
        parts.push(Part { range, task, parsed, line: shape != Shape::Bracket, grounds });
    }
    parts
}

/// Brackets, label lines and sentences that may assign, in order, an outer bracket before those in it.
fn candidates(text: &str, body: usize) -> Vec<(Range<usize>, Shape)> {
    let mut brackets: Vec<Range<usize>> = Vec::new();
    let mut found: Vec<(Range<usize>, Shape)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut previous = '。';
    let mut lead = body;
    for (i, c) in text.char_indices().skip_while(|&(i, _)| i < body) {
        match c {
            c if opens(c) => open.push(i),
            c if closes(c) => {
                if let Some(start) = open.pop() {
                    brackets.push(start..i + c.len_utf8());
                }
            }
            _ => {
                if matches!(previous, '。' | '；' | ';' | '！' | '）' | ')') {
                    let alone = previous == '。' && i == body;
                    let label = if alone { head_at(text, i) } else { label_at(text, i) };
                    if label.is_some_and(|(label, _)| label.assigns()) {
                        found.push((i..line_end(text, i), Shape::Label));
                    } else if previous == '。'
                        && let Some(range) = by_whom(text, i)
                    {
                        found.push((range, Shape::Sentence));
                    }
                }
            }
        }
        // ——责任单位：… is a label line all the same.
        let bullet = i == lead && BULLETS.contains(&c);
        lead += if bullet { c.len_utf8() } else { 0 };
        if !c.is_whitespace() && !bullet {
            previous = c;
        }
    }
    brackets.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    // Brackets that are never closed enclose nothing, so that depth is counted by those that are.
    let mut around: Vec<usize> = Vec::new();
    for bracket in brackets {
        while around.last().is_some_and(|&end| end <= bracket.start) {
            around.pop();
        }
        if around.len() < DEPTH {
            found.push((bracket.clone(), Shape::Bracket));
        }
        around.push(bracket.end);
    }
    // An annotation whose own bracket was never closed reaches to the end of its paragraph.
    if let Some(&start) = open.last()
        && text.len() - start <= LONGEST
    {
        found.push((start..text.len(), Shape::Bracket));
    }
    found.sort_by_key(|(r, _)| (r.start, std::cmp::Reverse(r.end)));
    found
}

/// The sentence at byte `at` that begins with 由 or 此项工作由, up to its 。.
fn by_whom(text: &str, at: usize) -> Option<Range<usize>> {
    let said = text.get(at..)?;
    let this = WORDS.this.iter().filter(|w| said.starts_with(w.as_str())).map(|w| w.len()).max().unwrap_or(0);
    let rest = said[this..].trim_start_matches(['，', ',']);
    if !rest.starts_with(WORDS.by) {
        return None;
    }
    let end = at + said.find('。').unwrap_or(said.len());
    (end - at <= LONGEST).then_some(at..end)
}

/// What a sentence says that says nothing but by whom and when: every word of it is a name, a role or a time.
fn sentence(text: &str, block: usize, range: &Range<usize>, context: Context) -> Option<(Parsed, Grounds)> {
    let parsed = parse(block, text, range.clone(), None, context);
    let quote = |s: &Span| text.get(s.range()).unwrap_or("");
    let said = parsed.groups.iter().any(|g| !g.names.is_empty());
    let whole = parsed.unparsed.is_empty() && parsed.bare.is_empty() && parsed.names().all(|n| bears(quote(n)));
    (said && whole).then_some((parsed, Grounds::Said))
}

/// Where a label line ends: at the 。 after which no other label follows, or where no line is read any more.
fn line_end(text: &str, start: usize) -> usize {
    let mut at = start;
    loop {
        let mut last = (at + LONGEST).min(text.len());
        while !text.is_char_boundary(last) {
            last -= 1;
        }
        let Some(stop) = text[at..last].find('。') else { return last };
        let after = at + stop + '。'.len_utf8();
        let next = after + (text[after..].len() - text[after..].trim_start().len());
        if label_at(text, next).is_none() {
            return at + stop;
        }
        at = next;
    }
}

/// What the candidate says, where it assigns responsibility.
fn accept(
    text: &str,
    block: usize,
    body: usize,
    range: &Range<usize>,
    line: bool,
    context: Context,
) -> Option<(Parsed, Grounds)> {
    if range.len() > LONGEST {
        return None;
    }
    let whole = text.get(range.clone())?;
    let before = text.get(body..range.start)?.trim_end();
    let after = text.get(range.end..)?.trim_start();
    let inside = if line { range.clone() } else { inside(whole, range) };
    let words = text.get(inside.clone())?;
    let named = ROLES.occurs(words, |r| !matches!(r, Role::Neutral))
        || LABELS.occurs(words, |l| l.role().is_some() || (line && l == Label::Due));
    let after_stop = before.is_empty() || before.ends_with(['。', '；', ';', '！', '？', '.', '：', ':']);
    let at_end = after.is_empty() || after.starts_with(['。', '；', ';', '！']);
    let may_name = (after_stop || at_end) && WORDS.hints.iter().any(|w| words.contains(w.as_str()));
    if !named && !may_name {
        return None;
    }
    let parsed = parse(block, text, inside, None, context);
    let quote = |s: &Span| text.get(s.range()).unwrap_or("");
    let organs = parsed.names().filter(|n| bears(quote(n))).count();
    let names = parsed.names().count();
    if line && WORDS.feet.iter().any(|w| words.contains(w.as_str())) {
        return None;
    }
    if line {
        // 完成时限：2018年底 by itself goes on from the line before it; `Lines` decides.
        let says = organs > 0 || (parsed.due.is_some() && names == 0);
        return says.then_some((parsed, Grounds::Said));
    }
    let mid = after.starts_with(['，', ',', '、']) || before.ends_with(['，', ',']);
    let lost: usize = parsed.unparsed.iter().map(|s| s.end - s.start).sum();
    let known: usize = parsed.names().map(|s| s.end - s.start).sum();
    let plausible = parsed.names().all(|n| quote(n).chars().count() <= 40);
    if !plausible {
        return None;
    }
    if organs == 0 {
        // （责任单位：航空城专班一组）: the label vouches for a short name that does not end as names do.
        let start = range.start + whole.chars().next().map_or(0, char::len_utf8);
        let labelled = label_at(text, start).is_some_and(|(l, _)| l.role().is_some());
        let short = parsed.names().all(|n| (2..=16).contains(&quote(n).chars().count()));
        let reads = names > 0 && labelled && after_stop && at_end && short && lost == 0;
        return reads.then_some((parsed, Grounds::Unknown));
    }
    if parsed.groups.is_empty() {
        // Names without a role word assign only where they can explain nothing: after the sentence's end.
        let alone = after_stop && (at_end || !mid) && !before.is_empty();
        let organs = parsed.names().all(|n| is_organ(quote(n)));
        let some = parsed.names().any(|n| actor(quote(n)) == Actor::Organ);
        // A list on a line of its own follows its clause; elsewhere words stand before it.
        let grounds = match (alone, at_end && some && (after.is_empty() || !before.is_empty())) {
            (true, _) => Grounds::Bare,
            (_, true) => Grounds::Tentative,
            _ => return None,
        };
        return (organs && lost == 0).then_some((parsed, grounds));
    }
    let whole_understood = lost == 0;
    let ok = match (after_stop, at_end, mid) {
        (true, ..) => whole_understood || lost <= 2 * known,
        (_, true, _) => whole_understood || lost <= known,
        (_, _, true) => whole_understood && organs == names,
        _ => false,
    };
    ok.then_some((parsed, Grounds::Said))
}

/// True where the bracket at `range` looks as if it assigned something: at the end of a sentence or paragraph, it holds a
/// label, or a role word after an organ, or organs and nothing else.
pub(super) fn looks_like_one(text: &str, range: &Range<usize>) -> bool {
    let Some(whole) = text.get(range.clone()).filter(|w| w.len() <= LONGEST) else { return false };
    let inside = inside(whole, range);
    let Some(words) = text.get(inside.clone()) else { return false };
    let before = text.get(..range.start).unwrap_or("").trim_end();
    let after = text.get(range.end..).unwrap_or("").trim_start();
    let ends = after.is_empty() || after.starts_with(['。', '；', ';', '！']);
    let after_stop = before.ends_with(['。', '；', ';', '！', '？']);
    if before.is_empty() || !(ends || after_stop) {
        return false;
    }
    if label_at(text, inside.start).is_some_and(|(l, _)| l.role().is_some()) {
        return true;
    }
    let pieces: Vec<&str> =
        words.split(['、', '，', ',', '；', ';']).map(str::trim).filter(|p| !p.is_empty()).collect();
    let organs = pieces.iter().filter(|p| actor(p) == Actor::Organ).count();
    // 市教育局牵头: an organ with a role word right behind it.
    let says = pieces.iter().any(|p| {
        p.char_indices().any(|(i, _)| {
            i > 0 && ROLES.at(p, i).is_some_and(|(r, _)| r == Role::Lead || r == Role::Responsible) && is_organ(&p[..i])
        })
    });
    says || after_stop && organs >= 2 && organs * 3 >= pieces.len() * 2
}

/// Where a label with its colon stands in `text`, at the head of a sentence and with words of organs or a time behind it.
pub(super) fn label_line(text: &str) -> Option<Range<usize>> {
    /// How much of the words behind it is shown, in characters.
    const SHOWN: usize = 30;
    let mut head = true;
    if WORDS.feet.iter().chain(&WORDS.feet_labels).any(|w| text.contains(w.as_str())) {
        return None;
    }
    for (i, c) in text.char_indices() {
        if head
            && let Some((label, end)) = label_at(text, i)
            && matches!(label, Label::Lead | Label::Responsible | Label::Support | Label::Implement | Label::Due)
        {
            let rest = text.get(end..).unwrap_or("");
            if !rest.trim().is_empty() {
                let shown = rest.char_indices().nth(SHOWN).map_or(text.len(), |(n, _)| end + n);
                return Some(i..shown);
            }
        }
        head = matches!(c, '。' | '；' | ';' | '！') || head && c.is_whitespace();
    }
    None
}

/// Where the layout put the closing bracket into a name (省经信〕厅、省科技厅), the annotation goes on to the end of
/// the paragraph.
fn closed_too_early(text: &str, range: Range<usize>) -> Range<usize> {
    /// Longest rest that is looked at, in bytes.
    const REST: usize = 600;
    let Some(after) = text.get(range.end..).filter(|a| !a.is_empty() && a.len() <= REST) else { return range };
    let parts = ['、', '，', ',', '；', ';', '：', ':'];
    let inside = inside(text.get(range.clone()).unwrap_or(""), &range);
    let last = text.get(inside).unwrap_or("").rsplit(parts).next().unwrap_or("").trim();
    let mut names = after.split(parts);
    let cut = names.next().unwrap_or("").trim();
    let labelled = label_at(text, range.start + text[range.start..].chars().next().map_or(0, char::len_utf8)).is_some();
    let mut rest = || names.all(|n| bears(n.trim()));
    let cut_in_two = labelled && !last.is_empty() && !cut.is_empty() && !bears(last) && bears(&format!("{last}{cut}"));
    if cut_in_two && rest() { range.start..text.len() } else { range }
}

/// The bytes between the brackets; to the end where the closing one is missing.
fn inside(whole: &str, range: &Range<usize>) -> Range<usize> {
    let opening = whole.chars().next().unwrap_or(' ');
    let open = opening.len_utf8().min(whole.len());
    let last = whole.chars().next_back().filter(|&c| closes(c));
    // 〔…（省知识〕产权局）: its own closing bracket stands within, so that the last one belongs to a name.
    let within = |c: char| whole.char_indices().any(|(i, x)| pair(opening, x) && i + c.len_utf8() < whole.len());
    let close = last.filter(|&c| pair(opening, c) || !within(c)).map_or(0, char::len_utf8);
    range.start + open..(range.end - close).max(range.start + open)
}

/// One annotation, or label lines that make one assignment together.
pub(super) struct Lines {
    /// The block of the first line.
    first: usize,
    /// The block of the last line.
    last: usize,
    spans: Vec<Span>,
    task: Range<usize>,
    parsed: Parsed,
    line: bool,
    sure: bool,
}

impl Lines {
    pub(super) fn new(part: Part, block: usize) -> Self {
        Lines {
            first: block,
            last: block,
            spans: vec![Span::new(block, part.range)],
            task: part.task,
            parsed: part.parsed,
            line: part.line,
            sure: part.grounds == Grounds::Said,
        }
    }

    /// True where `part` of block number `block` belongs to the same assignment: a label line right after a label
    /// line, with no words between them and no role said twice.
    pub(super) fn goes_on(&self, part: &Part, block: usize) -> bool {
        let adjacent = block == self.last || block == self.last + 1;
        let twice = part.parsed.groups.iter().any(|g| self.parsed.groups.iter().any(|h| h.role == g.role));
        self.line && part.line && adjacent && part.task.is_empty() && !twice
    }

    /// True where the first line stands before block number `block`.
    pub(super) fn begins_before(&self, block: usize) -> bool {
        self.first < block
    }

    pub(super) fn add(&mut self, part: Part, block: usize) {
        self.last = block;
        self.spans.push(Span::new(block, part.range));
        self.parsed.absorb(part.parsed);
    }

    /// The assignment.
    pub(super) fn settle(self, document: &Document, outline: &Outline, standing: &mut Standing) -> Option<Assignment> {
        let entry = outline.entry_at(self.first);
        // Lines under no heading (主办单位：…) are the foot of a web page, and a line with only a time is no assignment.
        if self.line && (entry.is_none() || self.parsed.names().next().is_none()) {
            return None;
        }
        let text = document.blocks.get(self.first).map_or("", |b| b.text.as_str());
        let foot = self.first + FOOT >= document.blocks.len() && starts_with(text, &WORDS.feet_labels);
        if self.line && foot && self.task.is_empty() {
            return None;
        }
        let task = trimmed(text, self.task.clone());
        let own = (!task.is_empty()).then(|| Span::new(self.first, task));
        let heading = document.blocks.get(self.first).and_then(|b| b.heading()).map(|h| h.title.clone());
        let heading = heading.filter(|t| !t.is_empty());
        // （二）完善价格政策（市发改委负责）: the heading's words end before its annotation.
        let annotation = self.spans.first().map_or(usize::MAX, |s| s.start);
        let own_title =
            heading.clone().filter(|t| annotation < t.end).map(|t| unended(text, t.start..annotation.max(t.start)));
        let title = match own_title {
            Some(t) => text.get(t).filter(|t| !t.is_empty()).map(str::to_owned),
            None => entry.and_then(|e| e.title.clone()),
        };
        let heading =
            heading.map(|t| Span::new(self.first, unended(text, t.start..t.end.min(annotation).max(t.start))));
        let roles = settle(document, outline.path_at(self.first), &self.parsed, standing);
        Some(Assignment {
            path: outline.path_at(self.first).to_owned(),
            title,
            text: own.or(heading).or_else(|| clause_before(document, outline, self.first)),
            lead: roles.lead,
            support: roles.support,
            joint: roles.joint,
            implement: roles.implement,
            implement_inherited: roles.implement_inherited,
            open_ended: self.parsed.open_ended,
            annotation: self.spans,
            due: self.parsed.due,
            unparsed: self.parsed.unparsed,
            lead_from: None,
            // Where the first of a list leads, a list says who does.
            sure: self.sure || standing.first_leads,
        })
    }
}
