//! 浏览器里的读公文: the readers of documents behind wasm-bindgen, for a Web Worker, so that a person can see what is found
//! in a file without giving it to anybody.
//!
//! - [`answer`]: the bytes of a file → all that its page shows, as JSON
//! - `text`: the text with its marks; `tasks`: what it sets, in the fields of the open data
//!
//! Knows `gongwen` and nothing of sites: names stay as printed, and resolve to no organs. `cargo xtask browser-engine`
//! compiles it; without that, natively, [`answer`] is what tests compare the compiled one with.

pub mod answer;
#[cfg(target_arch = "wasm32")]
mod bridge;
mod tasks;
mod text;

#[cfg(target_arch = "wasm32")]
pub use bridge::read;
