//! 读一份: the bytes of a source become a draft of its content file.

use std::path::{Path, PathBuf};

use gongwen::markdown;
use gongwen::read;

use crate::content::front::{Front, Source};
use crate::content::sha256;
use crate::diagnostics::{Attempt, Diagnostic};
use crate::slug;

use super::report::{Entry, Outcome, remarks};
use super::spool::{Spool, Spooled};

/// A source that has been read and will be a content file.
#[derive(Debug)]
pub(super) struct Draft {
    /// The file that it was read from.
    pub source: PathBuf,
    /// Its bytes.
    pub digest: String,
    /// The front matter.
    pub front: Front,
    /// The Markdown of the text.
    pub body: Spooled,
    /// The id, which is the name of its content file.
    pub id: String,
    /// The source or content file that has its bytes already, so that there is nothing to write.
    pub same: Option<PathBuf>,
    /// What there is to say about its reading, a line each.
    remarks: Vec<String>,
}

/// Reads the file at `source`.
pub(super) fn read(source: &Path, spool: &Spool) -> Result<Draft, Diagnostic> {
    let bytes = std::fs::read(source).map_err(|e| Diagnostic::io(Attempt::Read, source, &e))?;
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
    let file = source.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let digest = sha256(&bytes);
    let front = Front {
        meta: meta.clone(),
        source: Some(Source { file, sha256: digest.clone(), written: None }),
        ..Front::default()
    };
    Ok(Draft {
        source: source.to_owned(),
        digest,
        front,
        body: spool.put(markdown::write(&reading.document.blocks).as_bytes())?,
        id,
        same: None,
        remarks: remarks(&reading),
    })
}

impl Draft {
    /// What the report says of it.
    pub fn entry(self, outcome: Outcome) -> Entry {
        Entry {
            source: self.source,
            number: self.front.meta.number,
            title: self.front.meta.title,
            id: self.id,
            outcome,
            remarks: self.remarks,
        }
    }
}
