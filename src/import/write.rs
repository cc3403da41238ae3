//! 写出: content files, none of them over what people wrote.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use crate::content::front::{is_untouched, render};
use crate::content::{Config, id};
use crate::diagnostics::{Attempt, Diagnostic, Diagnostics, shown};

use super::draft::Draft;
use super::{Options, Outcome};

/// The folder that the files go to, below the content of the site; made where it is not there.
pub(super) fn folder(options: &Options, config: &Config) -> Result<PathBuf, Diagnostics> {
    let mut folder = options.root.join(&config.content);
    if let Some(to) = &options.to {
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

/// Writes the content file of `draft` into `folder`, unless it is there already or people edited it.
pub(super) fn write(draft: &Draft, folder: &Path, force: bool) -> (Outcome, Option<Diagnostic>) {
    if let Some(same) = &draft.same {
        return (Outcome::Same(same.clone()), None);
    }
    match put(draft, folder, force) {
        Ok(outcome) => (outcome, None),
        Err(problem) => (Outcome::Refused, Some(problem)),
    }
}

fn put(draft: &Draft, folder: &Path, force: bool) -> Result<Outcome, Diagnostic> {
    let path = folder.join(format!("{}.md", draft.id));
    let text = render(&draft.front, &draft.body.text()?);
    match std::fs::read_to_string(&path) {
        Ok(existing) if existing == text => return Ok(Outcome::Unchanged),
        Ok(existing) if !force && !is_untouched(&existing) => {
            let message = "这个文件有人改过，没有覆盖";
            let help = "要丢掉改动、重新导入，就加 --force";
            let from = format!("来源：{}", shown(&draft.source));
            return Err(Diagnostic::warning("import-edited", message).in_file(&path).note(from).help(help));
        }
        Ok(_) => {}
        Err(e) if e.kind() == ErrorKind::NotFound => {}
        Err(e) => return Err(Diagnostic::io(Attempt::Read, &path, &e)),
    }
    std::fs::write(&path, text).map_err(|e| Diagnostic::io(Attempt::Write, &path, &e))?;
    Ok(Outcome::Written)
}
