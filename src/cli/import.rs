//! `zhengku import`: raw text → content files.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

use clap::Args;
use gongwen::extract;
use gongwen::markdown;
use gongwen::read::{self, FurnitureKind, Reading};
use gongwen::{BlockKind, Outline};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::content::front::{Front, Source, is_untouched, render};
use crate::content::{Config, id, sha256};
use crate::diagnostics::{Attempt, Diagnostic, Diagnostics, shown};
use crate::slug;

/// 导入公文文本
#[derive(Args, Debug)]
pub struct Import {
    /// 要导入的文件或文件夹（纯文本；UTF-8、UTF-16、GB18030、GBK）
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
}

/// What became of a source.
enum Outcome {
    Written,
    Unchanged,
    Refused,
    /// Its bytes have been imported from another source, so there is nothing to write.
    Same,
}

impl Import {
    /// Imports; prints what was read of each document. The diagnostics say what was refused.
    pub fn run(&self) -> Result<Diagnostics, Diagnostics> {
        let (config, mut problems) = Config::read(&self.root);
        if problems.has_errors() {
            return Err(problems);
        }
        let folder = self.folder(&config)?;
        let sources = self.sources(&mut problems);
        let read: Vec<Result<Draft, Diagnostic>> = sources.par_iter().map(|s| read(s)).collect();
        let mut drafts = Vec::with_capacity(read.len());
        for result in read {
            match result {
                Ok(draft) => drafts.push(draft),
                Err(problem) => problems.push(problem),
            }
        }
        name(&mut drafts, &folder, self.force, &mut problems);
        let written: Vec<(Outcome, Option<Diagnostic>)> =
            drafts.par_iter().map(|d| d.write(&folder, self.force)).collect();
        let mut report = String::new();
        let mut counts = [0usize; 4];
        for (draft, (outcome, problem)) in drafts.iter().zip(written) {
            counts[match outcome {
                Outcome::Written => 0,
                Outcome::Unchanged => 1,
                Outcome::Refused => 2,
                Outcome::Same => 3,
            }] += 1;
            draft.describe(&mut report, &outcome);
            problems.extend(problem);
        }
        let [new, unchanged, refused, same] = counts;
        let _ = write!(report, "导入 {} 份：写出 {new}，没有变化 {unchanged}", drafts.len());
        if same > 0 {
            let _ = write!(report, "，内容相同 {same}");
        }
        if refused > 0 {
            let _ = write!(report, "，没有覆盖 {refused}");
        }
        super::out(&report);
        super::out("\n");
        problems.sort();
        if problems.has_errors() { Err(problems) } else { Ok(problems) }
    }

    /// The folder that the files go to, below content/.
    fn folder(&self, config: &Config) -> Result<PathBuf, Diagnostics> {
        let mut folder = self.root.join(&config.content);
        if let Some(to) = &self.to {
            let fault = to.components().find_map(|c| match c {
                Component::Normal(name) => id::fault(&name.to_string_lossy()),
                _ => Some("不能有 .. 和开头的 /"),
            });
            if let Some(fault) = fault {
                let message = format!("--to 只能是 {} 下的文件夹", config.content);
                return Err(Diagnostic::error("import-to", message)
                    .note(format!("文件夹名{fault}"))
                    .help("写一个相对的名字，例如 --to 2018")
                    .into());
            }
            folder.push(to);
        }
        std::fs::create_dir_all(&folder).map_err(|e| Diagnostic::io(Attempt::Write, &folder, &e))?;
        Ok(folder)
    }

    /// Every file of the paths given, sorted in each folder.
    fn sources(&self, problems: &mut Diagnostics) -> Vec<PathBuf> {
        let mut sources = Vec::new();
        for path in &self.paths {
            for entry in WalkDir::new(path).sort_by_file_name() {
                match entry {
                    Ok(entry) => {
                        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
                        if entry.file_type().is_file() && (entry.depth() == 0 || !hidden) {
                            sources.push(entry.into_path());
                        }
                    }
                    Err(e) => {
                        let at = e.path().unwrap_or(path).to_owned();
                        let error = e.into_io_error().unwrap_or_else(|| std::io::Error::other("循环的链接"));
                        problems.push(Diagnostic::io(Attempt::Read, &at, &error));
                    }
                }
            }
        }
        sources
    }
}

/// A source that has been read and will be a content file.
struct Draft {
    source: PathBuf,
    front: Front,
    body: String,
    id: String,
    summary: String,
    /// The source or content file that has its bytes already.
    same: Option<PathBuf>,
}

fn read(source: &Path) -> Result<Draft, Diagnostic> {
    let bytes = std::fs::read(source).map_err(|e| Diagnostic::io(Attempt::Read, source, &e))?;
    let file = source.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let reading = read::read(&bytes).map_err(|_| {
        let message = "这不是文本文件，没有导入";
        let help = "现在能读纯文本（.txt）；网页、PDF 和 Word 请先另存为纯文本";
        Diagnostic::error("import-binary", message).in_file(source).help(help)
    })?;
    if reading.document.blocks.is_empty() {
        let message = "文件里没有文字，没有导入";
        return Err(Diagnostic::error("import-empty", message).in_file(source).help("检查文件是否导出完整"));
    }
    let meta = &reading.document.meta;
    let first = reading.document.blocks.iter().map(|b| b.text.as_str()).find(|t| !t.is_empty());
    let title = meta.title.as_deref().or(first.map(|t| t.split(['。', '\n']).next().unwrap_or(t)));
    let id = slug::of(meta.number.as_deref(), title);
    let front = Front {
        meta: meta.clone(),
        source: Some(Source { file, sha256: sha256(&bytes), written: None }),
        ..Front::default()
    };
    let body = markdown::write(&reading.document.blocks);
    let summary = summary(&reading);
    Ok(Draft { source: source.to_owned(), front, body, id, summary, same: None })
}

/// Gives every draft the name of its file. Two documents of one name are told apart by their dates and their sources'
/// digests; what was imported before keeps its name. Bytes that are there already are not written a second time.
fn name(drafts: &mut [Draft], folder: &Path, force: bool, problems: &mut Diagnostics) {
    let mut first: HashMap<String, PathBuf> = HashMap::new();
    let mut taken: HashMap<String, usize> = HashMap::new();
    for draft in drafts.iter_mut() {
        if let Some(source) = draft.front.source.as_ref().and_then(|s| first.get(&s.sha256)) {
            draft.same = Some(source.clone());
            continue;
        }
        first.extend(draft.front.source.as_ref().map(|s| (s.sha256.clone(), draft.source.clone())));
        if let Some(fault) = id::fault(&draft.id) {
            let message = format!("标识“{}”不能用：{fault}", draft.id);
            problems.push(Diagnostic::warning("import-id", message).in_file(&draft.source));
            draft.id = format!("文件-{}", slug::digest(draft.id.as_bytes()));
        }
        *taken.entry(id::key(&draft.id)).or_default() += 1;
    }
    let file = |id: &str| folder.join(format!("{id}.md"));
    for draft in drafts.iter_mut().filter(|d| d.same.is_none()) {
        let Some(source) = &draft.front.source else { continue };
        let crowded = taken.get(&id::key(&draft.id)).is_some_and(|n| *n > 1);
        let there = existing_source(&file(&draft.id));
        // A source that has changed since keeps its name, unless another one claims the name too.
        let own = |s: &Source| s.sha256 == source.sha256 || !crowded && s.file == source.file;
        let date = draft.front.meta.date.as_deref();
        let long = [Some(draft.id.as_str()), date, source.sha256.get(..8)].into_iter().flatten().collect::<Vec<_>>();
        let long = long.join("-");
        let earlier = || existing_source(&file(&long)).is_some_and(|s| s.sha256 == source.sha256);
        if there.as_ref().map_or_else(|| crowded || earlier(), |s| !own(s)) {
            draft.id = long;
        }
        let twin =
            existing_source(&file(&draft.id)).is_some_and(|s| s.sha256 == source.sha256 && s.file != source.file);
        draft.same = Some(file(&draft.id)).filter(|_| twin && !force);
    }
}

/// The source that the front matter of an existing content file gives.
fn existing_source(path: &Path) -> Option<Source> {
    let text = std::fs::read_to_string(path).ok()?;
    let parsed = markdown::read(&text);
    let front = parsed.front?;
    let (front, _) = crate::content::front::read(path, &text, front.offset..front.offset + front.text.len());
    front.source
}

impl Draft {
    fn write(&self, folder: &Path, force: bool) -> (Outcome, Option<Diagnostic>) {
        if self.same.is_some() {
            return (Outcome::Same, None);
        }
        let path = folder.join(format!("{}.md", self.id));
        let text = render(&self.front, &self.body);
        match std::fs::read_to_string(&path) {
            Ok(existing) if existing == text => return (Outcome::Unchanged, None),
            Ok(existing) if !force && !is_untouched(&existing) => {
                let message = "这个文件有人改过，没有覆盖";
                let help = "要丢掉改动、重新导入，就加 --force";
                let from = format!("来源：{}", shown(&self.source));
                return (
                    Outcome::Refused,
                    Some(Diagnostic::warning("import-edited", message).in_file(&path).note(from).help(help)),
                );
            }
            Ok(_) => {}
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return (Outcome::Refused, Some(Diagnostic::io(Attempt::Read, &path, &e))),
        }
        match std::fs::write(&path, text) {
            Ok(()) => (Outcome::Written, None),
            Err(e) => (Outcome::Refused, Some(Diagnostic::io(Attempt::Write, &path, &e))),
        }
    }

    fn describe(&self, report: &mut String, outcome: &Outcome) {
        let state = match outcome {
            Outcome::Written => "写出",
            Outcome::Unchanged => "没有变化",
            Outcome::Refused => "没有覆盖",
            Outcome::Same => "没有另写",
        };
        let number = self.front.meta.number.as_deref().unwrap_or("无文号");
        let title = self.front.meta.title.as_deref().unwrap_or("无标题");
        let _ = writeln!(report, "{number}　{title}");
        if let Some(same) = &self.same {
            let _ = writeln!(report, "  {}：与 {} 内容相同，{state}", shown(&self.source), shown(same));
            return;
        }
        let _ = writeln!(report, "  {state} {}.md", self.id);
        report.push_str(&self.summary);
    }
}

/// What was found, what was left out, what was not understood.
fn summary(reading: &Reading) -> String {
    let document = &reading.document;
    let outline = Outline::of(document);
    let findings = extract::findings(document, &outline);
    let tables = document.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Table(_))).count();
    let mut out = format!(
        "  层次 {}，分工 {}，引用 {}",
        outline.entries.len(),
        findings.assignments.len(),
        findings.citations.len()
    );
    if tables > 0 {
        let _ = write!(out, "，表格 {tables}");
    }
    let encoding = reading.encoding.unwrap_or("UTF-8");
    if encoding != "UTF-8" {
        let _ = write!(out, "，编码 {encoding}");
    }
    out.push('\n');
    if reading.malformed > 0 {
        let _ = writeln!(out, "  {} 处字节不是有效的 {encoding} 编码，写成 \u{fffd}", reading.malformed);
    }
    if reading.controls > 0 {
        let _ = writeln!(out, "  去掉控制字符 {} 个", reading.controls);
    }
    for f in &reading.furniture {
        let kind = match f.kind {
            FurnitureKind::PageNumber => "页码",
            FurnitureKind::RunningHead => "页眉页脚",
            FurnitureKind::Control => "网页按钮",
        };
        let _ = writeln!(out, "  略去第 {} 行{kind}：{}", f.line, f.text);
    }
    let breaks: Vec<usize> = if reading.remarks.is_empty() {
        Vec::new()
    } else {
        reading.text.match_indices('\n').map(|(at, _)| at).collect()
    };
    for remark in &reading.remarks {
        let block = document.blocks.get(remark.block).map_or("", |b| b.text.as_str());
        let line =
            reading.origins.source_offset(remark.block, 0).map_or(0, |at| breaks.partition_point(|b| *b < at) + 1);
        let words: String = block.chars().take(20).collect();
        let _ = writeln!(out, "  第 {line} 行 {}：{words}", remark.reason);
    }
    for unparsed in findings.assignments.iter().flat_map(|a| &a.unparsed) {
        let _ = writeln!(out, "  分工没有全懂：{}", document.quote(*unparsed));
    }
    out
}
