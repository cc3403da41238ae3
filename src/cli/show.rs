//! `zhengku show`: a document, or one clause.

use std::ops::Range;

use clap::{Args, ValueEnum};
use gongwen::{Block, markdown};
use jiff::civil::Date;
use serde::Serialize;

use crate::corpus::{ClauseMiss, Corpus, MarkKind, Obligation, Policy, Validity};
use crate::diagnostics::Diagnostic;
use crate::project::Project;
use crate::site::data::records::{DocumentRecord, ObligationRecord, ValidityRecord};

use super::Root;
use super::output::{DONE, Outcome, Stop, TROUBLE, print, width};
use super::page::{Cited, Page};
use super::today::today;

/// `zhengku show`.
#[derive(Debug, Args)]
#[command(about = "看公文：整份，或者其中一条")]
#[command(after_help = "\
例：
  zhengku show '吉市政办发(2017)48号'
  zhengku show '吉市政办发〔2017〕48号#二/（一）'
  zhengku show 2020-医保条例#第十条")]
pub struct Show {
    /// The document, perhaps with a clause.
    #[arg(value_name = "公文[#条款]", help = "文号（括号不限）、id 或标题；条款写路径，或不重复的最后一段")]
    pub what: String,
    /// How to print.
    #[arg(long, value_enum, value_name = "格式", default_value_t, help = "text 给人看（默认）、markdown、json")]
    pub format: ShowFormat,
    /// The site.
    #[command(flatten)]
    pub root: Root,
}

/// How `show` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum ShowFormat {
    #[default]
    Text,
    Json,
    Markdown,
}

impl Show {
    /// Prints what is named.
    pub fn run(&self) -> Outcome {
        let project = Project::open(&self.root.path).map_err(|d| Stop::Failed(d, TROUBLE))?;
        let shown = self.shown(&project.corpus).map_err(|d| Stop::Failed(d.into(), super::output::FAILED))?;
        print(shown)?;
        Ok(DONE)
    }

    fn shown(&self, corpus: &Corpus) -> Result<String, Diagnostic> {
        let (name, path) = self.what.split_once(['#', '＃']).unwrap_or((&self.what, ""));
        let policy = &corpus.documents[document(corpus, name)?];
        let part = match path.trim() {
            "" => Part::whole(corpus, policy),
            path => Part::clause(corpus, policy, clause(corpus, policy, name, path)?),
        };
        match self.format {
            ShowFormat::Text => Ok(part.text(width())),
            ShowFormat::Markdown => Ok(markdown::write(part.blocks())),
            ShowFormat::Json => part.json(),
        }
    }
}

/// The one document of this name: index into [`Corpus::documents`].
pub fn document(corpus: &Corpus, name: &str) -> Result<usize, Diagnostic> {
    let found = corpus.documents_named(name);
    match found[..] {
        [index] => Ok(index),
        [] => Err(no_such_document(corpus, name)),
        _ => {
            let message = format!("有 {} 份公文都叫 {name}", found.len());
            let found = found.into_iter().filter_map(|i| corpus.documents.get(i));
            Err(Diagnostic::error("show-ambiguous", message).help(format!("写 id：{}", list(found))))
        }
    }
}

/// No document is called `name`; the nearest ones.
pub fn no_such_document(corpus: &Corpus, name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error("show-document", format!("没有这份公文：{name}"));
    let near = corpus.documents_near(name);
    match near[..] {
        [] if corpus.documents.is_empty() => diagnostic.help("站点里还没有公文，先用 zhengku import 导入"),
        [] => diagnostic.help("写文号、id 或完整的标题"),
        _ => diagnostic.help(format!("是不是 {}？", list(near.iter().filter_map(|&i| corpus.documents.get(i))))),
    }
}

fn list<'c>(policies: impl Iterator<Item = &'c Policy>) -> String {
    let named = |p: &Policy| match &p.facts.number {
        Some(number) => format!("{number}《{}》", p.facts.title),
        None => format!("{}《{}》", p.facts.id, p.facts.title),
    };
    policies.map(named).collect::<Vec<_>>().join("、")
}

fn clause(corpus: &Corpus, policy: &Policy, name: &str, path: &str) -> Result<String, Diagnostic> {
    let list = |paths: Vec<String>| paths.iter().map(|p| format!("#{p}")).collect::<Vec<_>>().join("、");
    corpus.clause_named(policy, path).map_err(|miss| match miss {
        ClauseMiss::Ambiguous(paths) => {
            Diagnostic::error("show-ambiguous", format!("{name} 有 {} 处 {path}", paths.len()))
                .help(format!("写完整的路径：{}", list(paths)))
        }
        ClauseMiss::Unknown(near) => {
            let help = match near.is_empty() {
                true => "不写条款，看整份公文的目录".to_owned(),
                false => format!("是不是 {}？", list(near)),
            };
            Diagnostic::error("show-clause", format!("{name} 没有这一条：{path}")).help(help)
        }
    })
}

/// What is shown: a document or a clause of it.
struct Part<'c> {
    corpus: &'c Corpus,
    policy: &'c Policy,
    /// The clause's path; empty for the whole document.
    path: String,
    blocks: Range<usize>,
    obligations: Vec<&'c Obligation>,
    citations: Vec<Cited<'c>>,
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
    fn whole(corpus: &'c Corpus, policy: &'c Policy) -> Self {
        let obligations = corpus.obligations.get(policy.obligations.clone()).unwrap_or_default().iter().collect();
        let blocks = 0..policy.document.blocks.len();
        Part { corpus, policy, path: String::new(), blocks, obligations, citations: Vec::new() }
    }

    fn clause(corpus: &'c Corpus, policy: &'c Policy, path: String) -> Self {
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

    fn blocks(&self) -> &'c [Block] {
        self.policy.document.blocks.get(self.blocks.clone()).unwrap_or_default()
    }

    /// The words as printed, a line a block; a row of a table is its task.
    fn words(&self) -> String {
        let lines: Vec<&str> = match self.blocks() {
            [] => self.obligations.iter().map(|o| o.text.as_str()).collect(),
            blocks => blocks.iter().map(|b| b.text.as_str()).filter(|t| !t.is_empty()).collect(),
        };
        lines.join("\n")
    }

    fn json(&self) -> Result<String, Diagnostic> {
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
    fn held(&self, validity: &Validity, today: Date) -> String {
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

    fn text(&self, width: usize) -> String {
        let mut out = Page::new(width);
        let facts = &self.policy.facts;
        if self.path.is_empty() {
            out.heading(&facts.title);
            let validity = self.corpus.validity_of(self.policy);
            out.head(facts, validity.map(|v| self.held(v, today())).unwrap_or_default());
            out.outline(&self.policy.outline);
        } else {
            let number = facts.number.as_deref().unwrap_or(&facts.id);
            out.heading(&format!("{number} {}", self.path));
            out.fields([("公文", facts.title.clone())]);
        }
        out.line("");
        match self.blocks() {
            [] => out.prose(&self.words()),
            blocks => blocks.iter().for_each(|b| out.block(b)),
        }
        if !self.path.is_empty() {
            self.obligations.iter().for_each(|o| out.obligation(o, &self.path));
            out.citations(&self.citations);
        }
        out.finish()
    }
}
