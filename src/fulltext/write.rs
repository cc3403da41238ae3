//! 建索引: the index of a site, written beside its pages.

use std::path::Path;

use rayon::prelude::*;
use search::{Builder, Document, Error, Means, Report};
use serde_json::json;

use super::fields::{Values, schema};
use super::record::{Organs, record};
use super::text::Text;
use crate::cache::Cache;
use crate::corpus::{Corpus, Policy};

/// The folder of a site that holds its index.
pub const FOLDER: &str = "search";

/// The file of an index that names all others.
pub const POINTER: &str = "index.json";

/// How many documents are put together at a time, on every core.
const TOGETHER: usize = 64;

/// Writes the index of `corpus` into `folder`, with what it needs on the way in `work`. The same corpus gives the same
/// bytes, with what `cache` kept of an earlier build or without.
///
/// # Errors
/// Where a file cannot be written.
pub fn write(corpus: &Corpus, folder: &Path, work: &Path, cache: Option<&Cache>) -> Result<Report, Error> {
    let kept = cache.and_then(|cache| cache.folder_of(FOLDER));
    let kept = kept.as_ref().map(|(folder, context)| (folder.as_path(), &context.0[..]));
    let bytes = corpus.documents.iter().map(|p| p.document.blocks.iter().map(|b| b.text.len()).sum::<usize>()).sum();
    let means = Means { work, kept, bytes: Some(bytes) };
    let mut builder = Builder::with(schema(corpus), &words(corpus), means)?;
    let (values, organs) = (Values::of(corpus), Organs::of(corpus));
    for some in corpus.documents.chunks(TOGETHER) {
        let documents: Vec<Document> = some.par_iter().map(|p| document(corpus, p, &values, &organs)).collect();
        for document in documents {
            builder.add(document)?;
        }
    }
    builder.finish(folder)
}

/// A document as the engine takes it.
fn document(corpus: &Corpus, policy: &Policy, values: &Values<'_>, organs: &Organs<'_>) -> Document {
    let facts = &policy.facts;
    let obligations = corpus.obligations.get(policy.obligations.clone()).unwrap_or_default();
    let text = Text::of(policy, obligations);
    Document {
        id: facts.id.clone(),
        url: facts.url.clone(),
        title: facts.title.clone(),
        number: facts.number.clone(),
        values: values.document(policy),
        records: obligations.iter().map(|o| record(o, &text, organs)).collect(),
        extra: json!({
            "date": facts.date.map(|d| d.to_string()),
            "region": facts.region.as_ref().map(|r| &r.name),
            "kind": facts.kind,
            "issuers": facts.issuers,
        }),
        passages: text.passages,
        text: text.text,
    }
}

/// Names that the dictionary may lack: those of the organs and regions of the corpus, and the titles of the instruments
/// that several documents cite.
fn words(corpus: &Corpus) -> Vec<String> {
    let organs = corpus.organs.iter().flat_map(|o| {
        let printed = o.printed.iter().map(|p| &p.name);
        printed.chain([&o.name])
    });
    let regions = corpus.regions.iter().map(|r| &r.region.name);
    let cited = corpus.instruments.iter().filter(|i| i.cited_by.len() > 1);
    let titles = cited.filter_map(|i| i.title.as_ref());
    organs.chain(regions).chain(titles).chain(corpus.synonyms.iter().flatten()).cloned().collect()
}
