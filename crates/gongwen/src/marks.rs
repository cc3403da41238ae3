//! 标记: stretches of a text that say something to its reader, in order, an outer one before those inside it, so that
//! whoever shows the text can write them as elements that never cross.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::document::Span;

/// What a mark becomes where the text is shown; of the same words the first is the outermost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// A sentence that aims, demands or promises; one may stand in another.
    Sentence,
    /// The words that assign.
    Annotation,
    /// Words that lead to another document or clause.
    Link,
    /// A deadline.
    Deadline,
}

/// A mark that waits for its place: block, start, end (the longer first), layer, and its index, so that the order is the
/// same every time.
type Waiting = Reverse<(usize, usize, Reverse<usize>, Layer, usize)>;

/// Puts marks in order. Of two that cross, the later is parted where the earlier ends; a link in a link, an annotation
/// in an annotation and a deadline in a deadline give way to the one around them. Empty ones are left out.
pub fn nest<M: Clone>(marks: &[(Span, Layer, M)]) -> Vec<(Span, M)> {
    let mut waiting: BinaryHeap<Waiting> = marks
        .iter()
        .enumerate()
        .filter(|(_, (span, ..))| span.start < span.end)
        .map(|(n, (span, layer, _))| Reverse((span.block, span.start, Reverse(span.end), *layer, n)))
        .collect();
    let mut open: Vec<(Span, Layer)> = Vec::new();
    let mut placed = Vec::with_capacity(marks.len());
    while let Some(Reverse((block, start, Reverse(end), layer, n))) = waiting.pop() {
        while open.pop_if(|(around, _)| around.block != block || around.end <= start).is_some() {}
        if layer != Layer::Sentence && open.iter().any(|(_, around)| *around == layer) {
            continue;
        }
        let bound = open.last().map_or(end, |(around, _)| around.end.min(end));
        if bound < end {
            waiting.push(Reverse((block, bound, Reverse(end), layer, n)));
        }
        let span = Span::new(block, start..bound);
        open.push((span, layer));
        placed.extend(marks.get(n).map(|(.., mark)| (span, mark.clone())));
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The marks of a block once nested: letter of what they are, start and end.
    fn nested(marks: &[(char, usize, usize)]) -> Vec<String> {
        let layer = |letter| match letter {
            's' => Layer::Sentence,
            'a' => Layer::Annotation,
            'c' | 'r' => Layer::Link,
            _ => Layer::Deadline,
        };
        let list: Vec<(Span, Layer, char)> =
            marks.iter().map(|&(k, start, end)| (Span::new(0, start..end), layer(k), k)).collect();
        nest(&list).iter().map(|(span, letter)| format!("{letter}{}-{}", span.start, span.end)).collect()
    }

    #[test]
    fn inner_marks_stand_in_outer_ones() {
        assert_eq!(nested(&[('d', 0, 3), ('c', 4, 6), ('s', 0, 9), ('a', 9, 12)]), ["s0-9", "d0-3", "c4-6", "a9-12"]);
        assert_eq!(nested(&[('s', 2, 5), ('s', 0, 9), ('c', 5, 7)]), ["s0-9", "s2-5", "c5-7"]);
    }

    #[test]
    fn the_later_of_two_that_cross_is_parted() {
        assert_eq!(nested(&[('s', 0, 6), ('s', 4, 9)]), ["s0-6", "s4-6", "s6-9"]);
        assert_eq!(nested(&[('c', 0, 6), ('s', 4, 9), ('d', 7, 8)]), ["c0-6", "s4-6", "s6-9", "d7-8"]);
    }

    #[test]
    fn no_link_in_a_link_and_nothing_empty() {
        assert_eq!(nested(&[('c', 0, 9), ('r', 2, 4), ('c', 8, 12), ('d', 3, 3)]), ["c0-9"]);
        assert_eq!(nested(&[('d', 0, 9), ('d', 0, 9), ('a', 1, 3), ('a', 1, 2)]), ["d0-9", "a1-3"]);
    }
}
