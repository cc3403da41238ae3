//! 表格文件: XLSX (ECMA-376-1 SpreadsheetML) and XLS ([MS-XLS]).
//!
//! Both are read here and not by a library, since those at hand reserve memory by what a file says of itself: a few
//! bytes ask for gigabytes, and such a failure ends the program.

mod book;
mod display;
mod xls;
mod xlsx;

#[cfg(test)]
mod tests;

use super::Format;
use super::office::container;
use super::package;
use crate::piece::{Refusal, Source};

/// XLSX, under any name.
pub struct Xlsx;

impl Format for Xlsx {
    fn name(&self) -> &'static str {
        "XLSX"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm", "xltx", "et"]
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        package::holds(bytes, |n| n.starts_with("xl/workbook"))
    }

    fn read(&self, bytes: &[u8]) -> Result<Source, Refusal> {
        xlsx::read(bytes)?.source()
    }
}

/// XLS, under any name.
pub struct Xls;

impl Format for Xls {
    fn name(&self) -> &'static str {
        "XLS"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xls", "et", "xlt", "ett"]
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        container::holds(bytes, &["Workbook", "Book"])
    }

    fn read(&self, bytes: &[u8]) -> Result<Source, Refusal> {
        xls::read(bytes)?.source()
    }
}
