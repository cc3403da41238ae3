//! 压缩包: the zip container of DOCX, XLSX and OFD, opened with bounds against files made to exhaust a reader.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::office::{damaged, locked};
use crate::piece::Refusal;

/// The signature of a zip file.
pub const SIGNATURE: &[u8] = b"PK\x03\x04";

/// The most entries of a package.
const ENTRIES: usize = 20_000;
/// The most bytes that one entry may expand to.
const ENTRY: u64 = 64 << 20;
/// The most bytes that all entries read of one package may expand to.
const TOTAL: u64 = 128 << 20;
/// An entry that expands to more than [`SMALL`] bytes may be this many times as large as its packed form.
const RATIO: u64 = 250;
/// See [`RATIO`]; below it a blank form may well repeat itself.
const SMALL: u64 = 8 << 20;

/// An open package.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Entries by their plain names: names of parts do not differ by case (ECMA-376-2).
    names: HashMap<String, usize>,
    /// Bytes expanded so far.
    spent: u64,
}

impl<'a> Package<'a> {
    /// Opens the package of these bytes.
    ///
    /// # Errors
    /// `package-broken`, `package-large`.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if archive.len() > ENTRIES {
            return Err(too_large(format!("包里有 {} 个文件，超过 {ENTRIES} 个", archive.len())));
        }
        let names = (0..archive.len()).filter_map(|i| Some((plain(&archive.name_for_index(i)?.ok()?), i))).collect();
        Ok(Package { archive, names, spent: 0 })
    }

    /// The plain names of the entries, in no order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// True where there is an entry of this plain name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// The bytes of the entry of this name, `None` where there is none.
    ///
    /// # Errors
    /// `package-broken`, `package-large`, `package-password`.
    pub fn entry(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(&index) = self.names.get(&plain(name)) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|e| match e {
            ZipError::UnsupportedArchive(reason) if reason == ZipError::PASSWORD_REQUIRED => locked(),
            _ => damaged(),
        })?;
        let packed = file.compressed_size();
        let most = ENTRY.min(TOTAL.saturating_sub(self.spent)).min(SMALL.max(packed.saturating_mul(RATIO)));
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        if bytes.len() as u64 > most {
            return Err(too_large(format!("包里的 {name} 展开后超过 {} MB", most >> 20)));
        }
        self.spent += bytes.len() as u64;
        Ok(Some(bytes))
    }
}

/// True for a package that holds an entry whose name in lower case `of` holds true for. A package that cannot be opened
/// is judged by the names that stand before its entries, so that a damaged file is told by what it was.
pub fn holds(bytes: &[u8], of: impl Fn(&str) -> bool) -> bool {
    if !bytes.starts_with(SIGNATURE) {
        return false;
    }
    match Package::open(bytes) {
        Ok(package) => package.names().any(of),
        Err(_) => local_names(bytes).any(|n| of(&n)),
    }
}

/// The names in the local headers (APPNOTE.TXT 4.3.7) of a zip file.
fn local_names(bytes: &[u8]) -> impl Iterator<Item = String> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let found = at + bytes.get(at..)?.windows(4).position(|w| w == SIGNATURE)?;
            at = found + 4;
            let length = bytes.get(found + 26..found + 28).map(|b| usize::from(u16::from_le_bytes([b[0], b[1]])))?;
            if let Some(name) = bytes.get(found + 30..found + 30 + length) {
                return Some(plain(&String::from_utf8_lossy(name)));
            }
        }
    })
}

/// A name in lower case, its parts by `/`, without `.`, `..`, doubled and leading slashes.
pub fn plain(name: &str) -> String {
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

fn too_large(reason: String) -> Refusal {
    Refusal::new("package-large", reason, "公文不会这样大；请检查文件的来源，或者用办公软件打开后另存一份，再导入")
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// A package of these entries.
    pub(crate) fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).expect("an entry of a test");
            writer.write_all(bytes).expect("an entry of a test");
        }
        writer.finish().expect("a package of a test").into_inner()
    }

    #[test]
    fn entries_are_found_whatever_their_case_and_separator() {
        let bytes = packed(&[("Word\\Document.xml", "甲".as_bytes())]);
        let mut package = Package::open(&bytes).expect("opens");
        assert_eq!(package.entry("/word/document.xml"), Ok(Some("甲".as_bytes().to_vec())));
        assert_eq!(package.entry("word/styles.xml"), Ok(None));
        assert_eq!(plain("./Doc_0\\Pages//Page_1/../Content.xml"), "doc_0/pages/content.xml");
    }

    #[test]
    fn a_bomb_is_refused_before_it_goes_off() {
        let zeros = vec![0u8; 40 << 20];
        let bytes = packed(&[("word/document.xml", &zeros)]);
        assert!(bytes.len() < 100_000);
        let refusal = Package::open(&bytes).expect("opens").entry("word/document.xml").expect_err("a bomb");
        assert_eq!(refusal.code, "package-large");
        assert_eq!(refusal.reason, "包里的 word/document.xml 展开后超过 9 MB");
        assert_eq!(refusal.help, "公文不会这样大；请检查文件的来源，或者用办公软件打开后另存一份，再导入");
    }

    #[test]
    fn a_package_of_too_many_entries_is_refused() {
        let names: Vec<String> = (0..=ENTRIES).map(|n| n.to_string()).collect();
        let entries: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b""[..])).collect();
        let refusal = Package::open(&packed(&entries)).err().expect("many");
        assert_eq!((refusal.code, refusal.reason.as_str()), ("package-large", "包里有 20001 个文件，超过 20000 个"));
    }

    #[test]
    fn entries_together_are_bounded_too() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for name in ["a", "b", "c"] {
            writer.start_file(name, stored).expect("an entry of a test");
            writer.write_all(&vec![0; 50 << 20]).expect("an entry of a test");
        }
        let bytes = writer.finish().expect("a package of a test").into_inner();
        let mut package = Package::open(&bytes).expect("opens");
        assert!(package.entry("a").is_ok() && package.entry("b").is_ok());
        assert_eq!(package.entry("c").expect_err("too much").reason, "包里的 c 展开后超过 28 MB");
    }

    #[test]
    fn a_cut_package_is_known_by_its_names_and_refused() {
        let bytes = packed(&[("word/document.xml", "甲乙丙丁".as_bytes())]);
        let cut = &bytes[..bytes.len() - 30];
        assert!(holds(cut, |n| n == "word/document.xml"));
        let refusal = Package::open(cut).err().expect("broken");
        assert_eq!(refusal.reason, "文件不完整或者损坏，打不开");
        assert_eq!(refusal.help, "请从原处重新取得，或者用办公软件打开后另存一份，再导入");
    }
}
