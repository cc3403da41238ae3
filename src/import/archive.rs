//! 压缩包: a ZIP is a folder of files. Nothing of it is trusted: neither its names nor the sizes that it states.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use gongwen::piece::Refusal;
use zip::result::ZipError;

use super::source::is_litter;

/// Archives in archives, so deep.
pub(super) const NESTED: usize = 3;
/// Files in one archive, those of the archives in it too.
const MEMBERS: usize = 10_000;
/// Bytes that all of them expand to, at most.
const TOTAL: u64 = 1 << 30;
/// What a file of more than [`SMALL`] bytes expands to against what it takes in the archive: texts come to about 10, the
/// most that deflate can is 1,032.
const RATIO: u64 = 200;
/// See [`RATIO`].
const SMALL: u64 = 1 << 20;

/// What the archives in one file may still expand to.
#[derive(Debug, Default)]
pub(super) struct Spent {
    members: AtomicUsize,
    bytes: AtomicU64,
}

/// An archive that is open.
#[derive(Clone)]
pub(super) struct Archive<'b>(zip::ZipArchive<Cursor<&'b [u8]>>);

/// A file of an archive.
#[derive(Clone, Debug)]
pub(super) struct Member {
    index: usize,
    /// Where it stands: the archive, then the folders in it.
    pub path: PathBuf,
}

/// True for a ZIP that is no office file: those say so by a file of a name that their standard gives.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    const MARKS: [&str; 3] = ["[Content_Types].xml", "OFD.xml", "mimetype"];
    let signed = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06");
    let open = || zip::ZipArchive::new(Cursor::new(bytes));
    let plain = || open().is_ok_and(|zip| MARKS.iter().all(|m| zip.index_for_name(m).is_none()));
    signed && (has_too_many(bytes) || plain())
}

/// True where the directory of an archive has more entries than are read: told before it is taken into memory.
fn has_too_many(bytes: &[u8]) -> bool {
    /// The least that an entry takes in the directory.
    const ENTRY: usize = 46;
    let entries = || bytes.windows(4).filter(|w| *w == b"PK\x01\x02").count();
    bytes.len() > MEMBERS * ENTRY && entries() > MEMBERS
}

fn too_many() -> Refusal {
    Refusal::new("archive-members", format!("压缩包里的文件太多：最多 {MEMBERS} 个"), "解压以后分几次导入")
}

/// Opens an archive.
///
/// # Errors
/// Where it is damaged, or holds too many files.
pub(super) fn open(bytes: &[u8]) -> Result<Archive<'_>, Refusal> {
    if has_too_many(bytes) {
        return Err(too_many());
    }
    zip::ZipArchive::new(Cursor::new(bytes)).map(Archive).map_err(|_| damaged())
}

impl Archive<'_> {
    /// Its files, in the order of their names.
    ///
    /// # Errors
    /// Where there are too many, or they would expand to too much.
    pub fn members(&mut self, archive: &Path, spent: &Spent) -> Result<Vec<Member>, Refusal> {
        let count = self.0.len();
        if spent.members.fetch_add(count, Ordering::Relaxed) + count > MEMBERS {
            return Err(too_many());
        }
        let mut members = Vec::new();
        let mut stated = 0u64;
        for index in 0..count {
            let file = self.0.by_index_raw(index).map_err(|_| damaged())?;
            stated = stated.saturating_add(file.size());
            let name = name(file.name_raw());
            // A link is no file, and what lies behind it is none of the archive's.
            let plain = !file.is_dir() && !file.is_symlink() && !name.ends_with('/');
            if plain && !name.split('/').any(is_litter) {
                members.push(Member { index, path: archive.join(name) });
            }
        }
        if stated > TOTAL {
            return Err(too_large());
        }
        members.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(members)
    }

    /// The bytes of a file, at most `limit`.
    ///
    /// # Errors
    /// Where they cannot be had, or are too many.
    pub fn extract(&mut self, member: &Member, limit: u64, spent: &Spent) -> Result<Vec<u8>, Refusal> {
        let mut file = self.0.by_index(member.index).map_err(|e| match e {
            ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => {
                Refusal::new("archive-encrypted", "压缩包里的这个文件要密码", "用密码解压以后，再导入解压出来的文件夹")
            }
            ZipError::UnsupportedArchive(_) => Refusal::new(
                "archive-method",
                "压缩包里的这个文件用了不认识的压缩方法",
                "解压以后，再导入解压出来的文件夹",
            ),
            _ => damaged(),
        })?;
        let (packed, stated) = (file.compressed_size(), file.size());
        let most = packed.saturating_mul(RATIO).max(SMALL);
        let mut bytes = Vec::new();
        // What it states is no promise: one byte more than is allowed tells.
        let allowed = limit.min(most).min(TOTAL.saturating_sub(spent.bytes.load(Ordering::Relaxed)));
        (&mut file).take(allowed + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let length = bytes.len() as u64;
        // What is refused counts too: it took its time.
        let all = spent.bytes.fetch_add(length, Ordering::Relaxed) + length;
        if length > most {
            let reason = format!("压缩包里的这个文件展开后超过 {RATIO} 倍，不像公文");
            return Err(Refusal::new("archive-ratio", reason, "确认来源可靠的，先解压，再导入解压出来的文件夹"));
        }
        if length > limit {
            return Err(super::draft::too_large(stated.max(length)));
        }
        if all > TOTAL {
            return Err(too_large());
        }
        Ok(bytes)
    }
}

fn damaged() -> Refusal {
    Refusal::new("archive-damaged", "压缩包已经损坏", "重新下载，或者向发来的人再要一份")
}

fn too_large() -> Refusal {
    let reason = format!("压缩包展开后太大：最多 {} GB", TOTAL >> 30);
    Refusal::new("archive-size", reason, "解压以后分几次导入")
}

/// Archivers write names in UTF-8 or, on Chinese systems, in GBK, and rarely say which. Windows ones may write `\`.
fn name(raw: &[u8]) -> String {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let (gbk, malformed) = encoding_rs::GB18030.decode_without_bom_handling(raw);
    let name = match std::str::from_utf8(raw) {
        // Some words in GBK are letters of no language in UTF-8.
        Ok(name) if malformed || name.is_ascii() || name.contains(han) || !gbk.contains(han) => name.to_owned(),
        _ => gbk.into_owned(),
    };
    let name = name.replace('\\', "/");
    // Where it would lead does not matter, as nothing is written there; but people read it.
    let parts = name.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    let tidy = parts.collect::<Vec<_>>().join("/");
    if name.ends_with('/') { tidy + "/" } else { tidy }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).expect("a file");
            zip.write_all(bytes).expect("its bytes");
        }
        zip.finish().expect("an archive").into_inner()
    }

    fn extracted(bytes: &[u8], limit: u64, spent: &Spent) -> Vec<Result<String, &'static str>> {
        let mut archive = open(bytes).expect("an archive");
        let members = archive.members(Path::new("包.zip"), spent).expect("its files");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        members.iter().map(|m| archive.extract(m, limit, spent).map(text).map_err(|r| r.code)).collect()
    }

    #[test]
    fn names_in_each_encoding() {
        let table: [(&[u8], &str); 5] = [
            ("通知.txt".as_bytes(), "通知.txt"),
            (b"\xcd\xa8\xd6\xaa.txt", "通知.txt"),
            (b"2018\\\xcd\xa8\xd6\xaa.txt", "2018/通知.txt"),
            (b"../../etc/passwd", "etc/passwd"),
            (b"/2018/", "2018/"),
        ];
        for (raw, expected) in table {
            assert_eq!(name(raw), expected);
        }
    }

    #[test]
    fn office_files_are_no_archives() {
        assert!(is_archive(&zipped(&[("通知.txt", b"a")])) && is_archive(&zipped(&[])));
        for mark in ["[Content_Types].xml", "OFD.xml", "mimetype"] {
            assert!(!is_archive(&zipped(&[(mark, b"a"), ("b", b"c")])), "{mark}");
        }
        assert!(!is_archive(b"PK\x03\x04 and nothing more") && !is_archive(b""));
    }

    #[test]
    fn what_expands_too_far_is_refused() {
        let bomb = zipped(&[("a", "a".repeat(9).as_bytes()), ("b", &vec![b'0'; 30 << 20]), ("c", b"c")]);
        let whole = Ok("a".repeat(9));
        assert_eq!(
            extracted(&bomb, 1 << 30, &Spent::default()),
            [whole.clone(), Err("archive-ratio"), Ok("c".to_owned())]
        );
        assert_eq!(extracted(&bomb, 8, &Spent::default())[0], Err("import-large"));
        let spent = Spent { bytes: AtomicU64::new(TOTAL - 9), ..Spent::default() };
        let after = extracted(&bomb, 1 << 30, &spent);
        assert_eq!((&after[0], &after[2]), (&whole, &Err("archive-size")));
        let Refusal { reason, help, .. } = too_large();
        assert_eq!((reason.as_str(), help.as_str()), ("压缩包展开后太大：最多 1 GB", "解压以后分几次导入"));
    }

    #[test]
    fn too_many_files() {
        let spent = Spent { members: AtomicUsize::new(MEMBERS - 1), ..Spent::default() };
        let (one, two) = (zipped(&[("a", b"")]), zipped(&[("a", b""), ("b", b"")]));
        let members =
            |bytes: &[u8]| open(bytes).expect("an archive").members(Path::new("包.zip"), &spent).map(|m| m.len());
        assert_eq!(members(&one), Ok(1));
        assert_eq!(members(&two).map_err(|r| r.reason), Err("压缩包里的文件太多：最多 10000 个".to_owned()));
        let entries = [b"PK\x03\x04".as_slice(), &b"PK\x01\x02".repeat(200_000)].concat();
        assert!(is_archive(&entries));
        assert_eq!(open(&entries).map(|_| ()).map_err(|r| r.code), Err("archive-members"));
    }
}
