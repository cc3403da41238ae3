//! 命令: one file a verb. `args` says what a user may write, `usage` what is said of a line that cannot be understood,
//! `output` how commands print and end.
//!
//! [`main()`] is the only way in. A verb reads the site through [`crate::project::Project`], prints through `output` and
//! keeps nothing of its own that another verb needs.

pub mod args;
mod init;
mod obligations;
pub mod output;
mod show;
mod table;
mod text;
mod usage;

use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Cli, Verb};
use output::Stop;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let parsed = usage::command().try_get_matches().and_then(|m| Cli::from_arg_matches(&m));
    let result = match parsed {
        Ok(cli) => run(&cli.verb),
        Err(error) => usage::explain(&error),
    };
    match result {
        Ok(code) => code,
        Err(Stop::PipeClosed) => output::DONE,
        Err(Stop::Failed(diagnostics, code)) => {
            output::report(&diagnostics);
            ExitCode::from(code)
        }
    }
}

fn run(verb: &Verb) -> output::Result {
    match verb {
        Verb::Init(args) => init::run(args),
        Verb::Import(args) => import::run(args),
        Verb::Check(args) => check::run(args),
        Verb::Build(args) => build::run(args),
        Verb::Serve(args) => serve::run(args),
        Verb::Obligations(args) => obligations::run(args),
        Verb::Show(args) => show::run(args),
    }
}
