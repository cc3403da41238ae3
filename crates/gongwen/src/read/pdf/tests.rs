//! PDFs that are written here, as offices' programs write them.

use super::PdfFile;
use crate::piece::{Piece, Place, Refusal, Source};
use crate::read::{Format, assemble};

/// Writes a PDF: what every page draws, with fonts /F (Identity-H with a ToUnicode table) and /N (without one).
#[derive(Default)]
struct Writer {
    pages: Vec<String>,
    /// What is added to each page's dictionary.
    page: &'static str,
    /// The encoding of /N.
    encoding: &'static str,
    /// More objects, which begin at number 20.
    objects: Vec<Vec<u8>>,
}

impl Writer {
    fn pages(pages: &[&str]) -> Writer {
        Writer { pages: pages.iter().map(|p| (*p).to_owned()).collect(), encoding: "/Identity-H", ..Writer::default() }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut objects: Vec<(usize, Vec<u8>)> = Vec::new();
        let kids: String = (0..self.pages.len()).map(|i| format!("{} 0 R ", 100 + 2 * i)).collect();
        objects.push((1, b"<</Type/Catalog/Pages 2 0 R>>".to_vec()));
        let tree = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", self.pages.len());
        objects.push((2, tree.into_bytes()));
        // Codes are UTF-16, so that the table maps every code to itself.
        let table = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def \
            1 begincodespacerange <0000><FFFF> endcodespacerange \
            2 beginbfrange <0020><D7FF><0020> <E000><FFFD><E000> endbfrange endcmap end end";
        objects.push((3, stream("", table.as_bytes())));
        let child = "[<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000/W[32 126 500]\
            /CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>/FontDescriptor 6 0 R>>]";
        let font = |more: &str| format!("<</Type/Font/Subtype/Type0/BaseFont/Song/DescendantFonts{child}{more}>>");
        objects.push((4, font("/Encoding/Identity-H/ToUnicode 3 0 R").into_bytes()));
        objects.push((5, font(&format!("/Encoding{}", self.encoding)).into_bytes()));
        objects.push((6, b"<</Type/FontDescriptor/FontName/Song/Flags 4>>".to_vec()));
        for (i, page) in self.pages.iter().enumerate() {
            let dictionary = format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R\
                /Resources<</Font<</F 4 0 R/N 5 0 R>>/XObject<</X 20 0 R/Y 21 0 R>>>>{}>>",
                101 + 2 * i,
                self.page
            );
            objects.push((100 + 2 * i, dictionary.into_bytes()));
            objects.push((101 + 2 * i, stream("", page.as_bytes())));
        }
        objects.extend(self.objects.iter().enumerate().map(|(i, o)| (20 + i, o.clone())));
        file(&objects, "")
    }
}

/// A stream object.
fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dictionary}/Length {}>>\nstream\n", data.len()).into_bytes();
    object.extend_from_slice(data);
    object.extend_from_slice(b"\nendstream");
    object
}

/// A file of numbered objects.
fn file(objects: &[(usize, Vec<u8>)], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects {
        places.push((*number, bytes.len()));
        bytes.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend_from_slice(b"xref\n0 1\n0000000000 65535 f \n");
    for (number, at) in places {
        bytes.extend_from_slice(format!("{number} 1\n{at:010} 00000 n \n").as_bytes());
    }
    bytes.extend_from_slice(
        format!("trailer\n<</Size 1000/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF").as_bytes(),
    );
    bytes
}

/// Draws `text` from `x`, `y` (from below) in a font at a size.
fn show(font: &str, size: u32, x: f32, y: f32, text: &str) -> String {
    let hex: String = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
    format!("BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj ET\n")
}

fn line(x: f32, y: f32, text: &str) -> String {
    show("F", 16, x, y, text)
}

fn read(bytes: &[u8]) -> Result<Source, Refusal> {
    assert!(PdfFile.recognises(bytes));
    PdfFile.read(bytes)
}

fn text(pages: &[&str]) -> String {
    match read(&Writer::pages(pages).bytes()) {
        Ok(source) => source.text,
        Err(refusal) => format!("{}: {}", refusal.code, refusal.reason),
    }
}

fn refusal(bytes: &[u8]) -> String {
    match read(bytes) {
        Ok(source) => format!("read: {}", source.text),
        Err(refusal) => format!("{}：{}。{}", refusal.code, refusal.reason, refusal.help),
    }
}

#[test]
fn lines_keep_indent_and_gaps() {
    let page = line(72.0, 700.0, "各县（市、区）人民政府，市政府各部门和直属单位：")
        + &line(104.0, 672.0, "为做好今年的河道清淤工作，现将有关事项通知如")
        + &line(72.0, 644.0, "下，请认真贯彻执行，并及时报告进展情况。第一项")
        + &line(72.0, 616.0, "联系人：王平")
        + &line(264.0, 616.0, "电话：88012345")
        // Two words of Latin letters, parted by white and no space.
        + &line(72.0, 588.0, "PPP")
        + &line(104.0, 588.0, "mode");
    assert_eq!(
        text(&[&page]),
        "各县（市、区）人民政府，市政府各部门和直属单位：\n    为做好今年的河道清淤工作，现将有关事项通知如\n\
         下，请认真贯彻执行，并及时报告进展情况。第一项\n联系人：王平\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}\u{3000}电话：88012345\nPPP mode"
    );
}

#[test]
fn a_glyph_drawn_twice_is_one() {
    // Bold as fill and stroke, once as a rendering mode and once as two texts.
    let twice = line(72.0, 700.0, "关于开展排查的通知") + &line(72.3, 700.0, "关于开展排查的通知");
    let stroked = format!("2 Tr\n{}", line(72.0, 650.0, "人人参与，家家户户"));
    assert_eq!(text(&[&(twice + &stroked)]), "关于开展排查的通知\n人人参与，家家户户");
}

#[test]
fn what_typesetters_mean_is_read() {
    let page = line(72.0, 700.0, "⺠政局⻓⻔牌")
        + &line(72.0, 670.0, &"欗".repeat(24))
        + &line(72.0, 640.0, "投资１２\u{e010}５亿元，增长８％")
        + &line(72.0, 610.0, "（１）２０２５年");
    let source = read(&Writer::pages(&[&page]).bytes()).expect("readable");
    assert_eq!(source.text, "民政局长门牌\n投资12.5亿元，增长8%\n（1）2025年");
    let notes: Vec<String> = source.notes.iter().map(|n| format!("{} {}", n.place, n.message)).collect();
    assert_eq!(notes, ["第 1 页 24 个“欗”连成一条线，不是文字，没有读入"]);
}

#[test]
fn text_beside_the_sheet_is_kept_and_said() {
    let source = read(&Writer::pages(&[&line(560.0, 700.0, "市政府通知")]).bytes()).expect("readable");
    assert_eq!(source.text.trim(), "市政府通知");
    let notes: Vec<String> = source.notes.iter().map(|n| format!("{} {}", n.place, n.message)).collect();
    assert_eq!(notes, ["第 1 页 2 个字画在页面以外，看不见，照样读入，请核对"]);
}

#[test]
fn watermarks_are_left_out_and_said() {
    let slanted =
        "BT /F 40 Tf .7 .7 -.7 .7 100 300 Tm <518590E8> Tj ET ".to_owned() + &line(72.0, 700.0, "关于防汛的通知");
    let source = read(&Writer::pages(&[&slanted]).bytes()).expect("readable");
    assert_eq!(source.text, "关于防汛的通知");
    let notes: Vec<String> = source.notes.iter().map(|n| format!("{} {}", n.place, n.message)).collect();
    assert_eq!(notes, ["第 1 页 斜排的字是水印，没有读入：内部"]);
}

#[test]
fn hidden_and_turned_text_is_text() {
    // The text layer of a scan is drawn with rendering mode 3.
    let hidden = format!("3 Tr\n{}", line(72.0, 700.0, "关于防汛工作的通知"));
    assert_eq!(text(&[&hidden]), "关于防汛工作的通知");
    // A page that is turned when shown, and one whose text is drawn upward.
    let turned =
        Writer { page: "/Rotate 90", ..Writer::pages(&["BT /F 16 Tf 0 1 -1 0 200 72 Tm <5E02653F5E9C> Tj ET"]) };
    assert_eq!(read(&turned.bytes()).map(|s| s.text).unwrap_or_default(), "市政府");
    assert_eq!(
        text(&["BT /F 16 Tf 0 1 -1 0 200 72 Tm <5E02653F5E9C> Tj 0 1 -1 0 230 72 Tm <901A77E5> Tj ET"]),
        "市政府\n通知"
    );
}

#[test]
fn page_numbers_and_running_heads_are_left_out_and_said() {
    let page = |n: usize, body: &str| {
        line(72.0, 800.0, "某市水务局文件汇编") + &line(72.0, 600.0, body) + &line(280.0, 40.0, &format!("{n}"))
    };
    let pages = [page(7, "第一页的话。"), page(8, "第二页的话。"), page(9, "第三页的话。")];
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let source = read(&Writer::pages(&pages).bytes()).expect("readable");
    assert_eq!(source.text, "第一页的话。\n第二页的话。\n第三页的话。");
    assert_eq!(source.pieces.iter().filter(|p| **p == Piece::PageBreak).count(), 2);
    let notes: Vec<String> = source.notes.iter().map(|n| format!("{} {}", n.place, n.message)).collect();
    assert_eq!(notes, ["第 1–3 页 页码 3 处没有读入", "第 1 页 页眉页脚 3 处没有读入：某市水务局文件汇编"]);
}

#[test]
fn places_are_pages_and_boxes() {
    let source =
        read(&Writer::pages(&[&line(72.0, 700.0, "通知"), &line(72.0, 700.0, "附件")]).bytes()).expect("readable");
    let at = source.text.find("附件").expect("is there");
    assert_eq!(source.places.get(at), Some(&Place::Page { page: 2, area: [72, 128, 104, 144] }));
}

/// The rules of a grid with these places, from below.
fn grid(xs: &[f32], ys: &[f32]) -> String {
    let level = ys.iter().map(|y| format!("{} {y} m {} {y} l S\n", xs[0], xs[xs.len() - 1]));
    let upright = xs.iter().map(|x| format!("{x} {} m {x} {} l S\n", ys[0], ys[ys.len() - 1]));
    level.chain(upright).collect()
}

#[test]
fn a_table_over_two_pages_is_one() {
    let first = grid(&[72.0, 120.0, 330.0, 500.0], &[100.0, 160.0, 190.0, 220.0])
        + &line(80.0, 200.0, "序号")
        + &line(130.0, 200.0, "任务")
        + &line(340.0, 200.0, "牵头单位")
        + &line(80.0, 170.0, "1")
        + &line(130.0, 170.0, "整治河道。")
        + &line(340.0, 170.0, "市水务局")
        + &line(80.0, 140.0, "2")
        + &line(130.0, 140.0, "修订防汛预案，")
        + &line(340.0, 140.0, "市应急局");
    let second = grid(&[72.0, 120.0, 330.0, 500.0], &[700.0, 730.0, 760.0, 790.0])
        + &line(80.0, 770.0, "序号")
        + &line(130.0, 770.0, "任务")
        + &line(340.0, 770.0, "牵头单位")
        + &line(130.0, 740.0, "开展演练。")
        + &line(80.0, 710.0, "3")
        + &line(130.0, 710.0, "发布预警。")
        + &line(340.0, 710.0, "市气象局");
    let source = read(&Writer::pages(&[&first, &second]).bytes()).expect("readable");
    let notes: Vec<String> = source.notes.iter().map(|n| n.message.clone()).collect();
    assert_eq!(notes, ["表格续页重复的标题行没有读入：序号、任务、牵头单位"]);
    let reading = assemble(source);
    assert_eq!(
        crate::markdown::write(&reading.document.blocks).trim(),
        "| 序号 | 任务 | 牵头单位 |\n| --- | --- | --- |\n| 1 | 整治河道。 | 市水务局 |\n\
         | 2 | 修订防汛预案，开展演练。 | 市应急局 |\n| 3 | 发布预警。 | 市气象局 |"
    );
}

#[test]
fn a_row_that_fills_a_page_goes_on() {
    let xs = [72.0, 120.0, 330.0, 500.0];
    let first = grid(&xs, &[100.0, 130.0, 160.0])
        + &line(80.0, 140.0, "1")
        + &line(130.0, 140.0, "清淤。")
        + &line(340.0, 140.0, "市水务局")
        + &line(80.0, 110.0, "2")
        + &line(130.0, 110.0, "修订预案")
        + &line(340.0, 110.0, "市应急局");
    let second = grid(&xs, &[100.0, 760.0]) + &line(130.0, 700.0, "并且开展") + &line(130.0, 670.0, "多次演练。");
    let reading = assemble(read(&Writer::pages(&[&first, &second]).bytes()).expect("readable"));
    assert_eq!(
        crate::markdown::write(&reading.document.blocks).trim(),
        "| 1 | 清淤。 | 市水务局 |\n| --- | --- | --- |\n| 2 | 修订预案并且开展多次演练。 | 市应急局 |"
    );
    // The same grid alone is a drawing around a text.
    assert_eq!(text(&[&second]).split_whitespace().collect::<Vec<_>>(), ["并且开展", "多次演练。"]);
}

/// The number of the row goes over several rows, so that only the words say that a page has cut one of them.
#[test]
fn a_row_that_stops_in_mid_sentence_goes_on() {
    let xs = [72.0, 120.0, 330.0, 500.0];
    let first = grid(&xs, &[100.0, 130.0, 160.0])
        + &line(80.0, 140.0, "序号")
        + &line(130.0, 140.0, "任务")
        + &line(340.0, 140.0, "单位")
        + &line(80.0, 110.0, "1")
        + &line(130.0, 110.0, "开展河道清淤和水库巡查工")
        + &line(340.0, 110.0, "市水务局、各区人民");
    // On the second page the first column has no rule between the rest of row 1 and its second row.
    let second = "72 700 m 500 700 l S 120 730 m 500 730 l S 72 760 m 500 760 l S 72 700 m 72 760 l S \
        120 700 m 120 760 l S 330 700 m 330 760 l S 500 700 m 500 760 l S\n"
        .to_owned()
        + &line(130.0, 740.0, "作，每季度一次。")
        + &line(340.0, 740.0, "政府")
        + &line(130.0, 710.0, "修订防汛预案。")
        + &line(340.0, 710.0, "市应急局");
    let reading = assemble(read(&Writer::pages(&[&first, &second]).bytes()).expect("readable"));
    assert_eq!(
        crate::markdown::write(&reading.document.blocks).trim(),
        "| 序号 | 任务 | 单位 |\n| --- | --- | --- |\n\
         | 1 | 开展河道清淤和水库巡查工作，每季度一次。 | 市水务局、各区人民政府 |\n| 1 | 修订防汛预案。 | 市应急局 |"
    );
}

/// The cell before the number goes over both pages, and nothing of the row above is left to say.
#[test]
fn a_row_that_begins_a_page_is_one() {
    let heading = |y: f32| line(80.0, y, "方面") + &line(130.0, y, "序号") + &line(340.0, y, "指标");
    let row = |y: f32, number: &str, words: &str| line(130.0, y, number) + &line(340.0, y, words);
    // The first column has no rule between rows 1 and 2.
    let first = "72 70 m 500 70 l S 120 100 m 500 100 l S 72 130 m 500 130 l S 72 160 m 500 160 l S 72 70 m 72 160 l S \
        120 70 m 120 160 l S 330 70 m 330 160 l S 500 70 m 500 160 l S\n"
        .to_owned()
        + &heading(140.0)
        + &line(80.0, 95.0, "节水")
        + &row(110.0, "1", "用水量") + &row(80.0, "2", "漏损率");
    let xs = [72.0, 120.0, 330.0, 500.0];
    let read_as = |second: &str| {
        let reading = assemble(read(&Writer::pages(&[&first, second]).bytes()).expect("readable"));
        crate::markdown::write(&reading.document.blocks).trim().lines().skip(2).collect::<Vec<_>>().join("\n")
    };
    // It counts on.
    let second = grid(&xs, &[700.0, 730.0, 760.0]) + &row(740.0, "3", "再生水") + &row(710.0, "4", "水质");
    assert!(read_as(&second).starts_with("| 节水 | 1 | 用水量 |\n| 节水 | 2 | 漏损率 |\n| 节水 | 3 | 再生水 |"));
    // It has no number, and the empty cell is the rest of the one that goes over rows.
    let second = grid(&xs, &[700.0, 730.0, 760.0]) + &row(740.0, "甲", "再生水") + &row(710.0, "乙", "水质");
    assert!(read_as(&second).contains("| 2 | 漏损率 |\n| 节水 | 甲 | 再生水 |"), "{}", read_as(&second));
}

#[test]
fn a_table_that_runs_off_the_sheet_is_said_and_goes_on() {
    // The sheet ends at 595; the next page is set further to the left and shows a column more.
    let first = grid(&[300.0, 350.0, 480.0, 595.0], &[100.0, 130.0, 160.0])
        + &line(310.0, 140.0, "序号")
        + &line(360.0, 140.0, "任务")
        + &line(490.0, 140.0, "单位")
        + &line(310.0, 110.0, "1")
        + &line(360.0, 110.0, "河道清淤")
        + &line(490.0, 110.0, "市水务局");
    let second = grid(&[72.0, 122.0, 252.0, 400.0, 500.0], &[700.0, 730.0])
        + &line(80.0, 710.0, "2")
        + &line(130.0, 710.0, "发布预警")
        + &line(260.0, 710.0, "市气象局")
        + &line(410.0, 710.0, "全年");
    let source = read(&Writer::pages(&[&first, &second]).bytes()).expect("readable");
    let notes: Vec<String> = source.notes.iter().map(|n| format!("{} {}", n.place, n.message)).collect();
    assert_eq!(notes, ["第 1 页 表格伸出页面右边，伸出的几列可能没有画在文件里，请同原件核对"]);
    let tables = source.pieces.iter().filter(|p| matches!(p, Piece::Table(_))).count();
    assert_eq!(tables, 1);
    assert_eq!(
        crate::markdown::write(&assemble(source).document.blocks).trim(),
        "| 序号 | 任务 | 单位 |  |\n| --- | --- | --- | --- |\n\
         | 1 | 河道清淤 | 市水务局 |  |\n| 2 | 发布预警 | 市气象局 | 全年 |"
    );
}

#[test]
fn words_that_run_over_the_border_stay_in_their_cell() {
    let page = grid(&[72.0, 200.0, 400.0], &[100.0, 130.0, 160.0])
        + &line(80.0, 140.0, "任务")
        + &line(210.0, 140.0, "单位")
        + &line(80.0, 110.0, "清淤")
        + &line(340.0, 110.0, "市水务局和各区");
    let reading = assemble(read(&Writer::pages(&[&page]).bytes()).expect("readable"));
    assert_eq!(
        crate::markdown::write(&reading.document.blocks).trim(),
        "| 任务 | 单位 |\n| --- | --- |\n| 清淤 | 市水务局和各区 |"
    );
}

#[test]
fn missing_rules_merge_cells() {
    // The first column has no rule between its two rows, the last row none between its columns.
    let rules = "72 100 m 500 100 l S 72 130 m 500 130 l S 200 160 m 500 160 l S 72 190 m 500 190 l S \
        72 100 m 72 190 l S 200 130 m 200 190 l S 500 100 m 500 190 l S\n";
    let page = rules.to_owned()
        + &line(80.0, 155.0, "市水务局")
        + &line(210.0, 170.0, "河道清淤")
        + &line(210.0, 140.0, "水库巡查")
        + &line(80.0, 110.0, "合计两项");
    let source = read(&Writer::pages(&[&page]).bytes()).expect("readable");
    let Some(Piece::Table(grid)) = source.pieces.first() else { panic!("no table: {:?}", source.pieces) };
    let cells: Vec<Vec<(&str, u32, u32)>> = grid
        .rows
        .iter()
        .map(|r| r.iter().map(|c| (&source.text[c.text.clone()], c.rows, c.columns)).collect())
        .collect();
    assert_eq!(
        cells,
        [vec![("市水务局", 2, 1), ("河道清淤", 1, 1)], vec![("水库巡查", 1, 1)], vec![("合计两项", 1, 2)],]
    );
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let rows = ["左栏第一行的文字共有十五个字", "左栏第二行的文字共有十五个字", "左栏第三行的文字共有十五个字"];
    let page: String = (0..8)
        .map(|i| {
            let y = 700.0 - 30.0 * i as f32;
            line(60.0, y, rows[i % 3]) + &line(320.0, y, &rows[i % 3].replace("左", "右"))
        })
        .collect();
    let read = text(&[&page]);
    let lines: Vec<&str> = read.lines().collect();
    assert_eq!(lines.len(), 16);
    assert!(lines[..8].iter().all(|l| l.starts_with('左')) && lines[8..].iter().all(|l| l.starts_with('右')), "{read}");
}

#[test]
fn a_label_that_is_broken_is_one() {
    let page = line(72.0, 700.0, "发文字")
        + &line(330.0, 700.0, "发布日")
        + &line(140.0, 690.0, "某政发〔2021〕3号")
        + &line(400.0, 690.0, "2021年3月5日")
        + &line(72.0, 680.0, "号：")
        + &line(330.0, 680.0, "期：")
        + &line(72.0, 600.0, "关于开展排查的通知");
    assert_eq!(
        text(&[&page]).lines().next(),
        Some("发文字号：某政发〔2021〕3号\u{3000}\u{3000}发布日期：2021年3月5日")
    );
}

#[test]
fn predefined_codes_are_understood() {
    let unicode =
        Writer { encoding: "/UniGB-UCS2-H", ..Writer::pages(&[&show("N", 16, 72.0, 700.0, "市政府办公厅")]) };
    assert_eq!(read(&unicode.bytes()).map(|s| s.text).unwrap_or_default(), "市政府办公厅");
    let (gbk, _, _) = encoding_rs::GBK.encode("市政府办公厅");
    let hex: String = gbk.iter().map(|b| format!("{b:02X}")).collect();
    let page = format!("BT /N 16 Tf 72 700 Td <{hex}> Tj ET");
    let gbk = Writer { encoding: "/GBK-EUC-H", ..Writer::pages(&[&page]) };
    assert_eq!(read(&gbk.bytes()).map(|s| s.text).unwrap_or_default(), "市政府办公厅");
}

#[test]
fn files_without_text_are_refused_with_the_reason() {
    let ocr = "请先用文字识别（OCR）软件转成带文字的 PDF 或者文本，核对以后再导入；有 Word、网页等原件的，导入原件";
    let image = "q 595 0 0 842 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \u{1}\u{1}\u{1}\u{1} EI Q";
    assert_eq!(refusal(&Writer::pages(&[image]).bytes()), format!("pdf-scan：像扫描件：页面是图片，没有文字。{ocr}"));
    let outlines = "100 100 m 150 180 180 120 200 100 c f";
    assert_eq!(refusal(&Writer::pages(&[outlines]).bytes()), format!("pdf-no-text：没有文字层：字都画成了图形。{ocr}"));
    assert_eq!(refusal(&Writer::pages(&[""]).bytes()), "pdf-empty：这个 PDF 里没有文字。请检查文件是否完整");
    assert_eq!(
        refusal(b"%PDF-1.7\nnothing"),
        "pdf-broken：这个 PDF 损坏了，找不到里面的页面。请重新下载，或者在能打开它的软件里另存一份，再导入"
    );
}

#[test]
fn fonts_without_codes_are_refused() {
    // Type 3: glyphs are drawings; without a table no one knows of what.
    let mut writer = Writer::pages(&["BT /T 10 Tf 72 700 Td <0102030405060708> Tj ET"]);
    writer.page = "/Resources<</Font<</T 20 0 R>>>>";
    writer.objects = vec![
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 1/LastChar 8\
          /Widths[900 900 900 900 900 900 900 900]/CharProcs<</g1 21 0 R>>\
          /Encoding<</Type/Encoding/Differences[1/g1/g1/g1/g1/g1/g1/g1/g1]>>>>"
            .to_vec(),
        stream("", b"900 0 d0 0 0 800 800 re f"),
    ];
    let bytes = String::from_utf8_lossy(&writer.bytes())
        .replace("/Resources<</Font<</F 4 0 R/N 5 0 R>>/XObject<</X 20 0 R/Y 21 0 R>>>>", "");
    assert_eq!(
        refusal(bytes.as_bytes()),
        "pdf-no-unicode：字体没有文字编码：8 个字里有 8 个认不出是什么字。\
         请先用文字识别（OCR）软件转成带文字的 PDF 或者文本，核对以后再导入；有 Word、网页等原件的，导入原件"
    );
}

#[test]
fn a_password_is_asked_for() {
    let encrypted = file(
        &[(1, b"<</Type/Catalog/Pages 2 0 R>>".to_vec()), (2, b"<</Type/Pages/Kids[]/Count 0>>".to_vec())],
        &format!(
            "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<{}>/U<{}>>>",
            "11".repeat(32),
            "22".repeat(32)
        ),
    );
    assert_eq!(
        refusal(&encrypted),
        "pdf-encrypted：这个 PDF 要密码才能打开。请先用密码打开，另存为没有密码的 PDF，再导入"
    );
}

#[test]
fn a_scanned_page_among_others_is_said() {
    let image = "q 595 0 0 842 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \u{1}\u{1}\u{1}\u{1} EI Q";
    let page = line(72.0, 700.0, "关于开展安全生产检查的通知");
    let source = read(&Writer::pages(&[&page, image, &page]).bytes()).expect("readable");
    let notes: Vec<String> = source.notes.iter().map(|n| format!("{} {}", n.place, n.message)).collect();
    assert_eq!(notes, ["第 2 页 这一页是图片，里面的文字没有读入"]);
    assert_eq!(
        refusal(&Writer::pages(&[&page, image, image]).bytes()).split('。').next(),
        Some("pdf-scan：像扫描件：3 页里有 2 页是图片，没有文字")
    );
    // One long picture that pages cut is one; a scan has a picture a page.
    let poster = image.replace("842", "2500");
    let source = read(&Writer::pages(&[&page, &poster, &poster]).bytes()).expect("readable");
    assert_eq!(source.notes.len(), 2);
    assert!(read(&Writer::pages(&[&poster, &poster]).bytes()).is_err());
}

/// Packs bytes.
fn packed(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn hostile_files_are_refused_before_they_cost_much() {
    let help = "这样的文件多半是坏的；确实要导入的，请在能打开它的软件里另存一份，或者拆成几个文件";
    let reason = |bytes: &[u8]| refusal(bytes);
    // 100 MB of zeros.
    let mut bomb = Writer::pages(&["/X Do"]);
    bomb.objects =
        vec![stream("/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Filter/FlateDecode", &packed(&vec![0; 101 << 20]))];
    assert_eq!(reason(&bomb.bytes()), format!("pdf-too-large：这个 PDF 里的数据展开以后太大，超过限度。{help}"));
    // Forms that draw each other are drawn until they meet themselves.
    let mut endless = Writer::pages(&[&(line(72.0, 700.0, "通知") + "/X Do")]);
    let dictionary = "/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 20 0 R/Y 21 0 R>>>>";
    endless.objects = vec![stream(dictionary, b"/Y Do"), stream(dictionary, b"/X Do /X Do")];
    assert_eq!(read(&endless.bytes()).map(|s| s.text).unwrap_or_default(), "通知");
    // Forms that draw forms, ten times each: 10¹² drawings.
    let mut many = Writer::pages(&["/X Do"]);
    many.objects = (0..13)
        .map(|i| {
            let next = format!("/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X {} 0 R>>>>", 21 + i);
            stream(&next, "/X Do ".repeat(10).as_bytes())
        })
        .collect();
    assert_eq!(reason(&many.bytes()), format!("pdf-too-large：这个 PDF 里的绘图指令太多，超过限度。{help}"));
    // A width for each of four billion codes.
    let wide = String::from_utf8_lossy(&Writer::pages(&[&line(72.0, 700.0, "通知")]).bytes())
        .replace("/W[32 126 500]", "/W[0 4294967295 500]");
    assert_eq!(reason(wide.as_bytes()), format!("pdf-too-large：这个 PDF 的字体宽度表太大，超过限度。{help}"));
    // 13,761 cells a page.
    let places = |n: u16| (0..n).map(|i| 10.0 + 5.5 * f32::from(i)).collect::<Vec<_>>();
    let cells = grid(&places(100), &places(140))
        + &line(11.0, 11.0, "市")
        + &line(22.0, 22.0, "县")
        + &show("F", 4, 33.0, 33.0, "区");
    let help = "公文不会这样大；请检查文件的来源，或者分成几份，再导入";
    assert_eq!(
        reason(&Writer::pages(&[cells.as_str(); 15]).bytes()),
        format!("table-large：表格超过 200000 格。{help}")
    );
    // A page tree that turns back on itself is read as far as it has pages.
    let turned = String::from_utf8_lossy(&Writer::pages(&[&line(72.0, 700.0, "通知")]).bytes())
        .replace("/Kids[100 0 R ]", "/Kids[2 0 R 100 0 R 2 0 R]");
    assert_eq!(read(turned.as_bytes()).map(|s| s.text).unwrap_or_default(), "通知");
}

#[test]
fn damaged_files_never_panic() {
    let table =
        grid(&[72.0, 200.0, 500.0], &[100.0, 130.0, 160.0]) + &line(80.0, 140.0, "任务") + &line(210.0, 140.0, "单位");
    let page = line(72.0, 700.0, "关于印发方案的通知") + &table;
    let mut writer = Writer::pages(&[&page, &page]);
    writer.objects = vec![stream("/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Filter/FlateDecode", &packed(b"BT ET"))];
    let whole = writer.bytes();
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed as usize
    };
    for _ in 0..150 {
        let mut bytes = whole.clone();
        for _ in 0..1 + next() % 8 {
            let at = next() % bytes.len();
            match next() % 4 {
                0 => bytes.truncate(at.max(16)),
                1 => drop(bytes.splice(at..at, whole[at / 2..at / 2 + 40].iter().copied())),
                _ => bytes[at] = next() as u8,
            }
        }
        if let Ok(source) = PdfFile.read(&bytes) {
            assemble(source);
        }
    }
}
