//! What goes wrong while a site is built, in the words that the user reads.

use std::fmt;

/// A located error: where, on which page, why, and what helps. Texts are simplified Chinese.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteError {
    /// The file at fault: a template, the output folder.
    pub file: Option<Box<str>>,
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
