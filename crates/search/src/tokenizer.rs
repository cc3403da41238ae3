//! The analyzer as a tokenizer of tantivy's. The texts it is given are normalised already.

use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::{analyzer::Terms, dictionary::Dictionary, normalize::key};

/// Splits a normalised text into its terms; the position of a term is the offset of its first character.
#[derive(Clone)]
pub(crate) struct WordTokenizer {
    dictionary: Arc<Dictionary>,
    text: Vec<char>,
    token: Token,
}

impl WordTokenizer {
    pub(crate) fn new(dictionary: Arc<Dictionary>) -> Self {
        WordTokenizer { dictionary, text: Vec::new(), token: Token::default() }
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.text.clear();
        self.text.extend(text.chars());
        self.token.reset();
        WordStream { terms: Terms::new(&self.dictionary, &self.text), text: &self.text, token: &mut self.token }
    }
}

/// The terms of one text.
pub(crate) struct WordStream<'a> {
    terms: Terms<'a>,
    text: &'a [char],
    token: &'a mut Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(range) = self.terms.next() else { return false };
        self.token.position = range.start;
        self.token.text.clear();
        self.token.text.extend(&self.text[range]);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Makes one term of a field's value: what it is compared as.
#[derive(Clone, Default)]
pub(crate) struct KeyTokenizer(Token);

impl Tokenizer for KeyTokenizer {
    type TokenStream<'a> = KeyStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> KeyStream<'a> {
        self.0.reset();
        self.0.position = 0;
        self.0.text = key(text);
        KeyStream { token: &mut self.0, done: false }
    }
}

/// The term of one value.
pub(crate) struct KeyStream<'a> {
    token: &'a mut Token,
    done: bool,
}

impl TokenStream for KeyStream<'_> {
    fn advance(&mut self) -> bool {
        !std::mem::replace(&mut self.done, true)
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
