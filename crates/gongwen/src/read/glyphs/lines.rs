//! 成行: glyphs on one baseline, from left to right, with the gaps between words.

use super::Glyph;
use crate::chars::is_cjk;

/// A line as it is set.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its text, a gap as spaces in proportion.
    pub text: String,
    /// Left end.
    pub x0: f32,
    /// Right end.
    pub x1: f32,
    /// Baseline.
    pub y: f32,
    /// The em of most of its characters.
    pub size: f32,
    /// Its page, from 1.
    pub page: usize,
    /// Where the lines of its column begin, where a page is set in columns.
    pub left: Option<f32>,
    /// Its glyphs from left to right.
    pub glyphs: Vec<Glyph>,
}

impl Line {
    /// The line of these glyphs; `None` where they are white.
    pub fn of(mut glyphs: Vec<Glyph>, page: usize) -> Option<Line> {
        glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        let ink = |g: &&Glyph| !g.char.is_whitespace();
        let x0 = glyphs.iter().find(ink)?.x;
        let x1 = glyphs.iter().filter(ink).map(|g| g.x + g.width).fold(x0, f32::max);
        let size = common_size(&glyphs);
        let y = glyphs.iter().filter(ink).find(|g| g.size >= size * 0.9).map_or(0.0, |g| g.y);
        Some(Line { text: text(&glyphs, size), x0, x1, y, size, page, left: None, glyphs })
    }

    /// The top of its characters.
    pub fn top(&self) -> f32 {
        self.y - self.size * 0.88
    }

    /// The bottom of its characters.
    pub fn bottom(&self) -> f32 {
        self.y + self.size * 0.12
    }
}

/// The size that most of the glyphs have.
fn common_size(glyphs: &[Glyph]) -> f32 {
    let mut sizes: Vec<f32> = glyphs.iter().filter(|g| !g.char.is_whitespace()).map(|g| g.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(1.0).max(0.1)
}

/// No gap is wider in the text, in half-width columns.
const WIDEST: f32 = 60.0;

/// The text of a line whose glyphs are sorted.
fn text(glyphs: &[Glyph], size: f32) -> String {
    let mut text = String::new();
    let mut before: Option<(char, f32)> = None;
    let mut spaced = false;
    for g in glyphs {
        if g.char.is_whitespace() {
            spaced |= before.is_some();
            continue;
        }
        if let Some((last, end)) = before {
            let gap = g.x - end;
            // Half an em between two ideographs is how a justified line is stretched.
            let chinese = is_cjk(last) || is_cjk(g.char);
            let wide = if chinese { 0.75 } else { 0.2 };
            if gap > wide * size || (spaced && gap > 0.12 * size) {
                let columns = (gap / (size / 2.0)).round().clamp(1.0, WIDEST) as usize;
                if chinese && columns >= 2 {
                    text.extend(std::iter::repeat_n('\u{3000}', columns / 2));
                } else {
                    text.extend(std::iter::repeat_n(' ', columns));
                }
            }
        }
        text.push(g.char);
        before = Some((g.char, before.map_or(f32::MIN, |(_, end)| end).max(g.x + g.width)));
        spaced = false;
    }
    text
}

/// Glyphs near one baseline.
struct Band {
    y: f32,
    size: f32,
    glyphs: Vec<Glyph>,
}

/// The lines of glyphs in any order, from top to bottom.
pub fn lines(glyphs: &[Glyph], page: usize) -> Vec<Line> {
    let mut sorted: Vec<Glyph> = glyphs.to_vec();
    sorted.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut bands: Vec<Band> = Vec::new();
    for g in sorted {
        // The baselines come in ascending order, so only the last bands are near.
        let near = bands.iter_mut().rev().take(4).find(|b| (g.y - b.y).abs() <= 0.2 * g.size.min(b.size));
        match near {
            Some(band) => {
                band.size = band.size.max(if g.char.is_whitespace() { 0.0 } else { g.size });
                band.glyphs.push(g);
            }
            None => bands.push(Band { y: g.y, size: g.size, glyphs: vec![g] }),
        }
    }
    bands.retain(|b| b.glyphs.iter().any(|g| !g.char.is_whitespace()));
    let bands = raised(bands);
    bands.into_iter().filter_map(|b| Line::of(b.glyphs, page)).collect()
}

/// Puts bands together that stand on one line: a raised or lowered sign, a font with another baseline.
fn raised(bands: Vec<Band>) -> Vec<Band> {
    let mut merged: Vec<Band> = Vec::new();
    for band in bands {
        let joins = merged.last().is_some_and(|last| {
            let large = last.size.max(band.size);
            (band.y - last.y).abs() < 0.6 * large && apart(&last.glyphs, &band.glyphs)
        });
        match merged.last_mut() {
            Some(last) if joins => {
                if band.glyphs.len() > last.glyphs.len() {
                    last.y = band.y;
                }
                last.size = last.size.max(band.size);
                last.glyphs.extend(band.glyphs);
            }
            _ => merged.push(band),
        }
    }
    merged
}

/// True where no glyph of one stands over a glyph of the other.
fn apart(a: &[Glyph], b: &[Glyph]) -> bool {
    let spans = |glyphs: &[Glyph]| {
        let mut spans: Vec<(f32, f32)> =
            glyphs.iter().filter(|g| !g.char.is_whitespace()).map(|g| (g.x, g.x + g.width)).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        spans
    };
    let (a, b) = (spans(a), spans(b));
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let slack = 0.25 * (a[i].1 - a[i].0).min(b[j].1 - b[j].0);
        if a[i].1 <= b[j].0 + slack {
            i += 1;
        } else if b[j].1 <= a[i].0 + slack {
            j += 1;
        } else {
            return false;
        }
    }
    true
}
