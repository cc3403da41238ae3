//! What is shown of a document that was found: its best passages with their hits.

use std::{collections::BTreeMap, ops::Range};

use super::{
    Absent,
    conditions::Needle,
    excerpt,
    response::{Hit, Matched, PassageHit},
    text::Block,
};
use crate::{Error, Index, document::Role, storage::blocks::Shown};

/// What a passage gets for each further kind of hit it holds, so that one with all that was asked for comes first.
const TOGETHER: f32 = 1.5;

/// What a passage gets for holding a record that was asked for.
const RECORD: f32 = 20.0;

/// A document to show.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub document: u32,
    pub score: f32,
    pub matched: Matched,
    /// What is highlighted.
    pub needles: &'a [Needle],
    /// Places in its normalised text whose passages are wanted.
    pub records: &'a [(usize, usize)],
    /// How many passages to show.
    pub passages: usize,
}

impl Wanted<'_> {
    /// Which of the document's blocks are read: the first, which says what it is, and the one with the most of what is
    /// looked for, as far as its places are known.
    fn blocks(&self, index: &Index) -> Vec<u32> {
        let starts = index.texts.starts_of(self.document);
        let mut worth: Vec<BTreeMap<usize, (f32, u32)>> = vec![BTreeMap::new(); starts.len()];
        let mut add = |place: usize, kind: usize, weight: f32| {
            if let Some(block) = starts.partition_point(|start| *start <= place).checked_sub(1) {
                worth[block].entry(kind).or_insert((weight, 0)).1 += 1;
            }
        };
        for (kind, needle) in self.needles.iter().enumerate() {
            for place in needle.within(self.document).and_then(|(_, places)| places).unwrap_or_default() {
                add(*place as usize, kind, needle.worth(self.document));
            }
        }
        for (from, _) in self.records {
            add(*from, usize::MAX, RECORD);
        }
        let worth = worth.iter().map(|kinds| value(kinds.values().copied()));
        let best = worth.enumerate().filter(|(_, worth)| *worth > 0.0).reduce(|a, b| if b.1 > a.1 { b } else { a });
        let all = index.texts.of_document(self.document);
        let mut blocks: Vec<u32> = all.clone().take(1).collect();
        blocks.extend(best.map(|(number, _)| all.start + number as u32).filter(|block| *block > all.start));
        blocks
    }
}

/// What hits of several kinds are worth together, given the weight and number of each kind.
fn value(kinds: impl Iterator<Item = (f32, u32)>) -> f32 {
    let (mut sum, mut number) = (0.0, 0u32);
    for (weight, count) in kinds {
        sum += weight * (1.0 + (count as f32).ln());
        number += 1;
    }
    sum * (1.0 + TOGETHER * number.saturating_sub(1) as f32)
}

/// A passage with what was found in it.
struct Candidate {
    score: f32,
    block: usize,
    passage: usize,
    /// Where the hits are in the block's text, in bytes.
    hits: Vec<Range<usize>>,
}

impl Index {
    /// Asks for the whole texts of documents together.
    pub(super) fn touch_texts(&self, documents: &[u32]) -> Result<(), Error> {
        self.touch_blocks(documents.iter().flat_map(|document| self.texts.of_document(*document)))
    }

    fn touch_blocks(&self, blocks: impl Iterator<Item = u32>) -> Result<(), Error> {
        let mut absent = Absent::default();
        for block in blocks {
            absent.put_off(self.texts.touch(block).map_err(Error::from))?;
        }
        absent.check()
    }

    /// Shows documents.
    pub(super) fn show(&self, wanted: &[Wanted<'_>]) -> Result<Vec<Hit>, Error> {
        let blocks: Vec<Vec<u32>> = wanted.iter().map(|wanted| wanted.blocks(self)).collect();
        self.touch_blocks(blocks.iter().flatten().copied())?;
        wanted.iter().zip(blocks).map(|(wanted, blocks)| self.show_one(wanted, &blocks)).collect()
    }

    fn show_one(&self, wanted: &Wanted<'_>, chosen: &[u32]) -> Result<Hit, Error> {
        let (mut shown, mut title_marks) = (Shown::default(), Vec::new());
        let mut blocks: Vec<Block> = Vec::new();
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut opening: Option<(usize, usize)> = None;
        let looked_for = !wanted.needles.is_empty() || !wanted.records.is_empty();
        // Where nothing is found in the chosen blocks, because the places of frequent words are not known, on it goes.
        let all = self.texts.of_document(wanted.document);
        let others = all.filter(|block| !chosen.contains(block));
        for number in chosen.iter().copied().chain(others) {
            if blocks.len() >= chosen.len() && (!candidates.is_empty() || !looked_for) {
                break;
            }
            let block = self.block(number)?;
            candidates.extend(find(&block, blocks.len(), wanted, &mut title_marks));
            if opening.is_none() {
                let has_text = |passage: &usize| {
                    block.role_of(*passage) != Role::Title && !block.text[block.bytes_of(*passage)].trim().is_empty()
                };
                opening = (0..block.passages.len()).find(has_text).map(|passage| (blocks.len(), passage));
            }
            if let Some(of_document) = &block.shown {
                shown = of_document.clone();
            }
            blocks.push(block);
        }
        candidates.sort_by(|a, b| {
            let place = |candidate: &Candidate| (blocks[candidate.block].start, candidate.passage);
            b.score.total_cmp(&a.score).then(place(a).cmp(&place(b)))
        });
        candidates.truncate(wanted.passages);
        if candidates.is_empty() && wanted.passages > 0 {
            candidates.extend(opening.map(|(block, passage)| Candidate {
                score: 0.0,
                block,
                passage,
                hits: Vec::new(),
            }));
        }
        let passages = candidates.iter().map(|candidate| passage(candidate, &blocks[candidate.block])).collect();
        title_marks.retain(|mark: &Range<usize>| mark.end <= shown.title.len());
        let times =
            wanted.needles.iter().filter_map(|needle| needle.within(wanted.document)).map(|(times, _)| times as usize);
        Ok(Hit {
            title_marks: excerpt::joined(&title_marks),
            id: shown.id,
            url: shown.url,
            title: shown.title,
            number: shown.number,
            extra: shown.extra,
            score: wanted.score,
            matched: wanted.matched,
            hits: times.sum(),
            passages,
        })
    }
}

/// The passages of a block in which something was found, and the places in the document's title.
fn find(block: &Block, number: usize, wanted: &Wanted<'_>, title_marks: &mut Vec<Range<usize>>) -> Vec<Candidate> {
    #[derive(Default)]
    struct Found {
        kinds: BTreeMap<usize, (f32, u32)>,
        hits: Vec<Range<usize>>,
    }
    let mut found: BTreeMap<usize, Found> = BTreeMap::new();
    for (kind, needle) in wanted.needles.iter().enumerate() {
        let length = needle.text.chars().count();
        let worth = needle.worth(wanted.document);
        for start in block.find(&needle.text) {
            let Some(passage) = block.passage_at(start) else { continue };
            let bytes = block.normalized.printed(start..start + length, &block.text);
            if block.role_of(passage) == Role::Title {
                title_marks.push(bytes);
                continue;
            }
            let found = found.entry(passage).or_default();
            found.kinds.entry(kind).or_insert((worth, 0)).1 += 1;
            found.hits.push(bytes);
        }
    }
    for (from, to) in wanted.records {
        let local = from.checked_sub(block.start).filter(|from| *from < block.normalized.chars.len());
        let Some((from, passage)) = local.and_then(|from| Some((from, block.passage_at(from)?))) else { continue };
        let found = found.entry(passage).or_default();
        found.kinds.insert(usize::MAX, (RECORD, 1));
        // Where no words are looked for, the record itself is what was found.
        if wanted.needles.is_empty() {
            let to = to.saturating_sub(block.start).min(block.normalized.chars.len()).max(from);
            found.hits.push(block.normalized.printed(from..to, &block.text));
        }
    }
    let candidate = |(passage, found): (usize, Found)| {
        let score = value(found.kinds.into_values()) * block.role_of(passage).weight();
        Candidate { score, block: number, passage, hits: found.hits }
    };
    found.into_iter().map(candidate).collect()
}

/// A passage as it is shown.
fn passage(candidate: &Candidate, block: &Block) -> PassageHit {
    let bytes = block.bytes_of(candidate.passage);
    let within = |hit: &Range<usize>| hit.start.max(bytes.start) - bytes.start..hit.end.min(bytes.end) - bytes.start;
    let hits: Vec<Range<usize>> = candidate.hits.iter().map(within).collect();
    let (excerpt, marks) = excerpt::cut(&block.text[bytes.clone()], &hits);
    let place = &block.passages[candidate.passage].place;
    PassageHit {
        path: place.path.clone(),
        label: place.label.clone(),
        anchor: place.anchor.clone(),
        role: place.role,
        excerpt,
        marks,
        score: candidate.score,
    }
}
