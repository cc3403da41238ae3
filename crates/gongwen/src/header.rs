//! 标签: what the labels say that sites print about a document (索引号, 发文机关, 成文日期), in a table, on lines or in
//! brackets. The labels and the fields are in `words/labels.toml`.
//!
//! What a label means is decided here for every format: the tables of a text, those of a page, and what a file states
//! about its document outside the text.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::wordlist::load;

/// What the value beside a label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// 索引号.
    IndexNo,
    /// 发文字号.
    Number,
    /// 发文机关.
    Issuer,
    /// 发布机构.
    Publisher,
    /// 成文日期.
    Date,
    /// 发布日期.
    Published,
    /// 标题.
    Title,
    /// 信息公开形式.
    Disclosure,
    /// 有效性.
    Validity,
    /// Something that no field of the metadata holds.
    Other,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    index_no: Vec<String>,
    number: Vec<String>,
    issuer: Vec<String>,
    publisher: Vec<String>,
    date: Vec<String>,
    published: Vec<String>,
    title: Vec<String>,
    disclosure: Vec<String>,
    validity: Vec<String>,
    other: Vec<String>,
}

static LABELS: LazyLock<HashMap<String, Field>> = LazyLock::new(|| {
    let w: Words = load("labels.toml", include_str!("words/labels.toml"));
    let lists = [
        (w.other, Field::Other),
        (w.index_no, Field::IndexNo),
        (w.number, Field::Number),
        (w.issuer, Field::Issuer),
        (w.publisher, Field::Publisher),
        (w.date, Field::Date),
        (w.published, Field::Published),
        (w.title, Field::Title),
        (w.disclosure, Field::Disclosure),
        (w.validity, Field::Validity),
    ];
    lists.into_iter().flat_map(|(words, field)| words.into_iter().map(move |w| (w, field))).collect()
});

/// A label is at most this long, with the spaces that spread it.
const CHARS: usize = 20;

/// What the label `text` says, its spaces, colon and brackets aside; `None` where it is no label.
pub(crate) fn field(text: &str) -> Option<Field> {
    if text.is_empty() || text.chars().nth(CHARS).is_some() {
        return None;
    }
    LABELS.get(&bare(text)).copied()
}

/// True for a line of 抄送 or 抄报, whose label may be spread: 抄 报：.
pub(crate) fn is_copied(text: &str) -> bool {
    let head: String = text.chars().take(8).filter(|c| !c.is_whitespace()).take(3).collect();
    matches!(head.as_str(), "抄送：" | "抄报：" | "分送：" | "抄送:" | "抄报:")
}

/// True for a line of 联系人, whose label may be spread, and whose names one space parts: 联 系 人：郑洁 张晓东.
pub(crate) fn is_contact(text: &str) -> bool {
    let inner = text.trim_start_matches(['（', '(']);
    let head: String = inner.chars().take(12).filter(|c| !c.is_whitespace()).take(4).collect();
    matches!(head.as_str(), "联系人：" | "联系人:")
}

/// The letters of a label: 索引号 of [索 引 号]：.
fn bare(text: &str) -> String {
    let frame = |c: char| c.is_whitespace() || matches!(c, '：' | ':' | '[' | ']' | '【' | '】' | '［' | '］');
    text.chars().filter(|c| !frame(*c)).collect()
}

/// A label that shows itself as one, by a colon or brackets: 索引号：, [发文机构], 【发布文号】.
pub(crate) fn marked(text: &str) -> Option<Field> {
    let text = text.trim();
    let colon = text.ends_with(['：', ':']);
    let bracket =
        text.starts_with(['[', '【', '［']) && text.trim_end_matches(['：', ':']).ends_with([']', '】', '］']);
    if colon || bracket { field(text) } else { None }
}

/// The label that `text` begins with (标　题：, 【发布文号】), what it says, and the bytes up to its end.
pub(crate) fn label_at(text: &str) -> Option<(Field, usize)> {
    let opened = text.starts_with(['[', '【', '［']);
    let ends = |c: char| matches!(c, '：' | ':') || (opened && matches!(c, ']' | '】' | '］'));
    let (at, c) = text.char_indices().take(CHARS + 1).find(|(_, c)| ends(*c))?;
    let mut end = at + c.len_utf8();
    let found = field(&text[..end])?;
    if opened && !matches!(c, '：' | ':') {
        let rest = text[end..].trim_start();
        if rest.starts_with(['：', ':']) {
            end = text.len() - rest.len() + rest.chars().next().map_or(0, char::len_utf8);
        }
    } else if opened {
        // 【字体：大 中 小】 is one piece: the bracket closes after the value.
        let close = text[end..].chars().next().filter(|c| matches!(c, ']' | '】' | '］'))?;
        end += close.len_utf8();
    }
    Some((found, end))
}

/// The bytes of a label in brackets at the start of `text`, whatever it says: 【文件来源】海州市民政局. Among labels that are
/// known it is one too.
pub(crate) fn framed_at(text: &str) -> Option<usize> {
    let close = match text.chars().next()? {
        '【' => '】',
        '[' => ']',
        '［' => '］',
        _ => return None,
    };
    let (at, _) = text.char_indices().take(CHARS).find(|(_, c)| *c == close)?;
    let end = at + close.len_utf8();
    (!text[end..].trim().is_empty() && !text[end..].contains(close)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_every_style() {
        for (text, expected) in [
            ("索 引 号：", Some(Field::IndexNo)),
            ("[发文机构]", Some(Field::Issuer)),
            ("【发布文号】", Some(Field::Number)),
            ("标　题:", Some(Field::Title)),
            ("主题分类", Some(Field::Other)),
            ("海州市民政局", None),
            ("", None),
        ] {
            assert_eq!(field(text), expected, "{text}");
        }
        assert_eq!(label_at("发布时间：2023-07-21"), Some((Field::Published, "发布时间：".len())));
        assert_eq!(label_at("【时效性】现行有效"), Some((Field::Validity, "【时效性】".len())));
        assert_eq!(label_at("【字体：大 中 小】"), None);
        assert_eq!(marked("主题分类"), None);
        assert_eq!(framed_at("【文件出处】海州市民政局"), Some("【文件出处】".len()));
        assert_eq!(framed_at("【文件出处】"), None);
        assert_eq!(framed_at("文件出处】海州市民政局"), None);
    }
}
