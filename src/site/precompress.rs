//! 预压缩: text files as servers send them, beside the files: `.br`, `.zst` and `.gz`. A server that is told so (nginx
//! `gzip_static` and `brotli_static`, Caddy `precompressed`) sends them as they are.

use std::fs;
use std::io::{Result, Write};
use std::path::{Path, PathBuf};

use flate2::{Compression, write::GzEncoder};
use rayon::prelude::*;

/// What compresses well. Chunks of the index are compressed already.
const TEXT: [&str; 14] =
    ["html", "css", "js", "json", "jsonl", "csv", "ics", "xml", "svg", "txt", "wasm", "webmanifest", "md", "map"];
/// A file that fits a packet is not sent faster for being shorter.
const WORTH: u64 = 1024;
/// Levels that a site of a thousand pages is compressed at in seconds; higher ones cost ten times that for a twentieth.
const BROTLI: u32 = 8;
const ZSTD: i32 = 12;

/// Compresses the text files below `folder`; how many files it wrote, and their bytes. The same file gives the same
/// bytes: none of the formats is told a name or a time.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn precompress(folder: &Path) -> Result<(usize, u64)> {
    let mut files = Vec::new();
    texts(folder, &mut files)?;
    let written: Vec<u64> = files.par_iter().map(|file| one(file)).collect::<Result<_>>()?;
    Ok((written.len() * 3, written.iter().sum()))
}

fn texts(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        if about.is_dir() {
            texts(&entry.path(), files)?;
        } else if about.len() >= WORTH
            && entry.path().extension().and_then(|e| e.to_str()).is_some_and(|e| TEXT.contains(&e))
        {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn one(file: &Path) -> Result<u64> {
    let bytes = fs::read(file)?;
    let mut brotli = Vec::new();
    brotli::CompressorWriter::new(&mut brotli, 1 << 16, BROTLI, 22).write_all(&bytes)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(&bytes)?;
    let mut written = 0;
    for (ending, compressed) in [("br", brotli), ("zst", zstd::bulk::compress(&bytes, ZSTD)?), ("gz", gzip.finish()?)] {
        let mut name = file.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        fs::write(name, &compressed)?;
        written += compressed.len() as u64;
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn every_form_holds_the_file() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let page = "<p>市民政局牵头，市财政局配合。</p>\n".repeat(60);
        fs::create_dir(folder.path().join("documents"))?;
        let file = |name: &str| folder.path().join(name);
        fs::write(file("documents/甲.html"), &page)?;
        fs::write(file("short.html"), "短")?;
        fs::write(file("chunk"), &page)?;
        let (files, bytes) = precompress(folder.path())?;
        assert_eq!(files, 3);
        let [br, zst, gz] = ["br", "zst", "gz"].map(|e| fs::read(file(&format!("documents/甲.html.{e}"))));
        let (br, zst, gz) = (br?, zst?, gz?);
        assert_eq!(bytes as usize, br.len() + zst.len() + gz.len());
        let mut read = [String::new(), String::new(), String::new()];
        brotli::Decompressor::new(&br[..], 4096).read_to_string(&mut read[0])?;
        zstd::Decoder::new(&zst[..])?.read_to_string(&mut read[1])?;
        flate2::read::GzDecoder::new(&gz[..]).read_to_string(&mut read[2])?;
        assert!(read.iter().all(|text| *text == page) && br.len() < page.len() / 4);
        assert_eq!(fs::read_dir(folder.path())?.count(), 3, "nothing of what is short or no text");
        Ok(())
    }
}
