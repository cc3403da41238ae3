//! The program as its users meet it: one binary of tests, a module a command. Sites to work on and the exact texts stand
//! in `cases/`; `SNAPSHOTS=overwrite` writes the texts anew.

mod driver;
mod help;
mod init;
mod obligations;
mod serve;
mod show;
