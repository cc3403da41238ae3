//! 命令行: the verbs, their flags and what their help says. `tests/cli` pins every help text.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// 把公文变成可检索的政策知识库.
#[derive(Debug, Parser)]
#[command(name = "zhengku", version, about = "政库：把公文变成可检索的政策知识库")]
#[command(after_help = "“zhengku 命令 --help”显示该命令的用法。")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// The verbs, in the order in which a new user meets them.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)] // each is described by its arguments
pub enum Verb {
    Init(Init),
    Import(Import),
    Check(Check),
    Build(Build),
    Serve(Serve),
    Obligations(Obligations),
    Show(Show),
}

/// 站点的位置, for every verb that reads a site.
#[derive(Clone, Debug, Args)]
pub struct Root {
    /// The site's root.
    #[arg(long = "root", value_name = "目录", default_value = ".", help = "站点的文件夹；不写就是当前文件夹")]
    pub path: PathBuf,
}

/// `init`.
#[derive(Debug, Args)]
#[command(about = "新建站点：设置、示例公文和机关、地区表")]
#[command(override_usage = "zhengku init 目录")]
pub struct Init {
    /// The new site's folder.
    #[arg(value_name = "目录", help = "新站点的文件夹；已有的须是空的")]
    pub folder: PathBuf,
}

/// `import`.
#[derive(Debug, Args)]
#[command(about = "导入公文：把纯文本读成 content/ 下的 Markdown 文件")]
#[command(override_usage = "zhengku import [选项] 文件或文件夹…")]
pub struct Import {
    /// Files and folders.
    #[arg(value_name = "文件或文件夹", required = true, help = "要导入的公文；文件夹连同其中各级文件夹")]
    pub paths: Vec<PathBuf>,
    /// A folder below the content folder.
    #[arg(long, value_name = "子目录", help = "放到 content/ 下的这个文件夹")]
    pub to: Option<PathBuf>,
    /// Overwrite edited files.
    #[arg(long, help = "连改动过的文件一起覆盖")]
    pub force: bool,
    /// The site.
    #[command(flatten)]
    pub root: Root,
}

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

/// `build`.
#[derive(Debug, Args)]
#[command(about = "生成网站：页面、开放数据和检索")]
#[command(override_usage = "zhengku build [选项]")]
pub struct Build {
    /// Where to.
    #[arg(long, value_name = "目录", help = "网站输出到这里；不写就按 zhengku.toml，默认 public")]
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

/// `serve`.
#[derive(Debug, Args)]
#[command(about = "预览网站：在本机打开，内容一改就更新")]
#[command(override_usage = "zhengku serve [选项]")]
pub struct Serve {
    /// TCP port; 0 for any that is free.
    #[arg(long, value_name = "端口", help = "不写就用 8000，被占用时用下一个；0 是任意空闲端口")]
    pub port: Option<u16>,
    /// The path that the site stands under.
    #[arg(long, value_name = "路径", help = "网站在这个路径下，如 /policy/；不写就是 /")]
    pub base: Option<String>,
    /// The look.
    #[arg(long, value_name = "名称", help = "用 themes/ 下的这个主题")]
    pub theme: Option<String>,
    /// The site.
    #[command(flatten)]
    pub root: Root,
}

/// `obligations`.
#[derive(Debug, Args)]
#[command(about = "查任务：谁牵头、谁配合、何时完成、出自哪一条")]
#[command(override_usage = "zhengku obligations [选项] [正则]")]
#[command(after_help = "\
机关可以写任何一种叫法：--lead 市卫健委 也找到写作“市卫生计生委”的。
同一选项写几次，符合其一即可；不同的选项须都符合。
日期写 2020、2020-06 或 2020-06-30，都包含当天、当月、当年；没有时限的任务不列出。

退出码：0 找到，1 没有找到，2 出错。

例：
  zhengku obligations --lead 市民政局
  zhengku obligations 签约 --due-before 2020 --format csv > 任务.csv")]
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
    /// Due on this day or before.
    #[arg(long, value_name = "日期", help = "不晚于这个日期完成")]
    pub due_before: Option<String>,
    /// Due on this day or after.
    #[arg(long, value_name = "日期", help = "不早于这个日期完成")]
    pub due_after: Option<String>,
    /// What they are.
    #[arg(long, value_enum, value_name = "类别", help = "assignment 分工、target 目标、duty 职责、commitment 承诺")]
    pub kind: Vec<Kind>,
    /// How to print.
    #[arg(long, value_enum, value_name = "格式", default_value_t, help = "table 表格（默认）、csv、jsonl、json")]
    pub format: TableFormat,
    /// The site.
    #[command(flatten)]
    pub root: Root,
}

/// What an obligation is, as [`crate::corpus::ObligationKind`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Kind {
    Assignment,
    Target,
    Duty,
    Commitment,
}

/// How `obligations` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum TableFormat {
    #[default]
    Table,
    Csv,
    Jsonl,
    Json,
}

/// `show`.
#[derive(Debug, Args)]
#[command(about = "看公文：整份，或者其中一条")]
#[command(override_usage = "zhengku show [选项] 公文[#条款]")]
#[command(after_help = "\
例：
  zhengku show '吉市政办发(2017)48号'
  zhengku show '吉市政办发〔2017〕48号#二/（一）'
  zhengku show 2020-医保条例#第十条")]
pub struct Show {
    /// The document, perhaps with a clause.
    #[arg(value_name = "公文[#条款]", help = "文号（括号不限）、id 或标题；条款写路径，或不重复的最后一段")]
    pub what: String,
    /// How to print.
    #[arg(long, value_enum, value_name = "格式", default_value_t, help = "text 给人看（默认）、markdown、json")]
    pub format: ShowFormat,
    /// The site.
    #[command(flatten)]
    pub root: Root,
}

/// How `show` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum ShowFormat {
    #[default]
    Text,
    Json,
    Markdown,
}
