//! 指标传导: what became of the numbers of documents that others carry down.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use crate::compare::{Change, Number, changes, numbers};
use crate::strings::Strings;

use super::super::super::carried::change;
use super::super::super::figure::{Figure, Line, Node, Text, Way, draw, wrapped};
use super::super::super::html::value;
use super::super::super::links::Links;
use super::super::super::say;
use super::super::super::whole::Site;
use super::Shape;

/// Paths of numbers that are drawn, and rows of their table.
const DRAWN: usize = 8;
const ROWS: usize = 60;

/// What became of the numbers, as the template has it.
#[derive(Serialize)]
pub struct Targets {
    /// A picture for each number that two documents or more set.
    figures: Vec<Value>,
    rows: Vec<Row>,
    /// Rows that have no room.
    more: usize,
}

/// A number and what became of it one level down.
#[derive(Serialize)]
struct Row {
    from: Side,
    to: Side,
    change: String,
}

/// A number, as its document sets it.
#[derive(Serialize)]
struct Side {
    /// Where and when the document is from.
    place: String,
    /// What is measured, as printed.
    text: String,
    /// The number with its unit.
    number: String,
    due: Option<String>,
    path: String,
    href: String,
}

/// A number of a document: the instrument, the obligation, which of its numbers.
type Key = (usize, usize, usize);

impl Targets {
    /// The numbers of the documents of a shape; only those that lead to or from `here` where it is given.
    pub fn of(site: &Site<'_>, links: &Links, shape: &Shape, here: Option<usize>) -> Targets {
        let corpus = site.corpus;
        let mut of: BTreeMap<usize, Vec<Number<'_>>> = BTreeMap::new();
        for &n in &shape.nodes {
            let id = corpus.instruments[n].document.as_deref();
            if let Some(policy) = id.and_then(|id| site.document(id)) {
                of.insert(n, numbers(corpus, policy));
            }
        }
        let mut found: Vec<(Key, Key)> = Vec::new();
        let mut known: BTreeMap<Key, Number<'_>> = BTreeMap::new();
        for edge in shape.edges.iter().filter_map(|&e| site.lineage.edges.get(e)) {
            let (Some(upper), Some(lower)) = (of.get(&edge.from), of.get(&edge.to)) else { continue };
            for [a, b] in changes(upper, lower) {
                let (Some(a), Some(b)) = (upper.get(a), lower.get(b)) else { continue };
                let (from, to) = ((edge.from, a.index, a.at), (edge.to, b.index, b.at));
                known.insert(from, *a);
                known.insert(to, *b);
                found.push((from, to));
            }
        }
        let mut paths = connected(&found);
        paths.retain(|path| here.is_none_or(|h| path.iter().any(|(a, b)| a.0 == h || b.0 == h)));
        let side = |key: &Key| known.get(key).map(|n| side(site, links, key.0, n));
        let row = |(a, b): &(Key, Key)| {
            Some(Row { change: change(site.strings, known.get(a)?, known.get(b)?), from: side(a)?, to: side(b)? })
        };
        let mut rows: Vec<Row> = paths.iter().flatten().filter_map(row).collect();
        let more = rows.len().saturating_sub(ROWS);
        rows.truncate(ROWS);
        let drawn = paths.iter().take(DRAWN);
        Targets {
            figures: drawn.map(|path| value(&draw(&figure(site, links, shape, here, path, &known)))).collect(),
            rows,
            more,
        }
    }
}

/// Pairs in groups of those that lead to each other, in the order of the first of each.
fn connected(pairs: &[(Key, Key)]) -> Vec<Vec<(Key, Key)>> {
    let mut group: BTreeMap<Key, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<(Key, Key)>> = Vec::new();
    for &(a, b) in pairs {
        match (group.get(&a).copied(), group.get(&b).copied()) {
            (Some(one), Some(other)) if one != other => {
                let moved = std::mem::take(&mut groups[other]);
                group.extend(moved.iter().flat_map(|&(a, b)| [a, b]).map(|key| (key, one)));
                groups[one].extend(moved);
                groups[one].push((a, b));
            }
            (Some(one), _) | (None, Some(one)) => {
                group.insert(a, one);
                group.insert(b, one);
                groups[one].push((a, b));
            }
            (None, None) => {
                group.insert(a, groups.len());
                group.insert(b, groups.len());
                groups.push(vec![(a, b)]);
            }
        }
    }
    groups.retain(|g| !g.is_empty());
    groups
}

fn side(site: &Site<'_>, links: &Links, instrument: usize, number: &Number<'_>) -> Side {
    let named = super::named(site, links, instrument);
    let o = number.obligation;
    Side {
        place: named.place,
        text: number.indicator.text.clone(),
        number: number.indicator.shown(" "),
        due: o.due_text.clone(),
        path: say::place(site.strings, &o.path),
        href: links.to(&o.url),
    }
}

/// What became of a number, in a word, for the picture.
fn short(strings: &Strings, change: Change) -> &str {
    match change {
        Change::Kept => strings.text("lineage.kept"),
        Change::Raised => strings.text("lineage.raised_short"),
        Change::Lowered => strings.text("lineage.lowered_short"),
        Change::Bounded => "",
    }
}

/// A number on its way down.
fn figure(
    site: &Site<'_>,
    links: &Links,
    shape: &Shape,
    here: Option<usize>,
    path: &[(Key, Key)],
    known: &BTreeMap<Key, Number<'_>>,
) -> Figure {
    let mut keys: Vec<Key> = path.iter().flat_map(|&(a, b)| [a, b]).collect();
    let at = |instrument: usize| shape.nodes.iter().position(|&n| n == instrument).unwrap_or(0);
    keys.sort_by_key(|k| (at(k.0), *k));
    keys.dedup();
    let node = |key: &Key| {
        let number = known.get(key)?;
        let side = side(site, links, key.0, number);
        let mut text = vec![Text::Name(side.number.clone())];
        text.extend(wrapped(&side.text, 2).into_iter().map(Text::Plain));
        text.push(Text::Meta(side.place.clone()));
        text.extend(side.due.iter().flat_map(|d| wrapped(d, 1)).map(Text::Meta));
        let title = format!("{}：{}", side.place, side.text);
        let layer = shape.layers.get(at(key.0)).copied().unwrap_or(0);
        Some(Node { text, title, href: side.href, held: true, here: Some(key.0) == here, layer })
    };
    let line = |(a, b): &(Key, Key)| {
        let (upper, lower) = (known.get(a)?, known.get(b)?);
        let place = |key: &Key| keys.iter().position(|k| k == key);
        let label = short(site.strings, Change::of(upper.indicator, lower.indicator)).to_owned();
        Some(Line { from: place(a)?, to: place(b)?, label, href: String::new(), title: String::new(), dotted: false })
    };
    Figure {
        label: site.strings.text("lineage.numbers_picture").to_owned(),
        languages: [site.strings.of_documents(), site.strings.own()],
        boxes: keys.iter().filter_map(node).collect(),
        lines: path.iter().filter_map(line).collect(),
        way: Way::Down,
    }
}
