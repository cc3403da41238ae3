//! The words of indicators; the lists are in `words/indicator.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// The lists of `indicator.toml`, which says what each is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) units: Vec<String>,
    pub(super) counted: Vec<String>,
    pub(super) scales: Vec<String>,
    pub(super) dashes: Vec<String>,
    pub(super) percent: Vec<String>,
    pub(super) per_hundred: String,
    pub(super) at_least: Vec<String>,
    pub(super) from_afar: Vec<String>,
    pub(super) unitless: Vec<String>,
    pub(super) reached: Vec<String>,
    pub(super) at_most: Vec<String>,
    pub(super) above: Vec<String>,
    pub(super) below: Vec<String>,
    pub(super) more: Vec<String>,
    pub(super) verbs: Vec<String>,
    pub(super) not_after: Vec<String>,
    pub(super) not_before: Vec<String>,
    pub(super) ranks: Vec<String>,
    pub(super) ranked: Vec<String>,
    pub(super) age: String,
    pub(super) money: String,
    pub(super) each: Vec<String>,
    pub(super) times: String,
    pub(super) circle: String,
    pub(super) fillers: Vec<String>,
    pub(super) sized: Vec<String>,
    pub(super) dimensions: Vec<String>,
    pub(super) measures: Vec<String>,
    pub(super) fraction: String,
    pub(super) ratio: Vec<String>,
    pub(super) ratio_named: Vec<String>,
    pub(super) half: Vec<String>,
    pub(super) halved: Vec<String>,
    pub(super) doubled: String,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words: Words = crate::wordlist::load("indicator.toml", include_str!("../../../words/indicator.toml"));
    // The longest word that fits is meant: 人次 before 人.
    for list in [&mut words.units, &mut words.counted, &mut words.at_least, &mut words.at_most] {
        list.sort_by_key(|w| std::cmp::Reverse(w.len()));
    }
    words
});
