//! 应答: what somebody asks of a site's index, and the answer as `zhengku search` and `/api/search` write it.

use std::path::{Path, PathBuf};

use search::{Error, Filter, Hit, Index, Options, Response};
use serde::{Deserialize, Serialize};

/// How many documents an answer lists where nobody says.
pub const LIMIT: usize = 10;

/// The values that a query is narrowed by, besides what it says itself: the name of a field and a value of it.
pub const NARROWING: [&str; 5] = ["kind", "region", "year", "organ", "deadline"];

/// What somebody asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The query as typed.
    pub query: String,
    /// How many documents to list, 0 for all.
    pub limit: usize,
    /// How many to leave out before them.
    pub offset: usize,
    /// Fields and the values asked for. Of one field any value will do; of different fields all must hold.
    pub narrowed: Vec<(String, String)>,
}

impl Default for Question {
    fn default() -> Self {
        Question { query: String::new(), limit: LIMIT, offset: 0, narrowed: Vec::new() }
    }
}

impl Question {
    /// Asks an index.
    ///
    /// # Errors
    /// Where the index is damaged; no question is wrong.
    pub fn ask(&self, index: &Index) -> Result<Response, Error> {
        let filters = self.narrowed.iter().map(|(field, value)| Filter {
            field: field.clone(),
            value: value.clone(),
            whole: false,
        });
        let options =
            Options { limit: self.limit, offset: self.offset, filters: filters.collect(), ..Options::default() };
        index.search(&self.query, &options)
    }
}

/// Opens the index of the site in `output`. `None` where it has none.
///
/// # Errors
/// Where the index cannot be read.
pub fn open(output: &Path) -> Result<Option<Index>, Error> {
    let folder = output.join(super::FOLDER);
    if folder.join("index.json").is_file() { Index::open(&folder).map(Some) } else { Ok(None) }
}

/// Opens an index as a browser does: from its hot bundle, with every other file fetched when an answer needs it.
pub struct Remote {
    index: Index,
    chunks: PathBuf,
}

impl Remote {
    /// Opens the index in `folder`.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn open(folder: &Path) -> Result<Remote, Error> {
        let pointer: Pointer = serde_json::from_slice(&std::fs::read(folder.join("index.json"))?)?;
        let index = Index::open_bundle(std::fs::read(folder.join(pointer.hot))?)?;
        Ok(Remote { index, chunks: folder.join("chunks") })
    }

    /// Answers a question.
    ///
    /// # Errors
    /// Where a file is missing or damaged.
    pub fn ask(&self, question: &Question) -> Result<Response, Error> {
        loop {
            match question.ask(&self.index) {
                Err(Error::Missing(names)) => {
                    for name in names {
                        self.index.supply(&name, std::fs::read(self.chunks.join(&name))?);
                    }
                }
                answer => return answer,
            }
        }
    }
}

/// What `index.json` says.
#[derive(Deserialize)]
struct Pointer {
    hot: String,
}

/// A document of an answer.
#[derive(Serialize)]
struct Document<'a> {
    document: &'a str,
    number: Option<&'a str>,
    title: &'a str,
    url: &'a str,
    score: f64,
    passages: Vec<Passage<'a>>,
    hits: usize,
}

#[derive(Serialize)]
struct Passage<'a> {
    path: &'a str,
    anchor: &'a str,
    excerpt: &'a str,
    score: f64,
}

/// To three places: the rest differs between processors.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}

impl<'a> Document<'a> {
    fn of(hit: &'a Hit) -> Self {
        let passages = hit.passages.iter().map(|p| Passage {
            path: &p.path,
            anchor: &p.anchor,
            excerpt: &p.excerpt,
            score: rounded(p.score),
        });
        Document {
            document: &hit.id,
            number: hit.number.as_deref(),
            title: &hit.title,
            url: &hit.url,
            score: rounded(hit.score),
            passages: passages.collect(),
            hits: hit.hits,
        }
    }
}

/// The documents of an answer as a JSON array, one a line, as `docs/data.md` describes it.
///
/// # Errors
/// None that are known: what an answer holds can be written.
pub fn json(response: &Response) -> serde_json::Result<String> {
    let lines: Vec<String> =
        response.results.iter().map(|hit| serde_json::to_string(&Document::of(hit))).collect::<Result<_, _>>()?;
    Ok(if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fulltext::write;
    use crate::project::Project;

    /// A value is taken as it is: quotation marks in it end nothing, and a part of it does as in a query.
    #[test]
    fn what_narrows_a_query_is_no_part_of_its_text() -> Result<(), Error> {
        let mut corpus = Project::of_case("yunhe").corpus;
        let all = corpus.documents.len();
        corpus.documents[0].facts.kind = Some("“试点”\"方案\"".to_owned());
        let folder = tempfile::tempdir()?;
        write(&corpus, &folder.path().join("index"), folder.path(), None)?;
        let index = Index::open(&folder.path().join("index"))?;
        let found = |narrowed: &[(&str, &str)]| -> Result<usize, Error> {
            let narrowed = narrowed.iter().map(|(f, v)| ((*f).to_owned(), (*v).to_owned())).collect();
            Ok(Question { query: "养老".to_owned(), narrowed, ..Question::default() }.ask(&index)?.total)
        };
        assert_eq!(found(&[])?, all);
        assert_eq!(found(&[("kind", "\"方案\"")])?, 1);
        assert_eq!(found(&[("kind", "\"函告\"")])?, 0);
        assert_eq!(found(&[("kind", "\"方案\""), ("kind", "通知")])?, 2);
        assert_eq!(found(&[("kind", "通知"), ("region", "青岚县")])?, 0);
        Ok(())
    }
}
