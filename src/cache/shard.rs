//! 分片: a file of entries.
//!
//! `ZKC1`, the key of the cache, the CRC-32 of what follows; then for each entry its key, its length in four bytes, the
//! low one first, and its bytes.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use super::Key;

const MAGIC: &[u8; 4] = b"ZKC1";
const HEADER: usize = MAGIC.len() + Key::LENGTH + 4;

/// What an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What it says and asks: enough to join it with others and to answer questions.
    Findings,
    /// Its words, and what is marked in them.
    Words,
    /// What the pages of the site were made from.
    Pages,
}

impl Part {
    /// Begins the names of its files.
    pub(super) fn name(self) -> &'static str {
        match self {
            Part::Findings => "findings",
            Part::Words => "words",
            Part::Pages => "pages",
        }
    }
}

/// The entries of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shard {
    entries: BTreeMap<Key, Range<usize>>,
    bytes: Vec<u8>,
}

impl Shard {
    /// The entry of this key.
    pub fn get(&self, key: &Key) -> Option<&[u8]> {
        self.bytes.get(self.entries.get(key)?.clone())
    }

    /// Adds an entry.
    pub fn add(&mut self, key: Key, entry: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(entry);
        self.entries.insert(key, start..self.bytes.len());
    }

    /// True where it holds exactly these.
    pub fn holds_only(&self, keys: &[Key]) -> bool {
        self.entries.len() == keys.len() && keys.iter().all(|key| self.entries.contains_key(key))
    }

    /// Reads a file; `None` where there is none that is whole and of this cache.
    pub(super) fn read(file: &Path, context: &Key) -> Option<Shard> {
        let bytes = fs::read(file).ok()?;
        let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(&context.0)?;
        let (sum, rest) = rest.split_first_chunk::<4>()?;
        if crc32fast::hash(rest) != u32::from_le_bytes(*sum) {
            return None;
        }
        let mut entries = BTreeMap::new();
        let mut at = HEADER;
        while at < bytes.len() {
            let (key, rest) = bytes.get(at..)?.split_first_chunk::<{ Key::LENGTH }>()?;
            let (length, rest) = rest.split_first_chunk::<4>()?;
            let length = u32::from_le_bytes(*length) as usize;
            let start = at + Key::LENGTH + 4;
            rest.get(..length)?;
            at = start + length;
            entries.insert(Key(*key), start..at);
        }
        Some(Shard { entries, bytes })
    }

    /// Writes a file beside its place and moves it there, so that whoever reads meanwhile reads the old one or the new
    /// one. A shard without entries leaves no file.
    pub(super) fn write(&self, file: &Path, context: &Key) {
        if self.entries.is_empty() {
            let _ = fs::remove_file(file);
            return;
        }
        let mut bytes = [MAGIC, &context.0[..], &[0; 4]].concat();
        for (key, range) in &self.entries {
            let Some(entry) = self.bytes.get(range.clone()) else { continue };
            let Ok(length) = u32::try_from(entry.len()) else { continue };
            bytes.extend(key.0);
            bytes.extend(length.to_le_bytes());
            bytes.extend(entry);
        }
        let sum = crc32fast::hash(&bytes[HEADER..]);
        bytes[HEADER - 4..HEADER].copy_from_slice(&sum.to_le_bytes());
        let Some(folder) = file.parent() else { return };
        // It is only a cache: where it cannot be kept, the next command reads again.
        let _ = fs::create_dir_all(folder)
            .and_then(|()| tempfile::Builder::new().prefix(".new-").tempfile_in(folder))
            .and_then(|beside| fs::write(beside.path(), &bytes).map(|()| beside))
            .map(|beside| beside.persist(file));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        Key::of(&[name.as_bytes()])
    }

    fn shard() -> Shard {
        let mut shard = Shard::default();
        for (name, entry) in [("甲", &b"first"[..]), ("乙", b""), ("丙", &[7; 300])] {
            shard.add(key(name), entry);
        }
        shard
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("deep/findings-00");
        let context = key("context");
        shard().write(&file, &context);
        let read = Shard::read(&file, &context).expect("it is whole");
        assert_eq!(read.get(&key("甲")), Some(&b"first"[..]));
        assert_eq!(read.get(&key("乙")), Some(&b""[..]));
        assert_eq!(read.get(&key("丙")), Some(&[7; 300][..]));
        assert_eq!(read.get(&key("丁")), None);
        assert!(read.holds_only(&[key("甲"), key("乙"), key("丙")]));
        assert!(!read.holds_only(&[key("甲"), key("乙")]) && !read.holds_only(&[key("甲"), key("乙"), key("丁")]));
        assert_eq!(Shard::read(&file, &key("another context")), None);
        assert_eq!(
            fs::read_dir(file.parent().expect("a folder")).expect("a folder").count(),
            1,
            "nothing is left over"
        );
        Shard::default().write(&file, &context);
        assert!(!file.exists());
    }

    /// Every byte that is changed and every length that it is cut to is found.
    #[test]
    fn what_is_damaged_is_not_trusted() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("words-00");
        let context = key("context");
        shard().write(&file, &context);
        let whole = fs::read(&file).expect("a file");
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            fs::write(&file, &bytes).expect("a file");
            assert_eq!(Shard::read(&file, &context), None, "byte {at}");
            fs::write(&file, &whole[..at]).expect("a file");
            assert!(Shard::read(&file, &context).is_none_or(|s| at == HEADER && s == Shard::default()), "cut at {at}");
        }
        fs::write(&file, &whole).expect("a file");
        assert!(Shard::read(&file, &context).is_some());
    }
}
