//! 网页: saved pages and pieces of them.
//!
//! `sniff` tells a page, `decode`, `chunk` and `parse` make a tree of it, `look` says what of it can be seen, `body` where the
//! text of the document is. `flow` sets the whole page in paragraphs (`line`) and tables (`table`); `head` takes title
//! and labels from what stands outside the text, `trim` leaves out what is of the page within it, and `give` hands over
//! what remains. What is left out is said. `sites.toml` holds what publishers name things.

mod body;
mod chunk;
mod decode;
mod dom;
mod flow;
mod give;
mod head;
mod line;
mod look;
mod parse;
mod sites;
mod sniff;
mod table;
mod trim;

use super::Format;
use crate::piece::{Refusal, Source};

/// Web pages.
pub struct WebPage;

impl Format for WebPage {
    fn name(&self) -> &'static str {
        "网页"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml", "shtml"]
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        sniff::is_page(bytes)
    }

    fn read(&self, bytes: &[u8]) -> Result<Source, Refusal> {
        let decoded = decode::decode(bytes);
        let Some(tree) = parse::parse(&decoded.text) else {
            return Err(Refusal::new(
                "html-too-large",
                "网页的内容超过 50 万个节点，不像一份文件",
                "请在浏览器里打开，把文件所在的部分另存为单独的网页，再导入",
            ));
        };
        let mut source = give::source(&tree, &decoded.text)?;
        source.encoding = Some(decoded.encoding);
        source.malformed = decoded.malformed;
        source.controls = decoded.controls;
        Ok(source)
    }
}
