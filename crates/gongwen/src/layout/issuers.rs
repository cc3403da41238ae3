//! 发文机关: the names that a title or a catalogue prints one after the other.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::wordlist::load;
use crate::words;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    central: Vec<String>,
    verbs: Vec<String>,
    kinds: Vec<String>,
    meeting: String,
    assemblies: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| load("issuers.toml", include_str!("../words/issuers.toml")));

/// The organs that a title names before 关于: 中共中央 国务院关于…, 海州市人民政府令.
pub fn of_title(title: &str) -> Vec<String> {
    let verb = WORDS.verbs.iter().filter_map(|v| title.find(v.as_str())).min();
    let kind = || WORDS.kinds.iter().find_map(|k| title.strip_suffix(k.as_str())).map(str::len);
    let Some(end) = verb.filter(|at| *at > 0).or_else(kind) else { return Vec::new() };
    let mut names = listed(&title[..end]);
    let mut seen = std::collections::HashSet::new();
    names.retain(|n| seen.insert(n.clone()));
    if names.iter().all(|n| is_name(n) || is_assembly(n)) { names } else { Vec::new() }
}

/// 海州市第十五届人民代表大会第三次会议: what a congress resolves, its meeting issues.
fn is_assembly(name: &str) -> bool {
    let assembly = |w: &String| name.find(w.as_str()).is_some_and(|at| at > 0);
    name.ends_with(WORDS.meeting.as_str()) && name.chars().count() <= 40 && WORDS.assemblies.iter().any(assembly)
}

/// The names of a list, with gaps, marks or nothing between them.
pub fn listed(list: &str) -> Vec<String> {
    let parts = list.split(|c: char| c.is_whitespace() || "、，,;；".contains(c)).filter(|n| !n.is_empty());
    parts.flat_map(parted).collect()
}

fn is_name(name: &str) -> bool {
    WORDS.central.iter().any(|w| w == name) || words::is_organ_name(name)
}

/// Parts names that stand side by side: 中共中央国务院, 海州省教育厅海州省民政厅.
fn parted(glued: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = glued;
    while let Some(next) = cut(rest) {
        names.push(rest[..next].to_owned());
        rest = &rest[next..];
    }
    names.push(rest.to_owned());
    names
}

/// Where the first of several names ends: the next begins as the first one does, or is an organ of the centre.
fn cut(glued: &str) -> Option<usize> {
    let head: String = glued.chars().take(2).collect();
    let again = glued.match_indices(&head).map(|(at, _)| at).filter(|at| *at > 0);
    let central = WORDS.central.iter().filter_map(|w| glued.strip_suffix(w.as_str())).map(str::len);
    let middle = WORDS.central.iter().flat_map(|w| glued.match_indices(w.as_str())).map(|(at, _)| at);
    let places = again.chain(central).chain(middle).filter(|at| *at > 0);
    places.filter(|at| is_name(&glued[..*at]) && is_name_head(&glued[*at..])).min()
}

/// True where what follows can be a name, or several.
fn is_name_head(text: &str) -> bool {
    is_name(text) || WORDS.central.iter().any(|w| text.starts_with(w.as_str()))
}

#[cfg(test)]
mod tests {
    use super::of_title;

    #[test]
    fn issuers_of_titles() {
        for (title, expected) in [
            ("中共中央国务院关于做好某年重点工作的意见", vec!["中共中央", "国务院"]),
            ("国务院办公厅、中央军委办公厅关于某事的通知", vec!["国务院办公厅", "中央军委办公厅"]),
            ("中共中央办公厅国务院办公厅印发《方案》", vec!["中共中央办公厅", "国务院办公厅"]),
            ("海州省教育厅海州省民政厅关于某事的通知", vec!["海州省教育厅", "海州省民政厅"]),
            ("海州市人民政府办公室印发海州市方案的通知", vec!["海州市人民政府办公室"]),
            ("中华人民共和国国务院令", vec!["中华人民共和国国务院"]),
            ("关于某事的通知", vec![]),
            ("海州市第十五届人民代表大会第三次会议关于某报告的决议", vec!["海州市第十五届人民代表大会第三次会议"]),
            ("第三次会议关于某事的决议", vec![]),
            ("对市十四届人大四次会议第12号建议的答复", vec![]),
            ("海州市养老服务条例", vec![]),
            ("海州市民政局对某建议的答复", vec!["海州市民政局"]),
        ] {
            assert_eq!(of_title(title), expected, "{title}");
        }
    }
}
