//! 机关, 地区 and 代表: who the documents are of and speak of.

use gongwen::extract::Answers;

use crate::registry::{Level, OrganId, RegionId};
use crate::vocabulary::Role;

/// The region of a document or an organ.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RegionRef {
    /// Its code.
    pub id: RegionId,
    /// 全称.
    pub name: String,
    /// Its level.
    pub level: Level,
}

/// 机关: one that the documents name.
#[derive(Clone, Debug)]
pub struct Organ {
    /// Region and sector: `220200-卫生健康`.
    pub id: OrganId,
    /// Site-relative address of its page.
    pub url: String,
    /// The name it bears today: 吉林市卫生健康委员会.
    pub name: String,
    /// Its region.
    pub region: RegionRef,
    /// The names under which the documents print it, in order of first mention.
    pub printed: Vec<PrintedName>,
    /// Its names by period, oldest first.
    pub names: Vec<NamePeriod>,
    /// The organs that ended in it and that the documents name, or whose predecessors they name.
    pub predecessors: Vec<OrganId>,
    /// The organs that took over its work; empty where it stands.
    pub successors: Vec<OrganId>,
    /// What it handed over: all when it ended, or parts. By year.
    pub handed_over: Vec<Handover>,
    /// What it took over from others. By year.
    pub taken_over: Vec<Handover>,
    /// Its obligations: id and role, by due date (undated last), then in the order of the corpus.
    pub obligations: Vec<OrganObligation>,
    /// The obligations that name nobody and that it answers for, in the order of the corpus.
    pub answers_for: Vec<AnswersFor>,
    /// The obligations that its predecessors were given under their own names, predecessor by predecessor.
    pub inherited: Vec<Inherited>,
    /// Ids of the documents it issued.
    pub issued: Vec<String>,
    /// Ids of the replies that it answered or was consulted on.
    pub replies: Vec<String>,
}

/// A printed name and a document that prints it.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct PrintedName {
    pub name: String,
    pub documents: Vec<String>,
}

/// A name of an organ and the years it was borne.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NamePeriod {
    pub name: String,
    pub from: Option<u16>,
    pub to: Option<u16>,
    /// The printed names that stand for it.
    pub printed: Vec<String>,
}

/// 职责划转 between an organ and another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handover {
    /// Year of the reform.
    pub year: u16,
    /// What was handed over; `None` where it was all.
    pub part: Option<String>,
    /// The other organ.
    pub organ: OrganId,
    /// Its name today, or its last.
    pub name: String,
}

/// An obligation of a predecessor.
#[derive(Clone, Debug)]
pub struct Inherited {
    /// The organ that it was given to.
    pub organ: OrganId,
    /// The obligation and that organ's part in it.
    pub obligation: OrganObligation,
}

/// An obligation that names nobody and that an organ answers for.
#[derive(Clone, Debug)]
pub struct AnswersFor {
    /// The obligation's id.
    pub id: String,
    /// How the organ answers for it.
    pub role: Answers,
    /// Outline path of what says so.
    pub from: String,
    /// Index into [`super::Corpus::obligations`].
    pub index: usize,
}

/// An obligation as its organ's page lists it.
#[derive(Clone, Debug)]
pub struct OrganObligation {
    /// The obligation's id.
    pub id: String,
    /// The organ's part in it.
    pub role: Role,
    /// Index into [`super::Corpus::obligations`].
    pub index: usize,
}

/// A region's page.
#[derive(Clone, Debug)]
pub struct Region {
    /// Its code, name and level.
    pub region: RegionRef,
    /// Site-relative address of its page.
    pub url: String,
    /// The regions around it, outermost first.
    pub parents: Vec<RegionId>,
    /// Ids of its documents, newest first.
    pub documents: Vec<String>,
    /// Its organs.
    pub organs: Vec<OrganId>,
}

/// A deputy or CPPCC member and the replies to them.
#[derive(Clone, Debug)]
pub struct Deputy {
    /// Slug of the page.
    pub id: String,
    /// Site-relative address of the page.
    pub url: String,
    /// 姓名.
    pub name: String,
    /// Ids of the replies, newest first.
    pub replies: Vec<String>,
}
