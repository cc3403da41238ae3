//! 检索: the index of the last build, and what is to be said of its answers.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ::search::{Error, Index, Notice, Response};

use crate::content::Config;
use crate::diagnostics::{Attempt, Diagnostic};
use crate::fulltext;
use crate::project::Sources;

/// Opens the index of the site in `output`.
///
/// # Errors
/// Where there is none, or it is damaged.
pub fn index(output: &Path) -> Result<Index, Diagnostic> {
    let folder = output.join(fulltext::FOLDER);
    fulltext::open(output).map_err(|e| damaged(&folder, e))?.ok_or_else(|| {
        Diagnostic::error("search-none", "还没有检索索引")
            .in_file(&folder)
            .help("先生成网站：zhengku build；生成到别处的，用 --output 指明")
    })
}

/// What is wrong with the index in `folder`.
pub fn damaged(folder: &Path, error: Error) -> Diagnostic {
    let diagnostic = match error {
        Error::Io(e) => Diagnostic::io(Attempt::Read, folder, &e),
        e => Diagnostic::error("search-index", e.to_string()).in_file(folder),
    };
    diagnostic.help("重新生成网站：zhengku build")
}

/// A source of the site that is newer than its index: the first of its files, by name.
pub fn newer(root: &Path, config: &Config, output: &Path) -> Option<PathBuf> {
    let changed = |path: &Path| std::fs::metadata(path).and_then(|m| m.modified()).ok();
    let built: SystemTime = changed(&output.join(fulltext::FOLDER).join("index.json"))?;
    // A folder changes when a file goes or comes.
    let below = |source: &PathBuf| walkdir::WalkDir::new(source).sort_by_file_name().into_iter().flatten();
    let files =
        Sources::of(root, config).said.iter().flat_map(below).map(walkdir::DirEntry::into_path).collect::<Vec<_>>();
    files.into_iter().find(|path| changed(path).is_some_and(|at| at > built))
}

/// That the answers of an index do not know what `newer` says.
pub fn stale(newer: &Path) -> String {
    format!("注意：{} 在上次生成之后改过，结果里还没有；要查到它，先运行 zhengku build", newer.display())
}

/// What the reader should know about the answer.
pub fn notices(response: &Response) -> Vec<String> {
    let mut exchanged: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut lines = Vec::new();
    for notice in &response.notices {
        match notice {
            Notice::Synonym { from, to } => match exchanged.iter_mut().find(|(f, _)| f == from) {
                Some((_, names)) => names.push(to),
                None => exchanged.push((from, vec![to])),
            },
            Notice::Scattered => lines.push("整句找到的不多，后面是各词分开出现的公文。".to_owned()),
            Notice::Partly => lines.push("没有公文写到所有的词，下面是写到其中大部分的。".to_owned()),
            Notice::Cut => lines.push("检索词太多，后面的没有用上。".to_owned()),
        }
    }
    let exchanged = exchanged.into_iter().map(|(from, names)| format!("“{from}”也查了：{}", names.join("、")));
    exchanged.chain(lines).collect()
}
