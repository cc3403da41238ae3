//! 分栏: the order in which lines are read where a page is set in two columns.

use super::Glyph;
use super::lines::Line;

/// So many lines side by side are columns; fewer are a list or a signature.
const LEAST: usize = 6;
/// The white between columns, in ems.
const GUTTER: f32 = 1.2;
/// A column's lines hold at least so many characters in the mean.
const PROSE: usize = 9;

/// Parts lines that go over two columns, and puts the right column behind the left.
pub(super) fn ordered(lines: Vec<Line>) -> Vec<Line> {
    let Some((first, last, x)) = gutter(&lines) else { return lines };
    let mut ordered = Vec::with_capacity(lines.len());
    let (mut left, mut right): (Vec<Line>, Vec<Line>) = (Vec::new(), Vec::new());
    let close = |ordered: &mut Vec<Line>, left: &mut Vec<Line>, right: &mut Vec<Line>| {
        for column in [left, right] {
            let edge = column.iter().map(|l| l.x0).fold(f32::MAX, f32::min);
            ordered.extend(column.drain(..).map(|l| Line { left: Some(edge), ..l }));
        }
    };
    for (i, line) in lines.into_iter().enumerate() {
        if (first..=last).contains(&i) {
            let page = line.page;
            let (a, b): (Vec<Glyph>, Vec<Glyph>) = line.glyphs.into_iter().partition(|g| g.x < x);
            left.extend(Line::of(a, page));
            right.extend(Line::of(b, page));
            continue;
        }
        close(&mut ordered, &mut left, &mut right);
        ordered.push(line);
    }
    close(&mut ordered, &mut left, &mut right);
    ordered
}

/// The run of lines that is set in two columns and the place between them.
fn gutter(lines: &[Line]) -> Option<(usize, usize, f32)> {
    let x0 = lines.iter().map(|l| l.x0).fold(f32::MAX, f32::min);
    let x1 = lines.iter().map(|l| l.x1).fold(f32::MIN, f32::max);
    // Columns are of one width, so the white between them is in the middle third.
    let mut places: Vec<f32> = lines.iter().flat_map(|l| gaps(l, x0, x1)).collect();
    places.sort_by(f32::total_cmp);
    let middle = *places.get(places.len() / 2)?;
    let mut best: Option<(usize, usize)> = None;
    let mut start = None;
    for i in 0..=lines.len() {
        let open = lines.get(i).is_some_and(|l| clear(l, middle));
        match (open, start) {
            (true, None) => start = Some(i),
            (false, Some(s)) => {
                if best.is_none_or(|(a, b)| b - a < i - 1 - s) {
                    best = Some((s, i - 1));
                }
                start = None;
            }
            _ => {}
        }
    }
    let (first, last) = best?;
    let run = &lines[first..=last];
    let both = run.iter().filter(|l| l.x0 < middle && l.x1 > middle).count();
    let count = |right: bool| {
        let glyphs = run.iter().flat_map(|l| &l.glyphs).filter(|g| !g.char.is_whitespace() && (g.x >= middle) == right);
        glyphs.count()
    };
    let prose = count(false) >= PROSE * both && count(true) >= PROSE * both;
    (both >= LEAST && both * 10 >= run.len() * 6 && prose).then_some((first, last, middle))
}

/// The middles of the wide gaps of a line that lie in the middle third.
fn gaps(line: &Line, x0: f32, x1: f32) -> Vec<f32> {
    let third = (x1 - x0) / 3.0;
    let ink: Vec<&Glyph> = line.glyphs.iter().filter(|g| !g.char.is_whitespace()).collect();
    ink.windows(2)
        .filter(|w| w[1].x - (w[0].x + w[0].width) >= GUTTER * line.size)
        .map(|w| (w[0].x + w[0].width + w[1].x) / 2.0)
        .filter(|m| (x0 + third..x1 - third).contains(m))
        .collect()
}

/// True where nothing of the line stands at `x` or near it.
fn clear(line: &Line, x: f32) -> bool {
    let half = GUTTER * line.size / 2.0 * 0.8;
    !line.glyphs.iter().any(|g| !g.char.is_whitespace() && g.x < x + half && g.x + g.width > x - half)
}
