#![no_main]

use gongwen::read::{Doc, Format};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let formats: &[&dyn Format] = &[&Doc];
    for format in formats {
        if format.recognises(bytes) {
            drop(format.read(bytes));
        }
    }
});
