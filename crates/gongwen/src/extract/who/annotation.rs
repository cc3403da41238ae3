//! Trailing annotations: which brackets and label lines of a paragraph assign responsibility, and to what words.

use std::ops::Range;

use super::grammar::parse;
use super::parsed::{LONGEST, Parsed};
use super::settle::{Standing, settle};
use super::words::{ROLES, Role, WORDS};
use super::{Assignment, clause_before};
use crate::extract::kit::organ::{acts, is_organ};
use crate::extract::kit::{body_start, trimmed, unended};
use crate::extract::when::Context;
use crate::labels::{LABELS, Label, label_at};
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
}

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
    for (range, line) in candidates(text, body) {
        if range.start < from {
            continue;
        }
        let Some(parsed) = accept(text, block, body, &range, line, context) else { continue };
        let start = if from < below && range.start >= below { below } else { from };
        let task = unended(text, start..range.start);
        from = range.end;
        // The 。 or ， after an annotation belongs to nobody.
        let rest = text.get(from..).unwrap_or("");
        from += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || "。；;，,、".contains(c)).len();
        parts.push(Part { range, task, parsed, line });
    }
    parts
}

/// Brackets and label lines that may assign, in order, an outer bracket before those in it.
fn candidates(text: &str, body: usize) -> Vec<(Range<usize>, bool)> {
    let mut brackets: Vec<Range<usize>> = Vec::new();
    let mut found: Vec<(Range<usize>, bool)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut previous = '。';
    for (i, c) in text.char_indices().skip_while(|&(i, _)| i < body) {
        match c {
            '（' | '(' | '〔' | '［' | '[' | '【' => open.push(i),
            '）' | ')' | '〕' | '］' | ']' | '】' => {
                if let Some(start) = open.pop() {
                    brackets.push(start..i + c.len_utf8());
                }
            }
            _ => {
                if matches!(previous, '。' | '；' | ';' | '！' | '）' | ')')
                    && let Some((label, _)) = label_at(text, i)
                    && label.assigns()
                {
                    found.push((i..line_end(text, i), true));
                }
            }
        }
        if !c.is_whitespace() {
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
            found.push((bracket.clone(), false));
        }
        around.push(bracket.end);
    }
    // An annotation whose own bracket was never closed reaches to the end of its paragraph.
    if let Some(&start) = open.last()
        && text.len() - start <= LONGEST
    {
        found.push((start..text.len(), false));
    }
    found.sort_by_key(|(r, _)| (r.start, std::cmp::Reverse(r.end)));
    found
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
fn accept(text: &str, block: usize, body: usize, range: &Range<usize>, line: bool, context: Context) -> Option<Parsed> {
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
    let may_name = after_stop && WORDS.hints.iter().any(|w| words.contains(w.as_str()));
    if !named && !may_name {
        return None;
    }
    let parsed = parse(block, text, inside, None, context);
    let quote = |s: &Span| text.get(s.range()).unwrap_or("");
    let organs = parsed.names().filter(|n| acts(quote(n))).count();
    let names = parsed.names().count();
    if line {
        // 完成时限：2018年底 by itself goes on from the line before it; `Lines` decides.
        let says = organs > 0 || (parsed.due.is_some() && names == 0);
        return says.then_some(parsed);
    }
    let at_end = after.is_empty() || after.starts_with(['。', '；', ';', '！']);
    let mid = after.starts_with(['，', ',', '、']) || before.ends_with(['，', ',']);
    let lost: usize = parsed.unparsed.iter().map(|s| s.end - s.start).sum();
    let known: usize = parsed.names().map(|s| s.end - s.start).sum();
    let plausible = parsed.names().all(|n| quote(n).chars().count() <= 40);
    if organs == 0 || !plausible {
        return None;
    }
    if parsed.groups.is_empty() {
        // Names without a role word assign only where they can explain nothing: after the sentence's end.
        let alone = after_stop && (at_end || !mid) && !before.is_empty();
        let organs = parsed.names().all(|n| is_organ(quote(n)));
        return (alone && organs && lost == 0).then_some(parsed);
    }
    let whole_understood = lost == 0;
    let ok = match (after_stop, at_end, mid) {
        (true, ..) => whole_understood || lost <= 2 * known,
        (_, true, _) => whole_understood || lost <= known,
        (_, _, true) => whole_understood && organs == names,
        _ => false,
    };
    ok.then_some(parsed)
}

/// The bytes between the brackets; to the end where the closing one is missing.
fn inside(whole: &str, range: &Range<usize>) -> Range<usize> {
    let open = whole.chars().next().map_or(0, char::len_utf8);
    let close = whole.chars().next_back().filter(|c| "）)〕］]】".contains(*c)).map_or(0, char::len_utf8);
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
        }
    }

    /// True where `part` of block number `block` belongs to the same assignment: a label line right after a label
    /// line, with no words between them and no role said twice.
    pub(super) fn goes_on(&self, part: &Part, block: usize) -> bool {
        let adjacent = block == self.last || block == self.last + 1;
        let twice = part.parsed.groups.iter().any(|g| self.parsed.groups.iter().any(|h| h.role == g.role));
        self.line && part.line && adjacent && part.task.is_empty() && !twice
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
        let roles = settle(document, &self.parsed, standing);
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
        })
    }
}
