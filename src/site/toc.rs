//! 目录: the titled clauses of a document as a nested list; the articles of a law folded under their chapter.

use gongwen::{Entry, Outline};

use super::address;
use super::html::escape;

/// Appends the table of contents; nothing where the document has no clause to list.
pub fn write(out: &mut String, outline: &Outline) {
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
    if !top.is_empty() {
        list(out, outline, &children, &top);
    }
}

/// A clause with a heading, or an article of a law; other numbered paragraphs say nothing in a list.
fn listed(entry: &Entry) -> bool {
    entry.title.is_some() || entry.number.starts_with('第')
}

fn list(out: &mut String, outline: &Outline, children: &[Vec<usize>], items: &[usize]) {
    // Articles have no headings to choose by: their numbers stay folded until somebody wants them.
    let folded = items.iter().any(|&i| outline.entries[i].title.is_none());
    if let (true, [first, .., last]) = (folded, items) {
        out.push_str("<details><summary>");
        label(out, &outline.entries[*first].number, None);
        out.push('—');
        label(out, &outline.entries[*last].number, None);
        out.push_str("</summary><ol class=\"articles\">");
    } else {
        out.push_str("<ol>");
    }
    for &i in items {
        out.push_str("<li>");
        link(out, &outline.entries[i]);
        if !children[i].is_empty() {
            list(out, outline, children, &children[i]);
        }
        out.push_str("</li>");
    }
    out.push_str(if folded && items.len() > 1 { "</ol></details>" } else { "</ol>" });
}

fn link(out: &mut String, entry: &Entry) {
    out.push_str("<a href=\"#");
    address::encode(out, &entry.path);
    out.push_str("\">");
    label(out, &entry.number, entry.title.as_deref());
    out.push_str("</a>");
}

/// Number and title as they are written in one line: 一、总体目标, （一）…, 第一章 总则, 附件2 …
pub fn label(out: &mut String, number: &str, title: Option<&str>) {
    escape(out, number);
    let Some(title) = title else { return };
    let joint = match number.chars().last() {
        None | Some('）' | ')') => "",
        Some('0'..='9') if !number.starts_with('附') && !number.starts_with('第') => ".",
        Some(_) if number.starts_with(['第', '附']) => " ",
        Some(_) => "、",
    };
    out.push_str(joint);
    escape(out, title);
}
