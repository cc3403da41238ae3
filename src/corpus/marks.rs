//! 标记: which words of a document its page marks and links, in order and not overlapping.

use super::model::*;

/// Orders each document's marks; of two that overlap the one that begins first stays, and of those the longer.
pub(super) fn place(corpus: &mut Corpus) {
    for policy in &mut corpus.documents {
        for index in policy.obligations.clone() {
            let obligation = &corpus.obligations[index];
            let marks = &mut policy.marks;
            marks.extend(
                obligation.annotation_spans.iter().map(|s| Mark { span: *s, kind: MarkKind::Annotation(index) }),
            );
            if obligation.annotation_spans.iter().all(|a| obligation.due_span.is_none_or(|d| d.block != a.block)) {
                marks.extend(obligation.due_span.map(|span| Mark { span, kind: MarkKind::Deadline(obligation.due) }));
            }
        }
        policy.marks.sort_by_key(|m| (m.span.block, m.span.start, std::cmp::Reverse(m.span.end)));
        let mut last: Option<gongwen::Span> = None;
        policy.marks.retain(|m| {
            let clear = last.is_none_or(|l| l.block != m.span.block || m.span.start >= l.end);
            if clear {
                last = Some(m.span);
            }
            clear
        });
    }
}
