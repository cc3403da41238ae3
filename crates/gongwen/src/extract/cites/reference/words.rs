//! The words by which a text points at itself; the lists are in `words/reference.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::scan::Cursor;

/// The lists of `reference.toml`, which says what each is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) marks: Vec<String>,
    pub(super) attachments: Vec<String>,
    pub(super) joints: Vec<String>,
    pub(super) cues: Vec<String>,
    pub(super) not_cues: Vec<String>,
    pub(super) above: Vec<String>,
    kinds: Vec<String>,
    qualifiers: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::wordlist::load("reference.toml", include_str!("../../../words/reference.toml")));

/// Passes the words by which a document calls itself: 本办法, 本实施意见, 本《办法》.
pub(in crate::extract::cites) fn eat_self(c: &mut Cursor<'_>) -> bool {
    let mut ahead = *c;
    if !ahead.eat("本") {
        return false;
    }
    while ahead.eat_any(&WORDS.qualifiers).is_some() {}
    // 本规定 is one kind, 本法 another; 办法 before 法.
    if ahead.eat_any(&WORDS.kinds).is_none() {
        return false;
    }
    ahead.eat("》");
    *c = ahead;
    true
}

/// True where `text` is a word for a kind of document and nothing else: 办法.
pub(in crate::extract::cites) fn names_kind(text: &str) -> bool {
    WORDS.kinds.iter().any(|w| w == text)
}
