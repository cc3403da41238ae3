//! Markdown: documents as files that people read and edit. Any room of gongwen and the generator may call it.
//!
//! A file is TOML front matter between `+++` lines, then the body, where one line is one block:
//!
//! | block | Markdown |
//! | --- | --- |
//! | title | `# 标题` |
//! | heading of level n | n `#`, then number and words as printed: `### （一）新建机构。`, `# 附件2 分工` |
//! | paragraph | its text on one line |
//! | table | a GFM table; an empty first row where the table names no columns |
//! | rule | `---` |
//!
//! - [`write()`] renders blocks, with no more escapes than it takes for [`read()`] to give the same blocks back.
//! - [`read()`] takes any Markdown. What the model has no place for (lists, links, code, HTML) becomes paragraphs with
//!   the same words, and a [`Warning`].
//! - [`normal`] says which blocks Markdown can hold: `read(write(d))` is `normal(d)` for every document.

mod build;
mod escape;
pub mod normal;
mod read;
mod write;

use std::ops::Range;

pub use read::{Front, Parsed, read};
pub use write::{file, write};

/// The line that opens and closes the front matter.
pub const FENCE: &str = "+++";

/// Something in a Markdown file that a document has no place for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What was met.
    pub kind: Unsupported,
    /// Where, in bytes of the text given to [`read()`].
    pub source: Range<usize>,
}

/// A construct of Markdown that the model of a document lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unsupported {
    /// `- 一`, `1. 一`: each item becomes a paragraph, with its number and without its bullet.
    List,
    /// `> 一`: becomes paragraphs.
    Quote,
    /// `*一*`, `**一**`: the words stay.
    Emphasis,
    /// `[一](地址)`: becomes 一（地址）.
    Link,
    /// `![一](地址)`: becomes 一（地址）.
    Image,
    /// `[一]: 地址`: becomes a paragraph, as it stands.
    Definition,
    /// Code, fenced, indented or inline: the text stays, a line a paragraph.
    Code,
    /// HTML: becomes text, as it stands.
    Html,
    /// A table row with more cells than the first row: they are kept.
    ExcessCells,
    /// Characters that no text holds: each becomes � or, for tabs and the like, a space.
    Control,
    /// A line of `---` or `===` right below a text, which makes it a heading, perhaps unawares.
    Underline,
    /// `+++` at the start of the file and no second one: all of it is read as text.
    OpenFrontMatter,
}

impl Unsupported {
    /// What was met and what became of it, in Chinese.
    pub fn message(self) -> &'static str {
        match self {
            Unsupported::List => "列表不是公文的结构，每一项按一段读入",
            Unsupported::Quote => "引用块不是公文的结构，按普通段落读入",
            Unsupported::Emphasis => "不支持加粗、倾斜，只保留文字",
            Unsupported::Link => "不支持链接，地址写在文字后面的括号里",
            Unsupported::Image => "不支持图片，只保留说明和地址",
            Unsupported::Definition => "不支持链接定义，原样按一段读入",
            Unsupported::Code => "不支持代码，文字按普通段落读入",
            Unsupported::Html => "不支持 HTML，原样按文字读入",
            Unsupported::ExcessCells => "这一行的单元格比表头多，多出的单元格已保留",
            Unsupported::Control => "有控制字符，已换成 � 或空格",
            Unsupported::Underline => "文字下面紧接 --- 或 ===，成了标题；要分隔线，就在中间空一行",
            Unsupported::OpenFrontMatter => "文件头没有以 +++ 结束，全部按正文读入",
        }
    }
}
