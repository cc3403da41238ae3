//! 成文: blocks of pages as one [`Source`].

use std::collections::HashMap;

use super::lines::Line;
use super::tables::Table;
use super::{Block, Page};
use crate::piece::{Cell, Grid, Piece, Place, Source};

/// No line is set farther in than this, in half-width columns.
const DEEPEST: f32 = 60.0;

/// Writes the blocks of all pages.
pub(super) fn write(sheets: &[Vec<Block>], pages: &[Page]) -> Source {
    let mut source = Source::default();
    let em = em(sheets);
    let left = left(sheets, pages);
    for (i, (sheet, page)) in sheets.iter().zip(pages).enumerate() {
        if i > 0 {
            source.pieces.push(Piece::PageBreak);
        }
        let edge = left.get(&key(page)).copied().unwrap_or(0.0);
        for block in sheet {
            match block {
                Block::Lines(lines) => {
                    let start = source.append("").start;
                    for line in lines {
                        let indent = ((line.x0 - line.left.unwrap_or(edge)) / (em / 2.0)).round().clamp(0.0, DEEPEST);
                        let range = source.append(&" ".repeat(indent as usize));
                        source.places.push(range.end, place(line));
                        source.text.push_str(&line.text);
                    }
                    source.pieces.push(Piece::Lines(start..source.text.len()));
                }
                Block::Table(table) => {
                    let grid = grid(table, &mut source);
                    source.pieces.push(Piece::Table(grid));
                }
            }
        }
    }
    source
}

/// A line's page and box.
fn place(line: &Line) -> Place {
    let area = [line.x0, line.top(), line.x1, line.bottom()].map(|v| v.round() as i32);
    Place::Page { page: line.page, area }
}

/// The grid of a table, its text appended.
fn grid(table: &Table, source: &mut Source) -> Grid {
    let mut rows: Vec<Vec<Cell>> = vec![Vec::new(); table.rows];
    for cell in &table.cells {
        let start = source.append("").start;
        for (i, line) in cell.lines.iter().enumerate() {
            if i > 0 {
                source.text.push('\n');
            }
            source.places.push(source.text.len(), place(line));
            source.text.push_str(&line.text);
        }
        if let Some(row) = rows.get_mut(cell.row) {
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            row.push(Cell {
                rows: count(cell.rows),
                columns: count(cell.columns),
                ..Cell::of(start..source.text.len())
            });
        }
    }
    Grid { rows }
}

/// The size of most characters.
fn em(sheets: &[Vec<Block>]) -> f32 {
    let mut count: HashMap<i32, usize> = HashMap::new();
    for line in all(sheets) {
        *count.entry((line.size * 4.0).round() as i32).or_default() += line.glyphs.len();
    }
    let most = count.into_iter().max_by_key(|(size, n)| (*n, *size));
    most.map_or(10.5, |(size, _)| size as f32 / 4.0).max(1.0)
}

fn all(sheets: &[Vec<Block>]) -> impl Iterator<Item = &Line> {
    sheets.iter().flatten().flat_map(|b| match b {
        Block::Lines(lines) => lines.as_slice(),
        Block::Table(_) => &[],
    })
}

/// Pages of one width are set alike.
fn key(page: &Page) -> i32 {
    (page.width / 4.0).round() as i32
}

/// Where lines begin, by the width of the page: the leftmost place that many long lines share.
fn left(sheets: &[Vec<Block>], pages: &[Page]) -> HashMap<i32, f32> {
    let mut starts: HashMap<i32, (Vec<f32>, Vec<f32>)> = HashMap::new();
    for (sheet, page) in sheets.iter().zip(pages) {
        let lines: Vec<&Line> = all(std::slice::from_ref(sheet)).filter(|l| l.left.is_none()).collect();
        let widest = lines.iter().map(|l| l.x1 - l.x0).fold(0.0, f32::max);
        let long = lines.iter().filter(|l| l.x1 - l.x0 >= widest * 0.6).map(|l| l.x0);
        let (long_ones, all_ones) = starts.entry(key(page)).or_default();
        long_ones.extend(long);
        all_ones.extend(lines.iter().map(|l| l.x0));
    }
    let leftmost = |mut xs: Vec<f32>| {
        xs.sort_by(f32::total_cmp);
        let least = (xs.len() / 7).max(1);
        // The first place within 3 points of which so many lines begin.
        let at = (0..xs.len()).find(|&i| xs[i..].iter().take_while(|x| **x - xs[i] <= 3.0).count() >= least);
        at.map_or(0.0, |i| xs[i])
    };
    // Too few long lines may all be first lines of paragraphs.
    let of = |(long, all): (Vec<f32>, Vec<f32>)| if long.len() < 5 { leftmost(all) } else { leftmost(long) };
    starts.into_iter().map(|(k, xs)| (k, of(xs))).collect()
}
