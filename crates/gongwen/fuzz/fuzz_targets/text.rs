//! Any bytes as plain text: nothing of it is lost, and its Markdown is read back as the same document.
#![no_main]

use gongwen::{markdown, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let reading = read::text(&read::encoding::decode(bytes).text);
    assert_eq!(reading.lost(), 0, "characters are lost");
    let blocks = reading.document.blocks;
    let again = markdown::read(&markdown::write(&blocks)).blocks;
    assert_eq!(again, blocks, "Markdown");
});
