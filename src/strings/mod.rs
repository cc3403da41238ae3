//! 文案: every word that the interface says, by key, in the language of the site. What documents say is not here.
//!
//! A language is one file, `themes/default/strings/*.toml`, its keys grouped by page: `[home] newest = "最新文件"` is
//! `home.newest`. A text may hold values, `{n}`; one that reads differently for one thing is a pair of `one` and `other`,
//! chosen by the value `n`. Texts for HTML may also hold `[links](name)`, `**weight**` and `` `code` ``.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::diagnostics::Diagnostic;

pub mod calls;
mod fill;

pub use fill::Value;

/// The language of the interface. Documents stay as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Language {
    /// 简体中文.
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 2] = [Language::Chinese, Language::English];

    /// As `language = "…"` and `<html lang>` write it (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }

    /// The language with this tag.
    pub fn of(tag: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|l| l.tag() == tag)
    }
}

/// What stands at a key.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// The same for any number.
    One(String),
    /// By the value `n`.
    Counted {
        /// For one thing.
        one: String,
        /// For none and for several.
        other: String,
    },
}

impl Text {
    /// The text for `n` things.
    fn for_count(&self, one_thing: bool) -> &str {
        match self {
            Text::One(text) => text,
            Text::Counted { one, .. } if one_thing => one,
            Text::Counted { other, .. } => other,
        }
    }

    /// Both texts; twice the same where there is one.
    pub fn both(&self) -> [&str; 2] {
        [self.for_count(true), self.for_count(false)]
    }

    /// The names of the values that it holds.
    pub fn values(&self) -> std::collections::BTreeSet<&str> {
        self.both().into_iter().flat_map(fill::names).collect()
    }
}

/// The texts of one language.
#[derive(Clone, Debug)]
pub struct Strings {
    /// Theirs.
    pub language: Language,
    texts: BTreeMap<String, Text>,
}

static CHINESE: LazyLock<Strings> =
    LazyLock::new(|| Strings::parse(Language::Chinese, include_str!("../../themes/default/strings/zh-CN.toml")));
static ENGLISH: LazyLock<Strings> =
    LazyLock::new(|| Strings::parse(Language::English, include_str!("../../themes/default/strings/en.toml")));

impl Strings {
    /// The texts that the program brings.
    pub fn built_in(language: Language) -> &'static Strings {
        match language {
            Language::Chinese => &CHINESE,
            Language::English => &ENGLISH,
        }
    }

    /// The file of a language, which is part of the program: one that cannot be read is a fault of the program.
    fn parse(language: Language, text: &str) -> Strings {
        let groups: BTreeMap<String, BTreeMap<String, Text>> =
            toml::from_str(text).unwrap_or_else(|error| panic!("strings/{}.toml: {error}", language.tag()));
        let keyed = |(group, texts): (String, BTreeMap<String, Text>)| {
            texts.into_iter().map(move |(name, text)| (format!("{group}.{name}"), text)).collect::<Vec<_>>()
        };
        Strings { language, texts: groups.into_iter().flat_map(keyed).collect() }
    }

    /// These texts with those of `own` in the place of theirs.
    pub fn with_own(&self, own: BTreeMap<String, Text>) -> Strings {
        let mut strings = self.clone();
        strings.texts.extend(own);
        strings
    }

    /// Every key and its text.
    #[cfg(test)]
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Text)> {
        self.texts.iter().map(|(key, text)| (key.as_str(), text))
    }

    /// The text at `key`.
    pub fn get(&self, key: &str) -> Option<&Text> {
        self.texts.get(key)
    }

    /// The key most like `key`.
    pub fn nearest(&self, key: &str) -> Option<&str> {
        let near = |known: &str| strsim::normalized_damerau_levenshtein(key, known);
        let best = self.texts.keys().map(|known| (near(known), known.as_str())).max_by(|a, b| a.0.total_cmp(&b.0))?;
        (best.0 > 0.6).then_some(best.1)
    }

    /// Says that there is no text at `key`.
    pub fn unknown(&self, key: &str) -> Diagnostic {
        let unknown = Diagnostic::error("strings-key", format!("文案里没有“{key}”"));
        let known = self.nearest(key).map(|known| format!("是不是 {known}？"));
        unknown
            .label(known.unwrap_or_else(|| "没有这个键".to_owned()))
            .help("可用的键见 themes/default/strings/zh-CN.toml")
    }

    /// The text at `key`, which holds no values. A key that is not there stands for itself; a test looks for such.
    pub fn text<'s>(&'s self, key: &'s str) -> &'s str {
        self.texts.get(key).map_or(key, |text| text.for_count(false))
    }

    /// The text at `key` with its values, as plain text.
    pub fn with(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        let shown: Vec<(&str, String)> = values.iter().map(|(name, value)| (*name, value.to_string())).collect();
        self.plain(key, &|name| shown.iter().find(|(n, _)| *n == name).map(|(_, value)| value.clone()))
    }

    /// The text at `key` with its values, as plain text.
    pub fn plain(&self, key: &str, value: &dyn Fn(&str) -> Option<String>) -> String {
        let one = value("n").is_some_and(|n| n == "1");
        self.texts.get(key).map_or_else(|| key.to_owned(), |text| fill::plain(text.for_count(one), value))
    }

    /// The text at `key` with its values, as HTML. Values that hold Chinese words are marked so where the interface is in
    /// another language, for they are of documents.
    pub fn html(&self, key: &str, value: &dyn Fn(&str) -> Option<Value>) -> String {
        let one = value("n").is_some_and(|n| matches!(n, Value::Words(n) if n == "1"));
        let of_documents = self.of_documents().is_some();
        let filled = |text: &Text| fill::html(text.for_count(one), of_documents, value);
        self.texts.get(key).map_or_else(|| key.to_owned(), filled)
    }

    /// Words of a document as they stand in a plain text that [`Strings::marked`] marks.
    pub fn name(&self, words: &str) -> String {
        match self.of_documents() {
            Some(_) => format!("{}{words}{}", fill::ISOLATE[0], fill::ISOLATE[1]),
            None => words.to_owned(),
        }
    }

    /// The names of a list, as the language writes one.
    pub fn list<S: std::borrow::Borrow<str>>(&self, names: &[S]) -> String {
        names.join(self.text("list.and"))
    }

    /// `lang` of an element that holds words of documents; none where that is the language of the page.
    pub fn of_documents(&self) -> Option<&'static str> {
        (self.language != Language::Chinese).then_some(Language::Chinese.tag())
    }

    /// `lang` of an element of the interface among words of documents; none where both are in one language.
    pub fn own(&self) -> Option<&'static str> {
        (self.language != Language::Chinese).then_some(self.language.tag())
    }

    /// `text` as HTML, its words of documents marked where the interface is in another language: those of [`Strings::name`],
    /// else all of it where it is Chinese.
    pub fn marked(&self, text: &str) -> String {
        fill::words(text, self.of_documents().is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_have_the_same_keys_and_values() {
        let [chinese, english] = Language::ALL.map(Strings::built_in);
        let keys = |strings: &Strings| strings.iter().map(|(key, _)| key.to_owned()).collect::<Vec<_>>();
        assert_eq!(keys(chinese), keys(english));
        for (key, text) in chinese.iter() {
            let other = english.get(key).map(Text::values).unwrap_or_default();
            assert_eq!(text.values(), other, "{key}");
            assert!(text.both().iter().all(|t| !t.is_empty()) || key == "list.etc", "{key} is empty");
        }
    }

    #[test]
    fn texts_with_values() {
        let english = Strings::built_in(Language::English);
        let tasks = |n: usize| english.with("count.tasks", &[("n", &n)]);
        assert_eq!([tasks(0), tasks(1), tasks(2)], ["0 tasks", "1 task", "2 tasks"]);
        assert_eq!(Strings::built_in(Language::Chinese).with("count.tasks", &[("n", &1)]), "1 项");
        assert_eq!(english.text("no.such"), "no.such");
        assert_eq!(english.nearest("count.task"), Some("count.tasks"));
        assert_eq!(english.nearest("q"), None);
    }
}
