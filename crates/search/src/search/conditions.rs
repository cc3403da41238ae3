//! Which documents fulfil a condition, and how well.

use std::rc::Rc;

use tantivy::{
    DocSet, InvertedIndexReader, TERMINATED,
    columnar::Column,
    fieldnorm::FieldNormReader,
    postings::{Postings, TermInfo},
    schema::IndexRecordOption,
};

use super::{
    Absent,
    variants::{self, Variant},
};
use crate::{
    Error, Index,
    document::Matching,
    index::Segment,
    normalize::key,
    phrase::{self, Cover, Element, Found},
    query::Phrase,
};

/// The usual parameters of BM25.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// What a phrase in the title adds: a share always, the rest in proportion to how much of the title it is. More than
/// any number of hits in a text can add, which is at most K1 + 1.
const TITLE: f32 = 3.0;
const TITLE_SHARE: f32 = 0.4;

/// What it adds to end the title: a Chinese title ends with what it is. 慈善法 is 中华人民共和国慈善法 before it is a
/// province's 实施慈善法办法.
const TITLE_END: f32 = 2.0;

/// What a hit of another name is worth against one of the name that was typed.
const EXCHANGED: f32 = 0.9;

/// What a hit is worth in a passage where the title says the same: it tells the clauses of the document apart less.
const ENTITLED: f32 = 0.5;

/// Something that is looked for in the texts that are shown.
#[derive(Clone, Debug)]
pub(super) struct Needle {
    pub text: String,
    /// How rare it is.
    pub weight: f32,
    /// The documents that hold it, and where, if that is known.
    pub found: Rc<Found>,
    /// The documents whose titles hold it, in order.
    pub titles: Rc<[u32]>,
}

impl Needle {
    /// What a hit says of a passage of a document: more if it is rare, more the longer it is, less where the title says
    /// the same.
    pub(super) fn worth(&self, document: u32) -> f32 {
        let entitled = if self.titles.binary_search(&document).is_ok() { ENTITLED } else { 1.0 };
        self.weight * entitled * (self.text.chars().count() as f32).sqrt()
    }

    /// How often it stands in a document, and where it starts, if that is known.
    pub(super) fn within(&self, document: u32) -> Option<(u32, Option<&[u32]>)> {
        let at = self.found.documents.binary_search_by_key(&document, |(document, _)| *document).ok()?;
        let places = self.found.places.as_ref().and_then(|places| places.get(at));
        Some((self.found.documents[at].1, places.map(Vec::as_slice)))
    }
}

/// A document that fulfils a condition.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub document: u32,
    pub score: f32,
    /// How much of its title the condition is, from 0 to 1.
    pub title: f32,
    /// Whether that is settled; if not, its text has to be looked at.
    pub certain: bool,
}

/// What a phrase came to.
#[derive(Debug, Default)]
pub(super) struct Evaluation {
    /// In order of documents.
    pub entries: Vec<Entry>,
    pub needles: Vec<Needle>,
    /// The names that were exchanged and found something.
    pub exchanged: Vec<(String, String)>,
}

/// Scores by BM25.
pub(super) struct Scorer<'i> {
    pub segment: &'i Segment,
    lengths: FieldNormReader,
    mean: f32,
    titles: Column<u64>,
    documents: f32,
}

impl<'i> Scorer<'i> {
    pub(super) fn new(index: &'i Index, segment: &'i Segment) -> Result<Self, Error> {
        let documents = index.documents as f32;
        Ok(Scorer {
            segment,
            lengths: segment.reader.get_fieldnorms_reader(segment.layout.text)?,
            mean: (segment.text.total_num_tokens() as f32 / documents).max(1.0),
            titles: segment.reader.fast_fields().u64(crate::fields::TITLE_LENGTH)?,
            documents,
        })
    }

    fn rarity(&self, documents: usize) -> f32 {
        let documents = documents as f32;
        (1.0 + (self.documents - documents + 0.5) / (documents + 0.5)).max(1.0).ln()
    }

    fn saturation(&self, document: u32, times: u32) -> f32 {
        let (times, length) = (times as f32, self.lengths.fieldnorm(document) as f32);
        times * (K1 + 1.0) / (times + K1 * (1.0 - B + B * length / self.mean))
    }

    /// How long a document's title is, in characters.
    fn title(&self, document: u32) -> u32 {
        self.titles.first(document).unwrap_or_default() as u32
    }

    /// What a phrase of so many characters is in a document's title, where it starts at one of these places.
    fn entitled(&self, document: u32, length: usize, places: &[u32]) -> Entitled {
        let title = self.title(document);
        let ends = places.iter().any(|start| start + length as u32 == title);
        Entitled { share: (length as f32 / title.max(1) as f32).min(1.0), ends }
    }
}

/// What a phrase is in a title.
#[derive(Clone, Copy, Debug, Default)]
struct Entitled {
    /// How much of it, from 0, where it does not stand in it, to 1.
    share: f32,
    /// Whether it ends it.
    ends: bool,
}

impl Entitled {
    /// What that adds to a score.
    fn worth(self) -> f32 {
        let end = if self.ends { TITLE_END } else { 0.0 };
        if self.share > 0.0 { TITLE * (TITLE_SHARE + (1.0 - TITLE_SHARE) * self.share) + end } else { 0.0 }
    }
}

/// The same elements in the titles.
fn in_titles(cover: &Cover, titles: &InvertedIndexReader) -> Result<Option<Cover>, Error> {
    let mut elements = Vec::with_capacity(cover.elements.len());
    for element in &cover.elements {
        let mut terms = Vec::new();
        for (term, _, delta) in &element.terms {
            if let Some(info) = titles.terms().get(term.as_bytes())? {
                terms.push((term.clone(), info, *delta));
            }
        }
        if terms.is_empty() {
            return Ok(None);
        }
        elements.push(Element { terms });
    }
    Ok((!elements.is_empty()).then_some(Cover { elements, whole: cover.whole }))
}

impl Index {
    /// Finds the documents that hold a phrase or one of its variants.
    pub(super) fn phrase(
        &self,
        phrase: &Phrase,
        scorer: &Scorer<'_>,
        places: bool,
        absent: &mut Absent,
    ) -> Result<Evaluation, Error> {
        let mut evaluation = Evaluation::default();
        for Variant { chars, exchanged } in variants::variants(phrase, &self.schema) {
            let cover = Cover::new(&chars, &self.vocabulary, &scorer.segment.text)?;
            let found = phrase::find(&scorer.segment.text, &cover, self.wanted(places));
            let titles = match in_titles(&cover, &scorer.segment.title)? {
                Some(cover) => absent.put_off(phrase::find(&scorer.segment.title, &cover, self.wanted(true)))?,
                None => None,
            };
            let Some(found) = absent.put_off(found)? else { continue };
            if found.documents.is_empty() {
                continue;
            }
            let rarity = scorer.rarity(found.documents.len());
            let worth = if exchanged.is_some() { EXCHANGED } else { 1.0 };
            let Found { documents: titles, places, .. } = titles.unwrap_or_default();
            let titles: Vec<u32> = titles.into_iter().map(|(document, _)| document).collect();
            let places = places.unwrap_or_default();
            let entries = found.documents.iter().map(|(document, times)| {
                let title = titles.binary_search(document).ok();
                let title = title.map(|at| scorer.entitled(*document, chars.len(), places.get(at).map_or(&[], |p| p)));
                let title = title.unwrap_or_default();
                let score = worth * rarity * (scorer.saturation(*document, *times) + title.worth());
                Entry { document: *document, score, title: title.share, certain: !found.doubtful }
            });
            evaluation.entries = union(std::mem::take(&mut evaluation.entries), entries.collect());
            evaluation.needles.push(Needle {
                text: chars.iter().collect(),
                weight: worth * rarity,
                found: Rc::new(found),
                titles: titles.into(),
            });
            evaluation.exchanged.extend(exchanged);
        }
        Ok(evaluation)
    }

    /// Finds the documents that hold the words of a phrase, wherever they stand: for each word its documents with the
    /// score of the word, and the word as a needle.
    pub(super) fn scattered(
        &self,
        phrase: &Phrase,
        scorer: &Scorer<'_>,
        absent: &mut Absent,
    ) -> Result<Vec<(Needle, Vec<Entry>)>, Error> {
        let mut words = Vec::new();
        for (term, info) in phrase::words(&phrase.chars, &self.vocabulary, &scorer.segment.text)? {
            let length = term.chars().count();
            let rarity = scorer.rarity(info.doc_freq as usize);
            let titles = match scorer.segment.title.terms().get(term.as_bytes())? {
                Some(info) => absent.put_off(documents(&scorer.segment.title, &info))?.unwrap_or_default(),
                None => Vec::new(),
            };
            let titles: Vec<u32> = titles.into_iter().map(|(document, _)| document).collect();
            let cover = Cover::word(&term, info);
            let Some(found) = absent.put_off(phrase::find(&scorer.segment.text, &cover, self.wanted(false)))? else {
                continue;
            };
            let entries = found.documents.iter().map(|(document, times)| {
                let (document, times) = (*document, *times);
                let in_title = titles.binary_search(&document).is_ok();
                let title = if in_title { scorer.entitled(document, length, &[]) } else { Entitled::default() };
                let score = rarity * (scorer.saturation(document, times) + title.worth());
                Entry { document, score, title: title.share, certain: true }
            });
            let entries = entries.collect();
            words.push((Needle { text: term, weight: rarity, found: Rc::new(found), titles: titles.into() }, entries));
        }
        Ok(words)
    }

    /// The documents whose titles hold a phrase.
    fn titled(&self, segment: &Segment, phrase: &str, absent: &mut Absent) -> Result<Vec<u32>, Error> {
        let phrase = Phrase::new(phrase, true);
        let cover = Cover::new(&phrase.chars, &self.vocabulary, &segment.title)?;
        let Some(found) = absent.put_off(phrase::find(&segment.title, &cover, self.wanted(false)))? else {
            return Ok(Vec::new());
        };
        let mut documents: Vec<u32> = found.documents.into_iter().map(|(document, _)| document).collect();
        if found.doubtful {
            self.touch_texts(&documents)?;
            let lengths = segment.reader.fast_fields().u64(crate::fields::TITLE_LENGTH)?;
            let text: String = phrase.chars.iter().collect();
            let mut held = Vec::new();
            for document in documents {
                let length = lengths.first(document).unwrap_or_default() as usize;
                let title: String = self.normalized_text(document)?.chars().take(length).collect();
                if title.contains(&text) {
                    held.push(document);
                }
            }
            documents = held;
        }
        Ok(documents)
    }

    /// The documents or records, by tantivy's numbers and in order, that have a value. `whole` asks for the value itself
    /// and not for a part of it.
    pub(super) fn valued(
        &self,
        segment: &Segment,
        field: usize,
        value: &str,
        whole: bool,
        absent: &mut Absent,
    ) -> Result<Vec<u32>, Error> {
        let (Some(spec), Some(id)) = (self.schema.fields.get(field), segment.layout.values.get(field)) else {
            return Ok(Vec::new());
        };
        if spec.matching == Matching::Title {
            return self.titled(segment, value, absent);
        }
        let index = segment.reader.inverted_index(*id)?;
        let mut wanted = vec![Wanted::new(value, spec.matching, whole)];
        if spec.matching == Matching::Part && !whole {
            let value = crate::normalize(value);
            let others = variants::exchanges(&value, &self.schema);
            wanted.extend(
                others.iter().map(|(from, to)| Wanted::new(&value.replacen(from, to, 1), spec.matching, whole)),
            );
        }
        let mut found = Vec::new();
        let mut terms = index.terms().stream()?;
        while let Some((term, info)) = terms.next() {
            let term = std::str::from_utf8(term).unwrap_or_default();
            if wanted.iter().any(|wanted| wanted.holds(term))
                && let Some(documents) = absent.put_off(documents(&index, info))?
            {
                found.extend(documents.into_iter().map(|(document, _)| document));
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}

/// The documents of a term with the number of times it stands in each.
fn documents(index: &InvertedIndexReader, info: &TermInfo) -> Result<Vec<(u32, u32)>, Error> {
    let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
    let mut found = Vec::with_capacity(info.doc_freq as usize);
    let mut document = postings.doc();
    while document != TERMINATED {
        found.push((document, postings.term_freq()));
        document = postings.advance();
    }
    Ok(found)
}

/// The documents of either; of both the better score, and settled if either settles it.
pub(super) fn union(left: Vec<Entry>, right: Vec<Entry>) -> Vec<Entry> {
    if left.is_empty() {
        return right;
    }
    let mut all = left;
    all.extend(right);
    all.sort_by(|a, b| a.document.cmp(&b.document).then(b.score.total_cmp(&a.score)));
    all.dedup_by(|other, kept| {
        let same = other.document == kept.document;
        if same {
            kept.certain |= other.certain;
            kept.title = kept.title.max(other.title);
        }
        same
    });
    all
}

/// A wanted value of a field, as values are indexed.
enum Wanted {
    Part(String),
    Whole(String),
    /// Without leading zeros.
    Number(String),
    From(String, String),
    Begins(String),
}

impl Wanted {
    fn new(value: &str, matching: Matching, whole: bool) -> Self {
        match matching {
            Matching::Part if whole => Wanted::Whole(key(value)),
            Matching::Part | Matching::Title => Wanted::Part(key(value)),
            Matching::Whole => Wanted::Number(key(value).trim_start_matches('0').into()),
            Matching::Range => match ["..", "~", "至", "—", "～"].iter().find_map(|mark| value.split_once(mark)) {
                Some((from, to)) => Wanted::From(date(from), date(to)),
                None => Wanted::Begins(date(value)),
            },
        }
    }

    fn holds(&self, term: &str) -> bool {
        match self {
            Wanted::Part(part) => term.contains(part.as_str()),
            Wanted::Whole(whole) => term == whole,
            Wanted::Number(number) => term.trim_start_matches('0') == number,
            Wanted::From(from, to) => {
                term >= from.as_str() && (to.is_empty() || term.get(..to.len()).unwrap_or(term) <= to.as_str())
            }
            Wanted::Begins(start) => term.starts_with(start.as_str()),
        }
    }
}

/// The digits of a year or date, months and days of two: 2018年6月 → 201806.
fn date(value: &str) -> String {
    let value = crate::normalize(value);
    let numbers = value.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    numbers.enumerate().map(|(place, number)| if place > 0 { format!("{number:0>2}") } else { number.into() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_compared_as_their_field_says() {
        for (matching, wanted, value, holds) in [
            (Matching::Part, "民政局", "市民政局", true),
            (Matching::Part, "吉市政办发[2017]48号", "吉市政办发〔2017〕48号", true),
            (Matching::Part, "2017", "吉市政办发〔2017〕48号", true),
            (Matching::Part, "财政局", "市民政局", false),
            (Matching::Whole, "97", "0097", true),
            (Matching::Whole, "0097", "97", true),
            (Matching::Whole, "9", "0097", false),
            (Matching::Range, "2018..2020", "2019", true),
            (Matching::Range, "2018..2020", "2020-12-31", true),
            (Matching::Range, "2018..2020", "2021", false),
            (Matching::Range, "..2018-06-30", "2018-06-30", true),
            (Matching::Range, "..2018-06-30", "2018-07-01", false),
            (Matching::Range, "2018年6月..", "2018-06-01", true),
            (Matching::Range, "2018年6月..", "2018-05-31", false),
            (Matching::Range, "2018-06", "2018-06-30", true),
            (Matching::Range, "2018年6月", "2018-07-30", false),
        ] {
            assert_eq!(Wanted::new(wanted, matching, false).holds(&key(value)), holds, "{wanted} {value}");
        }
    }
}
