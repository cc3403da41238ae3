//! Puts a phrase together from terms of the index.

use std::ops::Range;

use tantivy::{InvertedIndexReader, postings::TermInfo};

use super::vocabulary::{Lookups, Vocabulary};
use crate::{
    Error,
    normalize::Class,
    runs::{PIECE, STRIDE},
};

/// How many characters of a phrase are put together from terms; what lies behind is looked up in the text.
const LONGEST: usize = 64;

/// What looking up one more term costs, in bytes of positions.
const TERM_COST: u64 = 400;

/// A phrase as elements, each of which must stand where the phrase stands.
#[derive(Debug, Default)]
pub(crate) struct Cover {
    pub elements: Vec<Element>,
    /// Whether the elements are the whole phrase, so that nothing has to be looked up in the text.
    pub whole: bool,
}

/// Terms one of which must stand at a place of the phrase: a word, or, at the phrase's edges, all those that reach
/// over the edge.
#[derive(Debug)]
pub(crate) struct Element {
    /// Terms, and the distance from where a term stands to where the phrase then starts.
    pub terms: Vec<(String, TermInfo, i64)>,
}

impl Element {
    /// How many bytes its positions take.
    pub(crate) fn positions(&self) -> usize {
        self.terms.iter().map(|(_, info, _)| info.positions_range.len()).sum()
    }
}

/// A word within a phrase.
struct Word {
    start: usize,
    end: usize,
    term: String,
    info: TermInfo,
}

/// The words of the index that a phrase holds whole: they are indexed wherever the phrase stands.
fn inner(phrase: &[char], vocabulary: &Vocabulary, lookups: &mut Lookups<'_>) -> Result<Vec<Word>, Error> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < phrase.len() {
        match Class::of(phrase[at]) {
            Class::Mark => at += 1,
            Class::Han => {
                let mut term = String::from(phrase[at]);
                let next = &phrase[at + 1..phrase.len().min(at + vocabulary.longest)];
                for (end, c) in (at + 2..).zip(next) {
                    term.push(*c);
                    if let Some(info) = lookups.get(&term)? {
                        words.push(Word { start: at, end, term: term.clone(), info });
                    }
                }
                at += 1;
            }
            Class::Run => {
                let end = at + phrase[at..].iter().take_while(|c| Class::of(**c) == Class::Run).count();
                // At an edge of the phrase the run may go on in the text.
                if at > 0 && end < phrase.len() {
                    let term: String = phrase[at..end].iter().collect();
                    if let Some(info) = lookups.get(&term)? {
                        words.push(Word { start: at, end, term, info });
                    }
                }
                at = end;
            }
        }
    }
    Ok(words)
}

/// The cheapest choice of words that covers every character that any of them covers; ordered by start.
fn cheapest(length: usize, words: &[Word], cost: impl Fn(&Word) -> u64) -> Vec<usize> {
    const UNCOVERED: u64 = 1 << 40;
    let mut ending: Vec<Vec<usize>> = vec![Vec::new(); length + 1];
    for (index, word) in words.iter().enumerate() {
        ending[word.end].push(index);
    }
    // best[end] = cost of covering everything before `end`, the word it takes last, and where that leaves off.
    let mut best: Vec<(u64, Option<usize>, usize)> = vec![(0, None, 0)];
    for end in 1..=length {
        let mut choice = (best[end - 1].0 + UNCOVERED, None, end - 1);
        for index in &ending[end] {
            let word = &words[*index];
            // Words may overlap: a word may take over anywhere within itself.
            for (from, before) in best.iter().enumerate().take(end).skip(word.start) {
                let total = before.0 + cost(word);
                if total < choice.0 {
                    choice = (total, Some(*index), from);
                }
            }
        }
        best.push(choice);
    }
    let mut chosen = Vec::new();
    let mut end = length;
    while end > 0 {
        let (_, word, from) = best[end];
        chosen.extend(word);
        end = from;
    }
    chosen.reverse();
    chosen
}

/// The part of a phrase that is put together from terms: not too long, and with no more of a run at an edge than lies
/// whole in one indexed piece of it.
fn core(phrase: &[char]) -> &[char] {
    let mut core = &phrase[..phrase.len().min(LONGEST)];
    let is_run = |c: &char| Class::of(*c) == Class::Run;
    let head = core.iter().take_while(|c| is_run(c)).count();
    if head == core.len() {
        return &core[..head.min(STRIDE)];
    }
    core = &core[head.saturating_sub(STRIDE)..];
    let tail = core.iter().rev().take_while(|c| is_run(c)).count();
    &core[..core.len() - tail.saturating_sub(STRIDE)]
}

impl Cover {
    /// One word as a phrase.
    pub(crate) fn word(term: &str, info: TermInfo) -> Self {
        Cover { elements: vec![Element { terms: vec![(term.to_owned(), info, 0)] }], whole: true }
    }

    /// Puts a phrase together.
    pub(crate) fn new(phrase: &[char], vocabulary: &Vocabulary, index: &InvertedIndexReader) -> Result<Self, Error> {
        let core = core(phrase);
        let mut lookups = Lookups::new(index);
        let words = inner(core, vocabulary, &mut lookups)?;
        let chosen = cheapest(core.len(), &words, |word| word.info.positions_range.len() as u64 + TERM_COST);
        let mut covered = vec![false; core.len()];
        let mut cover = Cover { elements: Vec::new(), whole: core.len() == phrase.len() };
        for index in chosen {
            let Word { start, end, term, info } = &words[index];
            covered[*start..*end].fill(true);
            cover.elements.push(Element { terms: vec![(term.clone(), info.clone(), -(*start as i64))] });
        }
        let mut left = Vec::new();
        let mut at = 0;
        while at < core.len() {
            let end = match Class::of(core[at]) {
                Class::Run => at + core[at..].iter().take_while(|c| Class::of(**c) == Class::Run).count(),
                Class::Han | Class::Mark => at + 1,
            };
            if !covered[at] {
                match Class::of(core[at]) {
                    Class::Mark => cover.whole = false,
                    Class::Han | Class::Run => left.push(at..end),
                }
            }
            at = end;
        }
        if !left.is_empty() {
            cover.elements.extend(edges(core, &left, vocabulary, index, &mut lookups)?);
        }
        Ok(cover)
    }
}

/// An element for each part of a phrase that no word within it covers: in a text it stands alone, or a term that reaches
/// over an edge of the phrase covers it.
fn edges(
    phrase: &[char],
    parts: &[Range<usize>],
    vocabulary: &Vocabulary,
    index: &InvertedIndexReader,
    lookups: &mut Lookups<'_>,
) -> Result<Vec<Element>, Error> {
    let whole: String = phrase.iter().collect();
    let bytes: Vec<usize> = whole.char_indices().map(|(at, _)| at).chain([whole.len()]).collect();
    let mut elements: Vec<Vec<(String, TermInfo, i64)>> = Vec::new();
    for part in parts {
        let term = &whole[bytes[part.start]..bytes[part.end]];
        let alone = lookups.get(term)?.map(|info| (term.to_owned(), info, -(part.start as i64)));
        elements.push(alone.into_iter().collect());
    }
    // How far over an edge a term can reach, and the parts of the phrase that it must then agree with.
    let reach = vocabulary.longest.max(PIECE);
    let first = parts.iter().map(|part| part.end).min().unwrap_or_default();
    let last = parts.iter().map(|part| part.start).max().unwrap_or_default();
    let heads: Vec<usize> = (first..phrase.len().min(reach)).collect();
    let tails: Vec<usize> = (phrase.len().saturating_sub(reach).max(1)..=last).collect();
    for term in vocabulary.all(index)? {
        let mut places: Vec<(i64, Range<usize>)> = Vec::new();
        for head in &heads {
            let text = &whole[..bytes[*head]];
            if term.len() > text.len() && term.ends_with(text) {
                places.push(((term.chars().count() - head) as i64, 0..*head));
            }
        }
        for tail in &tails {
            let text = &whole[bytes[*tail]..];
            if term.len() > text.len() && term.starts_with(text) {
                places.push((-(*tail as i64), *tail..phrase.len()));
            }
        }
        if term.len() > whole.len() {
            let within = term.match_indices(&whole).map(|(at, _)| (term[..at].chars().count() as i64, 0..phrase.len()));
            places.extend(within);
        }
        for (delta, covers) in places {
            for (part, element) in parts.iter().zip(&mut elements) {
                if covers.start <= part.start
                    && part.end <= covers.end
                    && let Some(info) = lookups.get(term)?
                {
                    element.push((term.to_owned(), info, delta));
                }
            }
        }
    }
    Ok(elements.into_iter().map(|terms| Element { terms }).collect())
}

/// The words that a text is made of, most likely ones first choice: the fewest, and of those the rarest.
pub(crate) fn words(
    phrase: &[char],
    vocabulary: &Vocabulary,
    index: &InvertedIndexReader,
) -> Result<Vec<(String, TermInfo)>, Error> {
    let phrase = &phrase[..phrase.len().min(LONGEST)];
    let mut lookups = Lookups::new(index);
    let mut words = inner(phrase, vocabulary, &mut lookups)?;
    // A run at an edge is a word here too.
    let mut at = 0;
    for part in phrase.chunk_by(|a, b| Class::of(*a) == Class::of(*b)) {
        let (start, end) = (at, at + part.len());
        at = end;
        if Class::of(part[0]) == Class::Run && (start == 0 || end == phrase.len()) {
            let term: String = part.iter().take(PIECE).collect();
            if let Some(info) = lookups.get(&term)? {
                words.push(Word { start, end, term, info });
            }
        }
    }
    let chosen = cheapest(phrase.len(), &words, |word| (1 << 20) + u64::from(word.info.doc_freq));
    Ok(chosen.into_iter().map(|index| (words[index].term.clone(), words[index].info.clone())).collect())
}
