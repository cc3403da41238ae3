//! 位置: a file, and the words in it.

use std::ops::Range;
use std::path::Path;

use serde::Serialize;

/// How much of a line is kept on either side of the words, in bytes. Longer lines are broken files, or whole documents
/// on one line.
const CONTEXT: usize = 4096;

/// A file, and perhaps the words in it that are meant. It keeps the line, so that it outlives the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    file: String,
    words: Option<Words>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Words {
    extent: (Position, Position),
    /// The line of the first word, or the part of it around the words.
    line: String,
    /// The bytes of `line` to point at: to its end where the words go on.
    range: Range<usize>,
    /// True where `line` is not the whole line.
    cut: bool,
}

/// A place in a text, as editors count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

impl Place {
    /// A whole file or folder.
    pub fn file(file: &Path) -> Self {
        Place { file: shown(file), words: None }
    }

    /// The bytes `span` of `text`, which is what `file` holds. A span beyond the text is brought into it.
    pub fn span(file: &Path, text: &str, span: Range<usize>) -> Self {
        let start = text.floor_char_boundary(span.start);
        let end = text.ceil_char_boundary(span.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
        let line_end = line_start + text[line_start..line_end].trim_end_matches('\r').len();
        let from = text.floor_char_boundary(start.saturating_sub(CONTEXT)).max(line_start);
        let to = text.ceil_char_boundary(start.saturating_add(2 * CONTEXT)).min(line_end).max(start);
        let words = Words {
            extent: (position(text, start), position(text, end)),
            line: text[from..to].to_owned(),
            range: start - from..end.min(to) - from,
            cut: from > line_start || to < line_end,
        };
        Place { file: shown(file), words: Some(words) }
    }

    /// The file, with `/`.
    pub fn file_name(&self) -> &str {
        &self.file
    }

    /// The first character that is meant, and the one after the last.
    pub fn extent(&self) -> Option<(Position, Position)> {
        self.words.as_ref().map(|w| w.extent)
    }

    pub(super) fn excerpt(&self) -> Option<Excerpt<'_>> {
        let words = self.words.as_ref()?;
        Some(Excerpt { start: words.extent.0, line: &words.line, range: words.range.clone(), cut: words.cut })
    }
}

/// What [`super::render`] shows of a place.
pub(super) struct Excerpt<'p> {
    pub start: Position,
    pub line: &'p str,
    pub range: Range<usize>,
    pub cut: bool,
}

/// A path as messages write it, on one line and without what would command a terminal.
pub fn shown(file: &Path) -> String {
    let path = file.strip_prefix(".").ok().filter(|p| !p.as_os_str().is_empty()).unwrap_or(file);
    let name = crate::system::slashes(path);
    if name.contains(char::is_control) { name.replace(char::is_control, "\u{fffd}") } else { name }
}

fn position(text: &str, byte: usize) -> Position {
    let before = &text[..byte];
    let line = before.bytes().filter(|&b| b == b'\n').count() + 1;
    let column = before[before.rfind('\n').map_or(0, |i| i + 1)..].chars().count() + 1;
    Position { line, column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions() {
        let text = "标题\r\n一、目标\n\n末";
        let table = [
            ("标题", (1, 1), (1, 3), "标题", 0..6),
            ("目标", (2, 3), (2, 5), "一、目标", 6..12),
            ("目标\n\n末", (2, 3), (4, 2), "一、目标", 6..12),
            ("末", (4, 1), (4, 2), "末", 0..3),
        ];
        for (words, start, end, line, range) in table {
            let at = text.find(words).expect("the words stand in the text");
            let place = Place::span(Path::new("a.md"), text, at..at + words.len());
            let of = |(line, column)| Position { line, column };
            assert_eq!(place.extent(), Some((of(start), of(end))), "{words}");
            let excerpt = place.excerpt().expect("a span has words");
            assert_eq!((excerpt.line, excerpt.range, excerpt.cut), (line, range, false), "{words}");
        }
    }

    #[test]
    fn a_span_outside_the_text_is_brought_in() {
        for span in [1..2, 5..99, 99..100] {
            let place = Place::span(Path::new("a.md"), "甲乙", span.clone());
            let excerpt = place.excerpt().expect("a span has words");
            assert!(excerpt.line.get(excerpt.range).is_some(), "{span:?}");
        }
    }

    #[test]
    fn a_long_line_is_cut() {
        let text = format!("{}甲{}", "一".repeat(100_000), "二".repeat(100_000));
        let place = Place::span(Path::new("a.md"), &text, 300_000..300_003);
        let excerpt = place.excerpt().expect("a span has words");
        assert!(excerpt.cut && excerpt.line.len() < 4 * CONTEXT);
        assert_eq!(&excerpt.line[excerpt.range], "甲");
        assert_eq!(excerpt.start, Position { line: 1, column: 100_001 });
    }
}
