//! 网页旁的数据: the records of each document beside its page; and, for a large site, indices of them in `data/` where one
//! array of all would be too long to open.
//!
//! `documents/ID.json` holds what `documents.json`, `obligations.json` and `topics.json` say of the document. What is
//! absent is left out there, and what the document or the path says already: most fields of most obligations of a statute.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::super::address;
use super::super::reuse::{Known, known_or};
use super::super::whole::Site;
use super::records::{AboutRecord, DocumentRecord, ObligationRecord, TreatedRecord};
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

/// A topic and the clauses of the document that are about it, by the evidence for it.
#[derive(Serialize)]
struct TopicOf<'a> {
    topic: &'a str,
    #[serde(flatten)]
    clauses: BTreeMap<&'static str, Vec<AboutRecord<'a>>>,
}

/// An entry of `obligations.json`: where the obligations of a document are, and how many.
#[derive(Serialize)]
struct Shelf<'a> {
    document: &'a str,
    url: &'a str,
    file: String,
    obligations: usize,
}

/// What writes the files beside the pages.
pub fn documents<'a>(site: &'a Site<'a>, known: Option<Known<'a>>) -> Write<'a> {
    Box::new(move |staging| {
        let documents = site.corpus.documents.par_iter().enumerate();
        documents.try_for_each(|(i, policy)| {
            let address = address::beside(&policy.facts.id);
            known_or(known, staging, &address, |file| staging.write(file, &beside(site, i, policy)?))
        })
    })
}

/// What writes the indices.
pub fn indices<'a>(site: &'a Site<'a>) -> [Write<'a>; 4] {
    let corpus = site.corpus;
    let shelf = |policy: &'a Policy| Shelf {
        document: &policy.facts.id,
        url: &policy.facts.url,
        file: address::beside(&policy.facts.id),
        obligations: policy.obligations.len(),
    };
    [
        streamed("data/obligations.json", move |out| json::write_array(out, &corpus.documents, shelf)),
        streamed("data/obligations.jsonl", move |out| json::write_lines(out, &corpus.documents, shelf)),
        Box::new(move |staging| json::shelve(staging, "documents", &corpus.documents, DocumentRecord::listed)),
        Box::new(move |staging| {
            let treated = corpus.topics.iter().filter(|t| !t.clauses.is_empty());
            json::shelve(staging, "topics", &treated.collect::<Vec<_>>(), |topic| TreatedRecord::of(corpus, topic))
        }),
    ]
}

fn beside(site: &Site<'_>, index: usize, policy: &Policy) -> Result<Vec<u8>, Diagnostic> {
    let corpus = site.corpus;
    let topics = site.topics_of[index].iter().filter_map(|treated| {
        let topic = corpus.topics.get(treated.topic)?;
        let mut clauses: BTreeMap<&'static str, Vec<AboutRecord<'_>>> = BTreeMap::new();
        for clause in compare::of_policy(topic, index) {
            clauses.entry(clause.evidence.key()).or_default().push(AboutRecord::of(policy, clause));
        }
        Some(TopicOf { topic: &topic.id, clauses })
    });
    let (obligations, id, url) = (site.obligations_of(policy), &policy.facts.id, &policy.facts.url);
    let record = Beside {
        document: DocumentRecord::lean(policy),
        obligations: obligations.iter().map(|o| ObligationRecord::lean(o, id, url)).collect(),
        topics: topics.collect(),
    };
    let mut bytes = Vec::new();
    json::object(&mut bytes, &record)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::Value;

    use super::super::{TOGETHER, all};
    use super::*;
    use crate::project::Project;
    use crate::site::Kept;
    use crate::site::output::Staging;
    use crate::site::templates::Templates;

    /// The data of the site of `tests/cases/site` in `folder`, with the bound of a large site at `together` obligations.
    fn written(folder: &Path, together: usize) -> Result<(), Diagnostic> {
        let (project, kept) = (Project::of_case("site"), Kept::new());
        let templates = Templates::load(folder, None, &project.config)?;
        let site = Site::new(&project.corpus, &project.registry, &project.config, &templates, &kept);
        let staging = Staging::open(folder, &folder.join("content"), &folder.join("public"))?;
        all(&site, together, None).iter().try_for_each(|write| write(&staging))?;
        staging.publish(false)
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

    /// Says in a lean obligation again what its document says: the id, and the address where that is the path's.
    fn restored(beside: &Value) -> Value {
        let [id, url] = ["id", "url"].map(|name| beside["document"][name].as_str().expect("text"));
        let mut obligations = beside.get("obligations").cloned().unwrap_or(serde_json::json!([]));
        for o in obligations.as_array_mut().expect("an array") {
            let path = o["path"].as_str().expect("a path").to_owned();
            let rest = o["id"].as_str().expect("an id").to_owned();
            assert!(rest.starts_with('#'), "{rest}");
            o["id"] = format!("{id}{rest}").into();
            if o.get("url").is_none() {
                o["url"] = if path.is_empty() { url.into() } else { format!("{url}#{path}").into() };
            }
        }
        obligations
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
            // The file is the same however many obligations the site has.
            assert_eq!(beside, read(small.path(), &address::file(shelf["file"].as_str().expect("a file"))));
            let outline = beside["document"]["outline"].as_array().expect("an outline");
            for (lean, whole) in outline.iter().zip(document["outline"].as_array().expect("an outline")) {
                let path = whole["path"].as_str().expect("a path");
                let last = path.rsplit('/').next().unwrap_or(path);
                assert_eq!(lean.get("number").and_then(Value::as_str).unwrap_or(last), whole["number"]);
            }
            assert!(same(&beside["document"], document, &["anchor", "number"]), "{id}");
            let own = of(&obligations, id);
            let said = restored(&beside);
            assert!(same(&said, &own, &["document", "number"]), "{id}: {said}");
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
                let own = own.expect("the topic");
                let obligations = restored(&beside);
                for clause in clauses.as_array().into_iter().flatten() {
                    let evidence = clause["evidence"].as_str().expect("evidence");
                    let list = own[evidence].as_array().into_iter().flatten();
                    let told = list.clone().find(|c| c["path"] == clause["path"]).expect("the clause");
                    let numbers = told.get("obligations").and_then(Value::as_array).into_iter().flatten();
                    let ids = numbers.map(|n| obligations[n.as_u64().expect("a number") as usize - 1]["id"].clone());
                    assert_eq!(Value::Array(ids.collect()), clause["obligations"], "{file}");
                    assert_eq!(told.get("words").cloned().unwrap_or(serde_json::json!([])), clause["words"]);
                }
                let told = ["title", "heading", "text", "mention"].map(|e| own[e].as_array().map_or(0, Vec::len));
                assert_eq!(Some(told.iter().sum()), clauses.as_array().map(Vec::len), "{file}");
            }
        }
        Ok(())
    }
}
