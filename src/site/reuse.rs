//! 沿用: what the files of the old site were made from, so that one which would be made from the same again is taken over
//! and not made.
//!
//! Of every such file the cache keeps a digest of its inputs, its length and the time it was written. A file is taken
//! over where the digest is the same and the file in the old site is still the one that was written; whoever has changed
//! it there, or put another site in its place, gets it made anew.

use std::fs::Metadata;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use super::inputs::Inputs;
use super::output::Staging;
use crate::cache::{Cache, Key, Part, SHARDS, Shard};
use crate::diagnostics::Diagnostic;

/// How a file lies on the disk: its length, and the nanosecond of its last change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: u64,
}

impl Stamp {
    /// Bytes of a stamp.
    const LENGTH: usize = 16;

    /// The stamp of a file; `None` where the system does not tell when it was written.
    pub fn of(about: &Metadata) -> Option<Stamp> {
        let since = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Stamp { length: about.len(), modified: u64::try_from(since.as_nanos()).ok()? })
    }

    fn bytes(self) -> [u8; Stamp::LENGTH] {
        let mut bytes = [0; Stamp::LENGTH];
        bytes[..8].copy_from_slice(&self.length.to_le_bytes());
        bytes[8..].copy_from_slice(&self.modified.to_le_bytes());
        bytes
    }

    fn read(bytes: &[u8]) -> Option<Stamp> {
        let (length, modified) = bytes.split_first_chunk::<8>()?;
        let (length, modified) = (u64::from_le_bytes(*length), u64::from_le_bytes(modified.try_into().ok()?));
        Some(Stamp { length, modified })
    }
}

/// What the files of a site are made from, and what those of the old one were.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The old site.
    pub reuse: &'a Reuse<'a>,
    /// Digests of what is being made, by address.
    pub inputs: &'a Inputs,
}

/// Takes the file at `address` over where it would be made from the same again, else has it made.
///
/// # Errors
/// What `make`, which is given the file's name, gives.
pub fn known_or(
    known: Option<Known<'_>>,
    staging: &Staging,
    address: &str,
    make: impl FnOnce(&str) -> Result<(), Diagnostic>,
) -> Result<(), Diagnostic> {
    let file = crate::address::file(address);
    let Some((known, inputs)) = known.and_then(|k| Some((k, k.inputs.get(address)?))) else { return make(&file) };
    if known.reuse.take(staging, &file, inputs) {
        return Ok(());
    }
    make(&file)?;
    known.reuse.made(staging, &file, inputs);
    Ok(())
}

/// The files of the old site, and those of the new one as they come.
#[derive(Debug)]
pub struct Reuse<'a> {
    cache: &'a Cache,
    number: usize,
    output: Vec<u8>,
    old: Shard,
    new: Mutex<Vec<(Key, Vec<u8>)>>,
}

impl<'a> Reuse<'a> {
    /// What is known of the site in `output`.
    pub fn of(cache: &'a Cache, output: &Path) -> Reuse<'a> {
        let output = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
        // Folders of several names are known side by side; of those of one name, such as the private ones of `serve`, the
        // last is, so that none leaves a file behind.
        let name = output.file_name().unwrap_or_default().as_encoded_bytes();
        let number = Key::of(&[name]).number(SHARDS);
        let output = output.as_os_str().as_encoded_bytes().to_vec();
        let old = cache.open(Part::Pages, number);
        Reuse { cache, number, output, old, new: Mutex::default() }
    }

    /// Takes `file` over from the old site where it was made from `inputs`; true where it now stands in the new one.
    pub fn take(&self, staging: &Staging, file: &str, inputs: &Key) -> bool {
        let key = self.key(file);
        let Some((made_from, stamp)) = self.entry(&key) else { return false };
        let Some(stamp) = Stamp::read(stamp).filter(|_| made_from == inputs.0) else { return false };
        match staging.take_over(file, stamp) {
            Some(stamp) => {
                self.note(key, inputs, stamp);
                true
            }
            None => false,
        }
    }

    /// Notes that `file` of the new site was made from `inputs`.
    pub fn made(&self, staging: &Staging, file: &str, inputs: &Key) {
        if let Some(stamp) = staging.stamp(file) {
            self.note(self.key(file), inputs, stamp);
        }
    }

    /// Takes over the files of a folder of the old site where all that were made from `inputs` lie there as they were left;
    /// true where they now stand in the new one. Files that came from elsewhere, and pages, are not among them.
    pub fn take_folder(&self, staging: &Staging, folder: &str, inputs: &Key) -> bool {
        let count = |(made_from, stamp): (&[u8], &[u8])| (made_from == inputs.0).then(|| Stamp::read(stamp)).flatten();
        let noted = self.entry(&self.key(&whole(folder))).and_then(count);
        let files: Vec<String> = staging
            .old_files(folder)
            .into_iter()
            .filter(|(file, stamp)| self.entry(&self.key(file)).and_then(count) == Some(*stamp))
            .map(|(file, _)| file)
            .collect();
        if noted.is_none_or(|noted| noted.length != files.len() as u64) {
            return false;
        }
        let taken = files.iter().all(|file| self.take(staging, file, inputs));
        if taken {
            self.note(self.key(&whole(folder)), inputs, Stamp { length: files.len() as u64, modified: 0 });
        } else {
            staging.discard(folder);
        }
        taken
    }

    /// Notes that the files of a folder of the new site, pages left out, were made from `inputs`.
    pub fn made_folder(&self, staging: &Staging, folder: &str, inputs: &Key) {
        let files = staging.new_files(folder);
        self.note(self.key(&whole(folder)), inputs, Stamp { length: files.len() as u64, modified: 0 });
        files.into_iter().for_each(|(file, stamp)| self.note(self.key(&file), inputs, stamp));
    }

    fn entry(&self, key: &Key) -> Option<(&[u8], &[u8])> {
        self.old.get(key)?.split_at_checked(Key::LENGTH)
    }

    fn note(&self, key: Key, inputs: &Key, stamp: Stamp) {
        let entry = [&inputs.0[..], &stamp.bytes()].concat();
        self.new.lock().unwrap_or_else(PoisonError::into_inner).push((key, entry));
    }

    fn key(&self, file: &str) -> Key {
        Key::of(&[&self.output, file.as_bytes()])
    }

    /// Keeps what is known of the new site, which stands now.
    pub fn keep(&self) {
        let mut shard = Shard::default();
        for (key, entry) in self.new.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            shard.add(*key, entry);
        }
        self.cache.keep(Part::Pages, self.number, &shard);
    }
}

/// The name under which is noted how many files a folder has. No file has it.
fn whole(folder: &str) -> String {
    format!("{folder}/")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::cache::Context;

    /// A file is taken over as long as it is made from the same and lies as it was left.
    #[test]
    fn what_is_taken_over() {
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path();
        let (content, output) = (root.join("content"), root.join("public"));
        let cache = Cache::of(root, Context::of_this_program());
        let inputs = |name: &str| Key::of(&[name.as_bytes()]);
        let site = |made_from: &str, text: &str| {
            let staging = Staging::open(root, &content, &output).unwrap_or_else(|e| panic!("{e}"));
            let reuse = Reuse::of(&cache, &output);
            let taken = reuse.take(&staging, "documents/甲.html", &inputs(made_from));
            if !taken {
                staging.write("documents/甲.html", text.as_bytes()).unwrap_or_else(|e| panic!("{e}"));
                reuse.made(&staging, "documents/甲.html", &inputs(made_from));
            }
            staging.publish(true).unwrap_or_else(|e| panic!("{e}"));
            reuse.keep();
            (taken, fs::read_to_string(output.join("documents/甲.html")).expect("a page"))
        };
        let (first, second, mine) = ("第一".to_owned(), "第二".to_owned(), "改过".to_owned());
        assert_eq!(site("a", &first), (false, first.clone()));
        assert_eq!(site("a", "never"), (true, first.clone()));
        assert_eq!(site("b", &second), (false, second.clone()));
        assert_eq!(site("b", "never"), (true, second.clone()));
        // Of the same length, but not as it was left.
        std::thread::sleep(std::time::Duration::from_millis(20));
        fs::write(output.join("documents/甲.html"), &mine).expect("a file");
        assert_eq!(site("b", &second), (false, second.clone()));
        fs::remove_file(output.join("documents/甲.html")).expect("a file");
        assert_eq!(site("b", &second), (false, second.clone()));
    }
}
