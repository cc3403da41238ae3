//! 读入: from the bytes of a file to a [`Document`].
//!
//! [`FORMATS`] are the forms that can be read, told by their bytes. A [`Format`] gives a [`Source`]; [`assemble`] makes
//! a document of it, for every format in the same way: `line` → `furniture` → `table` → `unwrap`, then the layout. What
//! was left out or not understood is said beside the document.

mod assemble;
mod cells;
mod columns;
mod doc;
mod docx;
pub mod encoding;
mod fidelity;
mod foreign;
pub mod furniture;
mod glyphs;
mod html;
mod line;
mod mhtml;
mod names;
mod ofd;
mod office;
pub(crate) mod package;
mod pages;
mod pdf;
mod plain;
mod rtf;
mod sheet;
mod sidebar;
mod table;
mod unwrap;

pub use assemble::{assemble, text};
pub use doc::Doc;
pub use docx::Docx;
pub use furniture::{Furniture, FurnitureKind};
pub use html::WebPage;
pub use mhtml::mhtml;
pub use ofd::OfdFile;
pub use pages::pages;
pub use pdf::PdfFile;
pub use plain::PlainText;
pub use rtf::Rtf;
pub use sheet::{Xls, Xlsx};

use crate::document::Document;
use crate::layout::Remark;
use crate::origin::Origins;
use crate::piece::{Enclosure, Note, Place, Places, Refusal, Source};

/// A form in which documents come.
pub trait Format: Sync {
    /// The name of the form, for messages: 纯文本, 网页, PDF.
    fn name(&self) -> &'static str;

    /// The extensions that files of this form have, in lower case, the usual one first.
    fn extensions(&self) -> &'static [&'static str];

    /// True where these bytes are of the form: by their signature, whatever the file is called.
    fn recognises(&self, bytes: &[u8]) -> bool;

    /// Reads the file.
    ///
    /// # Errors
    /// The reason why its text cannot be had, whole.
    fn read(&self, bytes: &[u8]) -> Result<Source, Refusal>;
}

/// The forms that can be read; the first that recognises a file reads it.
pub static FORMATS: &[&dyn Format] = &[&Docx, &Doc, &Xlsx, &Xls, &Rtf, &PdfFile, &OfdFile, &WebPage, &PlainText];

/// The form of these bytes.
pub fn format(bytes: &[u8]) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|f| f.recognises(bytes))
}

/// Reads a document from the bytes of a file of any form.
///
/// ```
/// let text = "云政办发〔2021〕12号\n\n关于做好养老工作的通知\n\n各县人民政府：\n\n一、总体要求\n\n做好工作。\n";
/// let reading = gongwen::read::read(text.as_bytes()).expect("it is text");
/// assert_eq!(reading.document.meta.number.as_deref(), Some("云政办发〔2021〕12号"));
/// assert_eq!(gongwen::read::read(b"\0\0\0\0").expect_err("it is none").code, "format-unknown");
/// ```
///
/// # Errors
/// The reason why it cannot be read.
pub fn read(bytes: &[u8]) -> Result<Reading, Refusal> {
    let Some(format) = format(bytes) else {
        return Err(foreign::refusal(bytes).unwrap_or_else(|| {
            let known: Vec<&str> = FORMATS.iter().map(|f| f.name()).collect();
            let help = format!("能读的格式：{}", known.join("、"));
            Refusal::new("format-unknown", "认不出这是什么格式的文件", help)
        }));
    };
    let mut reading = assemble(format.read(bytes)?);
    reading.format = format.name();
    Ok(reading)
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
    /// Where `text` stands in the file.
    pub places: Places,
    /// The name of the form that it was read from: 纯文本.
    pub format: &'static str,
    /// The lines that are of the page and not of the document.
    pub furniture: Vec<Furniture>,
    /// What was not understood.
    pub remarks: Vec<Remark>,
    /// What the reader of the format has to say.
    pub notes: Vec<Note>,
    /// What the file links to or holds beside its text.
    pub enclosures: Vec<Enclosure>,
    /// The encoding of the bytes, where they are text.
    pub encoding: Option<&'static str>,
    /// Byte sequences that stand for no character.
    pub malformed: usize,
    /// Control characters left out.
    pub controls: usize,
}

impl Reading {
    /// The place in the file of byte `at` of block number `block`; `None` for what stands nowhere in it.
    pub fn place(&self, block: usize, at: usize) -> Option<Place> {
        let at = self.origins.source_offset(block, at)?;
        self.places.get(at).cloned().or_else(|| self.places.is_empty().then(|| Place::in_text(&self.text, at)))
    }
}
