//! 读入: from the bytes of a file to a [`Document`].
//!
//! `encoding` → `line` → `furniture` → `table` → `unwrap`, then the layout. Any bytes give a document; what was left
//! out or not understood is said beside it.

mod columns;
pub mod encoding;
pub mod furniture;
pub(crate) mod line;
mod names;
mod table;
pub(crate) mod unwrap;

pub use furniture::{Furniture, FurnitureKind};

use crate::document::Document;
use crate::layout::{self, Remark};
use crate::origin::Origins;
use unwrap::Paragraph;

/// A form in which documents come: plain text now, others as they are added.
pub trait Reader: Sync {
    /// The name of the form, for messages: 纯文本.
    fn name(&self) -> &'static str;

    /// True where these bytes, of a file with this name, are of the form.
    fn accepts(&self, name: &str, bytes: &[u8]) -> bool;

    /// Reads the document. Never fails: what is no document gives an empty one.
    fn read(&self, bytes: &[u8]) -> Reading;
}

/// A document and what there is to say about its reading.
#[derive(Debug)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// The text that it was read from; the origins count its bytes.
    pub text: String,
    /// Where its words stand in `text`.
    pub origins: Origins,
    /// The lines that are of the page and not of the document.
    pub furniture: Vec<Furniture>,
    /// What was not understood.
    pub remarks: Vec<Remark>,
    /// The encoding of the bytes.
    pub encoding: &'static str,
    /// Byte sequences that stand for no character.
    pub malformed: usize,
    /// Control characters left out.
    pub controls: usize,
}

/// Plain text in any encoding.
pub struct PlainText;

impl Reader for PlainText {
    fn name(&self) -> &'static str {
        "纯文本"
    }

    fn accepts(&self, _name: &str, bytes: &[u8]) -> bool {
        !is_binary(bytes)
    }

    fn read(&self, bytes: &[u8]) -> Reading {
        let decoded = encoding::decode(bytes);
        let (document, origins, furniture, remarks) = read_text(&decoded.text);
        Reading {
            document,
            origins,
            furniture,
            remarks,
            encoding: decoded.encoding,
            malformed: decoded.malformed,
            controls: decoded.controls,
            text: decoded.text,
        }
    }
}

/// What a text consists of before its layout is known.
pub(crate) enum Piece {
    Paragraph(Paragraph),
    Table { header: bool, rows: Vec<Vec<Paragraph>> },
}

/// Reads a decoded text.
pub fn read_text(text: &str) -> (Document, Origins, Vec<Furniture>, Vec<Remark>) {
    let mut lines = line::lines(text);
    let furniture = furniture::take(&mut lines);
    let setting = unwrap::Setting::of(&lines);
    let mut pieces = Vec::new();
    for stretch in table::split(lines) {
        match stretch {
            table::Stretch::Lines(lines) => {
                pieces.extend(unwrap::unwrap(&lines, setting).into_iter().map(Piece::Paragraph));
            }
            table::Stretch::Table { header, rows } => pieces.push(Piece::Table { header, rows }),
        }
    }
    let (document, origins, remarks) = layout::compose(pieces);
    (document, origins, furniture, remarks)
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
