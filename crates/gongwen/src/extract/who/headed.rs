//! A lead named in a heading: 一、市教育局牵头工作（2项） holds for the entries under it.

use std::ops::Range;

use super::grammar::parse;
use super::words::{ROLES, Role, WORDS};
use super::{Assignment, Name};
use crate::extract::kit::organ::is_organ;
use crate::extract::kit::{is_delimiter, unended};
use crate::extract::when::Context;
use crate::wordlist::ends_with;
use crate::{Document, Outline, Span};

/// A heading that names who leads.
struct Headed {
    names: Vec<Name>,
    /// The words of the heading that say so.
    words: Span,
    /// False where the heading is nothing but a name and a count.
    sure: bool,
}

/// Gives the entries under such headings their lead: to their own assignments where those name none, else as
/// assignments of their own.
pub(super) fn add(document: &Document, outline: &Outline, context: Context, found: &mut Vec<Assignment>) {
    let heads: Vec<Option<Headed>> = outline.entries.iter().map(|e| headed(document, e.block, context)).collect();
    if heads.iter().all(Option::is_none) {
        return;
    }
    let mut by_path: std::collections::HashMap<String, Vec<usize>> = std::collections::HashMap::new();
    for (i, a) in found.iter().enumerate() {
        by_path.entry(a.path.clone()).or_default().push(i);
    }
    for entry in &outline.entries {
        let Some(head) = entry.parent.and_then(|p| heads.get(p)?.as_ref()) else { continue };
        match by_path.get(&entry.path) {
            Some(own) => {
                for &i in own {
                    if let Some(a) = found.get_mut(i).filter(|a| a.lead.is_empty() && a.joint.is_empty()) {
                        a.lead = head.names.clone();
                        a.lead_from = Some(head.words);
                    }
                }
            }
            None => found.push(Assignment {
                path: entry.path.clone(),
                title: entry.title.clone(),
                text: words_of(document, entry.block),
                lead: head.names.clone(),
                lead_from: Some(head.words),
                sure: head.sure,
                ..Assignment::default()
            }),
        }
    }
}

/// What the entry in block number `block` says after its number.
fn words_of(document: &Document, block: usize) -> Option<Span> {
    let b = document.blocks.get(block)?;
    let number = b.heading()?.number.end;
    let rest = b.text.get(number..)?;
    let start = number + (rest.len() - rest.trim_start_matches(is_delimiter).len());
    let words = unended(&b.text, start..b.text.len());
    (!words.is_empty()).then(|| Span::new(block, words))
}

/// Reads the heading in block number `block` as one that names a lead.
fn headed(document: &Document, block: usize, context: Context) -> Option<Headed> {
    /// Longest heading of that kind, in characters.
    const LONGEST: usize = 40;
    let b = document.blocks.get(block)?;
    let title = b.heading()?.title.clone();
    // A heading with text behind it is a clause of its own.
    if !b.text.get(title.end..)?.trim_matches(is_delimiter).is_empty() {
        return None;
    }
    let text = b.text.get(title.clone())?;
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let (rest, counted) = without_count(text);
    let rest = without_things(rest);
    let lead = ends_with(rest, &WORDS.headed);
    let of_one = counted && is_organ(rest) && !rest.contains('、');
    if !lead && !of_one {
        return None;
    }
    // 市教育局牵头的工作, 由市教育局负责的事项; the grammar reads who.
    let range: Range<usize> = title.start..title.start + rest.len();
    let parsed = parse(block, &b.text, range, None, context);
    let bodies: Vec<&Span> = parsed.names().collect();
    let all = bodies.iter().all(|s| is_organ(document.quote(**s)));
    let supports = parsed.groups.iter().any(|g| g.role == Role::Support);
    if bodies.is_empty() || !all || supports || !parsed.unparsed.is_empty() {
        return None;
    }
    let names = bodies.iter().map(|&&s| Name { text: document.quote(s).to_owned(), span: s }).collect();
    let sure = ROLES.occurs(rest, |r| r == Role::Lead);
    Some(Headed { names, words: Span::new(block, title), sure })
}

/// A heading without the count that ends it, and whether it had one: （8项）, （共2条）.
fn without_count(text: &str) -> (&str, bool) {
    let Some(inner) = text.strip_suffix(['）', ')']) else { return (text, false) };
    let Some(open) = inner.rfind(['（', '(']) else { return (text, false) };
    let count = &inner[open..];
    let digit = |c: char| crate::scan::is_arabic(c) || crate::numeral::is_chinese_numeral(c);
    let counts = ends_with(count, &WORDS.counts) && count.contains(digit) && count.chars().count() <= 8;
    if counts { (text[..open].trim_end(), true) } else { (text, false) }
}

/// A heading without the words for what is led: 的重点工作.
fn without_things(text: &str) -> &str {
    let mut rest = text.trim_end();
    while let Some(word) = WORDS.headed_things.iter().find(|w| rest.ends_with(w.as_str())) {
        rest = rest[..rest.len() - word.len()].trim_end();
    }
    // 责任单位, 牵头部门 are words of their own.
    if ends_with(rest, &WORDS.headed) { rest } else { text.trim_end() }
}
