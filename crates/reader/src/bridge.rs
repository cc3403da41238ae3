use wasm_bindgen::prelude::*;

/// Reads a file by its name and its bytes; the answer is JSON.
#[wasm_bindgen]
pub fn read(name: &str, bytes: &[u8]) -> String {
    crate::answer::answer(name, bytes)
}
