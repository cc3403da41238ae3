//! `zhengku search`: the index of the last build, in the terminal.

use std::io::IsTerminal;
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;

use ::search::{Hit, Response};
use clap::{Args, ValueEnum};

use crate::ask::{self, damaged};
use crate::content::Config;
use crate::fulltext::{self, Question};

use super::Root;
use super::output::{DONE, FAILED, Outcome, Stop, TROUBLE, coloured, print, remark, width};
use super::text;

/// Excerpts are not read in longer lines, however wide the terminal.
const PROSE: usize = 100;
/// Columns before a document's lines and before its passages.
const INDENT: &str = "    ";

/// `zhengku search`.
#[derive(Debug, Args)]
#[command(about = "全文检索：在最近一次生成的网站里找，和网页上的检索同一个结果")]
#[command(after_help = "\
词用空格隔开，须都有；\"……\" 一字不差；-词 不要有它；甲 OR 乙 有一个即可。
字段:值 只在字段里找：标题 文号 类型 地区 年份 机关 届次 建议号 代表 牵头 配合 落实 时限 ……
年份和日期可以写范围：年份:2018..2020。机关的旧称、简称一并查找，并会说明。

退出码：0 找到，1 没有找到，2 出错。

例：
  zhengku search 家庭医生签约
  zhengku search '\"双随机、一公开\" -市场监管 年份:2018..'
  zhengku search 牵头:市民政局 时限:..2019 --format json")]
pub struct Search {
    /// The query.
    #[arg(value_name = "检索词", required = true, help = "要找的词，可以有几个")]
    query: Vec<String>,
    /// How many documents to list.
    #[arg(long, value_name = "份数", default_value_t = fulltext::LIMIT, help = "列出多少份公文；不写就是 10，0 是全部")]
    limit: usize,
    /// Of what kind.
    #[arg(long, value_name = "文种", help = "只要这一种公文：通知、意见、答复……")]
    kind: Vec<String>,
    /// Whose documents.
    #[arg(long, value_name = "地区", help = "只要这个地区和其中各级的公文")]
    region: Vec<String>,
    /// Of which years.
    #[arg(long, value_name = "年份", help = "只要这一年或这些年的公文：2018 或 2018..2020")]
    year: Vec<String>,
    /// Which organs they name.
    #[arg(long, value_name = "机关", help = "只要写到这个机关的公文")]
    organ: Vec<String>,
    /// How to print.
    #[arg(long, value_enum, value_name = "格式", default_value_t, help = "text 给人看（默认）、json")]
    format: Format,
    /// Where the site was built.
    #[arg(long, value_name = "文件夹", help = "网站生成在这个文件夹；不写就是 zhengku.toml 里的 output")]
    output: Option<PathBuf>,
    /// The site.
    #[command(flatten)]
    root: Root,
}

/// How `search` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
}

impl Search {
    /// Prints what is found. What goes wrong is told from finding nothing, as with grep.
    pub fn run(&self) -> Outcome {
        self.search().map_err(|stop| match stop {
            Stop::Failed(diagnostics, _) => Stop::Failed(diagnostics, TROUBLE),
            stop => stop,
        })
    }

    fn search(&self) -> Outcome {
        let root = &self.root.path;
        let (config, problems) = Config::read(root);
        if problems.has_errors() {
            return Err(problems.into());
        }
        let output = self.output.clone().unwrap_or_else(|| root.join(&config.output));
        let folder = output.join(fulltext::FOLDER);
        let index = ask::index(&output)?;
        let response = self.question().ask(&index).map_err(|e| damaged(&folder, e))?;
        if let Some(newer) = ask::newer(root, &config, &output) {
            remark(&ask::stale(&newer));
        }
        match self.format {
            Format::Json => print(fulltext::json(&response).map_err(|e| damaged(&folder, e.into()))?)?,
            Format::Text => print(shown(&response, width().min(PROSE), coloured(&std::io::stdout())))?,
        }
        if self.format == Format::Text {
            let count = count(&response);
            if std::io::stdout().is_terminal() { print(count + "\n")? } else { remark(&count) }
        }
        Ok(if response.results.is_empty() { ExitCode::from(FAILED) } else { DONE })
    }

    fn question(&self) -> Question {
        let asked = [("kind", &self.kind), ("region", &self.region), ("year", &self.year), ("organ", &self.organ)];
        let narrowed = asked.into_iter().flat_map(|(f, values)| values.iter().map(|v| (f.to_owned(), v.clone())));
        Question { query: self.query.join(" "), limit: self.limit, offset: 0, narrowed: narrowed.collect() }
    }
}

/// The answer as text of a terminal.
fn shown(response: &Response, width: usize, colour: bool) -> String {
    let mut out = String::new();
    let mut line = |line: &str| {
        out.push_str(line);
        out.push('\n');
    };
    let notices = ask::notices(response);
    notices.iter().for_each(|notice| line(notice));
    if !notices.is_empty() {
        line("");
    }
    for (i, hit) in response.results.iter().enumerate() {
        let place = format!("{:<4}", i + 1);
        let title = marked(&hit.title, &hit.title_marks, colour);
        for l in text::folded(&title, width, &place, INDENT) {
            line(&l);
        }
        for l in text::indented(&facts(hit), width, INDENT, INDENT) {
            line(&l);
        }
        for passage in &hit.passages {
            let excerpt = marked(&passage.excerpt, &passage.marks, colour);
            let place = [&passage.path, &passage.label].map(|part| text::inert(part));
            let place: String = place.into_iter().filter(|part| !part.is_empty()).map(|part| part + "　").collect();
            for l in text::folded(&format!("{place}{excerpt}"), width, "    · ", "      ") {
                line(&l);
            }
        }
        line("");
    }
    if !response.suggestions.is_empty() {
        line(&format!("是不是要找：{}", response.suggestions.join("、")));
    }
    out
}

/// Number, date, kind, how often, where.
fn facts(hit: &Hit) -> String {
    let extra = |name: &str| hit.extra[name].as_str();
    let known = [hit.number.as_deref(), extra("date"), extra("kind"), extra("region")];
    let mut facts: Vec<String> = known.into_iter().flatten().map(str::to_owned).collect();
    if hit.hits > 0 {
        facts.push(format!("{} 处", hit.hits));
    }
    facts.push(hit.url.clone());
    facts.join("　")
}

/// How many there are.
fn count(response: &Response) -> String {
    let (total, listed) = (response.total, response.results.len());
    let about = if response.total_exact { "" } else { "至多 " };
    match total {
        0 => "没有找到".to_owned(),
        _ if listed < total => format!("{about}{total} 份公文，列出前 {listed} 份；--limit 0 列出全部"),
        _ => format!("{total} 份公文"),
    }
}

/// `text` with what was found in it in colour, and without what steers a terminal.
fn marked(text: &str, marks: &[Range<usize>], colour: bool) -> String {
    const FOUND: &str = "\u{1b}[1;33m";
    const PLAIN: &str = "\u{1b}[0m";
    if !colour {
        return text::inert(text);
    }
    let mut out = String::with_capacity(text.len() + marks.len() * 12);
    let mut at = 0;
    for mark in marks {
        let (Some(before), Some(found)) = (text.get(at..mark.start), text.get(mark.clone())) else { continue };
        out.extend([&text::inert(before), FOUND, &text::inert(found), PLAIN]);
        at = mark.end;
    }
    out + &text::inert(text.get(at..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_in_colour_and_nothing_else_steers() {
        let text = "提高\u{1b}低保标准";
        let mark = text.find("低保").map(|at| at..at + 6).unwrap_or_default();
        assert_eq!(marked(text, std::slice::from_ref(&mark), true), "提高 \u{1b}[1;33m低保\u{1b}[0m标准");
        assert_eq!(marked(text, &[mark], false), "提高 低保标准");
    }
}
