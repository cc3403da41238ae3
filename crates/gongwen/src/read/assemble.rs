//! 合成: from what a reader gave to a document, for every format alike.

use std::ops::Range;

use super::line::{self, Line};
use super::unwrap;
use super::{Reading, furniture, table};
use crate::layout::{self, Part};
use crate::paragraph::Paragraph;
use crate::piece::{Grid, Piece, Source};

/// No table that people read has more cells; merged cells are not filled in beyond it.
const CELLS: usize = 200_000;

/// Makes a document of a source.
pub fn assemble(source: Source) -> Reading {
    let text = source.text.as_str();
    let mut lines = physical(&source);
    let furniture = furniture::take(&mut lines);
    let setting = unwrap::Setting::of(&lines);
    let mut lines = lines.into_iter().peekable();
    let mut parts = Vec::new();
    let mut page_start = false;
    for piece in &source.pieces {
        let first = parts.len();
        match piece {
            Piece::Lines(range) => {
                let mut own = Vec::new();
                while let Some(line) = lines.next_if(|l| l.offset < range.end) {
                    own.push(line);
                }
                parts.extend(broken(own, setting));
            }
            Piece::Paragraph(range, style) => {
                let lines = lines_of(text, range.clone());
                if !lines.is_empty() {
                    parts.push(Part::Paragraph(Paragraph { style: *style, ..unwrap::join(&lines) }));
                }
            }
            Piece::Table(grid) => parts.extend(tabular(text, grid)),
            Piece::PageBreak => {
                page_start = true;
                continue;
            }
        }
        if let Some(Part::Paragraph(paragraph)) = parts.get_mut(first) {
            paragraph.page_start |= std::mem::take(&mut page_start);
        }
    }
    let (mut document, origins, remarks) = layout::compose(parts);
    layout::state(&mut document, &source.labels);
    Reading {
        document,
        origins,
        furniture,
        remarks,
        text: source.text,
        places: source.places,
        format: "",
        notes: source.notes,
        enclosures: source.enclosures,
        encoding: source.encoding,
        malformed: source.malformed,
        controls: source.controls,
    }
}

/// Reads a text whose lines are as a page breaks them.
pub fn text(text: &str) -> Reading {
    assemble(Source { text: text.to_owned(), pieces: vec![Piece::Lines(0..text.len())], ..Source::default() })
}

/// The physical lines of all [`Piece::Lines`], which are measured together: one page sets them all.
fn physical(source: &Source) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut page_start = false;
    for piece in &source.pieces {
        match piece {
            Piece::Lines(range) => {
                let first = lines.len();
                lines.extend(lines_of(&source.text, range.clone()));
                if let Some(line) = lines.get_mut(first) {
                    line.page_start |= std::mem::take(&mut page_start);
                }
            }
            Piece::PageBreak => page_start = true,
            Piece::Paragraph(..) | Piece::Table(_) => page_start = false,
        }
    }
    lines
}

/// The lines of a stretch of `text`, numbered within it and placed in the whole.
fn lines_of(text: &str, range: Range<usize>) -> Vec<Line<'_>> {
    let start = range.start;
    let mut lines = line::lines(text.get(range).unwrap_or(""));
    lines.iter_mut().for_each(|l| l.offset += start);
    lines
}

/// The paragraphs and tables of a run of physical lines.
fn broken(lines: Vec<Line<'_>>, setting: unwrap::Setting) -> Vec<Part> {
    let mut parts = Vec::new();
    for stretch in table::split(lines) {
        match stretch {
            table::Stretch::Lines(lines) => {
                parts.extend(unwrap::unwrap(&lines, setting).into_iter().map(Part::Paragraph));
            }
            table::Stretch::Table { header, rows } => parts.push(Part::Table { header, rows }),
        }
    }
    parts
}

/// A table that the format has drawn; `None` where no cell has words.
fn tabular(text: &str, grid: &Grid) -> Option<Part> {
    let mut rows: Vec<Vec<Paragraph>> = grid
        .filled(CELLS)
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| {
                    let lines = cell.map(|c| lines_of(text, c.text.clone())).unwrap_or_default();
                    if lines.is_empty() { Paragraph::default() } else { unwrap::join(&lines) }
                })
                .collect()
        })
        .collect();
    rows.retain(|row: &Vec<Paragraph>| row.iter().any(|c| !c.text.is_empty()));
    let keyed = rows.iter().all(|r| r.first().is_some_and(|c| c.text.ends_with([':', '：'])));
    (!rows.is_empty()).then_some(Part::Table { header: !keyed, rows })
}
