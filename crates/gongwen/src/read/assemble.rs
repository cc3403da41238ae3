//! 合成: from what a reader gave to a document, for every format alike.

use std::ops::Range;

use super::furniture::{self, Furniture, FurnitureKind};
use super::line::{self, Line};
use super::unwrap;
use super::{Reading, table};
use crate::layout::{self, Part};
use crate::paragraph::Paragraph;
use crate::piece::{Grid, Piece, Place, Places, Source};
use crate::words;

/// How many pieces of a page may stand before its document begins, and after it ends.
const HEAD_PARTS: usize = 80;
/// An item of a menu is at most this long, in characters.
const MENU_CHARS: usize = 24;
/// No table that people read has more cells; merged cells are not filled in beyond it.
const CELLS: usize = 200_000;

/// Makes a document of a source.
pub fn assemble(source: Source) -> Reading {
    let text = source.text.as_str();
    let mut lines = physical(&source);
    let mut furniture = furniture::take(&mut lines);
    let setting = unwrap::Setting::of(&lines);
    let mut lines = lines.into_iter().peekable();
    let mut parts = Vec::new();
    let mut page_start = false;
    for (at, piece) in source.pieces.iter().enumerate() {
        let first = parts.len();
        match piece {
            Piece::Lines(range) => {
                // What a page breaks off goes on with the next: its lines have been taken already where they are of this run.
                let end = run_end(&source.pieces[at..]).unwrap_or(range.end);
                let mut own = Vec::new();
                while let Some(line) = lines.next_if(|l| l.offset < end) {
                    own.push(line);
                }
                parts.extend(broken(own, setting, &mut furniture));
                // Lines know themselves where a page begins.
                page_start = false;
            }
            Piece::Paragraph(range, style) => {
                let lines = lines_of(text, range.clone());
                if let [line] = lines.as_slice()
                    && furniture::is_control(line.text)
                    && (parts.len() < HEAD_PARTS || source.pieces.len() - at < HEAD_PARTS)
                {
                    furniture.push(line.left_out(FurnitureKind::Control));
                } else if !lines.is_empty() {
                    parts.push(Part::Paragraph(Paragraph { style: *style, ..unwrap::join(&lines) }));
                }
            }
            Piece::Table(grid) => parts.extend(tabular(text, grid)),
            Piece::PageBreak => {
                page_start = true;
                continue;
            }
        }
        if let Some(Part::Paragraph(paragraph)) = parts.get_mut(first) {
            paragraph.page_start |= std::mem::take(&mut page_start);
        }
    }
    menus(text, &mut parts, &mut furniture);
    furniture.sort_by_key(|f| f.offset);
    let (mut document, origins, remarks) = layout::compose(parts);
    layout::state(&mut document, &source.labels);
    Reading {
        document,
        origins,
        furniture,
        remarks,
        text: source.text,
        places: source.places,
        format: "",
        notes: source.notes,
        enclosures: source.enclosures,
        encoding: source.encoding,
        malformed: source.malformed,
        controls: source.controls,
    }
}

/// Reads a text whose lines are as a page breaks them.
pub fn text(text: &str) -> Reading {
    assemble(Source { text: text.to_owned(), pieces: vec![Piece::Lines(0..text.len())], ..Source::default() })
}

/// The physical lines of all [`Piece::Lines`], which are measured together: one page sets them all.
fn physical(source: &Source) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut page_start = false;
    for piece in &source.pieces {
        match piece {
            Piece::Lines(range) => {
                let first = lines.len();
                lines.extend(lines_of(&source.text, range.clone()));
                if let Some(line) = lines.get_mut(first)
                    && std::mem::take(&mut page_start)
                {
                    line.page_start = true;
                    // A new page is no blank line.
                    line.after_blank = first == 0;
                }
            }
            Piece::PageBreak => page_start = true,
            Piece::Paragraph(..) | Piece::Table(_) => page_start = false,
        }
    }
    as_drawn(&mut lines, &source.places);
    lines
}

/// Lines that have boxes on pages are as wide as these where their characters count for less: letters and figures are
/// often set wider than half a Chinese character, and a line of many would seem short. Lines of another size of type stay
/// as they count, and so do those that are drawn much wider: there are gaps in them.
fn as_drawn(lines: &mut [Line<'_>], places: &Places) {
    /// A line of so many columns tells how wide one is.
    const LONG: usize = 24;
    let boxes: Vec<Option<[i32; 2]>> = lines
        .iter()
        .map(|line| match places.get(line.offset) {
            Some(Place::Page { area: [left, top, right, bottom], .. }) => Some([right - left, bottom - top]),
            _ => None,
        })
        .collect();
    let long = || lines.iter().zip(&boxes).filter(|(line, _)| line.width >= LONG);
    let mut columns: Vec<f32> = long().filter_map(|(l, b)| Some(b.as_ref()?[0] as f32 / l.width as f32)).collect();
    let mut heights: Vec<i32> = long().filter_map(|(_, b)| Some(b.as_ref()?[1])).collect();
    columns.sort_by(f32::total_cmp);
    heights.sort_unstable();
    let (Some(&column), Some(&height)) = (columns.get(columns.len() / 2), heights.get(heights.len() / 2)) else {
        return;
    };
    for (line, drawn) in lines.iter_mut().zip(boxes) {
        let Some([width, own]) = drawn.filter(|_| column > 1.0) else { continue };
        let columns = (width as f32 / column).round() as usize;
        if (own - height).abs() <= 1 && columns <= line.width + line.width / 7 {
            line.width = line.width.max(columns);
        }
    }
}

/// The end of the run of lines that `pieces` begins with: lines parted by nothing but page breaks.
fn run_end(pieces: &[Piece]) -> Option<usize> {
    let mut end = None;
    let mut broken = true;
    for piece in pieces {
        match piece {
            Piece::Lines(range) if broken => (end, broken) = (Some(range.end), false),
            Piece::PageBreak => broken = true,
            _ => break,
        }
    }
    end
}

/// The lines of a stretch of `text`, numbered within it and placed in the whole.
fn lines_of(text: &str, range: Range<usize>) -> Vec<Line<'_>> {
    let start = range.start;
    let mut lines = line::lines(text.get(range).unwrap_or(""));
    lines.iter_mut().for_each(|l| l.offset += start);
    lines
}

/// The paragraphs and tables of a run of physical lines.
fn broken(lines: Vec<Line<'_>>, setting: unwrap::Setting, left_out: &mut Vec<Furniture>) -> Vec<Part> {
    let mut parts = Vec::new();
    for stretch in table::split(lines, left_out) {
        match stretch {
            table::Stretch::Lines(lines) => {
                parts.extend(unwrap::unwrap(&lines, setting).into_iter().map(Part::Paragraph));
            }
            table::Stretch::Table { header: true, rows } => parts.extend(titled(rows)),
            table::Stretch::Table { header, rows } => parts.push(Part::Table { header, rows }),
        }
    }
    parts
}

/// A table that the format has drawn, and what stands over it; nothing where no cell has words.
fn tabular(text: &str, grid: &Grid) -> Vec<Part> {
    let mut rows: Vec<Vec<Paragraph>> = grid
        .filled(CELLS)
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| {
                    let lines = cell.map(|c| lines_of(text, c.text.clone())).unwrap_or_default();
                    if lines.is_empty() { Paragraph::default() } else { unwrap::join(&lines) }
                })
                .collect()
        })
        .collect();
    rows.retain(|row: &Vec<Paragraph>| row.iter().any(|c| !c.text.is_empty()));
    titled(rows)
}

/// A table and what stands over it.
fn titled(mut rows: Vec<Vec<Paragraph>>) -> Vec<Part> {
    let mut parts: Vec<Part> = layout::captions(&mut rows).into_iter().map(Part::Paragraph).collect();
    if !rows.is_empty() {
        parts.push(Part::Table { header: !table::is_keyed(&rows), rows });
    }
    parts
}

/// Takes out the menus of a page: the short lines above a table of labels, where a control among them shows that a page
/// was saved whole. What may be a title or a number stays.
fn menus(text: &str, parts: &mut Vec<Part>, left_out: &mut Vec<Furniture>) {
    let Some(table) = parts.iter().take(HEAD_PARTS).position(|p| matches!(p, Part::Table { header: false, .. })) else {
        return;
    };
    let controls = left_out.iter().filter(|f| f.kind == FurnitureKind::Control).count();
    let is_menu = |p: &Part| match p {
        Part::Paragraph(p) => {
            p.text.chars().count() <= MENU_CHARS
                && !p.text.ends_with(['。', '：', ':'])
                && !p.text.contains(['《', '〔'])
                && (words::kind_of_title(&p.text).is_none() || p.text.chars().count() < 6)
        }
        Part::Table { .. } => false,
    };
    if controls < 2 || !parts[..table].iter().all(is_menu) {
        return;
    }
    for part in parts.drain(..table) {
        let Part::Paragraph(p) = part else { continue };
        let (Some(&(_, start)), Some(&(last, end))) = (p.origin.first(), p.origin.last()) else { continue };
        let end = end + p.text.len().saturating_sub(last);
        for line in lines_of(text, start..end) {
            let number = p.line + line.number - 1;
            left_out.push(Line { number, ..line }.left_out(FurnitureKind::Control));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_goes_on_over_a_page() {
        let mut source = Source::default();
        let mut lines = |text: &str| {
            let range = source.append(text);
            source.pieces.push(Piece::Lines(range));
            source.pieces.push(Piece::PageBreak);
        };
        lines("    推动行业主管部门汇聚本行业公共数据资源，支持龙头企业、行业协会通过细分领域产业大脑、");
        lines("产业数据仓等平台提升数据标准化水平。（责任单位：市数据局、市经信局）");
        lines("    探索建立数据集流通交易制度，完善利益分配机制，营造良好的交易服务生态。");
        let document = assemble(source).document;
        let texts: Vec<&str> = document.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "推动行业主管部门汇聚本行业公共数据资源，支持龙头企业、行业协会通过细分领域产业大脑、产业数据仓等平台提升数据标准化水平。（责任单位：市数据局、市经信局）",
                "探索建立数据集流通交易制度，完善利益分配机制，营造良好的交易服务生态。"
            ]
        );
    }

    /// A full line of letters and figures counts for less than it takes.
    #[test]
    fn a_line_is_as_wide_as_it_is_drawn() {
        use crate::piece::Place;
        let lines = [
            (58, 557, "到2027年，在全市范围内基本建成国内领先的泛在覆盖全光网络，建设市级新型算力中心"),
            (38, 557, "集群间专网。部署单波400G OTN网络，试点部署800G OTN网络，重点应用场所OTN"),
            (38, 400, "覆盖率达到100%，全市时延低于5ms，骨干线路可用率达到99.99%。"),
            (58, 557, "加快推动超低损光纤部署，优化光缆路由，加速骨干路由器应用部署，试点开展新系统应用"),
            (38, 557, "推广，加快全光交叉技术等技术应用，逐步打造新型算力中心集群间的一跳直达链路和通道"),
            (38, 300, "形成高效、经济的数据传输环境。"),
            (58, 557, "深化新型互联网交换中心发展，完善光网节点建设布局，通过多点联通的网络接入方式降低"),
            (38, 557, "网络接入成本、提高网络互联质量，持续加强直联点和配套监测系统的升级改造与优化扩容"),
            (38, 200, "加强监测系统兼容配合。"),
        ];
        let read = |drawn: bool| {
            let mut source = Source::default();
            for (number, (left, right, text)) in (0..).zip(lines) {
                let range = source.append(&" ".repeat(if left > 38 { 4 } else { 0 }));
                if drawn {
                    let area = [left, 20 * number, right, 20 * number + 12];
                    source.places.push(range.end, Place::Page { page: 1, area });
                }
                source.text.push_str(text);
            }
            source.pieces.push(Piece::Lines(0..source.text.len()));
            assemble(source).document.blocks.into_iter().map(|b| b.text).collect::<Vec<_>>()
        };
        assert_eq!(read(true).len(), 3, "{:#?}", read(true));
        assert!(read(true)[0].contains("重点应用场所OTN覆盖率达到100%"));
        assert!(read(false).len() > 3, "what is not drawn can only be counted");
    }

    /// A line ends before letters that cannot be parted; the sentence goes on.
    #[test]
    fn a_line_that_letters_did_not_fit() {
        let lines = "
    支持海州港区与装备企业合作，部署行业大模型，打造海州的码头
“iPOS-iTOS-iECS-设备自动化”四级联动体系，建设智慧港口样板
工程，形成可以复制推广的港航人工智能应用经验。
    到2030年，全市智能算力总体规模力争超过全省平均值并达到
20000PFlops，建成高质量数据集十个以上，引进各类专业人才三
千名以上。
    推动港口生产调度、安全监管、客户服务等环节全面应用智能技
术，持续提升港口作业效率和服务水平，打造全国领先的智慧港口
群。
    加强组织领导，明确责任分工，细化政策措施，强化督促检查，
确保各项任务落到实处。
";
        let texts: Vec<String> = text(lines).document.blocks.into_iter().map(|b| b.text).collect();
        assert_eq!(texts.len(), 4, "{texts:#?}");
        assert!(texts[0].contains("打造海州的码头“iPOS-iTOS-iECS-设备自动化”四级联动"));
        assert!(texts[1].contains("并达到20000PFlops，建成"));
    }
}
