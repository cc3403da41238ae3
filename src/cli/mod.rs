//! 命令: one file a verb, each with its arguments and their help. `usage` is clap in Chinese, `output` how commands
//! print and end, `progress` how far they are, `page`, `table` and `text` how documents, rows and lines fit the terminal.
//!
//! [`main()`] is the only way in. A verb reads the site through [`crate::project::Project`] and keeps nothing of its own
//! that another verb needs. `tests/cli` pins every help text.

mod build;
mod check;
mod diff;
mod export;
mod import;
mod init;
mod mcp;
mod obligations;
mod output;
mod page;
mod progress;
mod search;
mod serve;
mod show;
mod table;
mod text;
mod usage;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, FromArgMatches, Parser, Subcommand};

pub(crate) use output::out;

/// 把公文变成可检索的政策知识库.
#[derive(Debug, Parser)]
#[command(name = "zhengku", version, about = "政库：把公文变成可检索的政策知识库")]
#[command(after_help = "“zhengku 命令 --help”显示该命令的用法。")]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

/// The verbs, in the order in which a new user meets them.
#[derive(Debug, Subcommand)]
enum Verb {
    Init(init::Init),
    Import(import::Import),
    Check(check::Check),
    Build(build::Build),
    Serve(serve::Serve),
    Search(search::Search),
    Obligations(Box<obligations::Obligations>),
    Show(show::Show),
    Diff(diff::Diff),
    Export(export::Export),
    Mcp(mcp::Mcp),
}

/// 站点的位置, for every verb that reads a site.
#[derive(Clone, Debug, Args)]
struct Root {
    #[arg(long = "root", value_name = "文件夹", default_value = ".", help = "站点的文件夹；不写就是当前文件夹")]
    path: PathBuf,
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    crate::system::use_small_pages();
    let mut arguments: Vec<OsString> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|verb| verb == "search") {
        arguments = arguments.into_iter().map(excluded).collect();
    }
    let parsed = usage::command().try_get_matches_from(arguments).and_then(|m| Cli::from_arg_matches(&m));
    let result = match parsed {
        Ok(cli) => run(&cli.verb),
        Err(error) => usage::explain(&error),
    };
    output::end(result)
}

/// An argument of `search` such as -机构 excludes a word. No option begins so; the blank keeps it from being read as one.
fn excluded(argument: OsString) -> OsString {
    let behind = argument.to_str().and_then(|a| a.strip_prefix('-')?.chars().next());
    match behind {
        Some(c) if !c.is_ascii_alphanumeric() && c != '-' => {
            let mut word = OsString::from(" ");
            word.push(argument);
            word
        }
        _ => argument,
    }
}

fn run(verb: &Verb) -> output::Outcome {
    match verb {
        Verb::Init(init) => init.run(),
        Verb::Import(import) => output::with_warnings(import.run()),
        Verb::Check(check) => check.run(),
        Verb::Build(build) => output::with_warnings(build.run()),
        Verb::Serve(serve) => serve.run(),
        Verb::Search(search) => search.run(),
        Verb::Obligations(obligations) => obligations.run(),
        Verb::Show(show) => show.run(),
        Verb::Diff(diff) => diff.run(),
        Verb::Export(export) => export.run(),
        Verb::Mcp(mcp) => mcp.run(),
    }
}
