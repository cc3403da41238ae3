//! 输出: what commands print, where to, and how they end.

use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use crate::diagnostics::{Diagnostic, Diagnostics, render};
use crate::system;

/// A command that did what it was asked.
pub const DONE: ExitCode = ExitCode::SUCCESS;
/// A command line that cannot be understood, or a site that cannot be read, as with grep.
pub const TROUBLE: u8 = 2;
/// A site with errors; a search that found nothing.
pub const FAILED: u8 = 1;

/// Why a command stops before its end.
#[derive(Debug)]
pub enum Stop {
    /// What is wrong; the code to exit with.
    Failed(Diagnostics, u8),
    /// The reader of the output has gone (`| head`): nothing to say.
    PipeClosed,
}

/// What a verb gives.
pub type Outcome<T = ExitCode> = Result<T, Stop>;

impl From<Diagnostics> for Stop {
    fn from(diagnostics: Diagnostics) -> Self {
        Stop::Failed(diagnostics, FAILED)
    }
}

impl From<Diagnostic> for Stop {
    fn from(diagnostic: Diagnostic) -> Self {
        Stop::Failed(diagnostic.into(), FAILED)
    }
}

/// Prints to standard output, whole.
pub fn print(text: impl AsRef<[u8]>) -> Outcome<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_ref()).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == ErrorKind::BrokenPipe => Err(Stop::PipeClosed),
        Err(e) => Err(Diagnostic::error("io-output", format!("无法输出：{e}")).into()),
    }
}

/// Prints a line to standard error. There is nobody to tell where that fails.
pub fn remark(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Prints diagnostics to standard error, a blank line between, in colour on a terminal.
pub fn report(diagnostics: &Diagnostics) {
    let colour = coloured(&std::io::stderr());
    let shown: Vec<String> =
        diagnostics.0.iter().map(|d| if colour { render::coloured(d) } else { render::plain(d) }).collect();
    if !shown.is_empty() {
        remark(&shown.join("\n\n"));
    }
}

/// True where `stream` may be coloured: a terminal that can, and the user did not refuse.
pub fn coloured(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && system::is_coloured()
}

/// Columns to print into: the terminal's, `COLUMNS`, or a wide page where the output is piped; from 80 to 200, so that
/// no line is too long to read.
pub fn width() -> usize {
    let asked = || std::env::var("COLUMNS").ok()?.parse().ok();
    let terminal = || terminal_size::terminal_size().map(|(w, _)| usize::from(w.0));
    asked().or_else(terminal).unwrap_or(120).clamp(80, 200)
}

/// Prints to standard output; a reader that has gone away is no error.
pub(crate) fn out(text: &str) {
    if let Err(Stop::Failed(diagnostics, _)) = print(text) {
        report(&diagnostics);
    }
}

/// A verb that gives its warnings where it succeeds.
pub fn with_warnings(result: Result<Diagnostics, Diagnostics>) -> Outcome {
    report(&result?);
    Ok(DONE)
}

/// Reports what stopped a command; the code to exit with.
pub fn end(result: Outcome) -> ExitCode {
    match result {
        Ok(code) => code,
        Err(Stop::PipeClosed) => DONE,
        Err(Stop::Failed(diagnostics, code)) => {
            report(&diagnostics);
            ExitCode::from(code)
        }
    }
}
