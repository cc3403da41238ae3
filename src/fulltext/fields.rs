//! 检索字段: what documents and obligations can be filtered by, under which names.

use std::collections::HashMap;

use search::{Field, Matching, Schema, Scope};

use crate::corpus::{Corpus, Policy, Region};
use crate::registry::RegionId;
use crate::vocabulary::Role;

/// A field: its name in English, its names in Chinese, how it is compared, whose it is, whether it is a facet.
type Row = (&'static str, &'static [&'static str], Matching, Scope, bool);

/// The fields of documents, the facets in the order in which they are shown.
const FIELDS: &[Row] = &[
    ("kind", &["类型", "文种"], Matching::Part, Scope::Document, true),
    ("region", &["地区"], Matching::Part, Scope::Document, true),
    ("year", &["年份"], Matching::Range, Scope::Document, true),
    ("organ", &["机关", "单位", "部门"], Matching::Part, Scope::Document, true),
    ("deadline", &["有无时限"], Matching::Part, Scope::Document, true),
    ("id", &["文件"], Matching::Whole, Scope::Document, false),
    ("title", &["标题", "题目"], Matching::Title, Scope::Document, false),
    ("number", &["文号", "发文字号"], Matching::Part, Scope::Document, false),
    ("issuer", &["发文机关"], Matching::Part, Scope::Document, false),
    ("date", &["日期", "成文日期"], Matching::Range, Scope::Document, false),
    ("session", &["届次"], Matching::Part, Scope::Document, false),
    ("proposal", &["建议号", "提案号"], Matching::Whole, Scope::Document, false),
    ("deputy", &["代表", "委员"], Matching::Part, Scope::Document, false),
];

/// What else obligations are filtered by, besides who plays which part.
const OF_RECORDS: [Row; 2] = [
    ("due", &["时限", "期限"], Matching::Range, Scope::Record, false),
    ("obligation", &["任务类型"], Matching::Part, Scope::Record, false),
];

/// The names of the field that holds who plays a part.
fn part(role: Role) -> Row {
    let labels: &[&str] = match role {
        Role::Lead => &["牵头", "牵头单位"],
        Role::Support => &["配合", "配合单位"],
        Role::Joint => &["共同", "共同负责"],
        Role::Implement => &["落实", "落实单位"],
        Role::Actor => &["责任主体"],
    };
    (role.key(), labels, Matching::Part, Scope::Record, false)
}

/// Whether a document has an obligation with a deadline, as the values of `deadline` say it.
const DEADLINE: [&str; 2] = ["有时限", "无时限"];

/// Every field, the facets in the order in which they are shown.
pub fn fields() -> Vec<Field> {
    let field = |(name, labels, matching, scope, facet): Row| Field {
        name: name.to_owned(),
        labels: labels.iter().map(|l| (*l).to_owned()).collect(),
        matching,
        scope,
        facet,
    };
    let parts = Role::ALL.iter().copied().map(part);
    FIELDS.iter().copied().chain(parts).chain(OF_RECORDS).map(field).collect()
}

/// The schema of a site's index.
pub fn schema(corpus: &Corpus) -> Schema {
    Schema { fields: fields(), synonyms: corpus.synonyms.clone() }
}

/// What the documents of a corpus have in common, looked up once.
pub struct Values<'c> {
    corpus: &'c Corpus,
    /// For each document the organs it names, under today's names.
    organs: HashMap<&'c str, Vec<&'c str>>,
    regions: HashMap<RegionId, &'c Region>,
}

impl<'c> Values<'c> {
    /// Gathers them.
    pub fn of(corpus: &'c Corpus) -> Values<'c> {
        let mut organs: HashMap<&str, Vec<&str>> = HashMap::new();
        for organ in &corpus.organs {
            for document in organ.printed.iter().flat_map(|p| &p.documents) {
                let known = organs.entry(document).or_default();
                if known.last() != Some(&organ.name.as_str()) {
                    known.push(&organ.name);
                }
            }
        }
        let regions = corpus.regions.iter().map(|r| (r.region.id, r)).collect();
        Values { corpus, organs, regions }
    }

    /// The values of a document's fields.
    pub fn document(&self, policy: &Policy) -> Vec<(String, String)> {
        let facts = &policy.facts;
        let mut values = Vec::new();
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                values.push((name.to_owned(), value.to_owned()));
            }
        };
        add("id", &facts.id);
        let obligations = self.corpus.obligations.get(policy.obligations.clone()).unwrap_or_default();
        add("deadline", DEADLINE[usize::from(!obligations.iter().any(|o| o.due.is_some()))]);
        for (name, value) in [("number", &facts.number), ("kind", &facts.kind)] {
            add(name, value.as_deref().unwrap_or_default());
        }
        add("date", &facts.date.map(|d| d.to_string()).unwrap_or_default());
        add("year", &year(self.corpus, policy).unwrap_or_default());
        if let Some(region) = &facts.region {
            add("region", &region.name);
            // A province finds its cities too; the country would find everything.
            let around = self.regions.get(&region.id).map_or(&[][..], |r| &r.parents);
            for parent in around.iter().filter(|id| **id != RegionId::COUNTRY) {
                add("region", self.regions.get(parent).map_or("", |r| &r.region.name));
            }
        }
        for organ in self.organs.get(facts.id.as_str()).into_iter().flatten() {
            add("organ", organ);
        }
        for issuer in &facts.issuers {
            add("issuer", issuer);
        }
        if let Some(reply) = &facts.reply {
            add("session", reply.session.as_deref().unwrap_or_default());
            add("proposal", reply.proposal_no.as_deref().unwrap_or_default());
            for deputy in &reply.deputies {
                add("deputy", deputy);
            }
        }
        values
    }
}

/// The year of a document's date, else of its number.
fn year(corpus: &Corpus, policy: &Policy) -> Option<String> {
    let dated = policy.facts.date.map(|d| d.year().to_string());
    dated.or_else(|| Some(corpus.instruments.get(policy.instrument?)?.year?.to_string()))
}
