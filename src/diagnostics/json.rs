//! Diagnostics for programs: `--format json`, one object a line.

use serde::Serialize;

use super::{Diagnostic, Place, Severity};

#[derive(Serialize)]
struct Object<'d> {
    severity: Severity,
    code: &'d str,
    message: &'d str,
    #[serde(flatten)]
    place: Located<'d>,
    label: Option<&'d str>,
    related: Vec<Related<'d>>,
    notes: &'d [String],
    help: Option<&'d str>,
}

/// Lines and columns from 1, columns in characters; `end_column` is that of the character after the last.
#[derive(Default, Serialize)]
struct Located<'d> {
    file: Option<&'d str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

#[derive(Serialize)]
struct Related<'d> {
    message: &'d str,
    #[serde(flatten)]
    place: Located<'d>,
}

/// One diagnostic as a JSON object on one line, without a line break. What is unknown is `null`.
pub fn object(diagnostic: &Diagnostic) -> String {
    let object = Object {
        severity: diagnostic.severity,
        code: diagnostic.code,
        message: &diagnostic.message,
        place: diagnostic.place.as_ref().map(located).unwrap_or_default(),
        label: diagnostic.label.as_deref(),
        related: diagnostic.related.iter().map(|(p, message)| Related { message, place: located(p) }).collect(),
        notes: &diagnostic.notes,
        help: diagnostic.help.as_deref(),
    };
    // Strings and numbers alone always serialise.
    serde_json::to_string(&object).unwrap_or_default()
}

fn located(place: &Place) -> Located<'_> {
    let (start, end) = place.extent().unzip();
    Located {
        file: Some(place.file_name()),
        line: start.map(|p| p.line),
        column: start.map(|p| p.column),
        end_line: end.map(|p| p.line),
        end_column: end.map(|p| p.column),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn objects() {
        let text = "一\n二、“三”\n";
        let diagnostic = Diagnostic::warning("organ-unknown", "不认识的\"机关\"")
            .at(Place::span(Path::new("content/甲.md"), text, 10..19))
            .label("这里")
            .related(Place::file(Path::new("b")), "那里")
            .note("原因")
            .help("办法");
        let expected = concat!(
            r#"{"severity":"warning","code":"organ-unknown","message":"不认识的\"机关\"","#,
            r#""file":"content/甲.md","line":2,"column":3,"end_line":2,"end_column":6,"label":"这里","#,
            r#""related":[{"message":"那里","file":"b","line":null,"column":null,"end_line":null,"end_column":null}],"#,
            r#""notes":["原因"],"help":"办法"}"#
        );
        assert_eq!(object(&diagnostic), expected);
        let expected = concat!(
            r#"{"severity":"error","code":"a","message":"b","#,
            r#""file":null,"line":null,"column":null,"end_line":null,"end_column":null,"#,
            r#""label":null,"related":[],"notes":[],"help":null}"#
        );
        assert_eq!(object(&Diagnostic::error("a", "b")), expected);
    }
}
