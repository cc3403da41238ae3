//! 折行的标签: labels of a header table that a narrow column has broken.
//!
//! ```text
//! 发文字                    发布日
//!       国发〔2019〕3号           2019年01月25日
//! 号：                      期：
//! ```

use super::Glyph;
use super::lines::Line;

/// Parts of a line are parted by a gap of so many ems.
const GAP: f32 = 1.0;
/// No part of a broken label is longer.
const SHORT: usize = 5;
/// Two parts of a label begin at one place, give or take so many points.
const SAME: f32 = 3.0;

/// Puts broken labels together, each with its value, on one line.
pub(super) fn whole(lines: Vec<Line>) -> Vec<Line> {
    let mut whole = Vec::with_capacity(lines.len());
    let mut i = 0;
    while i < lines.len() {
        match (1..=2).find_map(|n| joined(lines.get(i..=i + n)?).map(|line| (n + 1, line))) {
            Some((used, line)) => {
                whole.push(line);
                i += used;
            }
            None => {
                whole.push(lines[i].clone());
                i += 1;
            }
        }
    }
    whole
}

/// A stretch of a line between wide gaps.
struct Part {
    x: f32,
    text: String,
    glyphs: Vec<Glyph>,
}

/// The line of labels whose first parts stand on the first line and whose last ones on the last.
fn joined(lines: &[Line]) -> Option<Line> {
    let [first, .., last] = lines else { return None };
    if last.y - first.y > 2.2 * first.size {
        return None;
    }
    let mut rows: Vec<Vec<Part>> = lines.iter().map(parts).collect();
    let mut labels: Vec<Part> = Vec::new();
    let mut bottoms = rows.pop()?;
    let mut tops = std::mem::take(rows.first_mut()?);
    let mut at = 0;
    while at < bottoms.len() {
        let label = tops.iter().position(|t| {
            let label = format!("{}{}", t.text, bottoms[at].text);
            let short = t.text.chars().count() <= SHORT && bottoms[at].text.chars().count() <= SHORT;
            short
                && (t.x - bottoms[at].x).abs() <= SAME
                && crate::header::label_at(&label).is_some_and(|(_, n)| n == label.len())
        });
        match label {
            Some(t) => {
                let (top, bottom) = (tops.remove(t), bottoms.remove(at));
                let glyphs = top.glyphs.into_iter().chain(bottom.glyphs).collect();
                labels.push(Part { x: top.x, text: top.text + &bottom.text, glyphs });
            }
            None => at += 1,
        }
    }
    labels.sort_by(|a, b| a.x.total_cmp(&b.x));
    let values = tops.into_iter().chain(rows.into_iter().flatten()).chain(bottoms);
    let mut glyphs: Vec<Vec<Glyph>> = Vec::new();
    let mut text: Vec<String> = labels.iter().map(|l| l.text.clone()).collect();
    glyphs.extend(labels.iter().map(|l| l.glyphs.clone()));
    for value in values {
        let owner = labels.iter().rposition(|l| l.x < value.x)?;
        text[owner].push_str(&value.text);
        glyphs[owner].extend(value.glyphs);
    }
    let glyphs: Vec<Glyph> = glyphs.into_iter().flatten().collect();
    let line = Line::of(glyphs.clone(), first.page)?;
    Some(Line { text: text.join("\u{3000}\u{3000}"), y: last.y, glyphs, ..line })
}

/// The parts of a line, without the white between their characters.
fn parts(line: &Line) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut end = f32::MIN;
    for g in line.glyphs.iter().filter(|g| !g.char.is_whitespace()) {
        match parts.last_mut() {
            Some(part) if g.x - end < GAP * line.size => {
                part.text.push(g.char);
                part.glyphs.push(*g);
            }
            _ => parts.push(Part { x: g.x, text: g.char.to_string(), glyphs: vec![*g] }),
        }
        end = g.x + g.width;
    }
    parts
}
