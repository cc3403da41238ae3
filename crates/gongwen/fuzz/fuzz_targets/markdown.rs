//! Any bytes as a content file, which people may edit: it is read, and once written is read back as it is.
#![no_main]

use gongwen::markdown;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let blocks = markdown::read(&String::from_utf8_lossy(bytes)).blocks;
    let again = markdown::read(&markdown::write(&blocks)).blocks;
    assert_eq!(again, blocks, "Markdown");
});
