//! 读的结果: what there is to say about a reading, for the person whose file it is, in simplified Chinese. The terminal
//! and the page on which documents are read in the browser say the same.

use std::path::Path;

use crate::extract::Findings;
use crate::extract::unread::{UnreadKind, unread};
use crate::piece::{Enclosure, EnclosureKind, Refusal};
use crate::read::{FORMATS, Format, FurnitureKind, PlainText, Reading};
use crate::{BlockKind, Outline};

/// Why a file without text is of no use; `None` where there is any.
pub fn empty(reading: &Reading) -> Option<Refusal> {
    let help = "检查文件是否导出完整";
    reading.document.blocks.is_empty().then(|| Refusal::new("import-empty", "文件里没有文字", help))
}

/// What to say where the extension of a file promises another format than its bytes have.
pub fn misnamed(path: &Path, format: &dyn Format) -> Option<String> {
    let extension = path.extension()?.to_string_lossy().to_ascii_lowercase();
    let promised = |f: &&dyn Format| f.extensions().contains(&extension.as_str());
    if promised(&format) || !FORMATS.iter().any(promised) {
        return None;
    }
    Some(format!("扩展名是 .{extension}，内容是{}，照内容读", format.name()))
}

/// What of a file was not read because it is no text: pictures and seals, a line each.
pub fn pictures(enclosures: &[Enclosure]) -> Vec<String> {
    let count = |kind| enclosures.iter().filter(|e| e.kind == kind).count();
    let pictures = enclosures.iter().filter(|e| e.kind == EnclosureKind::Image);
    let named: Vec<&str> = pictures.map(|e| e.name.trim()).filter(|n| !n.is_empty()).collect();
    let mut remarks = Vec::new();
    match (count(EnclosureKind::Image), named.is_empty()) {
        (0, _) => {}
        (n, true) => remarks.push(format!("图片 {n} 张，里面的文字没有读")),
        (n, false) => remarks.push(format!("图片 {n} 张，里面的文字没有读：{}", named.join("、"))),
    }
    match count(EnclosureKind::Seal) {
        0 => {}
        n => remarks.push(format!("电子印章 {n} 个")),
    }
    remarks
}

/// What was found in a document, what was left out, and what was not understood. Whoever finds more to say about a
/// reading says it here.
pub fn remarks(reading: &Reading, outline: &Outline, findings: &Findings) -> Vec<String> {
    let document = &reading.document;
    let mut remarks = vec![found(reading, outline, findings)];
    if reading.malformed > 0 {
        let encoding = reading.encoding.unwrap_or("UTF-8");
        remarks.push(format!("{} 处字节不是有效的 {encoding} 编码，写成 \u{fffd}", reading.malformed));
    }
    if reading.controls > 0 {
        remarks.push(format!("去掉控制字符 {} 个", reading.controls));
    }
    for note in &reading.notes {
        let gap = if note.place.is_empty() { "" } else { " " };
        remarks.push(format!("{}{gap}{}", note.place, note.message));
    }
    let places = Places::of(reading);
    for f in &reading.furniture {
        let kind = match f.kind {
            FurnitureKind::PageNumber => "页码",
            FurnitureKind::RunningHead => "页眉页脚",
            FurnitureKind::Control => "网页按钮",
        };
        remarks.push(format!("略去{}{kind}：{}", places.at(f.offset), f.text));
    }
    for remark in &reading.remarks {
        let block = document.blocks.get(remark.block).map_or("", |b| b.text.as_str());
        let at = reading.origins.source_offset(remark.block, 0).unwrap_or_default();
        let words: String = block.chars().take(20).collect();
        remarks.push(format!("{} {}：{words}", places.at(at), remark.reason));
    }
    for unparsed in findings.assignments.iter().flat_map(|a| &a.unparsed) {
        let at = reading.origins.source_offset(unparsed.block, unparsed.start).map(|at| places.at(at) + " ");
        remarks.push(format!("{}分工没有全懂：{}", at.unwrap_or_default(), document.quote(*unparsed)));
    }
    for unread in unread(document, outline, findings) {
        let looks = match unread.kind {
            UnreadKind::Table => "像任务表，没有读出分工",
            UnreadKind::Bracket => "像分工的括注，没有读出分工",
            UnreadKind::Label => "像责任单位、时限的标注，没有读出分工",
        };
        let at = reading.origins.source_offset(unread.span.block, unread.span.start).map(|at| places.at(at) + " ");
        let words: String = document.quote(unread.span).chars().take(40).collect();
        remarks.push(format!("{}{looks}：{words}", at.unwrap_or_default()));
    }
    remarks
}

/// How many of each there are.
fn found(reading: &Reading, outline: &Outline, findings: &Findings) -> String {
    let blocks = &reading.document.blocks;
    let tables = blocks.iter().filter(|b| matches!(b.kind, BlockKind::Table(_))).count();
    let (assignments, citations) = (findings.assignments.len(), findings.citations.len());
    let mut found = format!("层次 {}，分工 {assignments}，引用 {citations}", outline.entries.len());
    if tables > 0 {
        found.push_str(&format!("，表格 {tables}"));
    }
    if reading.format != PlainText.name() {
        found.push_str(&format!("，格式 {}", reading.format));
    }
    if let Some(encoding) = reading.encoding.filter(|e| *e != "UTF-8") {
        found.push_str(&format!("，编码 {encoding}"));
    }
    found
}

/// Where the bytes of a reading's text stand, as a person looks for them.
struct Places<'r> {
    reading: &'r Reading,
    /// The line breaks of the text, where its places are lines.
    breaks: Vec<usize>,
}

impl<'r> Places<'r> {
    fn of(reading: &'r Reading) -> Self {
        let lines = reading.places.is_empty();
        let breaks = if lines { reading.text.match_indices('\n').map(|(at, _)| at).collect() } else { Vec::new() };
        Places { reading, breaks }
    }

    /// 第 3 行, 第 2 页, 第 12 段.
    fn at(&self, byte: usize) -> String {
        match self.reading.places.get(byte) {
            Some(place) => place.to_string(),
            None => format!("第 {} 行", self.breaks.partition_point(|b| *b < byte) + 1),
        }
    }
}
