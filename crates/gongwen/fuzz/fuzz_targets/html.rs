//! Any bytes as a web page. They give a document or a refusal, never a panic.
#![no_main]

use gongwen::read::{Format, WebPage, assemble};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = WebPage.read(bytes) {
        assemble(source);
    }
});
