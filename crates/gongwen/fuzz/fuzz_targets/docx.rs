//! Any bytes that pass for DOCX. They give a document or a refusal, never a panic.
#![no_main]

use gongwen::read::{Docx, Format, assemble};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = Docx.read(bytes) {
        assemble(source);
    }
});
