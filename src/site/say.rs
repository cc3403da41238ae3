//! 说法: what the interface calls things that are known by their kind, and its texts as HTML.

use gongwen::extract::{Answers, Relation, Responsible};
use jiff::civil::Date;

use crate::registry::Level;
use crate::strings::{Strings, Value};
use crate::vocabulary::{Kind, Role, State};

use super::html::{Markup, PreEscaped};
use super::table::printed_path;

/// The text at `key` as HTML.
pub fn html(strings: &Strings, key: &str, values: &[(&str, Value)]) -> Markup {
    let value = |name: &str| values.iter().find(|(n, _)| *n == name).map(|(_, value)| value.clone());
    PreEscaped(strings.html(key, &value))
}

/// A value of [`html`]: words, or a number.
pub fn words(value: impl std::fmt::Display) -> Value {
    Value::Words(value.to_string())
}

/// Words of documents, marked where the interface is in another language.
pub fn marked(strings: &Strings, text: &str) -> Markup {
    PreEscaped(strings.marked(text))
}

/// A kind of obligation.
pub fn kind(strings: &Strings, kind: Kind) -> &str {
    strings.text(match kind {
        Kind::Assignment => "kind.assignment",
        Kind::Target => "kind.target",
        Kind::Duty => "kind.duty",
        Kind::Commitment => "kind.commitment",
    })
}

/// The words that introduce a list of a kind.
pub fn about(strings: &Strings, kind: Kind) -> &str {
    strings.text(match kind {
        Kind::Assignment => "kind_about.assignment",
        Kind::Target => "kind_about.target",
        Kind::Duty => "kind_about.duty",
        Kind::Commitment => "kind_about.commitment",
    })
}

/// A part that organs play.
pub fn role(strings: &Strings, role: Role) -> &str {
    strings.text(match role {
        Role::Lead => "role.lead",
        Role::Support => "role.support",
        Role::Joint => "role.joint",
        Role::Implement => "role.implement",
        Role::Actor => "role.actor",
    })
}

/// A part where room is short.
pub fn short(strings: &Strings, role: Role) -> &str {
    strings.text(match role {
        Role::Lead => "role_short.lead",
        Role::Support => "role_short.support",
        Role::Joint => "role_short.joint",
        Role::Implement => "role_short.implement",
        Role::Actor => "role_short.actor",
    })
}

/// How far something has come.
pub fn state(strings: &Strings, state: State) -> &str {
    strings.text(match state {
        State::Done => "state.done",
        State::Underway => "state.underway",
        State::Unseen => "state.unseen",
    })
}

/// How a document relates to another.
pub fn relation(strings: &Strings, relation: Relation) -> &str {
    strings.text(match relation {
        Relation::Basis => "relation.basis",
        Relation::Implement => "relation.implement",
        Relation::Forward => "relation.forward",
        Relation::Issue => "relation.issue",
        Relation::Mention => "relation.mention",
        Relation::Repeal => "relation.repeal",
        Relation::Amend => "relation.amend",
    })
}

/// The level of a region.
pub fn level(strings: &Strings, level: Level) -> &str {
    strings.text(match level {
        Level::Country => "level.country",
        Level::Province => "level.province",
        Level::City => "level.city",
        Level::County => "level.county",
        Level::Township => "level.township",
    })
}

/// What says that somebody answers for the obligation at `path`.
pub fn from(strings: &Strings, of: &Responsible, path: &str) -> String {
    match (of.role, of.from.as_str()) {
        (Answers::Reply, _) => strings.text("from.reply").to_owned(),
        (_, from) if from == path => strings.text("from.clause").to_owned(),
        (_, "") => strings.text("from.text").to_owned(),
        (_, from) => strings.with("from.path", &[("path", &strings.name(from))]),
    }
}

/// A clause as it is cited; what stands outside every clause is in the text.
pub fn place(strings: &Strings, path: &str) -> String {
    if path.is_empty() { strings.text("table.text").to_owned() } else { printed_path(path) }
}

/// 2018年7月1日.
pub fn day(strings: &Strings, date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "month.1", "month.2", "month.3", "month.4", "month.5", "month.6", "month.7", "month.8", "month.9", "month.10",
        "month.11", "month.12",
    ];
    let number = usize::try_from(date.month()).unwrap_or(1);
    let month = MONTHS.get(number.saturating_sub(1)).map_or("", |key| strings.text(key));
    strings.with("date.day", &[("year", &date.year()), ("month", &month), ("day", &date.day())])
}

/// 2018年.
pub fn year(strings: &Strings, year: impl std::fmt::Display) -> String {
    strings.with("date.year", &[("year", &year)])
}
