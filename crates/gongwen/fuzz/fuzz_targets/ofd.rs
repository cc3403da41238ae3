//! Any bytes that pass for OFD. They give a document or a refusal, never a panic.
#![no_main]

use gongwen::read::{Format, OfdFile, assemble};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = OfdFile.read(bytes) {
        assemble(source);
    }
});
