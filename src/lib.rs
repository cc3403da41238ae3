//! 政库 (Zhengku): official documents in, a static policy knowledge base out.

pub mod address;
pub mod check;
pub mod cli;
pub mod compare;
pub mod content;
pub mod corpus;
pub mod diagnostics;
pub mod fulltext;
pub mod import;
pub mod project;
pub mod registry;
pub mod serve;
pub mod site;
pub mod slug;
pub mod system;
