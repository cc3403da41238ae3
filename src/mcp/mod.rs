//! 助手: the site for programs that answer people, over the Model Context Protocol: an assistant asks, and gets what the
//! documents say with number, path, address and words, so that it quotes instead of inventing.
//!
//! `tools` is what is offered, `arguments` what may be sent, `library` the open site, which is read again when its files
//! change, `answer` what each tool gives, `server` the protocol around it. Nothing is written, and no file is read but
//! those of the site: what an assistant names is looked up among its documents, never on the disk. Called by `cli`; calls
//! `ask`, `corpus`, `compare` and the records of `site`.

mod answer;
mod arguments;
mod library;
mod quote;
mod server;
mod tools;

pub use library::Library;
pub use server::serve;
