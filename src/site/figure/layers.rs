//! 分层: the boxes of each layer in an order in which few lines cross.

/// Sweeps over all layers, down and up; after these the order hardly changes.
const SWEEPS: usize = 8;

/// Boxes in layers. A line that passes a layer has a place in it, as if it were a box.
#[derive(Debug)]
pub struct Layers {
    /// The things of each layer in order: indices into `things`.
    pub rows: Vec<Vec<usize>>,
    /// Boxes, which come first, and the places of lines.
    pub things: Vec<Thing>,
    /// Each line as the things that it leads through, from its box to the other.
    pub lines: Vec<Vec<usize>>,
}

/// A box or the place of a line that passes.
#[derive(Debug, Default)]
pub struct Thing {
    /// True for a box.
    pub is_box: bool,
    /// The things before it that a line joins it with, and after it.
    pub joined: [Vec<usize>; 2],
}

impl Layers {
    /// Orders boxes, of which the layers are given, by the lines between them. A line may lead back to a layer above, or
    /// stay in one.
    pub fn of(layers: &[usize], ends: &[(usize, usize)]) -> Layers {
        // Layers without a box take no room.
        let mut used: Vec<usize> = layers.to_vec();
        used.sort_unstable();
        used.dedup();
        let layer = |of: usize| used.binary_search(&layers[of]).unwrap_or(0);
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); used.len()];
        let mut things: Vec<Thing> = Vec::with_capacity(layers.len());
        for i in 0..layers.len() {
            rows[layer(i)].push(i);
            things.push(Thing { is_box: true, ..Thing::default() });
        }
        let mut lines = Vec::with_capacity(ends.len());
        for &(from, to) in ends {
            let (first, last) = (layer(from), layer(to));
            let mut through = vec![from];
            for row in first.min(last) + 1..first.max(last) {
                let row = if first < last { row } else { first + last - row };
                rows[row].push(things.len());
                through.push(things.len());
                things.push(Thing::default());
            }
            through.push(to);
            if first != last {
                for pair in through.windows(2) {
                    if let [a, b] = *pair {
                        let (upper, lower) = if first < last { (a, b) } else { (b, a) };
                        things[upper].joined[1].push(lower);
                        things[lower].joined[0].push(upper);
                    }
                }
            }
            lines.push(through);
        }
        let mut layers = Layers { rows, things, lines };
        for sweep in 0..SWEEPS {
            layers.sweep(sweep % 2);
        }
        layers
    }

    /// Puts the things of each layer in the order of the middle of what they are joined with, seen from above (0) or from
    /// below (1). What is joined with nothing keeps its place.
    fn sweep(&mut self, side: usize) {
        let mut at = vec![0.0; self.things.len()];
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        if side == 1 {
            order.reverse();
        }
        for row in order {
            let Some(things) = self.rows.get(row) else { continue };
            let mut keyed: Vec<(f64, usize)> = things
                .iter()
                .enumerate()
                .map(|(i, &thing)| {
                    let joined = self.things[thing].joined[side].as_slice();
                    let middle: f64 = joined.iter().map(|&j| at[j]).sum::<f64>() / joined.len().max(1) as f64;
                    let share = (i as f64 + 0.5) / things.len() as f64;
                    (if joined.is_empty() { share } else { middle }, thing)
                })
                .collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            let row_len = keyed.len() as f64;
            let sorted: Vec<usize> = keyed.into_iter().map(|(_, thing)| thing).collect();
            for (i, &thing) in sorted.iter().enumerate() {
                at[thing] = (i as f64 + 0.5) / row_len;
            }
            self.rows[row] = sorted;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_do_not_cross_where_they_need_not() {
        // Above 0 and 1, below 2 and 3; the lines lead crosswise.
        let layers = Layers::of(&[0, 0, 1, 1], &[(0, 3), (1, 2)]);
        let [above, below] = [0, 1].map(|r| layers.rows[r].clone());
        let crossed = (above == [0, 1]) == (below == [2, 3]);
        assert!(!crossed, "{above:?} {below:?}");
    }

    #[test]
    fn a_line_has_a_place_in_a_layer_that_it_passes() {
        let layers = Layers::of(&[0, 5, 9], &[(0, 1), (0, 2), (2, 0)]);
        assert_eq!(layers.rows.iter().map(Vec::len).collect::<Vec<_>>(), [1, 3, 1]);
        assert_eq!(layers.lines.iter().map(Vec::len).collect::<Vec<_>>(), [2, 3, 3]);
    }
}
