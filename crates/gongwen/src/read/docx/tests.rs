//! Documents made of XML strings, read as files are.

use super::Docx;
use crate::piece::{EnclosureKind, Piece, Source};
use crate::read::Format;
use crate::read::package::tests::packed;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A file whose text is `body`, with further parts by the kind of their relationship.
fn file(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let namespaces = format!(
        "xmlns:w=\"{WORD}\" xmlns:r=\"{RELATION}\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:wp=\"urn:wp\" xmlns:a=\"urn:a\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:o\""
    );
    let mut entries = vec![(
        "word/document.xml".to_owned(),
        format!("<w:document {namespaces}><w:body>{body}</w:body></w:document>"),
    )];
    let mut relations = String::new();
    for (i, (kind, xml)) in parts.iter().enumerate() {
        let root = if *kind == "header" { "hdr" } else { kind };
        entries.push((format!("word/{kind}{i}.xml"), format!("<w:{root} {namespaces}>{xml}</w:{root}>")));
        relations += &format!("<Relationship Id=\"r{i}\" Type=\"{RELATION}/{kind}\" Target=\"{kind}{i}.xml\"/>");
    }
    entries.push(("word/_rels/document.xml.rels".into(), format!("<Relationships>{relations}</Relationships>")));
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|(n, x)| (n.as_str(), x.as_bytes())).collect();
    packed(&entries)
}

fn read(body: &str, parts: &[(&str, &str)]) -> Source {
    let bytes = file(body, parts);
    assert!(Docx.recognises(&bytes));
    Docx.read(&bytes).expect("read")
}

/// A line a piece; headings with `#`, centred ones with `=`, bold ones with `*`; then the notes.
fn shown(source: &Source) -> Vec<String> {
    let pieces = source.pieces.iter().map(|p| match p {
        Piece::Paragraph(range, style) => format!(
            "{}{}{}{}",
            "#".repeat(usize::from(style.heading.unwrap_or(0))),
            if style.centred { "=" } else { "" },
            if style.bold { "*" } else { "" },
            &source.text[range.clone()]
        ),
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

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn numbered(text: &str, list: u32, level: u32) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>\
         <w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

/// 一、 and 1. below it; list 2 is a copy that begins with 五; bullets as list 3.
const NUMBERING: &str = r#"
<w:abstractNum w:abstractNumId="4">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="H1"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/><w:isLgl/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="5">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF06C;"/><w:suff w:val="space"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="4"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="5"/></w:num>"#;

const STYLES: &str = r#"
<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="N"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="C"><w:name w:val="子"/><w:basedOn w:val="H1"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="L"><w:name w:val="环"/><w:basedOn w:val="L"/></w:style>
<w:style w:type="character" w:styleId="V"><w:name w:val="藏"/><w:rPr><w:vanish/></w:rPr></w:style>"#;

#[test]
fn automatic_numbers_are_part_of_the_text() {
    let body = [
        numbered("总体要求", 1, 0),
        numbered("指导思想", 1, 1),
        numbered("主要目标", 1, 0),
        numbered("另起", 2, 0),
        numbered("要点", 3, 0),
        numbered("", 1, 1),
        numbered("没有这个编号", 9, 0),
    ]
    .concat();
    assert_eq!(
        shown(&read(&body, &[("numbering", NUMBERING)])),
        ["一、总体要求", "1.1.指导思想", "二、主要目标", "五、另起", "● 要点", "5.1.", "没有这个编号"]
    );
}

#[test]
fn styles_hand_down_numbers_headings_and_emphasis() {
    let styled = |style: &str, more: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let body = [
        styled("H1", "", "总则"),
        styled("C", "", "分则"),
        styled("C", "<w:numPr><w:numId w:val=\"0\"/></w:numPr><w:outlineLvl w:val=\"9\"/>", "没有号"),
        styled("L", "", "正文"),
    ]
    .concat();
    assert_eq!(
        shown(&read(&body, &[("styles", STYLES), ("numbering", NUMBERING)])),
        ["#*一、总则", "#=*二、分则", "=*没有号", "正文"]
    );
}

#[test]
fn what_is_not_printed_is_left_out_and_said() {
    let body = "<w:p><w:r><w:t>到</w:t></w:r><w:del><w:r><w:delText>2020</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>2025</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r>\
        <w:r><w:rPr><w:rStyle w:val=\"V\"/></w:rPr><w:t>也藏</w:t></w:r>\
        <w:r><w:t xml:space=\"preserve\">年 </w:t><w:tab/><w:t>底</w:t><w:commentReference w:id=\"0\"/></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前一段</w:t></w:r></w:p><w:p><w:r><w:t>接着</w:t></w:r></w:p>\
        <w:p><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom></w:p>";
    let header = format!("{}{}", p("内部资料"), p("第 1 页"));
    assert_eq!(
        shown(&read(body, &[("styles", STYLES), ("header", &header), ("header", &p("- 3 -"))])),
        [
            "到2025年 \t底",
            "前一段接着",
            "没有读入页眉、页脚 1 处：“内部资料第1页”",
            "没有读入修订中删去的文字 1 处：“2020”",
            "没有读入隐藏的文字 1 处：“内部也藏”",
            "没有读入批注 1 处",
        ]
    );
}

#[test]
fn fields_signs_and_forms() {
    let field = |instruction: &str, result: &str| {
        let separate = if result.is_empty() { "" } else { "<w:fldChar w:fldCharType=\"separate\"/>" };
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>{instruction}</w:instrText>{separate}<w:t>{result}</w:t>\
             <w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let check = "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>\
        </w:ffData></w:fldChar><w:instrText>FORMCHECKBOX</w:instrText><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let choice = "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"甲\"/>\
        <w:listEntry w:val=\"乙\"/></w:ddList></w:ffData></w:fldChar><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let body = format!(
        "<w:p>{}{}<w:r><w:sym w:font=\"Wingdings 2\" w:char=\"F052\"/><w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/></w:r>\
         <w:r><w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr><w:t>\u{f0fe}</w:t></w:r>{check}{choice}</w:p>",
        field("DATE", "2025年"),
        field(r"eq \o\ac(○,2)", ""),
    );
    assert_eq!(shown(&read(&body, &[])), ["2025年②☑☐☑☑乙"]);
}

#[test]
fn tables_with_merged_cells_and_tables_in_them() {
    let cell = |properties: &str, content: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let grid = "<w:tblGrid><w:gridCol w:w=\"600\"/><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"2000\"/></w:tblGrid>";
    let inner = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&[cell("", &p("甲区")), cell("", &p("3"))]),
        row(&[cell("", &p("乙区")), cell("", &p("4"))])
    );
    let deleted = format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", cell("", &p("删去的行")));
    let body = format!(
        "<w:tbl>{grid}{}{}{}{}</w:tbl>",
        row(&[cell("<w:vMerge w:val=\"restart\"/>", &p("序号")), cell("<w:gridSpan w:val=\"2\"/>", &p("分工"))]),
        row(&[cell("<w:vMerge/>", "<w:p/>"), cell("", &p("牵头")), cell("", &p("配合"))]),
        row(&[cell("", &numbered("", 1, 0)), cell("", &format!("{}{}", p("甲局"), p("乙局"))), cell("", "<w:p/>")]),
        deleted,
    ) + &format!("<w:tbl>{}</w:tbl>", row(&[cell("", &format!("{}{inner}", p("附表")))]));
    let source = read(&body, &[("numbering", NUMBERING)]);
    assert_eq!(shown(&source), ["序号|分工|分工/序号|牵头|配合/一、|甲局\n乙局|", "附表", "甲区|3/乙区|4"]);
    let at = source.text.find("配合").expect("there");
    assert_eq!(source.places.get(at).map(ToString::to_string).as_deref(), Some("表 1 第 2 行第 3 格"));
}

#[test]
fn boxes_stand_once_where_they_are_read() {
    let text_box = |top: i64, text: &str| {
        format!(
            "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wp:positionV relativeFrom=\"paragraph\">\
             <wp:posOffset>{top}</wp:posOffset></wp:positionV><w:txbxContent>{0}</w:txbxContent></wp:anchor></w:drawing>\
             </mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            p(text)
        )
    };
    let body = format!(
        "<w:p>{}{}<w:r><w:t>正文</w:t></w:r></w:p><w:p><w:r><w:pict><v:shape><v:textpath string=\"某市文件\"/></v:shape>\
         <v:shape><v:imagedata title=\"公章.png\"/></v:shape></w:pict><w:object><o:OLEObject ProgID=\"Excel.Sheet.12\"/></w:object></w:r></w:p>",
        text_box(900_000, "下框"),
        text_box(-900_000, "上框"),
    );
    let source = read(&body, &[]);
    assert_eq!(
        shown(&source),
        ["上框", "正文", "下框", "某市文件", "没有读入嵌在里面的文件 1 个；请把它们另存出来，单独导入"]
    );
    assert_eq!(source.enclosures.len(), 1);
    assert_eq!((source.enclosures[0].kind, source.enclosures[0].name.as_str()), (EnclosureKind::Image, ""));
}

#[test]
fn notes_stand_at_the_end_with_their_marks() {
    let footnotes = format!(
        "<w:footnote w:id=\"-1\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote>",
        p("分隔"),
        p(" 见附件。")
    );
    let endnotes = format!("<w:endnote w:id=\"2\">{}</w:endnote>", p("尾注。"));
    let body = "<w:p><w:r><w:t>甲</w:t><w:endnoteReference w:id=\"2\"/><w:t>乙</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
        <w:sectPr><w:footnotePr><w:numFmt w:val=\"decimalEnclosedCircleChinese\"/></w:footnotePr></w:sectPr>";
    assert_eq!(
        shown(&read(body, &[("footnotes", &footnotes), ("endnotes", &endnotes)])),
        ["甲[i]乙①", "①见附件。", "[i]尾注。"]
    );
}

#[test]
fn pages_end_where_the_file_says() {
    let body = "<w:p><w:r><w:t>第一页</w:t><w:br w:type=\"page\"/><w:t>第二页</w:t><w:br/><w:t>下一行</w:t></w:r></w:p>\
        <w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>第三页</w:t></w:r></w:p>\
        <w:p><w:pPr><w:sectPr/></w:pPr></w:p><w:p><w:r><w:t>第四页</w:t></w:r></w:p>";
    assert_eq!(shown(&read(body, &[])), ["第一页", "break", "第二页\n下一行", "break", "第三页", "break", "第四页"]);
}

#[test]
fn what_is_refused_and_how() {
    let refused = |bytes: &[u8]| {
        assert!(Docx.recognises(bytes));
        let r = Docx.read(bytes).expect_err("refused");
        format!("{}: {}。{}", r.code, r.reason, r.help)
    };
    let chunk = file("<w:altChunk r:id=\"r1\"/>", &[]);
    assert_eq!(
        refused(&chunk),
        "docx-chunk: 正文里并入了另一份文件，它的文字不在这份文件里。请用 Word 打开后另存为 docx，再导入"
    );
    let empty = packed(&[("word/document2.xml", b"")]);
    assert_eq!(
        refused(&empty),
        "docx-no-document: 文件里没有正文（word/document.xml）。请用办公软件打开后另存一份，再导入"
    );
    let mut encrypted = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("a file of a test");
    encrypted.create_stream("EncryptedPackage").expect("a stream of a test");
    let encrypted = encrypted.into_inner().into_inner();
    assert_eq!(
        refused(&encrypted),
        "package-password: 这个文件有密码，打不开。请用密码打开，另存一份没有密码的文件，再导入"
    );
    assert_eq!(
        refused(b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument/>"),
        "docx-flat: 这是写成一个 XML 文件的 Word 文档。请用 Word 打开后另存为 docx，再导入"
    );
    let cut = &chunk[..chunk.len() / 2];
    assert!(refused(cut).starts_with("package-broken: 文件不完整或者损坏，打不开。"), "{}", refused(cut));
}

#[test]
fn an_empty_document_is_read_as_nothing() {
    assert!(shown(&read("<w:p/>", &[])).is_empty());
}

#[test]
fn a_table_without_end_is_refused_in_time() {
    let rows = format!("<w:tr>{}</w:tr>", "<w:tc><w:p/></w:tc>".repeat(1000)).repeat(300);
    let refusal = Docx.read(&file(&format!("<w:tbl>{rows}</w:tbl>"), &[])).expect_err("large");
    assert_eq!(refusal.reason, "表格超过 200000 格");
    let deep = "<w:tbl><w:tr><w:tc>".repeat(100) + &"</w:tc></w:tr></w:tbl>".repeat(100);
    assert_eq!(Docx.read(&file(&deep, &[])).expect_err("deep").code, "office-deep");
}

#[test]
fn damaged_files_are_refused_or_read_and_never_panic() {
    let body = numbered("甲", 1, 0)
        + "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>";
    let whole = file(&body, &[("styles", STYLES), ("numbering", NUMBERING)]);
    let read = |bytes: &[u8]| {
        if Docx.recognises(bytes) {
            drop(Docx.read(bytes));
        }
    };
    crate::read::office::tests::mutate(&whole, 100, read);
    // Behind the checksums of the package.
    crate::read::office::tests::mutate(NUMBERING.as_bytes(), 200, |xml| {
        read(&file(&body, &[("numbering", &String::from_utf8_lossy(xml))]));
    });
    crate::read::office::tests::mutate(body.as_bytes(), 300, |xml| read(&file(&String::from_utf8_lossy(xml), &[])));
}
