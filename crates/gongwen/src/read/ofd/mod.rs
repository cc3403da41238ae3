//! OFD (GB/T 33190-2016 电子文件存储与交换格式 版式文档).

mod document;
mod draw;
mod locations;
mod path;
mod seals;
mod text;
mod transform;
mod xml;

#[cfg(test)]
mod tests;

use super::Format;
use super::glyphs;
use super::package::{self, Package};
use crate::piece::{Note, Refusal, Source};

/// OFD.
pub struct OfdFile;

impl Format for OfdFile {
    fn name(&self) -> &'static str {
        "OFD"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ofd"]
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        let whole = || Package::open(bytes).is_ok_and(|p| locations::find(&p, "", "OFD.xml").is_some());
        bytes.starts_with(b"PK") && (whole() || package::holds(bytes, |n| n == "ofd.xml"))
    }

    fn read(&self, bytes: &[u8]) -> Result<Source, Refusal> {
        let mut package = Package::open(bytes)?;
        let documents = document::documents(&mut package)?;
        let mut pages = Vec::new();
        let mut notes = Vec::new();
        let mut enclosures = Vec::new();
        let many = documents.len();
        for document in documents {
            let (drawn, said) = draw::pages(&mut package, &document, pages.len())?;
            pages.extend(drawn);
            notes.extend(said);
            enclosures.extend(seals::seals(&mut package, &document));
        }
        has_text(&pages)?;
        let mut source = glyphs::source(pages)?;
        if many > 1 {
            let message = format!("这个 OFD 里有 {many} 份文档，按先后读成一份");
            source.notes.push(Note { place: String::new(), message });
        }
        source.notes.extend(notes);
        source.enclosures = enclosures;
        Ok(source)
    }
}

/// Refuses a file whose text is not there.
fn has_text(pages: &[glyphs::Page]) -> Result<(), Refusal> {
    const HELP: &str = "请先用文字识别（OCR）软件转成带文字的文件，核对以后再导入；有 Word、网页等原件的，导入原件";
    let (all, unknown) = glyphs::known(pages);
    if all > 0 && unknown * 200 <= all {
        return Ok(());
    }
    let images = pages.iter().any(|p| p.images >= 0.3);
    let outlines = pages.iter().any(|p| p.outlines > 0);
    Err(match () {
        () if all > 0 => {
            Refusal::new("ofd-no-unicode", format!("字体没有文字编码：{all} 个字里有 {unknown} 个认不出是什么字"), HELP)
        }
        () if images => Refusal::new("ofd-scan", "像扫描件：页面是图片，没有文字", HELP),
        () if outlines => Refusal::new("ofd-no-text", "没有文字层：字都画成了图形", HELP),
        () => Refusal::new("ofd-empty", "这个 OFD 里没有文字", "请检查文件是否完整"),
    })
}
