//! The resolved corpus: what pages, data files and commands read. Nothing here knows how it is shown or written.

mod document;
mod instrument;
mod obligation;
mod organ;
mod topic;

pub use document::{Citation, Facts, Mark, MarkKind, Policy, SourceFile};
pub use instrument::{CitedBy, Instrument, Repeal, Validity};
pub use obligation::{Indicator, Obligation, Progress};
pub use organ::{
    AnswersFor, Deputy, Handover, Inherited, NamePeriod, Organ, OrganObligation, PrintedName, Region, RegionRef,
};
pub use topic::{Topic, TopicClause, TopicObligation};

/// All documents of a site and what they say together. Every list is sorted; ids are unique in their list.
#[derive(Debug, Default)]
pub struct Corpus {
    /// Newest first, then by id.
    pub documents: Vec<Policy>,
    /// 任务: in the order of the documents, then of the text.
    pub obligations: Vec<Obligation>,
    /// 机关: every organ that a document names in a role, by region and sector.
    pub organs: Vec<Organ>,
    /// 地区: every region that a document or an organ belongs to, by code.
    pub regions: Vec<Region>,
    /// 文件: every distinct instrument that the documents are, issue, forward or cite.
    pub instruments: Vec<Instrument>,
    /// 人大代表、政协委员 whose proposals are answered.
    pub deputies: Vec<Deputy>,
    /// 异名: groups of names that the bodies of one line of work bear at one level, newest first; then 同义词.
    pub synonyms: Vec<Vec<String>>,
    /// 主题: every topic of the registry, in its order, those that no document treats too.
    pub topics: Vec<Topic>,
}
