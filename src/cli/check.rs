//! `zhengku check`: what a person should look at.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::check;
use crate::diagnostics::json;
use crate::project::Project;

use super::Root;
use super::output::{self, Outcome};

/// `check`.
#[derive(Debug, Args)]
#[command(about = "检查站点：编号、机关、时限、目标、看不懂的分工和表头、没有对上的更正")]
#[command(after_help = "最后一行总是“检查完毕：错误 0，警告 0，提示 0”的样子。错误要改，警告要看，提示供参考。\n\n\
                        退出码：0 没有错误（可以有警告），1 有错误，2 命令行写错。")]
pub struct Check {
    /// How to print.
    #[arg(long, value_enum, value_name = "格式", default_value_t, help = "text 给人看，json 每行一个对象给程序读")]
    pub format: CheckFormat,
    /// The site.
    #[command(flatten)]
    pub root: Root,
}

/// How `check` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum CheckFormat {
    #[default]
    Text,
    Json,
}

impl Check {
    /// Checks the site and prints what it found.
    pub fn run(&self) -> Outcome {
        let found = match Project::open(&self.root.path) {
            Ok(project) => check::check(&project),
            Err(problems) => problems,
        };
        match self.format {
            CheckFormat::Json => {
                let lines: String = found.0.iter().map(|d| json::object(d) + "\n").collect();
                output::print(lines)?;
            }
            CheckFormat::Text => {
                output::report(&found);
                output::print(check::summary(&found) + "\n")?;
            }
        }
        Ok(if found.has_errors() { ExitCode::from(output::FAILED) } else { output::DONE })
    }
}
