//! What a search answers.

use std::ops::Range;

use serde::Serialize;
use serde_json::Value;

use crate::document::Role;

/// How to search.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many results to show, 0 for all.
    pub limit: usize,
    /// How many results to leave out before the first shown.
    pub offset: usize,
    /// How many passages to show of a document.
    pub passages: usize,
    /// Whether to count the values of facets.
    pub facets: bool,
    /// Filters besides the query's. Several values of one field are alternatives.
    pub filters: Vec<Filter>,
}

/// A filter that is no part of a query's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The name of a field.
    pub field: String,
    /// A value of it, or, for a field of years or dates, a range.
    pub value: String,
    /// True where only the value itself will do; else a part of a value does wherever it would in a query.
    pub whole: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { limit: 10, offset: 0, passages: 3, facets: false, filters: Vec::new() }
    }
}

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Response {
    /// The documents, best first.
    pub results: Vec<Hit>,
    /// How many documents there are in all.
    pub total: usize,
    /// Whether `total` is exact; it is an upper bound for rare queries with punctuation, until all are asked for.
    pub total_exact: bool,
    /// The values of facets among all results.
    pub facets: Vec<Facet>,
    /// What the reader should know.
    pub notices: Vec<Notice>,
    /// Other queries that find something, when this one does not.
    pub suggestions: Vec<String>,
}

/// How a document fulfils a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Matched {
    /// Every phrase stands in it.
    Exactly,
    /// Every word stands in it, but not every phrase as it was typed.
    Scattered,
    /// Some of the words stand in it.
    Partly,
}

/// A document that fulfils a query.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// Its id.
    pub id: String,
    /// The address of its page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The bytes of the title to highlight.
    pub title_marks: Vec<Range<usize>>,
    /// Its number.
    pub number: Option<String>,
    /// What the caller gave to be shown.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub extra: Value,
    /// How well it fulfils the query; comparable within one response.
    pub score: f32,
    /// How it does.
    pub matched: Matched,
    /// How often what was searched for stands in it; in a long document, in the part that was read for the passages.
    pub hits: usize,
    /// Its best passages, best first.
    pub passages: Vec<PassageHit>,
}

/// A passage of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PassageHit {
    /// Its outline path.
    pub path: String,
    /// The heading it stands under, if it is not that itself.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Its anchor on the document's page.
    pub anchor: String,
    /// What it is.
    pub role: Role,
    /// The part of it to show, cut at sentences where that is possible.
    pub excerpt: String,
    /// The bytes of the excerpt to highlight.
    pub marks: Vec<Range<usize>>,
    /// How well it fulfils the query; comparable within one document.
    pub score: f32,
}

/// How many of the results have each value of a field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Facet {
    /// The field's name.
    pub field: String,
    /// Its values as printed with their numbers, most frequent first.
    pub values: Vec<(String, usize)>,
}

/// What a reader should know about an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "notice")]
pub enum Notice {
    /// Another name of the same was searched for too.
    Synonym {
        /// As typed.
        from: String,
        /// What was searched for too.
        to: String,
    },
    /// Few or no documents hold the phrases as typed; those that hold all words follow.
    Scattered,
    /// No document holds all words; those that hold the most are shown.
    Partly,
    /// The query had more conditions than can be answered; the last ones were left out.
    Cut,
}

/// Records that fulfil a query.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Records {
    /// The records in the order in which they were added.
    pub results: Vec<RecordHit>,
    /// How many there are in all.
    pub total: usize,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

/// A record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordHit {
    /// Its id.
    pub id: String,
    /// What the caller gave to be shown.
    pub extra: Value,
}
