//! The word tables of responsibility: `roles.toml` and `labels.toml`, each word with its class, ready to be matched.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use serde::Deserialize;

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

/// What a label or a column of a task table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    Ordinal,
    Category,
    Task,
    Lead,
    Support,
    Implement,
    Responsible,
    Due,
    Person,
    Note,
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

/// A table of words with one automaton over them.
pub(super) struct Table<T> {
    automaton: Option<AhoCorasick>,
    words: Vec<(String, T)>,
}

impl<T: Copy> Table<T> {
    fn new(words: Vec<(String, T)>) -> Self {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Both)
            .build(words.iter().map(|(w, _)| w))
            .ok();
        Table { automaton, words }
    }

    /// The longest word that `text` has at byte `at`: its class and length.
    pub(super) fn at(&self, text: &str, at: usize) -> Option<(T, usize)> {
        let input = Input::new(text).range(at..).anchored(Anchored::Yes);
        let hit = self.automaton.as_ref()?.find(input)?;
        Some((self.words.get(hit.pattern().as_usize())?.1, hit.len()))
    }

    /// True where `text` holds any of the words that `of` holds true for.
    pub(super) fn occurs(&self, text: &str, of: impl Fn(T) -> bool) -> bool {
        let Some(automaton) = &self.automaton else { return false };
        automaton.find_iter(text).any(|m| self.words.get(m.pattern().as_usize()).is_some_and(|w| of(w.1)))
    }

    /// The class of the word that `text` is, and its place in the table.
    pub(super) fn exactly(&self, text: &str) -> Option<(T, usize)> {
        let i = self.words.iter().position(|(w, _)| w == text)?;
        Some((self.words[i].1, i))
    }

    /// The class of the longest word that `text` ends with, and its place in the table.
    pub(super) fn ending(&self, text: &str) -> Option<(T, usize)> {
        let ends = self.words.iter().enumerate().filter(|(_, (w, _))| text.ends_with(w.as_str()));
        ends.max_by_key(|(_, (w, _))| w.len()).map(|(i, (_, class))| (*class, i))
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

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LabelWords {
    ordinal: Vec<String>,
    category: Vec<String>,
    task: Vec<String>,
    lead: Vec<String>,
    support: Vec<String>,
    implement: Vec<String>,
    responsible: Vec<String>,
    due: Vec<String>,
    person: Vec<String>,
    note: Vec<String>,
}

fn role_words() -> RoleWords {
    toml::from_str(include_str!("roles.toml")).unwrap_or_default()
}

fn classed<T: Copy>(lists: impl IntoIterator<Item = (Vec<String>, T)>) -> Vec<(String, T)> {
    lists.into_iter().flat_map(|(words, class)| words.into_iter().map(move |w| (w, class))).collect()
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

/// 责任单位, 完成时限 …
pub(super) static LABELS: LazyLock<Table<Label>> = LazyLock::new(|| {
    let w: LabelWords = toml::from_str(include_str!("labels.toml")).unwrap_or_default();
    Table::new(classed([
        (w.ordinal, Label::Ordinal),
        (w.category, Label::Category),
        (w.task, Label::Task),
        (w.lead, Label::Lead),
        (w.support, Label::Support),
        (w.implement, Label::Implement),
        (w.responsible, Label::Responsible),
        (w.due, Label::Due),
        (w.person, Label::Person),
        (w.note, Label::Note),
    ]))
});

/// The label that stands at byte `at` with its colon, and the byte after the colon.
pub(super) fn label_at(text: &str, at: usize) -> Option<(Label, usize)> {
    let (label, len) = LABELS.at(text, at)?;
    let after = text.get(at + len..)?;
    let blank = after.len() - after.trim_start().len();
    let colon = after.trim_start().chars().next().filter(|c| matches!(c, '：' | ':'))?;
    Some((label, at + len + blank + colon.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_read() {
        assert!(toml::from_str::<RoleWords>(include_str!("roles.toml")).is_ok());
        assert!(toml::from_str::<LabelWords>(include_str!("labels.toml")).is_ok());
        assert_eq!(ROLES.at("按部门职责分别负责", 0), Some((Role::Joint, "按部门职责".len())));
        assert_eq!(label_at("责任单位 ：市民政局", 0), Some((Label::Responsible, "责任单位 ：".len())));
        assert_eq!(label_at("责任单位市民政局", 0), None);
    }
}
