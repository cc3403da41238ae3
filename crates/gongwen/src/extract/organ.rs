//! Is this name an organ's? Told from how names of organs are made, without knowing any by name.
//!
//! The words are in `organ.toml`. Which organ a name means is for the registry to say, not for this room.

use std::sync::LazyLock;

use serde::Deserialize;

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

#[derive(Default, Deserialize)]
#[serde(default)]
struct Words {
    organ: Vec<String>,
    class: Vec<String>,
    institution: Vec<String>,
    not: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(include_str!("organ.toml")).unwrap_or_default());

/// What `name` names. A trailing bracket is part of the name: 市建设局（市规划局）, 各县（市、区）, 各乡镇（街道）.
pub fn actor(name: &str) -> Actor {
    let name = name.trim();
    let bare = without_bracket(name);
    let ends =
        |words: &[String]| words.iter().filter(|w| bare.ends_with(w.as_str())).map(|w| w.len()).max().unwrap_or(0);
    let exact = |words: &[String]| words.iter().any(|w| w == name || w == bare);
    if exact(&WORDS.class) || is_places(bare) {
        return Actor::Class;
    }
    // The longest ending decides: 养老机构 over 机构, 医疗保险经办机构 over 机构.
    let not = if exact(&WORDS.not) { usize::MAX } else { ends(&WORDS.not) };
    let best = [
        (ends(&WORDS.organ), Actor::Organ),
        (ends(&WORDS.class), Actor::Class),
        (ends(&WORDS.institution), Actor::Institution),
    ]
    .into_iter()
    .max_by_key(|(len, _)| *len)
    .unwrap_or((0, Actor::Other));
    match best {
        (0, _) => Actor::Other,
        (_, Actor::Institution) => Actor::Institution,
        // A one-character ending is weak: it needs a name before it, and no longer word that denies it.
        (len, actor) if len >= not => actor,
        _ => Actor::Other,
    }
}

/// True for an organ or a class of organs.
pub fn is_organ(name: &str) -> bool {
    matches!(actor(name), Actor::Organ | Actor::Class)
}

/// 各县（市）区, 其他县（市、区）, 各市、县(市、区): places that stand for their governments.
fn is_places(bare: &str) -> bool {
    let rest = ["各", "其他", "其它", "相关", "有关"].into_iter().find_map(|p| bare.strip_prefix(p));
    rest.is_some_and(|r| {
        !r.is_empty() && r.chars().all(|c| "省市县区州旗盟乡镇街道地级以上设辖直和、（）()及".contains(c))
    })
}

/// `name` without a bracket that closes it.
pub(crate) fn without_bracket(name: &str) -> &str {
    let mut bare = name;
    // At most a few: 各县（市、区） has one.
    for _ in 0..3 {
        if !bare.ends_with(['）', ')', '〕', ']']) {
            break;
        }
        let mut depth = 0usize;
        let open = bare.char_indices().rev().find(|&(_, c)| {
            match c {
                '）' | ')' | '〕' | ']' => depth += 1,
                '（' | '(' | '〔' | '[' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        match open {
            Some((0, _)) | None => break,
            Some((i, _)) => bare = bare[..i].trim_end(),
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_read() {
        assert!(toml::from_str::<Words>(include_str!("organ.toml")).is_ok());
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
            ("市直各单位", Class),
            ("养老机构", Institution),
            ("基层医疗卫生机构", Institution),
            ("全市二级以上综合医院（含中医院）", Institution),
            ("申办人", Institution),
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
