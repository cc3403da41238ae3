//! 读一份: the bytes of a source become a draft of its content file.

use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use gongwen::piece::Refusal;
use gongwen::read::{self, Format, Reading};
use gongwen::{Outline, extract, markdown, report};
use rayon::prelude::*;

use crate::content::front::{Front, Source};
use crate::content::sha256;
use crate::diagnostics::{Attempt, Diagnostic};
use crate::slug;

use super::archive::{self, Spent};
use super::enclosed::Enclosed;
use super::paged;
use super::report::{Entry, Outcome, Refused};
use super::spool::{Spool, Spooled};
use super::twins::{Facts, Sketch};

/// The largest file that is read, in bytes: it is held in memory, and so is what its reader makes of it.
const LARGEST: u64 = 200 << 20;

/// A source that has been read and will be a content file.
#[derive(Debug)]
pub(super) struct Draft {
    /// The file that it was read from.
    pub source: PathBuf,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// The name of its format.
    pub format: &'static str,
    /// The usual extension of its format.
    pub extension: &'static str,
    /// The front matter.
    pub front: Front,
    /// The Markdown of the text.
    pub body: Spooled,
    /// The bytes of the source, where they are to be kept.
    pub kept: Option<Spooled>,
    /// The id, which is the name of its content file.
    pub id: String,
    /// The source or content file that has its bytes already, so that there is nothing to write.
    pub same: Option<PathBuf>,
    /// The source or content file that is another file of the same document, and is kept.
    pub twin: Option<PathBuf>,
    /// What tells its text from others.
    pub sketch: Sketch,
    /// What it links to and holds beside its text.
    pub enclosed: Enclosed,
    /// The files of the pages that follow its own.
    pub pages: Vec<PathBuf>,
    /// What there is to say about its reading, a line each.
    pub remarks: Vec<String>,
}

/// What reads files.
pub(super) struct Reader<'s> {
    /// Where texts wait.
    pub spool: &'s Spool,
    /// The bytes of the sources wait too.
    pub keep_source: bool,
}

impl Reader<'_> {
    /// Reads the file at `path`; of an archive, the files in it.
    pub fn file(&self, path: &Path) -> Vec<Result<Draft, Refused>> {
        match load(path) {
            Ok(bytes) => self.bytes(path, &bytes, 0, &Spent::default()),
            Err(problem) => vec![Err(Refused::new(None, problem))],
        }
    }

    /// Reads what `path` holds, in as many archives as `depth` says.
    fn bytes(&self, path: &Path, bytes: &[u8], depth: usize, spent: &Spent) -> Vec<Result<Draft, Refused>> {
        if read::format(bytes).is_none() && archive::is_archive(bytes) {
            return match self.archive(path, bytes, depth, spent) {
                Ok(read) => read,
                Err(refusal) => vec![Err(refuse(path, None, refusal))],
            };
        }
        let page = read::mhtml(bytes);
        let text = page.as_deref().unwrap_or(bytes);
        // A fault of a reader takes its file with it and no other.
        let read = catch_unwind(AssertUnwindSafe(|| self.draft(path, bytes, text, depth == 0)));
        vec![read.unwrap_or_else(|_| {
            let problem = Diagnostic::error("import-panic", "读这个文件时程序出错，没有导入").in_file(path);
            Err(Refused::new(None, problem.help("这是政库的缺陷；请把这个文件和这段话一起报告")))
        })]
    }

    fn archive(
        &self,
        path: &Path,
        bytes: &[u8],
        depth: usize,
        spent: &Spent,
    ) -> Result<Vec<Result<Draft, Refused>>, Refusal> {
        if depth == archive::NESTED {
            let reason = format!("压缩包套了 {} 层以上", archive::NESTED);
            return Err(Refusal::new("archive-nested", reason, "先解压里面的压缩包，再导入"));
        }
        let mut archive = archive::open(bytes)?;
        let members = archive.members(path, spent)?;
        if members.is_empty() {
            return Err(Refusal::new("archive-empty", "压缩包里没有文件", "检查压缩包是否完整"));
        }
        let read: Vec<Vec<Result<Draft, Refused>>> = members
            .par_iter()
            .map_init(
                || archive.clone(),
                |archive, member| match archive.extract(member, LARGEST, spent) {
                    Ok(bytes) => self.bytes(&member.path, &bytes, depth + 1, spent),
                    Err(refusal) => vec![Err(refuse(&member.path, None, refusal))],
                },
            )
            .collect();
        Ok(read.into_iter().flatten().collect())
    }

    /// Reads one document. `bytes` are those of the file, `text` those of the document in it.
    fn draft(&self, path: &Path, bytes: &[u8], text: &[u8], on_disk: bool) -> Result<Draft, Refused> {
        let format = read::format(text);
        let name = format.map(Format::name);
        let first = read::read(text).map_err(|r| refuse(path, name, r))?;
        let whole = if on_disk { paged::whole(path, text, &first).map_err(|r| refuse(path, name, r))? } else { None };
        let (reading, pages, joined) = match whole {
            Some(whole) => (whole.reading, whole.files, Some(whole.remark)),
            None => (first, Vec::new(), None),
        };
        if let Some(refusal) = report::empty(&reading) {
            return Err(refuse(path, name, refusal));
        }
        let io = |problem| Refused::new(name, problem);
        let body = self.spool.put(markdown::write(&reading.document.blocks).as_bytes()).map_err(io)?;
        let kept = if self.keep_source { Some(self.spool.put(bytes).map_err(io)?) } else { None };
        let enclosed = Enclosed::of(path, on_disk, &reading.enclosures);
        let misnamed = format.and_then(|f| report::misnamed(path, f));
        let outline = Outline::of(&reading.document);
        let findings = extract::findings(&reading.document, &outline);
        let remarks = report::remarks(&reading, &outline, &findings)
            .into_iter()
            .chain(joined)
            .chain(misnamed)
            .chain(enclosed.remarks.iter().cloned())
            .collect();
        let digest = sha256(bytes);
        Ok(Draft {
            source: path.to_owned(),
            format: reading.format,
            extension: format.and_then(|f| f.extensions().first().copied()).unwrap_or("txt"),
            front: front(path, &reading, &digest, &enclosed),
            digest,
            body,
            kept,
            id: id(&reading),
            same: None,
            twin: None,
            sketch: Sketch::of(&reading.document.blocks),
            enclosed,
            pages,
            remarks,
        })
    }
}

impl Draft {
    /// What tells whether it is the same document as another.
    pub fn facts(&self) -> Facts<'_> {
        Facts { number: self.front.meta.number.as_deref(), format: self.format, sketch: &self.sketch }
    }

    /// It is another file of the document `id`, and is written all the same.
    pub fn is_twin_of(&mut self, id: &str) {
        if let Some(source) = &mut self.front.source
            && source.twin.is_none()
        {
            source.twin = Some(id.to_owned());
            self.remarks.push(format!("与 {id} 是同一份公文，照 --twins 另写一份"));
        }
    }

    /// What the report says of it.
    pub fn entry(self, outcome: Outcome) -> Entry {
        Entry {
            source: self.source,
            format: self.format,
            number: self.front.meta.number,
            title: self.front.meta.title,
            id: self.id,
            outcome,
            remarks: self.remarks,
        }
    }
}

/// The bytes of a file that is not too large.
pub(super) fn load(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let failed = |e: &std::io::Error| Diagnostic::io(Attempt::Read, path, e);
    let file = File::open(path).map_err(|e| failed(&e))?;
    let length = file.metadata().map_err(|e| failed(&e))?.len();
    if length > LARGEST {
        return Err(diagnostic(path, too_large(length)));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    // It may grow while it is read.
    file.take(LARGEST).read_to_end(&mut bytes).map_err(|e| failed(&e))?;
    Ok(bytes)
}

/// Why a file of this length is not read.
pub(super) fn too_large(length: u64) -> Refusal {
    let reason = format!("文件太大：{} MB，最多 {} MB", length >> 20, LARGEST >> 20);
    Refusal::new("import-large", reason, "公文很少这么大；扫描件先用文字识别（OCR）软件转成文字，再导入")
}

fn refuse(path: &Path, format: Option<&'static str>, refusal: Refusal) -> Refused {
    let reason = refusal.reason.clone();
    Refused { reason, ..Refused::new(format, diagnostic(path, refusal)) }
}

fn diagnostic(path: &Path, refusal: Refusal) -> Diagnostic {
    let reason = refusal.reason.trim_end_matches('。');
    Diagnostic::error(refusal.code, format!("{reason}，没有导入")).in_file(path).help(refusal.help)
}

/// The id: by the number, else the title, else the first words.
fn id(reading: &Reading) -> String {
    let meta = &reading.document.meta;
    let first = reading.document.blocks.iter().map(|b| b.text.as_str()).find(|t| !t.is_empty());
    let title = meta.title.as_deref().or(first.map(|t| t.split(['。', '\n']).next().unwrap_or(t)));
    slug::of(meta.number.as_deref(), title)
}

fn front(path: &Path, reading: &Reading, digest: &str, enclosed: &Enclosed) -> Front {
    let source = Source {
        file: path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
        // What needs no reader needs no word.
        format: Some(reading.format.to_owned()).filter(|f| *f != read::PlainText.name()),
        sha256: digest.to_owned(),
        attachments: enclosed.names.clone(),
        ..Source::default()
    };
    Front { meta: reading.document.meta.clone(), source: Some(source), ..Front::default() }
}
