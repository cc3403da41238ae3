//! A cursor over a text: the small steps of which the grammars of numbers, dates and deadlines are made.

use crate::numeral;

/// A place in a text. Every step moves it on or leaves it where it is; it never leaves the text's character bounds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor at byte `at` of `text`; at its end where `at` is no character bound.
    pub(crate) fn new(text: &'a str, at: usize) -> Self {
        Cursor { text, at: if text.is_char_boundary(at) { at } else { text.len() } }
    }

    /// Moves on by `len` bytes; to the end where that is no character bound.
    pub(crate) fn skip(&mut self, len: usize) {
        *self = Cursor::new(self.text, self.at.saturating_add(len));
    }

    /// The byte the cursor stands at.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// What is still to read.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The next character.
    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes `word` where it comes next.
    pub(crate) fn eat(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    /// Passes the first of `words` that comes next, and says which.
    pub(crate) fn eat_any<'w, W: AsRef<str>>(&mut self, words: &'w [W]) -> Option<&'w str> {
        words.iter().map(AsRef::as_ref).find(|w| self.eat(w))
    }

    /// Passes the next character where `of` holds true for it.
    pub(crate) fn eat_char(&mut self, of: impl Fn(char) -> bool) -> Option<char> {
        let c = self.peek().filter(|&c| of(c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Passes every character that `of` holds true for, and gives them.
    pub(crate) fn eat_while(&mut self, of: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let len = rest.char_indices().find(|&(_, c)| !of(c)).map_or(rest.len(), |(i, _)| i);
        self.at += len;
        &rest[..len]
    }

    /// Passes blanks that stand within a line.
    pub(crate) fn spaces(&mut self) -> &mut Self {
        self.eat_while(|c| c.is_whitespace());
        self
    }

    /// Passes a whole number in Arabic digits of either width or in Chinese, and gives its digits and value.
    pub(crate) fn numeral(&mut self) -> Option<(&'a str, u64)> {
        /// No number of a document needs more digits; a longer run is none, and is not read to its end.
        const DIGITS: usize = 12;
        let mut ahead = *self;
        let of = if is_arabic(ahead.peek()?) { is_arabic } else { numeral::is_chinese_numeral };
        let rest = ahead.rest();
        let digits = &rest[..rest.char_indices().nth(DIGITS + 1).map_or(rest.len(), |(i, _)| i)];
        let digits = digits.find(|c| !of(c)).map_or(digits, |end| &digits[..end]);
        if digits.chars().count() > DIGITS {
            return None;
        }
        ahead.skip(digits.len());
        let value = numeral::value(digits)?;
        *self = ahead;
        Some((digits, value))
    }
}

/// True for 0–9 of either width.
pub(crate) fn is_arabic(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// True for a Chinese character (CJK ideographs and 〇).
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇')
}
