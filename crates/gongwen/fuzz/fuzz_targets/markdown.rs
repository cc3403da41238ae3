//! Any bytes as a content file, which people may edit: it is read, nothing of it is lost when it is written, and what was
//! written once is read back as it is. Only the rows of a table may differ the first time: a file may have them uneven.
#![no_main]

use gongwen::{Block, markdown};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let read = |text: &str| markdown::read(text).blocks;
    let letters = |blocks: &[Block]| -> String { blocks.iter().flat_map(|b| b.text.split_whitespace()).collect() };
    let blocks = read(&String::from_utf8_lossy(bytes));
    let once = read(&markdown::write(&blocks));
    assert_eq!(letters(&once), letters(&blocks), "lost");
    assert_eq!(read(&markdown::write(&once)), once, "Markdown");
});
