//! Any bytes that pass for DOC. They give a document or a refusal, never a panic.
#![no_main]

use gongwen::read::{Doc, Format, assemble};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = Doc.read(bytes) {
        assemble(source);
    }
});
