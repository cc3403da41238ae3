//! 命名: the name of every draft's content file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use gongwen::markdown;

use crate::content::front::{self, Source};
use crate::content::id;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::slug;

use super::draft::Draft;

/// Gives every draft the name of its file. Two documents of one name are told apart by their dates and their sources'
/// digests; what was imported before keeps its name. Bytes that are there already are not written a second time.
pub(super) fn name(drafts: &mut [Draft], folder: &Path, force: bool, problems: &mut Diagnostics) {
    let mut first: HashMap<String, PathBuf> = HashMap::new();
    let mut taken: HashMap<String, usize> = HashMap::new();
    for draft in drafts.iter_mut() {
        if let Some(source) = first.get(&draft.digest) {
            draft.same = Some(source.clone());
            continue;
        }
        first.insert(draft.digest.clone(), draft.source.clone());
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
    let head = parsed.front?;
    let (head, _) = front::read(path, &text, head.offset..head.offset + head.text.len());
    head.source
}
