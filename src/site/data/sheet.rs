//! 任务总表 for people: CSV and Excel with the same columns.

use std::io::Write;

use rayon::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError};

use crate::corpus::{Facts, Obligation};
use crate::vocabulary::{PROGRESS, RESPONSIBLE, Role, UNSURE};

use super::Source;
use crate::diagnostics::Diagnostic;

/// A column: heading, width in characters, cell.
type Column = (&'static str, f64, fn(Source<'_>, &Obligation) -> String);

const COLUMNS: [Column; 22] = [
    ("类别", 6.0, |_, o| o.kind.label().to_owned()),
    ("任务", 32.0, |_, o| o.title.clone().unwrap_or_default()),
    ("内容", 60.0, |_, o| o.text.clone()),
    (Role::Lead.label(), 18.0, |_, o| o.shown_names(Role::Lead)),
    (Role::Support.label(), 30.0, |_, o| o.shown_names(Role::Support)),
    (Role::Joint.label(), 30.0, |_, o| o.shown_names(Role::Joint)),
    (Role::Implement.label(), 24.0, |_, o| o.shown_names(Role::Implement)),
    (Role::Actor.label(), 24.0, |_, o| o.shown_names(Role::Actor)),
    (RESPONSIBLE, 24.0, |_, o| o.shown_responsible()),
    ("时限", 16.0, |_, o| o.due_text.clone().unwrap_or_default()),
    ("最后期限", 12.0, |_, o| o.due.map(|d| d.to_string()).unwrap_or_default()),
    ("指标", 24.0, |_, o| o.indicators.iter().map(|i| i.shown("")).collect::<Vec<_>>().join("；")),
    ("分工原文", 30.0, |_, o| o.annotation.clone().unwrap_or_default()),
    ("发文字号", 22.0, |_, o| o.number.clone().unwrap_or_default()),
    ("文件标题", 40.0, |s, o| fact(s, o, |r| Some(r.title.clone()))),
    ("成文日期", 12.0, |s, o| fact(s, o, |r| r.date.map(|d| d.to_string()))),
    ("地区", 12.0, |s, o| fact(s, o, |r| r.region.as_ref().map(|g| g.name.clone()))),
    ("条款", 12.0, |_, o| o.path.clone()),
    ("出处", 40.0, |s, o| format!("{}{}", s.base.unwrap_or(""), o.url)),
    ("编号", 20.0, |_, o| o.id.clone()),
    (UNSURE, 6.0, |_, o| if o.sure { String::new() } else { UNSURE.to_owned() }),
    (PROGRESS, 30.0, |_, o| o.shown_progress()),
];

/// The column that links to the clause.
const SOURCE: u16 = 18;

/// Links that Excel allows in a sheet.
const MAX_LINKS: usize = 65_530;

/// Rows of a sheet below its heading.
const MAX_ROWS: usize = 1_048_575;

/// Characters of a cell.
const MAX_CELL: usize = 32_767;

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
        let row = |o| COLUMNS.iter().map(move |c| inert(c.2(source, o)));
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

/// `obligations.xlsx`: the heading stays in sight and filters.
pub fn xlsx(source: Source<'_>, obligations: &[&Obligation]) -> Result<Vec<u8>, Diagnostic> {
    workbook(source, obligations).map_err(|e| Diagnostic::error("site", format!("Excel 工作簿无法生成：{e}")))
}

fn workbook(source: Source<'_>, obligations: &[&Obligation]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The file would otherwise carry the time of the build.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(source.title).set_creation_datetime(&created));
    let mut parts: Vec<&[&Obligation]> = obligations.chunks(MAX_ROWS).collect();
    if parts.is_empty() {
        parts.push(&[]);
    }
    for (i, part) in parts.into_iter().enumerate() {
        let name = if i == 0 { "任务总表".to_owned() } else { format!("任务总表{}", i + 1) };
        sheet(workbook.add_worksheet_with_low_memory()?.set_name(name)?, source, part)?;
    }
    workbook.save_to_buffer()
}

fn sheet(sheet: &mut Worksheet, source: Source<'_>, rows: &[&Obligation]) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_background_color("F2EFE9").set_align(FormatAlign::VerticalCenter);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (column, (title, width, _)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.set_column_format(column, &wrapped)?;
        sheet.write_with_format(0, column, title, &heading)?;
    }
    for (index, o) in rows.iter().enumerate() {
        let row = u32::try_from(index + 1).unwrap_or(u32::MAX);
        for (column, (_, _, cell)) in (0u16..).zip(COLUMNS) {
            let mut text = cell(source, o);
            if text.is_empty() {
                continue;
            }
            if column == SOURCE && source.base.is_some() && index < MAX_LINKS && text.len() < 2000 {
                let shown = format!("{} {}", o.number.as_deref().unwrap_or(&o.document), o.path);
                sheet.write_url(row, column, Url::new(&text).set_text(shown.trim()))?;
                continue;
            }
            if text.chars().count() > MAX_CELL {
                text = text.chars().take(MAX_CELL).collect();
            }
            sheet.write_string(row, column, text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last, u16::try_from(COLUMNS.len() - 1).unwrap_or(0))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_column_is_the_one_that_links() {
        assert_eq!(COLUMNS[usize::from(SOURCE)].0, "出处");
    }

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
