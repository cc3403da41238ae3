//! Records: which fulfil the filters of a query, and answers that list them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Absent,
    conditions::{Needle, Scorer},
    judge::{Notes, all_groups, of_records},
    response::{Options, RecordHit, Records},
};
use crate::{
    Error, Index,
    fields::RECORD_COLUMNS,
    index::Segment,
    query::{Condition, Group, Query},
    storage::blocks::ShownRecord,
};

/// A record: tantivy's number of it, its document, and where it stands in the document's normalised text.
type Place = (u32, u32, usize, usize);

impl Index {
    /// The column entries of a record: its document and where it stands.
    pub(super) fn record_places(&self, segment: &Segment, records: &[u32]) -> Result<Vec<Place>, Error> {
        let fields = segment.reader.fast_fields();
        let [of, from, length] = RECORD_COLUMNS.map(|name| fields.u64(name));
        let (of, from, length) = (of?, from?, length?);
        let number = |column: &tantivy::columnar::Column<u64>, id| column.first(id).unwrap_or_default();
        Ok(records
            .iter()
            .map(|id| {
                let from = number(&from, *id) as usize;
                let before = self.documents_before(*id - self.documents.min(*id));
                (*id, before.saturating_add(number(&of, *id) as u32), from, from + number(&length, *id) as usize)
            })
            .collect())
    }

    /// The number of the document that a record's own number of its document counts from.
    fn documents_before(&self, record: u32) -> u32 {
        let shard = self.shards.partition_point(|shard| shard.record <= record).checked_sub(1);
        shard.and_then(|shard| self.shards.get(shard)).map_or(0, |shard| shard.document)
    }

    /// The records that fulfil every group of filters by fields of records; `None` if there are no such groups.
    pub(super) fn filtered_records(
        &self,
        segment: &Segment,
        groups: &[Group],
        absent: &mut Absent,
    ) -> Result<Option<Vec<u32>>, Error> {
        let mut kept: Option<Vec<u32>> = None;
        let is_filter = |group: &Group| group.any.iter().all(|condition| of_records(self, condition));
        // What is asked for first, then what is excluded.
        for negated in [false, true] {
            for group in groups {
                if group.negated != negated || !is_filter(group) {
                    continue;
                }
                let mut found = Vec::new();
                for condition in &group.any {
                    if let Condition::Value { field, value, whole } = condition {
                        found.extend(self.valued(segment, *field, value, *whole, absent)?);
                    }
                }
                found.sort_unstable();
                found.dedup();
                kept = Some(match kept {
                    Some(kept) => {
                        kept.into_iter().filter(|record| found.binary_search(record).is_ok() != negated).collect()
                    }
                    None if negated => (self.documents..self.documents + self.records)
                        .filter(|record| found.binary_search(record).is_err())
                        .collect(),
                    None => found,
                });
            }
        }
        Ok(kept)
    }
}

/// Answers a query with records.
pub(super) fn answer(index: &Index, query: &Query, options: &Options) -> Result<Records, Error> {
    let groups = all_groups(index, query, options);
    let Some(segment) = &index.segment else { return Ok(Records::default()) };
    if groups.is_empty() || index.records == 0 {
        return Ok(Records::default());
    }
    let scorer = Scorer::new(index, segment)?;
    let mut absent = Absent::default();
    let mut notes = Notes::default();
    let filtered = index.filtered_records(segment, &groups, &mut absent)?;
    let every = || (index.documents..index.documents + index.records).collect();
    let mut kept = index.record_places(segment, &filtered.unwrap_or_else(every))?;
    let mut in_doubt = Vec::new();
    for group in &groups {
        if group.any.iter().all(|condition| of_records(index, condition)) {
            continue;
        }
        let mut words = Words::default();
        for condition in &group.any {
            match condition {
                Condition::Text(phrase) => {
                    let evaluation = index.phrase(phrase, &scorer, true, &mut absent)?;
                    notes.exchange(evaluation.exchanged);
                    words.add(&evaluation.needles);
                }
                Condition::Value { field, value, whole } => {
                    words.documents.extend(index.valued(segment, *field, value, *whole, &mut absent)?);
                }
            }
        }
        if words.doubtful {
            // Only their text tells; but where none of it can stand, nothing has to be read.
            kept.retain(|(_, document, ..)| group.negated || words.may_hold(*document));
            in_doubt.push((words, group.negated));
        } else {
            kept.retain(|place| words.hold(place) != group.negated);
        }
    }
    absent.check()?;
    if !in_doubt.is_empty() {
        let mut documents: Vec<u32> = kept.iter().map(|(_, document, ..)| *document).collect();
        documents.dedup();
        index.touch_texts(&documents)?;
        let mut settled = Vec::new();
        let mut text: Option<(u32, Vec<char>)> = None;
        for place in kept {
            let (_, document, from, to) = place;
            let (_, chars) = match text.take().filter(|(of, _)| *of == document) {
                Some(text) => text,
                None => (document, index.normalized_text(document)?.chars().collect()),
            };
            let said: String = chars.get(from..to.min(chars.len())).unwrap_or_default().iter().collect();
            let holds = |words: &Words| {
                words.documents.contains(&document) || words.texts.iter().any(|text| said.contains(text.as_str()))
            };
            if in_doubt.iter().all(|(words, negated)| holds(words) != *negated) {
                settled.push(place);
            }
            text = Some((document, chars));
        }
        kept = settled;
    }
    let total = kept.len();
    let wanted = if options.limit == 0 { usize::MAX } else { options.limit };
    let page: Vec<u32> =
        kept.into_iter().skip(options.offset).take(wanted).map(|(id, ..)| id - index.documents).collect();
    let mut absent = Absent::default();
    for record in &page {
        if let Some((block, _)) = index.record_blocks.of_record(*record) {
            absent.put_off(index.record_blocks.touch(block).map_err(Error::from))?;
        }
    }
    absent.check()?;
    let mut results = Vec::with_capacity(page.len());
    let mut read: Option<(u32, String)> = None;
    for record in page {
        let Some((block, line)) = index.record_blocks.of_record(record) else { continue };
        if read.as_ref().is_none_or(|(number, _)| *number != block) {
            read = Some((block, index.record_blocks.read(block)?));
        }
        let text = read.as_ref().map(|(_, text)| text.as_str()).unwrap_or_default();
        let shown: ShownRecord = serde_json::from_str(text.lines().nth(line).unwrap_or_default())?;
        results.push(RecordHit { id: shown.id, extra: shown.extra });
    }
    Ok(Records { results, total, notices: notes.notices })
}

/// What a group of a query says about the words of records.
#[derive(Default)]
struct Words {
    /// Documents all of whose records fulfil it.
    documents: BTreeSet<u32>,
    /// Where its phrases stand in documents, in normalised characters.
    spans: BTreeMap<u32, Vec<(usize, usize)>>,
    /// Its phrases.
    texts: Vec<String>,
    /// Whether a phrase may stand elsewhere than found.
    doubtful: bool,
}

impl Words {
    fn add(&mut self, needles: &[Needle]) {
        for Needle { text, found, .. } in needles {
            let length = text.chars().count();
            self.doubtful |= found.doubtful;
            self.texts.push(text.clone());
            let mut places = found.places.iter().flatten();
            for (document, _) in &found.documents {
                let starts = places.next().map(Vec::as_slice).unwrap_or_default();
                let spans = starts.iter().map(|start| (*start as usize, *start as usize + length));
                self.spans.entry(*document).or_default().extend(spans);
            }
        }
    }

    fn may_hold(&self, document: u32) -> bool {
        self.documents.contains(&document) || self.spans.contains_key(&document)
    }

    fn hold(&self, (_, document, from, to): &Place) -> bool {
        let within = |spans: &Vec<(usize, usize)>| spans.iter().any(|(start, end)| from <= start && end <= to);
        self.documents.contains(document) || self.spans.get(document).is_some_and(within)
    }
}
