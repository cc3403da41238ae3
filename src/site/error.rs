//! What goes wrong while a site is built, in the words that the user reads.

use std::fmt;
use std::ops::Range;
use std::path::Path;

use crate::diagnostics::{Diagnostic, Place};

/// A located error: where, on which page, why, and what helps. Texts are simplified Chinese.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteError {
    /// The file at fault: a template, the output folder.
    pub file: Option<Box<str>>,
    /// What the file holds, where a line of it is at fault.
    pub text: Option<Box<str>>,
    /// Line of the file, from 1.
    pub line: Option<u32>,
    /// Column of the line in characters, from 1.
    pub column: Option<u32>,
    /// Address of the page that was being rendered; `""` is the home page.
    pub page: Option<Box<str>>,
    /// What is wrong.
    pub reason: Box<str>,
    /// What to do about it.
    pub help: Option<Box<str>>,
}

impl SiteError {
    /// An error that no file and no page explains.
    pub fn new(reason: impl Into<Box<str>>) -> Self {
        SiteError { reason: reason.into(), ..SiteError::default() }
    }

    /// The same error, at `file`.
    pub fn at(mut self, file: impl Into<Box<str>>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// The same error, with what to do about it.
    pub fn help(mut self, help: impl Into<Box<str>>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}")?;
            if let Some(line) = self.line {
                write!(f, ":{line}:{}", self.column.unwrap_or(1))?;
            }
            write!(f, "：")?;
        }
        write!(f, "{}", self.reason)?;
        if let Some(page) = &self.page {
            write!(f, "\n  正在生成的页面：{}", if page.is_empty() { "首页" } else { page })?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n  建议：{help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SiteError {}

impl From<SiteError> for Diagnostic {
    /// As every command reports it; the words of a template stand beside it.
    fn from(error: SiteError) -> Self {
        let mut diagnostic = Diagnostic::error("site", error.reason.into_string());
        if let Some(file) = &error.file {
            let path = Path::new(&**file);
            diagnostic = diagnostic.at(match (error.line, &error.text) {
                (Some(line), Some(text)) => Place::span(path, text, at(text, line, error.column.unwrap_or(1))),
                _ => Place::file(path),
            });
        }
        if let Some(page) = &error.page {
            diagnostic = diagnostic.note(format!("正在生成的页面：{}", if page.is_empty() { "首页" } else { page }));
        }
        match error.help {
            Some(help) => diagnostic.help(help.into_string()),
            None => diagnostic,
        }
    }
}

/// The bytes of the character at this line and column, both from 1.
fn at(text: &str, line: u32, column: u32) -> Range<usize> {
    let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1) as usize).map(str::len).sum();
    let rest = text.get(line_start..).unwrap_or("");
    let offset = rest.char_indices().nth(column.saturating_sub(1) as usize).map_or(0, |(i, _)| i);
    line_start + offset..line_start + offset + 1
}
