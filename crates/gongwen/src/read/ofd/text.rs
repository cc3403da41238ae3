//! 文字对象: TextObject and the places of its characters.

use unicode_width::UnicodeWidthChar;

use super::transform::Transform;
use super::xml::Element;
use crate::read::glyphs::Glyph;

/// Appends the characters of a text object and gives their number.
pub fn glyphs(object: &Element, own: &Transform, to: &mut Vec<Glyph>) -> usize {
    let before = to.len();
    let size = object.number("Size").unwrap_or(0.0);
    let stretch = object.number("HScale").unwrap_or(1.0);
    let (mut x, mut y) = (0.0, 0.0);
    for code in object.all("TextCode") {
        x = code.number("X").unwrap_or(x);
        y = code.number("Y").unwrap_or(y);
        let text = code.text.trim_matches(['\r', '\n', '\t']);
        let count = text.chars().count();
        let across = deltas(code.attribute("DeltaX").unwrap_or(""), count);
        let down = deltas(code.attribute("DeltaY").unwrap_or(""), count);
        let (mut at_x, mut at_y) = (x, y);
        for (i, char) in text.chars().enumerate() {
            let natural = size * stretch * if char.width() == Some(1) { 0.5 } else { 1.0 };
            let step = (across.get(i).copied(), down.get(i).copied());
            let width = match step.0 {
                // Letters are as wide as they are far apart; what is wider is white.
                Some(dx) if dx > 0.0 && dx < size * stretch * 1.05 => dx.min(size * stretch),
                _ => natural,
            };
            to.extend(placed(char, own, (at_x, at_y), width, size));
            // Without deltas a text runs on by its widths.
            at_x += step.0.unwrap_or(if step.1.is_some() || down.len() > i { 0.0 } else { natural });
            at_y += step.1.unwrap_or(0.0);
        }
    }
    to.len() - before
}

/// A character at a place of its object.
fn placed(char: char, own: &Transform, at: (f64, f64), width: f64, size: f64) -> Option<Glyph> {
    let (x, y) = own.apply(at.0, at.1);
    let [a, b, c, d, _, _] = own.0;
    let (along, up) = (a.hypot(b), c.hypot(d));
    let glyph = Glyph {
        char,
        x: x as f32,
        y: y as f32,
        width: (width * along) as f32,
        size: (size * up) as f32,
        angle: b.atan2(a).to_degrees().rem_euclid(360.0) as f32,
    };
    let sound = glyph.x.is_finite() && glyph.y.is_finite() && glyph.width.is_finite();
    (sound && glyph.size > 0.0 && glyph.size.is_finite()).then_some(glyph)
}

/// The distances of a list, no more than `most`: `g n d` stands for n times d.
fn deltas(list: &str, most: usize) -> Vec<f64> {
    let mut found = Vec::new();
    let mut words = list.split_whitespace();
    while let Some(word) = words.next() {
        if found.len() >= most {
            break;
        }
        if word == "g" {
            let count: usize = words.next().and_then(|n| n.parse().ok()).unwrap_or(0);
            let each: f64 = words.next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
            found.extend(std::iter::repeat_n(each, count.min(most - found.len())));
        } else if let Ok(each) = word.parse() {
            found.push(each);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_distances_are_written_out() {
        assert_eq!(deltas("g 3 2.5 1 g 99 4", 6), [2.5, 2.5, 2.5, 1.0, 4.0, 4.0]);
        assert_eq!(deltas("g 4000000000 1", 2), [1.0, 1.0]);
        assert_eq!(deltas("1 x g", 5), [1.0]);
    }
}
