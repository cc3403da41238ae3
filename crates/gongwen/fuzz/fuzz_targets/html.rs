//! Any bytes as a web page.
#![no_main]

use gongwen::read::{Format, WebPage, assemble};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(source) = WebPage.read(bytes) {
        let _ = assemble(source);
    }
});
