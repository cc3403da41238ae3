//! 纯文本, in any encoding.

use super::{Format, encoding};
use crate::piece::{Piece, Refusal, Source};

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
