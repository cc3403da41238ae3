//! 设置: `zhengku.toml` at the root of a site. An empty file will do, and so will none.

use std::path::Path;

use serde::Serialize;

use crate::diagnostics::{Attempt, Diagnostic, Diagnostics};
use crate::strings::{Language, Strings};

use super::colour::{self, Colour};
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
    /// 许可: under what terms the data may be used again, on the page about the site.
    pub licence: Option<String>,
    /// Where these terms stand.
    pub licence_url: Option<String>,
    /// 标志: a file of `assets/` or of the theme, beside the name of the site.
    pub logo: Option<String>,
    /// 页脚: a line of the site's own.
    pub footer: Option<String>,
    /// 反馈: where readers write to, `https://…` or `mailto:…`.
    pub feedback: Option<String>,
    /// 颜色 of the head and of what is current, in the place of red.
    pub colour: Option<Colour>,
    /// 内容版本: the commit or the day of the content, as the site's people name it. A build knows no clock and asks no git.
    pub revision: Option<String>,
    /// The language of the interface; `<html lang>`.
    pub language: Language,
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
    /// What stands beside the page of each document, in the order of [`Format::ALL`]; `None` where nothing is said.
    #[serde(skip)]
    pub formats: Option<Vec<Format>>,
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
        Config::in_language(Language::default())
    }
}

impl Config {
    /// The settings of a site in `language` that says nothing else.
    fn in_language(language: Language) -> Config {
        let strings = Strings::built_in(language);
        Config {
            title: strings.text("site.title").into(),
            description: strings.text("site.description").into(),
            base_url: None,
            organisation: None,
            icp: None,
            licence: None,
            licence_url: None,
            logo: None,
            footer: None,
            feedback: None,
            colour: None,
            revision: None,
            language,
            theme: "default".into(),
            content: "content".into(),
            output: "public".into(),
            region: None,
            instrument: None,
            formats: None,
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
        let language = root.choice(("language", "语言"), &Language::ALL.map(Language::tag)).and_then(Language::of);
        let language = language.unwrap_or_default();
        let default = Config::in_language(language);
        let config = Config {
            title: root.string(("title", "站名")).unwrap_or(default.title),
            description: root.string(("description", "简介")).unwrap_or(default.description),
            base_url: root.string(("base_url", "网址")).and_then(|url| base_url(&root, url)),
            organisation: root.string(("organisation", "主办单位")),
            icp: root.string(("icp", "备案号")),
            licence: root.string(("licence", "许可")),
            licence_url: root.string(("licence_url", "许可网址")).filter(|a| address(&root, "licence_url", a, &WEB)),
            logo: root.string(("logo", "标志")),
            footer: root.string(("footer", "页脚")),
            feedback: root.string(("feedback", "反馈")).filter(|a| address(&root, "feedback", a, &REACHED)),
            colour: root.string(("colour", "颜色")).and_then(|c| colour(&root, &c)),
            revision: root.string(("revision", "内容版本")),
            language,
            theme: root.string(("theme", "主题")).filter(|t| folder(&root, "theme", t)).unwrap_or(default.theme),
            content: root
                .string(("content", "内容"))
                .filter(|t| folder(&root, "content", t))
                .unwrap_or(default.content),
            output: root.string(("output", "输出")).filter(|t| folder(&root, "output", t)).unwrap_or(default.output),
            region: root.string(("region", "地区")),
            instrument: root.section(("links", "链接")).and_then(links),
            formats: root.strings(("formats", "格式")).and_then(|names| formats(&root, &names)),
        };
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

/// How an address of the web begins, and one that people write to.
const WEB: [&str; 2] = ["https://", "http://"];
const REACHED: [&str; 3] = ["https://", "http://", "mailto:"];

/// True for an address that begins in one of these ways.
fn address(root: &Section<'_, '_>, key: &str, address: &str, begins: &[&str]) -> bool {
    let plain = !address.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>'));
    if plain && begins.iter().any(|b| address.len() > b.len() && address.starts_with(b)) {
        return true;
    }
    let diagnostic = Diagnostic::error("config-address", format!("{key} 不是网址：{address}"))
        .label(format!("要以 {} 开头，没有空格", begins.join("、")))
        .help(format!("写成 {key} = \"{}example.gov.cn/…\"", begins[0]));
    root.reject(key, diagnostic);
    false
}

/// A colour that can be read on light paper.
fn colour(root: &Section<'_, '_>, text: &str) -> Option<Colour> {
    let wrong = match Colour::parse(text) {
        Some(colour) if colour.contrast() >= colour::LEAST => return Some(colour),
        Some(colour) => Diagnostic::error("config-colour", format!("colour 太浅，在浅色纸上看不清：{text}"))
            .label(format!("对比度 {:.1}，至少要 {}", colour.contrast(), colour::LEAST))
            .help("换一种深一些的颜色，例如 colour = \"#0b5563\""),
        None => Diagnostic::error("config-colour", format!("colour 不是颜色：{text}"))
            .label("要写成 # 和三位或六位十六进制数")
            .help("写成 colour = \"#0b5563\""),
    };
    root.reject("colour", wrong);
    None
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
        let text = "title = \"台州政策\"\ndescription = \"甲\"\nbase_url = \"https://a.cn/p\"\nlanguage = \"en\"\n\
                    organisation = \"丙\"\nicp = \"浙ICP备00000000号\"\nlicence = \"CC BY 4.0\"\n\
                    licence_url = \"https://a.cn/l\"\nlogo = \"logo.svg\"\nfooter = \"丁\"\nfeedback = \"mailto:a@a.cn\"\n\
                    colour = \"#0b5563\"\nrevision = \"3f2a\"\n\
                    theme = \"plain\"\ncontent = \"docs/a\"\noutput = \"site\"\n\
                    region = \"331000\"\nformats = [\"md\"]\n[links]\ninstrument = \"https://a.cn/s?q={title}&n={number}\"\n";
        let (config, problems) = Config::parse(Path::new(FILE), text);
        assert_eq!(problems, Diagnostics::default());
        let expected = Config {
            title: "台州政策".into(),
            description: "甲".into(),
            base_url: Some("https://a.cn/p/".into()),
            organisation: Some("丙".into()),
            icp: Some("浙ICP备00000000号".into()),
            licence: Some("CC BY 4.0".into()),
            licence_url: Some("https://a.cn/l".into()),
            logo: Some("logo.svg".into()),
            footer: Some("丁".into()),
            feedback: Some("mailto:a@a.cn".into()),
            colour: Colour::parse("#0b5563"),
            revision: Some("3f2a".into()),
            language: Language::English,
            theme: "plain".into(),
            content: "docs/a".into(),
            output: "site".into(),
            region: Some("331000".into()),
            instrument: Some("https://a.cn/s?q={title}&n={number}".into()),
            formats: Some(vec![Format::Md]),
        };
        assert_eq!(config, expected);
        let (english, _) = Config::parse(Path::new(FILE), "language = \"en\"\n");
        assert_eq!(english.title, "Policy library", "what a site does not say is in its language");
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
            problems("language = \"fr\"\n"),
            str![[r#"
错误[toml-choice]: language 没有 fr 这个值
 --> zhengku.toml:1:12
  |
1 | language = "fr"
  |            ^^^^ 不在可用的值里
  |
  = 办法: 可用的值：zh-CN、en
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
            problems("feedback = \"a@a.cn\"\n"),
            str![[r#"
错误[config-address]: feedback 不是网址：a@a.cn
 --> zhengku.toml:1:12
  |
1 | feedback = "a@a.cn"
  |            ^^^^^^^^ 要以 https://、http://、mailto: 开头，没有空格
  |
  = 办法: 写成 feedback = "https://example.gov.cn/…"
"#]]
        );
        assert_data_eq!(
            problems("colour = \"#ffd000\"\n"),
            str![[r##"
错误[config-colour]: colour 太浅，在浅色纸上看不清：#ffd000
 --> zhengku.toml:1:10
  |
1 | colour = "#ffd000"
  |          ^^^^^^^^^ 对比度 1.4，至少要 4.5
  |
  = 办法: 换一种深一些的颜色，例如 colour = "#0b5563"
"##]]
        );
        assert_data_eq!(
            problems("colour = \"red\"\n"),
            str![[r##"
错误[config-colour]: colour 不是颜色：red
 --> zhengku.toml:1:10
  |
1 | colour = "red"
  |          ^^^^^ 要写成 # 和三位或六位十六进制数
  |
  = 办法: 写成 colour = "#0b5563"
"##]]
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
