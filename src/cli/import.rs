//! `zhengku import`: files of an office → content files.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::diagnostics::Diagnostics;
use crate::import::{self, Options, Watcher};

/// 导入公文
#[derive(Args, Debug)]
#[command(after_help = "\
按内容认格式，不看扩展名；压缩包（.zip）里的文件逐个读。能读什么、怎样读：docs/formats.md。
同一份公文的几个文件（例如网页和它的 PDF）只写一份，并说明是哪几个。

例：
  zhengku import 来文/
  zhengku import 来文.zip --keep-source --to 2018")]
pub struct Import {
    /// 要导入的文件、文件夹或压缩包
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
    /// 同一份公文的几个文件都写出
    #[arg(long)]
    twins: bool,
    /// 把原件也放到内容文件旁边，网站上可以下载
    #[arg(long)]
    keep_source: bool,
    /// 只说总数和问题，不逐份列出，也不显示进度
    #[arg(long)]
    quiet: bool,
}

impl Import {
    /// Imports; prints what was read of each document. The diagnostics say what was refused.
    pub fn run(&self) -> Result<Diagnostics, Diagnostics> {
        let options = Options {
            paths: self.paths.clone(),
            root: self.root.clone(),
            to: self.to.clone(),
            force: self.force,
            twins: self.twins,
            keep_source: self.keep_source,
        };
        let bar = Bar::new(!self.quiet && std::io::stderr().is_terminal());
        let report = import::run(&options, &bar);
        bar.0.finish_and_clear();
        let report = report?;
        super::out(&if self.quiet { report.summary() } else { report.to_string() });
        if report.problems.has_errors() { Err(report.problems) } else { Ok(report.problems) }
    }
}

/// How many files have been read, on one line of the terminal.
struct Bar(ProgressBar);

impl Bar {
    fn new(shown: bool) -> Bar {
        if !shown {
            return Bar(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("读入 {pos}/{len} {wide_bar} 约剩 {eta}");
        Bar(ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }
}

impl Watcher for Bar {
    fn found(&self, files: usize) {
        self.0.inc_length(files as u64);
    }

    fn read(&self) {
        self.0.inc(1);
    }
}
