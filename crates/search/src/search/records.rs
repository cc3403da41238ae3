//! Records: which fulfil the filters of a query, and answers that list them.

use std::collections::BTreeMap;

use super::{
    Absent,
    conditions::Scorer,
    rank::{Notes, all_groups, of_records},
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
        let [of, from, to] = RECORD_COLUMNS.map(|name| fields.u64(name));
        let (of, from, to) = (of?, from?, to?);
        let number = |column: &tantivy::columnar::Column<u64>, id| column.first(id).unwrap_or_default();
        Ok(records
            .iter()
            .map(|id| (*id, number(&of, *id) as u32, number(&from, *id) as usize, number(&to, *id) as usize))
            .collect())
    }

    /// The records that fulfil every group of filters by fields of records; `None` if there are no such groups.
    pub(super) fn filtered_records(
        &self,
        segment: &Segment,
        groups: &[Group],
        typed: usize,
        absent: &mut Absent,
    ) -> Result<Option<Vec<u32>>, Error> {
        let mut kept: Option<Vec<u32>> = None;
        let is_filter = |group: &Group| group.any.iter().all(|condition| of_records(self, condition));
        // What is asked for first, then what is excluded.
        for negated in [false, true] {
            for (number, group) in groups.iter().enumerate() {
                if group.negated != negated || !is_filter(group) {
                    continue;
                }
                let mut found = Vec::new();
                for condition in &group.any {
                    if let Condition::Value { field, value } = condition {
                        found.extend(self.valued(segment, *field, value, number >= typed, absent)?);
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
    let (groups, typed) = all_groups(index, query, options);
    let Some(segment) = &index.segment else { return Ok(Records::default()) };
    if groups.is_empty() || index.records == 0 {
        return Ok(Records::default());
    }
    let scorer = Scorer::new(index, segment)?;
    let mut absent = Absent::default();
    let mut notes = Notes::default();
    let filtered = index.filtered_records(segment, &groups, typed, &mut absent)?;
    let every = || (index.documents..index.documents + index.records).collect();
    let mut kept = index.record_places(segment, &filtered.unwrap_or_else(every))?;
    let mut doubtful: Vec<(Vec<String>, bool)> = Vec::new();
    for (number, group) in groups.iter().enumerate() {
        if group.any.iter().all(|condition| of_records(index, condition)) {
            continue;
        }
        // For each document with the group's words the places where they stand, or none where the whole document counts.
        let mut places: BTreeMap<u32, Option<Vec<(usize, usize)>>> = BTreeMap::new();
        for condition in &group.any {
            match condition {
                Condition::Text(phrase) => {
                    let evaluation = index.phrase(phrase, &scorer, true, &mut absent)?;
                    notes.exchange(evaluation.exchanged);
                    let doubt = evaluation.needles.iter().any(|needle| needle.found.doubtful);
                    for needle in &evaluation.needles {
                        let found = &needle.found;
                        let length = needle.text.chars().count();
                        let starts = found.places.iter().flatten();
                        for ((document, _), starts) in found.documents.iter().zip(starts) {
                            if let Some(spans) = places.entry(*document).or_insert_with(|| Some(Vec::new())) {
                                spans.extend(starts.iter().map(|start| (*start as usize, *start as usize + length)));
                            }
                        }
                    }
                    if doubt {
                        let texts = evaluation.needles.into_iter().map(|needle| needle.text).collect();
                        doubtful.push((texts, group.negated));
                    }
                }
                Condition::Value { field, value } => {
                    for document in index.valued(segment, *field, value, number >= typed, &mut absent)? {
                        places.insert(document, None);
                    }
                }
            }
        }
        if group.negated && !doubtful.is_empty() {
            continue;
        }
        kept.retain(|(_, document, from, to)| {
            let within = |spans: &Vec<(usize, usize)>| spans.iter().any(|(start, end)| from <= start && end <= to);
            let holds = places.get(document).is_some_and(|spans| spans.as_ref().is_none_or(within));
            holds != group.negated
        });
    }
    absent.check()?;
    if !doubtful.is_empty() {
        let mut texts: BTreeMap<u32, Vec<char>> = BTreeMap::new();
        let mut settled = Vec::new();
        for record in kept {
            let (_, document, from, to) = record;
            let text = match texts.entry(document) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(index.normalized_text(document)?.chars().collect())
                }
            };
            let words: String = text.get(from..to.min(text.len())).unwrap_or_default().iter().collect();
            if doubtful.iter().all(|(any, negated)| any.iter().any(|text| words.contains(text.as_str())) != *negated) {
                settled.push(record);
            }
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
