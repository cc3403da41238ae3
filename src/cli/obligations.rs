//! `zhengku obligations`: grep for obligations. `answer` lays out what is found.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use regex::Regex;

use crate::ask::{Spelt, Tasks};
use crate::corpus::tally::{By, Group, tally};
use crate::corpus::{Depth, Obligation};
use crate::diagnostics::{Attempt, Diagnostic};
use crate::progress::Progress;
use crate::project::Project;
use crate::site::data::records::{GroupRecord, ObligationRecord};
use crate::site::data::{Source, calendar, json, sheet};
use crate::vocabulary::Kind;

mod answer;

use answer::{counts, table};

use super::Root;
use super::output::{DONE, FAILED, Outcome, Stop, TROUBLE, print, remark, width};

/// `zhengku obligations`.
#[derive(Debug, Args)]
#[command(about = "查任务：谁牵头、谁配合、何时完成、出自哪一条")]
#[command(after_help = "\
机关可以写任何一种叫法：--lead 市卫健委 也找到写作“市卫生计生委”的。
同一选项写几次，符合其一即可；不同的选项须都符合。
日期写 2020、2020-06 或 2020-06-30，都包含当天、当月、当年；没有时限的任务不列出。
--overdue 只看时限，不知道任务是否已经完成；不写 --as-of 就以今天（北京时间）为准。

指标写符号或文字：'>=80%'、80%以上、不少于2张、'>1.2万人次'、'<=5‰'。
  '>=80%'  要求达到 80% 或更高的：80%以上、不低于85%、达到90%；不含“不超过90%”
  '<=5%'   要求压到 5% 或更低的：5%以内、不超过4%
  '=80%'   数值正好是 80% 的，不论“以上”“以下”
数后不写单位就不限单位；万、亿、‰ 会换算，其他单位须相同。

--group-by 数出每组几条；一条任务有几个机关，每个机关都算一条。

退出码：0 找到，1 没有找到，2 出错。

例：
  zhengku obligations --lead 市民政局
  zhengku obligations 签约 --due-before 2020 --format csv > 任务.csv
  zhengku obligations --overdue --as-of 2020-12-31 --group-by organ
  zhengku obligations --kind target --indicator '>=80%'
  zhengku obligations --lead 市民政局 --format ics --output 时限.ics")]
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
    /// Due before a day.
    #[arg(long, help = "时限已过的")]
    pub overdue: bool,
    /// The day for `--overdue`.
    #[arg(long, value_name = "日期", requires = "overdue", help = "和 --overdue 一起用：截至这个日期")]
    pub as_of: Option<String>,
    /// What an indicator must demand.
    #[arg(long, value_name = "指标", help = "有这样的指标，例如 '>=80%'")]
    pub indicator: Vec<String>,
    /// What they are.
    #[arg(long, value_enum, value_name = "类别", help = "assignment 分工、target 目标、duty 职责、commitment 承诺")]
    pub kind: Vec<Kind>,
    /// Which rest on a weak rule.
    #[arg(long, help = "只要待核的：识别没有把握，请人看一看")]
    pub unsure: bool,
    /// Count instead of listing.
    #[arg(
        long,
        value_enum,
        value_name = "分组",
        help = "只数条数：organ 按机关、document 公文、year 时限年份、region 地区"
    )]
    pub group_by: Option<GroupBy>,
    /// How to print.
    #[arg(
        long,
        value_enum,
        value_name = "格式",
        default_value_t,
        help = "table 表格（默认）、csv、xlsx、ics 日历、jsonl、json"
    )]
    pub format: TableFormat,
    /// Where to.
    #[arg(long, value_name = "文件", help = "写到这个文件；不写就输出到终端或管道")]
    pub output: Option<PathBuf>,
    /// The site.
    #[command(flatten)]
    pub root: Root,
}

/// How `obligations` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum TableFormat {
    #[default]
    Table,
    Csv,
    Xlsx,
    Ics,
    Jsonl,
    Json,
}

impl TableFormat {
    fn name(self) -> &'static str {
        match self {
            TableFormat::Table => "table",
            TableFormat::Csv => "csv",
            TableFormat::Xlsx => "xlsx",
            TableFormat::Ics => "ics",
            TableFormat::Jsonl => "jsonl",
            TableFormat::Json => "json",
        }
    }
}

/// What `--group-by` counts by, as [`By`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum GroupBy {
    Organ,
    Document,
    Year,
    Region,
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
        let asked = self.asked();
        // A pattern that is wrong is said before anything is read.
        asked.pattern()?;
        self.can_deliver(std::io::stdout().is_terminal())?;
        let project = Project::open_to(&self.root.path, Depth::Obligations, &Progress::default())?;
        let filter = asked.filter(&project)?;
        let found: Vec<&Obligation> = filter.of(&project.registry, &project.corpus).collect();
        let (text, groups) = match self.group_by {
            Some(by) => {
                let groups = tally(&project.corpus, &found, by.into());
                (self.counted(&groups, by.into()), Some(groups.len()))
            }
            None => (self.listed(&project, &found, filter.pattern.as_ref()), None),
        };
        self.deliver(&text?)?;
        let count = self.count(found.len(), groups);
        match (&self.output, self.format) {
            (Some(path), _) => remark(&format!("{}：{count}", path.display())),
            (None, TableFormat::Table) if std::io::stdout().is_terminal() => print(count + "\n")?,
            (None, TableFormat::Table) => remark(&count),
            // The numbers of data are for programs to count.
            _ => {}
        }
        Ok(if found.is_empty() { ExitCode::from(FAILED) } else { DONE })
    }

    /// What is asked of the obligations.
    fn asked(&self) -> Tasks {
        Tasks {
            pattern: self.pattern.clone(),
            lead: self.lead.clone(),
            support: self.support.clone(),
            joint: self.joint.clone(),
            implement: self.implement.clone(),
            organ: self.organ.clone(),
            region: self.region.clone(),
            document: self.document.clone(),
            topic: self.topic.clone(),
            due_before: self.due_before.clone(),
            due_after: self.due_after.clone(),
            overdue: self.overdue,
            as_of: self.as_of.clone(),
            indicator: self.indicator.clone(),
            kind: self.kind.clone(),
            unsure: self.unsure,
            spelt: Spelt::Option,
        }
    }

    /// Refuses what `deliver` could not do, before any work is done.
    fn can_deliver(&self, terminal: bool) -> Result<(), Diagnostic> {
        if self.group_by.is_some() && matches!(self.format, TableFormat::Csv | TableFormat::Xlsx | TableFormat::Ics) {
            let message = format!("分组计数不能写成 {}", self.format.name());
            let help = "用 --format table、json 或 jsonl；要逐条列出，就不写 --group-by";
            return Err(Diagnostic::error("query-format", message).help(help));
        }
        if self.format == TableFormat::Xlsx && self.output.is_none() && terminal {
            let message = "Excel 工作簿不是文字，不能显示在终端里";
            return Err(
                Diagnostic::error("query-binary", message).help("写 --output 任务.xlsx，或者在最后写 > 任务.xlsx")
            );
        }
        Ok(())
    }

    /// The obligations in the format asked for.
    fn listed(&self, project: &Project, found: &[&Obligation], pattern: Option<&Regex>) -> Result<Vec<u8>, Diagnostic> {
        let config = &project.config;
        let base = config.base();
        let source = Source { corpus: &project.corpus, title: &config.title, base: base.as_deref() };
        match self.format {
            TableFormat::Table => Ok(table(found, pattern, width()).into_bytes()),
            TableFormat::Jsonl => json::lines(found, |o| ObligationRecord::from(*o)),
            TableFormat::Json => json::array(found, |o| ObligationRecord::from(*o)),
            TableFormat::Csv => sheet::csv(source, found.iter().copied()),
            TableFormat::Xlsx => sheet::xlsx(source, found, &self.asked().command()),
            TableFormat::Ics => {
                let mut dated: Vec<&Obligation> = found.iter().copied().filter(|o| o.due.is_some()).collect();
                dated.sort_by_key(|o| o.due);
                Ok(calendar::ics(source, dated))
            }
        }
    }

    /// The groups in the format asked for.
    fn counted(&self, groups: &[Group], by: By) -> Result<Vec<u8>, Diagnostic> {
        match self.format {
            TableFormat::Jsonl => json::lines(groups, GroupRecord::from),
            TableFormat::Json => json::array(groups, GroupRecord::from),
            _ => Ok(counts(groups, by, width()).into_bytes()),
        }
    }

    fn deliver(&self, bytes: &[u8]) -> Outcome<()> {
        match &self.output {
            Some(path) => Ok(std::fs::write(path, bytes).map_err(|e| Diagnostic::io(Attempt::Write, path, &e))?),
            None => print(bytes),
        }
    }

    /// How much was found.
    fn count(&self, found: usize, groups: Option<usize>) -> String {
        let what = match found {
            0 => "没有符合的任务".to_owned(),
            n => groups.map_or(String::new(), |g| format!("{g} 组，")) + &format!("{n} 条任务"),
        };
        match self.asked().as_of() {
            Ok(Some(day)) => format!("{what}（时限在 {day} 之前）"),
            _ => what,
        }
    }
}

impl From<GroupBy> for By {
    fn from(by: GroupBy) -> Self {
        match by {
            GroupBy::Organ => By::Organ,
            GroupBy::Document => By::Document,
            GroupBy::Year => By::Year,
            GroupBy::Region => By::Region,
        }
    }
}

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Self] {
        Kind::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.key()))
    }
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;

    fn asked(line: &str) -> Obligations {
        #[derive(clap::Parser)]
        struct Line {
            #[command(flatten)]
            verb: Obligations,
        }
        let line = <Line as clap::Parser>::try_parse_from(["obligations"].into_iter().chain(line.split_whitespace()));
        line.unwrap_or_else(|e| panic!("{e}")).verb
    }

    #[test]
    fn what_no_terminal_shows() {
        for (line, terminal) in [
            ("--format xlsx", false),
            ("--format xlsx --output a.xlsx", true),
            ("--format ics", true),
            ("--format json --group-by organ", true),
        ] {
            assert!(asked(line).can_deliver(terminal).is_ok(), "{line}");
        }
        let refused = |line| asked(line).can_deliver(true).map_err(|d| d.to_string()).expect_err(line);
        assert_data_eq!(
            refused("--format xlsx"),
            str![[r#"
错误[query-binary]: Excel 工作簿不是文字，不能显示在终端里
 |
 = 办法: 写 --output 任务.xlsx，或者在最后写 > 任务.xlsx
"#]]
        );
    }
}
