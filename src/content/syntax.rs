//! 写错的 TOML: what the parser says, in Chinese, with what to do.

use std::ops::Range;

use toml::de::Error;

use crate::diagnostics::{Diagnostic, Place};

/// The code of what is no TOML.
pub(super) const CODE: &str = "toml-syntax";

/// How a message of the parser begins, what it means, and what to do.
const MESSAGES: &[(&str, &str, &str)] = &[
    ("string values must be quoted", "这里应当是一个值", "文字要放在英文引号里：\"…\""),
    ("key with no value", "键后面没有等号", "键和值之间写英文的等号：title = \"…\""),
    ("invalid unquoted key", "键名里有不能用的字符", "键名只用英文字母、数字、- 和 _"),
    ("unquoted keys cannot be empty", "等号前面没有键名", "写成 title = \"…\""),
    ("invalid basic string", "引号没有配对", "文字前后都要有英文引号：\"…\""),
    ("invalid literal string", "引号没有配对", "文字前后都要有英文引号：'…'"),
    ("invalid multi-line", "多行文字没有结束", "用三个引号开头，也用三个引号结尾"),
    ("unclosed array table", "方括号没有配对", "写成 [[correct]]"),
    ("unclosed array", "方括号没有配对", "一组值写成 [\"…\", \"…\"]"),
    ("unclosed table", "方括号没有配对", "一节的开头写成 [source]"),
    ("unclosed inline table", "花括号没有配对", "写成 { name = \"…\", phone = \"…\" }"),
    ("unexpected `=` in array", "一组值里不能有等号", "一组值写成 [\"…\", \"…\"]，后面的方括号不要漏掉"),
    ("missing comma", "值与值之间少了逗号", "用英文逗号隔开：[\"…\", \"…\"]"),
    ("invalid date", "日历上没有这一天", "写成 2018-06-04 的样子"),
    ("invalid boolean", "这里应当是 true 或 false", "改成 true 或 false"),
    ("unexpected leading zero", "数字不能以 0 开头", "文字要放在英文引号里：\"…\""),
    ("missing escaped value", "反斜杠后面的字符不对", "反斜杠本身写成 \\\\"),
];

/// Explains the errors of reading `text`. One mistake often makes several errors: of those only the first is kept, but
/// every key that is written twice.
pub(super) fn explain(text: &str, errors: &[Error], place: impl Fn(Range<usize>) -> Place) -> Vec<Diagnostic> {
    let (twice, other): (Vec<&Error>, Vec<&Error>) = errors.iter().partition(|e| e.message() == "duplicate key");
    let twice = twice.into_iter().map(|error| {
        let span = error.span().unwrap_or(0..0);
        let key = text.get(span.clone()).unwrap_or("");
        Diagnostic::error("toml-duplicate-key", format!("{key} 写了两次"))
            .at(place(span))
            .label("前面已经有了")
            .help("留下一个，删去另一个")
    });
    // A wrong sign after a key is noticed at the end of the line, and again where it stands.
    let sign = other.iter().find(|e| e.message().starts_with("invalid unquoted key"));
    let other = sign.or(other.first()).into_iter().map(|error| {
        let span = error.span().unwrap_or(0..0);
        let words = text.get(span.clone()).unwrap_or("");
        let known = MESSAGES.iter().find(|(start, ..)| error.message().starts_with(start));
        let (label, mut help) =
            known.map_or((error.message(), "检查这一行的写法"), |&(_, label, help)| (label, help));
        if words.starts_with(['“', '”', '‘', '’', '＂', '「']) {
            help = "用英文引号 \"，不要用中文引号";
        }
        if words.starts_with(['：', ':', '＝']) {
            help = "键和值之间写英文的等号：title = \"…\"";
        }
        Diagnostic::error(CODE, "TOML 写法有误").at(place(span)).label(label).help(help)
    });
    other.chain(twice).collect()
}
