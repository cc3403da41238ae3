//! 行: the physical lines of a text and what they measure.

use unicode_width::UnicodeWidthChar;

use super::furniture::{Furniture, FurnitureKind};
use crate::chars::is_cjk;

/// A physical line.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// The line without white space at its ends.
    pub text: &'a str,
    /// Byte of the source at which `text` begins.
    pub offset: usize,
    /// Line of the source, from 1.
    pub number: usize,
    /// Columns of white space before `text`.
    pub indent: usize,
    /// White space stood after `text`: some converters put it at the end of a paragraph only.
    pub spaced: bool,
    /// Blank lines stood before this one.
    pub after_blank: bool,
    /// A page began with this line.
    pub page_start: bool,
    /// [`typeset_width`] of `text`.
    pub width: usize,
    /// Tabs in the white space before and after `text`: empty cells at the ends of a table's row.
    pub tabs: (usize, usize),
}

impl Line<'_> {
    /// The record of this line as one that is left out.
    pub fn left_out(&self, kind: FurnitureKind) -> Furniture {
        Furniture { line: self.number, offset: self.offset, text: self.text.to_owned(), kind }
    }
}

/// The lines of `text` that are not blank.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let (mut offset, mut number) = (0, 0);
    let (mut blank, mut page) = (true, false);
    for raw in text.split_inclusive(['\n', '\r', '\u{c}']) {
        let body = raw.trim_end_matches(['\n', '\r', '\u{c}']);
        // CR LF ends one line: the empty piece between the two is none.
        let crlf = raw == "\n" && offset > 0 && text.as_bytes()[offset - 1] == b'\r';
        if !crlf {
            number += 1;
        }
        let trimmed = body.trim();
        if trimmed.is_empty() {
            blank |= !crlf;
        } else {
            let lead = body.len() - body.trim_start().len();
            found.push(Line {
                text: trimmed,
                offset: offset + lead,
                number,
                indent: body[..lead].chars().map(|c| c.width().unwrap_or(0)).sum(),
                spaced: lead + trimmed.len() < body.len(),
                after_blank: blank,
                page_start: page,
                width: typeset_width(trimmed),
                tabs: (tabs(&body[..lead]), tabs(&body[lead + trimmed.len()..])),
            });
            blank = false;
            page = false;
        }
        if raw.ends_with('\u{c}') {
            page = true;
            number -= 1; // a form feed does not end a line by itself
        }
        offset += raw.len();
    }
    found
}

fn tabs(blank: &str) -> usize {
    blank.matches('\t').count()
}

/// The width of a line as it was set, in half-width columns: a Chinese character is two, and so is the ASCII
/// punctuation that stands for a Chinese one; the spaces that converters put beside Chinese characters are none.
pub fn typeset_width(text: &str) -> usize {
    let mut width = 0;
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let own = match c {
            ',' | ';' | ':' | '(' | ')' | '!' | '?' if is_cjk(before) || chars.peek().is_some_and(|&n| is_cjk(n)) => 2,
            c if c.is_whitespace() => {
                usize::from(!is_cjk(before) && !chars.peek().is_some_and(|&n| is_cjk(n) || n.is_whitespace()))
            }
            '“' | '”' | '‘' | '’' | '—' | '…' | '·' => 2,
            c => c.width().unwrap_or(0),
        };
        width += own;
        before = c;
    }
    width
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_and_measured() {
        let found = lines("甲 \r\n\r\n  乙\n\u{c}丙,丁");
        let seen: Vec<_> = found
            .iter()
            .map(|l| (l.text, l.offset, l.number, l.indent, l.spaced, l.after_blank, l.page_start, l.width))
            .collect();
        assert_eq!(
            seen,
            [
                ("甲", 0, 1, 0, true, true, false, 2),
                ("乙", 10, 3, 2, false, true, false, 2),
                ("丙,丁", 15, 4, 0, false, true, true, 6),
            ]
        );
    }

    #[test]
    fn widths() {
        for (text, width) in [("到 2018 年底", 10), ("〔2015〕84 号", 12), ("use of PPP", 10), ("养老“互联网+”", 15)]
        {
            assert_eq!(typeset_width(text), width, "{text}");
        }
    }
}
