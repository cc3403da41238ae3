//! 政库 (Zhengku): official documents in, a static policy knowledge base out.

pub mod corpus;
pub mod site;
