//! 任务总表 for people: CSV and Excel with the same columns. `themes/default/assets/search/explorer` writes both in the
//! browser: the CSV byte for byte, the workbook cell for cell.

use std::io::Write;

use rayon::prelude::*;

use crate::corpus::{Facts, Obligation};
use crate::diagnostics::Diagnostic;
use crate::vocabulary::{PROGRESS, RESPONSIBLE, Role, UNSURE};

use super::Source;

mod workbook;

pub use workbook::xlsx;

/// How a workbook shows a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// As it is.
    Text,
    /// A day that can be counted with.
    Day,
    /// The words that say where it stands, linked to the clause.
    Place,
}

/// A column: heading, width in characters, how a workbook shows it, cell.
type Column = (&'static str, f64, Form, fn(Source<'_>, &Obligation) -> String);

const COLUMNS: [Column; 22] = [
    ("类别", 6.0, Form::Text, |_, o| o.kind.label().to_owned()),
    ("任务", 32.0, Form::Text, |_, o| o.title.clone().unwrap_or_default()),
    ("内容", 60.0, Form::Text, |_, o| o.text.clone()),
    (Role::Lead.label(), 18.0, Form::Text, |_, o| o.shown_names(Role::Lead)),
    (Role::Support.label(), 30.0, Form::Text, |_, o| o.shown_names(Role::Support)),
    (Role::Joint.label(), 30.0, Form::Text, |_, o| o.shown_names(Role::Joint)),
    (Role::Implement.label(), 24.0, Form::Text, |_, o| o.shown_names(Role::Implement)),
    (Role::Actor.label(), 24.0, Form::Text, |_, o| o.shown_names(Role::Actor)),
    (RESPONSIBLE, 24.0, Form::Text, |_, o| o.shown_responsible()),
    ("时限", 16.0, Form::Text, |_, o| o.due_text.clone().unwrap_or_default()),
    ("最后期限", 12.0, Form::Day, |_, o| o.due.map(|d| d.to_string()).unwrap_or_default()),
    ("指标", 24.0, Form::Text, |_, o| o.indicators.iter().map(|i| i.shown("")).collect::<Vec<_>>().join("；")),
    ("分工原文", 30.0, Form::Text, |_, o| o.annotation.clone().unwrap_or_default()),
    ("发文字号", 22.0, Form::Text, |_, o| o.number.clone().unwrap_or_default()),
    ("文件标题", 40.0, Form::Text, |s, o| fact(s, o, |r| Some(r.title.clone()))),
    ("成文日期", 12.0, Form::Day, |s, o| fact(s, o, |r| r.date.map(|d| d.to_string()))),
    ("地区", 12.0, Form::Text, |s, o| fact(s, o, |r| r.region.as_ref().map(|g| g.name.clone()))),
    ("条款", 12.0, Form::Text, |_, o| o.path.clone()),
    ("出处", 28.0, Form::Place, |s, o| format!("{}{}", s.base.unwrap_or(""), o.url)),
    ("编号", 20.0, Form::Text, |_, o| o.id.clone()),
    (UNSURE, 6.0, Form::Text, |_, o| if o.sure { String::new() } else { UNSURE.to_owned() }),
    (PROGRESS, 30.0, Form::Text, |_, o| o.shown_progress()),
];

fn fact(source: Source<'_>, o: &Obligation, get: impl Fn(&Facts) -> Option<String>) -> String {
    source.corpus.documents.get(o.policy).and_then(|p| get(&p.facts)).unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula.
fn inert(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

/// `obligations.csv`: RFC 4180 with a byte-order mark, by which Excel knows UTF-8.
pub fn csv<'o>(
    source: Source<'_>,
    obligations: impl IntoIterator<Item = &'o Obligation>,
) -> Result<Vec<u8>, Diagnostic> {
    let mut table = csv_heading()?;
    table.extend(csv_rows(source, obligations)?);
    Ok(table)
}

/// Rows that are laid out together before they are written, and on one core of them.
const GROUP: usize = 8 * 1024;
const PART: usize = 512;

/// [`csv`] of all obligations, laid out on every core and written as it is.
pub fn write_csv(out: &mut dyn Write, source: Source<'_>, obligations: &[Obligation]) -> Result<(), Diagnostic> {
    let mut put = |bytes: &[u8]| out.write_all(bytes).map_err(|e| unwritable(&e));
    put(&csv_heading()?)?;
    for group in obligations.chunks(GROUP) {
        let parts: Vec<Vec<u8>> =
            group.par_chunks(PART).map(|part| csv_rows(source, part)).collect::<Result<_, Diagnostic>>()?;
        parts.iter().try_for_each(|part| put(part))?;
    }
    Ok(())
}

fn csv_heading() -> Result<Vec<u8>, Diagnostic> {
    csv_table("\u{feff}", |writer| writer.write_record(COLUMNS.iter().map(|c| c.0)))
}

fn csv_rows<'o>(
    source: Source<'_>,
    obligations: impl IntoIterator<Item = &'o Obligation>,
) -> Result<Vec<u8>, Diagnostic> {
    csv_table("", |writer| {
        let row = |o| COLUMNS.iter().map(move |c| inert(c.3(source, o)));
        obligations.into_iter().try_for_each(|o| writer.write_record(row(o)))
    })
}

fn csv_table(
    start: &str,
    write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> csv::Result<()>,
) -> Result<Vec<u8>, Diagnostic> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start.as_bytes().to_vec());
    write(&mut writer).map_err(|e| unwritable(&e))?;
    writer.into_inner().map_err(|e| unwritable(&e))
}

fn unwritable(error: &dyn std::error::Error) -> Diagnostic {
    Diagnostic::error("site", format!("CSV 表格无法生成：{error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_inert() {
        for (text, expected) in [
            ("=cmd()", "'=cmd()"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("市民政局", "市民政局"),
        ] {
            assert_eq!(inert(text.to_owned()), expected);
        }
    }
}
