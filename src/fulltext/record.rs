//! 任务: an obligation as it is searched and filtered.

use std::collections::HashMap;

use search::Record;
use serde_json::{Map, Value};

use super::text::Text;
use crate::corpus::{Corpus, Obligation};
use crate::registry::OrganId;
use crate::vocabulary::Kind;

/// The names of organs by id, for whoever lists the obligations of many documents.
pub struct Organs<'c>(HashMap<&'c OrganId, &'c str>);

impl<'c> Organs<'c> {
    /// Gathers them.
    pub fn of(corpus: &'c Corpus) -> Organs<'c> {
        Organs(corpus.organs.iter().map(|o| (&o.id, o.name.as_str())).collect())
    }
}

/// The record of an obligation of the document that `text` is. Its words are searched where they stand; a name is found
/// as printed and as today's.
pub fn record(o: &Obligation, text: &Text, organs: &Organs<'_>) -> Record {
    let start = text.blocks.get(o.span.block).copied().unwrap_or_default();
    let mut values = Vec::new();
    let mut add = |name: &str, value: &str| values.push((name.to_owned(), value.to_owned()));
    for (role, names) in o.roles() {
        for name in names {
            add(role.key(), name);
            let today = o.organs.get(name).and_then(|id| organs.0.get(id));
            if let Some(today) = today.filter(|today| !today.contains(name.as_str())) {
                add(role.key(), today);
            }
        }
    }
    let due = o.due.map(|d| d.to_string());
    if let Some(due) = &due {
        add("due", due);
    }
    add("obligation", o.kind.key());
    add("obligation", o.kind.label());
    Record { id: o.id.clone(), span: start + o.span.start..start + o.span.end, values, extra: shown(o) }
}

/// What a result shows of an obligation beside the words it stands in; what is absent is left out, and so is the address,
/// which is that of the document and the path of the id. A duty says all in its words.
fn shown(o: &Obligation) -> Value {
    let mut map = Map::new();
    map.insert("kind".into(), o.kind.key().into());
    if o.kind != Kind::Duty {
        for (name, value) in [("title", &o.title), ("due", &o.due.map(|d| d.to_string()))] {
            if let Some(value) = value {
                map.insert(name.into(), value.as_str().into());
            }
        }
        for (role, names) in o.roles() {
            map.insert(role.key().into(), names.into());
        }
    }
    map.into()
}
