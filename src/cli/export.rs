//! `zhengku export`: the site as a database, as columns, as documents of a search service.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::corpus::Corpus;
use crate::diagnostics::Diagnostic;
use crate::export;
use crate::project::Project;

use super::Root;
use super::output::{DONE, Outcome, Stop, TROUBLE, print, report};

/// `zhengku export`.
#[derive(Debug, Args)]
#[command(about = "导出数据库：SQLite、Parquet，或者 Quickwit 的索引文件")]
#[command(after_help = "\
sqlite   一个文件，含全部表、全文检索和索引；可以用 Datasette、DB Browser 等打开
parquet  一个文件夹，每张表一个文件；可以用 DuckDB、Polars、pandas 读
quickwit 一个文件夹：索引配置 index.yaml 和逐条的 documents.ndjson，供省级检索服务使用

各表、各列的含义见 docs/data.md，检索服务怎么搭见 docs/scale.md。

例：
  zhengku export --format sqlite zhengku.sqlite
  zhengku export --format parquet 表/")]
pub struct Export {
    /// Where to.
    #[arg(value_name = "文件或文件夹", help = "写到哪里：sqlite 写成一个文件，其余写进一个文件夹")]
    pub to: PathBuf,
    /// What.
    #[arg(long, value_enum, value_name = "格式", help = "sqlite、parquet 或 quickwit")]
    pub format: ExportFormat,
    /// The site.
    #[command(flatten)]
    pub root: Root,
}

/// What `export` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum ExportFormat {
    Sqlite,
    Parquet,
    Quickwit,
}

impl Export {
    /// Writes, and says what was written.
    pub fn run(&self) -> Outcome {
        let project = Project::open(&self.root.path).map_err(|d| Stop::Failed(d, TROUBLE))?;
        report(&project.problems);
        let corpus = &project.corpus;
        self.write(corpus, &self.to)?;
        print(format!(
            "{}：公文 {} 份，任务 {} 项，机关 {} 个，文件 {} 件\n",
            self.to.display(),
            corpus.documents.len(),
            corpus.obligations.len(),
            corpus.organs.len(),
            corpus.instruments.len()
        ))?;
        Ok(DONE)
    }

    fn write(&self, corpus: &Corpus, to: &Path) -> Result<(), Diagnostic> {
        let folder = to.is_dir();
        let refused = |reason: &str, help: &str| {
            Err(Diagnostic::error("export", format!("不能写到这里：{reason}")).in_file(to).help(help.to_owned()))
        };
        match self.format {
            ExportFormat::Sqlite if folder => refused("它是一个文件夹", "写上文件名，例如 zhengku.sqlite"),
            ExportFormat::Sqlite => export::sqlite(corpus, to),
            _ if to.exists() && !folder => refused("它是一个文件", "换一个文件夹的名字"),
            ExportFormat::Parquet => export::parquet(corpus, to),
            ExportFormat::Quickwit => export::quickwit(corpus, to),
        }
    }
}
