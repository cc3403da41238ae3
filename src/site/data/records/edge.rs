//! 传导 as the open data writes it.

use serde::Serialize;

use crate::compare::{Change, Number, changes, numbers};
use crate::corpus::lineage::Edge;

use super::super::super::whole::Site;

/// One object of `data/lineage.json`: a document carries an instrument down.
#[derive(Serialize)]
pub struct EdgeRecord<'a> {
    instrument: &'a str,
    document: &'a str,
    held: bool,
    relation: &'static str,
    path: &'a str,
    text: &'a str,
    numbers: Vec<ChangeRecord<'a>>,
}

/// What became of a number.
#[derive(Serialize)]
struct ChangeRecord<'a> {
    from: NumberRecord<'a>,
    to: NumberRecord<'a>,
    change: &'static str,
}

/// A number and the obligation that sets it.
#[derive(Serialize)]
struct NumberRecord<'a> {
    obligation: &'a str,
    text: &'a str,
    op: &'static str,
    value: f64,
    unit: &'a str,
    #[serde(serialize_with = "super::shown")]
    due: Option<jiff::civil::Date>,
}

impl<'a> EdgeRecord<'a> {
    /// The record of an edge.
    pub fn of(site: &Site<'a>, edge: &'a Edge) -> Self {
        let corpus = site.corpus;
        let document = corpus.documents.get(edge.policy);
        let instrument = corpus.instruments.get(edge.from);
        let held = instrument.and_then(|i| i.document.as_deref()).and_then(|id| site.document(id));
        EdgeRecord {
            instrument: instrument.map_or("", |i| &i.id),
            document: document.map_or("", |d| &d.facts.id),
            held: held.is_some(),
            relation: edge.relation.name(),
            path: &edge.path,
            text: document.map_or("", |d| d.document.quote(edge.sentence)),
            numbers: held.zip(document).map_or_else(Vec::new, |(upper, lower)| {
                let (a, b) = (numbers(corpus, upper), numbers(corpus, lower));
                let record = |[i, j]: [usize; 2]| {
                    let (from, to) = (a.get(i)?, b.get(j)?);
                    let change = Change::of(from.indicator, to.indicator).key();
                    Some(ChangeRecord { from: NumberRecord::of(from), to: NumberRecord::of(to), change })
                };
                changes(&a, &b).into_iter().filter_map(record).collect()
            }),
        }
    }
}

impl<'a> NumberRecord<'a> {
    fn of(number: &Number<'a>) -> Self {
        let i = number.indicator;
        NumberRecord {
            obligation: &number.obligation.id,
            text: &i.text,
            op: i.op.sign(),
            value: i.value,
            unit: &i.unit,
            due: number.obligation.due,
        }
    }
}
