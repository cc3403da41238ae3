//! `zhengku build`.

use std::path::PathBuf;

use clap::{Args};

use crate::diagnostics::{Diagnostic, Diagnostics};

use super::Root;

/// `build`.
#[derive(Debug, Args)]
#[command(about = "生成网站：页面、开放数据和检索")]
#[command(override_usage = "zhengku build [选项]")]
pub struct Build {
    /// Where to.
    #[arg(long, value_name = "文件夹", help = "网站输出到这里；不写就按 zhengku.toml，默认 public")]
    pub output: Option<PathBuf>,
    /// Where the site will stand.
    #[arg(long, value_name = "网址", help = "网站将来的网址，如 https://example.gov.cn/policy/")]
    pub base_url: Option<String>,
    /// The look.
    #[arg(long, value_name = "名称", help = "用 themes/ 下的这个主题")]
    pub theme: Option<String>,
    /// The site.
    #[command(flatten)]
    pub root: Root,
}

impl Build {
    /// Stands in until the verb lands.
    pub fn run(&self) -> Result<Diagnostics, Diagnostics> {
        Err(Diagnostic::error("cli-todo", "还没有接上").into())
    }
}
