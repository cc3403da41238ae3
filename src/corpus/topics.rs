//! 主题: which clauses of a document are about which topics, and how that is known.
//!
//! A clause is an entry of the outline with its own text, which ends where the next entry begins, or a row of a task
//! table; a document without an outline is one clause. It is about a topic
//! - by its *title*, where a title word stands in its heading or in the row's task;
//! - by the *heading* above it, where its own says nothing and nothing but headings stands between;
//! - by its *text*, where the topic's words stand thick enough in it ([`is_thick`]), or in one of its obligations;
//! - by *mention*, where its text holds a title word of three characters or more.
//!
//! A heading with nothing but clauses under it is not listed besides them. Words in 《》, in an annotation and in the
//! name of an organ speak for nothing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use gongwen::layout::Role;
use gongwen::{BlockKind, Document, Outline, Span, extract};

use super::model::{Corpus, Evidence, Obligation, ObligationKind, Topic, TopicClause, TopicObligation};
use crate::address;
use crate::registry::{Registry, TopicWord, Topics};

/// What a title word and a term weigh in running text.
const TITLE: usize = 2;
const TERM: usize = 1;
/// A word so long, in characters, names its topic by itself.
const NAMING: usize = 3;

/// True where words of this weight make a clause of `chars` characters be about their topic: three points and one for
/// every hundred characters; a clause of more than 600 needs no more than six.
fn is_thick(points: usize, chars: usize) -> bool {
    points >= 3 && points * 100 >= chars.min(600)
}

/// The same for a part of an obligation's sentence, which is about one thing: a title word in a hundred characters.
fn is_thick_in_part(points: usize, chars: usize) -> bool {
    points >= 2 && points * 50 >= chars
}

/// The topics of the registry, without clauses.
pub(crate) fn all(registry: &Registry) -> Vec<Topic> {
    let topic = |t: &crate::registry::Topic| Topic {
        id: t.id.clone(),
        url: address::topic(&t.id),
        group: t.group.clone(),
        clauses: Vec::new(),
    };
    registry.topics().list().iter().map(topic).collect()
}

/// Gives the corpus what [`read`] found in document `policy`, whose obligations begin at `start`.
pub(crate) fn join(corpus: &mut Corpus, found: Vec<(usize, TopicClause)>, policy: usize, start: usize) {
    for (topic, mut clause) in found {
        clause.policy = policy;
        clause.obligations.iter_mut().for_each(|o| o.index += start);
        if let Some(topic) = corpus.topics.get_mut(topic) {
            topic.clauses.push(clause);
        }
    }
}

/// What the clauses of a document are about, in the order of the text; the obligations get their topics. Indices are
/// those of `obligations`.
pub(crate) fn read(
    document: &Document,
    outline: &Outline,
    obligations: &mut [Obligation],
    roles: &[Role],
    topics: &Topics,
) -> Vec<(usize, TopicClause)> {
    let mut found = Reader::of(document, outline, obligations, roles, topics).clauses();
    // Rows of a table are read after the entries, but stand among them.
    found.sort_by_key(|(topic, c)| (c.sentence.block, c.sentence.start, *topic));
    join_open(&mut found);
    for (topic, clause) in found.iter().filter(|(_, c)| c.evidence != Evidence::Mention) {
        for o in &clause.obligations {
            if let Some(o) = obligations.get_mut(o.index) {
                o.topics.push(*topic);
            }
        }
    }
    for o in obligations {
        o.topics.sort_unstable();
        o.topics.dedup();
    }
    found
}

/// Makes one clause of the stretches of text under no heading, which share their path.
fn join_open(found: &mut Vec<(usize, TopicClause)>) {
    let mut first: HashMap<usize, TopicClause> = HashMap::new();
    for (topic, clause) in found.iter().filter(|(_, c)| c.path.is_empty()) {
        match first.get_mut(topic) {
            Some(known) => {
                known.evidence = known.evidence.min(clause.evidence);
                known.words.extend(&clause.words);
                known.obligations.extend(clause.obligations.iter().cloned());
            }
            None => drop(first.insert(*topic, clause.clone())),
        }
    }
    found.retain_mut(|(topic, clause)| {
        if !clause.path.is_empty() {
            return true;
        }
        first.remove(topic).map(|whole| *clause = whole).is_some()
    });
}

/// An entry's heading and own text.
#[derive(Default)]
struct Unit {
    /// The entry: index into the outline; `None` for text under no heading.
    entry: Option<usize>,
    blocks: Range<usize>,
    /// Where its heading stands in its first block.
    title: Range<usize>,
    /// Characters of its own text.
    chars: usize,
}

/// What is known of one topic in one clause.
#[derive(Default)]
struct Known {
    evidence: Option<Evidence>,
    words: Vec<Span>,
    points: usize,
}

struct Reader<'d> {
    document: &'d Document,
    outline: &'d Outline,
    obligations: &'d [Obligation],
    /// By path.
    by_path: HashMap<&'d str, Vec<usize>>,
    /// The blocks whose rows are clauses of their own.
    tables: HashSet<usize>,
    /// The words of each block that speak for a topic, in order.
    words: Vec<Vec<TopicWord>>,
    /// The parts of the sentences of each block that was quoted from.
    parts: HashMap<usize, Vec<Range<usize>>>,
}

impl<'d> Reader<'d> {
    fn of(
        document: &'d Document,
        outline: &'d Outline,
        obligations: &'d [Obligation],
        roles: &[Role],
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
            let mut words = match roles.get(i) {
                Some(Role::Text) => topics.words(&block.text),
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
        Reader { document, outline, obligations, by_path, tables, words, parts: HashMap::new() }
    }

    fn clauses(mut self) -> Vec<(usize, TopicClause)> {
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
                k.points += if w.title { TITLE } else { TERM };
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
                    let assigned = |&o: &usize| self.obligations[o].kind == ObligationKind::Assignment;
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
                k.points += if w.title { TITLE } else { TERM };
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

    fn words_in(&self, span: Span) -> impl Iterator<Item = &TopicWord> {
        let words = self.words.get(span.block).map_or(&[][..], Vec::as_slice);
        let from = words.partition_point(|w| w.range.start < span.start);
        words[from..].iter().take_while(move |w| w.range.start < span.end)
    }

    /// True where the words of an obligation hold one of the topic.
    fn holds(&self, obligation: usize, topic: usize) -> bool {
        self.words_in(self.obligations[obligation].span).any(|w| w.topic == topic)
    }

    /// True where a part of an obligation's own sentence is about the topic.
    fn is_about(&self, obligation: usize, topic: usize) -> bool {
        let o = &self.obligations[obligation];
        // An assignment's words are the whole clause.
        if o.kind == ObligationKind::Assignment || !self.holds(obligation, topic) {
            return false;
        }
        let text = self.document.quote(o.span);
        extract::parts(text).into_iter().any(|part| {
            let span = Span::new(o.span.block, o.span.start + part.start..o.span.start + part.end);
            let points = self.words_in(span).filter(|w| w.topic == topic).map(|w| if w.title { TITLE } else { TERM });
            is_thick_in_part(points.sum(), text[part].chars().count())
        })
    }

    /// The indicators of an obligation that measure something of the topic: those whose words hold one of it; those
    /// that hold a title word of no topic but stand in a part that does; where a title says what the clause is about and
    /// the obligation does not, all.
    fn indicators(&self, obligation: usize, topic: usize, titled: bool) -> Vec<usize> {
        let o = &self.obligations[obligation];
        let all = 0..o.indicators.len();
        if all.is_empty() || titled && !self.holds(obligation, topic) {
            return all.collect();
        }
        let text = self.document.quote(o.span);
        let parts = extract::parts(text);
        let span = |r: Range<usize>| Span::new(o.span.block, o.span.start + r.start..o.span.start + r.end);
        let mut from = 0;
        let measures = |i: &usize| {
            let words = o.indicators[*i].text.as_str();
            let Some(at) = text.get(from..).and_then(|t| t.find(words)).map(|at| from + at) else { return true };
            from = at;
            let here = span(at..at + words.len());
            let part = parts.iter().find(|p| p.contains(&at)).cloned().unwrap_or(0..text.len());
            self.words_in(here).any(|w| w.topic == topic)
                || !self.words_in(here).any(|w| w.title) && self.words_in(span(part)).any(|w| w.topic == topic)
        };
        all.filter(measures).collect()
    }

    /// The part of a clause's sentences that speaks of the topic: the first with a title word, else the one with most
    /// terms, else the first of all; the heading of a clause without text.
    fn sentence(&mut self, unit: &Unit, topic: usize) -> Span {
        let mut best: Option<(usize, Span)> = None;
        let mut first: Option<Span> = None;
        for block in unit.blocks.clone() {
            let b = &self.document.blocks[block];
            let from = match &b.kind {
                BlockKind::Title | BlockKind::Rule => continue,
                BlockKind::Heading(h) => h.title.end.max(h.number.end),
                _ => 0,
            };
            if !says(b.text.get(from..).unwrap_or_default()) {
                continue;
            }
            let speaks = self.words[block].iter().any(|w| w.topic == topic && w.range.start >= from);
            if !speaks && first.is_some() {
                continue;
            }
            let parts = self.parts.entry(block).or_insert_with(|| extract::parts(&b.text)).clone();
            for part in parts.into_iter().filter(|p| p.end > from) {
                let span = Span::new(block, trimmed(&b.text, part.start.max(from)..part.end));
                if !says(self.document.quote(span)) {
                    continue;
                }
                first = first.or(Some(span));
                let words = self.words_in(span).filter(|w| w.topic == topic);
                let (titles, terms) = words.fold((0, 0), |(t, n), w| (t + usize::from(w.title), n + 1));
                if titles > 0 {
                    return span;
                }
                if terms > best.map_or(0, |(most, _)| most) {
                    best = Some((terms, span));
                }
            }
        }
        let heading = Span::new(unit.blocks.start, unit.title.clone());
        best.map(|(_, span)| span).or(first).unwrap_or(heading)
    }
}

/// True for a character of words or numbers. Nearly all are Chinese, which is known at a glance.
pub fn is_word(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric()
}

/// Characters that say something.
fn said(text: &str) -> usize {
    text.chars().filter(|&c| is_word(c)).count()
}

/// True where a text says anything.
fn says(text: &str) -> bool {
    text.chars().any(is_word)
}

/// `range` without white space and stops at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let blank = |c: char| c.is_whitespace() || matches!(c, '。' | '：' | ':' | '；' | ';');
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start_matches(blank).len());
    start..(range.start + words.trim_end_matches(blank).len()).max(start)
}

/// True for a row of a task table.
fn is_row(document: &Document, o: &Obligation) -> bool {
    o.kind == ObligationKind::Assignment
        && document.blocks.get(o.span.block).is_some_and(|b| matches!(b.kind, BlockKind::Table(_)))
}

/// Where 《…》 stand, in order.
fn titles_in(text: &str) -> Vec<Range<usize>> {
    let mut open = None;
    let mut titles = Vec::new();
    for (at, mark) in text.match_indices(['《', '》']) {
        match mark {
            "《" => open = open.or(Some(at)),
            _ => titles.extend(open.take().map(|start| start..at)),
        }
    }
    titles
}

/// True where byte `at` stands in one of `ranges`, which are in order.
fn stands_in(ranges: &[Range<usize>], at: usize) -> bool {
    ranges.get(ranges.partition_point(|r| r.end <= at)).is_some_and(|r| r.contains(&at))
}

#[cfg(test)]
mod tests;
