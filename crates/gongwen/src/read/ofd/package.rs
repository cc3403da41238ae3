//! 包: the parts of an OFD by the names under which others mention them.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::piece::Refusal;

/// A part unpacks to no more bytes, and all that are read to no more than four times that.
const PART: u64 = 64 << 20;
/// A package has no more parts.
const PARTS: usize = 20_000;

/// A zip whose parts are found by name.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Plain name in lower case → number.
    names: HashMap<String, usize>,
    /// Bytes that may still be unpacked.
    left: u64,
}

fn broken() -> Refusal {
    Refusal::new("ofd-broken", "这个 OFD 损坏了，解不开", "请重新下载，或者在能打开它的软件里另存一份，再导入")
}

fn too_large(what: &str) -> Refusal {
    Refusal::new("ofd-too-large", format!("这个 OFD {what}，超过限度"), "这样的文件多半是坏的，请检查来源")
}

impl<'a> Package<'a> {
    /// Opens a zip.
    ///
    /// # Errors
    /// It is none, or has more parts than any document.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
        if archive.len() > PARTS {
            return Err(too_large(&format!("里有 {} 个文件", archive.len())));
        }
        let mut names = HashMap::new();
        for i in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(i) {
                names.entry(plain(&name)).or_insert(i);
            }
        }
        Ok(Package { archive, names, left: 4 * PART })
    }

    /// The plain name of the part that `location` means where it stands in a part of `folder`.
    ///
    /// A location is relative to the part that holds it, or to the package where it begins with a slash. Writers mix
    /// the two up, write backslashes and mistake capitals, so whatever leads to a part is tried.
    pub fn find(&self, folder: &str, location: &str) -> Option<String> {
        let location = location.trim();
        let rooted = location.starts_with(['/', '\\']);
        let near = plain(&format!("{folder}/{location}"));
        let far = plain(location);
        let ways = if rooted { [far, near] } else { [near, far] };
        if let Some(name) = ways.iter().find(|n| self.names.contains_key(*n)) {
            return Some(name.clone());
        }
        // The folder is left out or named twice: a single part whose name ends so is meant.
        let tail = format!("/{}", ways[usize::from(!rooted)]);
        let mut ends = self.names.keys().filter(|n| n.ends_with(&tail));
        match (ends.next(), ends.next()) {
            (Some(name), None) => Some(name.clone()),
            _ => None,
        }
    }

    /// The bytes of a part by its plain name.
    ///
    /// # Errors
    /// It cannot be unpacked, is too large or locked.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, Refusal> {
        let index = *self.names.get(name).ok_or_else(broken)?;
        let file = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(_) | ZipError::InvalidPassword => {
                Refusal::new("ofd-encrypted", "这个 OFD 加了密，打不开", "请先用密码打开，另存为没有密码的 OFD，再导入")
            }
            _ => broken(),
        })?;
        let most = PART.min(self.left);
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes).map_err(|_| broken())?;
        if bytes.len() as u64 > most {
            return Err(too_large("里的数据展开以后太大"));
        }
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }
}

/// The folder of a part.
pub fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A name without `.`, `..`, doubled and leading slashes, in lower case.
fn plain(name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split(['/', '\\']) {
        match part.trim() {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/").to_lowercase()
}
