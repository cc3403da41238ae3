//! 写出: content files, none of them over what people wrote.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use gongwen::markdown;
use gongwen::read::FORMATS;

use crate::content::front::{self, is_untouched, render};
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
    if let Some(twin) = &draft.twin {
        return (Outcome::Twin(twin.clone()), None);
    }
    match put(draft, folder, force) {
        Ok(outcome) => (outcome, None),
        Err(problem) => (Outcome::Refused, Some(problem)),
    }
}

fn put(draft: &Draft, folder: &Path, force: bool) -> Result<Outcome, Diagnostic> {
    let path = folder.join(format!("{}.md", draft.id));
    let existing = match std::fs::read_to_string(&path) {
        Ok(existing) => Some(existing),
        Err(e) if e.kind() == ErrorKind::NotFound => None,
        Err(e) => return Err(Diagnostic::io(Attempt::Read, &path, &e)),
    };
    let mut front = draft.front.clone();
    if let Some(source) = &mut front.source {
        let earlier = existing.as_deref().and_then(|text| kept(&path, text, &draft.digest));
        source.kept = draft.kept.as_ref().map(|_| source_name(draft)).or(earlier);
    }
    let text = render(&front, &draft.body.text()?);
    let unchanged = existing.as_ref() == Some(&text);
    if existing.as_ref().is_some_and(|existing| !unchanged && !force && !is_untouched(existing)) {
        let message = "这个文件有人改过，没有覆盖";
        let help = "要丢掉改动、重新导入，就加 --force";
        let from = format!("来源：{}", shown(&draft.source));
        return Err(Diagnostic::warning("import-edited", message).in_file(&path).note(from).help(help));
    }
    if let Some(bytes) = &draft.kept {
        let beside = folder.join(source_name(draft));
        let bytes = bytes.bytes()?;
        if std::fs::read(&beside).ok().as_ref() != Some(&bytes) {
            std::fs::write(&beside, bytes).map_err(|e| Diagnostic::io(Attempt::Write, &beside, &e))?;
        }
    }
    if unchanged {
        return Ok(Outcome::Unchanged);
    }
    std::fs::write(&path, text).map_err(|e| Diagnostic::io(Attempt::Write, &path, &e))?;
    Ok(Outcome::Written)
}

/// The source that lies beside a content file already, where it is the same one.
fn kept(path: &Path, text: &str, digest: &str) -> Option<String> {
    if !text.contains("\nkept = ") {
        return None;
    }
    let head = markdown::read(text).front?;
    let (front, _) = front::read(path, text, head.offset..head.offset + head.text.len());
    front.source.filter(|s| s.sha256 == digest)?.kept
}

/// The name of the source beside the content file: the same stem, and the extension that says its format.
fn source_name(draft: &Draft) -> String {
    let own = draft.source.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let of_format = FORMATS.iter().find(|f| f.name() == draft.format).map_or(&[][..], |f| f.extensions());
    // A page that a browser saved as one file is read as the page in it.
    let page = ["mht", "mhtml"];
    let own = own.filter(|e| of_format.contains(&e.as_str()) || page.contains(&e.as_str()));
    // The content file itself ends so.
    let extension = own.as_deref().unwrap_or(draft.extension);
    format!("{}.{}", draft.id, if extension == "md" { "txt" } else { extension })
}
