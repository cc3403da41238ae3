//! 标签: 责任单位：, 完成时限： and the like, which are also the headings of a task table's columns. The words are in
//! `words/task_labels.toml`; both the reader that rebuilds broken tables and the extractors ask here.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::wordlist::{Table, classed};

/// What a label or a column of a task table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Label {
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
    /// True where what follows says who does something or by when: 责任单位：, 完成时限：, 责任人：.
    pub(crate) fn assigns(self) -> bool {
        use Label::*;
        matches!(self, Lead | Support | Implement | Responsible | Due | Person)
    }
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

/// 责任单位, 完成时限 …
pub(crate) static LABELS: LazyLock<Table<Label>> = LazyLock::new(|| {
    let w: LabelWords = crate::wordlist::load("task_labels.toml", include_str!("words/task_labels.toml"));
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

/// The label that stands at byte `at` with its colon, and the byte after the colon. A bracket may stand between:
/// 责任单位（列第一位的为牵头单位）：.
pub(crate) fn label_at(text: &str, at: usize) -> Option<(Label, usize)> {
    /// Longest bracket, in bytes.
    const REMARK: usize = 90;
    let (label, len) = LABELS.at(text, at)?;
    let after = text.get(at + len..)?;
    let mut rest = after.trim_start();
    if rest.starts_with(['（', '('])
        && let Some((close, c)) =
            rest.char_indices().take_while(|(i, _)| *i <= REMARK).find(|(_, c)| "）)".contains(*c))
    {
        rest = rest[close + c.len_utf8()..].trim_start();
    }
    let colon = rest.chars().next().filter(|c| matches!(c, '：' | ':'))?;
    Some((label, at + len + (after.len() - rest.len()) + colon.len_utf8()))
}

/// The label at byte `at` with its colon, or with the wide gap that stands for one on a line of labels: 责任单位　市教育局.
pub(crate) fn head_at(text: &str, at: usize) -> Option<(Label, usize)> {
    label_at(text, at).or_else(|| {
        let (label, len) = LABELS.at(text, at).filter(|(l, _)| l.assigns())?;
        let rest = text.get(at + len..)?.strip_prefix('\u{3000}')?;
        // 责任单位　完成时限 are the names of columns.
        let value = LABELS.at(rest, 0).is_none_or(|(l, _)| !l.assigns());
        let spelled = text[at..at + len].chars().nth(3).is_some();
        (value && spelled && !rest.is_empty()).then_some((label, text.len() - rest.len()))
    })
}

/// What a column of this name holds.
pub(crate) fn kind(name: &str) -> Option<Label> {
    let bare = without_bracket(name);
    LABELS
        .exactly(name)
        .or_else(|| LABELS.exactly(bare))
        .or_else(|| (bare.chars().count() <= 10).then(|| LABELS.ending(bare)).flatten())
        .map(|(label, _)| label)
        .or_else(|| and_others(bare))
}

/// 配合部门及团场: a label, and others who are with those that it names.
fn and_others(name: &str) -> Option<Label> {
    let (at, join) = name.char_indices().find(|(_, c)| matches!(c, '及' | '和' | '与' | '、'))?;
    let others = &name[at + join.len_utf8()..];
    let known = LABELS.exactly(&name[..at]).map(|(label, _)| label).filter(|l| l.assigns());
    known.filter(|_| !others.is_empty() && LABELS.exactly(others).is_none() && LABELS.ending(others).is_none())
}

/// How specific a column's name is: its place in the table of words.
pub(crate) fn place(name: &str) -> usize {
    LABELS.exactly(name).or_else(|| LABELS.ending(name)).map_or(0, |(_, i)| i)
}

/// A name without the bracket that ends it: 责任单位（排第一的为牵头单位）.
fn without_bracket(name: &str) -> &str {
    let open = name.ends_with(['）', ')']).then(|| name.rfind(['（', '('])).flatten();
    open.map_or(name, |at| name[..at].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        assert_eq!(label_at("责任单位 ：市民政局", 0), Some((Label::Responsible, "责任单位 ：".len())));
        let remark = "责任单位（列第一位的为牵头单位）：";
        assert_eq!(label_at(remark, 0), Some((Label::Responsible, remark.len())));
        assert_eq!(label_at("责任单位市民政局", 0), None);
        assert_eq!(kind("时间进度"), Some(Label::Due));
        assert_eq!(kind("配合部门及团场"), Some(Label::Support));
        assert_eq!(kind("市民政局"), None);
    }
}
