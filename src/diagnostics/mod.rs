//! 诊断: the one kind of error and warning that a user sees. Every room of the generator may make one; the commands
//! print them.
//!
//! A [`Diagnostic`] says what is wrong and where, why, and what to do. [`render`] shows it in the terminal with the
//! words and a caret, [`json`] to programs.

mod io;
pub mod json;
mod place;
pub mod render;

use std::fmt;
use std::path::Path;

use serde::Serialize;

pub use io::Attempt;
pub use place::{Place, shown};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 错误: the command cannot do what it was asked.
    Error,
    /// 警告: it went on, and what it made may be wrong.
    Warning,
    /// 提示: worth knowing.
    Hint,
}

impl Severity {
    /// 错误, 警告 or 提示.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "错误",
            Severity::Warning => "警告",
            Severity::Hint => "提示",
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A short stable slug, `front-unknown-key`, for scripts and for looking it up.
    pub code: &'static str,
    /// What is wrong, one line, in Chinese.
    pub message: String,
    /// Where; `None` where no file is to blame.
    pub place: Option<Place>,
    /// What the caret says.
    pub label: Option<String>,
    /// Other places that have a part in it, each with what it says.
    pub related: Vec<(Place, String)>,
    /// Why it is wrong.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without a place.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic {
            severity,
            code,
            message: message.into(),
            place: None,
            label: None,
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// 错误.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// 警告.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// 提示.
    pub fn hint(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Hint, code, message)
    }

    /// Says where.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says in which file, where no words of it are to blame.
    pub fn in_file(self, file: &Path) -> Self {
        self.at(Place::file(file))
    }

    /// Sets what the caret says.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Names another place.
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// Adds a reason.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// All that is wrong; as an error, at least one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// How many are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity == severity).count()
    }

    /// True where a command must fail.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// Sorts by file, place in it, severity and code, so that the order of work does not show.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| {
            let key = |d: &Diagnostic| {
                (
                    d.place.as_ref().map(|p| (p.file_name().to_owned(), p.extent())),
                    d.severity,
                    d.code,
                    d.message.clone(),
                )
            };
            key(a).cmp(&key(b))
        });
    }

    /// 2 个错误，1 个警告; empty where there is nothing to say.
    pub fn summary(&self) -> String {
        let counted = [Severity::Error, Severity::Warning, Severity::Hint].map(|s| (self.count(s), s.name()));
        let parts: Vec<String> =
            counted.iter().filter(|(n, _)| *n > 0).map(|(n, name)| format!("{n} 个{name}")).collect();
        parts.join("，")
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Diagnostics(vec![diagnostic])
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: T) {
        self.0.extend(diagnostics);
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<T: IntoIterator<Item = Diagnostic>>(diagnostics: T) -> Self {
        Diagnostics(diagnostics.into_iter().collect())
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Without colour.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&render::plain(self))
    }
}

/// Without colour, a blank line between.
impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.0.iter().enumerate() {
            f.write_str(if i > 0 { "\n\n" } else { "" })?;
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostic {}
impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_and_counted() {
        let at = |file: &str, byte: usize| Place::span(Path::new(file), "一\n二", byte..byte + 3);
        let mut all: Diagnostics = [
            Diagnostic::warning("b", "").at(at("b.md", 0)),
            Diagnostic::hint("a", "").at(at("a.md", 4)),
            Diagnostic::error("c", "").at(at("a.md", 4)),
            Diagnostic::error("d", "").at(at("a.md", 0)),
            Diagnostic::error("e", ""),
        ]
        .into_iter()
        .collect();
        all.sort();
        assert_eq!(all.0.iter().map(|d| d.code).collect::<String>(), "edcab");
        assert_eq!(all.summary(), "3 个错误，1 个警告，1 个提示");
        assert!(all.has_errors());
        assert_eq!(Diagnostics::default().summary(), "");
    }
}
