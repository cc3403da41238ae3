//! 摘要: the part of a passage to show.

use std::ops::Range;

/// How long an excerpt is at most, in characters.
const LONGEST: usize = 140;

/// How many characters before the first hit are shown at most.
const BEFORE: usize = 40;

/// How far an end is moved to meet the end of a sentence, and of a clause, in characters.
const SENTENCE: usize = 70;
const CLAUSE: usize = 30;

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n')
}

fn ends_clause(c: char) -> bool {
    matches!(c, '，' | '：' | ',' | ':' | '、')
}

/// Cuts a text to an excerpt around its hits (bytes of the text, in order): the excerpt, and the bytes of it to
/// highlight.
pub(super) fn cut(text: &str, hits: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let hits = joined(hits);
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len().max(start);
    let mut range = start..end;
    if text[start..end].chars().count() > LONGEST {
        let first = best(text, &hits).clamp(start, end);
        range.start = back(text, start, first);
        range.end = forth(text, range.start, end);
    }
    let (mut excerpt, cut_before) = (String::new(), range.start > start);
    if cut_before && !text[..range.start].ends_with(ends_sentence) {
        excerpt.push('…');
    }
    let shift = excerpt.len();
    let marks = hits
        .iter()
        .filter(|hit| hit.start < range.end && range.start < hit.end)
        .map(|hit| hit.start.max(range.start) - range.start + shift..hit.end.min(range.end) - range.start + shift)
        .collect();
    // A line break and the bound of two cells are shown as a space, which is as long.
    excerpt.extend(text[range.clone()].chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }));
    if range.end < end && !excerpt.ends_with(ends_sentence) {
        excerpt.push('…');
    }
    (excerpt, marks)
}

/// Hits that touch or overlap as one.
pub(super) fn joined(hits: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut hits = hits.to_vec();
    hits.sort_by_key(|hit| (hit.start, hit.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(hits.len());
    for hit in hits {
        match joined.last_mut() {
            Some(last) if hit.start <= last.end => last.end = last.end.max(hit.end),
            _ => joined.push(hit),
        }
    }
    joined
}

/// The hit from which an excerpt shows the most of them.
fn best(text: &str, hits: &[Range<usize>]) -> usize {
    let reach = (LONGEST - BEFORE) * 3;
    let (mut best, mut most, mut last) = (0, 0, 0);
    for (first, hit) in hits.iter().enumerate() {
        while last < hits.len() && hits[last].end <= hit.start + reach {
            last += 1;
        }
        if last.saturating_sub(first) > most {
            most = last - first;
            best = hit.start;
        }
    }
    best.min(text.len())
}

/// Where an excerpt that shows `hit` starts: at the sentence, else at the clause, else some way before it.
fn back(text: &str, start: usize, hit: usize) -> usize {
    let before: Vec<(usize, char)> = text[start..hit].char_indices().rev().take(BEFORE).collect();
    let behind = |found: &(usize, char)| start + found.0 + found.1.len_utf8();
    if let Some(found) = before.iter().find(|(_, c)| ends_sentence(*c)) {
        return behind(found);
    }
    match before.iter().rfind(|(_, c)| ends_clause(*c)) {
        Some(found) if before.len() == BEFORE => behind(found),
        _ => before.last().map_or(hit, |(at, _)| start + at),
    }
}

/// Where an excerpt ends: the last sentence that fits, else the last clause, else where it is full.
fn forth(text: &str, start: usize, end: usize) -> usize {
    let within: Vec<(usize, char)> = text[start..end].char_indices().take(LONGEST).collect();
    let behind = |found: &(usize, char)| start + found.0 + found.1.len_utf8();
    if within.last().is_none_or(|last| behind(last) == end) {
        return end;
    }
    let tail = |length: usize| within[within.len().saturating_sub(length)..].iter();
    tail(SENTENCE)
        .rfind(|(_, c)| ends_sentence(*c))
        .or_else(|| tail(CLAUSE).rfind(|(_, c)| ends_clause(*c)))
        .or_else(|| within.last())
        .map_or(end, behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, phrases: &[&str]) -> String {
        let hits: Vec<_> =
            phrases.iter().flat_map(|phrase| text.match_indices(phrase).map(|(at, _)| at..at + phrase.len())).collect();
        let (excerpt, marks) = cut(text, &hits);
        let mut shown = String::new();
        let mut at = 0;
        for mark in marks {
            shown.push_str(&excerpt[at..mark.start]);
            shown.push_str(&format!("[{}]", &excerpt[mark.clone()]));
            at = mark.end;
        }
        shown + &excerpt[at..]
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(show("提高城乡低保标准。\n", &["低保", "标准"]), "提高城乡[低保][标准]。".replace("][", ""));
        assert_eq!(show("", &[]), "");
    }

    #[test]
    fn a_long_text_is_cut_at_sentences() {
        let text = format!("{}。提高城乡低保标准，{}。{}。", "前".repeat(100), "中".repeat(100), "后".repeat(100));
        assert_eq!(show(&text, &["低保"]), format!("提高城乡[低保]标准，{}。", "中".repeat(100)));
        let text = format!("{}低保{}", "前".repeat(200), "后".repeat(200));
        assert_eq!(show(&text, &["低保"]), format!("…{}[低保]{}…", "前".repeat(40), "后".repeat(98)));
    }
}
