//! XLS ([MS-XLS]): records one after the other, first those of the workbook, then those of each sheet.

use std::collections::HashMap;

use super::book::{Book, Sheet};
use super::display;
use crate::piece::Refusal;
use crate::read::office::container::Container;
use crate::read::office::{damaged, locked};

/// The most sheets of a workbook.
const SHEETS: usize = 1000;

const FORMULA: u16 = 0x0006;
const EOF: u16 = 0x000a;
const NOTE: u16 = 0x001c;
const DATE_MODE: u16 = 0x0022;
const FILE_PASS: u16 = 0x002f;
const CONTINUE: u16 = 0x003c;
const BOUND_SHEET: u16 = 0x0085;
const MULTIPLE_RK: u16 = 0x00bd;
const RICH_STRING: u16 = 0x00d6;
const STYLE: u16 = 0x00e0;
const MERGED: u16 = 0x00e5;
const STRINGS: u16 = 0x00fc;
const SHARED_LABEL: u16 = 0x00fd;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const BOOL_OR_ERROR: u16 = 0x0205;
const STRING: u16 = 0x0207;
const ROW: u16 = 0x0208;
const RK: u16 = 0x027e;
const FORMAT: u16 = 0x041e;
const BOF: u16 = 0x0809;

/// What all sheets share.
#[derive(Default)]
struct Shared {
    strings: Vec<String>,
    /// The number of the format of each style of cells.
    styles: Vec<u16>,
    formats: HashMap<u16, String>,
    from_1904: bool,
}

/// Reads a workbook.
///
/// # Errors
/// `package-broken`, `package-password`, `xls-old`; as [`Book::put`].
pub fn read(bytes: &[u8]) -> Result<Book, Refusal> {
    let mut container = Container::open(bytes)?;
    let Some(stream) = container.stream("Workbook")? else {
        return Err(old());
    };
    let mut shared = Shared::default();
    let mut sheets = Vec::new();
    let mut records = Records { stream: &stream, at: 0 };
    while let Some((kind, data)) = records.next() {
        match kind {
            BOF if u16(data, 0) != Some(0x0600) => return Err(old()),
            FILE_PASS => return Err(locked()),
            DATE_MODE => shared.from_1904 = u16(data, 0) == Some(1),
            STYLE => shared.styles.push(u16(data, 2).unwrap_or(0)),
            FORMAT => {
                if let (Some(id), Some(text)) = (u16(data, 0), string(data, 2)) {
                    shared.formats.insert(id, text);
                }
            }
            STRINGS => {
                let mut parts = vec![data];
                while let Some(data) = records.continued() {
                    parts.push(data);
                }
                shared.strings = Strings { parts, part: 0, at: 8 }.read();
            }
            BOUND_SHEET if sheets.len() < SHEETS => {
                let at = u32(data, 0).ok_or_else(damaged)? as usize;
                let hidden = data.get(4).is_some_and(|b| b & 3 != 0);
                let (count, wide) = (data.get(6).copied().unwrap_or(0), data.get(7).is_some_and(|f| f & 1 != 0));
                let name = characters(data.get(8..).unwrap_or_default(), usize::from(count), wide);
                // Charts and macros are no tables.
                if data.get(5) == Some(&0) {
                    sheets.push((at, hidden, name));
                }
            }
            EOF => break,
            _ => {}
        }
    }
    let mut book = Book::default();
    for (at, hidden, name) in sheets {
        book.sheets.push(Sheet { name, hidden, ..Sheet::default() });
        sheet(Records { stream: &stream, at }, &shared, &mut book)?;
    }
    Ok(book)
}

fn sheet(mut records: Records<'_>, shared: &Shared, book: &mut Book) -> Result<(), Refusal> {
    // Charts that lie on the sheet are sheets within it.
    let mut depth = 0usize;
    // The cell whose formula gives a string, which follows.
    let mut awaits = None;
    while let Some((kind, data)) = records.next() {
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            _ if depth > 1 => {
                if let Some(sheet) = book.sheets.last_mut() {
                    sheet.drawn = true;
                }
            }
            STRING => {
                if let (Some((row, column)), Some(text)) = (awaits.take(), string(data, 0)) {
                    book.put(row, column, &text)?;
                }
            }
            MULTIPLE_RK => {
                let (Some((row, first)), count) = (place(data), data.len().saturating_sub(6) / 6) else { continue };
                for i in 0..count {
                    let (style, value) = (u16(data, 4 + i * 6), u32(data, 6 + i * 6));
                    if let (Some(style), Some(value)) = (style, value) {
                        book.put(row, first + i as u32, &shared.number(rk(value), style))?;
                    }
                }
            }
            MERGED => {
                let merges = data.get(2..).unwrap_or_default().chunks_exact(8).filter_map(|m| {
                    let n = |i| u16(m, i).map(u32::from);
                    Some((n(0)?, n(4)?, n(2)?, n(6)?))
                });
                if let Some(sheet) = book.sheets.last_mut() {
                    sheet.merges.extend(merges);
                }
            }
            NOTE | ROW => {
                if let Some(sheet) = book.sheets.last_mut() {
                    sheet.comments += usize::from(kind == NOTE);
                    sheet.hidden_lines += usize::from(kind == ROW && u16(data, 12).is_some_and(|f| f & 0x20 != 0));
                }
            }
            _ => {
                let (Some((row, column)), Some(style)) = (place(data), u16(data, 4)) else { continue };
                if kind == FORMULA && data.get(12..14) == Some(&[0xff, 0xff]) && data.get(6) == Some(&0) {
                    awaits = Some((row, column));
                    continue;
                }
                if let Some(text) = shared.cell(kind, data, style) {
                    book.put(row, column, &text)?;
                }
            }
        }
    }
    Ok(())
}

impl Shared {
    /// What a cell shows.
    fn cell(&self, kind: u16, data: &[u8], style: u16) -> Option<String> {
        match kind {
            SHARED_LABEL => self.strings.get(u32(data, 6)? as usize).cloned(),
            LABEL | RICH_STRING => string(data, 6),
            NUMBER => Some(self.number(f64(data, 6)?, style)),
            RK => Some(self.number(rk(u32(data, 6)?), style)),
            BOOL_OR_ERROR => Some(truth(*data.get(6)?, *data.get(7)? != 0)),
            FORMULA => match data.get(12..14)? {
                [0xff, 0xff] => match data.get(6)? {
                    1 => Some(truth(*data.get(8)?, false)),
                    2 => Some(truth(*data.get(8)?, true)),
                    _ => None,
                },
                _ => Some(self.number(f64(data, 6)?, style)),
            },
            _ => None,
        }
    }

    fn number(&self, value: f64, style: u16) -> String {
        let id = self.styles.get(usize::from(style)).copied().unwrap_or(0);
        let format = self.formats.get(&id).map_or_else(|| display::built_in(u32::from(id)), String::as_str);
        display::number(value, format, self.from_1904)
    }
}

fn truth(value: u8, error: bool) -> String {
    match (error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0f) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1d) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, _) => "#N/A",
    }
    .to_owned()
}

/// A number in 30 bits ([MS-XLS] 2.5.218).
fn rk(bits: u32) -> f64 {
    let value = if bits & 2 != 0 { f64::from((bits as i32) >> 2) } else { f64::from_bits(u64::from(bits & !3) << 32) };
    if bits & 1 != 0 { value / 100.0 } else { value }
}

fn place(data: &[u8]) -> Option<(u32, u32)> {
    Some((u32::from(u16(data, 0)?), u32::from(u16(data, 2)?)))
}

fn u16(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..)?.first_chunk().map(|b| u16::from_le_bytes(*b))
}

fn u32(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..)?.first_chunk().map(|b| u32::from_le_bytes(*b))
}

fn f64(data: &[u8], at: usize) -> Option<f64> {
    data.get(at..)?.first_chunk().map(|b| f64::from_le_bytes(*b))
}

/// A string with its length before it ([MS-XLS] 2.5.294).
fn string(data: &[u8], at: usize) -> Option<String> {
    let count = usize::from(u16(data, at)?);
    Some(characters(data.get(at + 3..)?, count, data.get(at + 2)? & 1 != 0))
}

/// `count` characters of two bytes, or of one where the other is nought.
fn characters(bytes: &[u8], count: usize, wide: bool) -> String {
    if wide {
        let units: Vec<u16> = bytes.chunks_exact(2).take(count).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
        String::from_utf16_lossy(&units)
    } else {
        bytes.iter().take(count).map(|b| char::from(*b)).collect()
    }
}

/// The records of a stream from a place on.
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (u16(self.stream, self.at)?, usize::from(u16(self.stream, self.at + 2)?));
        let start = self.at + 4;
        let end = (start + length).min(self.stream.len());
        self.at = end;
        Some((kind, self.stream.get(start..end)?))
    }

    /// The record that goes on with the one before.
    fn continued(&mut self) -> Option<&'a [u8]> {
        (u16(self.stream, self.at) == Some(CONTINUE)).then(|| self.next()).flatten().map(|(_, data)| data)
    }
}

/// The strings of a workbook, which run over records: where characters do, the next record says anew how wide they are.
struct Strings<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl<'a> Strings<'a> {
    fn read(mut self) -> Vec<String> {
        let mut strings = Vec::new();
        while let Some(text) = self.one() {
            strings.push(text);
        }
        strings
    }

    fn one(&mut self) -> Option<String> {
        let head = self.take(3)?;
        let (count, flags) = (usize::from(u16(&head, 0)?), head[2]);
        let runs = if flags & 8 != 0 { usize::from(u16(&self.take(2)?, 0)?) } else { 0 };
        let extension = if flags & 4 != 0 { u32(&self.take(4)?, 0)? as usize } else { 0 };
        let mut wide = flags & 1 != 0;
        let mut text = String::new();
        let mut left = count;
        while left > 0 {
            let rest = self.rest();
            if rest.is_empty() {
                self.part += 1;
                self.at = 1;
                wide = self.parts.get(self.part)?.first()? & 1 != 0;
                continue;
            }
            let size = if wide { 2 } else { 1 };
            let here = (rest.len() / size).min(left);
            if here == 0 {
                self.at += rest.len();
                continue;
            }
            text.push_str(&characters(rest, here, wide));
            self.at += here * size;
            left -= here;
        }
        self.skip(runs.saturating_mul(4).saturating_add(extension));
        Some(text)
    }

    fn rest(&self) -> &'a [u8] {
        self.parts.get(self.part).and_then(|p| p.get(self.at..)).unwrap_or_default()
    }

    /// The next bytes, over the end of a record.
    fn take(&mut self, count: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(count);
        while bytes.len() < count {
            let rest = self.rest();
            if rest.is_empty() {
                self.part += 1;
                self.at = 0;
                self.parts.get(self.part)?;
                continue;
            }
            let here = rest.len().min(count - bytes.len());
            bytes.extend_from_slice(&rest[..here]);
            self.at += here;
        }
        Some(bytes)
    }

    fn skip(&mut self, mut count: usize) {
        while count > 0 && self.part < self.parts.len() {
            let here = self.rest().len().min(count);
            self.at += here;
            count -= here;
            if count > 0 {
                self.part += 1;
                self.at = 0;
            }
        }
    }
}

fn old() -> Refusal {
    Refusal::new("xls-old", "这是 Excel 95 或者更早的文件", "请用 Excel 或 WPS 打开后另存为 xlsx，再导入")
}
