//! PDF (ISO 32000).

mod codes;
mod device;
mod limits;

#[cfg(test)]
mod tests;

use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::Format;
use super::glyphs::{self, Page};
use crate::piece::{Note, Place, Refusal, Source};

/// PDF.
pub struct PdfFile;

impl Format for PdfFile {
    fn name(&self) -> &'static str {
        "PDF"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        // Readers accept rubbish before the signature (ISO 32000-1, annex H, note 13).
        let head = &bytes[..bytes.len().min(1024)];
        head.windows(5).any(|w| w == b"%PDF-") && !head.starts_with(b"PK\x03\x04")
    }

    fn read(&self, bytes: &[u8]) -> Result<Source, Refusal> {
        limits::before_opening(bytes)?;
        let pdf = Pdf::new(bytes.to_vec()).map_err(refusal)?;
        limits::before_drawing(&pdf)?;
        let pages = pages(&pdf)?;
        has_text(&pages)?;
        let pictures = pictures(&pages)?;
        let mut source = glyphs::source(pages)?;
        source.notes.extend(pictures);
        Ok(source)
    }
}

fn refusal(error: LoadPdfError) -> Refusal {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            Refusal::new("pdf-encrypted", "这个 PDF 要密码才能打开", "请先用密码打开，另存为没有密码的 PDF，再导入")
        }
        LoadPdfError::Decryption(_) => Refusal::new(
            "pdf-encryption",
            "这个 PDF 的加密方式认不出来",
            "请先在能打开它的软件里另存为不加密的 PDF，再导入",
        ),
        LoadPdfError::Invalid => Refusal::new(
            "pdf-broken",
            "这个 PDF 损坏了，找不到里面的页面",
            "请重新下载，或者在能打开它的软件里另存一份，再导入",
        ),
    }
}

/// Draws all pages.
fn pages(pdf: &Pdf) -> Result<Vec<Page>, Refusal> {
    let codes = codes::Codes::of(pdf);
    let cache = InterpreterCache::new();
    let mut budget = limits::Marks::default();
    pdf.pages().iter().map(|page| draw(pdf, page, &cache, &codes, &mut budget)).collect()
}

/// Draws a page.
fn draw<'a>(
    pdf: &'a Pdf,
    page: &PdfPage<'a>,
    cache: &InterpreterCache<'a>,
    codes: &codes::Codes,
    budget: &mut limits::Marks,
) -> Result<Page, Refusal> {
    let (width, height) = page.render_dimensions();
    let transform = page.initial_transform(true);
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context =
        Context::new(Affine::new(transform.as_coeffs()), area, cache, pdf.xref(), InterpreterSettings::default());
    let mut device = device::Collector::new(width, height, codes, budget);
    interpret_page(page, &mut context, &mut device);
    device.page()
}

/// The help of every file that shows text and holds none.
const RECOGNISE: &str =
    "请先用文字识别（OCR）软件转成带文字的 PDF 或者文本，核对以后再导入；有 Word、网页等原件的，导入原件";

/// More unknown characters than one in this many make a text that cannot be trusted.
const UNKNOWN: usize = 200;

/// Refuses a file whose text is not there.
fn has_text(pages: &[Page]) -> Result<(), Refusal> {
    let (all, unknown) = glyphs::known(pages);
    if all > 0 {
        if unknown * UNKNOWN > all {
            return Err(Refusal::new(
                "pdf-no-unicode",
                format!("字体没有文字编码：{all} 个字里有 {unknown} 个认不出是什么字"),
                RECOGNISE,
            ));
        }
        return Ok(());
    }
    let images = pages.iter().filter(|p| p.images >= 0.3).count();
    let outlines: usize = pages.iter().map(|p| p.outlines).sum();
    Err(match () {
        () if images > 0 => Refusal::new("pdf-scan", "像扫描件：页面是图片，没有文字", RECOGNISE),
        () if outlines > 0 => Refusal::new("pdf-no-text", "没有文字层：字都画成了图形", RECOGNISE),
        () => Refusal::new("pdf-empty", "这个 PDF 里没有文字", "请检查文件是否完整"),
    })
}

/// Says which pages are pictures and nothing else; where most are, the text is not there. One long picture that goes over
/// pages is one: pages printed from a web page have such posters beside their text.
fn pictures(pages: &[Page]) -> Result<Vec<Note>, Refusal> {
    let bare = |p: &Page| p.images >= 0.5 && p.glyphs.iter().filter(|g| !g.char.is_whitespace()).count() < 12;
    let bare: Vec<usize> = pages.iter().enumerate().filter(|(_, p)| bare(p)).map(|(i, _)| i + 1).collect();
    let cut = bare.iter().filter(|i| pages[**i - 1].cut_image).count().saturating_sub(1);
    if (bare.len() - cut) * 2 > pages.len() - cut {
        let reason = format!("像扫描件：{} 页里有 {} 页是图片，没有文字", pages.len(), bare.len());
        return Err(Refusal::new("pdf-scan", reason, RECOGNISE));
    }
    let note = |page| Note {
        place: Place::Page { page, area: [0; 4] }.to_string(),
        message: "这一页是图片，里面的文字没有读入".to_owned(),
    };
    Ok(bare.into_iter().map(note).collect())
}
