//! 应答: what somebody asks of a site's index, and the answer as `zhengku search` and `/api/search` write it.

use std::path::{Path, PathBuf};

use search::{Error, Hit, Index, Options, Response};
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
        let options = Options { limit: self.limit, offset: self.offset, ..Options::default() };
        index.search(&self.whole(), &options)
    }

    /// The query and what narrows it, in the one query language.
    fn whole(&self) -> String {
        let mut whole = self.query.clone();
        let mut last = None;
        let mut narrowed: Vec<&(String, String)> = self.narrowed.iter().collect();
        narrowed.sort_by_key(|(field, _)| field);
        for (field, value) in narrowed {
            let or = if last == Some(field) { " OR" } else { "" };
            whole.push_str(&format!("{or} {field}:\"{}\"", value.replace('"', " ")));
            last = Some(field);
        }
        whole
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

    #[test]
    fn what_narrows_a_query_is_said_in_its_language() {
        let narrowed = [("region", "台州市"), ("kind", "通知"), ("region", "吉林 \"市\"")];
        let narrowed = narrowed.map(|(f, v)| (f.to_owned(), v.to_owned())).to_vec();
        let question = Question { query: "养老".to_owned(), narrowed, ..Question::default() };
        assert_eq!(question.whole(), "养老 kind:\"通知\" region:\"台州市\" OR region:\"吉林  市 \"");
    }
}
