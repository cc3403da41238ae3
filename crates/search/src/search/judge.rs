//! Judges the groups of a query one by one: which documents fulfil each, and what they score.

use std::collections::BTreeMap;

use super::{
    Absent,
    conditions::{Entry, Evaluation, Needle, Scorer, union},
    response::{Notice, Options},
};
use crate::{
    Error, Index,
    document::Scope,
    index::Segment,
    query::{Condition, Group, Query},
};

/// When phrases are more than this share of a title together they are the title, and what that is worth: more than
/// anything else.
const ENTITLED: f32 = 0.98;
const WHOLE_TITLE: f32 = 100.0;

/// A group of a query and what it came to.
pub(super) struct Judged<'q> {
    pub group: &'q Group,
    /// In order of documents.
    pub entries: Vec<Entry>,
    /// The texts one of which a document must hold, to settle a doubt.
    pub texts: Vec<String>,
}

/// Documents of a query, one number each for every document.
pub(super) struct Tally(pub Vec<Count>);

/// What a document has come to.
#[derive(Clone, Copy, Default)]
pub(super) struct Count {
    /// How many of the groups that must hold do.
    pub groups: usize,
    pub score: f32,
    /// How much of its title they are together.
    pub title: f32,
}

impl Tally {
    pub(super) fn new(documents: u32) -> Self {
        Tally(vec![Count::default(); documents as usize])
    }

    pub(super) fn add(&mut self, entries: &[Entry]) {
        for entry in entries {
            if let Some(count) = self.0.get_mut(entry.document as usize) {
                count.groups += 1;
                count.score += entry.score;
                count.title += entry.title;
            }
        }
    }

    /// The documents for which so many groups hold.
    pub(super) fn all(&self, groups: usize) -> impl Iterator<Item = (u32, Count)> + '_ {
        (0u32..).zip(self.0.iter().copied()).filter(move |(_, count)| count.groups == groups)
    }
}

impl Count {
    /// The score; that of a document whose title is what was typed is above all others.
    pub(super) fn total(self) -> f32 {
        if self.title > ENTITLED { self.score + WHOLE_TITLE } else { self.score }
    }
}

/// The records that fulfil the filters of a query, by document.
#[derive(Default)]
pub(super) struct Chosen {
    /// For each document that has any, in order: where they stand in the normalised text.
    pub spans: BTreeMap<u32, Vec<(usize, usize)>>,
}

/// True for a filter by a field of records.
pub(super) fn of_records(index: &Index, condition: &Condition) -> bool {
    let Condition::Value { field, .. } = condition else { return false };
    index.schema.fields.get(*field).is_some_and(|field| field.scope == Scope::Record)
}

/// The groups of a query and of the options' filters.
pub(super) fn all_groups(index: &Index, query: &Query, options: &Options) -> Vec<Group> {
    let mut filters: BTreeMap<usize, Vec<Condition>> = BTreeMap::new();
    for filter in &options.filters {
        // A filter by a field that the index lacks holds for nothing.
        let field = index.schema.fields.iter().position(|field| field.name == filter.field).unwrap_or(usize::MAX);
        let condition = Condition::Value { field, value: filter.value.clone(), whole: filter.whole };
        filters.entry(field).or_default().push(condition);
    }
    let filters = filters.into_values().map(|any| Group { negated: false, any });
    query.groups.iter().cloned().chain(filters).collect()
}

impl Index {
    /// The documents of a group: those of a phrase, a value, or of records with a value.
    pub(super) fn judge<'q>(
        &self,
        group: &'q Group,
        scorer: &Scorer<'_>,
        segment: &Segment,
        notes: &mut Notes,
        absent: &mut Absent,
    ) -> Result<Judged<'q>, Error> {
        let mut judged = Judged { group, entries: Vec::new(), texts: Vec::new() };
        for condition in &group.any {
            let entries = match condition {
                Condition::Text(phrase) => {
                    let Evaluation { entries, needles, exchanged, .. } = self.phrase(phrase, scorer, false, absent)?;
                    judged.texts.extend(needles.iter().map(|needle| needle.text.clone()));
                    if !group.negated {
                        notes.needles.extend(needles);
                        notes.exchange(exchanged);
                    }
                    entries
                }
                Condition::Value { field, value, whole } => {
                    let mut found = self.valued(segment, *field, value, *whole, absent)?;
                    if of_records(self, condition) {
                        let places = self.record_places(segment, &found)?;
                        found = places.into_iter().map(|(_, document, ..)| document).collect();
                        found.dedup();
                    }
                    found
                        .into_iter()
                        .map(|document| Entry { document, score: 0.0, title: 0.0, certain: true })
                        .collect()
                }
            };
            judged.entries = union(std::mem::take(&mut judged.entries), entries);
        }
        Ok(judged)
    }
}

/// What is learnt on the way.
#[derive(Default)]
pub(super) struct Notes {
    pub needles: Vec<Needle>,
    pub notices: Vec<Notice>,
}

impl Notes {
    pub(super) fn exchange(&mut self, exchanged: Vec<(String, String)>) {
        for (from, to) in exchanged {
            let notice = Notice::Synonym { from, to };
            if !self.notices.contains(&notice) {
                self.notices.push(notice);
            }
        }
    }
}
