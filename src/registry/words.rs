//! `words.toml`: the words around the names of organs, ready to be looked up.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use super::region::Level;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    units: HashSet<String>,
    unit_ends: Vec<String>,
    selves: Vec<String>,
    self_ends: Vec<String>,
    coordination: Vec<String>,
    department_heads: Vec<String>,
    modifiers: Vec<String>,
    class: ClassTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassTable {
    open: Vec<String>,
    joints: Vec<String>,
    quantifiers: HashSet<String>,
    departments: Vec<String>,
    units: Vec<String>,
    governments: Vec<String>,
    places: Vec<String>,
    not_organs: Vec<String>,
    levels: BTreeMap<String, Vec<String>>,
}

/// What a word does in a phrase such as 各县（市、区）卫生健康行政部门.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Leaves open which organs are meant; true where it shows that several may be.
    Open(bool),
    /// 县（市、区）, 省级.
    Levels(Vec<Level>),
    /// 部门.
    Departments,
    /// 单位, 机构.
    Units,
    /// 人民政府.
    Governments,
    /// 各地.
    Places,
}

/// The words, indexed.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    units: HashSet<String>,
    unit_ends: Vec<String>,
    selves: Vec<String>,
    self_ends: Vec<String>,
    pub(super) coordination: Vec<String>,
    department_heads: Vec<String>,
    modifiers: Vec<String>,
    pub(super) class: HashMap<String, Word>,
    pub(super) not_organs: Vec<String>,
}

impl Words {
    /// Reads `words.toml`.
    pub(super) fn read(text: &str) -> Result<Words, toml::de::Error> {
        let table: Table = toml::from_str(text)?;
        let c = table.class;
        let mut class = HashMap::new();
        for word in c.joints {
            class.insert(word, Word::Open(false));
        }
        for word in c.open {
            let quantifier = c.quantifiers.contains(&word);
            class.insert(word, Word::Open(quantifier));
        }
        for (levels, words) in &c.levels {
            let levels: Vec<Level> = levels.split(' ').filter_map(Level::from_name).collect();
            class.extend(words.iter().map(|w| (w.clone(), Word::Levels(levels.clone()))));
        }
        for word in &table.modifiers {
            class.insert(word.clone(), Word::Open(false));
        }
        class.extend(c.departments.into_iter().map(|w| (w, Word::Departments)));
        class.extend(c.units.into_iter().map(|w| (w, Word::Units)));
        class.extend(c.governments.into_iter().map(|w| (w, Word::Governments)));
        class.extend(c.places.into_iter().map(|w| (w, Word::Places)));
        let mut modifiers = table.modifiers;
        modifiers.sort_by_key(|m| std::cmp::Reverse(m.len()));
        Ok(Words {
            units: table.units,
            unit_ends: table.unit_ends,
            selves: table.selves,
            self_ends: table.self_ends,
            coordination: table.coordination,
            department_heads: table.department_heads,
            modifiers,
            class,
            not_organs: c.not_organs,
        })
    }

    /// True where `rest`, after the name of an organ, names a unit inside it. `sparse` organs (人民政府, 党委) have
    /// only the listed units; ministries also have 局.
    pub(super) fn is_unit(&self, rest: &str, sparse: bool, ministry: bool) -> bool {
        self.units.contains(rest)
            || (!sparse
                && rest.chars().nth(1).is_some()
                && rest.chars().nth(14).is_none()
                && !rest.contains(['（', '）', '、', '，', '/'])
                && (self.unit_ends.iter().any(|end| rest.ends_with(end.as_str())) || ministry && rest.ends_with('局')))
    }

    /// The end of 我委, 本局 where `text` is such a word.
    pub(super) fn speaker<'a>(&self, text: &'a str) -> Option<&'a str> {
        let rest = self.selves.iter().find_map(|s| text.strip_prefix(s.as_str()))?;
        self.self_ends.iter().any(|e| e == rest).then_some(rest)
    }

    /// 卫生健康 of 卫生健康行政主管部门.
    pub(super) fn before_department<'a>(&self, text: &'a str) -> Option<&'a str> {
        let mut word = self.department_heads.iter().find_map(|h| text.strip_suffix(h.as_str()))?;
        while let Some(shorter) = self.modifiers.iter().find_map(|m| word.strip_suffix(m.as_str())) {
            word = shorter;
        }
        (!word.is_empty()).then_some(word)
    }
}
