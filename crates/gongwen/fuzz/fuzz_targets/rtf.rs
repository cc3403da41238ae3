//! Any bytes that pass for RTF. They give a document or a refusal, never a panic.
#![no_main]

use gongwen::read::{Format, Rtf, assemble};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = Rtf.read(bytes) {
        assemble(source);
    }
});
