//! The program as its users meet it: a module a command.

mod check;
mod diff;
mod export;
mod help;
mod import;
mod init;
mod obligations;
mod search;
mod serve;
mod show;
