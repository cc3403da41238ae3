//! Files of every format that documents come in, written here as offices' programs write them, each with these
//! paragraphs.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

/// A notice that assigns one task.
pub const NOTICE: [&str; 8] = [
    "云河市人民政府办公室关于做好社区食堂建设的通知",
    "云政办发〔2021〕12号",
    "各县（市、区）人民政府：",
    "为落实《云河市养老服务条例》，现将有关事项通知如下。",
    "一、补齐设施",
    "2022年底前新建社区食堂20个。（市民政局牵头，市财政局配合）",
    "云河市人民政府办公室",
    "2021年6月10日",
];

/// An archive of these files.
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a file");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A plain text in the encoding of older systems.
pub fn txt(paragraphs: &[&str]) -> Vec<u8> {
    encoding_rs::GBK.encode(&paragraphs.join("\r\n\r\n")).0.into_owned()
}

/// A web page.
pub fn html(paragraphs: &[&str]) -> Vec<u8> {
    let text: String = paragraphs.iter().map(|p| format!("<p>{p}</p>\n")).collect();
    let head = "<head><meta charset=\"utf-8\"><title>通知</title></head>";
    format!("<!DOCTYPE html>\n<html>{head}<body><div id=\"content\">\n{text}</div></body></html>\n").into_bytes()
}

/// The parts of a Word file that are needed.
pub fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let text: String = paragraphs.iter().map(|p| format!("<w:p><w:r><w:t>{p}</w:t></w:r></w:p>")).collect();
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    let types = "http://schemas.openxmlformats.org/package/2006/content-types";
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let part = "application/vnd.openxmlformats-package.relationships+xml";
    let types = format!(
        "{xml}<Types xmlns=\"{types}\"><Default Extension=\"rels\" ContentType=\"{part}\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/></Types>"
    );
    let relations = format!(
        "{xml}<Relationships xmlns=\"{relations}\"><Relationship Id=\"r1\" Type=\"{office}\" \
         Target=\"word/document.xml\"/></Relationships>"
    );
    let document = format!("{xml}<w:document xmlns:w=\"{word}\"><w:body>{text}</w:body></w:document>");
    zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relations.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

/// A compound file of these streams.
fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    for (name, bytes) in streams {
        file.create_stream(name).and_then(|mut stream| stream.write_all(bytes)).expect("a stream");
    }
    file.flush().expect("a file");
    file.into_inner().into_inner()
}

/// A Word file of before 2007: one piece of text without any formatting (MS-DOC 2.4).
pub fn doc(paragraphs: &[&str]) -> Vec<u8> {
    const TEXT: usize = 1024;
    /// Where the table of pieces stands in the list of tables.
    const PIECES: usize = 154 + 33 * 8;
    let text: Vec<u16> = paragraphs.iter().flat_map(|p| p.encode_utf16().chain([13])).collect();
    let length = (text.len() as u32).to_le_bytes();
    let pieces: Vec<u8> =
        [&[2, 16, 0, 0, 0, 0, 0, 0, 0][..], &length, &[0, 0], &(TEXT as u32).to_le_bytes(), &[0, 0]].concat();
    let mut main = vec![0u8; TEXT];
    let mut put = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &0xa5ec_u16.to_le_bytes());
    put(2, &0xc1_u16.to_le_bytes());
    put(10, &0x0200_u16.to_le_bytes());
    put(32, &14_u16.to_le_bytes());
    put(62, &22_u16.to_le_bytes());
    put(76, &length);
    put(152, &93_u16.to_le_bytes());
    put(PIECES, &4_u32.to_le_bytes());
    put(PIECES + 4, &(pieces.len() as u32).to_le_bytes());
    main.extend(text.iter().flat_map(|unit| unit.to_le_bytes()));
    compound(&[("WordDocument", &main), ("1Table", &[&[0; 4][..], &pieces].concat())])
}

/// A Word file that asks for a password, as Office writes one.
pub fn encrypted() -> Vec<u8> {
    compound(&[("EncryptionInfo", &[4, 0, 4, 0, 64, 0, 0, 0]), ("EncryptedPackage", &[0; 64])])
}

/// Rich text, every character by its number.
pub fn rtf(paragraphs: &[&str]) -> Vec<u8> {
    let escaped = |text: &str| -> String { text.encode_utf16().map(|unit| format!("\\u{}?", unit as i16)).collect() };
    let text: String = paragraphs.iter().map(|p| format!("{}\\par\n", escaped(p))).collect();
    format!("{{\\rtf1\\ansi\\ansicpg936\\deff0{{\\fonttbl{{\\f0 SimSun;}}}}\\uc1\n{text}}}").into_bytes()
}

/// A workbook with a table of one task.
pub fn xlsx() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"],
        ["1", "新建社区食堂20个", "市民政局", "市财政局", "2022年12月31日"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// A PDF of these objects, numbered from 1, with more in its trailer.
fn pdf_of(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", i + 1).into_bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    let count = objects.len() + 1;
    bytes.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").into_bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    bytes.extend(format!("trailer\n<</Size {count}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    bytes
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    [format!("<<{dictionary}/Length {}>>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

/// A PDF of one page, its characters as codes of UTF-16 with a table that says so.
pub fn pdf(paragraphs: &[&str]) -> Vec<u8> {
    let table = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def \
        1 begincodespacerange <0000><FFFF> endcodespacerange \
        2 beginbfrange <0020><D7FF><0020> <E000><FFFD><E000> endbfrange endcmap end end";
    let child = "[<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000/CIDSystemInfo\
        <</Registry(Adobe)/Ordering(GB1)/Supplement 5>>/FontDescriptor 6 0 R>>]";
    let hex = |text: &str| -> String { text.encode_utf16().map(|unit| format!("{unit:04X}")).collect() };
    let lines = paragraphs.iter().zip(0..);
    let drawn: String =
        lines.map(|(p, i)| format!("BT /F 16 Tf 1 0 0 1 72 {} Tm <{}> Tj ET\n", 760 - 48 * i, hex(p))).collect();
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 7 0 R/Resources<</Font<</F 4 0 R>>>>>>";
    let font = format!(
        "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/ToUnicode 5 0 R/DescendantFonts{child}>>"
    );
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into(),
        font.into_bytes(),
        stream("", table.as_bytes()),
        b"<</Type/FontDescriptor/FontName/Song/Flags 4>>".to_vec(),
        stream("", drawn.as_bytes()),
    ];
    pdf_of(&objects, "")
}

/// A PDF whose one page is a picture.
pub fn scan() -> Vec<u8> {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>";
    let picture = "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8";
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into(),
        stream("", b"q 595 0 0 842 0 0 cm /X Do Q"),
        stream(picture, &[0, 255, 255, 0]),
    ];
    pdf_of(&objects, "")
}

/// An OFD of one page.
pub fn ofd(paragraphs: &[&str]) -> Vec<u8> {
    let space = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    let line = |(p, i): (&&str, usize)| {
        let (y, steps) = (30 + 12 * i, p.chars().count() - 1);
        format!(
            "<ofd:TextObject ID=\"{}\" Boundary=\"20 {y} 180 6\" Font=\"3\" Size=\"5\"><ofd:TextCode X=\"0\" Y=\"5\" \
             DeltaX=\"g {steps} 5\">{p}</ofd:TextCode></ofd:TextObject>",
            20 + i
        )
    };
    let lines: String = paragraphs.iter().zip(0..).map(line).collect();
    let root = format!(
        "<ofd:OFD {space} Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml\
         </ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    );
    let document = format!(
        "<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>\
         </ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID=\"10\" BaseLoc=\"Pages/Page_0/Content.xml\"/>\
         </ofd:Pages></ofd:Document>"
    );
    let page =
        format!("<ofd:Page {space}><ofd:Content><ofd:Layer ID=\"1\">{lines}</ofd:Layer></ofd:Content></ofd:Page>");
    zipped(&[
        ("OFD.xml", root.as_bytes()),
        ("Doc_0/Document.xml", document.as_bytes()),
        ("Doc_0/Pages/Page_0/Content.xml", page.as_bytes()),
    ])
}
