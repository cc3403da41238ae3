//! 政库 (Zhengku): official documents in, a static policy knowledge base out.

pub mod content;
pub mod corpus;
pub mod diagnostics;
pub mod registry;
