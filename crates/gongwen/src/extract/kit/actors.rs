//! 主体: who acts, from the words before a modal word or a verb. Duties and commitments read their actors here.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::extract::kit::organ::{self, Actor, actor, places_only, shares_each, shares_head};
use crate::extract::kit::trimmed;
use crate::wordlist::{ends_with, starts_with};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    adverbs: Vec<String>,
    not_first: Vec<String>,
    names_first: Vec<String>,
    by: char,
    ask: char,
    not_by: Vec<String>,
    founds: Vec<String>,
    ends: Vec<String>,
    r#as: String,
    joins: Vec<char>,
    levels: Vec<String>,
    its: Vec<String>,
    not_its: Vec<String>,
    governments: Vec<String>,
    committees: Vec<String>,
    generic: Vec<String>,
    heads: Vec<String>,
    others: String,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::wordlist::load("actors.toml", include_str!("../../words/actors.toml")));

/// The names that the words before a verb are, where they are names of those who can act.
pub(crate) fn actors(text: &str, range: Range<usize>) -> Option<Vec<Range<usize>>> {
    let mut range = trimmed(text, range);
    // 由市民政局负责, 本办法由市民政局负责; but 自由贸易试验区管委会.
    let said = text.get(range.clone())?;
    let by = said.match_indices(WORDS.by).rfind(|(i, _)| !ends_with(&said[..*i], &WORDS.not_by));
    if let Some((i, word)) = by {
        // 建立由市民政局牵头的联席会议: who is founded acts, not by whom.
        if ends_with(&said[..i], &WORDS.founds) {
            return None;
        }
        range.start += i + word.len();
    }
    if let Some(rest) = text.get(range.clone())?.strip_prefix(WORDS.ask) {
        range = trimmed(text, range.end - rest.len()..range.end);
    }
    let said = text.get(range.clone())?;
    if let Some(at) = WORDS.ends.iter().filter_map(|w| said.find(w.as_str())).filter(|at| *at > 0).min() {
        range = trimmed(text, range.start..range.start + at);
    }
    loop {
        let said = text.get(range.clone())?;
        let Some(w) = WORDS.adverbs.iter().filter(|w| said.ends_with(w.as_str())).max_by_key(|w| w.len()) else {
            break;
        };
        range.end -= w.len();
        range = trimmed(text, range);
    }
    let said = text.get(range.clone())?;
    if said.is_empty() || (starts_with(said, &WORDS.not_first) && !starts_with(said, &WORDS.names_first)) {
        return None;
    }
    let names = split_names(text, range);
    let known = |r: &Range<usize>| actor(&text[r.clone()]) != Actor::Other;
    (!names.is_empty() && names.last().is_some_and(known) && names.iter().all(known)).then_some(names)
}

/// Splits 甲、乙和丙 into names; elements that are no names by themselves stay with the one after them that is.
fn split_names(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let said = text.get(range.clone()).unwrap_or("");
    let mut names = Vec::new();
    let mut start = range.start;
    let mut at = range.start;
    let mut depth = 0usize;
    for c in said.chars() {
        let here = at;
        at += c.len_utf8();
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            c if depth == 0 && WORDS.joins.contains(&c) && parts_names(text, start..range.end, here, at) => {
                names.push(trimmed(text, start..here));
                start = at;
            }
            _ => {}
        }
    }
    let last = trimmed(text, start..range.end);
    let tail = text.get(last.clone()).unwrap_or("");
    let tail = tail.strip_prefix(WORDS.r#as.as_str()).unwrap_or(tail);
    if !tail.is_empty() {
        let start = last.end - tail.len();
        names.push(start..start + without_others(tail).len());
    }
    names
}

/// True where the 、 or 和 at `here..after` parts two names of the list that `rest` still is.
fn parts_names(text: &str, rest: Range<usize>, here: usize, after: usize) -> bool {
    let before = text.get(rest.start..here).unwrap_or("").trim();
    let following = text.get(after..rest.end).unwrap_or("").trim();
    // 人力资源和社会保障部门, 民政、卫生计生部门: the head word comes last.
    if actor(before) == Actor::Other || ends_with(before, &WORDS.levels) {
        return false;
    }
    // 各级党委和政府; 县级以上人民政府及其有关部门; 消防救援等部门和机构.
    let whole = text.get(rest).is_some_and(|t| organ::is_set_phrase(t.trim()));
    let its = starts_with(following, &WORDS.its) && !starts_with(following, &WORDS.not_its);
    if whole || its || WORDS.generic.iter().any(|w| w == following) {
        return false;
    }
    // 各区党委和政府: of what the government is, only the committee says.
    let next = following.split(WORDS.joins.as_slice()).next().unwrap_or(following);
    if WORDS.governments.iter().any(|w| w == next) && ends_with(before, &WORDS.committees) {
        return false;
    }
    // 有关省、市、自治区: one 有关 stands before all.
    let first = following.split(WORDS.joins.as_slice()).next().unwrap_or(following);
    // 省、地、县: levels of government, which nothing but their marks part.
    let level = |n: &str| places_only(n) && organ::unsaid(n);
    if organ::places_on(before, first) || level(before) && level(first) {
        return false;
    }
    // 各市、县（市、区）人民政府 and 发展改革、公安、财政等部门 have one head.
    let mut depth = 0usize;
    let mut next = following.split(|c| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && WORDS.joins.contains(&c)
    });
    let next = next.next().unwrap_or("");
    let places = places_only(before) && shares_head(next) && !organ::own_head(next);
    let last = before.rsplit(WORDS.joins.as_slice()).next().unwrap_or(before);
    let government = WORDS.governments.iter().any(|w| w == last);
    let bare = organ::is_bare_word(last) && !government && ends_with(following, &WORDS.heads);
    !(places || bare || shares_each(before, next))
}

/// 市地税局 of 市地税局等部门, 红十字会 of 红十字会等; 财政、民政等部门 is one name.
fn without_others(name: &str) -> &str {
    let Some((stem, class)) = name.rsplit_once(WORDS.others.as_str()) else { return name };
    let named = actor(stem) == Actor::Organ && !stem.contains('、');
    let others = class.is_empty() || organ::acts(class) && !organ::is_bare_word(stem);
    if named && others { stem } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_acts() {
        let table: &[(&str, &[&str])] = &[
            ("市民政局", &["市民政局"]),
            ("由市民政局、市财政局", &["市民政局", "市财政局"]),
            ("商务部", &["商务部"]),
            ("请各牵头单位", &["各牵头单位"]),
            ("所在区人民政府", &["所在区人民政府"]),
            ("各地方", &["各地方"]),
            ("区委区政府督查室", &["区委区政府督查室"]),
            ("按照权限分别由市、区人民政府", &["市、区人民政府"]),
            ("商市财政局", &[]),
            ("自然资源和规划部门", &["自然资源和规划部门"]),
            ("自市民政局", &[]),
            ("各市、县（市、区）人民政府", &["各市、县（市、区）人民政府"]),
            ("各盟行政公署、市人民政府和自治区有关部门", &["各盟行政公署、市人民政府", "自治区有关部门"]),
            ("各区党委和政府", &["各区党委和政府"]),
            ("各乡镇党委、政府和县直有关部门", &["各乡镇党委、政府", "县直有关部门"]),
            ("市、县和有关部门", &["市、县", "有关部门"]),
            ("各区县和开发区管委会", &["各区县", "开发区管委会"]),
            ("市人力资源和社会保障局和市民政局", &["市人力资源和社会保障局", "市民政局"]),
            ("有关省、市、自治区", &["有关省、市、自治区"]),
            ("各相关省份", &["各相关省份"]),
            ("各行业主管部门、各属地", &["各行业主管部门", "各属地"]),
            ("建立由市民政局", &[]),
            ("由市农业农村局会同相关部门", &["市农业农村局"]),
            ("地方政府特别是市级政府", &["地方政府"]),
            ("国家机关、社会团体、企业事业单位和其他组织", &["国家机关", "社会团体", "企业事业单位", "其他组织"]),
            ("收费标准", &[]),
            ("", &[]),
        ];
        for (text, expected) in table {
            let got: Vec<&str> =
                actors(text, 0..text.len()).unwrap_or_default().into_iter().map(|r| &text[r]).collect();
            assert_eq!(&got, expected, "{text}");
        }
    }
}
