//! What a caller gives to be indexed.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The fields that documents and records can be filtered by, in the order in which facets are listed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Schema {
    /// The fields.
    pub fields: Vec<Field>,
    /// Names that mean one thing (卫健委, 卫生计生委, 卫生健康委员会): a search for one of a group finds the others too.
    #[serde(default)]
    pub synonyms: Vec<Vec<String>>,
}

/// One field to filter by: 牵头:市民政局 in a query.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Field {
    /// Its name, used in queries too: `lead`.
    pub name: String,
    /// Further names in queries: 牵头, 牵头单位.
    #[serde(default)]
    pub labels: Vec<String>,
    /// How a value is compared.
    pub matching: Matching,
    /// Whose field it is.
    pub scope: Scope,
    /// Whether the results are counted by its values.
    #[serde(default)]
    pub facet: bool,
}

/// How the value of a filter is compared with the values of documents, both normalised and without punctuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matching {
    /// A part is enough: 民政局 finds 市民政局.
    Part,
    /// The whole value, leading zeros aside: 97 finds 0097.
    Whole,
    /// Years and ISO dates: 2018, 2018-06, 2018..2020, ..2018-06-30.
    Range,
    /// A phrase that stands in the title. The field has no values of its own.
    Title,
}

/// Whose field it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// A document's.
    Document,
    /// A record's. Several filters by fields of records must hold for one and the same record.
    Record,
}

/// A document to index.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its id, unique in the index.
    pub id: String,
    /// The address of its page.
    pub url: String,
    /// Its title, searched with the text and worth more than it.
    pub title: String,
    /// Its number, searched with the text like the title.
    pub number: Option<String>,
    /// Its text, paragraphs parted by line feeds.
    pub text: String,
    /// Its passages in order of start; what lies before the first belongs to the whole document.
    pub passages: Vec<Passage>,
    /// Values of fields of [`Scope::Document`], by the field's name; a field may have several.
    pub values: Vec<(String, String)>,
    /// Its records.
    pub records: Vec<Record>,
    /// Whatever a result shows beyond this; given back as it is.
    pub extra: Value,
}

/// A part of a document that a result can lead to: a clause, a table row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The byte of the document's text at which it starts.
    pub start: usize,
    /// What it is.
    pub role: Role,
    /// Its outline path, 一/（一）.
    pub path: String,
    /// The heading it stands under, shown with its path; empty where it has none or is the heading itself.
    pub label: String,
    /// The anchor on the document's page, without `#`.
    pub anchor: String,
}

/// What a passage is; a hit in a heading leads before one in the text, one in the apparatus comes last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The title or the number. Made by the engine.
    Title,
    /// A clause that begins with its heading, or a heading.
    Heading,
    /// A clause, a paragraph, a table row.
    #[default]
    Text,
    /// Addressees, signature, notes on the print.
    Apparatus,
}

impl Role {
    /// What a hit in such a passage is worth.
    pub(crate) fn weight(self) -> f32 {
        match self {
            Role::Title => 0.0,
            Role::Heading => 1.3,
            Role::Text => 1.0,
            Role::Apparatus => 0.6,
        }
    }
}

/// A statement of a document that is searched by itself: an obligation.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Its id, unique in the index.
    pub id: String,
    /// The bytes of the document's text that it stands in; its words are searched there.
    pub span: Range<usize>,
    /// Values of fields of [`Scope::Record`], by the field's name.
    pub values: Vec<(String, String)>,
    /// Whatever a result shows; given back as it is.
    pub extra: Value,
}
