//! RTF (Rich Text Format 1.9.1): groups, control words and text.
//!
//! Read here and not by a library: those at hand know no tables, and no text in GBK.

mod lexer;
mod reader;
mod state;
mod words;

use super::Format;
use crate::piece::{Refusal, Source};

/// RTF, under any name.
pub struct Rtf;

impl Format for Rtf {
    fn name(&self) -> &'static str {
        "RTF"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rtf", "doc"]
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        bytes.trim_ascii_start().starts_with(b"{\\rtf")
    }

    fn read(&self, bytes: &[u8]) -> Result<Source, Refusal> {
        reader::read(bytes.trim_ascii_start())
    }
}
