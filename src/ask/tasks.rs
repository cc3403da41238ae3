//! 查任务: what somebody asks of the obligations, in their own words, as a filter; and what is wrong with the words.

use std::path::Path;

use gongwen::date::Period;
use jiff::civil::Date;
use regex::Regex;

use crate::corpus::Corpus;
use crate::corpus::query::{Condition, Fault, Filter, Part, period};
use crate::diagnostics::{Diagnostic, Place};
use crate::project::Project;
use crate::registry::{RegionId, Registry};
use crate::vocabulary::{Kind, Role};

use super::named::no_such_document;
use super::today;

/// What is asked. Of one field any value will do; different fields must all hold; what is empty asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    /// A regular expression, looked for in titles, texts, annotations and names.
    pub pattern: Option<String>,
    /// Who leads, in any way of writing; so are the other organs.
    pub lead: Vec<String>,
    /// Who supports.
    pub support: Vec<String>,
    /// Who shares.
    pub joint: Vec<String>,
    /// Who implements.
    pub implement: Vec<String>,
    /// Who plays any part.
    pub organ: Vec<String>,
    /// Regions by name or code, with those inside them.
    pub region: Vec<String>,
    /// Documents by number, id or a part of their title.
    pub document: Vec<String>,
    /// Topics by name.
    pub topic: Vec<String>,
    /// Due on this day or before; a year or a month stands for its last day.
    pub due_before: Option<String>,
    /// Due on this day or after; a year or a month stands for its first day.
    pub due_after: Option<String>,
    /// Due before a day.
    pub overdue: bool,
    /// That day; today without it.
    pub as_of: Option<String>,
    /// What an indicator must demand: `>=80%`.
    pub indicator: Vec<String>,
    /// Of which kinds.
    pub kind: Vec<Kind>,
    /// Only those that rest on a weak rule.
    pub unsure: bool,
    /// How the fields are called where the words came from, for what is said of them.
    pub spelt: Spelt,
}

/// How somebody who is told of a field has written it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spelt {
    /// `--due-before`.
    #[default]
    Option,
    /// `due_before`.
    Argument,
}

impl Spelt {
    fn name(self, option: &str) -> String {
        match self {
            Spelt::Option => option.to_owned(),
            Spelt::Argument => option.trim_start_matches('-').replace('-', "_"),
        }
    }
}

impl Tasks {
    /// The obligations that are asked for.
    ///
    /// # Errors
    /// What cannot be understood, with a caret under it where it is a pattern or an indicator.
    pub fn filter(&self, project: &Project) -> Result<Filter, Diagnostic> {
        let pattern = self.pattern()?;
        let due_before = self.day("--due-before", &self.due_before, Period::last_day)?;
        let overdue = self.as_of()?.and_then(|day| day.yesterday().ok());
        let due_before = [due_before, overdue].into_iter().flatten().min();
        let due_after = self.day("--due-after", &self.due_after, Period::first_day)?;
        let indicators: Result<Vec<_>, _> = self.indicator.iter().map(|i| indicator(i)).collect();
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
            pattern,
            organs: organs.map(|(part, names)| (part, query(names))).collect(),
            regions: regions?.into_iter().flatten().collect(),
            documents: (!self.document.is_empty()).then_some(documents),
            topics: topics?,
            due_before,
            due_after,
            indicators: indicators?,
            kinds: self.kind.clone(),
            unsure: self.unsure,
        })
    }

    /// The regular expression.
    ///
    /// # Errors
    /// Where it is wrong, or too costly.
    pub fn pattern(&self) -> Result<Option<Regex>, Diagnostic> {
        self.pattern.as_deref().map(regex).transpose()
    }

    /// The command that finds the same again, whenever it is asked. It names no folder of this computer: a workbook that
    /// holds it goes from hand to hand.
    pub fn command(&self) -> String {
        let mut words = "zhengku obligations".to_owned();
        if let Some(pattern) = &self.pattern {
            words.push_str(&format!(" {}", quoted(pattern)));
        }
        let one = |value: &Option<String>| value.iter().cloned().collect();
        let kinds = self.kind.iter().map(|kind| kind.key().to_owned()).collect();
        let as_of = self.as_of().ok().flatten().map(|day| day.to_string());
        let options: [(&str, Vec<String>); 12] = [
            ("lead", self.lead.clone()),
            ("support", self.support.clone()),
            ("joint", self.joint.clone()),
            ("implement", self.implement.clone()),
            ("organ", self.organ.clone()),
            ("region", self.region.clone()),
            ("topic", self.topic.clone()),
            ("document", self.document.clone()),
            ("kind", kinds),
            ("due-after", one(&self.due_after)),
            ("due-before", one(&self.due_before)),
            ("indicator", self.indicator.clone()),
        ];
        for (name, values) in options {
            values.iter().for_each(|value| words.push_str(&format!(" --{name} {}", quoted(value))));
        }
        if let Some(day) = as_of {
            words.push_str(&format!(" --overdue --as-of {day}"));
        }
        if self.unsure {
            words.push_str(" --unsure");
        }
        words
    }

    /// The day before which a deadline must lie to be overdue.
    ///
    /// # Errors
    /// Where it is no day.
    pub fn as_of(&self) -> Result<Option<Date>, Diagnostic> {
        match &self.as_of {
            _ if !self.overdue => Ok(None),
            Some(_) => self.day("--as-of", &self.as_of, Period::last_day),
            None => Ok(Some(today())),
        }
    }

    /// The day that `text`, the value of `option`, stands for.
    fn day(
        &self,
        option: &str,
        text: &Option<String>,
        of: fn(Period) -> Option<Date>,
    ) -> Result<Option<Date>, Diagnostic> {
        let Some(text) = text else { return Ok(None) };
        let day = period(text).and_then(of).map(Some);
        day.ok_or_else(|| {
            let name = self.spelt.name(option);
            Diagnostic::error("query-date", format!("{name} 的日期看不懂：{text}"))
                .help("写成 2020、2020-06 或 2020-06-30")
        })
    }
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ',' | ':' | '/' | '-');
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// Reads what an indicator must demand.
fn indicator(text: &str) -> Result<Condition, Diagnostic> {
    text.parse().map_err(|fault: Fault| {
        Diagnostic::error("query-indicator", "指标写得看不懂")
            .at(Place::span(Path::new("指标"), text, fault.at))
            .label(fault.reason)
            .help("写成 '>=80%'、80%以上、不少于2张、'>1.2万人次' 的样子；单位可以不写")
    })
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
///
/// # Errors
/// Where there is none, with the nearest.
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
        found if found.is_empty() => Err(no_such_document(corpus, name)),
        found => Ok(found),
    }
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
