//! 更正: what people set right in the findings of a document, in the `[[correct]]` entries of its front matter.

use std::collections::BTreeMap;
use std::ops::Range;

use gongwen::extract::Relation;
use jiff::civil::Date;

use crate::diagnostics::Diagnostic;
use crate::vocabulary::{Kind, Role};

use super::toml::{Section, Toml};

/// A correction of a finding, or of all findings of a kind, in one clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The clause: 四/（六）; `""` for text under no heading.
    pub path: String,
    /// What kind of finding is meant.
    pub finding: Finding,
    /// Words that the finding meant holds (`match`): picks one of several; in an addition, the words it points at.
    pub words: Option<String>,
    /// What is to be done.
    pub action: Action,
    /// What is set; the rest stays as it was read.
    pub changes: Changes,
    /// Where it stands, in bytes of the file.
    pub source: Range<usize>,
}

/// A kind of finding that can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// 任务, of one kind.
    Obligation(Kind),
    /// 引用.
    Citation,
}

impl Finding {
    /// All kinds.
    pub fn all() -> impl Iterator<Item = Finding> {
        Kind::ALL.iter().copied().map(Finding::Obligation).chain([Finding::Citation])
    }

    /// As the front matter writes it.
    pub fn key(self) -> &'static str {
        match self {
            Finding::Obligation(kind) => kind.key(),
            Finding::Citation => "citation",
        }
    }
}

/// What a [`Correction`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Sets fields of a finding.
    Change,
    /// `drop = true`: the finding is none.
    Drop,
    /// `add = true`: a finding that was not read.
    Add,
}

/// The fields that a correction sets; `None` leaves them. Names are those of the open data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The names in these parts.
    pub names: BTreeMap<Role, Vec<String>>,
    /// True where the list ends in 等.
    pub open_ended: Option<bool>,
    /// 任务 or 引用的标题.
    pub title: Option<String>,
    /// The deadline as printed; empty for none.
    pub due_text: Option<String>,
    /// The deadline's last day.
    pub due: Option<Date>,
    /// The number of a cited instrument.
    pub number: Option<String>,
    /// The issuers of a cited instrument, as one text.
    pub issuers: Option<String>,
    /// What it is cited for.
    pub relation: Option<Relation>,
}

/// Reads one `[[correct]]`; `None` where it is so wrong that nothing can be done.
pub(super) fn read(mut section: Section<'_, '_>, toml: &Toml<'_>) -> Option<Correction> {
    let path = section.string(("path", "条款"));
    let names: Vec<&str> = Finding::all().map(Finding::key).collect();
    let name = section.choice(("finding", "种类"), &names);
    let finding = name.and_then(|name| Finding::all().find(|f| f.key() == name));
    let words = section.string(("match", "原文"));
    let dropped = section.flag(("drop", "删去")).unwrap_or(false);
    let added = section.flag(("add", "增加")).unwrap_or(false);
    let mut changes = Changes { title: section.string(("title", "标题")), ..Changes::default() };
    if finding != Some(Finding::Citation) {
        for &role in Role::ALL {
            let names = section.strings((role.key(), role.short()));
            changes.names.extend(names.map(|names| (role, names)));
        }
        changes.open_ended = section.flag(("open_ended", "等"));
        changes.due_text = section.string(("due_text", "时限原文"));
        changes.due = section.date(("due", "时限"));
    }
    if finding.is_none_or(|f| f == Finding::Citation) {
        changes.number = section.string(("number", "发文字号"));
        changes.issuers = section.string(("issuers", "发文机关"));
        let relations = Relation::ALL.map(Relation::name);
        let name = section.choice(("relation", "关系"), &relations);
        changes.relation = name.and_then(|name| Relation::ALL.into_iter().find(|r| r.name() == name));
    }
    let missing = |key: &str, help: &str| {
        Diagnostic::error("correct-incomplete", format!("更正缺少 {key}")).label("这一条").help(help)
    };
    if section.span_of("path").is_none() {
        section.reject("path", missing("path", "写明改哪一条：path = \"四/（六）\"；不在任何标题下的写 path = \"\""));
    }
    if section.span_of("finding").is_none() {
        section.reject("finding", missing("finding", &format!("写明改什么：{}", names.join("、"))));
    }
    let action = match (dropped, added) {
        (true, true) => {
            let both =
                Diagnostic::error("correct-conflict", "drop 和 add 不能同时写").label("这里").help("删去其中一个");
            section.reject("add", both);
            return None;
        }
        (true, false) if changes != Changes::default() => {
            let both = Diagnostic::error("correct-conflict", "已经 drop，别的改动没有用").label("这里");
            section.reject("drop", both.help("只删去就不写别的键；要改就不写 drop"));
            return None;
        }
        (true, false) => Action::Drop,
        (false, true) => Action::Add,
        (false, false) => Action::Change,
    };
    if action == Action::Add && words.is_none() {
        section.reject("match", missing("match", "增加的内容要指明原文：match = \"市民政局牵头\""));
    }
    let source = toml.in_file(section.span());
    let correction = Correction { path: path?, finding: finding?, words, action, changes, source };
    section.finish();
    Some(correction)
}
