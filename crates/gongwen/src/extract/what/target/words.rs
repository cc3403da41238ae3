//! The words of targets; the lists are in `words/target.toml`.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

/// The lists of `target.toml`, which says what each is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    dated: Vec<String>,
    pub(super) goals: Vec<String>,
    pub(super) tasks: Vec<String>,
    pub(super) situation: Vec<String>,
    pub(super) past: Vec<String>,
    pub(super) future: Vec<String>,
    pub(super) about_itself: Vec<String>,
    pub(super) leads: Vec<String>,
    pub(super) reaches: Vec<String>,
    pub(super) urges: Vec<String>,
    pub(super) next_year: Vec<String>,
    pub(super) ends: Vec<String>,
    pub(super) by: Vec<String>,
    pub(super) joints: Vec<String>,
    pub(super) describes: Vec<String>,
    pub(super) things: Vec<String>,
    pub(super) about: Vec<String>,
    pub(super) not_about: Vec<String>,
    pub(super) bounds: Vec<String>,
    pub(super) copulas: Vec<String>,
    pub(super) narrates: Vec<String>,
    pub(super) foretells: Vec<String>,
    pub(super) extends: Vec<String>,
    pub(super) postpones: Vec<String>,
    pub(super) may: Vec<String>,
    pub(super) allows: Vec<String>,
    pub(super) insists: Vec<String>,
    pub(super) will: Vec<String>,
    pub(super) issues: Vec<String>,
    pub(super) permits: Permits,
    pub(super) consent: Consent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Permits {
    pub(super) who: Vec<String>,
    pub(super) may: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Consent {
    pub(super) begins: Vec<String>,
    pub(super) says: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::wordlist::load("target.toml", include_str!("../../../words/target.toml")));

/// What every date names one of, found in one pass.
static DATED: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(&WORDS.dated).ok());

/// True where a date may stand in `text`.
pub(super) fn may_be_dated(text: &str) -> bool {
    DATED.as_ref().is_none_or(|words| words.is_match(text))
}

pub(super) fn says(text: &str, words: &[String]) -> bool {
    words.iter().any(|w| text.contains(w.as_str()))
}

pub(super) fn starts(text: &str, words: &[String]) -> bool {
    words.iter().any(|w| text.starts_with(w.as_str()))
}

pub(super) fn ends(text: &str, words: &[String]) -> bool {
    words.iter().any(|w| text.ends_with(w.as_str()))
}
