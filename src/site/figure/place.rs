//! 坐标: where the boxes of ordered layers stand, and where the lines run.
//!
//! Along a layer everything stands as near as may be to the middle of what it is joined with, in the given order and
//! without touching: the least squares under that order, which pooling neighbours that would overlap finds in one pass.

use super::layers::Layers;
use super::{WIDTH, Way, round};

/// Free room between things of a layer, and between layers.
const BESIDE: f64 = 14.0;
const BETWEEN: [f64; 2] = [60.0, 84.0];
/// The room that a line takes which passes a layer.
const PASSING: f64 = 10.0;
/// Room around the picture for the strokes of its boxes.
const MARGIN: f64 = 2.0;
/// Passes over the layers; each moves every layer towards its neighbours.
const PASSES: usize = 8;

/// A point of the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// A picture with its coordinates.
#[derive(Debug)]
pub struct Placed {
    /// The upper left corner of each box.
    pub boxes: Vec<Point>,
    /// The points of each line: from one box to the other, two for each layer that it passes.
    pub tracks: Vec<Vec<Point>>,
    /// Its size.
    pub width: f64,
    /// Its size.
    pub height: f64,
}

impl Placed {
    /// Places boxes of these heights.
    pub fn of(layers: &Layers, heights: &[f64], way: Way) -> Placed {
        let down = way == Way::Down;
        // How much room a thing takes along its layer, and across.
        let along = |thing: usize| match heights.get(thing).filter(|_| layers.things[thing].is_box) {
            Some(_) if down => WIDTH,
            Some(&height) => height,
            None => PASSING,
        };
        let across = |thing: usize| heights.get(thing).map_or(0.0, |&height| if down { height } else { WIDTH });
        let centres = centres(layers, &along);
        let mut starts = Vec::with_capacity(layers.rows.len());
        let mut depths = Vec::with_capacity(layers.rows.len());
        let mut from = MARGIN;
        for row in &layers.rows {
            let depth = row.iter().map(|&t| across(t)).fold(0.0, f64::max);
            starts.push(from);
            depths.push(depth);
            from += depth + BETWEEN[usize::from(!down)];
        }
        let mut row_of = vec![0; layers.things.len()];
        for (r, row) in layers.rows.iter().enumerate() {
            row.iter().for_each(|&t| row_of[t] = r);
        }
        let point = |along: f64, across: f64| {
            let (x, y) = if down { (along, across) } else { (across, along) };
            Point { x: round(x), y: round(y) }
        };
        let boxes = (0..heights.len()).map(|t| point(centres[t] - along(t) / 2.0, starts[row_of[t]])).collect();
        let ports = ports(layers, &centres, &along);
        let tracks = layers.lines.iter().zip(&ports).map(|(through, &[leaves, arrives])| {
            let (Some(&first), Some(&last)) = (through.first(), through.last()) else { return Vec::new() };
            let (a, b) = (row_of[first], row_of[last]);
            let top = |r: usize| starts[r];
            let bottom = |r: usize, t: usize| starts[r] + across(t);
            // Back to a layer above, or within one, a line leaves where others arrive.
            let begins = if a < b { bottom(a, first) } else { top(a) };
            let mut track = vec![point(leaves, begins)];
            for &t in through.get(1..through.len() - 1).unwrap_or_default() {
                let r = row_of[t];
                let (enter, leave) = (top(r), top(r) + depths[r]);
                let (enter, leave) = if a < b { (enter, leave) } else { (leave, enter) };
                track.extend([point(centres[t], enter), point(centres[t], leave)]);
            }
            track.push(point(arrives, if a > b { bottom(b, last) } else { top(b) }));
            track
        });
        let tracks = tracks.collect();
        let end = (0..layers.things.len()).map(|t| centres[t] + along(t) / 2.0).fold(0.0, f64::max) + MARGIN;
        let far = starts.last().zip(depths.last()).map_or(0.0, |(s, d)| s + d) + MARGIN;
        let size = point(end, far);
        Placed { boxes, tracks, width: size.x, height: size.y }
    }
}

/// Where each line leaves its box and arrives at the other, along the layer: side by side, in the order of the other ends.
fn ports(layers: &Layers, centres: &[f64], along: &impl Fn(usize) -> f64) -> Vec<[f64; 2]> {
    let mut ports = vec![[0.0, 0.0]; layers.lines.len()];
    // By thing and side: the lines there, with the centre of what is next on each.
    let mut at: std::collections::BTreeMap<(usize, usize), Vec<(f64, usize)>> = std::collections::BTreeMap::new();
    for (l, through) in layers.lines.iter().enumerate() {
        if let [first, second, ..] = *through.as_slice() {
            at.entry((first, 0)).or_default().push((centres[second], l));
        }
        if let [.., before, last] = *through.as_slice() {
            at.entry((last, 1)).or_default().push((centres[before], l));
        }
    }
    for ((thing, side), mut list) in at {
        list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let size = along(thing);
        let step = size / (list.len() as f64 + 1.0);
        for (i, (_, line)) in list.into_iter().enumerate() {
            ports[line][side] = centres[thing] - size / 2.0 + step * (i as f64 + 1.0);
        }
    }
    ports
}

/// The centre of everything along its layer.
fn centres(layers: &Layers, along: &impl Fn(usize) -> f64) -> Vec<f64> {
    let mut centres = vec![0.0; layers.things.len()];
    for row in &layers.rows {
        let mut end = 0.0;
        for &t in row {
            centres[t] = end + along(t) / 2.0;
            end += along(t) + BESIDE;
        }
    }
    for pass in 0..PASSES {
        let rows = layers.rows.len();
        for i in 0..rows {
            let row = &layers.rows[if pass % 2 == 0 { i } else { rows - 1 - i }];
            let wish = |&t: &usize| {
                let [above, below] = &layers.things[t].joined;
                // At last from both sides, so that nothing stands aslant for no reason.
                let joined: [&[usize]; 2] = match pass {
                    p if p + 2 >= PASSES => [above, below],
                    p if p % 2 == 0 => [above, &[]],
                    _ => [&[], below],
                };
                let count = joined.iter().map(|j| j.len()).sum::<usize>();
                let sum: f64 = joined.iter().copied().flatten().map(|&j| centres[j]).sum();
                if count == 0 { centres[t] } else { sum / count as f64 }
            };
            let wishes: Vec<f64> = row.iter().map(wish).collect();
            let sizes: Vec<f64> = row.iter().map(|&t| along(t)).collect();
            for (&t, centre) in row.iter().zip(apart(&wishes, &sizes)) {
                centres[t] = centre;
            }
        }
    }
    let least = (0..centres.len()).map(|t| centres[t] - along(t) / 2.0).fold(f64::INFINITY, f64::min);
    centres.iter_mut().for_each(|c| *c += MARGIN - least);
    centres
}

/// The centres nearest to `wishes` at which things of these sizes stand in order and apart.
fn apart(wishes: &[f64], sizes: &[f64]) -> Vec<f64> {
    // Without the room that everything before takes, order is all that is asked.
    let mut taken = Vec::with_capacity(sizes.len());
    let mut end = 0.0;
    for &size in sizes {
        taken.push(end + size / 2.0);
        end += size + BESIDE;
    }
    // Groups that stand together: the sum of their wishes, and how many they are.
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for (&wish, &taken) in wishes.iter().zip(&taken) {
        let mut group = (wish - taken, 1);
        while let Some(before) = groups.pop_if(|b| b.0 / b.1 as f64 >= group.0 / group.1 as f64) {
            group = (before.0 + group.0, before.1 + group.1);
        }
        groups.push(group);
    }
    let shifts = groups.into_iter().flat_map(|(sum, count)| std::iter::repeat_n(sum / count as f64, count));
    shifts.zip(&taken).map(|(shift, &taken)| shift + taken).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_stand_apart_and_near_their_wishes() {
        assert_eq!(apart(&[10.0, 100.0], &[20.0, 20.0]), [10.0, 100.0]);
        assert_eq!(apart(&[50.0, 50.0], &[20.0, 20.0]), [33.0, 67.0]);
        assert_eq!(apart(&[50.0, 50.0, 200.0], &[20.0, 20.0, 20.0]), [33.0, 67.0, 200.0]);
        assert_eq!(apart(&[], &[]), [0.0; 0]);
    }
}
