//! `zhengku build`: the site, whole or not at all.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use crate::content::Config;
use crate::corpus::Depth;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::progress::Progress;
use crate::project::Project;
use crate::site::{self, Kept, Made, Places, Searched, Summary};

use super::progress;

/// 生成站点
#[derive(Args, Debug)]
pub struct Build {
    /// 站点文件夹
    #[arg(long, value_name = "文件夹", default_value = ".")]
    root: PathBuf,
    /// 写到哪个文件夹（默认是 zhengku.toml 里的 output，即 public）
    #[arg(long, value_name = "文件夹")]
    output: Option<PathBuf>,
    /// 站点发布的网址，例如 https://example.gov.cn/policy/
    #[arg(long, value_name = "网址")]
    base_url: Option<String>,
    /// 用 themes/ 下的哪个主题
    #[arg(long, value_name = "名字")]
    theme: Option<String>,
    /// 在网页和数据旁边写好压缩的一份（.br、.zst、.gz），服务器可以直接发送
    #[arg(long)]
    precompress: bool,
    /// 内容的版本，例如 git 提交号，印在使用说明里
    #[arg(long, value_name = "版本")]
    revision: Option<String>,
    /// 只打印这个网页的模板得到的变量（JSON），不生成站点
    #[arg(long, value_name = "网页")]
    dump_context: Option<String>,
    /// 说明每一步做了多少、用了多久
    #[arg(long)]
    timings: bool,
    /// 只说结果，不显示进度
    #[arg(long)]
    quiet: bool,
}

impl Build {
    /// Builds, and says what was built and how to look at it.
    pub fn run(&self) -> Result<Diagnostics, Diagnostics> {
        let start = Instant::now();
        let progress = Progress::default();
        if let Some(page) = &self.dump_context {
            let project = self.open(&progress)?;
            super::out(&context(&project, page)?);
            return Ok(project.problems);
        }
        let (project, summary, output) = progress::shown(&progress, !self.quiet, || self.build(&progress))?;
        super::out(&describe(&summary, &output.display().to_string(), start));
        if project.config.base().is_none() {
            super::out(&format!("{}\n", no_address()));
        }
        if self.timings {
            super::out(&progress::timings(&progress, start.elapsed()));
        }
        // Who ran this through cargo has no zhengku on the path.
        let program = if std::env::var_os("CARGO").is_some() { "cargo run --release --" } else { "zhengku" };
        let here = self.root == std::path::Path::new(".");
        let place = if here { String::new() } else { format!(" --root {}", self.root.display()) };
        super::out(&format!("看一看：{program} serve{place}\n"));
        Ok(project.problems)
    }

    /// The site with the settings of the command line over its own.
    fn open(&self, progress: &Progress) -> Result<Project, Diagnostics> {
        let mut project = Project::open_to(&self.root, Depth::Whole, progress)?;
        if let Some(url) = &self.base_url {
            project.config.base_url = Some(Config::base_url(url)?);
        }
        if let Some(theme) = &self.theme {
            project.config.theme.clone_from(theme);
        }
        if self.revision.is_some() {
            project.config.revision.clone_from(&self.revision);
        }
        Ok(project)
    }

    fn build(&self, progress: &Progress) -> Result<(Project, Summary, PathBuf), Diagnostics> {
        let project = self.open(progress)?;
        let output = self.output.clone().unwrap_or_else(|| self.root.join(&project.config.output));
        let summary =
            build(&project, &output, progress, How { precompress: self.precompress, durable: true, ..How::default() })?;
        Ok((project, summary, output))
    }
}

/// How a site is built.
#[derive(Clone, Copy, Debug, Default)]
pub struct How {
    /// When the search index is written.
    pub searched: Searched,
    /// Whether compressed forms are written too.
    pub precompress: bool,
    /// Whether the site must outlive a loss of power.
    pub durable: bool,
}

/// What the template of a page is given, as JSON.
fn context(project: &Project, page: &str) -> Result<String, Diagnostic> {
    let Project { root, config, corpus, registry, .. } = project;
    site::context(corpus, registry, config, (root, theme(config)), &kept(project), page)
}

/// The folder of the theme; none for the built-in one.
fn theme(config: &Config) -> Option<&str> {
    (config.theme != "default").then_some(config.theme.as_str())
}

/// The files that documents were imported from.
fn kept(project: &Project) -> Kept {
    project.files.iter().filter_map(|f| Some((f.id.clone(), f.kept.clone()?))).collect()
}

/// Builds an open project into `output`.
pub fn build(
    project: &Project,
    output: &std::path::Path,
    progress: &Progress,
    how: How,
) -> Result<Summary, Diagnostic> {
    let config = &project.config;
    let content = project.root.join(&config.content);
    let (theme, kept) = (theme(config), kept(project));
    let How { searched, precompress, durable } = how;
    let context = project.cache.context();
    let made = context.map(|context| Made { files: &project.keys, context, cache: &project.cache });
    let root = &project.root;
    let content = content.as_path();
    let places = Places { root, content, output, theme, kept: &kept, progress, searched, precompress, made, durable };
    site::build(&project.corpus, &project.registry, config, places)
}

/// What a site lacks that does not know where it will stand.
fn no_address() -> Diagnostic {
    Diagnostic::hint("site-no-address", "没有写网站的网址，缺几样要用完整网址的东西")
        .note("没有生成 sitemap.xml、opensearch.xml 和 Atom 订阅；网页没有规范网址和分享信息；表格和日历不能点开到条款")
        .help("在 zhengku.toml 里写 base_url = \"https://example.gov.cn/policy/\"，或者加上 --base-url")
}

/// One line on what was built.
pub fn describe(summary: &Summary, output: &str, start: Instant) -> String {
    format!(
        "{}：公文 {} 份，任务 {} 项，机关 {} 个，文件 {} 件，网页 {} 个（{:.1} MB），用时 {:.2} 秒\n",
        output,
        summary.documents,
        summary.obligations,
        summary.organs,
        summary.instruments,
        summary.pages,
        summary.bytes as f64 / 1e6,
        start.elapsed().as_secs_f64()
    )
}
