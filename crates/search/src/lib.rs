//! 全文检索引擎 (the search engine): knows nothing of policy; compiles natively and to wasm32.
