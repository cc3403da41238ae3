//! Any bytes that pass for OFD give a document or a refusal.
#![no_main]

use gongwen::read::{Format, OfdFile, assemble};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = OfdFile.read(bytes) {
        assemble(source);
    }
});
