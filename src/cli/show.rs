//! `zhengku show`: a document, or one clause.

use clap::{Args, ValueEnum};
use gongwen::markdown;

use crate::ask::{Part, clause, document, today};
use crate::corpus::Corpus;
use crate::diagnostics::Diagnostic;
use crate::project::Project;

use super::Root;
use super::output::{DONE, Outcome, Stop, TROUBLE, print, width};
use super::page::Page;

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
            ShowFormat::Text => Ok(text(&part, width())),
            ShowFormat::Markdown => Ok(markdown::write(part.blocks())),
            ShowFormat::Json => part.json(),
        }
    }
}

/// The part for a terminal of `width` columns.
fn text(part: &Part<'_>, width: usize) -> String {
    let mut out = Page::new(width);
    let facts = &part.policy.facts;
    if part.path.is_empty() {
        out.heading(&facts.title);
        let validity = part.validity();
        out.head(facts, validity.map(|v| part.held(v, today())).unwrap_or_default());
        out.outline(&part.policy.outline);
    } else {
        let number = facts.number.as_deref().unwrap_or(&facts.id);
        out.heading(&format!("{number} {}", part.path));
        out.fields([("公文", facts.title.clone())]);
    }
    out.line("");
    match part.blocks() {
        [] => out.prose(&part.words()),
        blocks => blocks.iter().for_each(|b| out.block(b)),
    }
    if !part.path.is_empty() {
        part.obligations.iter().for_each(|o| out.obligation(o, &part.path));
        out.citations(&part.citations);
    }
    out.finish()
}
