//! `zhengku import`: files of an office → content files.

use std::path::PathBuf;

use clap::Args;

use crate::diagnostics::Diagnostics;
use crate::import::{self, Options};

/// 导入公文文本
#[derive(Args, Debug)]
pub struct Import {
    /// 要导入的文件或文件夹（纯文本；UTF-8、UTF-16、GB18030、GBK）
    #[arg(value_name = "路径", required = true)]
    paths: Vec<PathBuf>,
    /// 站点文件夹
    #[arg(long, value_name = "文件夹", default_value = ".")]
    root: PathBuf,
    /// 写到 content 下的哪个文件夹
    #[arg(long, value_name = "子文件夹")]
    to: Option<PathBuf>,
    /// 覆盖人改过的文件
    #[arg(long)]
    force: bool,
}

impl Import {
    /// Imports; prints what was read of each document. The diagnostics say what was refused.
    pub fn run(&self) -> Result<Diagnostics, Diagnostics> {
        let options =
            Options { paths: self.paths.clone(), root: self.root.clone(), to: self.to.clone(), force: self.force };
        let report = import::run(&options)?;
        super::out(&report.to_string());
        if report.problems.has_errors() { Err(report.problems) } else { Ok(report.problems) }
    }
}
