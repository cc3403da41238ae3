//! Any bytes that pass for PDF give a document or a refusal.
#![no_main]

use gongwen::read::{Format, PdfFile, assemble};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = PdfFile.read(bytes) {
        assemble(source);
    }
});
