//! The search engine behind wasm-bindgen, for a Web Worker.
