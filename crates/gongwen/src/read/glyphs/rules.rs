//! 表线成格: from the rules of a page to the grids of its tables.

use super::{Page, Rule};
use crate::piece::{Note, Place};

/// A table's grid, in which some cells go over many rows and columns.
#[derive(Debug)]
pub struct Lattice {
    /// The places between columns, one more than there are columns.
    pub xs: Vec<f32>,
    /// The places between rows, one more than there are rows.
    pub ys: Vec<f32>,
    /// The cells, as the rows and columns that each covers, in the order of their first ones.
    pub regions: Vec<Region>,
}

/// Rows `r0..r1` and columns `c0..c1` of a lattice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// First row.
    pub r0: usize,
    /// First column.
    pub c0: usize,
    /// After the last row.
    pub r1: usize,
    /// After the last column.
    pub c1: usize,
}

/// Rules nearer than this are one: a border drawn twice, a double one. No column is so narrow.
const NEAR: f32 = 4.5;
/// Rules that miss each other by this touch.
const TOUCH: f32 = 3.0;
/// Shorter ones are dashes of a figure.
const SHORT: f32 = 5.0;
/// More pairs of level and upright rules than any table has: a drawing.
const PAIRS: usize = 4_000_000;
/// More cells than any page shows.
const CELLS: usize = 100_000;

/// The grids of a page, from top to bottom.
pub(super) fn grids(page: &Page, number: usize, notes: &mut Vec<Note>) -> Vec<Lattice> {
    let (level, upright): (Vec<Rule>, Vec<Rule>) = page.rules.iter().partition(|r| r.is_level());
    let level = merged(level.iter().map(|r| Span { at: r.y0, from: r.x0, to: r.x1 }).collect());
    let upright = merged(upright.iter().map(|r| Span { at: r.x0, from: r.y0, to: r.y1 }).collect());
    if level.len().saturating_mul(upright.len()) > PAIRS {
        notes.push(Note {
            place: Place::Page { page: number, area: [0; 4] }.to_string(),
            message: "这一页画的线太多，没有从中找表格，文字按行读入".to_owned(),
        });
        return Vec::new();
    }
    let mut grids: Vec<Lattice> = components(&level, &upright)
        .into_iter()
        .filter_map(|(l, u)| lattice(&l, &u))
        .filter(|g| g.xs.len() > 2 && g.regions.len() > 1)
        .collect();
    // A grid within another is drawn in one of its cells.
    grids.sort_by(|a, b| a.ys[0].total_cmp(&b.ys[0]).then(b.height().total_cmp(&a.height())));
    let mut outer: Vec<Lattice> = Vec::new();
    for grid in grids {
        if !outer.iter().any(|o| o.covers(&grid)) {
            outer.push(grid);
        }
    }
    outer
}

impl Lattice {
    fn height(&self) -> f32 {
        self.ys[self.ys.len() - 1] - self.ys[0]
    }

    /// True where the middle of the other grid lies within this one.
    fn covers(&self, other: &Lattice) -> bool {
        let within = |a: &[f32], b: &[f32]| {
            let middle = (b[0] + b[b.len() - 1]) / 2.0;
            a[0] - TOUCH <= middle && middle <= a[a.len() - 1] + TOUCH
        };
        within(&self.xs, &other.xs) && within(&self.ys, &other.ys)
    }
}

/// A level or an upright rule: where it is, from where to where it goes.
#[derive(Clone, Copy, Debug)]
struct Span {
    at: f32,
    from: f32,
    to: f32,
}

/// The rules that pieces and dashes make, without the short ones.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut all = Vec::new();
    let mut rest = spans.as_mut_slice();
    while let Some(first) = rest.first().map(|s| s.at) {
        let n = rest.iter().take_while(|s| s.at - first <= TOUCH).count();
        let (group, after) = rest.split_at_mut(n);
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open: Option<Span> = None;
        for span in group.iter() {
            match &mut open {
                Some(last) if span.from <= last.to + TOUCH => last.to = last.to.max(span.to),
                _ => all.extend(open.replace(*span)),
            }
        }
        all.extend(open);
        rest = after;
    }
    all.retain(|s| s.to - s.from >= SHORT);
    all
}

/// The rules that touch one another, level and upright.
fn components(level: &[Span], upright: &[Span]) -> Vec<(Vec<Span>, Vec<Span>)> {
    let mut sets = Sets::new(level.len() + upright.len());
    for (i, l) in level.iter().enumerate() {
        for (j, u) in upright.iter().enumerate() {
            let reaches = |s: &Span, at: f32| s.from - TOUCH <= at && at <= s.to + TOUCH;
            if reaches(l, u.at) && reaches(u, l.at) {
                sets.join(i, level.len() + j);
            }
        }
    }
    let mut found: Vec<(Vec<Span>, Vec<Span>)> = Vec::new();
    let mut number = vec![usize::MAX; level.len() + upright.len()];
    for i in 0..number.len() {
        let root = sets.root(i);
        if number[root] == usize::MAX {
            number[root] = found.len();
            found.push(Default::default());
        }
        let set = &mut found[number[root]];
        match i.checked_sub(level.len()) {
            None => set.0.push(level[i]),
            Some(j) => set.1.push(upright[j]),
        }
    }
    found.retain(|(l, u)| !l.is_empty() && !u.is_empty() && l.len() + u.len() >= 3);
    found
}

/// The grid of rules that touch.
fn lattice(level: &[Span], upright: &[Span]) -> Option<Lattice> {
    let (ys, level) = axis(level, upright);
    let (xs, upright) = axis(upright, &level.iter().flatten().copied().collect::<Vec<_>>());
    let (rows, columns) = (ys.len().checked_sub(1)?, xs.len().checked_sub(1)?);
    if rows == 0 || columns == 0 || rows.saturating_mul(columns) > CELLS {
        return None;
    }
    let drawn = |spans: &[Span], from: f32, to: f32| {
        let covered: f32 = spans.iter().map(|s| (s.to.min(to) - s.from.max(from)).max(0.0)).sum();
        covered >= 0.6 * (to - from)
    };
    // Two sides of a table are drawn at least; lines to notes in the margin touch each other, too.
    let bordered = |sides: &[Vec<Span>], from: f32, to: f32| {
        let side = |spans: &[Span]| spans.iter().all(|s| s.from > f32::MIN / 8.0) && drawn(spans, from, to);
        side(&sides[0]) && side(&sides[sides.len() - 1])
    };
    if !bordered(&level, xs[0], xs[columns]) && !bordered(&upright, ys[0], ys[rows]) {
        return None;
    }
    let mut sets = Sets::new(rows * columns);
    for r in 0..rows {
        for c in 0..columns {
            if c + 1 < columns && !drawn(&upright[c + 1], ys[r], ys[r + 1]) {
                sets.join(r * columns + c, r * columns + c + 1);
            }
            if r + 1 < rows && !drawn(&level[r + 1], xs[c], xs[c + 1]) {
                sets.join(r * columns + c, (r + 1) * columns + c);
            }
        }
    }
    Some(Lattice { regions: regions(rows, columns, &mut sets), xs, ys })
}

/// The places at which the rules of one direction stand, with those rules; where the other direction goes on beyond
/// the first or the last, a border that is not drawn is added.
fn axis(spans: &[Span], across: &[Span]) -> (Vec<f32>, Vec<Vec<Span>>) {
    let mut sorted = spans.to_vec();
    sorted.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut places: Vec<f32> = Vec::new();
    let mut held: Vec<Vec<Span>> = Vec::new();
    for span in sorted {
        match (places.last(), held.last_mut()) {
            (Some(last), Some(list)) if span.at - last <= NEAR => list.push(span),
            _ => {
                places.push(span.at);
                held.push(vec![span]);
            }
        }
    }
    let all = |at: f32| Span { at, from: f32::MIN / 4.0, to: f32::MAX / 4.0 };
    let from = across.iter().map(|s| s.from).fold(f32::MAX, f32::min);
    let to = across.iter().map(|s| s.to).fold(f32::MIN, f32::max);
    if places.first().is_some_and(|p| from < p - 2.0 * NEAR) {
        places.insert(0, from);
        held.insert(0, vec![all(from)]);
    }
    if places.last().is_some_and(|p| to > p + 2.0 * NEAR) {
        places.push(to);
        held.push(vec![all(to)]);
    }
    (places, held)
}

/// The cells that sets of grid squares make; a set that is no rectangle is cut at its rows.
fn regions(rows: usize, columns: usize, sets: &mut Sets) -> Vec<Region> {
    let mut boxes: Vec<Option<(Region, usize)>> = vec![None; rows * columns];
    for r in 0..rows {
        for c in 0..columns {
            let (b, n) = boxes[sets.root(r * columns + c)].get_or_insert((Region { r0: r, c0: c, r1: r, c1: c }, 0));
            *b = Region { r0: b.r0.min(r), c0: b.c0.min(c), r1: b.r1.max(r + 1), c1: b.c1.max(c + 1) };
            *n += 1;
        }
    }
    let mut found = Vec::new();
    for r in 0..rows {
        let mut c = 0;
        while c < columns {
            let root = sets.root(r * columns + c);
            let Some((b, n)) = boxes[root] else { break };
            if n == (b.r1 - b.r0) * (b.c1 - b.c0) {
                if (b.r0, b.c0) == (r, c) {
                    found.push(b);
                }
                c = b.c1;
            } else {
                let end = (c..columns).find(|&e| sets.root(r * columns + e) != root).unwrap_or(columns);
                found.push(Region { r0: r, c0: c, r1: r + 1, c1: end });
                c = end;
            }
        }
    }
    found
}

/// Sets of numbers that are joined one by one.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Sets {
        Sets((0..n).collect())
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
