//! Tokens of RTF.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\par`, `\u8364`: a word and its number.
    Word(&'a [u8], Option<i32>),
    /// `\~`, `\*`: a sign.
    Sign(u8),
    /// A byte of text, as it is or as `\'b0`.
    Byte(u8),
}

/// The tokens of a file.
pub struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    /// The tokens of these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Lexer { bytes, at: 0 }
    }

    /// Leaves out the next bytes, which are data and no tokens (`\bin`).
    pub fn leave_out(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.bytes.len());
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn run(&mut self, of: fn(&u8) -> bool) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|b| !of(b)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let first = self.peek()?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            if first != b'\'' {
                return Some(Token::Sign(first));
            }
            let code = self.bytes.get(self.at..self.at + 2).and_then(|h| std::str::from_utf8(h).ok());
            let byte = u8::from_str_radix(code?, 16);
            self.at += 2;
            return Some(Token::Byte(byte.unwrap_or(b'?')));
        }
        let word = self.run(u8::is_ascii_alphabetic);
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(negative);
        let digits = self.run(u8::is_ascii_digit);
        let number = std::str::from_utf8(digits).ok().and_then(|d| d.parse::<i32>().ok());
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        Some(Token::Word(word, number.map(|n| if negative { -n } else { n })))
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return match byte {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => continue,
                byte => Some(Token::Byte(byte)),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        let tokens: Vec<Token<'_>> = Lexer::new(b"{\\rtf1\\u-24 a\r\n\\'b0\\~\\*\\par}").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word(b"rtf", Some(1)),
                Token::Word(b"u", Some(-24)),
                Token::Byte(b'a'),
                Token::Byte(0xb0),
                Token::Sign(b'~'),
                Token::Sign(b'*'),
                Token::Word(b"par", None),
                Token::Close
            ]
        );
        assert_eq!(Lexer::new(b"\\'z").count(), 0);
        assert_eq!(Lexer::new(b"\\").count(), 0);
    }
}
