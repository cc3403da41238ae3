//! 不是公文: files that people keep beside their documents, told by their signatures, and what to do with them.

use std::io::Cursor;

use crate::piece::Refusal;

/// Why a file that no reader recognises is not read; `None` where nothing better is known than that.
pub(super) fn refusal(bytes: &[u8]) -> Option<Refusal> {
    let begins = |signatures: &[&[u8]]| signatures.iter().any(|s| bytes.starts_with(s));
    let image: &[&[u8]] = &[b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"];
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let archives: [(&[u8], &str); 4] =
        [(b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gzip"), (b"\xfd7zXZ", "xz")];
    if begins(image) || webp {
        let help = "扫描件先用文字识别（OCR）软件转成文字，再导入";
        return Some(Refusal::new("import-image", "这是图片，没有文字可读", help));
    }
    if let Some((_, name)) = archives.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        let reason = format!("这是 {name} 压缩包，只能读 ZIP");
        return Some(Refusal::new("import-archive", reason, "先解压，再导入解压出来的文件夹"));
    }
    if begins(&[b"PK\x03\x04"]) && zip::ZipArchive::new(Cursor::new(bytes)).is_err() {
        let reason = "压缩包或者办公文件损坏了，打不开";
        return Some(Refusal::new("archive-damaged", reason, "重新下载，或者向发来的人再要一份"));
    }
    begins(&[b"MZ", b"\x7fELF"]).then(|| Refusal::new("import-program", "这是程序，不是公文", "从要导入的文件里拿掉它"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_files_are() {
        let table: [(&[u8], Option<&str>); 9] = [
            (b"\x89PNG\r\n", Some("这是图片，没有文字可读")),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some("这是图片，没有文字可读")),
            (b"Rar!\x1a\x07", Some("这是 RAR 压缩包，只能读 ZIP")),
            (b"\x1f\x8b\x08", Some("这是 gzip 压缩包，只能读 ZIP")),
            (b"PK\x03\x04\x14\0 and no end", Some("压缩包或者办公文件损坏了，打不开")),
            (b"MZ\x90", Some("这是程序，不是公文")),
            (b"RIFF\0\0\0\0WAVE", None),
            (b"%PDF-", None),
            (b"", None),
        ];
        for (bytes, expected) in table {
            assert_eq!(refusal(bytes).map(|r| r.reason).as_deref(), expected);
        }
    }
}
