//! 摘取: what a document says, each finding with the span of its words.
//!
//! `who` is responsible, `when` it is due, `what` is aimed at, demanded and promised, what the text `cites`; `tasks` makes one
//! list of all that sets a task; `kit` serves them all. They read a [`crate::Document`] and its [`crate::Outline`] and know nothing of other documents, registries or sites;
//! [`findings`] puts them together.

use crate::{Document, Outline, Span};

pub mod cites;
pub mod kit;
pub mod responsible;
pub mod tasks;
pub mod unread;
pub mod what;
pub mod when;
pub mod who;

pub use cites::{Citation, Reference, Relation, Validity};
pub use kit::{Name, parts};
pub use responsible::{Answers, Responsible};
pub use tasks::{Task, TaskKind, tasks};
pub use what::{Commitment, Duty, Indicator, Op, Target};
pub use when::Deadline;
pub use who::Assignment;

/// Everything that is found in one document, each list in printed order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// 分工: responsibilities assigned by annotations and task tables.
    pub assignments: Vec<Assignment>,
    /// 引用: the instruments that the document names.
    pub citations: Vec<Citation>,
    /// 目标: dated goals and milestones of the text.
    pub targets: Vec<Target>,
    /// 职责: duties of organs and of institutions.
    pub duties: Vec<Duty>,
    /// 承诺: promises of a reply.
    pub commitments: Vec<Commitment>,
    /// 效力: when the document takes effect and until when it holds.
    pub validity: Vec<Validity>,
    /// 文内引用: where the text points at another place of itself.
    pub references: Vec<Reference>,
    /// 协办: the organs whose work a reply's sections report.
    pub consulted: Vec<Name>,
}

/// Reads everything that `document` says, and who answers for what names nobody, in time linear in its length.
///
/// ```
/// use gongwen::{Document, Outline, extract, markdown};
/// let text = "## 一、完善社区服务网络\n\n每个街道建成1所服务中心。（市民政局牵头，市财政局配合）\n";
/// let document = Document { blocks: markdown::read(text).blocks, ..Document::default() };
/// let found = extract::findings(&document, &Outline::of(&document));
/// let task = &found.assignments[0];
/// assert_eq!((task.path.as_str(), task.lead[0].text.as_str()), ("一", "市民政局"));
/// assert_eq!(document.quote(task.lead[0].span), "市民政局");
/// ```
pub fn findings(document: &Document, outline: &Outline) -> Findings {
    let mut found = Findings {
        assignments: who::assignments(document, outline),
        citations: cites::citation::citations(document, outline),
        targets: what::target::targets(document, outline),
        duties: what::duty::duties(document, outline),
        commitments: what::commitment::commitments(document, outline),
        validity: cites::validity::validity(document, outline),
        references: cites::reference::references(document, outline),
        consulted: what::commitment::consulted(document, outline),
    };
    within_no_annotation(&mut found);
    responsible::inherit(document, outline, &mut found);
    found
}

/// Takes out the duties and targets that are an assignment's own words: 由市民政局负责，6月底前完成。
fn within_no_annotation(found: &mut Findings) {
    let mut said: Vec<Span> = found.assignments.iter().flat_map(|a| a.annotation.iter().copied()).collect();
    said.sort_unstable();
    let within = |text: &Span| {
        let before = said.partition_point(|s| (s.block, s.start) <= (text.block, text.start));
        before.checked_sub(1).and_then(|i| said.get(i)).is_some_and(|s| s.block == text.block && text.end <= s.end)
    };
    found.duties.retain(|d| !within(&d.text));
    found.targets.retain(|t| !within(&t.text));
}

#[cfg(test)]
mod gold;
#[cfg(test)]
mod properties;
