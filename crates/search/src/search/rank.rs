//! Puts the groups of a query together, orders the documents, and shows the best.

use super::{
    Absent,
    conditions::Scorer,
    judge::{Chosen, Count, Judged, Notes, Tally, all_groups, of_records},
    loosen::{loose, loosen},
    response::{Matched, Notice, Options, Response},
    settle::{Settled, settle, wanted},
    show::Wanted,
};
use crate::{
    Error, Index,
    query::{Group, Query},
};

/// With fewer documents that hold every phrase as typed, those that hold its words are looked for too.
const ENOUGH: usize = 10;

/// A ranked document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    pub document: u32,
    pub matched: Matched,
    pub score: f32,
}

/// Answers a query with documents.
pub(super) fn documents(index: &Index, query: &Query, options: &Options) -> Result<Response, Error> {
    let groups = all_groups(index, query, options);
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
        true => index.filtered_records(segment, &groups, &mut absent)?,
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
    for group in &groups {
        if !(asks_for_records && by_records(group)) {
            judged.push(index.judge(group, &scorer, segment, &mut notes, &mut absent)?);
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

    let Settled { shown, rest, total, total_exact } = settle(index, &judged, &order, options)?;
    let facets = if options.facets {
        let found: Vec<u32> = if rest == 0 {
            shown.iter().map(|ranked| ranked.document).collect()
        } else {
            order.iter().map(|ranked| ranked.document).collect()
        };
        index.count(segment, &found)?
    } else {
        Vec::new()
    };
    let page: Vec<Ranked> = shown.into_iter().take(wanted(options)).skip(options.offset).collect();
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
