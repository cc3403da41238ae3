//! 出处: where something stands, in the words with which an assistant cites it.

use serde_json::{Map, Value, json};

use crate::address;
use crate::corpus::{Facts, Obligation};
use crate::project::Project;
use crate::site::data::records::ObligationRecord;
use crate::site::printed_path;

/// Longest stretch of words that is quoted in a list, in characters.
pub const QUOTED: usize = 600;

/// What is said beside a finding that rests on a weak rule.
const WEAK: &str = "待核：识别依据较弱，请对照原文";

/// `address`, which is relative to the site: an absolute URI where the site says where it stands.
pub fn absolute(project: &Project, address: &str) -> String {
    match project.config.base() {
        Some(base) => address::uri(&format!("{base}{address}")),
        None => address.to_owned(),
    }
}

/// A clause of a document: number, title, path, address, and how it is cited.
pub fn place(project: &Project, facts: &Facts, path: &str) -> Value {
    place_at(project, facts, path, &address::clause(&facts.id, path))
}

/// The same, at an address of its own.
pub fn place_at(project: &Project, facts: &Facts, path: &str, at: &str) -> Value {
    json!({
        "number": facts.number,
        "document": facts.id,
        "title": facts.title,
        "path": path,
        "address": absolute(project, at),
        "cite": cite(facts, path),
    })
}

/// A citation for people: 吉市政办发〔2017〕48号 三（一）; a document without a number is cited by its title.
fn cite(facts: &Facts, path: &str) -> String {
    let name = facts.number.clone().unwrap_or_else(|| format!("《{}》", facts.title));
    if path.is_empty() { name } else { format!("{name} {}", printed_path(path)) }
}

/// `words` as far as a list quotes them, and whether that is all.
pub fn clipped(words: &str, most: usize) -> (String, bool) {
    match words.char_indices().nth(most) {
        Some((end, _)) => (words.get(..end).unwrap_or_default().to_owned() + "……", false),
        None => (words.to_owned(), true),
    }
}

/// An obligation with its place and its words.
pub fn obligation(project: &Project, o: &Obligation) -> Value {
    let Some(policy) = project.corpus.documents.get(o.policy) else { return Value::Null };
    let mut said = place_at(project, &policy.facts, &o.path, &o.url);
    let record = serde_json::to_value(ObligationRecord::from(o)).unwrap_or_default();
    let (quote, whole) = clipped(&o.text, QUOTED);
    said["quote"] = quote.into();
    if !whole {
        said["quote_cut"] = "原文较长，这里只引前一部分；全文用 clause 看".into();
    }
    said["kind"] = o.kind.label().into();
    if !o.sure {
        said["unsure"] = WEAK.into();
    }
    // What its place says already, and the ids by which programs know it, are no news to an assistant.
    const TOLD: [&str; 10] = ["id", "kind", "document", "number", "url", "path", "text", "sure", "organs", "due_edtf"];
    let rest = present(record).into_iter().filter(|(name, _)| !TOLD.contains(&name.as_str()));
    if let Value::Object(said) = &mut said {
        // The title of a clause is not that of its document.
        said.extend(rest.map(|(name, value)| (if name == "title" { "clause_title".to_owned() } else { name }, value)));
    }
    said
}

/// The fields of a record that say something.
pub fn present(record: Value) -> Map<String, Value> {
    let Value::Object(fields) = record else { return Map::new() };
    let says = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(list) => !list.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    };
    fields.into_iter().filter(|(_, value)| says(value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_cited_as_people_cite_them() {
        let mut project = Project::of([("甲.md", "# 关于做好养老工作的通知\n\n## 三、分工\n\n### （一）新建机构。\n")]);
        let facts = project.corpus.documents[0].facts.clone();
        let said = place(&project, &facts, "三/（一）");
        assert_eq!(said["address"], "documents/甲.html#三/（一）");
        assert_eq!(said["cite"], "《关于做好养老工作的通知》 三（一）");

        project.config.base_url = Some("https://example.gov.cn/zk".to_owned());
        let numbered = Facts { number: Some("云政发〔2020〕1号".to_owned()), ..facts };
        let said = place(&project, &numbered, "三/（一）");
        assert_eq!(said["cite"], "云政发〔2020〕1号 三（一）");
        let address = said["address"].as_str().expect("text");
        assert!(address.starts_with("https://example.gov.cn/zk/documents/%E7%94%B2.html#") && address.is_ascii());
    }

    #[test]
    fn long_words_are_cut_and_say_so() {
        assert_eq!(clipped("养老服务", 4), ("养老服务".to_owned(), true));
        assert_eq!(clipped("养老服务", 2), ("养老……".to_owned(), false));
    }
}
