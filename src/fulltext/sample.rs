//! 自测: whether a site's index finds its documents by their own words, asked as a browser asks.

use std::path::Path;

use rayon::prelude::*;
use search::Error;

use super::answer::{Question, Remote};
use super::text::Text;
use crate::corpus::{Corpus, Policy};
use crate::random::Random;

/// How long a phrase is, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=12;
/// How many phrases are tried on a site in all, and of one document at most.
const PHRASES: usize = 600;
const OF_ONE: usize = 20;

/// A document that was not found by a phrase of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Index into [`Corpus::documents`].
    pub document: usize,
    /// The phrase.
    pub phrase: String,
}

/// Tries the index in `folder` with phrases of 2 to 12 characters from every document of `corpus`, at places that are
/// random but the same every time. The documents that were not found, by number.
///
/// # Errors
/// Where the index cannot be read.
pub fn lost(corpus: &Corpus, folder: &Path) -> Result<Vec<Lost>, Error> {
    let each = (PHRASES / corpus.documents.len().max(1)).clamp(1, OF_ONE);
    let numbers: Vec<usize> = (0..corpus.documents.len()).collect();
    // A thread is one reader, who has fetched what the queries before needed.
    let share = numbers.len().div_ceil(rayon::current_num_threads()).max(1);
    let lost: Vec<Vec<Lost>> = numbers
        .par_chunks(share)
        .map(|some| {
            let index = Remote::open(folder)?;
            let mut lost = Vec::new();
            for &document in some {
                let policy = &corpus.documents[document];
                for phrase in phrases(&text(policy), document as u64, each) {
                    let narrowed = vec![("id".to_owned(), policy.facts.id.clone())];
                    let question = Question { query: format!("\"{phrase}\""), limit: 1, offset: 0, narrowed };
                    if index.ask(&question)?.results.is_empty() {
                        lost.push(Lost { document, phrase });
                    }
                }
            }
            Ok(lost)
        })
        .collect::<Result<_, Error>>()?;
    Ok(lost.concat())
}

/// The whole of a document as it is searched: title, number and text.
pub fn text(policy: &Policy) -> String {
    let number = policy.facts.number.as_deref().unwrap_or_default();
    format!("{}\n{number}\n{}", policy.facts.title, Text::of(policy, &[]).text)
}

/// So many phrases of a text. Quotation marks would end the query's own, and a phrase of nothing but marks says nothing.
pub fn phrases(text: &str, seed: u64, count: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut random = Random(seed);
    let mut phrases = Vec::new();
    for _ in 0..count * 4 {
        let length = LENGTHS.start() + random.below(LENGTHS.end() - LENGTHS.start() + 1);
        let start = random.below(chars.len().saturating_sub(length).max(1));
        let phrase: String = chars[start..chars.len().min(start + length)].iter().collect();
        let quoted = phrase.contains(['"', '“', '”', '＂', '「', '」', '『', '』']);
        if !quoted && phrase.chars().filter(|c| c.is_alphanumeric()).count() >= 2 {
            phrases.push(phrase);
            if phrases.len() == count {
                break;
            }
        }
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fulltext::write;
    use crate::project::Project;

    #[test]
    fn a_document_that_the_index_lacks_is_lost() -> Result<(), Error> {
        let city = || Project::of_case("yunhe").corpus;
        let (whole, mut part) = (city(), city());
        let folder = tempfile::tempdir()?;
        let folder = folder.path();
        write(&whole, &folder.join("whole"), folder, None)?;
        assert_eq!(lost(&whole, &folder.join("whole"))?, []);

        let last = whole.documents.len() - 1;
        part.documents.truncate(last);
        write(&part, &folder.join("part"), folder, None)?;
        let missed = lost(&whole, &folder.join("part"))?;
        assert_eq!(missed.len(), OF_ONE);
        assert!(missed.iter().all(|l| l.document == last));
        Ok(())
    }

    #[test]
    fn phrases_are_of_the_text_and_the_same_every_time() {
        let text = "一、总体要求\n到2020年，“互联网+”服务覆盖80%以上的社区；（市民政局牵头）。".repeat(3);
        let found = phrases(&text, 7, 20);
        assert_eq!(found, phrases(&text, 7, 20));
        assert_ne!(found, phrases(&text, 8, 20));
        assert_eq!(found.len(), 20);
        assert!(found.iter().all(|p| text.contains(p.as_str()) && LENGTHS.contains(&p.chars().count())), "{found:?}");
        assert_eq!(phrases("", 1, 5), Vec::<String>::new());
        assert_eq!(phrases("。", 1, 5), Vec::<String>::new());
    }
}
