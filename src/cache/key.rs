//! 键: what an entry, and what the whole cache, depends on.

use std::path::Path;
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

/// The first half of a SHA-256.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub [u8; Key::LENGTH]);

impl Key {
    /// Bytes of a key.
    pub const LENGTH: usize = 16;

    /// The key of these parts, each with its length, so that no two lists of parts run into one.
    pub fn of(parts: &[&[u8]]) -> Key {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let mut key = Key::default();
        key.0.copy_from_slice(&hash.finalize()[..Key::LENGTH]);
        key
    }

    /// A number below `bound`.
    pub fn number(&self, bound: usize) -> usize {
        usize::from(self.0[0]) % bound.max(1)
    }
}

/// Everything but its own bytes that what is read of a document depends on.
#[derive(Clone, Debug)]
pub struct Context(Vec<u8>);

impl Context {
    /// The context of this program; `None` where the program cannot tell what it is.
    pub fn of_this_program() -> Option<Context> {
        let program = std::env::current_exe().ok()?;
        Context::of_program(&program)
    }

    /// Version numbers do not change with every build of the program, but its file does.
    fn of_program(program: &Path) -> Option<Context> {
        let about = program.metadata().ok()?;
        let modified = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let mut context = Context(env!("CARGO_PKG_VERSION").as_bytes().to_vec());
        context.add(&about.len().to_le_bytes());
        context.add(&modified.as_nanos().to_le_bytes());
        Some(context)
    }

    /// What also decides: a table, a setting.
    pub fn add(&mut self, part: &[u8]) {
        self.0.extend((part.len() as u64).to_le_bytes());
        self.0.extend(part);
    }

    /// The key of it all.
    pub fn key(&self) -> Key {
        Key::of(&[&self.0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        assert_eq!(Key::of(&[b"ab", b"c"]), Key::of(&[b"ab", b"c"]));
        assert_ne!(Key::of(&[b"ab", b"c"]), Key::of(&[b"a", b"bc"]));
        assert_ne!(Key::of(&[b"ab"]), Key::of(&[b"ab", b""]));
    }

    /// Two programs of one version differ in their files.
    #[test]
    fn a_program_is_known_by_its_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let program = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).expect("a file");
            Context::of_program(&path).map(|c| c.key())
        };
        let first = program("a", b"one");
        assert!(first.is_some());
        assert_ne!(first, program("b", b"another"));
        assert_eq!(Context::of_program(&folder.path().join("none")).map(|c| c.key()), None);
    }
}
