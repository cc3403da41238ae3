//! The words of `words/roles.toml`, each with its class, ready to be matched, the roles that labels introduce, and the
//! words of `words/annotation.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::extract::kit::brackets;
use crate::extract::kit::organ::{acts, without_bracket};
use crate::labels::Label;
use crate::wordlist::{Table, classed, ends_with};

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
    /// 下同, 不再列出.
    Ditto,
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
    ditto: Vec<String>,
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
        (w.ditto, Role::Ditto),
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
    /// What a sentence that only says by whom may begin with.
    pub(super) this: Vec<String>,
    /// How a label begins that is spelled wrong.
    pub(super) almost: Vec<String>,
    /// Words that join two names.
    pub(super) joins: Vec<String>,
    /// Words before which a joining word is part of the name.
    pub(super) joined: Vec<String>,
    /// Before a bare 政府: one name with it.
    pub(super) committees: Vec<String>,
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
    /// Words for a body after the role that it has: 牵头单位, 责任主体.
    pub(super) bodies: Vec<String>,
    /// Words that go on with the class of bodies before 和: 有关部门和单位.
    pub(super) and_bodies: Vec<String>,
    /// Names of parks and zones, which bear responsibilities in lists and nowhere else.
    pub(super) parks: Vec<String>,
    /// Names of governments end so.
    pub(super) governments: Vec<String>,
    /// What stands before that ending in the name of the document's own government.
    pub(super) own: Vec<String>,
    /// Marks in the cells of tables.
    pub(super) marks: String,
    /// The word before whoever acts.
    pub(super) by: char,
    /// Before it: it is part of a word.
    pub(super) not_by: Vec<String>,
    /// Words that only the foot of a web page has.
    pub(super) feet: Vec<String>,
    /// Labels that the foot of a web page has as well.
    pub(super) feet_labels: Vec<String>,
    /// Words by which a rule holds in its own chapter only.
    pub(super) chapter: Vec<String>,
    /// Counters in the bracket that ends a heading.
    pub(super) counts: Vec<String>,
    /// What may follow the words of `headed`.
    pub(super) headed_things: Vec<String>,
    /// Cells that name nobody.
    pub(super) nobody: Vec<String>,
    /// How a note under a table begins.
    pub(super) notes: Vec<String>,
    /// Offices within an organ, as columns end.
    pub(super) inner: Vec<String>,
    /// Columns of those who only guide.
    pub(super) guides: Vec<String>,
    /// Words of a heading that names who leads what stands under it.
    pub(super) headed: Vec<String>,
    /// Names that begin so are classes.
    pub(super) each: Vec<String>,
    /// Names of local governments begin so.
    pub(super) local: Vec<String>,
    /// Names of towns and streets end so.
    pub(super) towns: Vec<String>,
    /// Names that end so are no local governments.
    pub(super) offices: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::wordlist::load("annotation.toml", include_str!("../../words/annotation.toml")));

/// True for whoever may bear a responsibility in a list: an organ, a class, an institution, a park. A bracket that
/// closes nothing is not looked at.
pub(super) fn bears(name: &str) -> bool {
    let name = brackets::without_strays(name);
    acts(&name) || ends_with(without_bracket(name.trim()), &WORDS.parks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_read() {
        assert_eq!(ROLES.at("按部门职责分别负责", 0), Some((Role::Joint, "按部门职责".len())));
    }
}
