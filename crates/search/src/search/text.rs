//! The stored text of a document: where phrases stand in it.

use crate::{
    Error, Index,
    document::Role,
    normalize::Normalized,
    storage::blocks::{Place, Shown, TextHead},
};

/// A block of a document's text.
pub(super) struct Block {
    /// The offset of its first character in the document's normalised text.
    pub start: usize,
    pub shown: Option<Shown>,
    pub text: String,
    pub normalized: Normalized,
    /// The normalised characters as a string, in which phrases are looked for.
    searched: String,
    pub passages: Vec<Passage>,
}

/// A passage of a block.
pub(super) struct Passage {
    /// The byte of the block's text and the normalised character of the block at which it starts.
    pub byte: usize,
    pub start: usize,
    pub place: Place,
}

impl Block {
    fn parse(content: &str) -> Result<Self, Error> {
        let (head, text) = content.split_once('\n').ok_or_else(|| Error::Format("文本块没有头".into()))?;
        let head: TextHead = serde_json::from_str(head)?;
        let normalized = Normalized::new(text);
        let mut at = 0;
        let mut passages = Vec::with_capacity(head.passages.len());
        for place in head.passages {
            for _ in 0..place.lines {
                at += text[at..].find('\n').map_or(text.len() - at, |line| line + 1);
            }
            at = (at + place.byte as usize).min(text.len());
            if !text.is_char_boundary(at) {
                return Err(Error::Format("段落不在字界上".into()));
            }
            let start = normalized.at_byte(at);
            let start = start + usize::from(normalized.chars.get(start) == Some(&' '));
            passages.push(Passage { byte: at, start, place });
        }
        let searched = normalized.chars.iter().collect();
        Ok(Block { start: head.start as usize, shown: head.shown, text: text.into(), normalized, searched, passages })
    }

    /// The normalised characters of the block at which a phrase starts.
    pub(super) fn find(&self, phrase: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let (mut at, mut from) = (0, 0);
        let step = phrase.chars().next().map_or(1, char::len_utf8);
        while let Some(next) = self.searched.get(from..).and_then(|rest| rest.find(phrase)) {
            at += self.searched[from..from + next].chars().count();
            found.push(at);
            from += next + step;
            at += 1;
        }
        found
    }

    /// The passage that a normalised character of the block belongs to.
    pub(super) fn passage_at(&self, start: usize) -> Option<usize> {
        self.passages.partition_point(|passage| passage.start <= start).checked_sub(1)
    }

    /// The bytes of a passage in the block's text.
    pub(super) fn bytes_of(&self, passage: usize) -> std::ops::Range<usize> {
        let end = self.passages.get(passage + 1).map_or(self.text.len(), |next| next.byte);
        self.passages[passage].byte..end
    }

    /// What a passage is.
    pub(super) fn role_of(&self, passage: usize) -> Role {
        self.passages[passage].place.role
    }
}

impl Index {
    /// Reads one block of a document.
    pub(super) fn block(&self, block: u32) -> Result<Block, Error> {
        Block::parse(&self.texts.read(block)?)
    }

    /// The whole normalised text of a document.
    pub(super) fn normalized_text(&self, document: u32) -> Result<String, Error> {
        let mut whole = String::new();
        let mut length = 0;
        for block in self.texts.of_document(document) {
            let block = self.block(block)?;
            // A space between two runs that the cut separates.
            if length < block.start && length > 0 {
                whole.push(' ');
                length += 1;
            }
            length += block.normalized.chars.len();
            whole.push_str(&block.searched);
        }
        Ok(whole)
    }
}
