//! Cuts the files of a finished index into chunks, and makes the hot bundle: the ranges that opening the index reads,
//! recorded by opening it, and what every query needs.

use std::{
    collections::BTreeSet,
    fs::{self, File as Disk},
    io::{self, Read, Seek, SeekFrom, Write},
    ops::Range,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use sha2::{Digest, Sha256};
use tantivy::directory::OwnedBytes;

use super::Report;
use crate::{
    Error, Index,
    storage::{
        File, Files,
        chunks::MAGIC,
        directory::SEGMENT,
        header::{FileHeader, Header, NAME},
    },
};

/// A chunk of texts ends with the block that takes it to this length, so that a block lies in one chunk.
const TEXT_CHUNK: usize = 3 << 10;

/// Hot ranges of a file that lie closer together than this are joined.
const GAP: usize = 256;

/// The files of an index before they are cut, which note what is read of them.
#[derive(Debug)]
struct Raw {
    disks: Vec<Option<(Mutex<Disk>, usize)>>,
    reads: Mutex<Vec<(File, Range<usize>)>>,
}

impl Raw {
    fn open(work: &Path) -> Result<Self, Error> {
        let mut disks: Vec<Option<(Mutex<Disk>, usize)>> = File::ALL.iter().map(|_| None).collect();
        let open = |path: &Path| -> io::Result<(Mutex<Disk>, usize)> {
            let disk = Disk::open(path)?;
            let length = disk.metadata()?.len() as usize;
            Ok((Mutex::new(disk), length))
        };
        for entry in fs::read_dir(work.join("merged"))? {
            let path = entry?.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            let file = File::ALL.into_iter().find(|file| file.extension().is_some() && file.extension() == extension);
            if let Some(file) = file {
                disks[file as usize] = Some(open(&path)?);
            }
        }
        for (file, name) in [(File::Texts, "texts"), (File::Records, "records")] {
            disks[file as usize] = Some(open(&work.join(name))?);
        }
        Ok(Raw { disks, reads: Mutex::default() })
    }

    fn bytes(&self, file: File, range: Range<usize>) -> io::Result<Vec<u8>> {
        let Some((disk, _)) = &self.disks[file as usize] else { return Err(io::ErrorKind::NotFound.into()) };
        let mut disk = disk.lock().unwrap_or_else(PoisonError::into_inner);
        disk.seek(SeekFrom::Start(range.start as u64))?;
        let mut bytes = vec![0; range.len()];
        disk.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// What was read, sorted, joined where it touches, and forgotten.
    fn take_reads(&self) -> Vec<(File, Range<usize>)> {
        let mut reads = std::mem::take(&mut *self.reads.lock().unwrap_or_else(PoisonError::into_inner));
        reads.sort_by_key(|(file, range)| (*file, range.start, range.end));
        let mut joined: Vec<(File, Range<usize>)> = Vec::new();
        for (file, range) in reads.into_iter().filter(|(_, range)| !range.is_empty()) {
            match joined.last_mut() {
                Some((last, whole)) if *last == file && range.start <= whole.end + GAP => {
                    whole.end = whole.end.max(range.end);
                }
                _ => joined.push((file, range)),
            }
        }
        joined
    }
}

impl Files for Raw {
    fn len(&self, file: File) -> usize {
        self.disks[file as usize].as_ref().map_or(0, |(_, length)| *length)
    }

    fn read(&self, file: File, range: Range<usize>) -> io::Result<OwnedBytes> {
        let bytes = self.bytes(file, range.clone())?;
        self.reads.lock().unwrap_or_else(PoisonError::into_inner).push((file, range));
        Ok(OwnedBytes::new(bytes))
    }
}

/// The name of what holds these bytes.
fn name(bytes: &[u8]) -> String {
    let mut name = super::hexadecimal(&Sha256::digest(bytes));
    name.truncate(NAME);
    name
}

/// Puts the fixed id in the place of the segment's random one, and drops the remark that names its sources.
fn fixed(meta: &str) -> Result<String, Error> {
    if meta.is_empty() {
        return Ok(String::new());
    }
    let mut meta: serde_json::Value = serde_json::from_str(meta)?;
    meta["segments"][0]["segment_id"] = SEGMENT.into();
    if let Some(fields) = meta.as_object_mut() {
        fields.remove("payload");
    }
    Ok(meta.to_string())
}

/// The lengths of the chunks of a file that is cut at its blocks; none for one that is cut at equal lengths.
fn cuts(file: File, header: &Header, length: usize) -> Vec<u32> {
    let blocks = match file {
        File::Texts => &header.texts,
        File::Records => &header.record_blocks,
        _ => return Vec::new(),
    };
    let (mut cuts, mut chunk, mut rest) = (Vec::new(), 0, length as u32);
    for block in &blocks.lengths {
        chunk += block;
        rest -= block;
        if chunk as usize >= TEXT_CHUNK {
            cuts.push(std::mem::take(&mut chunk));
        }
    }
    // The last blocks, and the dictionary behind them.
    cuts.extend([chunk, rest].into_iter().filter(|length| *length > 0));
    cuts
}

/// Writes the chunks, the hot bundle and `index.json`.
pub(super) fn write(mut header: Header, work: &Path, folder: &Path) -> Result<Report, Error> {
    let raw = Arc::new(Raw::open(work)?);
    header.meta = fixed(&header.meta)?;
    let index = Index::with_files(header.clone(), raw.clone())?;
    index.warm()?;
    let dictionary = header.texts.dictionary.clone();
    raw.read(File::Texts, dictionary)?;
    let hot = raw.take_reads();

    let chunks = folder.join("chunks");
    fs::create_dir_all(&chunks)?;
    let mut report = Report { documents: header.documents, records: header.records, ..Report::default() };
    let mut written: BTreeSet<String> = BTreeSet::new();
    for file in File::ALL {
        let length = raw.len(file);
        let mut cut = FileHeader { file, length, lengths: cuts(file, &header, length), names: String::new() };
        let mut start = 0;
        let mut bytes_written = 0;
        for end in cut.ends() {
            // tantivy opens its document store, which is empty here, and reads nothing of it.
            let unread = file == File::Store;
            if unread || hot.iter().any(|(hot, range)| *hot == file && range.start <= start && end <= range.end) {
                cut.names.push_str(&" ".repeat(NAME));
            } else {
                let bytes = raw.bytes(file, start..end)?;
                let name = name(&bytes);
                cut.names.push_str(&name);
                if written.insert(name.clone()) {
                    fs::write(chunks.join(&name), &bytes)?;
                    bytes_written += bytes.len() as u64;
                }
            }
            start = end;
        }
        report.bytes.push((format!("{file:?}").to_lowercase(), bytes_written));
        header.files.push(cut);
    }
    header.hot = hot.iter().map(|(file, range)| (*file, range.start, range.len())).collect();
    let json = serde_json::to_vec(&header)?;
    let mut bundle = MAGIC.to_vec();
    bundle.extend((json.len() as u32).to_le_bytes());
    bundle.extend(json);
    for (file, range) in hot {
        bundle.extend(raw.bytes(file, range)?);
    }
    let hot_name = name(&bundle);
    let mut hot_file = Disk::create(folder.join(&hot_name))?;
    hot_file.write_all(&bundle)?;
    report.bytes.push(("hot".into(), bundle.len() as u64));
    let pointer = format!("{{\"hot\":\"{hot_name}\",\"bytes\":{}}}\n", bundle.len());
    fs::write(folder.join("index.json"), &pointer)?;
    report.files = written.len() + 2;
    Ok(report)
}
