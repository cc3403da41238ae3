//! 检索式: what a reader types, as conditions.
//!
//! Whatever is typed is a query; what looks like an operator and is none is searched as text.

mod parse;

use crate::normalize::Class;

/// A query: every group must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Query {
    pub groups: Vec<Group>,
    /// Whether conditions were left out because there were too many.
    pub cut: bool,
}

/// One of the alternatives must hold, or, where the group is negated, none may.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    pub negated: bool,
    pub any: Vec<Condition>,
}

impl Group {
    /// Whether it asks for nothing but punctuation, and not in quotation marks.
    fn is_mark(&self) -> bool {
        let mark = |c: &char| Class::of(*c) == Class::Mark;
        let is_mark = |any: &Condition| matches!(any, Condition::Text(p) if !p.exact && p.chars.iter().all(mark));
        self.any.iter().all(is_mark)
    }
}

/// A condition on a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Condition {
    /// Its text holds a phrase.
    Text(Phrase),
    /// A field has a value.
    Value {
        /// Which field of the schema.
        field: usize,
        /// The value as it was typed.
        value: String,
        /// True where a part of a value does not do.
        whole: bool,
    },
}

/// A phrase to find.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Phrase {
    /// As it was typed.
    pub print: String,
    /// Normalised.
    pub chars: Vec<char>,
    /// Whether it was put in quotation marks: then nothing but the phrase itself is looked for.
    pub exact: bool,
}

impl Phrase {
    pub(crate) fn new(print: &str, exact: bool) -> Self {
        let chars = crate::normalize::Normalized::new(print).chars;
        Phrase { print: print.into(), chars, exact }
    }
}
