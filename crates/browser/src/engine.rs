use search::Index;
use wasm_bindgen::prelude::*;

use crate::answer;

// They must link: see Cargo.toml.
use getrandom as _;
use uuid as _;

/// An index in a Web Worker.
#[wasm_bindgen]
pub struct Engine(Index);

#[wasm_bindgen]
impl Engine {
    /// Opens a hot bundle.
    #[wasm_bindgen(constructor)]
    pub fn new(bundle: Vec<u8>) -> Result<Engine, JsError> {
        Ok(Engine(Index::open_bundle(bundle)?))
    }

    /// Takes in a chunk that an answer named as missing.
    pub fn supply(&self, name: &str, bytes: Vec<u8>) {
        self.0.supply(name, bytes);
    }

    /// Answers a query with documents, as JSON.
    pub fn search(&self, query: &str, options: &str) -> String {
        answer::documents(&self.0, query, options)
    }

    /// Answers a query with records, as JSON.
    pub fn records(&self, query: &str, options: &str) -> String {
        answer::records(&self.0, query, options)
    }

    /// The fields that queries can filter by, as JSON.
    pub fn schema(&self) -> String {
        serde_json::to_string(&self.0.schema().fields).unwrap_or_default()
    }
}
