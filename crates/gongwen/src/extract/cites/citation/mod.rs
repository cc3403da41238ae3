//! 引用: which instruments a document names, by what number, and what it does with each.
//!
//! An official who reads "cites" expects instruments of policy: laws, regulations, notices, plans, standards. So a
//! 《title》 is a citation where it ends in a word for a kind of instrument or prints a document number; licences,
//! forms, newspapers and books are not, nor the proposal that a reply answers, nor the document itself. A title of
//! neither sort is kept and marked unsure, so that nothing is lost and a list of sure ones stays clean.
//!
//! `items` finds titles and numbers, `title` judges titles, `relation` reads the cue words, `reader` joins
//! the places that name one instrument; the words are in `words/citation.toml`. Only [`citations`] is called from outside.

mod items;
mod reader;
mod relation;
mod title;
mod words;

use crate::extract::Name;
use crate::number::{DocumentNumber, normalise_number};
use crate::{BlockKind, Document, Outline, Span};
use reader::Reader;

/// What a document does with an instrument that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Relation {
    /// 依据: 根据, 按照, 依照.
    Basis,
    /// 贯彻: 贯彻, 落实.
    Implement,
    /// 转发: the document forwards it.
    Forward,
    /// 印发: the document issues it.
    Issue,
    /// 引用: named in any other way, as in what somebody else issued.
    Mention,
    /// 废止.
    Repeal,
    /// 修改.
    Amend,
}

impl Relation {
    /// All of them, in the order of the open data's description.
    pub const ALL: [Relation; 7] = [
        Relation::Basis,
        Relation::Implement,
        Relation::Forward,
        Relation::Issue,
        Relation::Mention,
        Relation::Repeal,
        Relation::Amend,
    ];

    /// The word of the open data.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Basis => "依据",
            Relation::Implement => "贯彻",
            Relation::Forward => "转发",
            Relation::Issue => "印发",
            Relation::Mention => "引用",
            Relation::Repeal => "废止",
            Relation::Amend => "修改",
        }
    }
}

/// 一件被引用的文件: one distinct instrument that the document names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The title as printed, without 《》 and without blanks that only a page put there.
    pub title: Option<String>,
    /// Where the title was first printed, without 《》.
    pub title_span: Option<Span>,
    /// The number, with 〔〕.
    pub number: Option<String>,
    /// Where the number was first printed.
    pub number_span: Option<Span>,
    /// Who issued it, where that is printed outside 《》: 国家卫生健康委等11个部门.
    pub issuers: Option<Name>,
    /// What this document does with it.
    pub relation: Relation,
    /// Path of the clause that names it first.
    pub path: String,
    /// Every place that names it, from its 《 or number to its end.
    pub mentions: Vec<Span>,
    /// False where nothing but 《》 says that this is an instrument.
    pub sure: bool,
}

/// Every instrument that the document names, in order of first mention, in time linear in its length.
pub fn citations(document: &Document, outline: &Outline) -> Vec<Citation> {
    let mut reader = Reader::new(document);
    for (block, b) in document.blocks.iter().enumerate() {
        if !matches!(b.kind, BlockKind::Title | BlockKind::Rule) {
            reader.block(block, outline.path_at(block));
        }
    }
    reader.into_found()
}

/// The number of a citation in its one form, for those who join citations with documents.
pub fn number_key(number: &str) -> String {
    DocumentNumber::parse(number).map_or_else(|| normalise_number(number), |n| n.key())
}

#[cfg(test)]
mod tests;
