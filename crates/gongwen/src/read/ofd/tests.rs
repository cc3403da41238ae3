//! OFDs that are written here, as offices' programs write them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::OfdFile;
use crate::piece::{EnclosureKind, Piece, Place, Refusal, Source};
use crate::read::{Format, assemble};

/// A zip of these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, t)| (*n, t.as_bytes())).collect();
    packed(&parts)
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("memory");
        zip.write_all(content).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

const ROOT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0" DocType="OFD">
<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"#;

/// A document with these pages, and more in its CommonData.
fn document(common: &str, pages: &[&str]) -> String {
    let pages: String =
        pages.iter().enumerate().map(|(i, p)| format!(r#"<ofd:Page ID="{}" BaseLoc="{p}"/>"#, i + 10)).collect();
    format!(
        r#"<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData>
<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData>
<ofd:Pages>{pages}</ofd:Pages></ofd:Document>"#
    )
}

fn page(objects: &str) -> String {
    format!(
        r#"<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer ID="1">{objects}</ofd:Layer></ofd:Content></ofd:Page>"#
    )
}

/// A text of 5 mm characters at a place of the page in millimetres.
fn line(x: f32, y: f32, text: &str) -> String {
    format!(
        r#"<ofd:TextObject ID="2" Boundary="{x} {y} 170 6" Font="3" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g {} 5">{text}</ofd:TextCode></ofd:TextObject>"#,
        text.chars().count().saturating_sub(1)
    )
}

fn one(objects: &str) -> Vec<u8> {
    package(&[
        ("OFD.xml", ROOT),
        ("Doc_0/Document.xml", &document("", &["Pages/Page_0/Content.xml"])),
        ("Doc_0/Pages/Page_0/Content.xml", &page(objects)),
    ])
}

fn read(bytes: &[u8]) -> Result<Source, Refusal> {
    assert!(OfdFile.recognises(bytes));
    OfdFile.read(bytes)
}

fn text(bytes: &[u8]) -> String {
    match read(bytes) {
        Ok(source) => source.text,
        Err(refusal) => format!("{}：{}。{}", refusal.code, refusal.reason, refusal.help),
    }
}

#[test]
fn lines_and_places() {
    let objects =
        line(30.0, 40.0, "各镇人民政府：") + &line(40.0, 50.0, "现将有关事项通知如下，请认真贯彻执行。&amp;&#65;");
    let source = read(&one(&objects)).expect("readable");
    assert_eq!(source.text, "各镇人民政府：\n    现将有关事项通知如下，请认真贯彻执行。&A");
    let at = source.text.find("现将").expect("is there");
    assert!(matches!(source.places.get(at), Some(Place::Page { page: 1, area: [113, ..] })));
}

#[test]
fn matrices_stretches_and_several_codes() {
    // Points in a matrix, as converters from PDF write them, with two codes in one object.
    let objects = r#"<ofd:TextObject ID="4" CTM="0.3528 0 0 0.3528 0 0" Boundary="30 40 60 6" Font="3" Size="14">
<ofd:TextCode X="0" Y="14" DeltaX="14 14">市水务</ofd:TextCode><ofd:TextCode X="42" Y="14">局</ofd:TextCode></ofd:TextObject>
<ofd:TextObject ID="5" Boundary="30 60 90 20" Font="3" Size="12" HScale="0.5">
<ofd:TextCode X="0" Y="12" DeltaX="6 6">甲乙丙</ofd:TextCode></ofd:TextObject>"#;
    assert_eq!(text(&one(objects)), "市水务局\n甲乙丙");
}

#[test]
fn templates_and_composites_are_drawn() {
    let common =
        r#"<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"#;
    let content = page(r#"<ofd:CompositeObject ID="8" Boundary="30 60 100 10" ResourceID="9"/>"#)
        .replace("<ofd:Content>", r#"<ofd:Template TemplateID="7"/><ofd:Content>"#);
    let resources = format!(
        r#"<ofd:Res><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9" Width="100" Height="10"><ofd:Content>{}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"#,
        line(0.0, 0.0, "关于开展排查的通知")
    );
    let bytes = package(&[
        ("OFD.xml", ROOT),
        ("Doc_0/Document.xml", &document(common, &["Pages/Page_0/Content.xml"])),
        ("Doc_0/PublicRes.xml", &resources),
        ("Doc_0/Tpls/Tpl_0/Content.xml", &page(&line(50.0, 20.0, "某县人民政府文件"))),
        ("Doc_0/Pages/Page_0/Content.xml", &content),
    ]);
    let found = text(&bytes);
    assert_eq!(found.split_whitespace().collect::<Vec<_>>(), ["某县人民政府文件", "关于开展排查的通知"]);
}

#[test]
fn paths_and_names_as_writers_write_them() {
    let words = page(&line(30.0, 40.0, "通知"));
    let other = page(&line(30.0, 40.0, "附件"));
    let root = ROOT.replace("http://www.ofdspec.org/2016", "http://www.ofdspec.org").replace("Doc_0/", "/Doc_0\\");
    let bytes = package(&[
        ("OFD.xml", &root),
        (
            "Doc_0/Document.xml",
            &document("", &["/Doc_0/Pages/page_首页/content.xml", "Doc_0/Pages/Page_b/Content.xml"]),
        ),
        ("Doc_0/Pages/Page_首页/Content.xml", &words),
        ("Doc_0\\Pages\\Page_b\\Content.xml", &other),
    ]);
    assert_eq!(text(&bytes), "通知\n附件");
}

#[test]
fn paths_make_tables() {
    let rule = |data: &str| {
        format!(
            r#"<ofd:PathObject ID="9" Boundary="20 50 170 30"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"#
        )
    };
    let objects = rule("M 0 0 L 170 0 L 170 20 L 0 20 C M 0 10 L 170 10 M 80 0 L 80 20")
        + &line(22.0, 52.0, "任务")
        + &line(102.0, 52.0, "单位")
        + &line(22.0, 62.0, "清淤")
        + &line(102.0, 62.0, "市水务局");
    let reading = assemble(read(&one(&objects)).expect("readable"));
    assert_eq!(
        crate::markdown::write(&reading.document.blocks).trim(),
        "| 任务 | 单位 |\n| --- | --- |\n| 清淤 | 市水务局 |"
    );
}

#[test]
fn a_page_that_is_missing_is_an_error() {
    let bytes = package(&[
        ("OFD.xml", ROOT),
        ("Doc_0/Document.xml", &document("", &["Pages/Page_0/Content.xml", "Pages/Page_1/Content.xml"])),
        ("Doc_0/Pages/Page_0/Content.xml", &page(&line(30.0, 40.0, "通知"))),
    ]);
    assert_eq!(
        text(&bytes),
        "ofd-page-missing：这个 OFD 不完整：缺第 2 页（Pages/Page_1/Content.xml）。\
         少了一页的文件不能导入，请重新下载，或者向发文单位索取完整的文件"
    );
}

#[test]
fn several_documents_are_read_in_order_and_said() {
    let root = ROOT
        .replace("</ofd:OFD>", "<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>");
    let bytes = package(&[
        ("OFD.xml", &root),
        ("Doc_0/Document.xml", &document("", &["P/Content.xml"])),
        ("Doc_0/P/Content.xml", &page(&line(30.0, 40.0, "通知"))),
        ("Doc_1/Document.xml", &document("", &["P/Content.xml"])),
        ("Doc_1/P/Content.xml", &page(&line(30.0, 40.0, "附件"))),
    ]);
    let source = read(&bytes).expect("readable");
    assert_eq!(source.text, "通知\n附件");
    assert!(source.pieces.contains(&Piece::PageBreak));
    assert_eq!(
        source.notes.iter().map(|n| n.message.as_str()).collect::<Vec<_>>(),
        ["这个 OFD 里有 2 份文档，按先后读成一份"]
    );
}

#[test]
fn seals_are_named() {
    let root =
        ROOT.replace("</ofd:DocBody>", "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody>");
    let name = "某县人民政府（电子章）";
    let mut seal = vec![0x30, 6 + name.len() as u8, 0x30, 4 + name.len() as u8, 0x16, 0, 0x0c, name.len() as u8];
    seal.extend_from_slice(name.as_bytes());
    let bytes = packed(&[
        ("OFD.xml", root.as_bytes()),
        ("Doc_0/Document.xml", document("", &["P/Content.xml"]).as_bytes()),
        ("Doc_0/P/Content.xml", page(&line(30.0, 40.0, "通知")).as_bytes()),
        ("Doc_0/Signs/Signatures.xml", br#"<Signatures><Signature ID="1" BaseLoc="Sign_0/Signature.xml"/></Signatures>"#),
        (
            "Doc_0/Signs/Sign_0/Signature.xml",
            br#"<Signature><SignedInfo><StampAnnot ID="1" PageRef="10" Boundary="1 1 30 30"/><Seal><BaseLoc>/Doc_0/Signs/Sign_0/Seal.esl</BaseLoc></Seal></SignedInfo></Signature>"#,
        ),
        ("Doc_0/Signs/Sign_0/Seal.esl", &seal),
    ]);
    let source = read(&bytes).expect("readable");
    let seals: Vec<_> = source.enclosures.iter().map(|e| (e.kind, e.name.as_str())).collect();
    assert_eq!(seals, [(EnclosureKind::Seal, name)]);
}

#[test]
fn files_without_text_are_refused_with_the_reason() {
    let help = "请先用文字识别（OCR）软件转成带文字的文件，核对以后再导入；有 Word、网页等原件的，导入原件";
    let image = r#"<ofd:ImageObject ID="4" CTM="210 0 0 297 0 0" Boundary="0 0 210 297" ResourceID="2"/>"#;
    assert_eq!(text(&one(image)), format!("ofd-scan：像扫描件：页面是图片，没有文字。{help}"));
    let outline = r#"<ofd:PathObject ID="4" Boundary="20 20 20 20"><ofd:AbbreviatedData>M 0 0 Q 3 4 5 6 L 9 9 C</ofd:AbbreviatedData></ofd:PathObject>"#;
    assert_eq!(text(&one(outline)), format!("ofd-no-text：没有文字层：字都画成了图形。{help}"));
    assert_eq!(text(&one("")), "ofd-empty：这个 OFD 里没有文字。请检查文件是否完整");
    assert!(!OfdFile.recognises(&package(&[("word/document.xml", "")])));
}

#[test]
fn hostile_files_are_refused_before_they_cost_much() {
    let help = "这样的文件多半是坏的，请检查来源";
    let zeros = vec![b' '; 65 << 20];
    let bomb = packed(&[
        ("OFD.xml", ROOT.as_bytes()),
        ("Doc_0/Document.xml", document("", &["P/Content.xml"]).as_bytes()),
        ("Doc_0/P/Content.xml", &zeros),
    ]);
    assert_eq!(
        text(&bomb),
        "package-large：包里的 doc_0/p/content.xml 展开后超过 15 MB。\
         公文不会这样大；请检查文件的来源，或者用办公软件打开后另存一份，再导入"
    );
    let deep = "<ofd:PageBlock>".repeat(100) + &"</ofd:PageBlock>".repeat(100);
    assert_eq!(text(&one(&deep)), format!("ofd-too-large：这个 OFD 里的 XML 太大或者嵌套太深，超过限度。{help}"));
    // Drawings that repeat drawings, ten times each.
    let common = "<ofd:PublicRes>R.xml</ofd:PublicRes>";
    let units: String = (0..12)
        .map(|i| {
            let inner =
                format!(r#"<ofd:CompositeObject ID="1" Boundary="0 0 1 1" ResourceID="u{}"/>"#, i + 1).repeat(10);
            format!(
                r#"<ofd:CompositeGraphicUnit ID="u{i}"><ofd:Content>{inner}</ofd:Content></ofd:CompositeGraphicUnit>"#
            )
        })
        .collect();
    let many = package(&[
        ("OFD.xml", ROOT),
        ("Doc_0/Document.xml", &document(common, &["P/Content.xml"])),
        ("Doc_0/R.xml", &format!("<Res><CompositeGraphicUnits>{units}</CompositeGraphicUnits></Res>")),
        ("Doc_0/P/Content.xml", &page(r#"<ofd:CompositeObject ID="1" Boundary="0 0 1 1" ResourceID="u0"/>"#)),
    ]);
    assert_eq!(text(&many), format!("ofd-too-large：这个 OFD 画的字和线太多，超过限度。{help}"));
    // Entities are not followed.
    let entity = page(&line(30.0, 40.0, "通知&lol;")).replacen(
        "<ofd:Page",
        r#"<!DOCTYPE p [<!ENTITY lol "甲甲甲"><!ENTITY lol2 "&lol;&lol;">]><ofd:Page"#,
        1,
    );
    let bytes = package(&[
        ("OFD.xml", ROOT),
        ("Doc_0/Document.xml", &document("", &["P/Content.xml"])),
        ("Doc_0/P/Content.xml", &entity),
    ]);
    assert_eq!(text(&bytes), "通知");
}

#[test]
fn damaged_files_never_panic() {
    let objects = line(30.0, 40.0, "关于印发方案的通知")
        + r#"<ofd:PathObject ID="9" Boundary="20 50 170 30"><ofd:AbbreviatedData>M 0 0 L 170 0 L 170 20 L 0 20 C</ofd:AbbreviatedData></ofd:PathObject>"#;
    let content = page(&objects);
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed as usize
    };
    let whole = one(&objects);
    for i in 0..300 {
        // Half of them damage the zip, half the XML in it.
        let mut bytes = if i % 2 == 0 { whole.clone() } else { content.clone().into_bytes() };
        for _ in 0..1 + next() % 4 {
            let at = next() % bytes.len();
            match next() % 8 {
                0 => bytes.truncate(at.max(8)),
                1 => bytes[at] = b"<>&\"0 -9"[next() % 8],
                _ => bytes[at] = next() as u8,
            }
        }
        if i % 2 == 1 {
            let document = document("", &["P/Content.xml"]);
            bytes = packed(&[
                ("OFD.xml", ROOT.as_bytes()),
                ("Doc_0/Document.xml", document.as_bytes()),
                ("Doc_0/P/Content.xml", &bytes),
            ]);
        }
        if let Ok(source) = OfdFile.read(&bytes) {
            assemble(source);
        }
    }
}
