//! Workbooks made by a library, and record by record.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Workbook};

use super::{Xls, Xlsx};
use crate::piece::{Piece, Refusal, Source};
use crate::read::Format;
use crate::read::package::tests::packed;

fn shown(source: &Source) -> Vec<String> {
    let pieces = source.pieces.iter().map(|p| match p {
        Piece::Paragraph(range, _) => source.text[range.clone()].to_owned(),
        Piece::Table(grid) => grid
            .filled(1000)
            .iter()
            .map(|r| r.iter().map(|c| c.map_or("-", |c| &source.text[c.text.clone()])).collect::<Vec<_>>().join("|"))
            .collect::<Vec<_>>()
            .join("/"),
        _ => String::new(),
    });
    pieces.chain(source.notes.iter().map(|n| n.message.clone())).collect()
}

fn message(r: &Refusal) -> String {
    format!("{}: {}。{}", r.code, r.reason, r.help)
}

/// A workbook with a title, merged cells, a day, a share, and a hidden sheet.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let (plain, day, share) = (
        CellFormat::new(),
        CellFormat::new().set_num_format("yyyy\"年\"m\"月\"d\"日\""),
        CellFormat::new().set_num_format("0%"),
    );
    let sheet = book.add_worksheet();
    let write = || -> Result<(), rust_xlsxwriter::XlsxError> {
        sheet.merge_range(0, 0, 0, 3, "任务分工表", &plain)?;
        for (column, text) in (0..).zip(["序号", "任务", "完成时限", "目标"]) {
            sheet.write(1, column, text)?;
        }
        sheet.merge_range(2, 0, 3, 0, "", &plain)?;
        sheet.write(2, 0, 1)?;
        sheet.write(2, 1, "推进甲事项")?;
        sheet.write_datetime_with_format(2, 2, ExcelDateTime::from_ymd(2025, 12, 31)?, &day)?;
        sheet.write_with_format(2, 3, 0.85, &share)?;
        sheet.write(3, 1, "推进乙事项")?;
        sheet.write_formula(3, 3, rust_xlsxwriter::Formula::new("=1+1").set_result("2"))?;
        Ok(())
    };
    let mut write = write;
    write().expect("cells of a test");
    let hidden = book.add_worksheet();
    hidden.set_name("底稿").expect("a name").set_hidden(true);
    hidden.write(0, 0, "甲").expect("a cell");
    book.save_to_buffer().expect("a workbook of a test")
}

#[test]
fn a_task_table_is_read_as_it_is_seen() {
    let bytes = workbook();
    assert!(Xlsx.recognises(&bytes) && !Xls.recognises(&bytes));
    let source = Xlsx.read(&bytes).expect("read");
    assert_eq!(
        shown(&source),
        [
            "任务分工表",
            "序号|任务|完成时限|目标/1|推进甲事项|2025年12月31日|85%/1|推进乙事项||2",
            "没有读入隐藏的工作表“底稿”"
        ]
    );
    let at = source.text.find("推进乙事项").expect("there");
    assert_eq!(source.places.get(at).map(ToString::to_string).as_deref(), Some("表 1 第 4 行第 2 格"));
}

/// A record of an XLS file.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
}

/// A cell of an XLS file: row, column, style, then what is said of it.
fn cell(kind: u16, row: u16, column: u16, style: u16, rest: &[u8]) -> Vec<u8> {
    let head: Vec<u8> = [row, column, style].iter().flat_map(|n| n.to_le_bytes()).collect();
    record(kind, &[&head, rest].concat())
}

fn container(stream: &str, bytes: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file of a test");
    file.create_stream(stream).and_then(|mut s| s.write_all(bytes)).expect("a stream of a test");
    file.flush().expect("a file of a test");
    file.into_inner().into_inner()
}

fn xls(extra: &[u8]) -> Vec<u8> {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let bof = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]);
    // 牵头单位 runs over two records, the second of which says its width anew; the other string is of one byte each.
    let first = [&2u32.to_le_bytes()[..], &2u32.to_le_bytes(), &[4, 0, 1], &wide("牵头")].concat();
    let second = [&[1][..], &wide("单位"), &[3, 0, 0], b"abc"].concat();
    let style = |format: u16| record(0x00e0, &[&[0, 0][..], &format.to_le_bytes(), &[0; 16]].concat());
    let globals = [
        bof.clone(),
        extra.to_vec(),
        record(0x041e, &[&200u16.to_le_bytes()[..], &[4, 0, 0], b"0.0%"].concat()),
        style(0),
        style(14),
        style(200),
        record(0x00fc, &first),
        record(0x003c, &second),
    ]
    .concat();
    let mut sheet_record = vec![0, 0, 0, 0, 0, 0, 2, 1];
    sheet_record.extend(wide("分工"));
    let at = globals.len() + sheet_record.len() + 4 + 4;
    sheet_record[..4].copy_from_slice(&(at as u32).to_le_bytes());
    let rk = |n: i32| ((n << 2 | 2) as u32).to_le_bytes();
    let text = [&[2, 0, 1][..], &wide("甲局")].concat();
    let sheet = [
        bof.clone(),
        cell(0x00fd, 0, 0, 0, &0u32.to_le_bytes()),
        cell(0x00fd, 0, 1, 0, &1u32.to_le_bytes()),
        cell(0x0204, 1, 0, 0, &text),
        cell(0x0203, 1, 1, 1, &45_218f64.to_le_bytes()),
        record(0x00bd, &[&[2, 0, 0, 0, 0, 0][..], &rk(7), &[2, 0], &rk(1), &[1, 0]].concat()),
        cell(0x0006, 3, 0, 0, &[0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0]),
        record(0x0207, &text),
        cell(0x0205, 3, 1, 0, &[1, 0]),
        record(0x00e5, &[1, 0, 3, 0, 4, 0, 1, 0, 1, 0]),
        record(0x000a, &[]),
    ]
    .concat();
    container("Workbook", &[globals, record(0x0085, &sheet_record), record(0x000a, &[]), sheet].concat())
}

#[test]
fn an_old_workbook_is_read_as_it_is_seen() {
    let bytes = xls(&[]);
    assert!(Xls.recognises(&bytes) && !Xlsx.recognises(&bytes));
    assert_eq!(shown(&Xls.read(&bytes).expect("read")), ["牵头单位|abc/甲局|2023/10/19/7|100.0%/甲局|TRUE"]);
}

#[test]
fn what_is_refused_and_how() {
    let refused = |format: &dyn Format, bytes: &[u8]| {
        assert!(format.recognises(bytes));
        message(&format.read(bytes).expect_err("refused"))
    };
    assert_eq!(
        refused(&Xls, &xls(&record(0x002f, &[1, 0]))),
        "package-password: 这个文件有密码，打不开。请用密码打开，另存一份没有密码的文件，再导入"
    );
    let old = "xls-old: 这是 Excel 95 或者更早的文件。请用 Excel 或 WPS 打开后另存为 xlsx，再导入";
    assert_eq!(refused(&Xls, &container("Book", &[])), old);
    assert_eq!(refused(&Xls, &container("Workbook", &record(0x0809, &[0, 5, 5, 0]))), old);
    let rels = |target: &str| {
        format!("<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"{target}\"/></Relationships>")
    };
    assert_eq!(
        refused(&Xlsx, &packed(&[("_rels/.rels", rels("xl/workbook.bin").as_bytes()), ("xl/workbook.bin", b"x")])),
        "xlsx-binary: 这是二进制的工作簿（xlsb）。请用 Excel 打开后另存为 xlsx，再导入"
    );
    assert_eq!(
        refused(&Xlsx, &packed(&[("_rels/.rels", rels("xl/other.xml").as_bytes()), ("xl/workbook.xml", b"<a/>")])),
        "xlsx-no-workbook: 文件里没有工作簿（xl/other.xml）。请用办公软件打开后另存一份，再导入"
    );
}

#[test]
fn damaged_workbooks_are_refused_or_read_and_never_panic() {
    let read = |bytes: &[u8]| {
        for format in [&Xlsx as &dyn Format, &Xls] {
            if format.recognises(bytes) {
                drop(format.read(bytes));
            }
        }
    };
    crate::read::office::tests::mutate(&workbook(), 50, read);
    crate::read::office::tests::mutate(&xls(&[]), 500, read);
    let sheet = "<worksheet><sheetData><row r=\"2\"><c r=\"B2\" t=\"inlineStr\"><is><t>甲</t></is></c><c><v>45000</v></c></row>\
        </sheetData><mergeCells><mergeCell ref=\"B2:XFD1048576\"/></mergeCells></worksheet>";
    let rels = "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>";
    let book = "<workbook><sheets><sheet name=\"甲\" r:id=\"a\"/></sheets></workbook>";
    crate::read::office::tests::mutate(sheet.as_bytes(), 300, |xml| {
        read(&packed(&[
            ("xl/workbook.xml", book.as_bytes()),
            ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
            ("xl/s.xml", xml),
        ]));
    });
}
