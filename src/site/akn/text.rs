//! 文字: words with references: to instruments, and to other clauses of the document.

use std::ops::Range;

use crate::address;
use crate::corpus::{Mark, MarkKind};

use super::Akn;

impl Akn<'_, '_> {
    /// The words of block number `block` in `range`.
    pub(super) fn words(&mut self, block: usize, range: Range<usize>) {
        let Some(b) = self.policy.document.blocks.get(block) else { return };
        let marks = &self.policy.marks;
        let from = marks.partition_point(|m| m.span.block < block);
        let mut at = range.start;
        for mark in marks.iter().skip(from).take_while(|m| m.span.block == block) {
            // What stands inside another reference, or goes over the end of a cell, is words like others.
            let within = mark.span.start >= at && mark.span.end <= range.end && mark.span.start < mark.span.end;
            let Some(href) = Some(mark).filter(|_| within).and_then(|m| self.href(m)) else { continue };
            self.xml.text(b.text.get(at..mark.span.start).unwrap_or_default());
            self.xml.open("ref", &[("href", &href)]);
            self.xml.text(b.text.get(mark.span.range()).unwrap_or_default());
            self.xml.close();
            at = mark.span.end;
        }
        self.xml.text(b.text.get(at..range.end).unwrap_or_default());
    }

    /// Where a reference leads: the same file of a document that the site holds, the page of an instrument that it does
    /// not, or a clause here.
    fn href(&self, mark: &Mark) -> Option<String> {
        match &mark.kind {
            MarkKind::Citation(i) => {
                let instrument = self.site.corpus.instruments.get(*i)?;
                Some(self.links.to(&match &instrument.document {
                    Some(id) => address::akn(id),
                    None => instrument.url.clone(),
                }))
            }
            MarkKind::Reference(path) => Some(format!("#{}", self.ids.at(path)?)),
            MarkKind::Annotation(_) | MarkKind::Obligation(_) | MarkKind::Deadline(_) => None,
        }
    }
}
