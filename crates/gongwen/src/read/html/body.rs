//! 正文所在: the element that holds the text of the document.
//!
//! Publishers name it, in ways that `sites.toml` lists. Where none is named, or what is named holds little of the page's
//! running text, the deepest element that holds nearly all of it is taken.

use super::dom::{Id, Kind, ROOT, Tree};
use super::look::Look;
use super::sites::{SITES, packed};

/// An element that holds this share of the running text of the one around it is where the text is.
const MOST: f64 = 0.8;
/// A named place with less than this share of what the densest element holds is not the text's.
const LITTLE: f64 = 0.4;
/// A second named place with this share of the first's text belongs to it.
const PART: f64 = 0.15;

/// The element that holds the text.
pub(super) fn find(tree: &Tree, look: &Look) -> Id {
    let dense = densest(tree, look);
    let named = named(tree, look);
    let weight = |id: Id| look.of(id).prose as f64;
    match named {
        Some(named) if weight(named) >= LITTLE * weight(dense) || tree.within(dense, named) => named,
        _ => dense,
    }
}

/// The place that a publisher names.
fn named(tree: &Tree, look: &Look) -> Option<Id> {
    let mut places: Vec<Id> = Vec::new();
    for id in tree.nodes(ROOT).filter(|id| look.shows(*id)) {
        if look.of(id).chars == 0 {
            continue;
        }
        match tree.kind(id) {
            Kind::Element(..) if SITES.is_body(tree, id) => places.push(id),
            _ => {}
        }
    }
    for id in tree.nodes(ROOT) {
        let Kind::Comment(words) = tree.kind(id) else { continue };
        let around = tree.parent(id);
        if SITES.marks.iter().any(|m| words.contains(m.from.as_str()) && !words.contains(m.to.as_str()))
            && look.shows(around)
            && tree.tag(around) != "body"
        {
            places.push(around);
        }
    }
    let weight = |id: Id| look.of(id).prose * 4 + look.of(id).chars;
    let best = places.iter().copied().max_by_key(|id| weight(*id))?;
    // The innermost that holds as good as all of it.
    let inner = places.iter().copied().filter(|id| tree.within(*id, best) && weight(*id) * 100 >= weight(best) * 97);
    let best = inner.max_by_key(|id| tree.ancestors(*id).count()).unwrap_or(best);
    // A document in several pieces: what holds them all.
    let text = packed(&tree.text(best));
    let part = |id: &Id| {
        !tree.within(*id, best)
            && !tree.within(best, *id)
            && weight(*id) as f64 >= PART * weight(best) as f64
            && !text.contains(packed(&tree.text(*id)).as_str())
    };
    let parts: Vec<Id> = places.into_iter().filter(part).take(8).collect();
    let common = parts.iter().fold(best, |all, part| common(tree, all, *part));
    // What holds them may hold a whole page beside.
    let alone = parts.iter().map(|p| look.of(*p).prose).sum::<usize>() + look.of(best).prose;
    Some(if look.of(common).prose <= alone * 11 / 10 { common } else { best })
}

/// The innermost element around both.
fn common(tree: &Tree, one: Id, other: Id) -> Id {
    std::iter::once(one).chain(tree.ancestors(one)).find(|a| tree.within(other, *a)).unwrap_or(ROOT)
}

/// The deepest element that holds nearly all running text.
fn densest(tree: &Tree, look: &Look) -> Id {
    let all = look.of(ROOT);
    // A page whose text stands in what is named like a menu is no page of menus.
    let weight = |id: Id| {
        let own = look.of(id);
        if all.clean * 3 >= all.prose { own.clean } else { own.prose }
    };
    let mut at = ROOT;
    while let Some(most) = tree.children(at).filter(|c| look.shows(*c)).max_by_key(|c| weight(*c)) {
        let enough = weight(most) > 0 && weight(most) as f64 >= MOST * weight(at) as f64;
        if !enough || !matches!(tree.kind(most), Kind::Element(..)) || is_paragraph(tree.tag(most)) {
            break;
        }
        at = most;
    }
    // Part of a table is no text of its own.
    let whole = |id: &Id| !matches!(tree.tag(*id), "table" | "thead" | "tbody" | "tfoot" | "tr");
    std::iter::once(at).chain(tree.ancestors(at)).find(whole).unwrap_or(ROOT)
}

/// True for what holds one paragraph, not a text.
fn is_paragraph(tag: &str) -> bool {
    matches!(tag, "p" | "span" | "font" | "b" | "strong" | "li" | "a" | "pre")
}
