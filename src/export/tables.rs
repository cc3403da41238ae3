//! 表: which tables there are and what their columns hold. `docs/data.md` describes them for those who ask them.

use jiff::civil::Date;

use super::rows;
use crate::corpus::Corpus;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text as printed, or an id.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// Yes or no.
    Truth,
    /// A day.
    Day,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is said.
    Null,
    /// See [`Kind::Text`].
    Text(String),
    /// See [`Kind::Whole`].
    Whole(i64),
    /// See [`Kind::Number`].
    Number(f64),
    /// See [`Kind::Truth`].
    Truth(bool),
    /// See [`Kind::Day`].
    Day(Date),
}

macro_rules! cells {
    ($($from:ty => $cell:expr;)+) => {
        $(impl From<$from> for Cell {
            fn from(value: $from) -> Cell {
                $cell(value)
            }
        })+
    };
}

cells! {
    &str => |text: &str| Cell::Text(text.to_owned());
    &String => |text: &String| Cell::Text(text.clone());
    String => Cell::Text;
    bool => Cell::Truth;
    f64 => Cell::Number;
    Date => Cell::Day;
    u16 => |n: u16| Cell::Whole(n.into());
    usize => |n: usize| Cell::Whole(i64::try_from(n).unwrap_or(i64::MAX));
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Null, Into::into)
    }
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// False where a row may say nothing.
    pub needed: bool,
    /// The table whose id it is.
    pub of: Option<&'static str>,
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns. A first column that is called `id` tells its rows apart.
    pub columns: &'static [Column],
    /// Columns that are asked for, beside those that name rows of other tables.
    pub indexed: &'static [&'static str],
    /// The rows of a corpus, in an order that does not change.
    pub rows: fn(&Corpus) -> Box<dyn Iterator<Item = Vec<Cell>> + '_>,
}

/// A column that every row fills.
const fn needed(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, needed: true, of: None }
}

/// A column that may be empty.
const fn maybe(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, needed: false, of: None }
}

/// A column that names a row of another table.
const fn of(name: &'static str, table: &'static str) -> Column {
    Column { name, kind: Kind::Text, needed: true, of: Some(table) }
}

/// A column that may name a row of another table.
const fn maybe_of(name: &'static str, table: &'static str) -> Column {
    Column { needed: false, ..of(name, table) }
}

use Kind::{Day, Number, Text, Truth, Whole};

/// All tables; each names only rows of those before it.
pub const TABLES: &[Table] = &[
    Table {
        name: "regions",
        columns: &[
            needed("id", Text),
            needed("name", Text),
            needed("level", Text),
            maybe("parent", Text),
            needed("url", Text),
        ],
        indexed: &["name"],
        rows: rows::regions,
    },
    Table {
        name: "documents",
        columns: &[
            needed("id", Text),
            needed("title", Text),
            maybe("number", Text),
            maybe("kind", Text),
            needed("issuers", Text),
            maybe("date", Day),
            maybe("published", Day),
            maybe_of("region", "regions"),
            maybe("index_no", Text),
            maybe("disclosure", Text),
            maybe("attached_title", Text),
            needed("title_inferred", Truth),
            maybe("stated_validity", Text),
            maybe("source", Text),
            maybe("source_sha256", Text),
            needed("url", Text),
        ],
        indexed: &["number", "date", "kind"],
        rows: rows::documents,
    },
    Table {
        name: "clauses",
        columns: &[
            needed("id", Whole),
            of("document", "documents"),
            needed("path", Text),
            needed("number", Text),
            maybe("title", Text),
            needed("text", Text),
            needed("url", Text),
        ],
        indexed: &[],
        rows: rows::clauses,
    },
    Table {
        name: "organs",
        columns: &[
            needed("id", Text),
            needed("name", Text),
            needed("sector", Text),
            maybe_of("region", "regions"),
            needed("url", Text),
        ],
        indexed: &["name", "sector"],
        rows: rows::organs,
    },
    Table {
        name: "organ_names",
        columns: &[of("organ", "organs"), needed("name", Text), maybe("since", Whole), maybe("until", Whole)],
        indexed: &["name"],
        rows: rows::organ_names,
    },
    Table {
        name: "successions",
        columns: &[
            of("organ", "organs"),
            needed("successor", Text),
            needed("successor_name", Text),
            needed("year", Whole),
            maybe("part", Text),
        ],
        indexed: &["successor"],
        rows: rows::successions,
    },
    Table {
        name: "obligations",
        columns: &[
            needed("id", Text),
            needed("kind", Text),
            of("document", "documents"),
            needed("path", Text),
            maybe("title", Text),
            needed("text", Text),
            maybe("annotation", Text),
            maybe("modal", Text),
            needed("open_ended", Truth),
            maybe("due", Day),
            needed("sure", Truth),
            needed("url", Text),
        ],
        indexed: &["kind", "due"],
        rows: rows::obligations,
    },
    Table {
        name: "roles",
        columns: &[
            of("obligation", "obligations"),
            needed("role", Text),
            needed("name", Text),
            maybe_of("organ", "organs"),
            needed("printed", Truth),
            maybe("said_at", Text),
        ],
        indexed: &["role", "name"],
        rows: rows::roles,
    },
    Table {
        name: "indicators",
        columns: &[
            of("obligation", "obligations"),
            needed("text", Text),
            needed("op", Text),
            needed("value", Number),
            needed("unit", Text),
        ],
        indexed: &["unit"],
        rows: rows::indicators,
    },
    Table {
        name: "deadlines",
        columns: &[
            of("obligation", "obligations"),
            of("document", "documents"),
            maybe("text", Text),
            maybe("last_day", Day),
            maybe("edtf", Text),
            needed("inherited", Truth),
            needed("open", Truth),
        ],
        indexed: &["last_day"],
        rows: rows::deadlines,
    },
    Table {
        name: "instruments",
        columns: &[
            needed("id", Text),
            maybe("title", Text),
            maybe("number", Text),
            needed("issuers", Text),
            needed("issuers_inferred", Truth),
            maybe("year", Whole),
            maybe_of("document", "documents"),
            maybe("effective", Day),
            maybe("expires", Day),
            needed("url", Text),
        ],
        indexed: &["title", "number"],
        rows: rows::instruments,
    },
    Table {
        name: "citations",
        columns: &[
            of("document", "documents"),
            of("instrument", "instruments"),
            needed("relation", Text),
            needed("path", Text),
        ],
        indexed: &["relation"],
        rows: rows::citations,
    },
    Table {
        name: "repeals",
        columns: &[
            of("instrument", "instruments"),
            of("document", "documents"),
            needed("path", Text),
            maybe("since", Day),
        ],
        indexed: &[],
        rows: rows::repeals,
    },
    Table {
        name: "replies",
        columns: &[
            of("document", "documents"),
            maybe("session", Text),
            maybe("proposal_no", Text),
            maybe("proposal_title", Text),
            needed("and_others", Truth),
        ],
        indexed: &["proposal_no"],
        rows: rows::replies,
    },
    Table {
        name: "deputies",
        columns: &[of("reply", "documents"), needed("name", Text)],
        indexed: &["name"],
        rows: rows::deputies,
    },
    Table {
        name: "topics",
        columns: &[needed("id", Text), needed("listed_with", Text), needed("url", Text)],
        indexed: &[],
        rows: rows::topics,
    },
    Table {
        name: "topic_clauses",
        columns: &[of("topic", "topics"), of("document", "documents"), needed("path", Text), needed("evidence", Text)],
        indexed: &["evidence"],
        rows: rows::topic_clauses,
    },
    Table {
        name: "topic_obligations",
        columns: &[of("topic", "topics"), of("obligation", "obligations")],
        indexed: &[],
        rows: rows::topic_obligations,
    },
];
