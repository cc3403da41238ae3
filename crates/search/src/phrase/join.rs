//! Finds the documents in which the elements of a phrase stand together.

use tantivy::{
    DocSet, InvertedIndexReader, TERMINATED,
    postings::{Postings, SegmentPostings},
    schema::IndexRecordOption,
};

use super::cover::{Cover, Element};
use crate::{Error, error::is_absent};

/// The documents that hold a phrase.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// Documents in order, with the number of times they hold it.
    pub documents: Vec<(u32, u32)>,
    /// Where it stands in each of them, if that was asked for or had to be worked out.
    pub places: Option<Vec<Vec<u32>>>,
    /// Whether some of the documents may not hold it after all, which their text will tell.
    pub doubtful: bool,
}

/// What is to be found out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// The number of documents; ids from there on are records.
    pub documents: u32,
    /// How many bytes the text of a document takes on average: reading that is the other way to settle a doubt.
    pub text: usize,
    /// Whether the places are wanted whatever they cost.
    pub places: bool,
}

/// Positions of less than this many bytes are fetched together with the documents.
const EAGER: usize = 32 << 10;

/// The places of a single word are worth this many bytes: they say which part of a text to fetch.
const CHEAP: usize = 12 << 10;

/// A set of documents.
struct Set(Vec<u64>);

impl Set {
    fn new(documents: u32) -> Self {
        Set(vec![0; documents.div_ceil(64) as usize])
    }

    fn insert(&mut self, document: u32) {
        if let Some(word) = self.0.get_mut((document >> 6) as usize) {
            *word |= 1 << (document & 63);
        }
    }

    fn intersect(&mut self, other: &Set) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0u32..).zip(&self.0).flat_map(|(index, word)| {
            let mut word = *word;
            std::iter::from_fn(move || {
                (word != 0).then(|| {
                    let bit = word.trailing_zeros();
                    word &= word - 1;
                    index * 64 + bit
                })
            })
        })
    }
}

/// Opens the postings of every term of an element; what is absent is asked for together.
fn open(
    index: &InvertedIndexReader,
    element: &Element,
    option: IndexRecordOption,
) -> Result<Vec<SegmentPostings>, Error> {
    let mut opened = Vec::with_capacity(element.terms.len());
    let mut absent = None;
    for (_, info, _) in &element.terms {
        match index.read_postings_from_terminfo(info, option) {
            Ok(postings) => opened.push(postings),
            Err(error) if is_absent(&error) => absent = Some(error),
            Err(error) => return Err(error.into()),
        }
    }
    absent.map_or(Ok(opened), |error| Err(error.into()))
}

/// The documents that hold one of an element's terms, with the highest number of times one of them stands there.
fn documents(postings: Vec<SegmentPostings>) -> Vec<(u32, u32)> {
    let single = postings.len() == 1;
    let mut found = Vec::new();
    for mut postings in postings {
        let mut document = postings.doc();
        while document != TERMINATED {
            found.push((document, postings.term_freq()));
            document = postings.advance();
        }
    }
    if !single {
        found.sort_unstable_by_key(|(document, times)| (*document, std::cmp::Reverse(*times)));
        found.dedup_by_key(|(document, _)| *document);
    }
    found
}

/// Where an element says that the phrase starts, in each of some documents (in order).
fn places(postings: Vec<SegmentPostings>, element: &Element, documents: &[u32]) -> Vec<Vec<u32>> {
    let mut places: Vec<Vec<u32>> = vec![Vec::new(); documents.len()];
    let mut positions = Vec::new();
    for (mut postings, (_, _, delta)) in postings.into_iter().zip(&element.terms) {
        let mut index = 0;
        while let Some(wanted) = documents.get(index) {
            let at = if postings.doc() < *wanted { postings.seek(*wanted) } else { postings.doc() };
            if at == TERMINATED {
                break;
            }
            if at > *wanted {
                index += documents[index..].partition_point(|document| *document < at);
                continue;
            }
            postings.positions(&mut positions);
            places[index].extend(positions.iter().filter_map(|at| u32::try_from(i64::from(*at) + delta).ok()));
            index += 1;
        }
    }
    if element.terms.len() > 1 {
        for places in &mut places {
            places.sort_unstable();
            places.dedup();
        }
    }
    places
}

/// Finds the documents that hold a phrase. `Err(Error::Io)` of kind `WouldBlock` when chunks are absent.
pub(crate) fn find(index: &InvertedIndexReader, cover: &Cover, wanted: Wanted) -> Result<Found, Error> {
    if cover.elements.is_empty() {
        // Nothing of it is indexed: every document may hold it.
        let documents = (0..wanted.documents).map(|document| (document, 1)).collect();
        return Ok(Found { documents, places: None, doubtful: !cover.whole });
    }
    if cover.elements.iter().any(|element| element.terms.is_empty()) {
        return Ok(Found::default());
    }
    let total: usize = cover.elements.iter().map(Element::positions).sum();
    let places_wanted = wanted.places || cover.elements.len() == 1 && total < CHEAP;
    let first = if places_wanted || cover.elements.len() > 1 && total < EAGER {
        IndexRecordOption::WithFreqsAndPositions
    } else {
        IndexRecordOption::WithFreqs
    };
    let opened: Vec<_> = cover.elements.iter().map(|element| open(index, element, first)).collect();
    let mut common: Option<Set> = None;
    let mut frequencies = Vec::new();
    for postings in opened {
        let found = documents(postings?);
        let mut set = Set::new(wanted.documents);
        found.iter().for_each(|(document, _)| set.insert(*document));
        match &mut common {
            None => {
                frequencies = found;
                common = Some(set);
            }
            Some(common) => common.intersect(&set),
        }
    }
    let Some(common) = common else { return Ok(Found::default()) };
    if cover.elements.len() == 1 && !places_wanted {
        return Ok(Found { documents: frequencies, places: None, doubtful: !cover.whole });
    }

    let mut left: Vec<u32> = common.iter().collect();
    let mut order: Vec<&Element> = cover.elements.iter().collect();
    order.sort_by_key(|element| element.positions());
    let mut starts: Option<Vec<Vec<u32>>> = None;
    let mut doubtful = !cover.whole;
    let mut rest = total;
    for element in order {
        if left.is_empty() {
            break;
        }
        // Few documents are left, and reading them is cheaper than reading where a frequent word stands everywhere.
        if starts.is_some() && !wanted.places && rest > left.len() * wanted.text {
            doubtful = true;
            break;
        }
        rest -= element.positions();
        let postings = open(index, element, IndexRecordOption::WithFreqsAndPositions)?;
        let mut found = places(postings, element, &left);
        if let Some(before) = &starts {
            for (found, before) in found.iter_mut().zip(before) {
                found.retain(|place| before.binary_search(place).is_ok());
            }
        }
        let kept = left.iter().zip(found).filter(|(_, places)| !places.is_empty());
        let (documents, places): (Vec<u32>, Vec<Vec<u32>>) = kept.map(|(document, places)| (*document, places)).unzip();
        left = documents;
        starts = Some(places);
    }
    let starts = starts.unwrap_or_default();
    let documents = left.into_iter().zip(&starts).map(|(document, places)| (document, places.len() as u32)).collect();
    Ok(Found { documents, places: Some(starts), doubtful })
}
