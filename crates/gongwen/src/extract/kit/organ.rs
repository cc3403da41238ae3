//! Is this name an organ's? Told from how names of organs are made, without knowing any by name.
//!
//! The words are in `words/organs.toml`. Which organ a name means is for the registry to say, not for this room.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::wordlist::{ends_with, starts_with};

/// What a name names, as far as its last words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// 机关: 市民政局, 各县（市、区）人民政府, 省残联.
    Organ,
    /// 一类机关: 各有关部门, 各地, 市直各单位.
    Class,
    /// 机构、组织、个人: 养老机构, 市第一医院, 申办人.
    Institution,
    /// Anything else.
    Other,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    organ: Vec<String>,
    class: Vec<String>,
    institution: Vec<String>,
    not: Vec<String>,
    some: Vec<String>,
    places: String,
    tiers: Vec<String>,
    levels: String,
    heads: Vec<String>,
    own_heads: Vec<String>,
    begins: Vec<String>,
    vague: Vec<String>,
    city: String,
    prefecture_offices: Vec<String>,
    city_governments: Vec<String>,
    each: Vec<String>,
    alias: Vec<String>,
    branches: Vec<String>,
    roles: Vec<String>,
    of: String,
    of_what: Vec<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::wordlist::load("organs.toml", include_str!("../../words/organs.toml")));

/// The words by their last character, so that a name is compared with few of them.
struct Endings(HashMap<char, Vec<(&'static str, Actor)>>);

static ENDINGS: LazyLock<Endings> = LazyLock::new(|| {
    let mut by_last: HashMap<char, Vec<(&'static str, Actor)>> = HashMap::new();
    for (list, actor) in [
        (&WORDS.organ, Actor::Organ),
        (&WORDS.class, Actor::Class),
        (&WORDS.institution, Actor::Institution),
        (&WORDS.not, Actor::Other),
    ] {
        for word in list {
            if let Some(last) = word.chars().next_back() {
                by_last.entry(last).or_default().push((word, actor));
            }
        }
    }
    Endings(by_last)
});

impl Endings {
    /// The words that end as `name` ends.
    fn of<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a (&'static str, Actor)> {
        name.chars().next_back().and_then(|c| self.0.get(&c)).into_iter().flatten()
    }
}

/// What `name` names. A trailing bracket is part of the name: 市建设局（市规划局）, 各县（市、区）, 各乡镇（街道）.
pub fn actor(name: &str) -> Actor {
    let name = name.trim();
    let bare = without_bracket(name);
    let class = |n: &str| ENDINGS.of(n).any(|(w, a)| *a == Actor::Class && *w == n);
    if class(name) || class(bare) || is_places(bare) {
        return Actor::Class;
    }
    // 申请人的社保购买单位 is no organ, 各设区的市级主管部门 is one.
    if let Some((whose, what)) = bare.split_once(WORDS.of.as_str())
        && ends_with(what, &WORDS.of_what)
        && ENDINGS.of(whose).any(|(w, a)| *a == Actor::Institution && whose.ends_with(w))
    {
        return Actor::Institution;
    }
    // The longest ending decides: 养老机构 over 机构, 医疗保险经办机构 over 机构. Where two are equally long, the one
    // that denies loses to 局 and 委 with a name before them, but not where it is the whole name.
    let mut best: (usize, Actor) = (0, Actor::Other);
    for (word, actor) in ENDINGS.of(bare).filter(|(w, _)| bare.ends_with(w)) {
        if *actor == Actor::Other && *word == bare {
            return Actor::Other;
        }
        let better = word.len() > best.0 || (word.len() == best.0 && rank(*actor) > rank(best.1));
        if better {
            best = (word.len(), *actor);
        }
    }
    best.1
}

/// Which of two words of one length decides.
fn rank(actor: Actor) -> u8 {
    match actor {
        Actor::Institution => 3,
        Actor::Class => 2,
        Actor::Organ => 1,
        Actor::Other => 0,
    }
}

/// True for whoever may bear a responsibility: an organ, a class of organs or an institution.
pub fn acts(name: &str) -> bool {
    actor(name) != Actor::Other
}

/// True for an organ or a class of organs.
pub fn is_organ(name: &str) -> bool {
    matches!(actor(name), Actor::Organ | Actor::Class)
}

/// 各县（市）区, 其他县（市、区）, 各市、县(市、区), 省、市、县三级: places that stand for their governments.
fn is_places(bare: &str) -> bool {
    let tiers = WORDS.tiers.iter().find_map(|t| bare.strip_suffix(t.as_str()));
    let several = tiers.is_some_and(|t| t.chars().nth(1).is_some()) || bare.contains('、');
    (several || starts_with(bare, &WORDS.some)) && places_only(tiers.unwrap_or(bare))
}

/// 各市 of 各市、县（市、区）人民政府: words for places and nothing else.
pub(crate) fn places_only(name: &str) -> bool {
    let name = without_bracket(name);
    let bare = WORDS.some.iter().find_map(|w| name.strip_prefix(w.as_str())).unwrap_or(name);
    !bare.is_empty() && bare.chars().all(|c| WORDS.places.contains(c))
}

/// True where `name` ends in a head word that may belong to the names before it as well.
pub(crate) fn shares_head(name: &str) -> bool {
    let bare = without_bracket(name);
    let head = WORDS.heads.iter().find_map(|h| bare.strip_suffix(h.as_str()));
    head.is_some_and(|h| {
        !starts_with(bare, &WORDS.begins) && !ends_with(h, &WORDS.vague) && {
            // 市民政部门 begins anew, 市（州）人民政府 goes on.
            !bare.starts_with(WORDS.city.as_str()) || h.chars().all(|c| WORDS.levels.contains(c))
        }
    })
}

/// True where neither 各 nor 有关 begins `name`.
pub(crate) fn unsaid(name: &str) -> bool {
    !starts_with(name, &WORDS.some)
}

/// 各区、县级市: one 各 stands before places of two kinds.
pub(crate) fn places_on(name: &str, next: &str) -> bool {
    let each = |n: &str| starts_with(n, &WORDS.some);
    each(name) && !each(next) && places_only(name) && places_only(next)
}

/// True where `name` ends in a head word that places before it do not share: 各区、开发区管委会.
pub(crate) fn own_head(name: &str) -> bool {
    ends_with(name, &WORDS.own_heads)
}

/// 各盟行政公署、市人民政府: 各 stands before both, for a prefecture is headed by the one or the other.
pub(crate) fn shares_each(name: &str, next: &str) -> bool {
    let offices = |n: &str| ends_with(n, &WORDS.prefecture_offices);
    let governments = |n: &str| ends_with(n, &WORDS.city_governments);
    let each = starts_with(name, &WORDS.each);
    let short = next.chars().count() <= 6;
    each && short && (offices(name) && governments(next) || governments(name) && offices(next))
}

/// True where `name` is a whole phrase of the table for a class (各级党委和政府), so that no 和 of it parts two names.
pub(super) fn is_set_phrase(name: &str) -> bool {
    ENDINGS.of(name).any(|(w, a)| *a == Actor::Class && *w == name)
}

/// True where `name` is nothing but a word of the table that other names end in: 公安, 海关, 机构.
pub(super) fn is_bare_word(name: &str) -> bool {
    ENDINGS.of(name).any(|(w, a)| *a == Actor::Organ && *w == name)
}

/// Where names that stand side by side without a mark part: 市教育局 | 市财政局. Each begins with one sign for a level, as
/// the first does, and each by itself is an organ's.
pub(crate) fn side_by_side(names: &str) -> Vec<std::ops::Range<usize>> {
    /// Shorter words (市委) are the beginning of longer names as often, in characters.
    const SHORTEST: usize = 4;
    let Some(level) = names.chars().next().filter(|c| WORDS.levels.contains(*c) && !c.is_whitespace()) else {
        return std::iter::once(0..names.len()).collect();
    };
    let whole = |part: &str| {
        part.chars().nth(SHORTEST - 1).is_some() && actor(part) == Actor::Organ && !ends_with(part, &WORDS.branches)
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in names.match_indices(level).skip(1) {
        if whole(&names[start..at]) && whole(&names[at..]) {
            parts.push(start..at);
            start = at;
        }
    }
    parts.push(start..names.len());
    parts
}

/// True for words that end by saying what those named in them do: 市能源局牵头，电网公司配合.
pub(crate) fn ends_in_role(words: &str) -> bool {
    let words = words.trim_end_matches(['。', ' ']);
    let role = WORDS.roles.iter().find_map(|w| words.strip_suffix(w.as_str()));
    role.is_some_and(|who| {
        who.split(['、', '，', ',', '；', ';']).any(|n| is_organ(n.trim()) || ends_with(n, &WORDS.roles))
    })
}

/// `name` without the bracket that gives it a short name: 市工作领导小组（以下简称领导小组）.
pub(crate) fn without_alias(name: &str) -> &str {
    let bare = without_one_bracket(name);
    let alias = WORDS.alias.iter().any(|w| name[bare.len()..].contains(w.as_str()));
    if alias { bare } else { name }
}

/// `name` without the last bracket that closes it.
fn without_one_bracket(name: &str) -> &str {
    if !name.ends_with(['）', ')', '〕', ']']) {
        return name;
    }
    let mut depth = 0usize;
    let open = name.char_indices().rev().find(|&(_, c)| {
        match c {
            '）' | ')' | '〕' | ']' => depth += 1,
            '（' | '(' | '〔' | '[' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    match open {
        Some((0, _)) | None => name,
        Some((i, _)) => name[..i].trim_end(),
    }
}

/// `name` without a bracket that closes it.
pub(crate) fn without_bracket(name: &str) -> &str {
    let mut bare = name;
    // At most a few: 各县（市、区） has one.
    for _ in 0..3 {
        bare = without_one_bracket(bare);
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_a_mark_between_them() {
        for (cell, expected) in [
            ("市教育局市财政局", vec!["市教育局", "市财政局"]),
            (
                "市人力资源社会保障局市市场监管局市城市管理局",
                vec!["市人力资源社会保障局", "市市场监管局", "市城市管理局"],
            ),
            ("市公安局市北分局", vec!["市公安局市北分局"]),
            ("区委区政府督查室", vec!["区委区政府督查室"]),
            ("市城市管理局", vec!["市城市管理局"]),
            ("民政局", vec!["民政局"]),
            ("", vec![""]),
        ] {
            let got: Vec<&str> = side_by_side(cell).into_iter().map(|r| &cell[r]).collect();
            assert_eq!(got, expected);
        }
    }

    #[test]
    fn actors() {
        use Actor::*;
        let table = [
            ("市民政局", Organ),
            ("市卫生计生委", Organ),
            ("省工信厅", Organ),
            ("市建设局（市规划局）", Organ),
            ("各县（市、区）人民政府", Organ),
            ("市委组织部", Organ),
            ("省残联", Organ),
            ("市人力资源和社会保障局", Organ),
            ("医疗保险经办机构", Organ),
            ("各相关部门", Class),
            ("各地", Class),
            ("各县（市）区", Class),
            ("其他县（市）区", Class),
            ("各县（市、区）", Class),
            ("省、地、县", Class),
            ("省、市、县三级", Class),
            ("市区两级", Class),
            ("三级", Other),
            ("各师市", Class),
            ("各团场", Class),
            ("各苏木乡镇", Class),
            ("你市", Class),
            ("市直各单位", Class),
            ("区消防救援机构", Organ),
            ("供暖单位", Institution),
            ("施工总承包单位", Institution),
            ("养老机构", Institution),
            ("基层医疗卫生机构", Institution),
            ("全市二级以上综合医院（含中医院）", Institution),
            ("申办人", Institution),
            ("申请人的社保购买单位", Institution),
            ("医疗机构的主管部门", Class),
            ("各设区的市级生态环境主管部门", Class),
            ("社会", Other),
            ("收费标准", Other),
            ("干部", Other),
            ("", Other),
        ];
        for (name, expected) in table {
            assert_eq!(actor(name), expected, "{name}");
        }
    }
}
