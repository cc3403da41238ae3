//! DOCX (ECMA-376-1 WordprocessingML): the files of Word from 2007 on and of WPS.

mod body;
mod drawing;
mod fields;
mod lists;
mod paragraph;
mod parts;
mod properties;
mod styles;
mod table;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use self::body::Body;
use self::parts::Parts;
use super::Format;
use super::office::flow::{Flow, lines};
use super::office::notes::Kind;
use super::office::tally::is_page_number;
use super::office::{container, locked};
use super::package::{self, Package};
use crate::piece::{Refusal, Source};

/// The stream that holds the whole package where it is encrypted ([MS-OFFCRYPTO] 2.3.4.4), be it DOCX or XLSX.
const ENCRYPTED: &str = "EncryptedPackage";

/// DOCX, under any name.
pub struct Docx;

impl Format for Docx {
    fn name(&self) -> &'static str {
        "DOCX"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm", "dotx", "wps"]
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        package::holds(bytes, |n| n.starts_with("word/document") && n.ends_with(".xml"))
            || container::holds(bytes, &[ENCRYPTED])
            || is_flat(bytes)
    }

    fn read(&self, bytes: &[u8]) -> Result<Source, Refusal> {
        if bytes.starts_with(container::SIGNATURE) {
            return Err(locked());
        }
        if is_flat(bytes) {
            return Err(Refusal::new(
                "docx-flat",
                "这是写成一个 XML 文件的 Word 文档",
                "请用 Word 打开后另存为 docx，再导入",
            ));
        }
        let mut package = Package::open(bytes)?;
        let parts = Parts::of(&mut package)?;
        let document = package.entry(&parts.document)?.ok_or_else(|| {
            Refusal::new(
                "docx-no-document",
                format!("文件里没有正文（{}）", parts.document),
                "请用办公软件打开后另存一份，再导入",
            )
        })?;
        let styles = styles::read(&mut package, &parts)?;
        let numbering = lists::read(&mut package, &parts)?;
        let mut body = Body::new(&parts, &styles, &numbering);
        let mut flow = Flow::default();
        body.number_notes(&document);
        body.read(&parts.document, &document, &mut flow)?;
        drop(document);
        let mut notes = HashMap::new();
        for (part, kind) in [(&parts.footnotes, Kind::Foot), (&parts.endnotes, Kind::End)] {
            if let Some((name, bytes)) = parts::read(&mut package, part)? {
                notes.extend(body.read_notes(name, &bytes, kind, &mut flow)?);
            }
        }
        body.finish(&mut notes, &mut flow)?;
        for name in &parts.running {
            if let Some(bytes) = package.entry(name)? {
                let mut own = Flow::default();
                own.begin_aside()?;
                Body::new(&parts, &styles, &numbering).read(name, &bytes, &mut own)?;
                let text = lines(&own.end_aside());
                if !is_page_number(&text) {
                    flow.tally.running.push(&text);
                    flow.tally.running.part();
                }
            }
        }
        Ok(flow.finish())
    }
}

/// True for a document of Word that is one file of XML (Word 2003, Flat OPC) and no package.
fn is_flat(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1000)];
    let mark = b"progid=\"Word.Document\"";
    head.trim_ascii_start().starts_with(b"<?xml") && head.windows(mark.len()).any(|w| w == mark)
}
