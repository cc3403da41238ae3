//! 任务: an obligation and its indicators.

use std::collections::BTreeMap;

use gongwen::Span;
use gongwen::date::Edtf;
use gongwen::extract::{Answers, Op, Responsible};
use jiff::civil::Date;

use crate::registry::OrganId;
use crate::vocabulary::{Kind, Role, State, bound};

/// 任务: what somebody must do, reach or has promised. The fields that the data have are described there.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[allow(missing_docs)]
pub struct Obligation {
    pub id: String,
    pub kind: Kind,
    #[serde(skip)]
    pub document: String,
    #[serde(skip)]
    pub number: Option<String>,
    #[serde(skip)]
    pub url: String,
    pub path: String,
    pub title: Option<String>,
    pub text: String,
    pub lead: Vec<String>,
    pub support: Vec<String>,
    pub joint: Vec<String>,
    pub implement: Vec<String>,
    pub actor: Vec<String>,
    pub open_ended: bool,
    pub annotation: Option<String>,
    pub modal: Option<String>,
    pub due_text: Option<String>,
    pub due: Option<Date>,
    pub due_edtf: Option<Edtf>,
    pub due_inherited: bool,
    pub indicators: Vec<Indicator>,
    /// printed name → organ, for every name above that resolves.
    pub organs: BTreeMap<String, OrganId>,
    /// Who answers for it where its own words name nobody.
    pub responsible: Vec<Responsible>,
    /// False where it rests on a weak rule and a person should look.
    pub sure: bool,
    /// Where the words stand.
    pub span: Span,
    /// The document: index into [`super::Corpus::documents`].
    pub policy: usize,
    /// Where its annotation stands, piece by piece.
    pub annotation_spans: Vec<Span>,
    /// Where its deadline stands.
    pub due_span: Option<Span>,
    /// 长期: the deadline printed is that there is none.
    pub open: bool,
    /// Why the printed deadline gives no date.
    pub due_problem: Option<gongwen::extract::when::Problem>,
    /// Words of its annotation that were not understood.
    pub unparsed: Vec<Span>,
    /// Its topics: indices into [`super::Corpus::topics`], in order.
    pub topics: Vec<usize>,
    /// True where the front matter has set it right.
    pub corrected: bool,
    /// How far it has come, as the front matter records it, oldest first.
    pub progress: Vec<Progress>,
}

/// 进展: a record of how far something has come, and what says so.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Progress {
    /// How far.
    pub state: State,
    /// The day that the evidence is of.
    pub date: Option<Date>,
    /// The document that says so; its id, where the site holds it.
    pub document: Option<String>,
    /// The clause of that document.
    pub clause: Option<String>,
    /// The address of what says so elsewhere.
    pub link: Option<String>,
    /// A few words for the reader.
    pub note: Option<String>,
    /// Where it stands, in bytes of the content file.
    pub source: std::ops::Range<usize>,
}

impl Progress {
    /// On one line: 推进中 2024-05-06 云政办发-2024-3 二/（一） https://… 已开工.
    pub fn shown(&self) -> String {
        let date = self.date.map(|day| day.to_string());
        let parts =
            [date.as_ref(), self.document.as_ref(), self.clause.as_ref(), self.link.as_ref(), self.note.as_ref()];
        let parts = parts.into_iter().flatten().map(String::as_str);
        std::iter::once(self.state.label()).chain(parts).collect::<Vec<_>>().join(" ")
    }
}

impl Obligation {
    /// An obligation of which nothing is known but where its words stand.
    pub fn new(kind: Kind, path: String, span: Span) -> Self {
        Obligation {
            id: String::new(),
            kind,
            document: String::new(),
            number: None,
            url: String::new(),
            path,
            title: None,
            text: String::new(),
            lead: Vec::new(),
            support: Vec::new(),
            joint: Vec::new(),
            implement: Vec::new(),
            actor: Vec::new(),
            open_ended: false,
            annotation: None,
            modal: None,
            due_text: None,
            due: None,
            due_edtf: None,
            due_inherited: false,
            indicators: Vec::new(),
            organs: BTreeMap::new(),
            responsible: Vec::new(),
            sure: true,
            span,
            policy: 0,
            annotation_spans: Vec::new(),
            due_span: None,
            open: false,
            due_problem: None,
            unparsed: Vec::new(),
            topics: Vec::new(),
            corrected: false,
            progress: Vec::new(),
        }
    }

    /// The part whose list ends in 等: where an annotation is left open, its last list of names is meant, and 落实 only
    /// where there is no other.
    pub fn open_role(&self) -> Option<Role> {
        if !self.open_ended {
            return None;
        }
        [Role::Support, Role::Joint, Role::Lead, Role::Actor, Role::Implement]
            .into_iter()
            .find(|role| self.roles().any(|(r, _)| r == *role))
    }

    /// The printed names by the part they play, those without names left out.
    pub fn roles(&self) -> impl Iterator<Item = (Role, &[String])> {
        let all = Role::ALL.iter().map(|&role| (role, self.names(role)));
        all.filter(|(_, names)| !names.is_empty())
    }

    /// The printed names in a role.
    pub fn names(&self, role: Role) -> &[String] {
        match role {
            Role::Lead => &self.lead,
            Role::Support => &self.support,
            Role::Joint => &self.joint,
            Role::Implement => &self.implement,
            Role::Actor => &self.actor,
        }
    }

    /// The printed names in a role, to be set.
    pub fn names_mut(&mut self, role: Role) -> &mut Vec<String> {
        match role {
            Role::Lead => &mut self.lead,
            Role::Support => &mut self.support,
            Role::Joint => &mut self.joint,
            Role::Implement => &mut self.implement,
            Role::Actor => &mut self.actor,
        }
    }

    /// Who answers for it as one text, each with what says so: 市民政局（承自 三/（一））.
    pub fn shown_responsible(&self) -> String {
        let groups = self.responsible_groups();
        let shown = groups.map(|(names, said)| {
            let names: Vec<&str> = names.iter().map(|r| r.name.as_str()).collect();
            format!("{}（{said}）", names.join("、"))
        });
        shown.collect::<Vec<_>>().join("、")
    }

    /// Those who answer for it by what says so, which is given for people: 承自本条, 承自 三/（一）, 答复机关.
    pub fn responsible_groups(&self) -> impl Iterator<Item = (&[Responsible], String)> {
        let same = |a: &Responsible, b: &Responsible| (a.role, &a.from) == (b.role, &b.from);
        self.responsible.chunk_by(same).filter_map(|group| {
            let first = group.first()?;
            let said = match (first.role, first.from.as_str()) {
                (Answers::Reply, _) => "答复机关".to_owned(),
                (_, from) if from == self.path => "承自本条".to_owned(),
                (_, "") => "承自正文".to_owned(),
                (_, from) => format!("承自 {from}"),
            };
            Some((group, said))
        })
    }

    /// How far it has come, on one line; empty where nothing is recorded.
    pub fn shown_progress(&self) -> String {
        self.progress.iter().map(Progress::shown).collect::<Vec<_>>().join("；")
    }

    /// The printed names in a role as one text, with the 等 that its list ends in.
    pub fn shown_names(&self, role: Role) -> String {
        let names = self.names(role).join("、");
        if self.open_role() == Some(role) { names + "等" } else { names }
    }
}

/// A number inside a target.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Indicator {
    /// What is measured, as printed.
    pub text: String,
    /// How the number bounds it.
    pub op: Op,
    /// The number.
    pub value: f64,
    /// Its unit, with 万 or 亿.
    pub unit: String,
}

impl Indicator {
    /// The bound and the number with its unit, `gap` between them: ≥ 80%.
    pub fn shown(&self, gap: &str) -> String {
        let sign = bound(self.op);
        let gap = if sign.is_empty() { "" } else { gap };
        format!("{sign}{gap}{}{}", self.value, self.unit)
    }
}
