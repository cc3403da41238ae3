//! 页首: what a page says about its document outside the text: the title, 索引号…发文字号, `<meta>`.

use std::collections::BTreeMap;

use super::dom::{ROOT, Tree};
use super::flow::{Content, Unit};
use super::sites::SITES;
use crate::chars::is_cjk;
use crate::header::{self, Field};
use crate::number::DocumentNumber;
use crate::piece::Style;
use crate::{date, words};

/// A label and its value, as a page prints them.
pub(super) struct Labelled {
    /// The label, without its colon.
    pub(super) label: String,
    /// The value.
    pub(super) value: String,
    /// The byte of the page at which the unit begins that prints them.
    pub(super) at: usize,
}

/// What stands before a document, and which units it was taken from.
#[derive(Default)]
pub(super) struct Head {
    /// 索引号, 发文机关, 成文日期 …
    pub(super) labels: Vec<Labelled>,
    /// The unit that is the title, where the text itself prints none.
    pub(super) title: Option<usize>,
    /// The unit that is the document's number, on a line of its own.
    pub(super) number: Option<usize>,
    /// By unit: true where it was used, or says again what the text says.
    pub(super) taken: Vec<bool>,
}

/// A line of labels is no longer than this, in characters.
const LINE: usize = 400;
/// A value is no longer than this, in characters.
const VALUE: usize = 200;
/// A title stands at most this many paragraphs before the text.
const NEAR: usize = 8;
/// The text prints its title within this many characters.
const OPENING: usize = 800;

/// Reads what stands before the text: outside of it, or within where a page does not part the two.
pub(super) fn read(units: &[Unit], stated: Option<&str>) -> Head {
    let mut head = Head { taken: vec![false; units.len()], ..Head::default() };
    let begins = units.iter().position(|u| u.inside && is_text(u)).unwrap_or(units.len());
    let outside: Vec<usize> =
        (0..units.len()).filter(|i| !units[*i].furniture && (!units[*i].inside || *i < begins)).collect();
    for (n, &i) in outside.iter().enumerate() {
        let next = outside.get(n + 1).map(|&next| &units[next]).filter(|next| next.inside == units[i].inside);
        let (found, and_next) = labels(&units[i], next);
        if found.is_empty() {
            continue;
        }
        head.taken[i] = true;
        if and_next && let Some(&next) = outside.get(n + 1) {
            head.taken[next] = true;
        }
        for labelled in found {
            let known = head.labels.iter().any(|l| l.label == labelled.label);
            if !known && !labelled.value.is_empty() && !SITES.is_page_label(&labelled.label) {
                head.labels.push(labelled);
            }
        }
    }
    let first = units.iter().position(|u| u.inside).unwrap_or(units.len());
    let day = outside.iter().filter(|i| first.saturating_sub(NEAR) <= **i && **i < first && !head.taken[**i]);
    let mut day = day.filter_map(|&i| match &units[i].content {
        Content::Paragraph(text, _) => last_day(text).map(|d| (i, d)),
        _ => None,
    });
    if let Some((i, value)) = day.next_back()
        && !head.labels.iter().any(|l| l.label.starts_with("发布"))
    {
        let labelled = Labelled { label: "发布时间".to_owned(), value, at: units[i].at };
        head.labels.push(labelled);
    }
    let opening = letters(&opening(units));
    title(units, stated, &opening, &mut head);
    let number = |i: &usize| {
        let Content::Paragraph(text, _) = &units[*i].content else { return false };
        let bare = text.trim_matches(['（', '）', '(', ')', ' ']);
        *i < first && text.chars().count() <= 40 && DocumentNumber::parse(bare).is_some()
    };
    if let Some(&i) = outside.iter().find(|i| !units[**i].inside && !head.taken[**i] && number(i)) {
        head.taken[i] = true;
        head.number = (!opening.contains(&letters(&units[i].text()))).then_some(i);
    }
    head
}

/// True where a unit is text of a document and nothing that may stand before it: a sentence, or whom it is addressed to.
fn is_text(unit: &Unit) -> bool {
    let Content::Paragraph(text, _) = &unit.content else { return matches!(unit.content, Content::Lines(_)) };
    let sentence = text.contains('。') || text.ends_with(['：', ':', '；']);
    sentence && label(text).is_none() && in_line(text, 0).is_empty()
}

/// The day and hour with which a line by the title ends: 文山教育发布 2024-06-20 18:02.
fn last_day(text: &str) -> Option<String> {
    if text.chars().count() > 60 {
        return None;
    }
    let start = text
        .rfind(|c: char| !(c.is_ascii_digit() || "-: ".contains(c)))
        .map_or(0, |i| i + text[i..].chars().next().map_or(0, char::len_utf8));
    let day = text[start..].trim();
    let (found, len) = date::date_at(day)?;
    let hour = day.get(len..)?.chars().all(|c| c.is_ascii_digit() || c == ':' || c == ' ');
    (found.is_ok() && hour && len >= 8).then(|| day.to_owned())
}

/// The title that is printed outside the text: in a heading or in one of the places that publishers have for it. Where
/// the text prints it too, it is not given twice.
fn title(units: &[Unit], stated: Option<&str>, opening: &str, head: &mut Head) {
    let stated = stated.map(letters).filter(|s| !s.is_empty());
    let mut best: Option<(usize, usize)> = None;
    let first = units.iter().position(|u| u.inside).unwrap_or(units.len());
    for (i, unit) in units.iter().enumerate() {
        let Content::Paragraph(text, style) = &unit.content else { continue };
        let own = letters(text);
        let length = own.chars().count();
        if unit.inside || unit.furniture || head.taken[i] || !(5..=160).contains(&length) {
            continue;
        }
        let as_stated = stated.as_ref().is_some_and(|s| s.starts_with(own.as_str()) || own.starts_with(s.as_str()));
        let heading = unit.title || style.heading.is_some_and(|h| h <= 2);
        if opening.contains(own.as_str()) && (as_stated || heading) {
            head.taken[i] = true;
            continue;
        }
        // A heading that the page's own name does not hold names the site.
        let named = stated.is_none() || stated.as_ref().is_some_and(|s| s.contains(own.as_str()));
        // What says 关于…的通知 right before the text is its title, in whatever it is set.
        let worded = i < first && first - i <= NEAR && words::kind_of_title(text).is_some() && unit.linked == 0;
        let rank = usize::from(as_stated) * 8
            + usize::from(heading && named) * 4
            + usize::from(worded) * 2
            + usize::from(unit.title && named);
        if rank >= 2 && best.is_none_or(|(b, _)| rank > b) {
            best = Some((rank, i));
        }
    }
    if let Some((_, i)) = best {
        head.taken[i] = true;
        head.title = Some(i);
    }
}

/// How the text begins.
fn opening(units: &[Unit]) -> String {
    let mut text = String::new();
    for unit in units.iter().filter(|u| u.inside) {
        text.push_str(&unit.text());
        if text.len() > OPENING * 4 {
            break;
        }
    }
    text.chars().take(OPENING).collect()
}

/// A text without white space and punctuation, to compare titles by.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The labels that a unit prints, and whether the value of the last is the unit after it.
fn labels(unit: &Unit, next: Option<&Unit>) -> (Vec<Labelled>, bool) {
    match &unit.content {
        Content::Table(sheet) => {
            let cells: Vec<&str> = sheet.rows.iter().flatten().map(|c| c.text.as_str()).collect();
            let mut found = Vec::new();
            let mut i = 0;
            while i < cells.len() {
                if let Some(label) = label(cells[i]) {
                    let value = cells.get(i + 1).copied().filter(|v| self::label(v).is_none());
                    i += usize::from(value.is_some());
                    found.push(Labelled { label, value: clean(value.unwrap_or("")), at: unit.at });
                } else {
                    found.extend(in_line(cells[i], unit.at));
                }
                i += 1;
            }
            (found, false)
        }
        Content::Paragraph(text, _) | Content::Lines(text) => {
            if text.chars().count() > LINE {
                return (Vec::new(), false);
            }
            if let Some(label) = label(text) {
                let value = next.filter(|n| !is_title_of(n, &label)).map(Unit::text);
                let value = value.filter(|v| in_line(v, 0).is_empty() && self::label(v).is_none());
                let value = value.filter(|v| v.chars().count() <= VALUE);
                let colon = text.trim_end().ends_with([':', '：']);
                return match value {
                    Some(value) => (vec![Labelled { label, value: clean(&value), at: unit.at }], true),
                    None if colon => (vec![Labelled { label, value: String::new(), at: unit.at }], false),
                    None => (Vec::new(), false),
                };
            }
            // [发文机构] 某市人民政府: the bracket marks the label where no colon does.
            if text.starts_with(['[', '【', '［'])
                && let Some((label, len)) = label_at(text)
                && !text[len..].contains(['。', '：', ':', '[', '【', '［'])
            {
                return (vec![Labelled { label, value: clean(&text[len..]), at: unit.at }], false);
            }
            (in_line(text, unit.at), false)
        }
    }
}

/// True where what comes after a label is no value of it but the title of the document: a script was to fill it in.
fn is_title_of(unit: &Unit, label: &str) -> bool {
    let Content::Paragraph(text, style) = &unit.content else { return true };
    let field = header::field(label);
    let heading = unit.title || style.heading.is_some_and(|h| h <= 2);
    let worded = words::kind_of_title(text).is_some() && !matches!(field, Some(Field::Other) | None);
    (heading || worded) && field != Some(Field::Title)
}

/// The label that is all of `text`, with or without its colon.
fn label(text: &str) -> Option<String> {
    let bare = text.trim().trim_end_matches([':', '：']);
    if bare.is_empty() || bare.chars().count() > 20 {
        return None;
    }
    let with = format!("{bare}：");
    let (label, len) = label_at(&with)?;
    (len == with.len()).then_some(label)
}

/// The label before the first colon of `text` and the bytes up to the end of the colon: one that documents have, or one
/// that pages have.
fn label_at(text: &str) -> Option<(String, usize)> {
    let bare = |label: &str| -> String {
        label.chars().filter(|c| !c.is_whitespace() && !"[]［］【】：:".contains(*c)).collect()
    };
    if let Some((_, len)) = crate::header::label_at(text) {
        let name = bare(&text[..len]);
        return Some((SITES.alias(&name).map_or(name, str::to_owned), len));
    }
    let (colon, c) = text.char_indices().take(20).find(|(_, c)| matches!(c, '：' | ':'))?;
    let name = bare(&text[..colon]);
    let label = SITES.alias(&name).map(str::to_owned).or_else(|| SITES.is_page_label(&name).then_some(name))?;
    Some((label, colon + c.len_utf8()))
}

/// The labels and values of a line: 来源：某网　发布时间：2020-01-02.
fn in_line(text: &str, at: usize) -> Vec<Labelled> {
    /// A label with its spaces is no longer than this, in characters.
    const WIDTH: usize = 16;
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for (colon, c) in text.char_indices().filter(|(_, c)| matches!(c, '：' | ':')) {
        let end = colon + c.len_utf8();
        let floor = found.last().map_or(0, |(_, end, _)| *end);
        let starts = text[floor..colon].char_indices().rev().take(WIDTH).map(|(i, _)| floor + i);
        let label = starts.filter(|start| !text[*start..].starts_with(char::is_whitespace)).filter_map(|start| {
            let (label, len) = label_at(&text[start..])?;
            let whole = SITES.is_page_label(&label) || !is_cut(&text[floor..start], floor > 0);
            (start + len == end && whole).then_some((start, end, label))
        });
        found.extend(label.last());
    }
    let mut labels = Vec::new();
    for (i, (_, end, label)) in found.iter().enumerate() {
        let until = found.get(i + 1).map_or(text.len(), |(start, ..)| *start);
        labels.push(Labelled { label: label.clone(), value: clean(&text[*end..until]), at });
    }
    // A sentence that has a label in it is no line of labels.
    if found.first().is_some_and(|(start, ..)| text[..*start].contains(['。', '，', '；'])) {
        labels.clear();
    }
    labels
}

/// True where what stands before a label is the first part of it: 实施 before 日期, 单位 before 名称. A value may run into
/// the label after it.
fn is_cut(before: &str, is_value: bool) -> bool {
    let run = before.trim_end_matches(is_cjk);
    let length = before[run.len()..].chars().count();
    (1..=4).contains(&length) && !(is_value && run.trim().is_empty())
}

/// A value without what sites put beside it.
fn clean(value: &str) -> String {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let value = value.trim_matches(|c: char| c.is_whitespace() || "|｜[]【】".contains(c));
    if matches!(value, "-" | "--" | "无" | "/") { String::new() } else { value.chars().take(VALUE).collect() }
}

/// What the page states about its document in `<meta>`, by the labels that publishers print.
pub(super) fn stated(tree: &Tree) -> Vec<(String, String)> {
    let mut best: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    for id in tree.nodes(ROOT).filter(|id| tree.tag(*id) == "meta") {
        let name = tree.attribute(id, "name").or(tree.attribute(id, "property")).unwrap_or("");
        let value = clean(tree.attribute(id, "content").unwrap_or(""));
        if let Some((label, rank)) = SITES.label(name.trim())
            && !value.is_empty()
            && best.get(label).is_none_or(|(known, _)| rank < *known)
        {
            best.insert(label, (rank, value));
        }
    }
    if !best.contains_key("标题")
        && let Some(name) = name(tree)
    {
        best.insert("标题", (usize::MAX, name));
    }
    best.into_iter().map(|(label, (_, value))| (label.to_owned(), value)).collect()
}

/// The name of the page without the site's: 关于某事的通知_通知公告_某市人民政府.
fn name(tree: &Tree) -> Option<String> {
    let title = tree.nodes(ROOT).find(|id| tree.tag(*id) == "title")?;
    let text = clean(&tree.text(title));
    let pieces = text.split(['_', '|', '｜']).flat_map(|p| p.split(" - ")).flat_map(|p| p.split("--"));
    let kind = |p: &&str| words::kind_of_title(p).is_some();
    let pieces: Vec<&str> = pieces.map(str::trim).filter(|p| !p.is_empty()).collect();
    pieces.iter().copied().find(kind).map(str::to_owned)
}

/// The style of a title that is printed outside the text.
pub(super) const TITLE: Style = Style { heading: Some(1), centred: true, bold: true };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_a_line() {
        let table: [(&str, &[(&str, &str)]); 7] = [
            (
                "发布时间：2024-03-04 10:57来源：某市民政局　浏览量：-",
                &[("发布时间", "2024-03-04 10:57"), ("来源", "某市民政局"), ("浏览量", "")],
            ),
            (
                "来源：本网 时间：2024-03-04 【字体：大 中 小】",
                &[("来源", "本网"), ("发布时间", "2024-03-04"), ("字体", "大 中 小")],
            ),
            ("索 引 号：000014349/2019-1", &[("索引号", "000014349/2019-1")]),
            ("实施日期：2024年3月4日", &[("实施日期", "2024年3月4日")]),
            ("单位名称：某局", &[]),
            ("来源：某局名称：某通知", &[("来源", "某局"), ("名称", "某通知")]),
            ("请注意，发布时间：见附件", &[]),
        ];
        for (line, expected) in table {
            let found = in_line(line, 0);
            let found: Vec<(&str, &str)> = found.iter().map(|l| (l.label.as_str(), l.value.as_str())).collect();
            assert_eq!(found, expected, "{line}");
        }
    }
}
