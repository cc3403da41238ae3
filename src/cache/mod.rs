//! 缓存: what was read of each document, kept from one command to the next, so that a command reads what changed and
//! nothing else.
//!
//! An entry is known by a hash of the document's path and bytes. What else it depends on (the registries, the
//! configuration, the program) makes the key of the whole cache: another key, another cache. Entries lie in shards, files
//! of a few hundred kilobytes, each written whole and moved into its place; one that is damaged, cut off or of another
//! key is as if it were not there. The folder may be deleted at any time.

mod key;
mod shard;

use std::path::{Path, PathBuf};

pub use key::{Context, Key};
pub use shard::{Part, Shard};

/// The folder of a site that holds what may be deleted.
pub const FOLDER: &str = ".zhengku";

/// How many shards a cache has: enough to keep every core busy and to write little after an edit.
pub const SHARDS: usize = 256;

/// The cache of a site; one without a folder holds nothing and keeps nothing.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: Option<PathBuf>,
    context: Key,
}

impl Cache {
    /// The cache of the site at `root` for what depends on `context`.
    pub fn of(root: &Path, context: Option<Context>) -> Cache {
        match context {
            Some(context) => Cache { folder: Some(root.join(FOLDER).join("cache")), context: context.key() },
            None => Cache { folder: None, context: Key::default() },
        }
    }

    /// The key of what it depends on; `None` for one that keeps nothing.
    pub fn context(&self) -> Option<Key> {
        self.folder.as_ref().map(|_| self.context)
    }

    /// What is kept in a part of a shard.
    pub fn open(&self, part: Part, number: usize) -> Shard {
        self.file(part, number).and_then(|file| Shard::read(&file, &self.context)).unwrap_or_default()
    }

    /// Keeps a part of a shard in the place of what was there. What cannot be written is not kept: the next command then
    /// reads the documents again.
    pub fn keep(&self, part: Part, number: usize, shard: &Shard) {
        if let Some(file) = self.file(part, number) {
            shard.write(&file, &self.context);
        }
    }

    /// The folder in which whoever keeps files of their own keeps those called `name`, and what they depend on beside
    /// their own bytes; `None` for a cache that keeps nothing.
    pub fn folder_of(&self, name: &str) -> Option<(PathBuf, Key)> {
        Some((self.folder.as_ref()?.join(name), self.context))
    }

    fn file(&self, part: Part, number: usize) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("{}-{number:02x}", part.name())))
    }
}
