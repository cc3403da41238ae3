//! 词表: the endings and set phrases by which the elements of a document are told apart.
//!
//! Facts of the language of documents stand in `words/*.toml`, apart from the code that uses them. Where GB/T 9704-2012
//! or the 党政机关公文处理工作条例 lists them, the list is theirs; the rest is usage.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::chars::is_cjk;
use crate::numeral;
use crate::wordlist::load;

/// 文种, by the words that end titles.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titles {
    kinds: BTreeMap<String, String>,
}

/// The endings of names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organs {
    organ: Vec<String>,
    addressee: Vec<String>,
    last_line: Vec<String>,
}

/// How paragraphs begin that are paragraphs by what they say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Paragraphs {
    /// Closings and additions, which stand alone even where the line before is full: 特此通知.
    pub openings: Vec<String>,
    /// What closes a reply or a letter: 感谢您.
    pub closings: Vec<String>,
    /// What says why a document is made: 为贯彻.
    pub preambles: Vec<String>,
    /// What a figure at the end of a line goes on with: 24 / 小时.
    pub measures: Vec<String>,
}

static TITLES: LazyLock<Titles> = LazyLock::new(|| load("titles.toml", include_str!("words/titles.toml")));
static ORGANS: LazyLock<Organs> =
    LazyLock::new(|| load("organ_endings.toml", include_str!("words/organ_endings.toml")));
/// See [`Paragraphs`].
pub(crate) static PARAGRAPHS: LazyLock<Paragraphs> =
    LazyLock::new(|| load("paragraphs.toml", include_str!("words/paragraphs.toml")));

/// What may close a title after the word that names its kind: （试行）, （2019—2023年）, （修订） …
pub(crate) const TITLE_TAILS: &[char] = &['）', ')', '〕', '》'];

/// True where `text` ends in one of `endings`.
pub(crate) fn ends_with_any(text: &str, endings: &[impl AsRef<str>]) -> bool {
    endings.iter().any(|e| text.ends_with(e.as_ref()))
}

/// True where `text` starts with one of `openings`.
pub(crate) fn starts_with_any(text: &str, openings: &[impl AsRef<str>]) -> bool {
    openings.iter().any(|o| text.starts_with(o.as_ref()))
}

/// True where `text` ends as the name of an organ does.
pub(crate) fn ends_as_organ(text: &str) -> bool {
    ends_with_any(text, &ORGANS.organ)
}

/// True where `text` ends as those do to whom documents are addressed: organs, and classes of them.
pub(crate) fn ends_as_addressee(text: &str) -> bool {
    ends_as_organ(text) || ends_with_any(text, &ORGANS.addressee)
}

/// The 文种 of a title by the word that ends it, a closing （试行） aside.
pub(crate) fn kind_of_title(title: &str) -> Option<&'static str> {
    let mut title = title.trim_end();
    while let Some(open) = title.ends_with(TITLE_TAILS).then(|| title.rfind(['（', '(', '〔'])).flatten() {
        title = title[..open].trim_end();
    }
    let kinds = TITLES.kinds.iter().filter(|(word, _)| title.ends_with(word.as_str()));
    kinds.max_by_key(|(word, _)| word.len()).map(|(_, kind)| kind.as_str())
}

/// True where `last` is the end of a name that begins on the line `first`: neither names an organ without the other.
pub(crate) fn is_broken_name(first: &str, last: &str) -> bool {
    let whole = format!("{first}{last}");
    let begins = |c: char| "省市县区州国".contains(c);
    (6..=40).contains(&first.chars().count())
        && !is_organ_name(first)
        && ends_with_any(last, &ORGANS.last_line)
        && !last.chars().take(5).any(begins)
        && first.chars().take(6).any(begins)
        && is_organ_name(&whole)
}

/// True where `text` ends in the word that names a kind of document, whatever stands before it.
pub(crate) fn ends_as_kind(text: &str) -> bool {
    text.ends_with(TITLE_TAILS) || TITLES.kinds.keys().any(|k| text.ends_with(k.as_str()))
}

/// True where `text` could be the name of one organ: no punctuation but brackets, and an organ's ending.
pub(crate) fn is_organ_name(text: &str) -> bool {
    let count = text.chars().count();
    let plain = |c: char| is_cjk(c) && !"，。、；：？！《》“”—…".contains(c);
    // 处置工作领导小组（指挥部）: a second name in brackets.
    let open = text.ends_with('）').then(|| text.rfind('（')).flatten().filter(|at| *at > 0);
    let bare = open.map_or(text, |at| &text[..at]);
    (3..=40).contains(&count) && text.chars().all(plain) && ends_as_organ(bare) && !is_occasion(text)
}

/// 第十场新闻发布会, 第三次全体会: one of several, counted as meetings are. Bodies are counted by 届: 第十四届人民代表大会.
fn is_occasion(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('第') else { return false };
    let counted = |c: char| numeral::is_chinese_numeral(c) || c.is_ascii_digit();
    let unit = rest.trim_start_matches(counted);
    unit.len() < rest.len() && unit.starts_with(['场', '次', '期', '轮'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occasions_are_no_organs() {
        for (name, expected) in
            [("第十场新闻发布会", false), ("第3次联席会", false), ("第十四届人民代表大会", true), ("市红十字会", true)]
        {
            assert_eq!(is_organ_name(name), expected, "{name}");
        }
    }

    #[test]
    fn kinds() {
        for (title, kind) in [
            ("关于加快推进医养结合高质量发展的实施意见", Some("意见")),
            ("医疗机构医疗保障定点管理暂行办法", Some("办法")),
            ("管理实施细则（试行）", Some("细则")),
            ("强基工程实施方案(2019—2023年)", Some("方案")),
            ("对省十四届人大四次会议第115号代表建议的答复", Some("答复")),
            ("关于同意设立某区的批复", Some("批复")),
            ("中华人民共和国民法典", Some("法律")),
            ("关于某事的复函", Some("函")),
            ("某市人民政府办公室", None),
        ] {
            assert_eq!(kind_of_title(title), kind, "{title}");
        }
    }
}
