//! 纯文本, in any encoding.

use super::{Format, encoding};
use crate::piece::{Piece, Refusal, Source};

/// The longest text that is read, in bytes. A large volume of statutes has a tenth of it; what is made of a text takes many
/// times its size.
const LONGEST: usize = 16 << 20;
/// The most marks between cells that a text may have: no table that people read has more.
const CELLS: usize = 200_000;

/// Plain text in any encoding.
pub struct PlainText;

impl Format for PlainText {
    fn name(&self) -> &'static str {
        "纯文本"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text", "md"]
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        !is_binary(bytes)
    }

    fn read(&self, bytes: &[u8]) -> Result<Source, Refusal> {
        bounded(bytes)?;
        let decoded = encoding::decode(bytes);
        Ok(Source {
            pieces: vec![Piece::Lines(0..decoded.text.len())],
            text: decoded.text,
            encoding: Some(decoded.encoding),
            malformed: decoded.malformed,
            controls: decoded.controls,
            ..Source::default()
        })
    }
}

/// # Errors
/// Where there is more text than any document has.
fn bounded(bytes: &[u8]) -> Result<(), Refusal> {
    let help = "确认是公文的，分成一份公文一个文件，再导入";
    if bytes.len() > LONGEST {
        let reason = format!("文字太多：{} MB，最多 {} MB", bytes.len() >> 20, LONGEST >> 20);
        return Err(Refusal::new("text-large", reason, help));
    }
    if bytes.iter().filter(|b| matches!(b, b'|' | b'\t')).count() > CELLS {
        return Err(Refusal::new("table-large", format!("表格超过 {CELLS} 格"), help));
    }
    Ok(())
}

/// True for bytes that are no text: the signatures of common files, or many control characters.
fn is_binary(bytes: &[u8]) -> bool {
    const SIGNATURES: &[&[u8]] = &[
        b"%PDF-",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x1f\x8b",
        b"Rar!",
        b"\x7fELF",
    ];
    if SIGNATURES.iter().any(|s| bytes.starts_with(s)) {
        return true;
    }
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let sample = &bytes[..bytes.len().min(8192)];
    let controls = sample.iter().filter(|b| **b < 0x09 || (0x0e..0x20).contains(*b)).count();
    !utf16 && controls * 10 > sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> String {
        PlainText.read(bytes).map_or_else(|r| format!("{}：{}。{}", r.code, r.reason, r.help), |_| "read".to_owned())
    }

    #[test]
    fn more_text_than_a_document_has() {
        let help = "确认是公文的，分成一份公文一个文件，再导入";
        let long = vec![b'1'; LONGEST + (1 << 20)];
        assert_eq!(refusal(&long), format!("text-large：文字太多：17 MB，最多 16 MB。{help}"));
        assert_eq!(refusal(&long[..LONGEST]), "read");
        let cells = "甲\t乙\n".repeat(CELLS);
        assert_eq!(refusal(cells.as_bytes()), "read");
        assert_eq!(refusal((cells + "丙|").as_bytes()), format!("table-large：表格超过 200000 格。{help}"));
    }
}
