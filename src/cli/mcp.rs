//! `zhengku mcp`: the site for assistants.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::Args;

use crate::mcp::{Library, serve};

use super::Root;
use super::output::{DONE, Outcome, remark};

/// `zhengku mcp`.
#[derive(Debug, Args)]
#[command(about = "让助手程序来查：经标准输入输出，用模型上下文协议（MCP）")]
#[command(after_help = "\
由助手程序启动，不是给人敲的。助手问，这里答：search 全文检索、obligations 查任务、document 看公文、
clause 看条款、organ 看机关、diff 对照；每条都带文号、条款路径、网址和原文。
只读；站点的文件改了，下一次回答就用新的；检索用的是最近一次生成的索引。

例（写在助手程序的设置里）：
  {\"mcpServers\": {\"政库\": {\"command\": \"zhengku\", \"args\": [\"mcp\", \"--root\", \"/srv/policy\"]}}}")]
pub struct Mcp {
    /// Where the site was built.
    #[arg(long, value_name = "文件夹", help = "网站生成在这个文件夹；不写就是 zhengku.toml 里的 output")]
    output: Option<PathBuf>,
    /// Where it is published.
    #[arg(long, value_name = "网址", help = "网站发布的网址；不写就是 zhengku.toml 里的 base_url")]
    base_url: Option<String>,
    /// The site.
    #[command(flatten)]
    root: Root,
}

impl Mcp {
    /// Answers until whoever asks has gone.
    pub fn run(&self) -> Outcome {
        let library = Library::open(&self.root.path, self.output.clone(), self.base_url.as_deref())?;
        if std::io::stdin().is_terminal() {
            remark("在等助手程序从标准输入来问；按 Ctrl+D 结束。怎样配置见 docs/assistants.md");
        }
        serve(library)?;
        Ok(DONE)
    }
}
