//! 对照的数据: what `diff --format json` prints; `docs/data.md` describes it field by field.

use serde::Serialize;

use crate::compare::{self, By, Comparison, Goal, Only, Shared, Side, differences};
use crate::corpus::{Corpus, TopicClause};
use crate::diagnostics::Diagnostic;
use crate::site::data::records::RegionRecord;
use crate::strings::{Language, Strings};

#[derive(Serialize)]
struct DiffRecord<'c> {
    a: DocumentRef<'c>,
    b: DocumentRef<'c>,
    shared: Vec<SharedRecord<'c>>,
    only_a: Vec<OnlyRecord<'c>>,
    only_b: Vec<OnlyRecord<'c>>,
    alike: Vec<PairRecord<'c>>,
}

#[derive(Serialize)]
struct DocumentRef<'c> {
    id: &'c str,
    number: Option<&'c str>,
    title: &'c str,
    date: Option<String>,
    region: Option<RegionRecord<'c>>,
    label: String,
}

#[derive(Serialize)]
struct SharedRecord<'c> {
    topic: &'c str,
    a: SideRecord<'c>,
    b: SideRecord<'c>,
    pairs: Vec<PairRecord<'c>>,
    organs: Vec<SectorRecord<'c>>,
    targets: Vec<TargetsRecord<'c>>,
    differences: Vec<String>,
}

#[derive(Serialize)]
struct SideRecord<'c> {
    evidence: &'static str,
    clauses: Vec<ClauseRecord<'c>>,
    passing: Vec<ClauseRecord<'c>>,
    mentions: Vec<ClauseRecord<'c>>,
    obligations: Vec<&'c str>,
}

#[derive(Serialize)]
struct ClauseRecord<'c> {
    path: &'c str,
    title: Option<&'c str>,
    sentence: &'c str,
    evidence: &'static str,
}

#[derive(Serialize)]
struct PairRecord<'c> {
    a: &'c str,
    b: &'c str,
    by: &'static str,
    likeness: f64,
}

#[derive(Serialize)]
struct SectorRecord<'c> {
    sector: &'c str,
    a: Vec<PartRecord<'c>>,
    b: Vec<PartRecord<'c>>,
    same: bool,
}

#[derive(Serialize)]
struct PartRecord<'c> {
    role: &'static str,
    name: &'c str,
}

#[derive(Serialize)]
struct TargetsRecord<'c> {
    a: Option<TargetRecord<'c>>,
    b: Option<TargetRecord<'c>>,
    same: bool,
}

#[derive(Serialize)]
struct TargetRecord<'c> {
    obligation: &'c str,
    text: &'c str,
    op: Option<&'static str>,
    value: Option<f64>,
    unit: Option<&'c str>,
    due_text: Option<&'c str>,
    due: Option<String>,
}

#[derive(Serialize)]
struct OnlyRecord<'c> {
    topic: &'c str,
    #[serde(flatten)]
    side: SideRecord<'c>,
    organs: Vec<PartRecord<'c>>,
    mentioned_by_the_other: Vec<&'c str>,
}

/// The comparison as JSON.
pub fn json(corpus: &Corpus, c: &Comparison<'_>) -> Result<String, Diagnostic> {
    let labels = compare::labels(c.policies);
    let document = |side: usize| {
        let r = &c.policies[side].facts;
        DocumentRef {
            id: &r.id,
            number: r.number.as_deref(),
            title: &r.title,
            date: r.date.map(|d| d.to_string()),
            region: r.region.as_ref().map(RegionRecord::from),
            label: labels[side].clone(),
        }
    };
    let only = |side: usize| c.only[side].iter().map(|o| only_record(corpus, o)).collect();
    let alike = c.alike.iter().map(|p| PairRecord {
        a: &p.paths[0],
        b: &p.paths[1],
        by: "title",
        likeness: rounded(p.likeness),
    });
    let record = DiffRecord {
        a: document(0),
        b: document(1),
        shared: c.shared.iter().map(|s| shared_record(corpus, s, &labels)).collect(),
        only_a: only(0),
        only_b: only(1),
        alike: alike.collect(),
    };
    let json = serde_json::to_string_pretty(&record);
    json.map(|j| j + "\n").map_err(|e| Diagnostic::error("query-json", format!("写不成 JSON：{e}")))
}

fn shared_record<'c>(corpus: &'c Corpus, s: &'c Shared<'_>, labels: &[String; 2]) -> SharedRecord<'c> {
    let pairs = s.pairs.iter().map(|p| PairRecord {
        a: &s.sides[0].clauses[p.at[0]].path,
        b: &s.sides[1].clauses[p.at[1]].path,
        by: if p.by == By::Title { "title" } else { "text" },
        likeness: rounded(p.likeness),
    });
    let organs = s.sectors.iter().map(|sector| {
        let parts = |side: usize| {
            sector.parts[side].iter().map(|&(role, name)| PartRecord { role: role.key(), name }).collect()
        };
        SectorRecord { sector: &sector.name, a: parts(0), b: parts(1), same: sector.is_same() }
    });
    let targets = s.goals.iter().map(|row| {
        let target = |side: usize| row[side].and_then(|g| s.sides[side].goals.get(g)).map(target_record);
        TargetsRecord { a: target(0), b: target(1), same: s.is_same_goal(row) }
    });
    SharedRecord {
        topic: &s.topic.id,
        a: side_record(corpus, &s.sides[0]),
        b: side_record(corpus, &s.sides[1]),
        pairs: pairs.collect(),
        organs: organs.collect(),
        targets: targets.collect(),
        differences: differences(Strings::built_in(Language::Chinese), s, labels),
    }
}

fn target_record<'c>(goal: &'c Goal<'_>) -> TargetRecord<'c> {
    let o = goal.obligation;
    TargetRecord {
        obligation: &o.id,
        text: &goal.text,
        op: goal.indicator.map(|i| i.op.sign()),
        value: goal.indicator.map(|i| i.value),
        unit: goal.indicator.map(|i| i.unit.as_str()),
        due_text: o.due_text.as_deref(),
        due: o.due.map(|d| d.to_string()),
    }
}

fn side_record<'c>(corpus: &'c Corpus, side: &Side<'c>) -> SideRecord<'c> {
    let record = |c: &&'c TopicClause| ClauseRecord {
        path: &c.path,
        title: side.policy.outline.find(&c.path).and_then(|e| e.title.as_deref()),
        sentence: side.policy.document.quote(c.sentence),
        evidence: c.evidence.key(),
    };
    let obligations = side.clauses.iter().flat_map(|c| &c.obligations);
    SideRecord {
        evidence: side.evidence().key(),
        clauses: side.clauses.iter().map(record).collect(),
        passing: side.passing.iter().map(record).collect(),
        mentions: side.mentions.iter().map(record).collect(),
        obligations: obligations.filter_map(|o| Some(corpus.obligations.get(o.index)?.id.as_str())).collect(),
    }
}

fn only_record<'c>(corpus: &'c Corpus, only: &'c Only<'_>) -> OnlyRecord<'c> {
    OnlyRecord {
        topic: &only.topic.id,
        side: side_record(corpus, &only.side),
        organs: only.side.parts.iter().map(|p| PartRecord { role: p.role.key(), name: p.name }).collect(),
        mentioned_by_the_other: only.mentioned.iter().map(|c| c.path.as_str()).collect(),
    }
}

/// Two decimals: more would say more than is known.
fn rounded(likeness: f64) -> f64 {
    (likeness * 100.0).round() / 100.0
}
