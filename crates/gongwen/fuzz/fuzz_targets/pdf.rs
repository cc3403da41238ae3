//! Any bytes that pass for PDF. They give a document or a refusal, never a panic.
#![no_main]

use gongwen::read::{Format, PdfFile, assemble};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = PdfFile.read(bytes) {
        assemble(source);
    }
});
