//! 转义: as few backslashes as it takes for a text to be read back as it is.
//!
//! Only tables are switched on in the reader, so that `~`, `$` or `:` mean nothing inside a line.

/// Where a text is to stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the start of a line, alone on it.
    Line,
    /// After the `#`s of a heading.
    Heading,
    /// In a cell of a table.
    Cell,
}

/// Appends `text`, which is in normal form, to `out` so that at `place` it is read as itself.
pub(super) fn escape(text: &str, place: Place, out: &mut String) {
    let mut text = text;
    if let Some(rest) = text.strip_prefix('\u{FEFF}') {
        // A byte-order mark where it opens the file.
        out.push_str("&#xFEFF;");
        text = rest;
    }
    let forced = match place {
        Place::Line => line_start(text),
        Place::Heading => closing_sequence(text),
        Place::Cell => None,
    };
    if forced.is_none() && !text.bytes().any(is_special) {
        out.push_str(text);
        return;
    }
    let star = pairs(text, '*');
    let underscore = pairs(text, '_');
    let tick = text.as_bytes().windows(2).filter(|w| w[0] == b'`' && w[1] != b'`').count()
        + usize::from(text.ends_with('`'))
        > 1;
    let bytes = text.as_bytes();
    let mut copied = 0;
    for (i, &b) in bytes.iter().enumerate() {
        let next = bytes.get(i + 1).copied();
        let needed = match b {
            b'\\' => next.is_none_or(|n| n.is_ascii_punctuation()),
            b'*' => star,
            b'_' => underscore,
            b'`' => tick,
            b'<' => next.is_some_and(|n| n.is_ascii_alphabetic() || matches!(n, b'/' | b'!' | b'?')),
            b'&' => is_entity(&bytes[i + 1..]),
            b']' => matches!(next, Some(b'(' | b':')),
            b'|' => place == Place::Cell,
            _ => false,
        };
        if !needed && forced != Some(i) {
            continue;
        }
        out.push_str(&text[copied..i]);
        if b == b'|' && i > 0 && bytes[i - 1] == b'\\' {
            // Readers disagree about the backslashes before a bar in a table.
            out.push_str("&#124;");
            copied = i + 1;
        } else {
            out.push('\\');
            copied = i;
        }
    }
    out.push_str(&text[copied..]);
}

fn is_special(b: u8) -> bool {
    matches!(b, b'\\' | b'*' | b'_' | b'`' | b'<' | b'&' | b']' | b'|')
}

/// The byte to escape so that a line beginning with `text` is a paragraph.
fn line_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    // What ends the marker of a block: a space or the end of the line.
    let ends = |i: usize| bytes.get(i).is_none_or(|&b| b == b' ');
    let run = bytes.iter().take_while(|&&b| b == first).count();
    let block = match first {
        b'>' => true,
        b'#' => run <= 6 && ends(run),
        b'-' | b'*' | b'_' if bytes.iter().all(|&b| b == first || b == b' ') => {
            (first != b'_' && ends(1)) || bytes.iter().filter(|&&b| b == first).count() >= 3
        }
        b'-' | b'*' => ends(1),
        b'+' => ends(1) || text == super::FENCE,
        b'~' | b'`' => run >= 3,
        _ => false,
    };
    if block {
        return Some(0);
    }
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let list = (1..=9).contains(&digits) && matches!(bytes.get(digits), Some(b'.' | b')')) && ends(digits + 1);
    list.then_some(digits)
}

/// The byte to escape so that the `#`s that end a heading are read as text.
fn closing_sequence(text: &str) -> Option<usize> {
    let before = text.trim_end_matches('#');
    (before.len() < text.len() && (before.is_empty() || before.ends_with(' '))).then(|| text.len() - 1)
}

/// True where runs of `delimiter` in `text` could open and then close an emphasis.
fn pairs(text: &str, delimiter: char) -> bool {
    let mut opened = false;
    let mut rest = 0;
    while let Some(at) = text[rest..].find(delimiter) {
        let start = rest + at;
        let end = text.len() - text[start..].trim_start_matches(delimiter).len();
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        rest = end;
        // Inside a word an underscore is one.
        if delimiter == '_' && before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric) {
            continue;
        }
        if opened && before.is_some_and(|c| !c.is_whitespace()) {
            return true;
        }
        opened |= after.is_some_and(|c| !c.is_whitespace());
    }
    false
}

/// True where what follows a `&` makes it a character reference.
fn is_entity(after: &[u8]) -> bool {
    let name = after.iter().skip_while(|&&b| b == b'#').take_while(|b| b.is_ascii_alphanumeric()).count();
    let hashes = after.iter().take_while(|&&b| b == b'#').count();
    hashes <= 1 && name > 0 && after.get(hashes + name) == Some(&b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str, place: Place) -> String {
        let mut out = String::new();
        escape(text, place, &mut out);
        out
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        for text in [
            "（一）新建机构。（市民政局牵头，市卫健委配合）",
            "1.对于申办人",
            "1．对于",
            "2018.05",
            "#1楼",
            "-5℃至+40℃",
            "A*B",
            "file_name_2.txt",
            "编号：________",
            "R&D经费 & 其他",
            "a < b > c",
            "[2018]31号",
            "价格|数量",
            "~5%",
            "C:\\目录",
            "=====",
            "+++其他",
            "`",
            "C#",
        ] {
            assert_eq!(escaped(text, Place::Line), text);
            assert!(text.contains('|') || escaped(text, Place::Cell) == text, "{text}");
            assert_eq!(escaped(text, Place::Heading), text);
        }
    }

    #[test]
    fn what_markdown_would_take() {
        use Place::*;
        let table = [
            (Line, "# 甲", "\\# 甲"),
            (Line, "1. 甲", "1\\. 甲"),
            (Line, "12)", "12\\)"),
            (Line, "- 甲", "\\- 甲"),
            (Line, "— 11 —", "— 11 —"),
            (Line, "+", "\\+"),
            (Line, "+++", "\\+++"),
            (Line, "> 甲", "\\> 甲"),
            (Line, "---", "\\---"),
            (Line, "___", "\\___"),
            (Line, "* * *", "\\* * *"),
            (Line, "~~~", "\\~~~"),
            (Line, "```", "\\```"),
            (Line, "*甲*", "\\*甲\\*"),
            (Line, "_甲_ a_b", "\\_甲\\_ a\\_b"),
            (Line, "甲`乙`", "甲\\`乙\\`"),
            (Line, "<br>", "\\<br>"),
            (Line, "&amp;", "\\&amp;"),
            (Line, "[甲](乙)", "[甲\\](乙)"),
            (Line, "[甲]: 乙", "[甲\\]: 乙"),
            (Line, "甲\\*", "甲\\\\*"),
            (Line, "甲\\", "甲\\\\"),
            (Line, "\u{FEFF}甲", "&#xFEFF;甲"),
            (Heading, "甲 #", "甲 \\#"),
            (Heading, "##", "#\\#"),
            (Heading, "# 甲", "# 甲"),
            (Cell, "甲|乙", "甲\\|乙"),
            (Cell, "甲\\|", "甲\\\\&#124;"),
        ];
        for (place, text, expected) in table {
            assert_eq!(escaped(text, place), expected, "{text}");
        }
    }
}
