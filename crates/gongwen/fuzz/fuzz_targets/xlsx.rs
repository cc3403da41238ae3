//! Any bytes that pass for XLSX or XLS. They give a document or a refusal, never a panic.
#![no_main]

use gongwen::read::{Format, Xls, Xlsx, assemble};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let formats: [&dyn Format; 2] = [&Xlsx, &Xls];
    for format in formats.into_iter().filter(|f| f.recognises(bytes)) {
        if let Ok(source) = format.read(bytes) {
            assemble(source);
        }
    }
});
