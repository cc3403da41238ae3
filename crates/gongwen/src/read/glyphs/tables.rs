//! 填表: the glyphs of a page into the grids of its tables.

use std::collections::BTreeSet;

use super::Glyph;
use super::lines::{self, Line};
use super::rules::Lattice;

/// A ruled table with its text.
#[derive(Clone, Debug)]
pub struct Table {
    /// Top of its grid.
    pub top: f32,
    /// The places between its columns.
    pub xs: Vec<f32>,
    /// How many rows it has.
    pub rows: usize,
    /// Its cells, by first row and column.
    pub cells: Vec<Cell>,
    /// It has too few words to be one of its own; it may be part of one that goes over pages.
    pub weak: bool,
}

/// A cell of a [`Table`].
#[derive(Clone, Debug)]
pub struct Cell {
    /// Its first row.
    pub row: usize,
    /// Its first column.
    pub column: usize,
    /// How many rows it covers.
    pub rows: usize,
    /// How many columns it covers.
    pub columns: usize,
    /// Its lines.
    pub lines: Vec<Line>,
}

impl Cell {
    /// Its text without white space.
    pub fn packed(&self) -> String {
        self.lines.iter().flat_map(|l| l.text.chars()).filter(|c| !c.is_whitespace()).collect()
    }
}

/// The tables of a page and the glyphs that stand in none.
pub(super) fn fill(grids: Vec<Lattice>, glyphs: &[Glyph], page: usize) -> (Vec<Table>, Vec<Glyph>) {
    let mut free: Vec<Glyph> = glyphs.to_vec();
    let mut tables = Vec::new();
    for grid in grids {
        let columns = grid.xs.len() - 1;
        let mut owner = vec![0; columns * (grid.ys.len() - 1)];
        for (i, region) in grid.regions.iter().enumerate() {
            for r in region.r0..region.r1 {
                owner[r * columns + region.c0..r * columns + region.c1].fill(i);
            }
        }
        let mut held: Vec<Vec<Glyph>> = vec![Vec::new(); grid.regions.len()];
        let square = |g: &Glyph| {
            let r = between(&grid.ys, g.y - 0.35 * g.size)?;
            let c = between(&grid.xs, g.x + g.width / 2.0)?;
            owner.get(r * columns + c).copied()
        };
        let mut rest = Vec::with_capacity(free.len());
        for g in free {
            match square(&g) {
                Some(i) => held[i].push(g),
                None => rest.push(g),
            }
        }
        overflow(&grid, &mut held, &mut rest);
        let cells: Vec<Cell> = grid
            .regions
            .iter()
            .zip(&held)
            .map(|(region, glyphs)| Cell {
                row: region.r0,
                column: region.c0,
                rows: region.r1 - region.r0,
                columns: region.c1 - region.c0,
                lines: lines::lines(glyphs, page),
            })
            .collect();
        // A frame around a text, a drawing with a word or two: no table.
        let filled = cells.iter().filter(|c| !c.lines.is_empty());
        let across: BTreeSet<usize> = filled.clone().map(|c| c.column).collect();
        let weak = filled.count() < 3 || across.len() < 2;
        if !weak || columns >= 3 && !across.is_empty() {
            tables.push(Table { top: grid.ys[0], rows: grid.ys.len() - 1, xs: grid.xs, cells, weak });
        } else {
            rest.extend(held.into_iter().flatten());
        }
        free = rest;
    }
    (tables, free)
}

/// Puts what runs on over the right border of a table into the cell that it runs on from: some programs cut the rules of
/// a table at the edge of the sheet, and not its words.
fn overflow(grid: &Lattice, held: &mut [Vec<Glyph>], rest: &mut Vec<Glyph>) {
    let (top, bottom) = (grid.ys[0], grid.ys[grid.ys.len() - 1]);
    let right = grid.xs[grid.xs.len() - 1];
    let outside = |g: &Glyph| g.x + g.width / 2.0 >= right && (top..=bottom).contains(&(g.y - 0.35 * g.size));
    let mut over: Vec<Glyph> = rest.iter().filter(|g| outside(g)).copied().collect();
    if over.is_empty() {
        return;
    }
    rest.retain(|g| !outside(g));
    over.sort_by(|a, b| a.x.total_cmp(&b.x));
    // Where the last words of each cell end, on each of their baselines.
    let mut ends: Vec<(f32, f32, usize)> = Vec::new();
    for (i, glyphs) in held.iter().enumerate() {
        for g in glyphs.iter().filter(|g| g.x + g.width > right - 1.5 * g.size) {
            ends.push((g.y, g.x + g.width, i));
        }
    }
    for g in over {
        let near = |e: &&mut (f32, f32, usize)| (e.0 - g.y).abs() < 0.3 * g.size && (g.x - e.1).abs() < 0.6 * g.size;
        match ends.iter_mut().find(near) {
            Some(end) => {
                end.1 = g.x + g.width;
                held[end.2].push(g);
            }
            None => rest.push(g),
        }
    }
}

/// The number of the interval in which `at` lies.
fn between(places: &[f32], at: f32) -> Option<usize> {
    let i = places.partition_point(|p| *p <= at).checked_sub(1)?;
    (i + 1 < places.len()).then_some(i)
}
