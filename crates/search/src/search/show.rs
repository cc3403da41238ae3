//! What is shown of a document that was found: its best passages with their hits.

use std::ops::Range;

use super::{
    Absent,
    conditions::Needle,
    excerpt,
    response::{Hit, Matched, PassageHit},
    text::Block,
};
use crate::{Error, Index, document::Role, storage::blocks::Shown};

/// So many blocks of a long document are read for its passages; more only until something is found.
const READ: usize = 8;

/// What a passage gets for each further kind of hit it holds, so that one with all that was asked for comes first.
const TOGETHER: f32 = 1.5;

/// What a passage gets for holding a record that was asked for.
const RECORD: f32 = 8.0;

/// A passage with what was found in it.
struct Candidate {
    score: f32,
    block: usize,
    passage: usize,
    /// Where the hits are in the block's text, in bytes.
    hits: Vec<Range<usize>>,
}

impl Index {
    /// Asks for the texts of documents together: the parts that are read for passages, or all.
    pub(super) fn touch_texts(&self, documents: &[u32], all: bool) -> Result<(), Error> {
        let mut absent = Absent::default();
        for document in documents {
            let blocks = self.texts.of_document(*document);
            for block in blocks.take(if all { usize::MAX } else { READ }) {
                absent.put_off(self.texts.touch(block).map_err(Error::from))?;
            }
        }
        absent.check()
    }

    /// Shows a document. `records` are places in its normalised text whose passages are wanted.
    pub(super) fn show(
        &self,
        document: u32,
        (score, matched): (f32, Matched),
        needles: &[Needle],
        records: &[(usize, usize)],
        passages: usize,
    ) -> Result<Hit, Error> {
        let mut shown = Shown::default();
        let mut title_marks = Vec::new();
        let mut blocks: Vec<Block> = Vec::new();
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut hits = 0;
        let mut opening: Option<(usize, usize)> = None;
        for (number, block) in self.texts.of_document(document).enumerate() {
            if number >= READ && (needles.is_empty() && records.is_empty() || !candidates.is_empty()) {
                break;
            }
            let block = self.block(block)?;
            let mut found = Found::new(block.passages.len());
            for (needle, Needle { text, weight }) in needles.iter().enumerate() {
                let length = text.chars().count();
                for start in block.find(text) {
                    hits += 1;
                    let Some(passage) = block.passage_at(start) else { continue };
                    let bytes = block.normalized.printed(start..start + length, &block.text);
                    if block.role_of(passage) == Role::Title {
                        title_marks.push(bytes);
                    } else {
                        found.add(passage, needle, *weight, bytes);
                    }
                }
            }
            for (from, to) in records {
                let local = from.checked_sub(block.start).filter(|from| *from < block.normalized.chars.len());
                if let Some(passage) = local.and_then(|from| block.passage_at(from)) {
                    found.prefer(passage);
                    // A record that is a part of its passage is shown as a hit where nothing else is.
                    if needles.is_empty() {
                        let local = from - block.start..(to - block.start).min(block.normalized.chars.len());
                        found.mark(passage, block.normalized.printed(local, &block.text));
                    }
                }
            }
            if opening.is_none() {
                let text = |passage: &usize| {
                    block.role_of(*passage) != Role::Title && !block.text[block.bytes_of(*passage)].trim().is_empty()
                };
                opening = (0..block.passages.len()).find(text).map(|passage| (blocks.len(), passage));
            }
            candidates.extend(found.candidates(blocks.len(), &block));
            if let Some(of_document) = &block.shown {
                shown = of_document.clone();
            }
            blocks.push(block);
        }
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.block, a.passage).cmp(&(b.block, b.passage))));
        candidates.truncate(passages);
        if candidates.is_empty() && passages > 0 {
            candidates.extend(opening.map(|(block, passage)| Candidate { score: 0.0, block, passage, hits: Vec::new() }));
        }
        let passages = candidates.iter().map(|candidate| {
            let block = &blocks[candidate.block];
            let bytes = block.bytes_of(candidate.passage);
            let within = |hit: &Range<usize>| hit.start.max(bytes.start) - bytes.start..hit.end.min(bytes.end) - bytes.start;
            let hits: Vec<Range<usize>> = candidate.hits.iter().map(within).collect();
            let (excerpt, marks) = excerpt::cut(&block.text[bytes.clone()], &hits);
            let place = &block.passages[candidate.passage].place;
            PassageHit {
                path: place.path.clone(),
                anchor: place.anchor.clone(),
                role: place.role,
                excerpt,
                marks,
                score: candidate.score,
            }
        });
        let passages = passages.collect();
        let title_marks = title_marks.into_iter().filter(|mark| mark.end <= shown.title.len()).collect::<Vec<_>>();
        Ok(Hit {
            title_marks: excerpt::joined(&title_marks),
            id: shown.id,
            url: shown.url,
            title: shown.title,
            number: shown.number,
            extra: shown.extra,
            score,
            matched,
            hits,
            passages,
        })
    }
}

/// What was found in the passages of a block.
struct Found {
    /// For each passage the needles with their weight and number of hits, the bonus, and the hits.
    passages: Vec<(Vec<(usize, f32, u32)>, f32, Vec<Range<usize>>)>,
}

impl Found {
    fn new(passages: usize) -> Self {
        Found { passages: vec![Default::default(); passages] }
    }

    fn add(&mut self, passage: usize, needle: usize, weight: f32, hit: Range<usize>) {
        let (needles, _, hits) = &mut self.passages[passage];
        match needles.iter_mut().find(|(other, ..)| *other == needle) {
            Some((_, _, count)) => *count += 1,
            None => needles.push((needle, weight, 1)),
        }
        hits.push(hit);
    }

    fn prefer(&mut self, passage: usize) {
        self.passages[passage].1 = RECORD;
    }

    fn mark(&mut self, passage: usize, hit: Range<usize>) {
        self.passages[passage].2.push(hit);
    }

    fn candidates(self, number: usize, block: &Block) -> impl Iterator<Item = Candidate> {
        self.passages.into_iter().enumerate().filter_map(move |(passage, (needles, bonus, hits))| {
            if needles.is_empty() && bonus == 0.0 {
                return None;
            }
            let sum: f32 = needles.iter().map(|(_, weight, count)| weight * (1.0 + (*count as f32).ln())).sum();
            let kinds = needles.len().saturating_sub(1) as f32;
            let score = (sum + bonus) * (1.0 + kinds * TOGETHER) * block.role_of(passage).weight();
            Some(Candidate { score, block: number, passage, hits })
        })
    }
}
