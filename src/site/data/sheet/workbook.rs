//! Excel 工作簿: a sheet a kind of obligation, with the columns that it has anything in, and a last one that says where the
//! tasks are from and by which question they were found.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatUnderline, Url, Workbook, Worksheet, XlsxError,
};

use crate::corpus::Obligation;
use crate::diagnostics::Diagnostic;
use crate::vocabulary::Kind;

use super::super::Source;
use super::{COLUMNS, Column, Form};

/// Links that Excel allows in a sheet.
const MAX_LINKS: usize = 65_530;

/// Bytes of an address that Excel follows.
const MAX_LINK: usize = 2000;

/// Rows of a sheet below its heading.
const MAX_ROWS: usize = 1_048_575;

/// Characters of a cell.
const MAX_CELL: usize = 32_767;

/// The level of deflate: the usual one, 6, takes twice the time for a tenth fewer bytes.
const COMPRESSION: u8 = 3;

/// A4, as Excel numbers papers.
const A4: u8 = 9;

/// The name of the sheet about the others.
const ABOUT: &str = "说明";

/// What the last sheet says of the columns.
const NOTES: [&str; 3] = [
    "“内容”“分工原文”照录文件原文，以文件原文为准。",
    "“责任归属”：原文没有写由谁负责，按所在条款、上级标题的分工或者答复机关归属。",
    "“待核”：识别没有把握，请对照原文看一看。",
];

/// `obligations.xlsx` of `obligations`, which are those that the command `asked` finds.
///
/// # Errors
/// Where the workbook cannot be made.
pub fn xlsx(source: Source<'_>, obligations: &[&Obligation], asked: &str) -> Result<Vec<u8>, Diagnostic> {
    book(source, obligations, asked).map_err(|e| Diagnostic::error("site", format!("Excel 工作簿无法生成：{e}")))
}

/// The obligations of each kind that there are; one empty list of the first kind where there are none.
fn by_kind<'o>(obligations: &[&'o Obligation]) -> Vec<(Kind, Vec<&'o Obligation>)> {
    let of = |kind: Kind| (kind, obligations.iter().copied().filter(|o| o.kind == kind).collect::<Vec<_>>());
    let mut kinds: Vec<_> = Kind::ALL.iter().map(|&kind| of(kind)).filter(|(_, list)| !list.is_empty()).collect();
    if kinds.is_empty() {
        kinds.push((Kind::Assignment, Vec::new()));
    }
    kinds
}

fn book(source: Source<'_>, obligations: &[&Obligation], asked: &str) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The file would otherwise carry the time of the build.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let about = DocProperties::new().set_title(source.title).set_comment(asked).set_creation_datetime(&created);
    workbook.set_properties(&about);
    workbook.set_zip_compression_level(COMPRESSION);
    let kinds = by_kind(obligations);
    for (kind, list) in &kinds {
        // The sheet's name says the kind. A column in which no row has anything is left out.
        let filled = |column: &&Column| list.iter().any(|o| !column.3(source, o).is_empty());
        let mut columns: Vec<&Column> = COLUMNS.iter().skip(1).filter(filled).collect();
        if columns.is_empty() {
            columns = COLUMNS.iter().skip(1).collect();
        }
        let mut parts: Vec<&[&Obligation]> = list.chunks(MAX_ROWS).collect();
        if parts.is_empty() {
            parts.push(&[]);
        }
        for (i, part) in parts.into_iter().enumerate() {
            let name = if i == 0 { kind.label().to_owned() } else { format!("{}{}", kind.label(), i + 1) };
            table(workbook.add_worksheet_with_constant_memory()?.set_name(name)?, source, &columns, part)?;
        }
    }
    let counts: Vec<String> = kinds.iter().map(|(kind, list)| format!("{} {} 项", kind.label(), list.len())).collect();
    let mut facts = vec![("来源", source.title.to_owned())];
    facts.extend(source.base.map(|base| ("网址", base.to_owned())));
    facts.push(("条件", asked.to_owned()));
    facts.push(("任务", counts.join("，")));
    facts.extend(NOTES.map(|note| ("说明", note.to_owned())));
    let sheet = workbook.add_worksheet_with_constant_memory()?.set_name(ABOUT)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 8)?.set_column_width(1, 100)?;
    for (row, (label, words)) in (0u32..).zip(facts) {
        sheet.write_with_format(row, 0, label, &Format::new().set_bold().set_align(FormatAlign::Top))?;
        sheet.write_string_with_format(row, 1, words, &wrapped)?;
    }
    workbook.save_to_buffer()
}

/// A table whose heading stays in sight, on paper too, and filters.
fn table(
    sheet: &mut Worksheet,
    source: Source<'_>,
    columns: &[&Column],
    rows: &[&Obligation],
) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_background_color("F2EFE9").set_align(FormatAlign::VerticalCenter);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let dated = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top).set_align(FormatAlign::Left);
    let linked = wrapped.clone().set_font_color("0563C1").set_underline(FormatUnderline::Single);
    for (column, (title, width, _, _)) in (0u16..).zip(columns.iter().copied()) {
        sheet.set_column_width(column, *width)?;
        sheet.set_column_format(column, &wrapped)?;
        sheet.write_with_format(0, column, *title, &heading)?;
    }
    for (index, o) in rows.iter().enumerate() {
        let row = u32::try_from(index + 1).unwrap_or(u32::MAX);
        for (column, (_, _, form, cell)) in (0u16..).zip(columns.iter().copied()) {
            let text = cell(source, o);
            match form {
                _ if text.is_empty() => {}
                Form::Place => {
                    let words = format!("{} {}", o.number.as_deref().unwrap_or(&o.document), o.path);
                    let words = words.trim();
                    // Without an address of the site a path leads nowhere from a spreadsheet.
                    // What is encoded in an address would be encoded once more.
                    let link = percent_encoding::percent_decode_str(&text).decode_utf8_lossy();
                    if source.base.is_some() && index < MAX_LINKS && link.len() < MAX_LINK {
                        sheet.write_url_with_format(row, column, Url::new(&*link).set_text(words), &linked)?;
                    } else {
                        sheet.write_string(row, column, words)?;
                    }
                }
                Form::Day if let Some(day) = day(&text) => {
                    sheet.write_datetime_with_format(row, column, day, &dated)?;
                }
                Form::Day | Form::Text => {
                    let text = match text.char_indices().nth(MAX_CELL) {
                        Some((end, _)) => text[..end].to_owned(),
                        None => text,
                    };
                    sheet.write_string(row, column, text)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last, u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0))?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

/// A day that Excel can count with: its calendar begins in 1900, with a day that there never was.
fn day(text: &str) -> Option<ExcelDateTime> {
    let day: jiff::civil::Date = text.parse().ok()?;
    let year = u16::try_from(day.year()).ok().filter(|year| *year > 1900)?;
    ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
}
