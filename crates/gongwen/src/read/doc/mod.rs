//! DOC ([MS-DOC]): the files of Word 97 to 2003, and WPS, which writes the same.

mod bytes;
mod fib;
mod formatting;
mod lists;
mod paragraph;
mod shapes;
mod sprm;
mod story;
mod styles;
mod table;
mod text;

#[cfg(test)]
mod tests;

use self::fib::Fib;
use self::story::Reader;
use super::Format;
use super::office::container::{self, Container};
use super::office::flow::Flow;
use super::office::{damaged, locked};
use crate::piece::{Refusal, Source};

/// The stream that holds the text.
const DOCUMENT: &str = "WordDocument";

/// DOC and WPS, under any name.
pub struct Doc;

impl Format for Doc {
    fn name(&self) -> &'static str {
        "DOC"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["doc", "wps", "dot", "wpt"]
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        container::holds(bytes, &[DOCUMENT])
    }

    fn read(&self, bytes: &[u8]) -> Result<Source, Refusal> {
        let mut container = Container::open(bytes)?;
        let main = container.stream(DOCUMENT)?.ok_or_else(damaged)?;
        let fib = Fib::read(&main).ok_or_else(damaged)?;
        if fib.encrypted {
            return Err(locked());
        }
        if fib.old {
            return Err(Refusal::new(
                "doc-old",
                "这是 Word 95 或者更早的文件",
                "请用 Word 或 WPS 打开后另存为 docx，再导入",
            ));
        }
        let table = container.stream(fib.table)?.ok_or_else(damaged)?;
        let data = container.stream("Data")?.unwrap_or_default();
        let mut flow = Flow::default();
        Reader::new(&fib, &main, &table, &data)?.read(&mut flow)?;
        Ok(flow.finish())
    }
}
