//! The words of replies; the lists are in `words/commitment.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of `commitment.toml`, which says what each is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) replies: Vec<String>,
    pub(super) answers: Vec<String>,
    pub(super) proposals: Vec<String>,
    pub(super) headings: Vec<String>,
    pub(super) openers: Vec<String>,
    pub(super) closers: Vec<String>,
    pub(super) last: Vec<String>,
    pub(super) will: Vec<String>,
    pub(super) done: Vec<String>,
    pub(super) ourselves: Vec<String>,
    pub(super) after_will: Vec<String>,
    pub(super) habits: Vec<String>,
    pub(super) becomes: Vec<String>,
    pub(super) future: Vec<String>,
    pub(super) verbs: Vec<String>,
    pub(super) asked: Vec<String>,
    pub(super) asked_ends: Vec<String>,
    pub(super) helps: Vec<String>,
    pub(super) sections: Vec<String>,
    pub(super) past: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::wordlist::load("commitment.toml", include_str!("../../../words/commitment.toml")));
