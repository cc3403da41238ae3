#![no_main]

use gongwen::read::{Format, Xls, Xlsx};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let formats: &[&dyn Format] = &[&Xlsx, &Xls];
    for format in formats {
        if format.recognises(bytes) {
            drop(format.read(bytes));
        }
    }
});
