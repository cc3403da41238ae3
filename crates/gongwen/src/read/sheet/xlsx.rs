//! XLSX: a part for the workbook, one for the strings of all sheets, one for the formats, one a sheet.

use std::collections::HashMap;

use super::book::{Book, Sheet};
use super::display;
use crate::piece::{Note, Refusal};
use crate::read::office::relations::{around, main_part, relations, resolve};
use crate::read::office::xml::{Attributes, Node, walk};
use crate::read::package::Package;

/// The most sheets of a workbook.
const SHEETS: usize = 1000;

/// What all sheets share.
#[derive(Default)]
struct Shared {
    strings: Vec<String>,
    /// The number format of each style of cells.
    formats: Vec<String>,
    from_1904: bool,
}

/// Reads a workbook.
///
/// # Errors
/// As [`Package::entry`], [`walk`] and [`Book::put`]; `xlsx-binary`, `xlsx-no-workbook`.
pub fn read(bytes: &[u8]) -> Result<Book, Refusal> {
    let mut package = Package::open(bytes)?;
    let name = main_part(&mut package, "xl/workbook.xml")?;
    if name.ends_with(".bin") {
        return Err(Refusal::new("xlsx-binary", "这是二进制的工作簿（xlsb）", "请用 Excel 打开后另存为 xlsx，再导入"));
    }
    let workbook = package.entry(&name)?.ok_or_else(|| {
        Refusal::new("xlsx-no-workbook", format!("文件里没有工作簿（{name}）"), "请用办公软件打开后另存一份，再导入")
    })?;
    let (folder, own) = around(&name);
    let mut targets: HashMap<String, (String, String)> = HashMap::new();
    let (mut strings, mut styles) = (None, None);
    relations(&mut package, &own, |kind, target, id, outside| {
        let target = resolve(&folder, target);
        match kind {
            _ if outside => {}
            "sharedStrings" => strings = Some(target),
            "styles" => styles = Some(target),
            _ => {
                targets.insert(id.to_owned(), (kind.to_owned(), target));
            }
        }
    })?;
    let mut shared = Shared::default();
    let mut sheets = Vec::new();
    walk(&name, &workbook, |node| {
        if let Node::Open(_, name, attributes) = node {
            match name {
                "workbookPr" => shared.from_1904 = attributes.get("date1904").is_some_and(|v| v == "1" || v == "true"),
                "sheet" if sheets.len() < SHEETS => sheets.push((
                    attributes.get("name").unwrap_or_default(),
                    attributes.get("state").is_some_and(|s| s != "visible"),
                    attributes.get("id").unwrap_or_default(),
                )),
                _ => {}
            }
        }
        Ok(())
    })?;
    if let Some(name) = strings
        && let Some(bytes) = package.entry(&name)?
    {
        shared.strings = shared_strings(&name, &bytes)?;
    }
    if let Some(name) = styles
        && let Some(bytes) = package.entry(&name)?
    {
        shared.formats = formats(&name, &bytes)?;
    }
    let mut book = Book::default();
    for (name, hidden, id) in sheets {
        let Some((kind, target)) = targets.get(&id) else { continue };
        if kind != "worksheet" {
            book.notes
                .push(Note { place: String::new(), message: format!("没有读入“{name}”，它不是表格") });
            continue;
        }
        book.sheets.push(Sheet { name, hidden, ..Sheet::default() });
        if let Some(bytes) = package.entry(target)? {
            sheet(target, &bytes, &shared, &mut book)?;
        }
    }
    Ok(book)
}

/// The strings of all sheets; what says how a name is pronounced is none of theirs.
fn shared_strings(name: &str, bytes: &[u8]) -> Result<Vec<String>, Refusal> {
    let mut strings: Vec<String> = Vec::new();
    let mut open: Vec<Tag> = Vec::new();
    walk(name, bytes, |node| {
        match node {
            Node::Open(_, name, _) => {
                if name == "si" {
                    strings.push(String::new());
                }
                open.push(Tag::of(name));
            }
            Node::Close => {
                open.pop();
            }
            Node::Text(text) => {
                if open.last() == Some(&Tag::Text)
                    && !open.contains(&Tag::Phonetic)
                    && let Some(last) = strings.last_mut()
                {
                    last.push_str(&text);
                }
            }
        }
        Ok(())
    })?;
    Ok(strings.into_iter().map(unescaped).collect())
}

/// The number format of each style of cells.
fn formats(name: &str, bytes: &[u8]) -> Result<Vec<String>, Refusal> {
    let mut own: HashMap<i64, String> = HashMap::new();
    let mut formats = Vec::new();
    let mut in_cells = false;
    walk(name, bytes, |node| {
        if let Node::Open(_, name, attributes) = node {
            match name {
                "numFmt" => {
                    let id = attributes.number("numFmtId").unwrap_or(0);
                    own.insert(id, attributes.get("formatCode").unwrap_or_default());
                }
                "cellXfs" => in_cells = true,
                "cellStyleXfs" | "cellStyles" | "dxfs" => in_cells = false,
                "xf" if in_cells => {
                    let id = attributes.number("numFmtId").unwrap_or(0);
                    let format = own.get(&id).cloned();
                    formats.push(format.unwrap_or_else(|| display::built_in(id.try_into().unwrap_or(0)).to_owned()));
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(formats)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    Cell,
    Value,
    Text,
    Phonetic,
    Row,
    Other,
}

impl Tag {
    fn of(name: &str) -> Tag {
        match name {
            "c" => Tag::Cell,
            "v" => Tag::Value,
            "t" => Tag::Text,
            "rPh" => Tag::Phonetic,
            "row" => Tag::Row,
            _ => Tag::Other,
        }
    }
}

/// The cell under way.
#[derive(Default)]
struct Open {
    at: (u32, u32),
    kind: String,
    style: usize,
    value: String,
}

fn sheet(name: &str, bytes: &[u8], shared: &Shared, book: &mut Book) -> Result<(), Refusal> {
    let mut open: Vec<Tag> = Vec::new();
    let mut cell = Open::default();
    // Where the next cell stands that does not say where.
    let mut next = (0u32, 0u32);
    walk(name, bytes, |node| {
        match node {
            Node::Open(_, name, attributes) => {
                let tag = Tag::of(name);
                let Some(sheet) = book.sheets.last_mut() else { return Ok(()) };
                match (tag, name) {
                    (Tag::Row, _) => {
                        let row = attributes.number("r").and_then(|r| u32::try_from(r - 1).ok());
                        next = (row.unwrap_or(next.0), 0);
                        sheet.hidden_lines += usize::from(on(&attributes, "hidden"));
                    }
                    (Tag::Cell, _) => {
                        cell = Open {
                            at: attributes.get("r").and_then(|r| reference(&r)).unwrap_or(next),
                            kind: attributes.get("t").unwrap_or_default(),
                            style: attributes.number("s").and_then(|s| usize::try_from(s).ok()).unwrap_or(0),
                            value: String::new(),
                        };
                    }
                    (_, "mergeCell") => {
                        let range = attributes.get("ref").unwrap_or_default();
                        if let Some((a, b)) = range.split_once(':')
                            && let (Some(from), Some(to)) = (reference(a), reference(b))
                        {
                            sheet.merges.push((from.0, from.1, to.0, to.1));
                        }
                    }
                    (_, "col") => sheet.hidden_lines += usize::from(on(&attributes, "hidden")),
                    (_, "drawing" | "oleObjects") => sheet.drawn = true,
                    _ => {}
                }
                open.push(tag);
            }
            Node::Close => match open.pop() {
                Some(Tag::Cell) => {
                    next = (cell.at.0, cell.at.1.saturating_add(1));
                    let text = shown(&cell, shared);
                    book.put(cell.at.0, cell.at.1, &text)?;
                }
                Some(Tag::Row) => next = (next.0.saturating_add(1), 0),
                _ => {}
            },
            Node::Text(text) => {
                if matches!(open.last(), Some(Tag::Value | Tag::Text)) && !open.contains(&Tag::Phonetic) {
                    cell.value.push_str(&text);
                }
            }
        }
        Ok(())
    })
}

/// What a cell shows.
fn shown(cell: &Open, shared: &Shared) -> String {
    let value = cell.value.trim();
    match cell.kind.as_str() {
        "s" => value.parse::<usize>().ok().and_then(|i| shared.strings.get(i).cloned()).unwrap_or_default(),
        "inlineStr" | "str" => unescaped(cell.value.clone()),
        "b" => if value == "1" { "TRUE" } else { "FALSE" }.to_owned(),
        "e" | "d" => value.to_owned(),
        _ => match value.parse::<f64>() {
            Ok(number) if !value.is_empty() => {
                let format = shared.formats.get(cell.style).map_or("General", String::as_str);
                display::number(number, format, shared.from_1904)
            }
            _ => value.to_owned(),
        },
    }
}

fn on(attributes: &Attributes<'_>, name: &str) -> bool {
    matches!(attributes.get(name).as_deref(), Some("1" | "true"))
}

/// Row and column of B3, from 0.
fn reference(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let mut column = 0u32;
    for c in text[..digits].chars().filter(|c| *c != '$') {
        let letter = c.to_ascii_uppercase();
        let n = letter.is_ascii_uppercase().then(|| letter as u32 - 'A' as u32 + 1)?;
        column = column.checked_mul(26)?.checked_add(n)?;
    }
    let row: u32 = text[digits..].replace('$', "").parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// Characters that XML cannot hold are written `_x000D_` (ECMA-376-1, 22.9.2.19).
fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at..].get(6..7) == Some("_"));
        match code.and_then(|c| u32::from_str_radix(c, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(if c == '\r' { '\n' } else { c });
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_escapes() {
        let table = [
            ("A1", Some((0, 0))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("$B$3", Some((2, 1))),
            ("A0", None),
            ("7", None),
            ("甲1", None),
        ];
        for (text, place) in table {
            assert_eq!(reference(text), place, "{text}");
        }
        assert_eq!(unescaped("甲_x000D_\n乙_x_x005F_x".into()), "甲\n\n乙_x_x");
    }
}
