//! Counts of the values of facets among the documents found.

use std::collections::BTreeMap;

use super::response::Facet;
use crate::{Error, Index, document::Scope, fields::column, index::Segment};

/// How many values of a facet are listed.
const MOST: usize = 50;

impl Index {
    /// Counts the values of every facet of documents.
    pub(super) fn count(&self, segment: &Segment, documents: &[u32]) -> Result<Vec<Facet>, Error> {
        let mut facets = Vec::new();
        for field in self.schema.fields.iter().filter(|field| field.facet && field.scope == Scope::Document) {
            let mut values = Vec::new();
            if let Some(column) = segment.reader.fast_fields().str(&column(&field.name))? {
                let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
                for document in documents {
                    for value in column.term_ords(*document) {
                        *counts.entry(value).or_default() += 1;
                    }
                }
                let mut counts: Vec<(u64, usize)> = counts.into_iter().collect();
                counts.sort_by_key(|(value, count)| (std::cmp::Reverse(*count), *value));
                for (value, count) in counts.into_iter().take(MOST) {
                    let mut text = String::new();
                    column.ord_to_str(value, &mut text)?;
                    values.push((text, count));
                }
            }
            facets.push(Facet { field: field.name.clone(), values });
        }
        Ok(facets)
    }
}
