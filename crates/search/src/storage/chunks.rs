//! The files of an index as chunks under content-hashed names, and a hot bundle with what opening an index needs.
//!
//! `index.json` names the hot bundle; the bundle holds the header and the hot ranges; every other byte is in
//! `chunks/NAME`. All names but `index.json` say what they hold, so a host may let browsers keep them for ever.

use std::{
    collections::{BTreeSet, HashMap},
    fmt, io,
    ops::Range,
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tantivy::directory::OwnedBytes;

use super::{
    File, Files,
    header::{FORMAT, Header, NAME, Version},
};
use crate::Error;

/// The first bytes of a hot bundle.
pub(crate) const MAGIC: &[u8; 4] = b"ZKS1";

/// How many bytes of chunks are kept in memory.
const CACHE: usize = 64 << 20;

/// The bytes of a chunk by its name, or `None` if it has to be asked for elsewhere first.
pub(crate) type Source = Box<dyn Fn(&str) -> io::Result<Option<Vec<u8>>> + Send + Sync>;

/// The chunks that are in memory, and the names of those that were asked for in vain.
#[derive(Default)]
struct Cache {
    chunks: HashMap<String, OwnedBytes>,
    bytes: usize,
    absent: BTreeSet<String>,
}

/// An index that is read from chunks.
pub(crate) struct Chunks {
    header: Header,
    /// For each file the offsets at which its chunks start, and its length.
    starts: Vec<Vec<usize>>,
    /// For each file its hot ranges by start.
    hot: Vec<Vec<(usize, OwnedBytes)>>,
    source: Source,
    cache: Mutex<Cache>,
}

impl fmt::Debug for Chunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chunks")
    }
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

impl Chunks {
    /// Opens a hot bundle.
    pub(crate) fn open(bundle: Vec<u8>, source: Source) -> Result<Self, Error> {
        let format = |what: &str| Error::Format(what.into());
        let rest = bundle.strip_prefix(MAGIC).ok_or_else(|| format("开头不符"))?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(|| format("过短"))?;
        let length = u32::from_le_bytes(*length) as usize;
        let json = rest.get(..length).ok_or_else(|| format("过短"))?;
        let Version { format: version } = serde_json::from_slice(json)?;
        if version != FORMAT {
            return Err(Error::Format(format!("格式版本 {version}，本程序用 {FORMAT}，请重新构建")));
        }
        let header: Header = serde_json::from_slice(json)?;
        let mut at = MAGIC.len() + 4 + length;
        let bytes = OwnedBytes::new(bundle);
        let mut hot: Vec<Vec<(usize, OwnedBytes)>> = vec![Vec::new(); File::ALL.len()];
        for (file, start, length) in &header.hot {
            let end = at.checked_add(*length).filter(|end| *end <= bytes.len()).ok_or_else(|| format("过短"))?;
            hot[*file as usize].push((*start, bytes.slice(at..end)));
            at = end;
        }
        let mut starts = vec![vec![0]; File::ALL.len()];
        for file in &header.files {
            let ends = file.ends();
            if file.names.len() != ends.len() * NAME || !file.names.is_ascii() {
                return Err(format("分块名不全"));
            }
            if ends.last().copied().unwrap_or_default() != file.length {
                return Err(format("分块长度不符"));
            }
            starts[file.file as usize].extend(ends);
        }
        Ok(Chunks { header, starts, hot, source, cache: Mutex::default() })
    }

    /// Opens the index in a folder.
    pub(crate) fn open_folder(folder: PathBuf) -> Result<Self, Error> {
        let pointer: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("index.json"))?)?;
        let name =
            pointer["hot"].as_str().filter(|name| is_name(name)).ok_or_else(|| Error::Format("index.json".into()))?;
        let bundle = std::fs::read(folder.join(name))?;
        let chunks = folder.join("chunks");
        Chunks::open(bundle, Box::new(move |name| std::fs::read(chunks.join(name)).map(Some)))
    }

    pub(crate) fn header(&self) -> &Header {
        &self.header
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in a chunk that was fetched.
    pub(crate) fn supply(&self, name: &str, bytes: Vec<u8>) {
        let mut cache = self.cache();
        cache.absent.remove(name);
        cache.bytes += bytes.len();
        cache.chunks.insert(name.to_owned(), OwnedBytes::new(bytes));
    }

    /// The names of the chunks that were asked for since the last call and are not here.
    pub(crate) fn take_absent(&self) -> Vec<String> {
        std::mem::take(&mut self.cache().absent).into_iter().collect()
    }

    fn chunk(&self, name: &str, length: usize) -> io::Result<OwnedBytes> {
        let wrong = || damaged("a chunk has a wrong length");
        if let Some(bytes) = self.cache().chunks.get(name) {
            // One that was supplied may be whatever a host answers in its place.
            return if bytes.len() == length { Ok(bytes.clone()) } else { Err(wrong()) };
        }
        let Some(bytes) = (self.source)(name)? else {
            self.cache().absent.insert(name.to_owned());
            return Err(io::ErrorKind::WouldBlock.into());
        };
        if bytes.len() != length {
            return Err(wrong());
        }
        let bytes = OwnedBytes::new(bytes);
        let mut cache = self.cache();
        if cache.bytes > CACHE {
            cache.chunks.clear();
            cache.bytes = 0;
        }
        cache.bytes += length;
        cache.chunks.insert(name.to_owned(), bytes.clone());
        Ok(bytes)
    }
}

/// Whether a string is a name that the writer gives, and so cannot leave the folder.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

impl Files for Chunks {
    fn len(&self, file: File) -> usize {
        self.starts[file as usize].last().copied().unwrap_or_default()
    }

    fn read(&self, file: File, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        let hot = &self.hot[file as usize];
        let behind = hot.partition_point(|(start, _)| *start <= range.start);
        if let Some((start, bytes)) = behind.checked_sub(1).map(|index| &hot[index])
            && range.end <= start + bytes.len()
        {
            return Ok(bytes.slice(range.start - start..range.end - start));
        }
        let starts = &self.starts[file as usize];
        if range.end > self.len(file) {
            return Err(damaged("a range lies outside its file"));
        }
        let Some(names) = self.header.files.iter().find(|header| header.file == file).map(|header| &header.names)
        else {
            return Err(damaged("a file is missing"));
        };
        let first = starts.partition_point(|start| *start <= range.start) - 1;
        let last = starts.partition_point(|start| *start < range.end) - 1;
        let mut joined = Vec::with_capacity(range.len());
        let mut absent = None;
        for chunk in first..=last {
            let (start, end) = (starts[chunk], starts[chunk + 1]);
            let name = &names[chunk * NAME..(chunk + 1) * NAME];
            let bytes = if is_name(name) {
                self.chunk(name, end - start)
            } else {
                hot.iter()
                    .find(|(hot, bytes)| *hot <= start && end <= hot + bytes.len())
                    .map(|(hot, bytes)| bytes.slice(start - hot..end - hot))
                    .ok_or_else(|| damaged("a chunk has no name"))
            };
            match bytes {
                Ok(bytes) => {
                    let part = range.start.max(start) - start..range.end.min(end) - start;
                    if first == last {
                        return Ok(bytes.slice(part));
                    }
                    joined.extend_from_slice(&bytes[part]);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => absent = Some(error),
                Err(error) => return Err(error),
            }
        }
        absent.map_or_else(|| Ok(OwnedBytes::new(joined)), Err)
    }
}
