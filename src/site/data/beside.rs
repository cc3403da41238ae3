//! 大站: the records of each document beside its page, and indices of them in `data/`, where one array of all would be
//! too long to open.
//!
//! `documents/ID.json` holds what `documents.json`, `obligations.json` and `topics.json` of a smaller site say of the
//! document. What is absent is left out there: most fields of most obligations of a statute are.

use rayon::prelude::*;
use serde::Serialize;

use super::super::address;
use super::super::output::Staging;
use super::super::whole::Site;
use super::records::{ClauseRecord, DocumentRecord, ObligationRecord, TreatedRecord};
use super::{Write, json, streamed};
use crate::compare;
use crate::corpus::Policy;
use crate::diagnostics::Diagnostic;

/// The file beside a document's page.
#[derive(Serialize)]
struct Beside<'a> {
    document: DocumentRecord<'a, true>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    obligations: Vec<ObligationRecord<'a, true>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topics: Vec<TopicOf<'a>>,
}

/// A topic and the clauses of the document that are about it.
#[derive(Serialize)]
struct TopicOf<'a> {
    topic: &'a str,
    clauses: Vec<ClauseRecord<'a>>,
}

/// An entry of `obligations.json`: where the obligations of a document are, and how many.
#[derive(Serialize)]
struct Shelf<'a> {
    document: &'a str,
    url: &'a str,
    file: String,
    obligations: usize,
}

/// What writes them.
pub fn all<'a>(site: &'a Site<'a>) -> [Write<'a>; 5] {
    let corpus = site.corpus;
    let shelf = |policy: &'a Policy| Shelf {
        document: &policy.facts.id,
        url: &policy.facts.url,
        file: address::beside(&policy.facts.id),
        obligations: policy.obligations.len(),
    };
    [
        Box::new(move |staging| {
            corpus.documents.par_iter().enumerate().try_for_each(|(i, policy)| beside(staging, site, i, policy))
        }),
        streamed("data/obligations.json", move |out| json::write_array(out, &corpus.documents, shelf)),
        streamed("data/obligations.jsonl", move |out| json::write_lines(out, &corpus.documents, shelf)),
        Box::new(move |staging| json::shelve(staging, "documents", &corpus.documents, DocumentRecord::listed)),
        Box::new(move |staging| {
            let treated = corpus.topics.iter().filter(|t| !t.clauses.is_empty());
            json::shelve(staging, "topics", &treated.collect::<Vec<_>>(), |topic| TreatedRecord::of(corpus, topic))
        }),
    ]
}

fn beside(staging: &Staging, site: &Site<'_>, index: usize, policy: &Policy) -> Result<(), Diagnostic> {
    let corpus = site.corpus;
    let topics = site.topics_of[index].iter().filter_map(|treated| {
        let topic = corpus.topics.get(treated.topic)?;
        let clauses = compare::of_policy(topic, index).iter();
        Some(TopicOf { topic: &topic.id, clauses: clauses.map(|c| ClauseRecord::of(corpus, policy, c)).collect() })
    });
    let record = Beside {
        document: DocumentRecord::lean(policy),
        obligations: site.obligations_of(policy).iter().map(ObligationRecord::lean).collect(),
        topics: topics.collect(),
    };
    let mut bytes = Vec::new();
    json::object(&mut bytes, &record)?;
    bytes.push(b'\n');
    staging.write(&address::file(&address::beside(&policy.facts.id)), &bytes)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::Value;

    use super::super::{TOGETHER, all};
    use super::*;
    use crate::project::Project;
    use crate::site::Kept;
    use crate::site::templates::Templates;

    /// The data of the site of `tests/cases/site` in `folder`, with the bound of a large site at `together` obligations.
    fn written(folder: &Path, together: usize) -> Result<(), Diagnostic> {
        let (project, kept) = (Project::of_case("site"), Kept::new());
        let templates = Templates::load(folder, None, &project.config)?;
        let site = Site::new(&project.corpus, &project.registry, &project.config, &templates, &kept);
        let staging = Staging::open(folder, &folder.join("content"), &folder.join("public"))?;
        all(&site, together).iter().try_for_each(|write| write(&staging))?;
        staging.publish()
    }

    fn read(folder: &Path, file: &str) -> Value {
        let text = std::fs::read_to_string(folder.join("public").join(file)).expect(file);
        serde_json::from_str(&text).expect(file)
    }

    /// True where `lean` says what `whole` says: a field that it leaves out is absent there, or listed in `besides`.
    fn same(lean: &Value, whole: &Value, besides: &[&str]) -> bool {
        match (lean, whole) {
            (Value::Object(lean), Value::Object(whole)) => {
                lean.keys().all(|name| whole.contains_key(name))
                    && whole.iter().all(|(name, value)| match lean.get(name) {
                        Some(said) => same(said, value, besides),
                        None => {
                            let absent = [Value::Null, Value::Bool(false), Value::Array(Vec::new())].contains(value);
                            absent || *value == serde_json::json!({}) || besides.contains(&name.as_str())
                        }
                    })
            }
            (Value::Array(lean), Value::Array(whole)) => {
                lean.len() == whole.len() && lean.iter().zip(whole).all(|(a, b)| same(a, b, besides))
            }
            _ => lean == whole,
        }
    }

    /// What stands beside the pages of a large site is what the arrays of a small one say, document by document.
    #[test]
    fn a_large_site_says_the_same() -> Result<(), Diagnostic> {
        let [small, large] = [tempfile::tempdir(), tempfile::tempdir()].map(|f| f.expect("a folder"));
        written(small.path(), TOGETHER)?;
        written(large.path(), 0)?;
        let obligations = read(small.path(), "data/obligations.json");
        let documents = read(small.path(), "data/documents.json");
        let shelves = read(large.path(), "data/obligations.json");
        let listed = read(large.path(), "data/documents.json");
        let of = |list: &Value, id: &Value| -> Value {
            list.as_array().into_iter().flatten().filter(|o| o["document"] == *id).cloned().collect()
        };
        let mut counted = 0;
        for (i, document) in documents.as_array().expect("an array").iter().enumerate() {
            let id = &document["id"];
            let shelf = &shelves[i];
            assert_eq!(&shelf["document"], id);
            let beside = read(large.path(), &address::file(shelf["file"].as_str().expect("a file")));
            assert!(same(&beside["document"], document, &["anchor"]), "{id}");
            let own = of(&obligations, id);
            let said = if own == serde_json::json!([]) { own.clone() } else { beside["obligations"].clone() };
            assert!(same(&said, &own, &["document", "number", "url"]), "{id}: {said}");
            assert_eq!(shelf["obligations"], own.as_array().map_or(0, Vec::len));
            counted += own.as_array().map_or(0, Vec::len);
            let mut without = document.clone();
            without.as_object_mut().expect("an object").remove("outline");
            assert_eq!(listed[i], without);
        }
        assert_eq!(Some(counted), obligations.as_array().map(Vec::len));

        let [topics, treated] = [&small, &large].map(|f| read(f.path(), "data/topics.json"));
        for (topic, treated) in topics.as_array().into_iter().flatten().zip(treated.as_array().into_iter().flatten()) {
            for document in treated["documents"].as_array().into_iter().flatten() {
                let clauses = of(&topic["clauses"], &document["document"]);
                assert_eq!(document["clauses"], clauses.as_array().map_or(0, Vec::len));
                let file = address::file(&address::beside(document["document"].as_str().expect("an id")));
                let beside = read(large.path(), &file);
                let own = beside["topics"].as_array().into_iter().flatten().find(|t| t["topic"] == topic["id"]);
                assert!(same(&own.expect("the topic")["clauses"], &clauses, &["document"]), "{file}");
            }
        }
        Ok(())
    }
}
