//! 浏览器里的检索引擎: the search engine behind wasm-bindgen, for a Web Worker.
//!
//! Reads are neither blocking nor asynchronous: an answer that lacks chunks names them, the worker fetches them side by
//! side and asks again. A query takes three such rounds (postings, positions, texts), each of them parallel; with
//! blocking reads every one of its 15–20 chunks would wait for the one before.
//!
//! `cargo xtask browser-engine` compiles this crate; without it, natively, only [`answer`] exists.

pub mod answer;
#[cfg(target_arch = "wasm32")]
mod engine;
#[cfg(target_arch = "wasm32")]
pub use engine::Engine;
