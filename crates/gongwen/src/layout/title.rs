//! 标题: which lines are the title of the document, and of the instrument that it issues or forwards.

use super::{Draft, merge, roles};
use crate::chars::is_cjk;
use crate::document::BlockKind;
use crate::words::PARAGRAPHS;
use crate::{date, numbering, words};

/// A title runs over at most this many lines.
const LINES: usize = 6;
/// And over at most this many characters.
const CHARS: usize = 160;

/// Turns the lines of the titles among `drafts` into title blocks.
pub(super) fn mark(drafts: &mut Vec<Draft>) {
    let head = head_len(drafts);
    let mut first = None;
    if let Some((start, end)) = best_run(drafts, 0, head) {
        replace(drafts, start, end);
        first = Some(start);
    }
    let from = first.map_or(head, |i| i + 1);
    if let Some((start, end)) = attached(drafts, from) {
        replace(drafts, start, end);
    }
}

fn replace(drafts: &mut Vec<Draft>, start: usize, end: usize) {
    let latin = |d: &Draft| d.text().chars().all(|c| !is_cjk(c));
    let between = if drafts[start..end].iter().all(latin) { " " } else { "" };
    let title = merge(&drafts[start..end], between, BlockKind::Title);
    drafts.splice(start..end, [title]);
}

/// How many drafts come before the text: up to whom it is addressed, its first sentence or its first number.
fn head_len(drafts: &[Draft]) -> usize {
    drafts
        .iter()
        .position(|d| {
            d.is_paragraph()
                && (roles::is_addressee(d.text())
                    || is_sentence(d.text())
                    || numbering::number_at(d.text()).is_some_and(|n| n.style != numbering::Style::Attachment))
        })
        .unwrap_or(drafts.len())
        .min(40)
}

fn is_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', '！', ';'])
        || text.chars().count() > 90
        || (text.contains('。') && !text.contains('《'))
}

/// The run of title lines in `from..to`: the one that ends in a 文种, else the first.
fn best_run(drafts: &[Draft], from: usize, to: usize) -> Option<(usize, usize)> {
    let mut fallback = None;
    let mut i = from;
    while i < to {
        if !is_title_line(drafts, i) {
            i += 1;
            continue;
        }
        match run(drafts, i, to) {
            (end, true) => return Some((i, end)),
            (end, false) => {
                fallback = fallback.or(Some((i, i + 1)));
                i = end;
            }
        }
    }
    fallback
}

/// The end of the title that begins with line `start`, and whether it ends in a 文种. Lines are added until one does and
/// the next does not go on with it (实施意见 / 的通知).
fn run(drafts: &[Draft], start: usize, to: usize) -> (usize, bool) {
    let mut title = String::new();
    let mut complete = None;
    let mut end = start;
    while end < to.min(start + LINES) && is_title_line(drafts, end) {
        if complete.is_some() && !goes_on(drafts[end].text()) {
            break;
        }
        title.push_str(drafts[end].text());
        if title.chars().count() > CHARS {
            break;
        }
        end += 1;
        if words::kind_of_title(&title).is_some() {
            complete = Some(end);
        }
    }
    match complete {
        Some(end) => (end, true),
        None => (end.max(start + 1), false),
    }
}

/// A line that can only go on with a title: 的通知, 实施方案的通知, （试行）.
fn goes_on(text: &str) -> bool {
    let short = text.chars().count() <= 30;
    short
        && (text.starts_with('的')
            || text.starts_with(['（', '(']) && text.ends_with(['）', ')']) && !text.contains(['：', ':', '，']))
        && !words::starts_with_any(text, &PARAGRAPHS.openings)
        && !text.contains("公开")
}

fn is_title_line(drafts: &[Draft], i: usize) -> bool {
    let d = &drafts[i];
    let text = d.text();
    d.is_paragraph()
        && text.chars().count() <= 90
        && text.chars().any(is_cjk)
        && !text.ends_with(['。', '；', '：', ':', '！', '，', '、'])
        && !text.contains(['\u{3000}', '；'])
        && !roles::is_masthead(text)
        && !roles::is_number_line(text)
        && !is_dated(text)
        && numbering::number_at(text).is_none()
        && !words::starts_with_any(text, &PARAGRAPHS.openings)
        && !roles::is_label_line(text)
}

/// A line that begins with a date is a 题注 or a signature's, not a title.
fn is_dated(text: &str) -> bool {
    date::date_at(text.trim_start_matches(['（', '('])).is_some()
}

/// The heading of the instrument that a notice issues or forwards: a title after the notice's own closing, or on a new
/// page.
fn attached(drafts: &[Draft], from: usize) -> Option<(usize, usize)> {
    let issues = drafts[..drafts.len().min(from + 12)]
        .iter()
        .any(|d| ["印发", "转发", "公布", "发布", "下发", "批转"].iter().any(|w| d.text().contains(w)));
    if !issues {
        return None;
    }
    for i in from.max(1)..drafts.len() {
        let (before, draft) = (&drafts[i - 1], &drafts[i]);
        if numbering::number_at(draft.text()).is_some() {
            // The notice's own clauses may come first, an attachment has a heading of its own.
            continue;
        }
        let closes = before.is_paragraph()
            && (date::is_whole(before.text())
                || roles::is_disclosure(before.text())
                || roles::is_contact(before.text())
                || roles::is_attachment_note(before.text())
                || draft.page_start);
        if !closes || !is_title_line(drafts, i) || words::is_organ_name(draft.text()) {
            continue;
        }
        let (end, complete) = run(drafts, i, drafts.len());
        if complete {
            return Some((i, end));
        }
        // Whatever it ends in, a line that the notice names in 《》 is what it issues.
        let own = letters(draft.text());
        if drafts[..i]
            .iter()
            .any(|d| d.text().split('《').skip(1).filter_map(|q| q.rsplit_once('》')).any(|(q, _)| letters(q) == own))
        {
            return Some((i, i + 1));
        }
    }
    None
}

/// What two spellings of one title have in common.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
