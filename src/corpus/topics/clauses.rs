//! The clauses of a document and what each is about.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use gongwen::layout::Role as Element;
use gongwen::{BlockKind, Document, Outline, Span};

use super::weigh::{NAMING, is_thick, said, stands_in, titles_in, weight};
use crate::corpus::{Obligation, TopicClause, TopicObligation};
use crate::registry::{TopicWord, Topics};
use crate::vocabulary::{Evidence, Kind};

/// An entry's heading and own text.
#[derive(Default)]
pub(super) struct Unit {
    /// The entry: index into the outline; `None` for text under no heading.
    entry: Option<usize>,
    pub blocks: Range<usize>,
    /// Where its heading stands in its first block.
    pub title: Range<usize>,
    /// Characters of its own text.
    chars: usize,
}

/// What is known of one topic in one clause.
#[derive(Default)]
struct Known {
    evidence: Option<Evidence>,
    pub(super) words: Vec<Span>,
    points: usize,
}

/// The clauses of a document, and the words in them that speak for a topic.
pub(super) struct Clauses<'d> {
    pub(super) document: &'d Document,
    outline: &'d Outline,
    pub(super) obligations: &'d [Obligation],
    /// By path.
    by_path: HashMap<&'d str, Vec<usize>>,
    /// The blocks whose rows are clauses of their own.
    tables: HashSet<usize>,
    /// The words of each block that speak for a topic, in order.
    pub(super) words: Vec<Vec<TopicWord>>,
    /// The parts of the sentences of each block that was quoted from.
    pub(super) parts: HashMap<usize, Vec<Range<usize>>>,
}

impl<'d> Clauses<'d> {
    pub(super) fn of(
        document: &'d Document,
        outline: &'d Outline,
        obligations: &'d [Obligation],
        elements: &[Element],
        topics: &Topics,
    ) -> Self {
        let mut by_path: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut annotations: HashMap<usize, Vec<Range<usize>>> = HashMap::new();
        for (i, o) in obligations.iter().enumerate() {
            by_path.entry(&o.path).or_default().push(i);
            for span in &o.annotation_spans {
                annotations.entry(span.block).or_default().push(span.range());
            }
        }
        let words = document.blocks.iter().enumerate().map(|(i, block)| {
            let mut words = match elements.get(i) {
                Some(Element::Text) => topics.words(&block.text),
                _ => Vec::new(),
            };
            if !words.is_empty() {
                let mut silent = annotations.remove(&i).unwrap_or_default();
                silent.sort_by_key(|r| r.start);
                let quoted = titles_in(&block.text);
                let heading = block.heading().map_or(0..0, |h| h.title.clone());
                words.retain(|w| {
                    let at = w.range.start;
                    heading.contains(&at) || !stands_in(&quoted, at) && !stands_in(&silent, at)
                });
                words.sort_by_key(|w| w.range.start);
            }
            words
        });
        let words: Vec<Vec<TopicWord>> = words.collect();
        let is_row = |o: &&Obligation| is_row(document, o);
        let tables = obligations.iter().filter(is_row).map(|o| o.span.block).collect();
        Clauses { document, outline, obligations, by_path, tables, words, parts: HashMap::new() }
    }

    /// What each is about, rows of a table after the entries.
    pub(super) fn read(mut self) -> Vec<(usize, TopicClause)> {
        let units = self.units();
        let titles: Vec<BTreeMap<usize, Vec<Span>>> = units.iter().map(|u| self.title_words(u)).collect();
        let of_entry: HashMap<usize, usize> =
            units.iter().enumerate().filter_map(|(i, u)| Some((u.entry?, i))).collect();
        let parents: Vec<Option<usize>> = units
            .iter()
            .map(|u| self.outline.entries.get(u.entry?)?.parent.and_then(|p| of_entry.get(&p).copied()))
            .collect();
        let mut bare: Vec<bool> = vec![false; units.len()];
        for parent in parents.iter().flatten() {
            bare[*parent] |= units[*parent].chars == 0;
        }
        // What a bare heading says is said by the clauses under it; where by none, by itself.
        let mut said: Vec<Vec<usize>> = vec![Vec::new(); units.len()];
        let mut found = Vec::new();
        for (i, unit) in units.iter().enumerate().filter(|(i, _)| !bare[*i]) {
            let mut known: BTreeMap<usize, Known> = BTreeMap::new();
            for (topic, words) in &titles[i] {
                known.insert(*topic, Known { evidence: Some(Evidence::Title), words: words.clone(), points: 0 });
            }
            let mut above = parents[i].filter(|&p| bare[p]);
            while let Some(parent) = above {
                for (topic, words) in &titles[parent] {
                    if titles[i].is_empty() {
                        let heading = Known { evidence: Some(Evidence::Heading), words: words.clone(), points: 0 };
                        known.entry(*topic).or_insert(heading);
                    }
                    if known.contains_key(topic) {
                        said[parent].push(*topic);
                    }
                }
                // The nearest heading that says something is the one that counts.
                above = parents[parent].filter(|&p| bare[p] && (titles[parent].is_empty() || !titles[i].is_empty()));
            }
            found.extend(self.read_unit(unit, known));
        }
        for (i, unit) in units.iter().enumerate().filter(|(i, _)| bare[*i]) {
            let mut known = BTreeMap::new();
            for (topic, words) in titles[i].iter().filter(|(t, _)| !said[i].contains(t)) {
                known.insert(*topic, Known { evidence: Some(Evidence::Title), words: words.clone(), points: 0 });
            }
            found.extend(self.read_unit(unit, known));
        }
        found.extend(self.rows());
        found
    }

    /// The entries with their own text, in order, and the text under no heading.
    fn units(&self) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        let mut next = 0;
        let mut open = Unit::default();
        for (i, block) in self.document.blocks.iter().enumerate() {
            let begins = self.outline.entries.get(next).is_some_and(|e| e.block == i);
            if begins || open.entry.is_some() && self.outline.entry_at(i).is_none() {
                units.push(std::mem::take(&mut open));
                open.blocks = i..i;
            }
            if begins {
                open.entry = Some(next);
                open.title = block.heading().map_or(0..0, |h| h.title.clone());
                next += 1;
            }
            open.blocks.end = i + 1;
            open.chars += match &block.kind {
                BlockKind::Title | BlockKind::Rule => 0,
                BlockKind::Heading(h) => said(block.text.get(h.title.end.max(h.number.end)..).unwrap_or_default()),
                _ => said(&block.text),
            };
        }
        units.push(open);
        units
    }

    fn title_words(&self, unit: &Unit) -> BTreeMap<usize, Vec<Span>> {
        let mut titles: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
        if unit.entry.is_some() {
            let block = unit.blocks.start;
            for w in self.words[block].iter().filter(|w| w.title && unit.title.contains(&w.range.start)) {
                titles.entry(w.topic).or_default().push(Span::new(block, w.range.clone()));
            }
        }
        titles
    }

    /// What a clause is about, besides what its title says.
    fn read_unit(&mut self, unit: &Unit, mut known: BTreeMap<usize, Known>) -> Vec<(usize, TopicClause)> {
        let path = unit.entry.and_then(|e| self.outline.entries.get(e)).map_or("", |e| e.path.as_str());
        let mut own = self.by_path.get(path).cloned().unwrap_or_default();
        if unit.entry.is_none() {
            own.retain(|&o| unit.blocks.contains(&self.obligations[o].span.block));
        }
        let mut mentions: Vec<usize> = Vec::new();
        for block in unit.blocks.clone().filter(|b| !self.tables.contains(b)).collect::<Vec<_>>() {
            let title = if block == unit.blocks.start { unit.title.clone() } else { 0..0 };
            for w in self.words[block].iter().filter(|w| !title.contains(&w.range.start)) {
                let k = known.entry(w.topic).or_default();
                k.points += weight(w);
                self.note(&mut k.words, Span::new(block, w.range.clone()));
                if w.title && self.document.blocks[block].text[w.range.clone()].chars().count() >= NAMING {
                    mentions.push(w.topic);
                }
            }
        }
        let whole = unit.entry.is_some() || self.outline.entries.is_empty();
        let mut found = Vec::new();
        for (topic, k) in known {
            let thick = whole && is_thick(k.points, unit.chars);
            let speaking: Vec<usize> = own.iter().copied().filter(|&o| self.is_about(o, topic)).collect();
            let (evidence, obligations) = match k.evidence {
                Some(evidence) => (evidence, own.clone()),
                None if thick => {
                    let assigned = |&o: &usize| self.obligations[o].kind == Kind::Assignment;
                    let obligations = own.iter().copied().filter(|o| assigned(o) || self.holds(*o, topic)).collect();
                    (Evidence::Text, obligations)
                }
                None if !speaking.is_empty() => (Evidence::Text, speaking),
                None if whole && mentions.contains(&topic) => (Evidence::Mention, Vec::new()),
                None => continue,
            };
            let titled = matches!(evidence, Evidence::Title | Evidence::Heading);
            let obligations = obligations
                .into_iter()
                .map(|index| TopicObligation { index, indicators: self.indicators(index, topic, titled) });
            let clause = TopicClause {
                policy: 0,
                path: path.to_owned(),
                evidence,
                obligations: obligations.collect(),
                sentence: self.sentence(unit, topic),
                words: k.words,
            };
            found.push((topic, clause));
        }
        found
    }

    /// The rows of task tables.
    fn rows(&self) -> Vec<(usize, TopicClause)> {
        let mut found = Vec::new();
        for (index, o) in self.obligations.iter().enumerate().filter(|(_, o)| is_row(self.document, o)) {
            let mut known: BTreeMap<usize, Known> = BTreeMap::new();
            for w in self.words_in(o.span) {
                let k = known.entry(w.topic).or_default();
                k.points += weight(w);
                k.evidence = k.evidence.or(w.title.then_some(Evidence::Title));
                self.note(&mut k.words, Span::new(o.span.block, w.range.clone()));
            }
            for (topic, k) in known {
                let chars = o.text.chars().count();
                let Some(evidence) = k.evidence.or(is_thick(k.points, chars).then_some(Evidence::Text)) else {
                    continue;
                };
                let indicators = self.indicators(index, topic, true);
                let clause = TopicClause {
                    policy: 0,
                    path: o.path.clone(),
                    evidence,
                    words: k.words,
                    sentence: o.span,
                    obligations: vec![TopicObligation { index, indicators }],
                };
                found.push((topic, clause));
            }
        }
        found
    }

    /// Adds a word that is not among `words` yet.
    fn note(&self, words: &mut Vec<Span>, word: Span) {
        if !words.iter().any(|w| self.document.quote(*w) == self.document.quote(word)) {
            words.push(word);
        }
    }
}

/// True for a row of a task table.
fn is_row(document: &Document, o: &Obligation) -> bool {
    o.kind == Kind::Assignment
        && document.blocks.get(o.span.block).is_some_and(|b| matches!(b.kind, BlockKind::Table(_)))
}
