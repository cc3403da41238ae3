//! `zhengku search`: the index of the last build, in the terminal.

use std::io::IsTerminal;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use ::search::{Hit, Notice, Response};
use clap::{Args, ValueEnum};

use crate::content::Config;
use crate::diagnostics::{Attempt, Diagnostic};
use crate::fulltext::{self, Question};
use crate::project::Sources;

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
        let damaged = |e: ::search::Error| {
            let diagnostic = match e {
                ::search::Error::Io(e) => Diagnostic::io(Attempt::Read, &folder, &e),
                e => Diagnostic::error("search-index", e.to_string()).in_file(&folder),
            };
            diagnostic.help("重新生成网站：zhengku build")
        };
        let index = fulltext::open(&output).map_err(damaged)?.ok_or_else(|| {
            Diagnostic::error("search-none", "还没有检索索引")
                .in_file(&folder)
                .help("先生成网站：zhengku build；生成到别处的，用 --output 指明")
        })?;
        let response = self.question().ask(&index).map_err(damaged)?;
        if let Some(newer) = newer(root, &config, &output) {
            remark(&format!(
                "注意：{} 在上次生成之后改过，结果里还没有；要查到它，先运行 zhengku build",
                newer.display()
            ));
        }
        match self.format {
            Format::Json => print(fulltext::json(&response).map_err(|e| damaged(e.into()))?)?,
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

/// A source of the site that is newer than its index: the first of its files, by name.
fn newer(root: &Path, config: &Config, output: &Path) -> Option<PathBuf> {
    let changed = |path: &Path| std::fs::metadata(path).and_then(|m| m.modified()).ok();
    let built: SystemTime = changed(&output.join(fulltext::FOLDER).join("index.json"))?;
    // A folder changes when a file goes or comes.
    let below = |source: &PathBuf| walkdir::WalkDir::new(source).sort_by_file_name().into_iter().flatten();
    let files =
        Sources::of(root, config).said.iter().flat_map(below).map(walkdir::DirEntry::into_path).collect::<Vec<_>>();
    files.into_iter().find(|path| changed(path).is_some_and(|at| at > built))
}

/// The answer as text of a terminal.
fn shown(response: &Response, width: usize, colour: bool) -> String {
    let mut out = String::new();
    let mut line = |line: &str| {
        out.push_str(line);
        out.push('\n');
    };
    for notice in notices(response) {
        line(&notice);
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

/// What the reader should know about the answer.
fn notices(response: &Response) -> Vec<String> {
    let mut exchanged: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut lines = Vec::new();
    for notice in &response.notices {
        match notice {
            Notice::Synonym { from, to } => match exchanged.iter_mut().find(|(f, _)| f == from) {
                Some((_, names)) => names.push(to),
                None => exchanged.push((from, vec![to])),
            },
            Notice::Scattered => lines.push("整句找到的不多，后面是各词分开出现的公文。".to_owned()),
            Notice::Partly => lines.push("没有公文写到所有的词，下面是写到其中大部分的。".to_owned()),
            Notice::Cut => lines.push("检索词太多，后面的没有用上。".to_owned()),
        }
    }
    let exchanged = exchanged.into_iter().map(|(from, names)| format!("“{from}”也查了：{}", names.join("、")));
    let mut all: Vec<String> = exchanged.chain(lines).collect();
    if !all.is_empty() {
        all.push(String::new());
    }
    all
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
