//! `zhengku import`.

use std::path::PathBuf;

use clap::{Args};

use crate::diagnostics::{Diagnostic, Diagnostics};

use super::Root;

/// `import`.
#[derive(Debug, Args)]
#[command(about = "导入公文：把纯文本读成 content/ 下的 Markdown 文件")]
#[command(override_usage = "zhengku import [选项] 文件或文件夹…")]
pub struct Import {
    /// Files and folders.
    #[arg(value_name = "文件或文件夹", required = true, help = "要导入的公文；文件夹连同其中各级文件夹")]
    pub paths: Vec<PathBuf>,
    /// A folder below the content folder.
    #[arg(long, value_name = "子文件夹", help = "放到 content/ 下的这个文件夹")]
    pub to: Option<PathBuf>,
    /// Overwrite edited files.
    #[arg(long, help = "连改动过的文件一起覆盖")]
    pub force: bool,
    /// The site.
    #[command(flatten)]
    pub root: Root,
}

impl Import {
    /// Stands in until the verb lands.
    pub fn run(&self) -> Result<Diagnostics, Diagnostics> {
        Err(Diagnostic::error("cli-todo", "还没有接上").into())
    }
}
