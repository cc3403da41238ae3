//! 来处: where the words of a document stand in the file that it was read from.
//!
//! Every reader fills [`Origins`] while it builds the blocks; whoever reports something about a [`Span`] asks it for
//! the place in the source.

use std::ops::Range;

use crate::document::Span;

/// For every block the places of its text in the source.
///
/// A block's text is a sequence of stretches that stand in the source as they are; a stretch ends where the two part:
/// at a joined line break, an escape, a trimmed space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    segments: Vec<Segment>,
    /// For every block the end of its segments.
    blocks: Vec<usize>,
}

/// From byte `text` of the block on, up to the next segment, the text stands at `source`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    text: usize,
    source: usize,
}

impl Origins {
    /// States that, from its byte `text` on, the block being built stands at byte `source` of the source, until another
    /// call says otherwise. What was said of later bytes is forgotten, for a reader may have cut the text back.
    pub fn map(&mut self, text: usize, source: usize) {
        let first = self.open();
        while self.segments.len() > first && self.segments.last().is_some_and(|last| last.text >= text) {
            self.segments.pop();
        }
        let follows = |last: &Segment| last.source + (text - last.text) == source;
        if !self.segments[first..].last().is_some_and(follows) {
            self.segments.push(Segment { text, source });
        }
    }

    /// Ends the block being built; the next one begins.
    pub fn close(&mut self) {
        self.blocks.push(self.segments.len());
    }

    /// Forgets what was said of the block being built, which turned out to be none.
    pub fn discard(&mut self) {
        let first = self.open();
        self.segments.truncate(first);
    }

    /// How many blocks are known.
    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// True where no block is known.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The byte of the source that byte `text` of block number `block` stands at; `None` for a block that has no place
    /// there.
    pub fn source_offset(&self, block: usize, text: usize) -> Option<usize> {
        let segments = self.of(block);
        let i = segments.partition_point(|s| s.text <= text).saturating_sub(1);
        segments.get(i).map(|s| s.source + text.saturating_sub(s.text))
    }

    /// The bytes of the source that `span` covers: from where its first byte stands to after where its last one does,
    /// with whatever parts them there.
    pub fn source_range(&self, span: Span) -> Option<Range<usize>> {
        let start = self.source_offset(span.block, span.start)?;
        let end = match span.end.checked_sub(1) {
            Some(last) if span.end > span.start => self.source_offset(span.block, last)? + 1,
            _ => start,
        };
        Some(start..end.max(start))
    }

    fn open(&self) -> usize {
        self.blocks.last().copied().unwrap_or(0)
    }

    fn of(&self, block: usize) -> &[Segment] {
        let Some(&end) = self.blocks.get(block) else { return &[] };
        let start = block.checked_sub(1).map_or(0, |b| self.blocks[b]);
        &self.segments[start..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets() {
        // "甲乙" + "丙" of a second line, then a block without a place, then one at 40.
        let mut origins = Origins::default();
        origins.map(0, 10);
        origins.map(3, 13); // goes on as before
        origins.map(6, 20);
        origins.close();
        origins.close();
        origins.map(0, 30);
        origins.discard();
        origins.map(0, 40);
        origins.close();
        assert_eq!(origins.segments.len(), 3);
        let table = [
            (0, 0, Some(10)),
            (0, 3, Some(13)),
            (0, 6, Some(20)),
            (0, 9, Some(23)),
            (1, 0, None),
            (2, 2, Some(42)),
            (3, 0, None),
        ];
        for (block, text, source) in table {
            assert_eq!(origins.source_offset(block, text), source, "{block}:{text}");
        }
        assert_eq!(origins.source_range(Span::new(0, 0..6)), Some(10..16), "ends before the line break");
        assert_eq!(origins.source_range(Span::new(0, 3..9)), Some(13..23));
        assert_eq!(origins.source_range(Span::new(0, 6..6)), Some(20..20));
    }
}
