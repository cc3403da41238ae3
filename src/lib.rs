//! 政库 (Zhengku): official documents in, a static policy knowledge base out.

pub mod address;
mod cache;
mod check;
pub mod cli;
mod compare;
mod content;
pub mod corpus;
pub mod diagnostics;
pub mod fulltext;
pub mod import;
pub mod progress;
pub mod project;
mod reading;
pub mod registry;
mod serve;
mod site;
mod slug;
mod system;
mod vocabulary;
