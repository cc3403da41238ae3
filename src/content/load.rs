//! 载入: the files of `content/`: which there are ([`find`]), one of them ([`read`]), and what all of them may not share
//! ([`duplicates`]).

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::Utf8Error;

use gongwen::markdown::{self, Unsupported, Warning};
use gongwen::number::DocumentNumber;
use gongwen::{Document, Origins, Span};
use walkdir::WalkDir;

use crate::diagnostics::{Attempt, Diagnostic, Diagnostics, Place};
use crate::system;

use super::front::{self, Front};
use super::id;

/// A content file.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The file on disk.
    pub path: PathBuf,
    /// Its path below the site's root, with `/`: what messages and links name.
    pub file: String,
    /// The document's id, good for a folder's name and unique unless reported.
    pub id: String,
    /// 发文字号 as the front matter has it.
    pub number: Option<String>,
    /// The id of the document whose other file this one was imported from, as the front matter has it.
    pub twin: Option<String>,
    /// The source that lies beside the file, where the front matter names one and it is there.
    pub kept: Option<PathBuf>,
}

/// What a content file says.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// The front matter.
    pub front: Front,
    /// The body; its metadata are those of the front matter.
    pub document: Document,
}

/// The content files of the site at `root`, by path; `content` is the folder's path below it.
pub fn find(root: &Path, content: &str, problems: &mut Diagnostics) -> Vec<PathBuf> {
    let folder = root.join(content);
    if folder.is_dir() {
        return markdown_files(&folder, root, problems);
    }
    problems.push(no_content(content, folder.exists()));
    Vec::new()
}

impl Loaded {
    /// True where the two were imported from files of one document, which is known: their number is one.
    pub fn is_twin_of(&self, other: &Loaded) -> bool {
        let twin = |l: &Loaded| l.twin.as_deref().map(id::key);
        let (own, others) = (twin(self), twin(other));
        own == Some(id::key(&other.id)) || others == Some(id::key(&self.id)) || own.is_some() && own == others
    }

    /// The places of spans of the document, for messages. Reads the file anew, as messages are rare.
    pub fn places(&self) -> Places<'_> {
        Places { loaded: self, read: OnceCell::new() }
    }
}

/// See [`Loaded::places`].
pub struct Places<'l> {
    loaded: &'l Loaded,
    read: OnceCell<Read>,
}

/// A content file with the places of what it says.
#[derive(Default)]
struct Read {
    text: String,
    front: Front,
    origins: Origins,
}

impl Places<'_> {
    fn read(&self) -> &Read {
        self.read.get_or_init(|| {
            let text = std::fs::read_to_string(&self.loaded.path).unwrap_or_default();
            let parsed = markdown::read(&text);
            let span = parsed.front.map_or(0..0, |front| front.offset..front.offset + front.text.len());
            let (front, _) = front::read(Path::new(&self.loaded.file), &text, span);
            Read { origins: parsed.origins, front, text }
        })
    }

    /// Where the words of `span` stand.
    pub fn of(&self, span: Span) -> Place {
        match self.read().origins.source_range(span) {
            Some(range) => self.source(range),
            None => Place::file(Path::new(&self.loaded.file)),
        }
    }

    /// Bytes of the file: of a key, of a correction.
    pub fn source(&self, range: std::ops::Range<usize>) -> Place {
        Place::span(Path::new(&self.loaded.file), &self.read().text, range)
    }

    /// Where the value of a top-level key of the front matter stands; the file where it has no such key.
    pub fn key(&self, key: &str) -> Place {
        match self.read().front.spans.get(key) {
            Some(span) => self.source(span.clone()),
            None => Place::file(Path::new(&self.loaded.file)),
        }
    }
}

/// The Markdown files below `folder`, sorted; hidden files and folders are left out.
fn markdown_files(folder: &Path, root: &Path, problems: &mut Diagnostics) -> Vec<PathBuf> {
    let hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    let mut paths = Vec::new();
    for entry in walk.into_iter().filter_entry(|e| e.depth() == 0 || !hidden(e.file_name())) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && entry.path().extension().is_some_and(|e| e == "md") => {
                paths.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => problems.push(unwalkable(&error, root)),
        }
    }
    paths
}

/// The bytes of the content file at `path`.
///
/// # Errors
/// What to tell people where it cannot be read.
pub fn bytes(root: &Path, path: &Path) -> Result<Vec<u8>, Diagnostic> {
    std::fs::read(path).map_err(|error| Diagnostic::io(Attempt::Read, Path::new(&below(root, path)), &error))
}

/// Reads the content file at `path`, whose bytes are these; `None` where there is nothing to go on with.
pub fn read(root: &Path, path: &Path, bytes: &[u8]) -> (Option<(Loaded, Content)>, Diagnostics) {
    let file = below(root, path);
    let name = Path::new(&file);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return (None, not_utf8(name, bytes, error).into()),
    };
    let parsed = markdown::read(text);
    let span = parsed.front.map_or(0..0, |front| front.offset..front.offset + front.text.len());
    let (front, mut problems) = front::read(name, text, span);
    problems.extend(explain(name, text, &parsed.warnings));
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let id = front.id.clone().unwrap_or(stem);
    if let Some(fault) = id::fault(&id) {
        let place = match front.spans.get("id") {
            Some(span) => Place::span(name, text, span.clone()),
            None => Place::file(name),
        };
        let what = if front.id.is_some() { "id " } else { "文件名" };
        let diagnostic = Diagnostic::error("content-id", format!("{what}不能用：{fault}"))
            .at(place)
            .note("id 是页面的文件夹名，也写在每个链接里；没有写 id 时用文件名")
            .help("在文件头写一个短的 id，例如 id = \"2018-31\"");
        problems.push(diagnostic);
        return (None, problems);
    }
    if parsed.blocks.is_empty() {
        let empty = Diagnostic::warning("content-empty", "这个文件没有正文").in_file(name);
        problems.push(empty.help("写上正文，或者删去这个文件"));
    }
    let named = front.source.as_ref().and_then(|s| s.kept.as_deref());
    let kept = named.and_then(|name| kept(path, name));
    if let Some(name) = named.filter(|_| kept.is_none()) {
        let missing = Diagnostic::warning("content-kept", format!("原件 {name} 不在旁边，网站上不能下载"));
        let missing = missing.in_file(Path::new(&file)).note("kept 只能是同一个文件夹里的文件名，不能是链接");
        problems.push(missing.help("放回原件，或者删去 kept 这一行"));
    }
    let document = Document { meta: front.meta.clone(), blocks: parsed.blocks };
    let twin = front.source.as_ref().and_then(|s| s.twin.clone());
    let loaded = Loaded { path: path.to_owned(), file, id, number: front.meta.number.clone(), twin, kept };
    (Some((loaded, Content { front, document })), problems)
}

/// The source `name` beside the content file at `path`: a file of that folder and nothing else, as it will be published.
pub fn kept(path: &Path, name: &str) -> Option<PathBuf> {
    let source = path.with_file_name(name);
    let plain = id::fault(name).is_none() && source != path && !name.ends_with(".md");
    (plain && source.symlink_metadata().is_ok_and(|m| m.is_file())).then_some(source)
}

/// A warning for each kind of thing that Markdown has and a document has not, at the first of them.
fn explain(file: &Path, text: &str, warnings: &[Warning]) -> Vec<Diagnostic> {
    let mut kinds: BTreeMap<Unsupported, (usize, &Warning)> = BTreeMap::new();
    for warning in warnings {
        kinds.entry(warning.kind).or_insert((0, warning)).0 += 1;
    }
    let explained = kinds.into_values().map(|(times, warning)| {
        let open = warning.kind == Unsupported::OpenFrontMatter;
        let new = if open { Diagnostic::error } else { Diagnostic::warning };
        let code = if open { "front-open" } else { "markdown-unsupported" };
        let diagnostic = new(code, warning.kind.message()).at(Place::span(file, text, warning.source.clone()));
        let diagnostic = if open { diagnostic.help("在文件头的最后另起一行写 +++") } else { diagnostic };
        if times > 1 {
            diagnostic.note(format!("这个文件里有 {times} 处，这是第一处"))
        } else {
            diagnostic
        }
    });
    explained.collect()
}

/// Two documents with one id or one number.
pub fn duplicates(files: &[Loaded]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut ids: BTreeMap<String, &Loaded> = BTreeMap::new();
    let mut numbers: BTreeMap<String, &Loaded> = BTreeMap::new();
    for file in files {
        if let Some(first) = ids.get(&id::key(&file.id)) {
            let diagnostic = Diagnostic::error("content-duplicate-id", format!("两份公文的 id 都是 {}", file.id))
                .at(file.places().key("id"))
                .related(first.places().key("id"), "已经用在这里")
                .help("给其中一份另写一个 id");
            problems.push(diagnostic);
        } else {
            ids.insert(id::key(&file.id), file);
        }
        let Some(number) = &file.number else { continue };
        let key = DocumentNumber::parse(number).map_or_else(|| number.clone(), |n| n.key());
        if let Some(first) = numbers.get(&key) {
            if first.is_twin_of(file) {
                continue;
            }
            let message = format!("两份公文的发文字号都是 {number}");
            let diagnostic = Diagnostic::error("content-duplicate-number", message)
                .at(file.places().key("number"))
                .related(first.places().key("number"), "已经用在这里")
                .help("核对字号；同一份公文导入了两次就删去一份");
            problems.push(diagnostic);
        } else {
            numbers.insert(key, file);
        }
    }
    problems
}

fn no_content(content: &str, exists: bool) -> Diagnostic {
    let what = if exists { "不是文件夹" } else { "不存在" };
    Diagnostic::error("content-missing", format!("放公文的文件夹 {content}/ {what}"))
        .note("这里可能不是站点的文件夹")
        .help("用 --root 指明站点；新站点用 zhengku init 建，公文用 zhengku import 导入")
}

/// What says that `bytes`, which `file` holds, are no text.
pub(super) fn not_utf8(file: &Path, bytes: &[u8], error: Utf8Error) -> Diagnostic {
    let line = bytes[..error.valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
    Diagnostic::error("content-encoding", format!("不是 UTF-8 文本：第 {line} 行有不能读的字节"))
        .in_file(file)
        .note("可能是 GBK 编码，或者不是文本文件")
        .help("用编辑器另存为 UTF-8；原始公文放在别处，用 zhengku import 导入")
}

fn unwalkable(error: &walkdir::Error, root: &Path) -> Diagnostic {
    let path = error.path().map(|path| below(root, path)).unwrap_or_default();
    match (error.loop_ancestor(), error.io_error()) {
        (None, Some(io)) => Diagnostic::io(Attempt::Read, Path::new(&path), io),
        _ => Diagnostic::error("content-loop", "文件夹的链接绕回了自己").in_file(Path::new(&path)).help("删去这个链接"),
    }
}

/// The path below the root, with `/`.
pub fn below(root: &Path, path: &Path) -> String {
    system::slashes(path.strip_prefix(root).unwrap_or(path))
}

#[cfg(test)]
pub(super) mod tests {
    use tempfile::TempDir;

    use super::*;

    /// All content files of a site with what they say, and what is wrong with them.
    pub(in crate::content) fn load(root: &Path, content: &str) -> (Vec<(Loaded, Content)>, Diagnostics) {
        let mut problems = Diagnostics::default();
        let mut files = Vec::new();
        for path in find(root, content, &mut problems) {
            let read = bytes(root, &path).map(|bytes| read(root, &path, &bytes));
            let (file, found) = read.unwrap_or_else(|problem| (None, problem.into()));
            files.extend(file);
            problems.extend(found);
        }
        let loaded: Vec<Loaded> = files.iter().map(|f| f.0.clone()).collect();
        problems.extend(duplicates(&loaded));
        problems.sort();
        (files, problems)
    }

    pub(in crate::content) fn site(files: &[(&str, &[u8])]) -> TempDir {
        let root = tempfile::tempdir().expect("a temporary folder");
        for (file, bytes) in files {
            let path = root.path().join(file);
            std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
            std::fs::write(path, bytes).expect("a file");
        }
        root
    }

    #[test]
    fn files_in_order() {
        let root = site(&[
            (
                "content/乙.md",
                "+++\nid = \"b\"\nnumber = \"台政办发〔2018〕31号\"\n+++\n\n# 通知\n\n第一段\n".as_bytes(),
            ),
            ("content/2018/甲.md", "# 标题\n".as_bytes()),
            ("content/registry/organs.toml", b"no document"),
            ("content/.hidden/a.md", b"no document"),
        ]);
        let (files, problems) = load(root.path(), "content");
        assert_eq!(problems.to_string(), "");
        let names: Vec<_> = files.iter().map(|(f, _)| (f.file.as_str(), f.id.as_str())).collect();
        assert_eq!(names, [("content/2018/甲.md", "甲"), ("content/乙.md", "b")]);
        let (second, content) = &files[1];
        assert_eq!(content.document.meta.number.as_deref(), Some("台政办发〔2018〕31号"));
        let place = second.places().of(Span::new(1, 3..6));
        assert_eq!(place.extent().map(|(p, _)| (p.line, p.column)), Some((8, 2)));
        let place = second.places().key("number");
        assert_eq!(place.extent().map(|(p, _)| (p.line, p.column)), Some((3, 10)));
    }

    /// What is published lies beside the content file and is no link.
    #[test]
    fn the_source_beside_a_file() {
        let root = site(&[("content/甲.pdf", b"%PDF-"), ("content/b/乙.pdf", b""), ("secret", b"")]);
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.path().join("secret"), root.path().join("content/link.pdf")).expect("a link");
        let content = root.path().join("content/甲.md");
        assert_eq!(kept(&content, "甲.pdf"), Some(root.path().join("content/甲.pdf")));
        for name in ["没有.pdf", "link.pdf", "../secret", "b/乙.pdf", "/etc/hostname", "b", "", ".", "甲.md"] {
            assert_eq!(kept(&content, name), None, "{name}");
        }
    }
}
