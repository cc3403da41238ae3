//! 标记: which words of a document its page marks and links: every finding's own words, and what they cite. Marks stand
//! in order, an outer one before those inside it, and none crosses another.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use gongwen::Span;

use super::model::*;
use crate::vocabulary::Kind;

/// Adds the marks of the obligations to each document's citations and references, and nests them.
pub(super) fn place(corpus: &mut Corpus) {
    for policy in &mut corpus.documents {
        for index in policy.obligations.clone() {
            mark(&corpus.obligations[index], index, &mut policy.marks);
        }
        nest(&mut policy.marks);
    }
}

/// The words that say an obligation. A row of a table is a record as it stands and needs no mark.
fn mark(obligation: &Obligation, index: usize, marks: &mut Vec<Mark>) {
    if obligation.kind == Kind::Assignment {
        let annotations = obligation.annotation_spans.iter();
        marks.extend(annotations.map(|&span| Mark { span, kind: MarkKind::Annotation(index) }));
    } else {
        marks.push(Mark { span: obligation.span, kind: MarkKind::Obligation(index) });
    }
    marks.extend(obligation.due_span.map(|span| Mark { span, kind: MarkKind::Deadline(obligation.due) }));
}

/// A mark that waits for its place: block, start, end (the longer first), layer, and its index, so that the order is the
/// same every time.
type Waiting = Reverse<(usize, usize, Reverse<usize>, Layer, usize)>;

/// Puts marks in order. Of two that cross, the later is parted where the earlier ends; a link in a link, an annotation
/// in an annotation and a deadline in a deadline give way to the one around them.
fn nest(marks: &mut Vec<Mark>) {
    let mut waiting: BinaryHeap<Waiting> = marks
        .iter()
        .enumerate()
        .filter(|(_, m)| m.span.start < m.span.end)
        .map(|(n, m)| Reverse((m.span.block, m.span.start, Reverse(m.span.end), Layer::of(&m.kind), n)))
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
        placed.extend(marks.get(n).map(|m| Mark { span, kind: m.kind.clone() }));
    }
    *marks = placed;
}

/// What marks become on the page; of the same words the first is the outermost.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    Sentence,
    Annotation,
    Link,
    Deadline,
}

impl Layer {
    fn of(kind: &MarkKind) -> Layer {
        match kind {
            MarkKind::Obligation(_) => Layer::Sentence,
            MarkKind::Annotation(_) => Layer::Annotation,
            MarkKind::Citation(_) | MarkKind::Reference(_) => Layer::Link,
            MarkKind::Deadline(_) => Layer::Deadline,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The marks of a block once nested: letter of what they are, start and end.
    fn nested(marks: &[(char, usize, usize)]) -> Vec<String> {
        let kind = |letter| match letter {
            's' => MarkKind::Obligation(0),
            'a' => MarkKind::Annotation(0),
            'c' => MarkKind::Citation(0),
            'r' => MarkKind::Reference(String::new()),
            _ => MarkKind::Deadline(None),
        };
        let mut list: Vec<Mark> =
            marks.iter().map(|&(k, start, end)| Mark { span: Span::new(0, start..end), kind: kind(k) }).collect();
        nest(&mut list);
        let letter = |kind: &MarkKind| match kind {
            MarkKind::Obligation(_) => 's',
            MarkKind::Annotation(_) => 'a',
            MarkKind::Citation(_) => 'c',
            MarkKind::Reference(_) => 'r',
            MarkKind::Deadline(_) => 'd',
        };
        list.iter().map(|m| format!("{}{}-{}", letter(&m.kind), m.span.start, m.span.end)).collect()
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
