//! 命名: the name of every draft's content file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use gongwen::markdown;
use gongwen::read::{Format, PlainText};

use crate::content::front::{self, Front, Source};
use crate::content::id;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::slug;

use super::Options;
use super::draft::Draft;
use super::twins::{self, Facts, Sketch};

/// Gives every draft the name of its file. Two documents of one name are told apart by their dates and their sources'
/// digests; what was imported before keeps its name. Bytes that are there already are not written a second time, nor is
/// another file of a document that is there, unless both are wanted.
pub(super) fn name(drafts: &mut [Draft], folder: &Path, options: &Options, problems: &mut Diagnostics) {
    let mut first: HashMap<String, PathBuf> = HashMap::new();
    let mut taken: HashMap<String, usize> = HashMap::new();
    for draft in drafts.iter_mut() {
        if let Some(source) = first.get(&draft.digest) {
            draft.same = Some(source.clone());
            continue;
        }
        first.insert(draft.digest.clone(), draft.source.clone());
    }
    twins::mark(drafts);
    // Where both are wanted, the other file is written too, and says which document it is.
    let twins: Vec<Option<PathBuf>> =
        drafts.iter_mut().map(|d| if options.twins { d.twin.take() } else { None }).collect();
    let is_new = |d: &&mut Draft| d.same.is_none() && d.twin.is_none();
    for draft in drafts.iter_mut().filter(is_new) {
        if let Some(fault) = id::fault(&draft.id) {
            let message = format!("标识“{}”不能用：{fault}", draft.id);
            problems.push(Diagnostic::warning("import-id", message).in_file(&draft.source));
            draft.id = format!("文件-{}", slug::digest(draft.id.as_bytes()));
        }
        *taken.entry(id::key(&draft.id)).or_default() += 1;
    }
    let file = |id: &str| folder.join(format!("{id}.md"));
    for draft in drafts.iter_mut().filter(is_new) {
        let Some(source) = draft.front.source.clone() else { continue };
        let crowded = taken.get(&id::key(&draft.id)).is_some_and(|n| *n > 1);
        let existing = Existing::read(&file(&draft.id));
        let there = existing.as_ref().and_then(|e| e.front.source.clone());
        // A source that has changed since keeps its name, unless another one claims the name too.
        let own = |s: &Source| s.sha256 == source.sha256 || !crowded && s.file == source.file;
        let date = draft.front.meta.date.as_deref();
        let long = [Some(draft.id.as_str()), date, source.sha256.get(..8)].into_iter().flatten().collect::<Vec<_>>();
        let long = long.join("-");
        let earlier = || existing_source(&file(&long)).is_some_and(|s| s.sha256 == source.sha256);
        if there.as_ref().map_or_else(|| crowded || earlier(), |s| !own(s)) {
            if existing.is_some_and(|e| e.is_one_with(draft)) {
                if !options.twins {
                    draft.twin = Some(file(&draft.id));
                    continue;
                }
                let twin = draft.id.clone();
                draft.is_twin_of(&twin);
            }
            draft.id = long;
        }
        let twin =
            existing_source(&file(&draft.id)).is_some_and(|s| s.sha256 == source.sha256 && s.file != source.file);
        draft.same = Some(file(&draft.id)).filter(|_| twin && !options.force);
    }
    let ids: HashMap<PathBuf, String> = drafts.iter().map(|d| (d.source.clone(), d.id.clone())).collect();
    for (draft, twin) in drafts.iter_mut().zip(twins) {
        if let Some(id) = twin.and_then(|source| ids.get(&source)).filter(|id| **id != draft.id) {
            draft.is_twin_of(id);
        }
    }
}

/// A content file that is there.
struct Existing {
    front: Front,
    text: String,
}

impl Existing {
    fn read(path: &Path) -> Option<Existing> {
        let text = std::fs::read_to_string(path).ok()?;
        let front = head(path, &text)?;
        Some(Existing { front, text })
    }

    /// True where it was made from another file of the same document.
    fn is_one_with(&self, draft: &Draft) -> bool {
        let Some(source) = &self.front.source else { return false };
        let format = source.format.as_deref().unwrap_or(PlainText.name());
        let sketch = Sketch::of(&markdown::read(&self.text).blocks);
        let facts = Facts { number: self.front.meta.number.as_deref(), format, sketch: &sketch };
        twins::are_one(&facts, &draft.facts())
    }
}

/// The source that the front matter of an existing content file gives.
fn existing_source(path: &Path) -> Option<Source> {
    Existing::read(path)?.front.source
}

fn head(path: &Path, text: &str) -> Option<Front> {
    let head = markdown::read(text).front?;
    Some(front::read(path, text, head.offset..head.offset + head.text.len()).0)
}
