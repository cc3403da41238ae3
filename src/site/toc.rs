//! 目录: the titled clauses of a document as a nested list; the articles of a law folded under their chapter.

use gongwen::{Entry, Outline};

use crate::strings::Strings;

use super::address;
use super::html::{Markup, html};

/// The table of contents; nothing where the document has no clause to list.
pub fn contents(strings: &Strings, outline: &Outline) -> Markup {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); outline.entries.len()];
    let mut top = Vec::new();
    for (i, entry) in outline.entries.iter().enumerate() {
        if listed(entry) {
            match entry.parent.and_then(|p| children.get_mut(p)) {
                Some(list) => list.push(i),
                None => top.push(i),
            }
        }
    }
    if top.is_empty() { Markup::default() } else { list(strings, outline, &children, &top) }
}

/// A clause with a heading, or an article of a law; other numbered paragraphs say nothing in a list.
fn listed(entry: &Entry) -> bool {
    entry.title.is_some() || entry.number.starts_with('第')
}

fn list(strings: &Strings, outline: &Outline, children: &[Vec<usize>], items: &[usize]) -> Markup {
    let entry = |i: usize| &outline.entries[i];
    // A law may print articles before its first chapter.
    let runs = items.chunk_by(|&a, &b| entry(a).title.is_some() == entry(b).title.is_some());
    let each = |run: &[usize]| {
        html! {
            @for &i in run {
                li {
                    a href=(address::fragment(&entry(i).path)) lang=[strings.of_documents()] { (label(entry(i))) }
                    @if !children[i].is_empty() { (list(strings, outline, children, &children[i])) }
                }
            }
        }
    };
    html! {
        @for run in runs {
            // Articles have no headings to choose by: their numbers stay folded until somebody wants them.
            @match run {
                [first, .., last] if entry(*first).title.is_none() => {
                    details {
                        summary lang=[strings.of_documents()] { (entry(*first).number) "—" (entry(*last).number) }
                        ol class="articles" { (each(run)) }
                    }
                }
                _ => { ol { (each(run)) } }
            }
        }
    }
}

/// Number and title as they are written in one line: 一、总体目标, （一）…, 第一章 总则, 附件2 …
fn label(entry: &Entry) -> Markup {
    let number = entry.number.as_str();
    let joint = match number.chars().last() {
        None | Some('）' | ')') => "",
        Some('0'..='9') if !number.starts_with('附') && !number.starts_with('第') => ".",
        Some(_) if number.starts_with(['第', '附']) => " ",
        Some(_) => "、",
    };
    html! { (number) @if let Some(title) = &entry.title { (joint) (title) } }
}
