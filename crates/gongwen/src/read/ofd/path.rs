//! 图形对象: the rules that a PathObject draws.

use super::transform::Transform;
use super::xml::Element;
use crate::read::glyphs::{Page, Rule};

/// Takes down the rules of a path and gives how many parts it has.
pub fn rules(object: &Element, own: &Transform, page: &mut Page) -> usize {
    let data = object.child("AbbreviatedData").map_or("", |d| d.text.as_str());
    let stroked = object.attribute("Stroke") != Some("false");
    let mut points: Vec<(f64, f64)> = Vec::new();
    let mut curved = false;
    let mut marks = 0;
    let mut words = data.split_whitespace();
    let mut end = |points: &mut Vec<(f64, f64)>, page: &mut Page| {
        marks += 1;
        part(points, stroked, page);
        points.clear();
    };
    while let Some(word) = words.next() {
        let count = match word {
            "M" | "S" | "L" => 2,
            "Q" => 4,
            "B" => 6,
            "A" => 7,
            "C" => {
                points.extend(points.first().copied());
                continue;
            }
            _ => continue,
        };
        let numbers: Vec<f64> = words.by_ref().take(count).map_while(|n| n.parse().ok()).collect();
        let [.., x, y] = numbers[..] else { break };
        if matches!(word, "M" | "S") {
            end(&mut points, page);
        }
        curved |= matches!(word, "Q" | "B" | "A");
        points.push(own.apply(x, y));
    }
    if curved {
        page.outlines += 1;
    } else {
        end(&mut points, page);
    }
    marks
}

/// One part of a path: stroked, the level and upright lines of it; filled, itself where it is thin.
fn part(points: &[(f64, f64)], stroked: bool, page: &mut Page) {
    let Some(&first) = points.first().filter(|_| points.len() > 1) else { return };
    let corners =
        points.iter().fold((first, first), |(a, b), p| ((a.0.min(p.0), a.1.min(p.1)), (b.0.max(p.0), b.1.max(p.1))));
    let ((x0, y0), (x1, y1)) = corners;
    if let Some(rule) = Rule::thin(x0 as f32, y0 as f32, x1 as f32, y1 as f32) {
        page.rules.push(rule);
        return;
    }
    if !stroked {
        page.outlines += usize::from(points.len() > 6);
        return;
    }
    for pair in points.windows(2) {
        let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
        if (ay - by).abs() <= 0.5 && (ax - bx).abs() > 1.0 {
            page.rules.push(Rule::level(ay as f32, ax as f32, bx as f32));
        } else if (ax - bx).abs() <= 0.5 && (ay - by).abs() > 1.0 {
            page.rules.push(Rule::upright(ax as f32, ay as f32, by as f32));
        }
    }
}
