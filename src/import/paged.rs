//! 分页: the other pages of a document that lie beside its first.

use std::collections::{HashSet, VecDeque};
use std::path::{Path, PathBuf};

use gongwen::piece::{EnclosureKind, Refusal};
use gongwen::read::{self, Reading};

use super::draft::{Draft, load};
use super::enclosed::beside;
use crate::diagnostics::shown;

/// No document is issued in more pages.
const PAGES: usize = 200;

/// A document that was read from its page and those that follow it.
pub(super) struct Paged {
    /// The whole.
    pub reading: Reading,
    /// The files of the pages that follow, in order.
    pub files: Vec<PathBuf>,
    /// What to say of it.
    pub remark: String,
}

/// Reads the page in `file`, which is `page`, together with those that follow and lie beside it; `None` where none does.
///
/// # Errors
/// The reason why the pages cannot be read together.
pub(super) fn whole(file: &Path, page: &[u8], first: &Reading) -> Result<Option<Paged>, Refusal> {
    let mut waiting: VecDeque<String> = targets(first).collect();
    let mut known: HashSet<PathBuf> = HashSet::from([real(file)]);
    let (mut pages, mut files, mut missing) = (vec![page.to_owned()], Vec::new(), Vec::new());
    // A script names all pages that follow, on each of them.
    let mut named: HashSet<String> = HashSet::new();
    while let Some(target) = waiting.pop_front().filter(|_| files.len() < PAGES) {
        if !named.insert(target.clone()) {
            continue;
        }
        let Some(path) = beside(file, &target) else {
            // The last page of some sites leads to itself.
            if !known.iter().any(|k| k.file_name().is_some_and(|n| target.ends_with(&*n.to_string_lossy()))) {
                missing.push(target);
            }
            continue;
        };
        if !known.insert(real(&path)) {
            continue;
        }
        let Ok(bytes) = load(&path) else {
            missing.push(target);
            continue;
        };
        waiting.extend(targets(&read::read(&bytes)?));
        pages.push(bytes);
        files.push(path);
    }
    if files.is_empty() {
        return Ok(None);
    }
    let names: Vec<String> = files.iter().map(|f| shown(f).to_string()).collect();
    let lacks = match missing.as_slice() {
        [] => String::new(),
        some => format!("；还缺 {}，请存到旁边再导入", some.join("、")),
    };
    let remark = format!("分成 {} 页的文件，已经接上 {}{lacks}", files.len() + 1 + missing.len(), names.join("、"));
    Ok(Some(Paged { reading: read::pages(&pages)?, files, remark }))
}

fn targets(reading: &Reading) -> impl Iterator<Item = String> + '_ {
    reading.enclosures.iter().filter(|e| e.kind == EnclosureKind::Page).map(|e| e.target.clone())
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Takes out the drafts of pages that another draft holds; where two hold each other, the one that holds more stays.
pub(super) fn take_out(drafts: &mut Vec<Draft>) {
    if drafts.iter().all(|d| d.pages.is_empty()) {
        return;
    }
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(drafts[i].pages.len()));
    let mut held: HashSet<PathBuf> = HashSet::new();
    for i in order {
        if !held.contains(&real(&drafts[i].source)) {
            held.extend(drafts[i].pages.iter().map(|p| real(p)));
        }
    }
    drafts.retain(|d| !held.contains(&real(&d.source)));
}
