//! 模板: the theme inside the program, a theme of the site over it, and the site's own templates over both.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use include_dir::{Dir, include_dir};
use tera::{Context, ErrorKind, Kwargs, State, Tera};
use walkdir::WalkDir;

use crate::cache::Key;
use crate::content::Config;
use crate::content::config::FILE as SETTINGS;
use crate::diagnostics::{Attempt, Diagnostic, Place};
use crate::project::{ASSETS, TEMPLATES, THEMES};
use crate::strings::{self, Strings, calls};

use super::assets::Assets;
use super::links::Links;
use super::own;

static DEFAULT_THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The templates of a site, ready to render.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    /// Where each template that is not built in comes from, for messages.
    files: BTreeMap<String, String>,
    /// The text of every template, for messages.
    sources: BTreeMap<String, String>,
    /// Styles, scripts and pictures.
    pub assets: Assets,
    /// What the interface says.
    pub strings: Arc<Strings>,
    /// What pages are given, where somebody asks.
    pub watched: Option<Mutex<Vec<Seen>>>,
}

/// What the template of a page was given.
#[derive(Debug)]
pub struct Seen {
    /// The template.
    pub template: String,
    /// Every variable by its name.
    pub context: serde_json::Map<String, serde_json::Value>,
}

/// Before the name of a built-in template that another stands in the place of.
const BUILT_IN: &str = "default/";
/// How a component begins.
const COMPONENT: &str = "{% component ";
/// The style sheet of the colour that the settings choose.
const COLOUR: &str = "colour.css";

/// Says that the file of the logo is nowhere.
fn no_logo(root: &Path, logo: &str) -> Diagnostic {
    Diagnostic::error("config-logo", format!("没有标志文件 {logo}"))
        .in_file(&root.join(SETTINGS))
        .help(format!("把它放在站点的 {ASSETS}/ 文件夹里"))
}

impl Templates {
    /// Loads the built-in theme, `themes/NAME/` and `templates/` of the site under `root`, each over the former.
    ///
    /// # Errors
    /// Where the theme does not exist, a file cannot be read, a template cannot be parsed, or something asks for a text
    /// that is not there.
    pub fn load(root: &Path, theme: Option<&str>, config: &Config) -> Result<Templates, Diagnostic> {
        let mut sources = BTreeMap::new();
        let mut files = BTreeMap::new();
        let mut assets: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for file in DEFAULT_THEME.get_dir("templates").into_iter().flat_map(Dir::files) {
            if let (Some(name), Some(text)) = (file.path().file_name().and_then(|n| n.to_str()), file.contents_utf8()) {
                sources.insert(name.to_owned(), text.to_owned());
            }
        }
        if let Some(folder) = DEFAULT_THEME.get_dir("assets") {
            built_in(folder, folder.path(), &mut assets);
        }
        let strings = Arc::new(own::strings(root, config.language)?);
        let mut folders = Vec::new();
        if let Some(folder) = theme.map(|name| theme_folder(root, name)).transpose()?.flatten() {
            for (name, path) in tree(&folder.join("assets"))? {
                assets.insert(name, std::fs::read(&path).map_err(|e| unreadable(&path, &e))?);
            }
            folders.push(folder.join("templates"));
        }
        for (name, path) in tree(&root.join(ASSETS))? {
            assets.insert(name, std::fs::read(&path).map_err(|e| unreadable(&path, &e))?);
        }
        if let Some(colour) = config.colour {
            assets.insert(COLOUR.to_owned(), colour.style().into_bytes());
        }
        if let Some(logo) = config.logo.as_ref().filter(|logo| !assets.contains_key(logo.as_str())) {
            return Err(no_logo(root, logo));
        }
        folders.push(root.join(TEMPLATES));
        let built_in: BTreeMap<String, String> = sources.clone();
        for folder in folders {
            for (name, path) in list(&folder)? {
                let text = std::fs::read_to_string(&path).map_err(|e| unreadable(&path, &e))?;
                files.insert(name.clone(), path.strip_prefix(root).unwrap_or(&path).display().to_string());
                sources.insert(name, text);
            }
        }
        // What stands in the place of a built-in template can extend it. A component has one place only.
        let replaced =
            built_in.into_iter().filter(|(name, text)| files.contains_key(name) && !text.contains(COMPONENT));
        sources.extend(replaced.map(|(name, text)| (format!("{BUILT_IN}{name}"), text)).collect::<Vec<_>>());
        let assets = Assets::new(with_texts(assets, &strings)?);
        let mut tera = Tera::default();
        register(&mut tera, assets.addresses(), &strings);
        tera.global_context().insert("site", config);
        let mut templates = Templates { tera, files, sources, assets, strings, watched: None };
        templates.check_keys()?;
        templates.tera.add_raw_templates(&templates.sources).map_err(|e| templates.error(&e, None))?;
        Ok(templates)
    }

    /// Looks for keys of texts that do not exist.
    fn check_keys(&self) -> Result<(), Diagnostic> {
        for (name, text) in &self.sources {
            if let Some((key, range)) = calls::in_template(text).find(|(key, _)| self.strings.get(key).is_none()) {
                let file = self.file(name);
                return Err(self.strings.unknown(key).at(Place::span(Path::new(&file), text, range)));
            }
        }
        Ok(())
    }

    /// The digest of everything that a page takes from the theme.
    pub fn digest(&self) -> Key {
        let mut parts: Vec<&[u8]> = Vec::with_capacity(2 * self.sources.len());
        self.sources.iter().for_each(|(name, text)| parts.extend([name.as_bytes(), text.as_bytes()]));
        let assets = self.assets.addresses();
        assets.iter().for_each(|(name, address)| parts.extend([name.as_bytes(), address.as_bytes()]));
        let texts = format!("{:?}", self.strings);
        parts.push(texts.as_bytes());
        Key::of(&parts)
    }

    /// The names of the templates.
    #[cfg(test)]
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(String::as_str)
    }

    /// Renders `template` for the page at `page`.
    ///
    /// # Errors
    /// Where the template does not exist, uses what the page does not give it, or fails.
    pub fn render(&self, template: &str, page: &str, context: &Context) -> Result<Vec<u8>, Diagnostic> {
        let mut out = Vec::with_capacity(16 * 1024);
        self.tera.render_to(template, context, &mut out).map_err(|e| self.error(&e, Some(page)))?;
        Ok(out)
    }

    /// Notes what the page at `page` is given, where somebody asks.
    pub fn watch(&self, template: &str, context: &BTreeMap<&'static str, tera::Value>, config: &Config) {
        let Some(watched) = &self.watched else { return };
        let mut seen: serde_json::Map<String, serde_json::Value> =
            context.iter().map(|(name, value)| ((*name).to_owned(), serde_json::json!(value))).collect();
        seen.insert("site".to_owned(), serde_json::json!(config));
        let seen = Seen { template: template.to_owned(), context: seen };
        watched.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
    }

    fn error(&self, error: &tera::Error, page: Option<&str>) -> Diagnostic {
        let of_page = |diagnostic: Diagnostic| match page {
            Some(page) => diagnostic.note(format!("正在生成的页面：{}", if page.is_empty() { "首页" } else { page })),
            None => diagnostic,
        };
        let plain = |reason: String| of_page(Diagnostic::error("site", reason));
        let inside = |file: &str, reason: &str| plain(reason.to_owned()).at(self.place(file, None));
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let at = (report.span().start_line, report.span().start_col + 1);
                of_page(translate(report.message(), matches!(error.kind(), ErrorKind::SyntaxError(_))))
                    .at(self.place(report.filename(), Some(at)))
            }
            ErrorKind::TemplateNotFound(name) => plain(format!("没有名为“{name}”的模板")),
            ErrorKind::MissingParent { current, parent } => inside(current, &format!("继承的模板“{parent}”不存在")),
            ErrorKind::CircularExtend { tpl, .. } => inside(tpl, "模板互相继承，没有尽头"),
            ErrorKind::CircularInclude { tpl, .. } => inside(tpl, "模板互相引用，没有尽头"),
            other => {
                // What is unknown in a template is reported as text, with its place in the second line.
                let report = other.to_string();
                let mut lines = report.lines();
                let message = lines.next().and_then(|line| line.strip_prefix("error: "));
                let place = lines.next().and_then(|line| line.trim_start().strip_prefix("--> "));
                let mut place = place.unwrap_or("").rsplitn(3, ':');
                let (column, line, file) = (place.next(), place.next(), place.next());
                let number = |n: Option<&str>| n.and_then(|n| n.parse().ok());
                match (message, file) {
                    (Some(message), Some(file)) => of_page(translate(message, false))
                        .at(self.place(file, number(line).map(|line| (line, number(column).unwrap_or(1))))),
                    _ => plain(format!("模板出错：{report}")),
                }
            }
        }
    }

    /// The file of a template, for messages.
    fn file(&self, name: &str) -> String {
        self.files.get(name).cloned().unwrap_or_else(|| format!("（内置主题）{name}"))
    }

    /// A template, and the character at this line and column of it, both from 1.
    fn place(&self, name: &str, at: Option<(usize, usize)>) -> Place {
        let file = self.file(name);
        match (at, self.sources.get(name)) {
            (Some((line, column)), Some(text)) => {
                let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
                let rest = text.get(line_start..).unwrap_or("");
                let line = rest.lines().next().unwrap_or("");
                let within = line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(i, _)| i);
                let start = line_start + within;
                Place::span(Path::new(&file), text, start..(start + 1).min(text.len()))
            }
            _ => Place::file(Path::new(&file)),
        }
    }
}

/// The engine's message in Chinese; what it says in its own words stands behind it.
fn translate(message: &str, syntax: bool) -> Diagnostic {
    let quoted = |start: &str, what: &str| {
        let rest = message.strip_prefix(start)?;
        let (name, rest) = rest.split_once('`')?;
        let unknown = Diagnostic::error("site", format!("{what}“{name}”不存在"));
        Some(match rest.split_once(": ") {
            Some((_, names)) => unknown.help(format!("可用的有：{names}")),
            None => unknown,
        })
    };
    let known = quoted("Variable `", "模板里的变量")
        .or_else(|| quoted("Field `", "模板里的字段"))
        .or_else(|| quoted("Unknown filter `", "过滤器"))
        .or_else(|| quoted("Unknown function `", "函数"))
        .or_else(|| quoted("Unknown test `", "判断"))
        .or_else(|| quoted("Unknown component `", "组件"))
        .or_else(|| quoted("Unknown template `", "引用的模板"));
    known.unwrap_or_else(|| {
        let found = message.strip_prefix("Found ").and_then(|rest| rest.split_once(" but expected "));
        let said = match found {
            Some((found, expected)) => {
                let expected = expected.trim_end_matches('.').replace("one of: ", "以下之一：").replace(" or ", "、");
                format!("这里不能是 {found}，应为{expected}")
            }
            None if message == "Unexpected end of input" => "模板没有写完".to_owned(),
            None if message == "Unknown tag" => "没有这种标签".to_owned(),
            None => message.to_owned(),
        };
        Diagnostic::error("site", format!("{}：{said}", if syntax { "模板语法有误" } else { "模板无法渲染" }))
    })
}

/// What templates can call: `link(to="organs/")` for a page of the site, `asset(name="style.css")` for a file of the
/// theme, both relative to the page; `name | query` for a value in an address. And the texts of the interface: `tr(k="KEY",
/// n=3)` as plain text, `trh` as HTML; `name | zh` for words of documents, and `zh()` for the attribute that marks an element
/// of them.
fn register(tera: &mut Tera, assets: BTreeMap<String, String>, strings: &Arc<Strings>) {
    let known = |strings: &Strings, args: &Kwargs| -> tera::TeraResult<String> {
        let key = args.must_get::<&str>("k")?;
        let unknown = || tera::Error::message(format!("文案里没有“{key}”"));
        strings.get(key).map(|_| key.to_owned()).ok_or_else(unknown)
    };
    let given = |args: &Kwargs, name: &str| args.get::<tera::Value>(name).ok().flatten();
    let texts = strings.clone();
    tera.register_function("tr", move |args: Kwargs, _: &State<'_>| -> tera::TeraResult<String> {
        let key = known(&texts, &args)?;
        Ok(texts.plain(&key, &|name| Some(given(&args, name)?.to_string())))
    });
    let texts = strings.clone();
    tera.register_function("trh", move |args: Kwargs, _: &State<'_>| -> tera::TeraResult<tera::Value> {
        let key = known(&texts, &args)?;
        let value = |name: &str| {
            let value = given(&args, name)?;
            let text = value.to_string();
            Some(if value.is_safe() { strings::Value::Html(text) } else { strings::Value::Words(text) })
        };
        Ok(tera::Value::safe_string(&texts.html(&key, &value)))
    });
    let texts = strings.clone();
    tera.register_filter("zh", move |value: &str, _: Kwargs, _: &State<'_>| -> tera::Value {
        if texts.of_documents().is_some() {
            tera::Value::safe_string(&texts.marked(value))
        } else {
            tera::Value::from(value)
        }
    });
    let attribute = strings.of_documents().map(|lang| format!(" lang=\"{lang}\"")).unwrap_or_default();
    tera.register_function("zh", move |_: Kwargs, _: &State<'_>| tera::Value::safe_string(&attribute));
    let links = |state: &State<'_>| -> tera::TeraResult<Links> {
        Ok(Links {
            up: state.get::<String>("up")?.unwrap_or_default(),
            named_index: state.get::<bool>("named_index")?.unwrap_or_default(),
        })
    };
    tera.register_function("link", move |args: Kwargs, state: &State<'_>| -> tera::TeraResult<tera::Value> {
        Ok(tera::Value::safe_string(&links(state)?.to(args.must_get::<&str>("to")?)))
    });
    // A value in the query of an address: 机构 & 部门 → %E6….
    tera.register_filter("query", |value: &str, _: Kwargs, _: &State<'_>| -> tera::Value {
        let mut encoded = String::new();
        super::address::encode(&mut encoded, value);
        tera::Value::safe_string(&super::address::uri(&encoded).replace('+', "%2B"))
    });
    tera.register_function("asset", move |args: Kwargs, state: &State<'_>| -> tera::TeraResult<tera::Value> {
        let name = args.must_get::<&str>("name")?;
        match assets.get(name) {
            Some(address) => Ok(tera::Value::safe_string(&links(state)?.to(address))),
            None => Err(tera::Error::message(format!("主题里没有资源文件“{name}”"))),
        }
    });
}

/// The scripts and style sheets of a theme with their texts. What `cargo xtask browser-engine` wrote has none.
fn with_texts(
    mut assets: BTreeMap<String, Vec<u8>>,
    strings: &Strings,
) -> Result<BTreeMap<String, Vec<u8>>, Diagnostic> {
    for (name, bytes) in assets.iter_mut().filter(|(name, _)| !name.starts_with("engine/")) {
        let put = match name.rsplit_once('.') {
            Some((_, "js")) => calls::script,
            Some((_, "css")) => calls::style,
            _ => continue,
        };
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        if let Some((key, range)) = calls::in_asset(text).find(|(key, _)| strings.get(key).is_none()) {
            return Err(strings.unknown(key).at(Place::span(Path::new(name), text, range)));
        }
        *bytes = put(text, strings).into_bytes();
    }
    Ok(assets)
}

/// The folder of a theme; `None` for the built-in one, which is called `default`.
fn theme_folder(root: &Path, name: &str) -> Result<Option<PathBuf>, Diagnostic> {
    let themes = root.join(THEMES);
    let folder = themes.join(name);
    let plain = !name.is_empty() && !name.contains(['/', '\\']) && name != "." && name != "..";
    if plain && folder.is_dir() {
        return Ok(Some(folder));
    }
    if name == "default" {
        return Ok(None);
    }
    let mut known: Vec<String> = std::fs::read_dir(&themes)
        .map(|dir| {
            dir.flatten().filter(|e| e.path().is_dir()).map(|e| e.file_name().to_string_lossy().into()).collect()
        })
        .unwrap_or_default();
    known.sort();
    Err(Diagnostic::error("site", format!("没有名为“{name}”的主题")).in_file(&themes).help(if known.is_empty() {
        "主题放在站点的 themes/主题名/ 文件夹里；不写 --theme 则用内置主题".to_owned()
    } else {
        format!("现有的主题：{}", known.join("、"))
    }))
}

/// The files of the built-in theme below `folder`, by their path below `root`.
fn built_in(folder: &Dir<'_>, root: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in folder.files() {
        if let Some(name) = file.path().strip_prefix(root).ok().and_then(named) {
            files.insert(name, file.contents().to_vec());
        }
    }
    folder.dirs().for_each(|dir| built_in(dir, root, files));
}

/// The files below a folder by their path there; none where there is no folder.
fn tree(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Diagnostic> {
    let mut files = BTreeMap::new();
    if folder.is_dir() {
        let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
        let entries = WalkDir::new(folder).follow_links(true).min_depth(1).into_iter();
        for entry in entries.filter_entry(|e| !hidden(e.file_name())) {
            let entry = entry.map_err(|e| unreadable(folder, &e.into()))?;
            if entry.file_type().is_file()
                && let Some(name) = entry.path().strip_prefix(folder).ok().and_then(named)
            {
                files.insert(name, entry.into_path());
            }
        }
    }
    Ok(files)
}

/// A path with `/` between its parts.
fn named(path: &Path) -> Option<String> {
    path.iter().map(|part| part.to_str()).collect::<Option<Vec<_>>>().map(|parts| parts.join("/"))
}

/// The files of a folder by name; none where there is no folder.
fn list(folder: &Path) -> Result<BTreeMap<String, PathBuf>, Diagnostic> {
    let mut files = BTreeMap::new();
    if folder.is_dir() {
        for entry in std::fs::read_dir(folder).map_err(|e| unreadable(folder, &e))? {
            let entry = entry.map_err(|e| unreadable(folder, &e))?;
            if entry.path().is_file()
                && let Ok(name) = entry.file_name().into_string()
                && !name.starts_with('.')
            {
                files.insert(name, entry.path());
            }
        }
    }
    Ok(files)
}

fn unreadable(path: &Path, e: &std::io::Error) -> Diagnostic {
    Diagnostic::io(Attempt::Read, path, e)
}
