//! The words of `words/roles.toml`, each with its class, ready to be matched, the roles that labels introduce, and the
//! words of `words/annotation.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::labels::Label;
use crate::wordlist::{Table, classed};

/// What a word of `roles.toml` does to the names around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Lead,
    Support,
    Joint,
    Implement,
    Responsible,
    /// Says nothing of a role but may stand between words that do.
    Neutral,
    /// 会同: parts those who lead from those who support.
    With,
    /// 列第一位者为牵头单位.
    First,
    /// 下同, 不再列出.
    Ditto,
    /// 以下均需: what follows holds for every later clause.
    Standing,
}

impl Label {
    /// The role of the names it introduces.
    pub(super) fn role(self) -> Option<Role> {
        match self {
            Label::Lead => Some(Role::Lead),
            Label::Support => Some(Role::Support),
            Label::Implement => Some(Role::Implement),
            Label::Responsible => Some(Role::Responsible),
            _ => None,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RoleWords {
    lead: Vec<String>,
    support: Vec<String>,
    joint: Vec<String>,
    implement: Vec<String>,
    responsible: Vec<String>,
    neutral: Vec<String>,
    transitive: Vec<String>,
    with: Vec<String>,
    first: Vec<String>,
    ditto: Vec<String>,
    standing: Vec<String>,
}

fn role_words() -> RoleWords {
    crate::wordlist::load("roles.toml", include_str!("../../words/roles.toml"))
}

/// 牵头, 配合, 按职责分工 …
pub(super) static ROLES: LazyLock<Table<Role>> = LazyLock::new(|| {
    let w = role_words();
    Table::new(classed([
        (w.lead, Role::Lead),
        (w.support, Role::Support),
        (w.joint, Role::Joint),
        (w.implement, Role::Implement),
        (w.responsible, Role::Responsible),
        (w.neutral, Role::Neutral),
        (w.with, Role::With),
        (w.first, Role::First),
        (w.ditto, Role::Ditto),
        (w.standing, Role::Standing),
    ]))
});

/// Words after which the task may follow: 负责资金保障.
pub(super) static TRANSITIVE: LazyLock<Table<()>> =
    LazyLock::new(|| Table::new(classed([(role_words().transitive, ())])));

/// How lists of names are written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// Words before a list that belong to no name.
    pub(super) skip: Vec<String>,
    /// Words that join two names.
    pub(super) joins: Vec<String>,
    /// Words before which a joining word is part of the name.
    pub(super) joined: Vec<String>,
    /// The character that ends a list which is not whole.
    pub(super) etc: char,
    /// Words after 等 for those who are not named.
    pub(super) others: Vec<String>,
    /// After 商: it begins a name.
    pub(super) trade: Vec<String>,
    /// After 商: it asks somebody.
    pub(super) asking: Vec<String>,
    /// After a role word: it is none.
    pub(super) noun: Vec<String>,
    /// One of these stands in every bracket that may hold organs.
    pub(super) hints: Vec<String>,
    /// Names that begin so are classes.
    pub(super) each: Vec<String>,
    /// Names of local governments begin so.
    pub(super) local: Vec<String>,
    /// Names that end so are no local governments.
    pub(super) offices: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::wordlist::load("annotation.toml", include_str!("../../words/annotation.toml")));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_read() {
        assert_eq!(ROLES.at("按部门职责分别负责", 0), Some((Role::Joint, "按部门职责".len())));
    }
}
