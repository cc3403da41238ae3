//! 任务 as the open data writes it.

use std::collections::BTreeMap;

use gongwen::date::Edtf;
use jiff::civil::Date;
use serde::Serialize;

use super::{absent, shown};
use crate::corpus::{Indicator, Obligation, Progress};
use crate::vocabulary::{Role, answers};

/// One object of `data/obligations.json`.
#[derive(Serialize)]
pub struct ObligationRecord<'a, const LEAN: bool = false> {
    id: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    document: Option<&'a str>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    url: Option<&'a str>,
    path: &'a str,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    title: Option<&'a str>,
    text: &'a str,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    lead: &'a [String],
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    support: &'a [String],
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    joint: &'a [String],
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    implement: &'a [String],
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    actor: &'a [String],
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    open_ended: bool,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    annotation: Option<&'a str>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    modal: Option<&'a str>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    due_text: Option<&'a str>,
    #[serde(serialize_with = "shown", skip_serializing_if = "absent::<LEAN, _>")]
    due: Option<Date>,
    #[serde(serialize_with = "shown", skip_serializing_if = "absent::<LEAN, _>")]
    due_edtf: Option<Edtf>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    due_inherited: bool,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    indicators: Vec<IndicatorRecord<'a>>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    organs: BTreeMap<&'a str, String>,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    responsible: Vec<ResponsibleRecord<'a>>,
    sure: bool,
    #[serde(skip_serializing_if = "absent::<LEAN, _>")]
    progress: Vec<ProgressRecord<'a>>,
}

#[derive(Serialize)]
struct ProgressRecord<'a> {
    state: &'static str,
    #[serde(serialize_with = "shown")]
    date: Option<Date>,
    document: Option<&'a str>,
    clause: Option<&'a str>,
    link: Option<&'a str>,
    note: Option<&'a str>,
}

impl<'a> From<&'a Progress> for ProgressRecord<'a> {
    fn from(p: &'a Progress) -> Self {
        ProgressRecord {
            state: p.state.key(),
            date: p.date,
            document: p.document.as_deref(),
            clause: p.clause.as_deref(),
            link: p.link.as_deref(),
            note: p.note.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct ResponsibleRecord<'a> {
    name: &'a str,
    role: &'static str,
    from: &'a str,
}

#[derive(Serialize)]
struct IndicatorRecord<'a> {
    text: &'a str,
    op: &'static str,
    value: f64,
    unit: &'a str,
}

impl<'a> From<&'a Obligation> for ObligationRecord<'a> {
    fn from(o: &'a Obligation) -> Self {
        ObligationRecord::of(o)
    }
}

impl<'a> ObligationRecord<'a, true> {
    /// The record without what is absent and without what the document's own record, of this `id` and `url`, says, as the
    /// file beside the document's page has it.
    pub fn lean(o: &'a Obligation, id: &str, url: &str) -> Self {
        let own = o.id.strip_prefix(id).filter(|rest| rest.starts_with('#')).unwrap_or(&o.id);
        // An address is left out where it is that of the document with the path: where nothing of the path is encoded.
        let placed = o.url.strip_prefix(url);
        let told = placed.is_some_and(|p| p.strip_prefix('#').unwrap_or(p) == o.path);
        let url = Some(o.url.as_str()).filter(|_| !told);
        ObligationRecord { id: own, document: None, number: None, url, ..ObligationRecord::of(o) }
    }
}

impl<'a, const LEAN: bool> ObligationRecord<'a, LEAN> {
    fn of(o: &'a Obligation) -> Self {
        let indicator =
            |i: &'a Indicator| IndicatorRecord { text: &i.text, op: i.op.sign(), value: i.value, unit: &i.unit };
        ObligationRecord {
            id: &o.id,
            kind: o.kind.key(),
            document: Some(&o.document),
            number: o.number.as_deref(),
            url: Some(&o.url),
            path: &o.path,
            title: o.title.as_deref(),
            text: &o.text,
            lead: o.names(Role::Lead),
            support: o.names(Role::Support),
            joint: o.names(Role::Joint),
            implement: o.names(Role::Implement),
            actor: o.names(Role::Actor),
            open_ended: o.open_ended,
            annotation: o.annotation.as_deref(),
            modal: o.modal.as_deref(),
            due_text: o.due_text.as_deref(),
            due: o.due,
            due_edtf: o.due_edtf,
            due_inherited: o.due_inherited,
            indicators: o.indicators.iter().map(indicator).collect(),
            organs: o.organs.iter().map(|(name, organ)| (name.as_str(), organ.to_string())).collect(),
            responsible: o
                .responsible
                .iter()
                .map(|r| ResponsibleRecord { name: &r.name, role: answers(r.role), from: &r.from })
                .collect(),
            sure: o.sure,
            progress: o.progress.iter().map(ProgressRecord::from).collect(),
        }
    }
}
