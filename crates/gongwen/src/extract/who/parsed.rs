//! What the words of an annotation, a label line or a cell say, before roles are settled.

use super::words::Role;
use crate::Span;
use crate::extract::kit::organ::side_by_side;
use crate::extract::when::Deadline;

/// Longest inside that is read, in bytes; a longer one assigns nothing and is kept as unparsed.
pub(super) const LONGEST: usize = 6000;

/// Names under one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// Lead, Support, Joint, Implement or Responsible.
    pub(super) role: Role,
    pub(super) names: Vec<Span>,
    /// True where the names are declared for the later clauses as well.
    pub(super) standing: bool,
    /// True where 等 follows the names.
    pub(super) open: bool,
}

/// What the words of an annotation say before roles are settled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parsed {
    pub(super) groups: Vec<Group>,
    /// Names without any role word, where there is nothing but names.
    pub(super) bare: Vec<Span>,
    pub(super) open_ended: bool,
    pub(super) due: Option<Deadline>,
    /// 列第一位者为牵头单位 is said here.
    pub(super) first_leads: bool,
    /// 下同 is said here.
    pub(super) ditto: bool,
    /// The rules hold in this chapter only: 本章下同.
    pub(super) chapter: bool,
    /// Words that have no place.
    pub(super) unparsed: Vec<Span>,
}

impl Parsed {
    /// All names of all groups.
    pub(super) fn names(&self) -> impl Iterator<Item = &Span> {
        self.groups.iter().flat_map(|g| &g.names).chain(&self.bare)
    }

    /// Parts the names that stand side by side without a mark, in a cell or where a reader lost the gap.
    pub(super) fn part_side_by_side(&mut self, text: &str) {
        for list in self.groups.iter_mut().map(|g| &mut g.names).chain([&mut self.bare]) {
            let parted = list.iter().flat_map(|name| {
                let parts = side_by_side(text.get(name.range()).unwrap_or(""));
                parts.into_iter().map(|r| Span::new(name.block, name.start + r.start..name.start + r.end))
            });
            *list = parted.collect();
        }
    }

    /// Takes in what another line of the same assignment says.
    pub(super) fn absorb(&mut self, other: Parsed) {
        self.groups.extend(other.groups);
        self.bare.extend(other.bare);
        self.open_ended |= other.open_ended;
        self.due = self.due.or(other.due);
        self.first_leads |= other.first_leads;
        self.ditto |= other.ditto;
        self.chapter |= other.chapter;
        self.unparsed.extend(other.unparsed);
    }
}
