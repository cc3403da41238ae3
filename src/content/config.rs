//! 设置: `zhengku.toml` at the root of a site. An empty file will do, and so will none.

use std::path::Path;

use serde::Serialize;

use crate::diagnostics::{Attempt, Diagnostic, Diagnostics};

use super::toml::{Section, Toml};

/// The file's name.
pub const FILE: &str = "zhengku.toml";

/// The settings of a site. What its pages may print is what templates find in `site`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Config {
    /// 站名, on every page.
    pub title: String,
    /// 简介: one sentence on the home page and for search engines.
    pub description: String,
    /// Where the site will stand: `https://example.gov.cn/policy/`. Absolute addresses (canonical links, sitemap, feed,
    /// links of spreadsheets) exist only with it; without it the links between pages name `index.html`, so that the site
    /// also opens from a folder.
    pub base_url: Option<String>,
    /// 主办单位, in the footer.
    pub organisation: Option<String>,
    /// ICP 备案号, in the footer.
    pub icp: Option<String>,
    /// A folder of `themes/`.
    #[serde(skip)]
    pub theme: String,
    /// The folder of the documents, relative to the root.
    #[serde(skip)]
    pub content: String,
    /// The folder of the built site, relative to the root.
    #[serde(skip)]
    pub output: String,
    /// Code of the region that documents are of which do not say (GB/T 2260).
    #[serde(skip)]
    pub region: Option<String>,
    /// `[links] instrument`: where an instrument that the site does not hold is looked up, with `{title}` and `{number}`
    /// in their places. No link without it.
    #[serde(skip)]
    pub instrument: Option<String>,
    /// What stands beside the page of each document, in the order of [`Format::ALL`].
    #[serde(skip)]
    pub formats: Vec<Format>,
}

/// A form in which the text of a document stands beside its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Akoma Ntoso 3.0 (OASIS).
    Akn,
    /// Markdown: the content file in normal form.
    Md,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 2] = [Format::Akn, Format::Md];

    /// As settings name it.
    pub fn key(self) -> &'static str {
        match self {
            Format::Akn => "akn",
            Format::Md => "md",
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Config {
            title: "政策库".into(),
            description: "公文、任务分工和时限，可检索，可引用。".into(),
            base_url: None,
            organisation: None,
            icp: None,
            theme: "default".into(),
            content: "content".into(),
            output: "public".into(),
            region: None,
            instrument: None,
            formats: Format::ALL.to_vec(),
        }
    }
}

/// What stands for the title and the number of an instrument in [`Config::instrument`].
const TITLE: &str = "{title}";
const NUMBER: &str = "{number}";

impl Config {
    /// [`Config::base_url`] with exactly one `/` at its end.
    pub fn base(&self) -> Option<String> {
        let base = self.base_url.as_deref()?.trim().trim_end_matches('/');
        (!base.is_empty()).then(|| format!("{base}/"))
    }

    /// Where the instrument of this title and number is looked up. Without a number its title stands in for it.
    pub fn instrument_link(&self, title: &str, number: Option<&str>) -> Option<String> {
        let encoded =
            |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let number = encoded(number.unwrap_or(title));
        let mut out = String::new();
        // Part by part, so that a title that holds “{number}” stays as it is.
        for (i, part) in self.instrument.as_deref()?.split(TITLE).enumerate() {
            if i > 0 {
                out.push_str(&encoded(title));
            }
            out.push_str(&part.replace(NUMBER, &number));
        }
        Some(out)
    }

    /// The address that a site is published at, with its final `/`.
    ///
    /// # Errors
    /// Where `url` is no such address.
    pub fn base_url(url: &str) -> Result<String, Diagnostic> {
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        let odd = |c: char| c.is_whitespace() || matches!(c, '?' | '#' | '"' | '<' | '>');
        if host.is_some_and(|h| !h.is_empty() && !h.starts_with('/') && !h.contains(odd)) {
            return Ok(if url.ends_with('/') { url.to_owned() } else { format!("{url}/") });
        }
        Err(Diagnostic::error("config-base-url", format!("base_url 不是网址：{url}"))
            .label("要以 http:// 或 https:// 开头，没有 ? 和 #")
            .help("写成 https://example.gov.cn/policy/"))
    }

    /// Reads the settings of the site at `root`; the defaults where it has none. What is wrong is reported and keeps its
    /// default.
    pub fn read(root: &Path) -> (Config, Diagnostics) {
        let path = root.join(FILE);
        match std::fs::read(&path) {
            Ok(bytes) => match std::str::from_utf8(&bytes) {
                Ok(text) => Config::parse(&path, text),
                Err(error) => (Config::default(), super::load::not_utf8(&path, &bytes, error).into()),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Default::default(),
            Err(error) => (Config::default(), Diagnostic::io(Attempt::Read, &path, &error).into()),
        }
    }

    /// Reads settings from `text`, which is what `file` holds.
    pub fn parse(file: &Path, text: &str) -> (Config, Diagnostics) {
        let start = text.len() - text.trim_start_matches('\u{FEFF}').len();
        let toml = Toml::new(file, text, start..text.len());
        let table = toml.parse();
        let mut root = Section::root(&toml, &table);
        let default = Config::default();
        let config = Config {
            title: root.string(("title", "站名")).unwrap_or(default.title),
            description: root.string(("description", "简介")).unwrap_or(default.description),
            base_url: root.string(("base_url", "网址")).and_then(|url| base_url(&root, url)),
            organisation: root.string(("organisation", "主办单位")),
            icp: root.string(("icp", "备案号")),
            theme: root.string(("theme", "主题")).filter(|t| folder(&root, "theme", t)).unwrap_or(default.theme),
            content: root
                .string(("content", "内容"))
                .filter(|t| folder(&root, "content", t))
                .unwrap_or(default.content),
            output: root.string(("output", "输出")).filter(|t| folder(&root, "output", t)).unwrap_or(default.output),
            region: root.string(("region", "地区")),
            instrument: root.section(("links", "链接")).and_then(links),
            formats: root
                .strings(("formats", "格式"))
                .and_then(|names| formats(&root, &names))
                .unwrap_or(default.formats),
        };
        root.choice(("language", "语言"), &["zh-CN"]);
        root.finish();
        (config, toml.into_problems())
    }
}

fn base_url(root: &Section<'_, '_>, url: String) -> Option<String> {
    Config::base_url(&url)
        .map_err(|diagnostic| {
            root.reject("base_url", diagnostic.help("写成 base_url = \"https://example.gov.cn/policy/\""));
        })
        .ok()
}

/// The formats of these names.
fn formats(root: &Section<'_, '_>, names: &[String]) -> Option<Vec<Format>> {
    let known = Format::ALL.map(Format::key);
    if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
        let diagnostic = Diagnostic::error("config-format", format!("formats 里没有 {name} 这种格式"))
            .label("不在可用的值里")
            .help(format!("可用的值：{}；都不要就写 formats = []", known.join("、")));
        root.reject("formats", diagnostic);
        return None;
    }
    Some(Format::ALL.into_iter().filter(|format| names.iter().any(|name| name == format.key())).collect())
}

/// `[links]`.
fn links(mut section: Section<'_, '_>) -> Option<String> {
    let instrument = section.string(("instrument", "引用的文件")).filter(|link| {
        let web = ["https://", "http://"].iter().any(|scheme| link.starts_with(scheme));
        let plain = !link.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>'));
        let good = web && plain && (link.contains(TITLE) || link.contains(NUMBER));
        if !good {
            let diagnostic = Diagnostic::error("config-link", format!("instrument 不是查文件的网址：{link}"))
                .label("要以 http:// 或 https:// 开头，里面有 {title} 或 {number}")
                .help("写成 instrument = \"https://example.gov.cn/search?q={title}\"");
            section.reject("instrument", diagnostic);
        }
        good
    });
    section.finish();
    instrument
}

/// True for a path below the root, with `/`.
fn folder(root: &Section<'_, '_>, key: &str, path: &str) -> bool {
    let plain = |part: &str| super::id::fault(part).is_none();
    if path.trim_end_matches('/').split('/').all(plain) {
        return true;
    }
    let diagnostic = Diagnostic::error("config-folder", format!("{key} 不能是 {path}"))
        .label("要是站点文件夹里面的一个文件夹")
        .help("写一个相对的名字，不用 .. 和开头的 /；别处的文件夹用命令行的 --output 指明");
    root.reject(key, diagnostic);
    false
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;

    fn problems(text: &str) -> String {
        Config::parse(Path::new(FILE), text).1.to_string()
    }

    #[test]
    fn an_empty_file_will_do() {
        assert_eq!(Config::parse(Path::new(FILE), ""), (Config::default(), Diagnostics::default()));
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(Config::read(folder.path()), (Config::default(), Diagnostics::default()));
    }

    #[test]
    fn all_keys() {
        let text = "title = \"台州政策\"\ndescription = \"甲\"\nbase_url = \"https://a.cn/p\"\nlanguage = \"zh-CN\"\n\
                    organisation = \"丙\"\nicp = \"浙ICP备00000000号\"\ntheme = \"plain\"\ncontent = \"docs/a\"\noutput = \"site\"\n\
                    region = \"331000\"\nformats = [\"md\"]\n[links]\ninstrument = \"https://a.cn/s?q={title}&n={number}\"\n";
        let (config, problems) = Config::parse(Path::new(FILE), text);
        assert_eq!(problems, Diagnostics::default());
        let expected = Config {
            title: "台州政策".into(),
            description: "甲".into(),
            base_url: Some("https://a.cn/p/".into()),
            organisation: Some("丙".into()),
            icp: Some("浙ICP备00000000号".into()),
            theme: "plain".into(),
            content: "docs/a".into(),
            output: "site".into(),
            region: Some("331000".into()),
            instrument: Some("https://a.cn/s?q={title}&n={number}".into()),
            formats: vec![Format::Md],
        };
        assert_eq!(config, expected);
        let link = |title, number| config.instrument_link(title, number);
        assert_eq!(link("甲&乙", Some("1号")).as_deref(), Some("https://a.cn/s?q=%E7%94%B2%26%E4%B9%99&n=1%E5%8F%B7"));
        assert_eq!(link("{number}", None).as_deref(), Some("https://a.cn/s?q=%7Bnumber%7D&n=%7Bnumber%7D"));
        assert_eq!(Config::default().instrument_link("甲", None), None);
    }

    #[test]
    fn messages() {
        assert_data_eq!(
            problems("tilte = \"甲\"\n"),
            str![[r#"
错误[toml-unknown-key]: 不认识的键 tilte
 --> zhengku.toml:1:1
  |
1 | tilte = "甲"
  | ^^^^^ 是不是 title？
"#]]
        );
        assert_data_eq!(
            problems("base_url = \"a.cn\"\n"),
            str![[r#"
错误[config-base-url]: base_url 不是网址：a.cn
 --> zhengku.toml:1:12
  |
1 | base_url = "a.cn"
  |            ^^^^^^ 要以 http:// 或 https:// 开头，没有 ? 和 #
  |
  = 办法: 写成 base_url = "https://example.gov.cn/policy/"
"#]]
        );
        assert_data_eq!(
            problems("language = \"en\"\n"),
            str![[r#"
错误[toml-choice]: language 没有 en 这个值
 --> zhengku.toml:1:12
  |
1 | language = "en"
  |            ^^^^ 不在可用的值里
  |
  = 办法: 可用的值：zh-CN
"#]]
        );
        assert_data_eq!(
            problems("output = \"../public\"\n"),
            str![[r#"
错误[config-folder]: output 不能是 ../public
 --> zhengku.toml:1:10
  |
1 | output = "../public"
  |          ^^^^^^^^^^^ 要是站点文件夹里面的一个文件夹
  |
  = 办法: 写一个相对的名字，不用 .. 和开头的 /；别处的文件夹用命令行的 --output 指明
"#]]
        );
        assert_data_eq!(
            problems("[links]\ninstrument = \"https://a.cn/\"\n"),
            str![[r#"
错误[config-link]: instrument 不是查文件的网址：https://a.cn/
 --> zhengku.toml:2:14
  |
2 | instrument = "https://a.cn/"
  |              ^^^^^^^^^^^^^^^ 要以 http:// 或 https:// 开头，里面有 {title} 或 {number}
  |
  = 办法: 写成 instrument = "https://example.gov.cn/search?q={title}"
"#]]
        );
        assert_data_eq!(
            problems("formats = [\"md\", \"docx\"]\n"),
            str![[r#"
错误[config-format]: formats 里没有 docx 这种格式
 --> zhengku.toml:1:11
  |
1 | formats = ["md", "docx"]
  |           ^^^^^^^^^^^^^^ 不在可用的值里
  |
  = 办法: 可用的值：akn、md；都不要就写 formats = []
"#]]
        );
        assert_data_eq!(
            problems("theme = 3\n"),
            str![[r#"
错误[toml-type]: theme 应当是一段文字
 --> zhengku.toml:1:9
  |
1 | theme = 3
  |         ^ 这是整数
  |
  = 办法: 写成 theme = "…"
"#]]
        );
    }
}
