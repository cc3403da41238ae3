//! 条款: a document or one clause of it, with what it assigns and cites.

use std::ops::Range;

use gongwen::Block;
use jiff::civil::Date;
use serde::Serialize;

use crate::corpus::{Corpus, MarkKind, Obligation, Policy, Validity};
use crate::diagnostics::Diagnostic;
use crate::site::data::records::{DocumentRecord, ObligationRecord, ValidityRecord};

/// A mention of an instrument.
#[derive(Debug, PartialEq, Serialize)]
pub struct Cited<'c> {
    /// Its title, where any document prints it.
    pub title: Option<&'c str>,
    /// 发文字号.
    pub number: Option<&'c str>,
    /// Its id.
    pub instrument: &'c str,
}

/// What is shown: a document or a clause of it.
#[derive(Debug)]
pub struct Part<'c> {
    corpus: &'c Corpus,
    /// The document.
    pub policy: &'c Policy,
    /// The clause's path; empty for the whole document.
    pub path: String,
    blocks: Range<usize>,
    /// What it assigns, aims at, demands or promises, that of the clauses inside it too.
    pub obligations: Vec<&'c Obligation>,
    /// What a clause cites; nothing for the whole document, whose facts say it.
    pub citations: Vec<Cited<'c>>,
}

/// `--format json` of a clause; a document's has its record in the place of the first four.
#[derive(Serialize)]
struct ClauseRecord<'c> {
    document: &'c str,
    number: Option<&'c str>,
    path: &'c str,
    title: Option<&'c str>,
    text: String,
    obligations: Vec<ObligationRecord<'c>>,
    citations: &'c [Cited<'c>],
}

#[derive(Serialize)]
struct WholeRecord<'c> {
    #[serde(flatten)]
    record: DocumentRecord<'c>,
    validity: Option<ValidityRecord<'c>>,
    text: String,
    obligations: Vec<ObligationRecord<'c>>,
}

impl<'c> Part<'c> {
    /// The whole of a document.
    pub fn whole(corpus: &'c Corpus, policy: &'c Policy) -> Self {
        let obligations = corpus.obligations.get(policy.obligations.clone()).unwrap_or_default().iter().collect();
        let blocks = 0..policy.document.blocks.len();
        Part { corpus, policy, path: String::new(), blocks, obligations, citations: Vec::new() }
    }

    /// The clause with this path.
    pub fn clause(corpus: &'c Corpus, policy: &'c Policy, path: String) -> Self {
        let inside = |p: &str| p == path || p.strip_prefix(&path).is_some_and(|rest| rest.starts_with('/'));
        let all = corpus.obligations.get(policy.obligations.clone()).unwrap_or_default();
        let obligations: Vec<&Obligation> = all.iter().filter(|o| inside(&o.path)).collect();
        // The clause goes on while its blocks are under it; a row of a table is no block.
        let outline = &policy.outline;
        let start = outline.find(&path).map(|e| e.block);
        let blocks = start.map_or(0..0, |start| {
            let end = (start..policy.document.blocks.len()).find(|&b| !inside(outline.path_at(b)));
            start..end.unwrap_or(policy.document.blocks.len())
        });
        let mut citations = Vec::new();
        for mark in policy.marks.iter().filter(|m| blocks.contains(&m.span.block)) {
            let MarkKind::Citation(i) = mark.kind else { continue };
            let Some(i) = corpus.instruments.get(i) else { continue };
            let cited = Cited { title: i.title.as_deref(), number: i.number.as_deref(), instrument: &i.id };
            if !citations.contains(&cited) {
                citations.push(cited);
            }
        }
        Part { corpus, policy, path, blocks, obligations, citations }
    }

    /// Its blocks; none where it is a row of a table.
    pub fn blocks(&self) -> &'c [Block] {
        self.policy.document.blocks.get(self.blocks.clone()).unwrap_or_default()
    }

    /// The words as printed, a line a block; a row of a table is its task.
    pub fn words(&self) -> String {
        let lines: Vec<&str> = match self.blocks() {
            [] => self.obligations.iter().map(|o| o.text.as_str()).collect(),
            blocks => blocks.iter().map(|b| b.text.as_str()).filter(|t| !t.is_empty()).collect(),
        };
        lines.join("\n")
    }

    /// As the open data write it.
    ///
    /// # Errors
    /// None that are known: what it holds can be written.
    pub fn json(&self) -> Result<String, Diagnostic> {
        let facts = &self.policy.facts;
        let obligations = self.obligations.iter().map(|o| ObligationRecord::from(*o)).collect();
        let json = if self.path.is_empty() {
            serde_json::to_string_pretty(&WholeRecord {
                record: DocumentRecord::from(self.policy),
                validity: self.corpus.validity_of(self.policy).map(ValidityRecord::from),
                text: self.words(),
                obligations,
            })
        } else {
            serde_json::to_string_pretty(&ClauseRecord {
                document: &facts.id,
                number: facts.number.as_deref(),
                path: &self.path,
                title: self.policy.outline.find(&self.path).and_then(|e| e.title.as_deref()),
                text: self.words(),
                obligations,
                citations: &self.citations,
            })
        };
        json.map(|j| j + "\n").map_err(|e| Diagnostic::error("query-json", format!("写不成 JSON：{e}")))
    }

    /// When the document holds, and whether it does on the day `today`.
    pub fn held(&self, validity: &Validity, today: Date) -> String {
        let mut said = Vec::new();
        said.extend(validity.effective.as_ref().map(|day| format!("{day} 起施行")));
        said.extend(validity.expires.as_ref().map(|day| format!("有效期至 {day}")));
        for repeal in &validity.repealed_by {
            let by = self.corpus.documents.get(repeal.policy).map(|p| &p.facts);
            let name = by.map_or(repeal.document.as_str(), |r| r.number.as_deref().unwrap_or(&r.title));
            let from = repeal.from.as_ref().map(|day| format!("{day} 起")).unwrap_or_default();
            said.push(format!("{from}由 {name} 废止"));
        }
        said.extend(validity.status(today).map(|status| status.name().to_owned()));
        said.join("，")
    }

    /// The validity of the document.
    pub fn validity(&self) -> Option<&'c Validity> {
        self.corpus.validity_of(self.policy)
    }
}
