//! RTF as word processors write it, and what is said of what is left out.

use crate::piece::Piece;

fn shown(rtf: &[u8]) -> Vec<String> {
    let source = super::read(rtf).expect("read");
    let pieces = source.pieces.iter().map(|p| match p {
        Piece::Paragraph(range, style) => {
            let heading = style.heading.map_or(String::new(), |h| format!("{h}# "));
            format!("{heading}{}", &source.text[range.clone()])
        }
        Piece::Table(grid) => source.drawn(grid),
        Piece::PageBreak => "break".into(),
        Piece::Lines(_) => "lines".into(),
    });
    pieces.chain(source.notes.iter().map(|n| n.message.clone())).collect()
}

#[test]
fn text_in_gbk_and_in_unicode() {
    let head = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fnil Wingdings;}}";
    let body = r"\f0\'b9\'d8\'d3\'da\u24320?\u-10180\'20\u-8704? a\{b\}\par {\b \'d6\'d0\'d0\'c4}\line\'b6\'fe\page {\f1 \'fe}\par}";
    assert_eq!(shown(format!("{head}{body}").as_bytes()), ["关于开🈀 a{b}", "中心\n二", "break", "☑"]);
}

#[test]
fn numbers_headings_and_what_is_not_printed() {
    let rtf = "{\\rtf1\\ansicpg65001{\\stylesheet{\\s1\\outlinelevel0 heading 1;}}{\\info{\\title x}}\
        {\\header 内部资料\\par}{\\footer - 1 -}\
        \\pard\\s1{\\listtext 一、\\tab}总体要求\\par\\pard 到{\\v 藏}2025年{\\deleted 底}前{\\*\\annotation 注}\
        {\\field{\\*\\fldinst eq \\\\o\\\\ac(○,3)}}{\\field{\\*\\fldinst DATE}{\\fldrslt 今天}}完成{\\footnote 见文件。}。\\par\
        {\\*\\unknown 丢}{\\shp{\\*\\shpinst{\\sp{\\sn x}}{\\shptxt 框里\\par}}}末段}";
    assert_eq!(
        shown(rtf.as_bytes()),
        [
            "1# 一、总体要求",
            "到2025年前③今天完成[1]。",
            "末段",
            "框里",
            "[1]见文件。",
            "没有读入页眉、页脚 1 处：“内部资料”",
            "没有读入修订中删去的文字 1 处：“底”",
            "没有读入隐藏的文字 1 处：“藏”",
            "没有读入批注 1 处",
        ]
    );
}

#[test]
fn tables_with_merged_and_inner_cells() {
    let row = |cells: &str, defs: &str| format!("\\trowd{defs}\\pard\\intbl {cells}\\row");
    let rtf = format!(
        "{{\\rtf1\\ansicpg65001 {}{}{}\\pard 后文\\par}}",
        row("序号\\cell 分工\\cell", "\\clvmgf\\cellx500\\cellx3000"),
        row("\\cell 牵头\\cell 配合\\cell", "\\clvmrg\\cellx500\\cellx1500\\cellx3000"),
        row("1\\cell 甲局\\cell 乙局\\par 丙局\\cell", "\\cellx500\\cellx1500\\cellx3000"),
    );
    assert_eq!(shown(rtf.as_bytes()), ["序号|分工|分工/序号|牵头|配合/1|甲局|乙局\n丙局", "后文"]);
}

#[test]
fn a_file_cut_short_is_refused() {
    let refusal = super::read(b"{\\rtf1 {\\b cut").expect_err("cut");
    assert_eq!((refusal.code, refusal.reason.as_str()), ("package-broken", "文件不完整或者损坏，打不开"));
    assert_eq!(shown(b"{\\rtf1 a"), ["a"]);
    let deep = super::read("{\\rtf1".repeat(10_001).as_bytes()).expect_err("deep");
    assert_eq!(deep.reason, "文件里的内容一层套一层，超过 10000 层");
}

#[test]
fn damaged_files_are_refused_or_read_and_never_panic() {
    let whole = "{\\rtf1\\ansicpg936{\\fonttbl{\\f0\\fcharset134 a;}}{\\footnote x}{\\*\\shpinst{\\shptxt y\\par}}\\trowd\\clvmgf\\cellx9\\pard\\intbl\\itap2\\'b9\\'d8\\nestcell\\u24320?\\cell\\row{\\field{\\*\\fldinst EQ}}\\par}";
    crate::read::office::tests::mutate(whole.as_bytes(), 5000, |bytes| drop(super::read(bytes)));
}
