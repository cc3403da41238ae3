//! 公文: a document of the site, and what its page marks.

use gongwen::extract::Relation;
use gongwen::extract::unread::Unread;
use gongwen::layout::Role as Element;
use gongwen::{BlockKind, Contact, Document, Outline, Reply, Span};
use jiff::civil::Date;

use super::RegionRef;

/// A document of the site with all that was read from it.
#[derive(Debug)]
pub struct Policy {
    /// Its file, relative to the site's root, with `/`.
    pub file: String,
    /// The content file that it was read from: index into [`crate::project::Project::files`].
    pub loaded: usize,
    /// The text. What it says of itself stands in `facts`.
    pub document: Document,
    /// 公文要素: which element of GB/T 9704-2012 each block is, one for every block.
    pub elements: Vec<Element>,
    /// Its clauses.
    pub outline: Outline,
    /// What it says of itself.
    pub facts: Facts,
    /// Every stretch of text that a page marks or links, in order, an outer one before those inside it; none crosses
    /// another.
    pub marks: Vec<Mark>,
    /// What looks like a task and gave no obligation.
    pub unread: Vec<Unread>,
    /// Its obligations: indices into [`super::Corpus::obligations`].
    pub obligations: std::ops::Range<usize>,
    /// Its instrument: index into [`super::Corpus::instruments`].
    pub instrument: Option<usize>,
    /// In a reply, the organs that other sections answer for (协办单位): indices into [`super::Corpus::organs`].
    pub consulted: Vec<usize>,
}

impl Policy {
    /// The block of the document's own title.
    pub fn title_block(&self) -> Option<usize> {
        self.title_blocks().next()
    }

    /// The block of the title of the one instrument that the document issues or forwards.
    pub fn attached_title_block(&self) -> Option<usize> {
        let mut later = self.title_blocks().skip(1);
        later.next().filter(|_| later.next().is_none())
    }

    fn title_blocks(&self) -> impl Iterator<Item = usize> {
        let blocks = self.document.blocks.iter().enumerate();
        blocks.filter(|(_, b)| b.kind == BlockKind::Title).map(|(i, _)| i)
    }
}

/// What a document says of itself, resolved. The fields are those of `data/documents.json`.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[allow(missing_docs)] // the data contract describes the fields
pub struct Facts {
    pub id: String,
    pub url: String,
    pub title: String,
    pub title_inferred: bool,
    /// True where neither the text nor the front matter has a title, and something else stands in its place.
    pub untitled: bool,
    pub attached_title: Option<String>,
    pub number: Option<String>,
    pub kind: Option<String>,
    pub issuers: Vec<String>,
    pub date: Option<Date>,
    pub published: Option<Date>,
    pub index_no: Option<String>,
    pub addressees: Vec<String>,
    pub cc: Vec<String>,
    pub contact: Option<Contact>,
    pub printed_by: Option<String>,
    pub printed_date: Option<Date>,
    pub disclosure: Option<String>,
    /// What the publisher prints of its validity: 有效, 已废止 …
    pub stated_validity: Option<String>,
    /// The file that it was imported from.
    pub source: Option<SourceFile>,
    pub region: Option<RegionRef>,
    pub reply: Option<Reply>,
    pub citations: Vec<Citation>,
}

/// The file that a document was imported from.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct SourceFile {
    /// Its name.
    pub file: String,
    /// The name of its format.
    pub format: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// An instrument that a document cites, at its first mention.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Citation {
    /// As printed.
    pub title: Option<String>,
    /// As printed.
    pub number: Option<String>,
    /// The issuers printed outside 《》, as one text; `None` where none are.
    pub issuers: Option<String>,
    /// What for.
    pub relation: Relation,
    /// The clause.
    pub path: String,
    /// Id of the instrument that is meant.
    pub instrument: String,
}

/// What a stretch of text is to the reader of a page.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Mark {
    /// The words.
    pub span: Span,
    /// What they are.
    pub kind: MarkKind,
}

/// See [`Mark`].
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum MarkKind {
    /// A mention of an instrument: index into [`super::Corpus::instruments`].
    Citation(usize),
    /// The words of an assignment: index into [`super::Corpus::obligations`].
    Annotation(usize),
    /// The words of a target, a duty or a commitment: index into [`super::Corpus::obligations`].
    Obligation(usize),
    /// A deadline: its last day.
    Deadline(Option<Date>),
    /// Words that point at another place of the document: that clause's path.
    Reference(String),
}
