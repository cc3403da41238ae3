//! 政库 (Zhengku): official documents in, a static policy knowledge base out.
//!
//! This is a program; what it reads documents and searches with are the crates `gongwen` and `search`, which anybody may
//! use. What stands here is for `main`, for the measures in `examples/` and for the tests of the whole.

mod address;
mod ask;
mod cache;
mod check;
mod cli;
mod compare;
mod content;
mod corpus;
mod diagnostics;
mod export;
mod fulltext;
mod import;
mod mcp;
mod progress;
mod project;
mod random;
mod reading;
mod registry;
mod serve;
mod site;
mod slug;
mod strings;
mod system;
mod vocabulary;

pub use address::file as file_at;
pub use cli::main as run;
pub use corpus::{NamePeriod, Organ};
pub use fulltext::{FOLDER as SEARCH_FOLDER, Question, open as open_index, phrases, text as text_of};
pub use project::Project;
pub use registry::{Context, Resolution};
