//! Puts the conditions of a query together, orders the documents, and shows the best.

use std::collections::BTreeMap;

use super::{
    Absent,
    conditions::{Entry, Evaluation, Needle, Scorer, union},
    response::{Matched, Notice, Options, Response},
    show::Wanted,
};
use crate::{
    Error, Index,
    document::Scope,
    index::Segment,
    query::{Condition, Group, Phrase, Query},
};

/// With fewer documents that hold every phrase as typed, those that hold its words are looked for too.
const ENOUGH: usize = 10;

/// What scattered words are worth against the phrase.
const SCATTERED: f32 = 0.5;

/// The share of a phrase's words, by rarity, that a document must hold to be shown when none holds all.
const PARTLY: f32 = 0.6;

/// When phrases are more than this share of a title together they are the title, and what that is worth: more than
/// anything else.
const ENTITLED: f32 = 0.98;
const WHOLE_TITLE: f32 = 100.0;

/// So many documents are looked into to settle whether they hold a phrase with punctuation, so that their number is
/// exact; of more only those that are shown.
const SETTLED: usize = 20;

/// A group of a query and what it came to.
struct Judged<'q> {
    group: &'q Group,
    /// In order of documents.
    entries: Vec<Entry>,
    /// The texts one of which a document must hold, to settle a doubt.
    texts: Vec<String>,
}

/// Documents of a query, one number each for every document.
struct Tally(Vec<Count>);

/// What a document has come to.
#[derive(Clone, Copy, Default)]
struct Count {
    /// How many of the groups that must hold do.
    groups: usize,
    score: f32,
    /// How much of its title they are together.
    title: f32,
}

impl Tally {
    fn new(documents: u32) -> Self {
        Tally(vec![Count::default(); documents as usize])
    }

    fn add(&mut self, entries: &[Entry]) {
        for entry in entries {
            if let Some(count) = self.0.get_mut(entry.document as usize) {
                count.groups += 1;
                count.score += entry.score;
                count.title += entry.title;
            }
        }
    }

    /// The documents for which so many groups hold.
    fn all(&self, groups: usize) -> impl Iterator<Item = (u32, Count)> + '_ {
        (0u32..).zip(self.0.iter().copied()).filter(move |(_, count)| count.groups == groups)
    }
}

impl Count {
    /// The score; that of a document whose title is what was typed is above all others.
    fn total(self) -> f32 {
        if self.title > ENTITLED { self.score + WHOLE_TITLE } else { self.score }
    }
}

/// The records that fulfil the filters of a query, by document.
#[derive(Default)]
pub(super) struct Chosen {
    /// For each document that has any, in order: where they stand in the normalised text.
    pub spans: BTreeMap<u32, Vec<(usize, usize)>>,
}

/// A ranked document.
#[derive(Clone, Copy, Debug)]
struct Ranked {
    document: u32,
    matched: Matched,
    score: f32,
}

pub(super) fn of_records(index: &Index, condition: &Condition) -> bool {
    let Condition::Value { field, .. } = condition else { return false };
    index.schema.fields.get(*field).is_some_and(|field| field.scope == Scope::Record)
}

/// The groups of a query and of the options' filters.
pub(super) fn all_groups(index: &Index, query: &Query, options: &Options) -> (Vec<Group>, usize) {
    let mut filters: BTreeMap<usize, Vec<Condition>> = BTreeMap::new();
    for (name, value) in &options.filters {
        // A filter by a field that the index lacks holds for nothing.
        let field = index.schema.fields.iter().position(|field| field.name == *name).unwrap_or(usize::MAX);
        filters.entry(field).or_default().push(Condition::Value { field, value: value.clone() });
    }
    let typed = query.groups.len();
    let filters = filters.into_values().map(|any| Group { negated: false, any });
    (query.groups.iter().cloned().chain(filters).collect(), typed)
}

impl Index {
    /// The documents of a group: those of a phrase, a value, or of records with a value.
    fn judge<'q>(
        &self,
        group: &'q Group,
        whole: bool,
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
                Condition::Value { field, value } => {
                    let mut found = self.valued(segment, *field, value, whole, absent)?;
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

/// The phrase of a group that may be taken apart into words.
fn loose(group: &Group) -> Option<&Phrase> {
    match group.any.as_slice() {
        [Condition::Text(phrase)] if !group.negated && !phrase.exact => Some(phrase),
        _ => None,
    }
}

/// Answers a query with documents.
pub(super) fn documents(index: &Index, query: &Query, options: &Options) -> Result<Response, Error> {
    let (groups, typed) = all_groups(index, query, options);
    let Some(segment) = &index.segment else { return Ok(Response { total_exact: true, ..Response::default() }) };
    if groups.is_empty() {
        return Ok(Response { total_exact: true, ..Response::default() });
    }
    let scorer = Scorer::new(index, segment)?;
    let mut absent = Absent::default();
    let mut notes = Notes::default();
    if query.cut {
        notes.notices.push(Notice::Cut);
    }

    // Filters by fields of records hold together for one record; the others for the document, as does a mere exclusion.
    let by_records = |group: &Group| group.any.iter().all(|condition| of_records(index, condition));
    let asks_for_records = groups.iter().any(|group| !group.negated && by_records(group));
    let records = match asks_for_records {
        true => index.filtered_records(segment, &groups, typed, &mut absent)?,
        false => None,
    };
    let mut chosen = Chosen::default();
    let mut tally = Tally::new(index.documents);
    let mut needed = 0;
    if let Some(records) = &records {
        for (_, document, from, to) in index.record_places(segment, records)? {
            chosen.spans.entry(document).or_default().push((from, to));
        }
    }
    let mut judged = Vec::new();
    for (number, group) in groups.iter().enumerate() {
        if !(asks_for_records && by_records(group)) {
            judged.push(index.judge(group, number >= typed, &scorer, segment, &mut notes, &mut absent)?);
        }
    }
    absent.check()?;
    let mut excluded = vec![false; index.documents as usize];
    let (must, must_not): (Vec<&Judged<'_>>, Vec<&Judged<'_>>) =
        judged.iter().partition(|judged| !judged.group.negated);
    for judged in &must_not {
        for entry in judged.entries.iter().filter(|entry| entry.certain) {
            if let Some(excluded) = excluded.get_mut(entry.document as usize) {
                *excluded = true;
            }
        }
    }
    for judged in &must {
        tally.add(&judged.entries);
        needed += 1;
    }
    // Neither excluded nor without a record that was asked for.
    let included = |document: u32| {
        !excluded.get(document as usize).copied().unwrap_or(true)
            && (records.is_none() || chosen.spans.contains_key(&document))
    };
    let ranked = |matched| move |(document, count): (u32, Count)| Ranked { document, matched, score: count.total() };
    let mut order: Vec<Ranked> =
        tally.all(needed).filter(|(d, _)| included(*d)).map(ranked(Matched::Exactly)).collect();

    // Documents that hold the phrases are shown with those highlighted, not with every word of them.
    let phrases = notes.needles.len();
    if order.len() < ENOUGH && must.iter().any(|judged| loose(judged.group).is_some()) {
        loosen(index, &must, &scorer, &mut order, &mut notes, &included)?;
    }
    order.sort_by(|a, b| a.matched.cmp(&b.matched).then(b.score.total_cmp(&a.score)).then(a.document.cmp(&b.document)));

    let mut suggestions = Vec::new();
    if order.iter().all(|ranked| ranked.matched == Matched::Partly) {
        let mut absent = Absent::default();
        for judged in must.iter().filter(|judged| judged.entries.is_empty()) {
            if let Some(phrase) = loose(judged.group) {
                suggestions.extend(index.suggest(phrase, &scorer, &mut absent)?);
            }
        }
        absent.check()?;
    }

    // Settle doubts: of all if they are few or all are wanted, else of those that are shown.
    let doubts = |document: u32| {
        judged.iter().any(|judged| {
            let entry = judged.entries.binary_search_by_key(&document, |entry| entry.document);
            entry.is_ok_and(|at| !judged.entries[at].certain)
        })
    };
    let holds = |document: u32| -> Result<bool, Error> {
        let text = index.normalized_text(document)?;
        Ok(judged.iter().all(|judged| {
            let entry =
                judged.entries.binary_search_by_key(&document, |entry| entry.document).map(|at| judged.entries[at]);
            match entry {
                Ok(entry) if !entry.certain => {
                    judged.texts.iter().any(|phrase| text.contains(phrase.as_str())) != judged.group.negated
                }
                _ => true,
            }
        }))
    };
    let in_doubt = order.iter().filter(|ranked| doubts(ranked.document)).count();
    let wanted = if options.limit == 0 { usize::MAX } else { options.offset.saturating_add(options.limit) };
    let total_exact = in_doubt <= SETTLED || options.limit == 0;
    let mut shown: Vec<Ranked> = Vec::new();
    let (mut refuted, mut rest) = (0, order.as_slice());
    while !rest.is_empty() && (total_exact && in_doubt > 0 || shown.len() < wanted) {
        // As many at a time as are wanted, so that their texts are asked for together.
        let step = if total_exact && in_doubt > 0 { rest.len() } else { (wanted - shown.len()).min(rest.len()) };
        let (now, later) = rest.split_at(step);
        rest = later;
        let doubtful: Vec<u32> = now.iter().map(|ranked| ranked.document).filter(|d| doubts(*d)).collect();
        index.touch_texts(&doubtful)?;
        for ranked in now {
            if doubts(ranked.document) && !holds(ranked.document)? {
                refuted += 1;
            } else {
                shown.push(*ranked);
            }
        }
    }
    let total = order.len() - refuted;
    let facets = if options.facets {
        let found: Vec<u32> = if rest.is_empty() {
            shown.iter().map(|ranked| ranked.document).collect()
        } else {
            order.iter().map(|ranked| ranked.document).collect()
        };
        index.count(segment, &found)?
    } else {
        Vec::new()
    };
    let page: Vec<Ranked> = shown.into_iter().take(wanted).skip(options.offset).collect();
    for matched in [Matched::Scattered, Matched::Partly] {
        if page.iter().any(|ranked| ranked.matched == matched) {
            notes.notices.push(if matched == Matched::Partly { Notice::Partly } else { Notice::Scattered });
        }
    }
    let wanted = page.iter().map(|ranked| Wanted {
        document: ranked.document,
        score: ranked.score,
        matched: ranked.matched,
        needles: if ranked.matched == Matched::Exactly { &notes.needles[..phrases] } else { &notes.needles },
        records: chosen.spans.get(&ranked.document).map(Vec::as_slice).unwrap_or_default(),
        passages: options.passages,
    });
    let results = index.show(&wanted.collect::<Vec<_>>())?;
    Ok(Response { results, total, total_exact, facets, notices: notes.notices, suggestions })
}

/// Adds the documents that hold the words of every phrase, or, if there are none, those that hold most of the words of
/// each. What was typed apart stays apart: of two phrases both must hold.
fn loosen(
    index: &Index,
    must: &[&Judged<'_>],
    scorer: &Scorer<'_>,
    order: &mut Vec<Ranked>,
    notes: &mut Notes,
    included: &dyn Fn(u32) -> bool,
) -> Result<(), Error> {
    let mut absent = Absent::default();
    let (mut tally, mut partly) = (Tally::new(index.documents), Tally::new(index.documents));
    let mut needles = Vec::new();
    for judged in must {
        let Some(phrase) = loose(judged.group) else {
            tally.add(&judged.entries);
            partly.add(&judged.entries);
            continue;
        };
        let words = index.scattered(phrase, scorer, &mut absent)?;
        let (scattered, most) = together(index, &words);
        partly.add(&union(judged.entries.clone(), most));
        tally.add(&union(judged.entries.clone(), scattered));
        needles.extend(words.into_iter().map(|(needle, _)| needle));
    }
    absent.check()?;
    let known: Vec<u32> = order.iter().map(|ranked| ranked.document).collect();
    for (tally, matched) in [(tally, Matched::Scattered), (partly, Matched::Partly)] {
        if matched == Matched::Partly && !order.is_empty() {
            break;
        }
        let documents = tally.all(must.len()).filter(|(document, _)| included(*document));
        let new = documents.filter(|(document, _)| known.binary_search(document).is_err());
        order.extend(new.map(|(document, count)| Ranked { document, matched, score: count.total() }));
    }
    if order.len() > known.len() {
        let texts: Vec<String> = notes.needles.iter().map(|needle| needle.text.clone()).collect();
        notes.needles.extend(needles.into_iter().filter(|needle| !texts.contains(&needle.text)));
    }
    Ok(())
}

/// The documents that hold all of several words, and those that hold most of them.
fn together(index: &Index, words: &[(Needle, Vec<Entry>)]) -> (Vec<Entry>, Vec<Entry>) {
    if words.len() < 2 {
        // A phrase that is one word is not taken apart.
        return Default::default();
    }
    let mut tally = Tally::new(index.documents);
    let mut held = vec![0.0f32; index.documents as usize];
    for (needle, entries) in words {
        tally.add(entries);
        for entry in entries {
            if let Some(held) = held.get_mut(entry.document as usize) {
                *held += needle.weight;
            }
        }
    }
    let entry = |(document, count): (u32, Count)| Entry {
        document,
        score: SCATTERED * count.score,
        title: count.title,
        certain: true,
    };
    let all = tally.all(words.len()).map(entry).collect();
    let enough = PARTLY * words.iter().map(|(needle, _)| needle.weight).sum::<f32>();
    let most = (0u32..).zip(held.iter().zip(&tally.0)).filter(|(_, (held, _))| **held >= enough);
    (all, most.map(|(document, (_, count))| entry((document, *count))).collect())
}
