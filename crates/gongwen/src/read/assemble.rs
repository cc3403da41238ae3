//! 合成: from what a reader gave to a document, for every format alike.

use std::ops::Range;

use super::furniture::{self, Furniture, FurnitureKind};
use super::line::{self, Line};
use super::unwrap;
use super::{Reading, table};
use crate::layout::{self, Part};
use crate::paragraph::Paragraph;
use crate::piece::{Grid, Piece, Source};
use crate::words;

/// How many pieces of a page may stand before its document begins, and after it ends.
const HEAD_PARTS: usize = 80;
/// An item of a menu is at most this long, in characters.
const MENU_CHARS: usize = 24;
/// No table that people read has more cells; merged cells are not filled in beyond it.
const CELLS: usize = 200_000;

/// Makes a document of a source.
pub fn assemble(source: Source) -> Reading {
    let text = source.text.as_str();
    let mut lines = physical(&source);
    let mut furniture = furniture::take(&mut lines);
    let setting = unwrap::Setting::of(&lines);
    let mut lines = lines.into_iter().peekable();
    let mut parts = Vec::new();
    let mut page_start = false;
    for (at, piece) in source.pieces.iter().enumerate() {
        let first = parts.len();
        match piece {
            Piece::Lines(range) => {
                // What a page breaks off goes on with the next: its lines have been taken already where they are of this run.
                let end = run_end(&source.pieces[at..]).unwrap_or(range.end);
                let mut own = Vec::new();
                while let Some(line) = lines.next_if(|l| l.offset < end) {
                    own.push(line);
                }
                parts.extend(broken(own, setting, &mut furniture));
                // Lines know themselves where a page begins.
                page_start = false;
            }
            Piece::Paragraph(range, style) => {
                let lines = lines_of(text, range.clone());
                if let [line] = lines.as_slice()
                    && furniture::is_control(line.text)
                    && (parts.len() < HEAD_PARTS || source.pieces.len() - at < HEAD_PARTS)
                {
                    furniture.push(line.left_out(FurnitureKind::Control));
                } else if !lines.is_empty() {
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
    menus(text, &mut parts, &mut furniture);
    furniture.sort_by_key(|f| f.offset);
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
                if let Some(line) = lines.get_mut(first)
                    && std::mem::take(&mut page_start)
                {
                    line.page_start = true;
                    // A new page is no blank line.
                    line.after_blank = first == 0;
                }
            }
            Piece::PageBreak => page_start = true,
            Piece::Paragraph(..) | Piece::Table(_) => page_start = false,
        }
    }
    lines
}

/// The end of the run of lines that `pieces` begins with: lines parted by nothing but page breaks.
fn run_end(pieces: &[Piece]) -> Option<usize> {
    let mut end = None;
    let mut broken = true;
    for piece in pieces {
        match piece {
            Piece::Lines(range) if broken => (end, broken) = (Some(range.end), false),
            Piece::PageBreak => broken = true,
            _ => break,
        }
    }
    end
}

/// The lines of a stretch of `text`, numbered within it and placed in the whole.
fn lines_of(text: &str, range: Range<usize>) -> Vec<Line<'_>> {
    let start = range.start;
    let mut lines = line::lines(text.get(range).unwrap_or(""));
    lines.iter_mut().for_each(|l| l.offset += start);
    lines
}

/// The paragraphs and tables of a run of physical lines.
fn broken(lines: Vec<Line<'_>>, setting: unwrap::Setting, left_out: &mut Vec<Furniture>) -> Vec<Part> {
    let mut parts = Vec::new();
    for stretch in table::split(lines, left_out) {
        match stretch {
            table::Stretch::Lines(lines) => {
                parts.extend(unwrap::unwrap(&lines, setting).into_iter().map(Part::Paragraph));
            }
            table::Stretch::Table { header: true, rows } => parts.extend(titled(rows)),
            table::Stretch::Table { header, rows } => parts.push(Part::Table { header, rows }),
        }
    }
    parts
}

/// A table that the format has drawn, and what stands over it; nothing where no cell has words.
fn tabular(text: &str, grid: &Grid) -> Vec<Part> {
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
    titled(rows)
}

/// A table and what stands over it.
fn titled(mut rows: Vec<Vec<Paragraph>>) -> Vec<Part> {
    let mut parts: Vec<Part> = layout::captions(&mut rows).into_iter().map(Part::Paragraph).collect();
    if !rows.is_empty() {
        parts.push(Part::Table { header: !table::is_keyed(&rows), rows });
    }
    parts
}

/// Takes out the menus of a page: the short lines above a table of labels, where a control among them shows that a page
/// was saved whole. What may be a title or a number stays.
fn menus(text: &str, parts: &mut Vec<Part>, left_out: &mut Vec<Furniture>) {
    let Some(table) = parts.iter().take(HEAD_PARTS).position(|p| matches!(p, Part::Table { header: false, .. })) else {
        return;
    };
    let controls = left_out.iter().filter(|f| f.kind == FurnitureKind::Control).count();
    let is_menu = |p: &Part| match p {
        Part::Paragraph(p) => {
            p.text.chars().count() <= MENU_CHARS
                && !p.text.ends_with(['。', '：', ':'])
                && !p.text.contains(['《', '〔'])
                && (words::kind_of_title(&p.text).is_none() || p.text.chars().count() < 6)
        }
        Part::Table { .. } => false,
    };
    if controls < 2 || !parts[..table].iter().all(is_menu) {
        return;
    }
    for part in parts.drain(..table) {
        let Part::Paragraph(p) = part else { continue };
        let (Some(&(_, start)), Some(&(last, end))) = (p.origin.first(), p.origin.last()) else { continue };
        let end = end + p.text.len().saturating_sub(last);
        for line in lines_of(text, start..end) {
            let number = p.line + line.number - 1;
            left_out.push(Line { number, ..line }.left_out(FurnitureKind::Control));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_goes_on_over_a_page() {
        let mut source = Source::default();
        let mut lines = |text: &str| {
            let range = source.append(text);
            source.pieces.push(Piece::Lines(range));
            source.pieces.push(Piece::PageBreak);
        };
        lines("    推动行业主管部门汇聚本行业公共数据资源，支持龙头企业、行业协会通过细分领域产业大脑、");
        lines("产业数据仓等平台提升数据标准化水平。（责任单位：市数据局、市经信局）");
        lines("    探索建立数据集流通交易制度，完善利益分配机制，营造良好的交易服务生态。");
        let document = assemble(source).document;
        let texts: Vec<&str> = document.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "推动行业主管部门汇聚本行业公共数据资源，支持龙头企业、行业协会通过细分领域产业大脑、产业数据仓等平台提升数据标准化水平。（责任单位：市数据局、市经信局）",
                "探索建立数据集流通交易制度，完善利益分配机制，营造良好的交易服务生态。"
            ]
        );
    }
}
