//! 命令行: one file a verb.

mod build;
mod import;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Import(import::Import),
    Build(build::Build),
}

/// Runs the command that the arguments give.
pub fn main() -> ExitCode {
    let result = match Cli::parse().verb {
        Verb::Import(import) => import.run(),
        Verb::Build(build) => build.run(),
    };
    match result {
        Ok(problems) => {
            eprintln!("{problems}");
            ExitCode::SUCCESS
        }
        Err(problems) => {
            eprintln!("{problems}");
            ExitCode::FAILURE
        }
    }
}

/// Prints to standard output; a reader that has gone away is no error.
pub(crate) fn out(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}
