//! Questions and answers as JSON.

use std::ops::Range;

use search::{Error, Filter, Index, Options, Response};
use serde_json::{Value, json};

/// Reads the options of a question: `{limit, offset, passages, facets, filters: [[field, value]]}`, all of them optional.
/// What is not understood is as if it were absent.
pub fn options(text: &str) -> Options {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let usual = Options::default();
    let number = |name: &str, usual: usize| value[name].as_u64().map_or(usual, |number| number as usize);
    let filters = value["filters"].as_array().into_iter().flatten();
    Options {
        limit: number("limit", usual.limit),
        offset: number("offset", usual.offset),
        passages: number("passages", usual.passages),
        facets: value["facets"].as_bool().unwrap_or(usual.facets),
        filters: filters.filter_map(filter).collect(),
    }
}

/// A value of a facet, which is chosen whole.
fn filter(pair: &Value) -> Option<Filter> {
    Some(Filter { field: pair[0].as_str()?.to_owned(), value: pair[1].as_str()?.to_owned(), whole: true })
}

/// Answers a query: `{missing: [name]}` while chunks are absent, `{error}` when the index is damaged, else the fields of
/// [`Response`], with marks as `[start, end]` in UTF-16 units, as JavaScript counts.
pub fn documents(index: &Index, query: &str, asked: &str) -> String {
    reply(index.search(query, &options(asked)), |response| response_value(&response))
}

/// Answers a query with records: the same, with the fields of [`search::Records`].
pub fn records(index: &Index, query: &str, asked: &str) -> String {
    reply(index.search_records(query, &options(asked)), |records| json!(records))
}

fn reply<T>(answer: Result<T, Error>, value: impl Fn(T) -> Value) -> String {
    match answer {
        Ok(answer) => value(answer),
        Err(Error::Missing(names)) => json!({ "missing": names }),
        Err(error) => json!({ "error": error.to_string() }),
    }
    .to_string()
}

fn response_value(response: &Response) -> Value {
    let mut value = json!(response);
    for (hit, result) in response.results.iter().zip(value["results"].as_array_mut().into_iter().flatten()) {
        result["title_marks"] = utf16(&hit.title, &hit.title_marks);
        for (passage, shown) in hit.passages.iter().zip(result["passages"].as_array_mut().into_iter().flatten()) {
            shown["marks"] = utf16(&passage.excerpt, &passage.marks);
        }
    }
    value
}

/// Ranges of bytes as ranges of UTF-16 units.
fn utf16(text: &str, marks: &[Range<usize>]) -> Value {
    let units = |byte: usize| text.get(..byte).unwrap_or_default().encode_utf16().count();
    marks.iter().map(|mark| json!([units(mark.start), units(mark.end)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_counted_as_javascript_does() {
        let text = "𠀀低保a";
        assert_eq!(utf16(text, std::slice::from_ref(&(4..10))), json!([[2, 4]]));
    }

    #[test]
    fn options_are_read_from_what_is_there() {
        let read = options(r#"{"limit":5,"facets":true,"filters":[["kind","答复"],["bad"],7]}"#);
        assert_eq!((read.limit, read.passages, read.facets), (5, 3, true));
        assert_eq!(read.filters, [Filter { field: "kind".to_owned(), value: "答复".to_owned(), whole: true }]);
        assert_eq!(options("nonsense").limit, 10);
    }
}
