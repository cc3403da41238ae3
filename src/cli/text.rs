//! 折行: Chinese text as lines of a terminal.

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// `text` as lines of at most `width` columns: none begins with 、 or 。 where that can be helped (UAX 14). Characters
/// that steer a terminal become blanks.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    indented(text, width, "", "")
}

/// The same, with `first` before the first line and `rest` before the others.
pub fn indented(text: &str, width: usize, first: &str, rest: &str) -> Vec<String> {
    folded(&inert(text), width, first, rest)
}

/// The same for a text that is [`inert`] already but for its colours.
pub fn folded(text: &str, width: usize, first: &str, rest: &str) -> Vec<String> {
    let options = Options::new(width.max(2))
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(WordSeparator::UnicodeBreakProperties)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(text, options).into_iter().map(|line| line.into_owned()).collect()
}

/// Columns that `text` takes.
pub fn width(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// `text` without the characters that steer a terminal; lines stay lines.
pub fn inert(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let table: &[(&str, usize, &[&str])] = &[
            ("市民政局、市财政局", 20, &["市民政局、市财政局"]),
            ("市民政局、市财政局", 8, &["市民政", "局、市财", "政局"]),
            ("到2018年底前。", 8, &["到2018年", "底前。"]),
            ("（一）", 2, &["（", "一", "）"]),
            ("甲\u{1b}[31m乙", 20, &["甲 [31m乙"]),
            ("甲\n乙", 20, &["甲", "乙"]),
            ("", 20, &[""]),
        ];
        for (text, width, expected) in table {
            assert_eq!(&wrap(text, *width), expected, "{text}");
        }
        assert_eq!(indented("市民政局牵头", 8, "　", "　　"), ["　市民政", "　　局牵", "　　头"]);
    }
}
