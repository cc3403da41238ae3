//! Quickwit: the configuration of an index and its documents, one a clause and one an obligation, for the search service
//! of a province. `docs/scale.md` says how it is run.
//!
//! The engine's tokenizer for Chinese makes a token of every character and drops punctuation without leaving a gap, so that
//! 医保 would be found in 中医、保健. What is searched is therefore [`searchable`]: between runs of letters stands a token
//! that nobody asks for. What is shown stays as printed.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use super::rows::clauses_of;
use crate::corpus::{Corpus, Obligation, Policy};
use crate::diagnostics::{Attempt, Diagnostic};
use crate::vocabulary::Role;

/// The configuration of the index.
const INDEX: &str = include_str!("quickwit.yaml");

/// The names of the files that are written.
pub const FILES: [&str; 2] = ["index.yaml", "documents.ndjson"];

/// A document of the index. Field for field what [`INDEX`] maps; what is absent is left out.
#[derive(Default, Serialize)]
struct Entry<'c> {
    id: String,
    /// `clause`, or the kind of the obligation.
    kind: &'static str,
    document: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'c str>,
    document_title: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_kind: Option<&'c str>,
    issuers: &'c [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    region: Vec<String>,
    path: &'c str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'c str>,
    text: String,
    words: String,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    lead: &'c [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    support: &'c [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    joint: &'c [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    implement: &'c [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    actor: &'c [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    organs: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topics: Vec<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
}

/// Writes the configuration of an index and the documents of `corpus` into `folder`.
///
/// # Errors
/// Where a file cannot be written.
pub fn write(corpus: &Corpus, folder: &Path) -> Result<(), Diagnostic> {
    let failed = |path: &Path, e: &std::io::Error| Diagnostic::io(Attempt::Write, path, e);
    std::fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
    let [index, documents] = FILES.map(|name| folder.join(name));
    std::fs::write(&index, INDEX).map_err(|e| failed(&index, &e))?;
    let file = File::create(&documents).map_err(|e| failed(&documents, &e))?;
    let mut out = BufWriter::with_capacity(1 << 20, file);
    for entry in entries(corpus) {
        serde_json::to_writer(&mut out, &entry)
            .map_err(std::io::Error::from)
            .and_then(|()| out.write_all(b"\n"))
            .map_err(|e| failed(&documents, &e))?;
    }
    out.flush().map_err(|e| failed(&documents, &e))
}

fn entries(corpus: &Corpus) -> impl Iterator<Item = Entry<'_>> {
    corpus.documents.iter().flat_map(move |policy| {
        let clauses = clauses_of(policy).into_iter().map(move |c| Entry {
            id: format!("{}#{}", policy.facts.id, c.path),
            kind: "clause",
            path: c.path,
            url: crate::address::clause(&policy.facts.id, c.path),
            title: c.title,
            words: searchable(&c.text),
            text: c.text,
            ..about(corpus, policy)
        });
        let obligations = corpus.obligations.get(policy.obligations.clone()).unwrap_or_default();
        clauses.chain(obligations.iter().map(move |o| obligation(corpus, policy, o)))
    })
}

/// What is said of the document that an entry stands in.
fn about<'c>(corpus: &'c Corpus, policy: &'c Policy) -> Entry<'c> {
    let f = &policy.facts;
    let region = f.region.as_ref().and_then(|r| corpus.regions.iter().find(|known| known.region.id == r.id));
    // Who asks for a province asks for its cities and counties too.
    let around = region.into_iter().flat_map(|r| r.parents.iter().map(ToString::to_string));
    Entry {
        document: &f.id,
        number: f.number.as_deref(),
        document_title: &f.title,
        document_kind: f.kind.as_deref(),
        issuers: &f.issuers,
        date: f.date.map(|d| d.to_string()),
        region: around.chain(f.region.as_ref().map(|r| r.id.to_string())).collect(),
        ..Entry::default()
    }
}

fn obligation<'c>(corpus: &'c Corpus, policy: &'c Policy, o: &'c Obligation) -> Entry<'c> {
    let said = [o.title.as_deref().unwrap_or_default(), &o.text, o.annotation.as_deref().unwrap_or_default()];
    let mut organs: Vec<String> = o.organs.values().map(ToString::to_string).collect();
    organs.sort();
    organs.dedup();
    Entry {
        id: o.id.clone(),
        kind: o.kind.key(),
        path: &o.path,
        url: o.url.clone(),
        title: o.title.as_deref(),
        words: searchable(&said.join("\n")),
        text: o.text.clone(),
        lead: o.names(Role::Lead),
        support: o.names(Role::Support),
        joint: o.names(Role::Joint),
        implement: o.names(Role::Implement),
        actor: o.names(Role::Actor),
        organs,
        topics: o.topics.iter().filter_map(|t| corpus.topics.get(*t)).map(|t| t.id.as_str()).collect(),
        due: o.due.map(|d| d.to_string()),
        ..about(corpus, policy)
    }
}

/// The token that stands where a text has no letter: nobody asks for it.
const GAP: &str = "zkgap";

/// `text` as it is searched: runs of letters and digits, [`GAP`] between them.
fn searchable(text: &str) -> String {
    let runs = text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty());
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for run in runs {
        if !out.is_empty() {
            out.extend([" ", GAP, " "]);
        }
        out.push_str(run);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::project::Project;

    /// What the engine documents of `chinese_compatible`: text is cut at white space and punctuation, and around every
    /// Chinese character; tokens are numbered in order, with nothing for what was cut.
    fn tokens(text: &str) -> Vec<String> {
        let mut tokens: Vec<String> = Vec::new();
        let mut open = false;
        for c in text.chars() {
            let alone = ('\u{3400}'..='\u{9fff}').contains(&c) || ('\u{20000}'..='\u{3ffff}').contains(&c);
            if !c.is_alphanumeric() {
                open = false;
            } else if alone || !open {
                tokens.push(c.to_lowercase().collect());
                open = !alone;
            } else if let Some(last) = tokens.last_mut() {
                last.extend(c.to_lowercase());
            }
        }
        tokens
    }

    fn holds(text: &[String], phrase: &str) -> bool {
        let phrase = tokens(phrase);
        text.windows(phrase.len().max(1)).any(|window| window == phrase)
    }

    fn exported() -> (String, Vec<Value>) {
        let folder = tempfile::tempdir().expect("a folder");
        write(&Project::of_case("yunhe").corpus, folder.path()).unwrap_or_else(|e| panic!("{e}"));
        let [index, documents] = FILES.map(|name| std::fs::read_to_string(folder.path().join(name)).expect(name));
        (index, documents.lines().map(|line| serde_json::from_str(line).expect("an object")).collect())
    }

    #[test]
    fn punctuation_parts() {
        assert_eq!(searchable("中医、保健（2018年）。"), "中医 zkgap 保健 zkgap 2018年");
        let found = |text: &str| holds(&tokens(&searchable(text)), "医保");
        assert!(found("医保局") && !found("中医、保健") && !found("中医\n保健"));
        assert!(holds(&tokens("中医、保健"), "医保"), "without the gap it would be");
    }

    /// The engine, which is told to refuse what it does not know, is given the fields that it is told of.
    #[test]
    fn fields_are_those_of_the_configuration() {
        let (index, documents) = exported();
        let told: BTreeSet<&str> = index.lines().filter_map(|l| l.trim().strip_prefix("- name: ")).collect();
        assert!(index.contains("mode: strict"));
        let mut given = BTreeSet::new();
        for document in &documents {
            given.extend(document.as_object().expect("an object").keys().map(String::as_str));
        }
        assert!(given.is_subset(&told), "{given:?}");
        // Replies consult no organ here, so not every field needs to be filled.
        assert!(given.len() + 2 >= told.len(), "{given:?} of {told:?}");
        for line in index.lines().filter(|l| l.trim_start().starts_with("tokenizer:")) {
            assert!(["raw", "chinese_compatible"].contains(&line.trim_start()[10..].trim()), "{line}");
        }
    }

    /// Every phrase of two characters and more is found in as many entries as hold it.
    #[test]
    fn phrases_are_counted_as_by_reading() {
        let (_, documents) = exported();
        let of = |name: &str| documents.iter().map(|d| d[name].as_str().expect("text")).collect::<Vec<_>>();
        let (kinds, texts, words) = (of("kind"), of("text"), of("words"));
        let clauses: Vec<usize> = (0..kinds.len()).filter(|&i| kinds[i] == "clause").collect();
        let searched: Vec<Vec<String>> = words.iter().map(|w| tokens(w)).collect();
        let mut asked = 0;
        for &i in &clauses {
            let chars: Vec<char> = texts[i].chars().collect();
            for at in (0..chars.len().saturating_sub(6)).step_by(11) {
                let phrase: String = chars[at..at + 2 + at % 4].iter().collect();
                // The engine takes a number and a Latin word whole.
                if !phrase.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
                    continue;
                }
                let read = clauses.iter().filter(|&&c| texts[c].contains(&phrase)).count();
                let found = clauses.iter().filter(|&&c| holds(&searched[c], &phrase)).count();
                assert_eq!(found, read, "{phrase}");
                asked += 1;
            }
        }
        assert!(asked > 40, "{asked}");
    }
}
