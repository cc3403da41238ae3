//! `zhengku check`.

use clap::{Args, ValueEnum};

use crate::diagnostics::{Diagnostic, Diagnostics};

use super::Root;

/// `check`.
#[derive(Debug, Args)]
#[command(about = "检查站点：编号、机关、时限、看不懂的分工、没有对上的更正")]
#[command(override_usage = "zhengku check [选项]")]
#[command(after_help = "退出码：0 没有错误（可以有警告），1 有错误，2 命令行写错。")]
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
    /// Stands in until the verb lands.
    pub fn run(&self) -> Result<Diagnostics, Diagnostics> {
        Err(Diagnostic::error("cli-todo", "还没有接上").into())
    }
}
