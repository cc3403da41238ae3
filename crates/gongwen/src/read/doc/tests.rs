//! DOC files made byte by byte, read as files are.

use std::io::{Cursor, Write};

use super::Doc;
use super::fib::Table;
use crate::piece::{Piece, Source};
use crate::read::Format;

/// Characters of one look.
type Run<'a> = (&'a str, &'a [u8]);

/// A file under way.
#[derive(Default)]
struct Builder {
    /// Characters and what is said of them.
    characters: Vec<(String, Vec<u8>)>,
    /// How many of them a paragraph takes, its style, and what is said of it.
    paragraphs: Vec<(usize, u16, Vec<u8>)>,
    /// The characters of main text, footnotes, heads, macros, comments, endnotes, boxes.
    lengths: [u32; 7],
    tables: Vec<(Table, Vec<u8>)>,
    flags: u16,
    version: u16,
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

impl Builder {
    fn new() -> Self {
        Builder { flags: 0x0200, version: 0xc1, ..Builder::default() }
    }

    /// A paragraph of story number `story`; its last run ends with what ends it.
    fn paragraph(mut self, story: usize, runs: &[Run<'_>], papx: &[u8]) -> Self {
        let count = runs.iter().map(|r| units(r.0)).sum();
        self.characters.extend(runs.iter().map(|r| (r.0.to_owned(), r.1.to_vec())));
        self.paragraphs.push((count, 0, papx.to_vec()));
        self.lengths[story] += count as u32;
        self
    }

    fn styled(mut self, style: u16) -> Self {
        self.paragraphs.last_mut().expect("a paragraph").1 = style;
        self
    }

    fn table(mut self, table: Table, bytes: Vec<u8>) -> Self {
        self.tables.push((table, bytes));
        self
    }

    /// A page of stretches: where each ends, and its bytes on the page, which `size` bytes in the index point to.
    fn page(ends: &[u32], start: u32, size: usize, things: &[Vec<u8>]) -> Vec<u8> {
        let mut page = vec![0u8; 512];
        let mut put = |at: usize, bytes: &[u8]| page[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &start.to_le_bytes());
        let mut end = 510;
        for (i, (stretch, thing)) in ends.iter().zip(things).enumerate() {
            put(4 + i * 4, &stretch.to_le_bytes());
            end = (end - thing.len()) & !1;
            put(end, thing);
            put((ends.len() + 1) * 4 + i * size, &[(end / 2) as u8]);
        }
        put(511, &[ends.len() as u8]);
        page
    }

    fn bytes(&self) -> Vec<u8> {
        const TEXT: usize = 1024;
        let mut main = vec![0u8; TEXT];
        let mut put = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &0xa5ecu16.to_le_bytes());
        put(2, &self.version.to_le_bytes());
        put(10, &self.flags.to_le_bytes());
        put(32, &14u16.to_le_bytes());
        put(62, &22u16.to_le_bytes());
        for (i, length) in self.lengths.iter().enumerate() {
            put(64 + 12 + i * 4, &length.to_le_bytes());
        }
        put(152, &93u16.to_le_bytes());
        let text: Vec<u16> = self.characters.iter().flat_map(|(t, _)| t.encode_utf16()).collect();
        main.extend(text.iter().flat_map(|u| u.to_le_bytes()));
        main.resize(main.len().next_multiple_of(512), 0);
        let place = |character: usize| (TEXT + character * 2) as u32;
        let mut pages: Vec<Vec<(u32, u32)>> = vec![Vec::new(); 2];
        let mut write = |main: &mut Vec<u8>, which: usize, list: &[(usize, Vec<u8>)], size: usize| {
            let mut from = 0;
            for part in list.chunks(4) {
                let start = place(from);
                let mut ends = Vec::new();
                for (count, _) in part {
                    from += count;
                    ends.push(place(from));
                }
                let things: Vec<Vec<u8>> = part.iter().map(|(_, t)| t.clone()).collect();
                pages[which].push((start, (main.len() / 512) as u32));
                main.extend(Self::page(&ends, start, size, &things));
            }
        };
        let looks: Vec<(usize, Vec<u8>)> = self
            .characters
            .iter()
            .map(|(t, chpx)| (units(t), [vec![chpx.len() as u8], chpx.clone()].concat()))
            .collect();
        write(&mut main, 0, &looks, 1);
        let paragraphs: Vec<(usize, Vec<u8>)> = self
            .paragraphs
            .iter()
            .map(|(count, style, papx)| {
                let mut thing = [style.to_le_bytes().to_vec(), papx.clone()].concat();
                if thing.len() % 2 == 0 {
                    thing.insert(0, (thing.len() / 2) as u8);
                    thing.insert(0, 0);
                } else {
                    thing.insert(0, thing.len().div_ceil(2) as u8);
                }
                (*count, thing)
            })
            .collect();
        write(&mut main, 1, &paragraphs, 13);
        let mut tables = self.tables.iter().map(|(t, b)| (*t as usize, b.clone())).collect::<Vec<_>>();
        for (which, number) in [(0, Table::CharacterPages), (1, Table::ParagraphPages)] {
            let mut plc: Vec<u8> = pages[which].iter().flat_map(|(start, _)| start.to_le_bytes()).collect();
            plc.extend(place(text.len()).to_le_bytes());
            plc.extend(pages[which].iter().flat_map(|(_, page)| page.to_le_bytes()));
            tables.push((number as usize, plc));
        }
        let mut clx = vec![2u8];
        clx.extend(16u32.to_le_bytes());
        clx.extend(0u32.to_le_bytes());
        clx.extend((text.len() as u32).to_le_bytes());
        clx.extend(0u16.to_le_bytes());
        clx.extend((TEXT as u32).to_le_bytes());
        clx.extend(0u16.to_le_bytes());
        tables.push((Table::Pieces as usize, clx));
        let mut stream = vec![0u8; 4];
        for (number, bytes) in tables {
            // What follows the head of the lists is not counted in its length.
            main[154 + number * 8..][..4].copy_from_slice(&(stream.len() as u32).to_le_bytes());
            main[154 + number * 8 + 4..][..4].copy_from_slice(&(bytes.len() as u32).to_le_bytes());
            stream.extend(bytes);
        }
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file of a test");
        for (name, bytes) in [("WordDocument", main), ("1Table", stream)] {
            file.create_stream(name).and_then(|mut s| s.write_all(&bytes)).expect("a stream of a test");
        }
        file.flush().expect("a file of a test");
        file.into_inner().into_inner()
    }

    fn read(&self) -> Source {
        let bytes = self.bytes();
        assert!(Doc.recognises(&bytes));
        Doc.read(&bytes).expect("read")
    }
}

/// A line a piece, headings with `#`; then the notes.
fn shown(source: &Source) -> Vec<String> {
    let pieces = source.pieces.iter().map(|p| match p {
        Piece::Paragraph(range, style) => {
            let heading = "#".repeat(usize::from(style.heading.unwrap_or(0)));
            format!("{heading}{}{}", if style.bold { "*" } else { "" }, &source.text[range.clone()])
        }
        Piece::Table(grid) => grid
            .filled(1000)
            .iter()
            .map(|r| r.iter().map(|c| c.map_or("-", |c| &source.text[c.text.clone()])).collect::<Vec<_>>().join("|"))
            .collect::<Vec<_>>()
            .join("/"),
        Piece::PageBreak => "break".into(),
        Piece::Lines(_) => "lines".into(),
    });
    pieces.chain(source.notes.iter().map(|n| n.message.clone())).collect()
}

const NONE: &[u8] = &[];
const DELETED: &[u8] = &[0x00, 0x08, 1];
const BOLD: &[u8] = &[0x35, 0x08, 1];
const HIDDEN: &[u8] = &[0x3c, 0x08, 1];
const IN_TABLE: &[u8] = &[0x16, 0x24, 1];

/// A paragraph of list 1 and this level.
fn listed(level: u8) -> Vec<u8> {
    vec![0x0b, 0x46, 1, 0, 0x0a, 0x26, level]
}

/// Two levels: 一、 and （1）; `start` is where list 1 begins instead.
fn lists(start: Option<u32>) -> (Vec<u8>, Vec<u8>) {
    let level = |counting: u8, label: &[u16]| {
        let mut level = 1u32.to_le_bytes().to_vec();
        level.extend([counting, 0]);
        level.extend([0; 9]);
        level.push(2); // nothing follows the number
        level.extend([0; 12]);
        level.extend((label.len() as u16).to_le_bytes());
        level.extend(label.iter().flat_map(|u| u.to_le_bytes()));
        level
    };
    let mut definitions = 1u16.to_le_bytes().to_vec();
    definitions.extend(77u32.to_le_bytes());
    definitions.extend([0; 24]);
    definitions.extend(level(39, &[0, '、' as u16]));
    definitions.extend(level(0, &['（' as u16, 1, '）' as u16]));
    for _ in 2..9 {
        definitions.extend(level(255, &[]));
    }
    let mut overrides = 1u32.to_le_bytes().to_vec();
    overrides.extend(77u32.to_le_bytes());
    overrides.extend([0; 8]);
    overrides.extend([u8::from(start.is_some()), 0, 0, 0]);
    overrides.extend(u32::MAX.to_le_bytes());
    if let Some(start) = start {
        overrides.extend(start.to_le_bytes());
        overrides.extend(0x10u32.to_le_bytes());
    }
    (definitions, overrides)
}

/// A row with these right edges and flags of cells.
fn row(cells: &[(i16, u16)]) -> Vec<u8> {
    let mut operand = vec![cells.len() as u8];
    operand.extend(0i16.to_le_bytes());
    operand.extend(cells.iter().flat_map(|c| c.0.to_le_bytes()));
    for (_, flags) in cells {
        operand.extend(flags.to_le_bytes());
        operand.extend([0; 18]);
    }
    let mut papx = [IN_TABLE, &[0x17, 0x24, 1, 0x08, 0xd6]].concat();
    papx.extend((operand.len() as u16 + 1).to_le_bytes());
    papx.extend(operand);
    papx
}

/// Positions and the things between them.
fn plc(positions: &[u32], things: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes: Vec<u8> = positions.iter().flat_map(|p| p.to_le_bytes()).collect();
    bytes.extend(things.concat());
    bytes
}

#[test]
fn automatic_numbers_are_part_of_the_text() {
    let build = |start| {
        let (definitions, overrides) = lists(start);
        Builder::new()
            .paragraph(0, &[("总体要求\r", NONE)], &listed(0))
            .paragraph(0, &[("指导思想\r", NONE)], &listed(1))
            .paragraph(0, &[("删去的段\r", DELETED)], &listed(1))
            .paragraph(0, &[("目标\r", NONE)], &listed(1))
            .paragraph(0, &[("重点任务\r", NONE)], &listed(0))
            .paragraph(0, &[("正文\r", NONE)], NONE)
            .table(Table::Lists, definitions)
            .table(Table::ListOverrides, overrides)
    };
    let deleted = "没有读入修订中删去的文字 1 处：“删去的段”";
    assert_eq!(
        shown(&build(None).read()),
        ["一、总体要求", "（1）指导思想", "（2）目标", "二、重点任务", "正文", deleted]
    );
    assert_eq!(shown(&build(Some(5)).read())[..4], ["五、总体要求", "（1）指导思想", "（2）目标", "六、重点任务"]);
}

#[test]
fn tables_by_their_edges_and_merges() {
    let cell = |b: Builder, text: &str| b.paragraph(0, &[(&format!("{text}\u{7}"), NONE)], IN_TABLE);
    let end = |b: Builder, cells: &[(i16, u16)]| b.paragraph(0, &[("\u{7}", NONE)], &row(cells));
    let mut b = Builder::new();
    b = end(cell(cell(b, "序号"), "分工"), &[(500, 0x60), (3000, 0)]);
    b = cell(cell(cell(b, ""), "牵头"), "配合");
    b = end(b, &[(510, 0x20), (1500, 0), (3000, 0)]);
    b = cell(b, "1").paragraph(0, &[("甲局\r", NONE)], IN_TABLE);
    b = end(cell(cell(b, "乙局"), "丙局"), &[(500, 0), (1500, 0), (3000, 0)]);
    let source = b.paragraph(0, &[("后文\r", NONE)], NONE).read();
    assert_eq!(shown(&source), ["序号|分工|分工/序号|牵头|配合/1|甲局\n乙局|丙局", "后文"]);
    let at = source.text.find("丙局").expect("there");
    assert_eq!(source.places.get(at).map(ToString::to_string).as_deref(), Some("表 1 第 3 行第 3 格"));
}

#[test]
fn fields_hidden_words_signs_and_pages() {
    let sign: &[u8] = &[0x09, 0x6a, 0, 0, 0x52, 0xf0];
    let fonts: Vec<u8> = {
        let name: Vec<u8> = "Wingdings 2\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
        [vec![1, 0, 0, 0, (39 + name.len()) as u8], vec![0; 39], name].concat()
    };
    let source = Builder::new()
        .paragraph(
            0,
            &[
                ("到\u{13} DATE \u{14}2025年\u{15}\u{13}eq \\o\\ac(○,4)\u{15}", NONE),
                ("内部", HIDDEN),
                ("(", sign),
                ("底\u{b}前\u{c}后\u{1e}面\r", BOLD),
            ],
            NONE,
        )
        .table(Table::Fonts, fonts)
        .read();
    assert_eq!(shown(&source), ["到2025年④☑底\n前", "break", "*后-面", "没有读入隐藏的文字 1 处：“内部”"]);
}

#[test]
fn notes_boxes_and_heads() {
    let mut anchor = 900u32.to_le_bytes().to_vec();
    for edge in [0i32, -600, 0, 0] {
        anchor.extend(edge.to_le_bytes());
    }
    anchor.extend([2 << 3, 0, 0, 0, 0, 0]);
    let mut shape = vec![0; 14];
    shape.extend(900u32.to_le_bytes());
    shape.extend([0; 4]);
    let source = Builder::new()
        .paragraph(0, &[("\u{8}正文\u{2}。\r", NONE)], NONE)
        .paragraph(1, &[("\u{2} 见附件。\r", NONE)], NONE)
        .paragraph(2, &[("内部资料\r", NONE)], NONE)
        .paragraph(6, &[("框里的话\r", NONE)], NONE)
        .paragraph(6, &[("\r", NONE)], NONE)
        .table(Table::FootnoteReferences, plc(&[3, 6], &[vec![1, 0]]))
        .table(Table::FootnoteTexts, plc(&[0, 7, 8], &[]))
        .table(Table::BoxTexts, plc(&[0, 5, 6], &[shape.clone(), vec![0; 22]]))
        .table(Table::Shapes, plc(&[0, 6], &[anchor]))
        .read();
    assert_eq!(shown(&source), ["框里的话", "正文[1]。", "[1]见附件。", "没有读入页眉、页脚 1 处：“内部资料”"]);
}

#[test]
fn styles_hand_down_what_they_say() {
    let style = |built_in: u16, base: u16, papx: &[u8], chpx: &[u8]| {
        let mut style = built_in.to_le_bytes().to_vec();
        style.extend((1 | base << 4).to_le_bytes());
        style.extend([2, 0, 0, 0, 0, 0]);
        style.extend(0u16.to_le_bytes()); // a name of no characters
        style.extend([0, 0]);
        let own = [&[0u8, 0][..], papx].concat();
        for bytes in [&own[..], chpx] {
            style.resize(style.len().next_multiple_of(2), 0);
            style.extend((bytes.len() as u16).to_le_bytes());
            style.extend(bytes);
        }
        [(style.len() as u16).to_le_bytes().to_vec(), style].concat()
    };
    let sheet = [
        vec![6, 0, 3, 0, 10, 0, 0, 0],
        style(0, 0xfff, NONE, NONE),
        style(2, 0, NONE, BOLD),
        style(0xffe, 1, &listed(0), NONE),
    ]
    .concat();
    let (definitions, overrides) = lists(None);
    let source = Builder::new()
        .paragraph(0, &[("标题\r", NONE)], NONE)
        .styled(1)
        .paragraph(0, &[("有号\r", NONE)], NONE)
        .styled(2)
        .table(Table::Styles, sheet)
        .table(Table::Lists, definitions)
        .table(Table::ListOverrides, overrides)
        .read();
    assert_eq!(shown(&source), ["##*标题", "##*一、有号"]);
}

#[test]
fn what_is_refused_and_how() {
    let file = || Builder::new().paragraph(0, &[("甲\r", NONE)], NONE);
    let refused = |bytes: &[u8]| {
        assert!(Doc.recognises(bytes));
        let r = Doc.read(bytes).expect_err("refused");
        format!("{}: {}。{}", r.code, r.reason, r.help)
    };
    let locked = Builder { flags: 0x0300, ..file() };
    assert_eq!(
        refused(&locked.bytes()),
        "package-password: 这个文件有密码，打不开。请用密码打开，另存一份没有密码的文件，再导入"
    );
    let old = Builder { version: 0x65, ..file() };
    assert_eq!(
        refused(&old.bytes()),
        "doc-old: 这是 Word 95 或者更早的文件。请用 Word 或 WPS 打开后另存为 docx，再导入"
    );
    let damaged = "package-broken: 文件不完整或者损坏，打不开。请从原处重新取得，或者用办公软件打开后另存一份，再导入";
    let bytes = file().bytes();
    assert_eq!(refused(&bytes[..bytes.len() / 2]), damaged);
}

#[test]
fn damaged_files_are_refused_or_read_and_never_panic() {
    let (definitions, overrides) = lists(Some(3));
    let whole = Builder::new()
        .paragraph(0, &[("甲\u{13}A\u{14}", NONE), ("乙\u{15}\r", BOLD)], &listed(1))
        .paragraph(0, &[("丙\u{7}", NONE)], IN_TABLE)
        .paragraph(0, &[("\u{7}", NONE)], &row(&[(500, 0x60)]))
        .table(Table::Lists, definitions)
        .table(Table::ListOverrides, overrides)
        .bytes();
    crate::read::office::tests::mutate(&whole, 1000, |bytes| {
        if Doc.recognises(bytes) {
            drop(Doc.read(bytes));
        }
    });
}
