//! 检索字段: what documents and obligations can be filtered by, under which names.

use std::collections::HashMap;

use search::{Field, Matching, Schema, Scope};

use crate::corpus::{Corpus, Policy};

/// A field: its name in English, its names in Chinese, how it is compared, whose it is, whether it is a facet.
type Row = (&'static str, &'static [&'static str], Matching, Scope, bool);

/// Every field, the facets in the order in which they are shown.
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
    ("lead", &["牵头", "牵头单位"], Matching::Part, Scope::Record, false),
    ("support", &["配合", "配合单位"], Matching::Part, Scope::Record, false),
    ("joint", &["共同", "共同负责"], Matching::Part, Scope::Record, false),
    ("implement", &["落实", "落实单位"], Matching::Part, Scope::Record, false),
    ("actor", &["责任主体"], Matching::Part, Scope::Record, false),
    ("due", &["时限", "期限"], Matching::Range, Scope::Record, false),
    ("obligation", &["任务类型"], Matching::Part, Scope::Record, false),
];

/// Whether a document has an obligation with a deadline, as the values of `deadline` say it.
const DEADLINE: [&str; 2] = ["有时限", "无时限"];

/// Every field, the facets in the order in which they are shown.
pub fn fields() -> Vec<Field> {
    let field = |(name, labels, matching, scope, facet): &Row| Field {
        name: (*name).to_owned(),
        labels: labels.iter().map(|l| (*l).to_owned()).collect(),
        matching: *matching,
        scope: *scope,
        facet: *facet,
    };
    FIELDS.iter().map(field).collect()
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
    regions: HashMap<&'c str, &'c [String]>,
    names: HashMap<&'c str, &'c str>,
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
        let regions = corpus.regions.iter().map(|r| (r.region.id.as_str(), r.parents.as_slice())).collect();
        let names = corpus.regions.iter().map(|r| (r.region.id.as_str(), r.region.name.as_str())).collect();
        Values { corpus, organs, regions, names }
    }

    /// The values of a document's fields.
    pub fn document(&self, policy: &Policy) -> Vec<(String, String)> {
        let record = &policy.record;
        let mut values = Vec::new();
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                values.push((name.to_owned(), value.to_owned()));
            }
        };
        add("id", &record.id);
        let obligations = self.corpus.obligations.get(policy.obligations.clone()).unwrap_or_default();
        add("deadline", DEADLINE[usize::from(!obligations.iter().any(|o| o.due.is_some()))]);
        for (name, value) in [("number", &record.number), ("kind", &record.kind), ("date", &record.date)] {
            add(name, value.as_deref().unwrap_or_default());
        }
        add("year", &year(self.corpus, policy).unwrap_or_default());
        if let Some(region) = &record.region {
            add("region", &region.name);
            // A province finds its cities too; the country would find everything.
            for parent in self.regions.get(region.id.as_str()).copied().unwrap_or_default() {
                let name = self.names.get(parent.as_str()).copied().unwrap_or_default();
                if parent != COUNTRY {
                    add("region", name);
                }
            }
        }
        for organ in self.organs.get(record.id.as_str()).into_iter().flatten() {
            add("organ", organ);
        }
        for issuer in &record.issuers {
            add("issuer", issuer);
        }
        if let Some(reply) = &record.reply {
            add("session", reply.session.as_deref().unwrap_or_default());
            add("proposal", reply.proposal_no.as_deref().unwrap_or_default());
            for deputy in &reply.deputies {
                add("deputy", deputy);
            }
        }
        values
    }
}

/// The code of the whole country.
const COUNTRY: &str = "000000";

/// The year of a document's date, else of its number.
fn year(corpus: &Corpus, policy: &Policy) -> Option<String> {
    let dated = policy.record.date.as_deref().and_then(|d| d.get(..4)).map(str::to_owned);
    dated.or_else(|| Some(corpus.instruments.get(policy.instrument?)?.year?.to_string()))
}
