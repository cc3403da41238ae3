//! The words of citations; the lists are in `words/citation.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of `citation.toml`, which says what each is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) kinds: Vec<String>,
    pub(super) not_kinds: Vec<String>,
    pub(super) qualifiers: Vec<String>,
    pub(super) proposals: Vec<String>,
    pub(super) central: Vec<String>,
    pub(super) answered: Vec<String>,
    pub(super) received: Vec<String>,
    pub(super) short: Vec<String>,
    pub(super) forwards: Vec<String>,
    pub(super) part: Vec<String>,
    pub(super) list_tails: Vec<String>,
    pub(super) joints: Vec<String>,
    pub(super) made: Vec<String>,
    pub(super) before: HashMap<String, Vec<String>>,
    pub(super) after: HashMap<String, Vec<String>>,
    pub(super) issuers: IssuerWords,
    pub(super) links: LinkWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkWords {
    pub(super) endings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IssuerWords {
    pub(super) verbs: Vec<String>,
    pub(super) leads: Vec<String>,
    pub(super) nobody: Vec<String>,
    pub(super) agrees: Vec<String>,
    pub(super) means: String,
    pub(super) means_not: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::wordlist::load("citation.toml", include_str!("../../../words/citation.toml")));
