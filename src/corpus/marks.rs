//! 标记: which words of a document its page marks and links: every finding's own words, and what they cite. Marks stand
//! in order, an outer one before those inside it, and none crosses another.

use gongwen::Span;
use gongwen::marks::{self, Layer};

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

/// Puts marks in order.
fn nest(marks: &mut Vec<Mark>) {
    let list: Vec<(Span, Layer, MarkKind)> =
        marks.drain(..).map(|mark| (mark.span, layer(&mark.kind), mark.kind)).collect();
    *marks = marks::nest(&list).into_iter().map(|(span, kind)| Mark { span, kind }).collect();
}

/// What a mark becomes on the page.
fn layer(kind: &MarkKind) -> Layer {
    match kind {
        MarkKind::Obligation(_) => Layer::Sentence,
        MarkKind::Annotation(_) => Layer::Annotation,
        MarkKind::Citation(_) | MarkKind::Reference(_) => Layer::Link,
        MarkKind::Deadline(_) => Layer::Deadline,
    }
}
