//! 记录: the corpus as the open data writes it, field by field; `docs/data.md` describes them. The model knows nothing of
//! JSON: what data files and commands write as JSON is made here.

mod document;
mod edge;
mod obligation;
mod topic;

use std::collections::BTreeMap;
use std::fmt::Display;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::corpus::tally::Group;
use crate::corpus::{
    AnswersFor, Handover, Instrument, NamePeriod, Organ, OrganObligation, Policy, PrintedName, Region, RegionRef,
    Repeal, Validity,
};
use crate::registry::{OrganId, RegionId};
use crate::vocabulary::answers;

use super::super::whole::Site;

pub use document::DocumentRecord;
pub use edge::EdgeRecord;
pub use obligation::ObligationRecord;
pub use topic::{AboutRecord, TopicRecord, TreatedRecord};

/// What a record may leave out where it says nothing.
trait Absent {
    fn is_absent(&self) -> bool;
}

impl<T> Absent for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Absent for &[T] {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<K, V> Absent for BTreeMap<K, V> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Absent for bool {
    fn is_absent(&self) -> bool {
        !self
    }
}

/// True where a lean record leaves the field out.
fn absent<const LEAN: bool, T: Absent>(value: &T) -> bool {
    LEAN && value.is_absent()
}

/// A date, a period or an id as its own text; null where there is none.
fn shown<T: Display, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

/// An id as its text.
fn text<T: Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// Ids as their texts.
fn texts<T: Display, S: Serializer>(values: &&[T], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(ToString::to_string))
}

/// `region` of a document or an organ.
#[derive(Serialize)]
pub struct RegionRecord<'a> {
    #[serde(serialize_with = "text")]
    id: RegionId,
    name: &'a str,
    level: &'static str,
}

impl<'a> From<&'a RegionRef> for RegionRecord<'a> {
    fn from(region: &'a RegionRef) -> Self {
        RegionRecord { id: region.id, name: &region.name, level: region.level.name() }
    }
}

/// One object of `data/organs.json`.
#[derive(Serialize)]
pub struct OrganRecord<'a> {
    #[serde(serialize_with = "text")]
    id: &'a OrganId,
    url: &'a str,
    name: &'a str,
    region: RegionRecord<'a>,
    sector: &'a str,
    printed: Vec<PrintedRecord<'a>>,
    names: Vec<NameRecord<'a>>,
    #[serde(serialize_with = "texts")]
    predecessors: &'a [OrganId],
    #[serde(serialize_with = "texts")]
    successors: &'a [OrganId],
    handed_over: Vec<HandoverRecord<'a>>,
    taken_over: Vec<HandoverRecord<'a>>,
    obligations: Vec<PartRecord<'a>>,
    responsible: Vec<AnswersRecord<'a>>,
    inherited: Vec<InheritedRecord<'a>>,
    issued: &'a [String],
    replies: &'a [String],
}

#[derive(Serialize)]
struct PrintedRecord<'a> {
    name: &'a str,
    documents: &'a [String],
}

#[derive(Serialize)]
struct NameRecord<'a> {
    name: &'a str,
    from: Option<u16>,
    to: Option<u16>,
    printed: &'a [String],
}

#[derive(Serialize)]
struct HandoverRecord<'a> {
    year: u16,
    part: Option<&'a str>,
    #[serde(serialize_with = "text")]
    organ: &'a OrganId,
    name: &'a str,
}

#[derive(Serialize)]
struct PartRecord<'a> {
    id: &'a str,
    role: &'static str,
}

#[derive(Serialize)]
struct AnswersRecord<'a> {
    id: &'a str,
    role: &'static str,
    from: &'a str,
}

#[derive(Serialize)]
struct InheritedRecord<'a> {
    #[serde(serialize_with = "text")]
    organ: &'a OrganId,
    #[serde(flatten)]
    obligation: PartRecord<'a>,
}

impl<'a> From<&'a Organ> for OrganRecord<'a> {
    fn from(organ: &'a Organ) -> Self {
        let printed = |p: &'a PrintedName| PrintedRecord { name: &p.name, documents: &p.documents };
        let name = |n: &'a NamePeriod| NameRecord { name: &n.name, from: n.from, to: n.to, printed: &n.printed };
        let handover =
            |h: &'a Handover| HandoverRecord { year: h.year, part: h.part.as_deref(), organ: &h.organ, name: &h.name };
        let answering = |a: &'a AnswersFor| AnswersRecord { id: &a.id, role: answers(a.role), from: &a.from };
        let part = |o: &'a OrganObligation| PartRecord { id: &o.id, role: o.role.key() };
        OrganRecord {
            id: &organ.id,
            url: &organ.url,
            name: &organ.name,
            region: RegionRecord::from(&organ.region),
            sector: &organ.id.sector,
            printed: organ.printed.iter().map(printed).collect(),
            names: organ.names.iter().map(name).collect(),
            predecessors: &organ.predecessors,
            successors: &organ.successors,
            handed_over: organ.handed_over.iter().map(handover).collect(),
            taken_over: organ.taken_over.iter().map(handover).collect(),
            obligations: organ.obligations.iter().map(part).collect(),
            responsible: organ.answers_for.iter().map(answering).collect(),
            inherited: organ
                .inherited
                .iter()
                .map(|i| InheritedRecord { organ: &i.organ, obligation: part(&i.obligation) })
                .collect(),
            issued: &organ.issued,
            replies: &organ.replies,
        }
    }
}

/// One object of `data/regions.json`.
#[derive(Serialize)]
pub struct RegionPageRecord<'a> {
    #[serde(flatten)]
    region: RegionRecord<'a>,
    url: &'a str,
    #[serde(serialize_with = "texts")]
    parents: &'a [RegionId],
    documents: &'a [String],
    #[serde(serialize_with = "texts")]
    organs: &'a [OrganId],
}

impl<'a> From<&'a Region> for RegionPageRecord<'a> {
    fn from(region: &'a Region) -> Self {
        RegionPageRecord {
            region: RegionRecord::from(&region.region),
            url: &region.url,
            parents: &region.parents,
            documents: &region.documents,
            organs: &region.organs,
        }
    }
}

/// One object of `data/instruments.json`.
#[derive(Serialize)]
pub struct InstrumentRecord<'a> {
    id: &'a str,
    url: &'a str,
    title: Option<&'a str>,
    number: Option<&'a str>,
    issuers: &'a [String],
    issuers_inferred: bool,
    year: Option<u16>,
    document: Option<&'a str>,
    #[serde(flatten)]
    validity: ValidityRecord<'a>,
    cited_by: Vec<CitedByRecord<'a>>,
}

/// When an instrument holds.
#[derive(Serialize)]
pub struct ValidityRecord<'a> {
    #[serde(serialize_with = "shown")]
    effective: Option<Date>,
    #[serde(serialize_with = "shown")]
    expires: Option<Date>,
    repealed_by: Vec<RepealRecord<'a>>,
}

#[derive(Serialize)]
struct RepealRecord<'a> {
    document: &'a str,
    path: &'a str,
    #[serde(serialize_with = "shown")]
    from: Option<Date>,
}

#[derive(Serialize)]
struct CitedByRecord<'a> {
    document: &'a str,
    relation: &'static str,
    paths: &'a [String],
}

impl<'a> From<&'a Instrument> for InstrumentRecord<'a> {
    fn from(i: &'a Instrument) -> Self {
        let cited_by = i.cited_by.iter().map(|c| CitedByRecord {
            document: &c.document,
            relation: c.relation.name(),
            paths: &c.paths,
        });
        InstrumentRecord {
            id: &i.id,
            url: &i.url,
            title: i.title.as_deref(),
            number: i.number.as_deref(),
            issuers: &i.issuers,
            issuers_inferred: i.issuers_inferred,
            year: i.year,
            document: i.document.as_deref(),
            validity: ValidityRecord::from(&i.validity),
            cited_by: cited_by.collect(),
        }
    }
}

impl<'a> From<&'a Validity> for ValidityRecord<'a> {
    fn from(validity: &'a Validity) -> Self {
        let repeal = |r: &'a Repeal| RepealRecord { document: &r.document, path: &r.path, from: r.from };
        ValidityRecord {
            effective: validity.effective,
            expires: validity.expires,
            repealed_by: validity.repealed_by.iter().map(repeal).collect(),
        }
    }
}

/// One object of `data/replies.json`.
#[derive(Serialize)]
pub struct ReplyRecord<'a> {
    document: &'a str,
    url: &'a str,
    title: &'a str,
    number: Option<&'a str>,
    #[serde(serialize_with = "shown")]
    date: Option<Date>,
    session: Option<&'a str>,
    proposal_no: Option<&'a str>,
    proposal_title: Option<&'a str>,
    deputies: Vec<DeputyRecord<'a>>,
    and_others: bool,
    answering: Vec<AnsweringRecord<'a>>,
    consulted: Vec<AnsweringRecord<'a>>,
}

#[derive(Serialize)]
struct DeputyRecord<'a> {
    name: &'a str,
    id: Option<&'a str>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct AnsweringRecord<'a> {
    name: &'a str,
    #[serde(serialize_with = "shown")]
    organ: Option<&'a OrganId>,
}

impl<'a> ReplyRecord<'a> {
    /// The record of a document; `None` where it is no reply.
    pub fn of(site: &Site<'a>, policy: &'a Policy) -> Option<Self> {
        let f = &policy.facts;
        let reply = f.reply.as_ref()?;
        let deputies = reply.deputies.iter().map(|name| {
            let known = site.deputies_of(&f.id).find(|d| d.name == *name);
            DeputyRecord { name, id: known.map(|d| d.id.as_str()), url: known.map(|d| d.url.as_str()) }
        });
        let answering =
            f.issuers.iter().map(|name| AnsweringRecord { name, organ: site.issuer(&f.id, name).map(|o| &o.id) });
        let consulted = policy.consulted.iter().filter_map(|&i| site.corpus.organs.get(i));
        Some(ReplyRecord {
            document: &f.id,
            url: &f.url,
            title: &f.title,
            number: f.number.as_deref(),
            date: f.date,
            session: reply.session.as_deref(),
            proposal_no: reply.proposal_no.as_deref(),
            proposal_title: reply.proposal_title.as_deref(),
            deputies: deputies.collect(),
            and_others: reply.and_others,
            answering: answering.collect(),
            consulted: consulted.map(|o| AnsweringRecord { name: &o.name, organ: Some(&o.id) }).collect(),
        })
    }
}

/// A group of obligations and how many there are of each part.
#[derive(Serialize)]
pub struct GroupRecord<'a> {
    id: Option<&'a str>,
    name: &'a str,
    number: Option<&'a str>,
    count: usize,
    #[serde(serialize_with = "as_object")]
    parts: &'a [(&'static str, usize)],
}

impl<'a> From<&'a Group> for GroupRecord<'a> {
    fn from(group: &'a Group) -> Self {
        GroupRecord {
            id: group.id.as_deref(),
            name: &group.name,
            number: group.number.as_deref(),
            count: group.count,
            parts: &group.parts,
        }
    }
}

fn as_object<S: Serializer>(parts: &&[(&'static str, usize)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(parts.iter().copied())
}
