//! `zhengku obligations`: grep for obligations.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use gongwen::date::Period;
use regex::Regex;

use crate::corpus::query::{Filter, Part, ROLES, period};
use crate::corpus::{Corpus, Obligation, ObligationKind, Role};
use crate::diagnostics::{Diagnostic, Place};
use crate::project::Project;
use crate::registry::{RegionId, Registry};
use crate::site::data::json;
use crate::site::data::sheet::{self, Source};

use super::Root;
use super::output::{DONE, FAILED, Outcome, Stop, TROUBLE, print, remark, width};

/// `zhengku obligations`.
#[derive(Debug, Args)]
#[command(about = "查任务：谁牵头、谁配合、何时完成、出自哪一条")]
#[command(after_help = "\
机关可以写任何一种叫法：--lead 市卫健委 也找到写作“市卫生计生委”的。
同一选项写几次，符合其一即可；不同的选项须都符合。
日期写 2020、2020-06 或 2020-06-30，都包含当天、当月、当年；没有时限的任务不列出。

退出码：0 找到，1 没有找到，2 出错。

例：
  zhengku obligations --lead 市民政局
  zhengku obligations 签约 --due-before 2020 --format csv > 任务.csv")]
pub struct Obligations {
    /// A regular expression.
    #[arg(value_name = "正则", help = "在标题、正文、分工和机关名称里找的正则表达式")]
    pub pattern: Option<String>,
    /// Who leads.
    #[arg(long, value_name = "机关", help = "由它牵头")]
    pub lead: Vec<String>,
    /// Who supports.
    #[arg(long, value_name = "机关", help = "由它配合")]
    pub support: Vec<String>,
    /// Who shares.
    #[arg(long, value_name = "机关", help = "由它共同负责")]
    pub joint: Vec<String>,
    /// Who implements.
    #[arg(long, value_name = "机关", help = "由它落实")]
    pub implement: Vec<String>,
    /// Who plays any part.
    #[arg(long, value_name = "机关", help = "和它有关，不论何种分工")]
    pub organ: Vec<String>,
    /// Whose documents.
    #[arg(long, value_name = "地区", help = "这个地区和其中各级的公文；名称或六位代码")]
    pub region: Vec<String>,
    /// Which documents.
    #[arg(long, value_name = "公文", help = "这份公文；文号、id 或标题的一部分")]
    pub document: Vec<String>,
    /// What about.
    #[arg(long, value_name = "主题", help = "属于这个主题；网站的“主题”页列出全部主题")]
    pub topic: Vec<String>,
    /// Due on this day or before.
    #[arg(long, value_name = "日期", help = "不晚于这个日期完成")]
    pub due_before: Option<String>,
    /// Due on this day or after.
    #[arg(long, value_name = "日期", help = "不早于这个日期完成")]
    pub due_after: Option<String>,
    /// What they are.
    #[arg(long, value_enum, value_name = "类别", help = "assignment 分工、target 目标、duty 职责、commitment 承诺")]
    pub kind: Vec<Kind>,
    /// How to print.
    #[arg(long, value_enum, value_name = "格式", default_value_t, help = "table 表格（默认）、csv、jsonl、json")]
    pub format: TableFormat,
    /// The site.
    #[command(flatten)]
    pub root: Root,
}

/// What an obligation is, as [`crate::corpus::ObligationKind`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Kind {
    Assignment,
    Target,
    Duty,
    Commitment,
}

/// How `obligations` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum TableFormat {
    #[default]
    Table,
    Csv,
    Jsonl,
    Json,
}

impl Obligations {
    /// Prints what is found. What goes wrong is told from finding nothing, as with grep.
    pub fn run(&self) -> Outcome {
        self.search().map_err(|stop| match stop {
            Stop::Failed(diagnostics, _) => Stop::Failed(diagnostics, TROUBLE),
            stop => stop,
        })
    }

    fn search(&self) -> Outcome {
        let pattern = self.pattern.as_deref().map(regex).transpose()?;
        let project = Project::open(&self.root.path)?;
        let filter = Filter { pattern, ..self.filter(&project)? };
        let found: Vec<&Obligation> = filter.of(&project.registry, &project.corpus).collect();
        let source = Source { corpus: &project.corpus, base: project.config.base_url.as_deref() };
        match self.format {
            TableFormat::Table => {
                print(table(&found, filter.pattern.as_ref(), width()))?;
                let count = match found.len() {
                    0 => "没有符合的任务".to_owned(),
                    n => format!("{n} 条任务"),
                };
                if std::io::stdout().is_terminal() { print(count + "\n")? } else { remark(&count) }
            }
            TableFormat::Jsonl => print(json::lines(&found).map_err(Diagnostic::from)?)?,
            TableFormat::Json => print(json::array(&found).map_err(Diagnostic::from)?)?,
            TableFormat::Csv => print(sheet::csv(source, found.iter().copied()).map_err(Diagnostic::from)?)?,
        }
        Ok(if found.is_empty() { ExitCode::from(FAILED) } else { DONE })
    }

    fn filter(&self, project: &Project) -> Result<Filter, Diagnostic> {
        let day = |flag: &str, text: &Option<String>, of: fn(Period) -> Option<String>| match text {
            None => Ok(None),
            Some(text) => period(text).and_then(of).map(Some).ok_or_else(|| {
                Diagnostic::error("query-date", format!("{flag} 的日期看不懂：{text}"))
                    .help("写成 2020、2020-06 或 2020-06-30")
            }),
        };
        let parts = [
            (Part::As(Role::Lead), &self.lead),
            (Part::As(Role::Support), &self.support),
            (Part::As(Role::Joint), &self.joint),
            (Part::As(Role::Implement), &self.implement),
            (Part::Any, &self.organ),
        ];
        let organs = parts.into_iter().filter(|(_, names)| !names.is_empty());
        let query = |names: &Vec<String>| names.iter().map(|n| project.registry.query(n)).collect();
        let regions: Result<Vec<_>, _> = self.region.iter().map(|r| regions(&project.registry, r)).collect();
        let documents: Result<Vec<_>, _> = self.document.iter().map(|d| documents(&project.corpus, d)).collect();
        let mut documents: Vec<usize> = documents?.into_iter().flatten().collect();
        documents.sort_unstable();
        let topics: Result<Vec<_>, _> = self.topic.iter().map(|t| topic(&project.registry, t)).collect();
        Ok(Filter {
            pattern: None,
            organs: organs.map(|(part, names)| (part, query(names))).collect(),
            regions: regions?.into_iter().flatten().collect(),
            documents: (!self.document.is_empty()).then_some(documents),
            topics: topics?,
            due_before: day("--due-before", &self.due_before, |p| Some(p.last_day()?.to_string()))?,
            due_after: day("--due-after", &self.due_after, |p| Some(p.first_day()?.to_string()))?,
            kinds: self.kind.iter().map(|&k| k.into()).collect(),
        })
    }
}

impl From<Kind> for ObligationKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Assignment => ObligationKind::Assignment,
            Kind::Target => ObligationKind::Target,
            Kind::Duty => ObligationKind::Duty,
            Kind::Commitment => ObligationKind::Commitment,
        }
    }
}

/// The regions of this name or code.
fn regions(registry: &Registry, name: &str) -> Result<Vec<RegionId>, Diagnostic> {
    let name = name.trim();
    if let Some(region) = name.parse().ok().filter(|&id| registry.region(id).is_some()) {
        return Ok(vec![region]);
    }
    match registry.regions_named(name) {
        [] => Err(Diagnostic::error("query-region", format!("不认识的地区：{name}"))
            .help("写全称、简称或六位代码，例如 吉林市、台州、331000；站点自己的地区写在 regions.toml")),
        regions => Ok(regions.to_vec()),
    }
}

/// The topic of this name.
pub fn topic(registry: &Registry, name: &str) -> Result<usize, Diagnostic> {
    let topics = registry.topics();
    topics.named(name).ok_or_else(|| {
        let diagnostic = Diagnostic::error("query-topic", format!("没有这个主题：{}", name.trim()));
        match topics.near(name) {
            near if near.is_empty() => diagnostic.help("网站的“主题”页列出全部主题；站点自己的主题写在 topics.toml"),
            near => diagnostic.help(format!("是不是 {}？", near.join("、"))),
        }
    })
}

/// The documents of this number, id or part of a title.
fn documents(corpus: &Corpus, name: &str) -> Result<Vec<usize>, Diagnostic> {
    match corpus.documents_like(name) {
        found if found.is_empty() => Err(super::show::no_such_document(corpus, name)),
        found => Ok(found),
    }
}

const HEADER: [&str; 8] = ["任务", "牵头", "配合", "共同", "落实", "责任主体", "时限", "出处"];

fn table(found: &[&Obligation], pattern: Option<&Regex>, width: usize) -> String {
    let rows: Vec<Vec<String>> = found.iter().map(|o| row(o, pattern)).collect();
    super::table::render(&HEADER, &rows, width)
}

fn row(o: &Obligation, pattern: Option<&Regex>) -> Vec<String> {
    // A clause with a heading is known by it, except where the words that are looked for stand elsewhere.
    let heading = o.title.as_deref().filter(|_| o.kind == ObligationKind::Assignment);
    let heading = heading.filter(|h| pattern.is_none_or(|p| p.is_match(h) || !p.is_match(&o.text)));
    let mut row = vec![heading.unwrap_or(&o.text).to_owned()];
    row.extend(ROLES.iter().map(|&role| o.shown_names(role)));
    let lines = |parts: [Option<&str>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join("\n");
    row.push(lines([o.due_text.as_deref(), o.due.as_deref()]));
    row.push(lines([
        Some(o.number.as_deref().unwrap_or(&o.document)),
        Some(o.path.as_str()).filter(|p| !p.is_empty()),
    ]));
    row
}

/// Reads a regular expression.
fn regex(pattern: &str) -> Result<Regex, Diagnostic> {
    Regex::new(pattern).map_err(|error| fault(pattern, &error))
}

/// What is wrong with `pattern`, with a caret under it.
fn fault(pattern: &str, error: &regex::Error) -> Diagnostic {
    use regex_syntax::ast::ErrorKind;
    let diagnostic = Diagnostic::error("query-pattern", "正则表达式写错了");
    let help = "要找的文字里有 ( ) [ ] * + ? . \\ 这些符号，就在前面加 \\，例如 \\(一\\)";
    let Err(regex_syntax::Error::Parse(fault)) = regex_syntax::Parser::new().parse(pattern) else {
        return match error {
            regex::Error::CompiledTooBig(_) => diagnostic.note("重复的次数太多").help("写得简单一些"),
            _ => diagnostic.help(help),
        };
    };
    let label = match fault.kind() {
        ErrorKind::GroupUnclosed | ErrorKind::GroupUnopened => "圆括号没有配对",
        ErrorKind::ClassUnclosed => "方括号没有配对",
        ErrorKind::RepetitionMissing => "前面没有可以重复的内容",
        ErrorKind::RepetitionCountUnclosed => "花括号没有配对",
        ErrorKind::EscapeUnrecognized => "没有这种转义",
        ErrorKind::EscapeUnexpectedEof => "反斜杠后面缺一个字",
        ErrorKind::UnsupportedBackreference => "不支持回指",
        ErrorKind::UnsupportedLookAround => "不支持环视",
        _ => "从这里起看不懂",
    };
    let span = fault.span().start.offset..fault.span().end.offset;
    diagnostic.at(Place::span(Path::new("正则"), pattern, span)).label(label).help(help)
}
