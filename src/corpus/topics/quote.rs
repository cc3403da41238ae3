//! What of a clause speaks of a topic: its obligations, their indicators, the sentence that a page quotes.

use std::ops::Range;

use gongwen::{BlockKind, Span, extract};

use super::clauses::{Clauses, Unit};
use super::weigh::{is_thick_in_part, says, trimmed, weight};
use crate::registry::TopicWord;
use crate::vocabulary::Kind;

impl Clauses<'_> {
    pub(super) fn words_in(&self, span: Span) -> impl Iterator<Item = &TopicWord> {
        let words = self.words.get(span.block).map_or(&[][..], Vec::as_slice);
        let from = words.partition_point(|w| w.range.start < span.start);
        words[from..].iter().take_while(move |w| w.range.start < span.end)
    }

    /// True where the words of an obligation hold one of the topic.
    pub(super) fn holds(&self, obligation: usize, topic: usize) -> bool {
        self.words_in(self.obligations[obligation].span).any(|w| w.topic == topic)
    }

    /// True where a part of an obligation's own sentence is about the topic.
    pub(super) fn is_about(&self, obligation: usize, topic: usize) -> bool {
        let o = &self.obligations[obligation];
        // An assignment's words are the whole clause.
        if o.kind == Kind::Assignment || !self.holds(obligation, topic) {
            return false;
        }
        let text = self.document.quote(o.span);
        extract::parts(text).into_iter().any(|part| {
            let span = Span::new(o.span.block, o.span.start + part.start..o.span.start + part.end);
            let points = self.words_in(span).filter(|w| w.topic == topic).map(weight);
            is_thick_in_part(points.sum(), text[part].chars().count())
        })
    }

    /// The indicators of an obligation that measure something of the topic: those whose words hold one of it; those
    /// that hold a title word of no topic but stand in a part that does; where a title says what the clause is about and
    /// the obligation does not, all.
    pub(super) fn indicators(&self, obligation: usize, topic: usize, titled: bool) -> Vec<usize> {
        let o = &self.obligations[obligation];
        let all = 0..o.indicators.len();
        if all.is_empty() || titled && !self.holds(obligation, topic) {
            return all.collect();
        }
        let text = self.document.quote(o.span);
        let parts = extract::parts(text);
        let span = |r: Range<usize>| Span::new(o.span.block, o.span.start + r.start..o.span.start + r.end);
        let mut from = 0;
        let measures = |i: &usize| {
            let words = o.indicators[*i].text.as_str();
            let Some(at) = text.get(from..).and_then(|t| t.find(words)).map(|at| from + at) else { return true };
            from = at;
            let here = span(at..at + words.len());
            let part = parts.iter().find(|p| p.contains(&at)).cloned().unwrap_or(0..text.len());
            self.words_in(here).any(|w| w.topic == topic)
                || !self.words_in(here).any(|w| w.title) && self.words_in(span(part)).any(|w| w.topic == topic)
        };
        all.filter(measures).collect()
    }

    /// The part of a clause's sentences that speaks of the topic: the first with a title word, else the one with most
    /// terms, else the first of all; the heading of a clause without text.
    pub(super) fn sentence(&mut self, unit: &Unit, topic: usize) -> Span {
        let mut best: Option<(usize, Span)> = None;
        let mut first: Option<Span> = None;
        for block in unit.blocks.clone() {
            let b = &self.document.blocks[block];
            let from = match &b.kind {
                BlockKind::Title | BlockKind::Rule => continue,
                BlockKind::Heading(h) => h.title.end.max(h.number.end),
                _ => 0,
            };
            if !says(b.text.get(from..).unwrap_or_default()) {
                continue;
            }
            let speaks = self.words[block].iter().any(|w| w.topic == topic && w.range.start >= from);
            if !speaks && first.is_some() {
                continue;
            }
            let parts = self.parts.entry(block).or_insert_with(|| extract::parts(&b.text)).clone();
            for part in parts.into_iter().filter(|p| p.end > from) {
                let span = Span::new(block, trimmed(&b.text, part.start.max(from)..part.end));
                if !says(self.document.quote(span)) {
                    continue;
                }
                first = first.or(Some(span));
                let words = self.words_in(span).filter(|w| w.topic == topic);
                let (titles, terms) = words.fold((0, 0), |(t, n), w| (t + usize::from(w.title), n + 1));
                if titles > 0 {
                    return span;
                }
                if terms > best.map_or(0, |(most, _)| most) {
                    best = Some((terms, span));
                }
            }
        }
        let heading = Span::new(unit.blocks.start, unit.title.clone());
        best.map(|(_, span)| span).or(first).unwrap_or(heading)
    }
}
