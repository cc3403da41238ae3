//! Web pages: what is said of a page that cannot be read or is read in part, and pages that are broken or made to hurt.

use std::path::Path;

use gongwen::piece::{Piece, Refusal, Source};
use gongwen::read::{self, Format, WebPage};

fn source(page: &str) -> Source {
    WebPage.read(page.as_bytes()).expect("a text")
}

fn refusal(page: &str) -> (&'static str, String, String) {
    let Refusal { code, reason, help } = WebPage.read(page.as_bytes()).expect_err("no text");
    (code, reason, help)
}

/// The text of every piece, cells parted by |.
fn pieces(source: &Source) -> Vec<String> {
    let words = |range: &std::ops::Range<usize>| source.text[range.clone()].replace('\n', "/");
    let piece = |piece: &Piece| match piece {
        Piece::Lines(range) | Piece::Paragraph(range, _) => words(range),
        Piece::Table(grid) => {
            let row = |r: &Vec<gongwen::piece::Cell>| r.iter().map(|c| words(&c.text)).collect::<Vec<_>>().join("|");
            grid.rows.iter().map(row).collect::<Vec<_>>().join("‖")
        }
        Piece::PageBreak => "-".to_owned(),
    };
    source.pieces.iter().map(piece).collect()
}

fn notes(source: &Source) -> Vec<String> {
    source.notes.iter().map(|n| format!("{} {}", n.place, n.message).trim().to_owned()).collect()
}

const TEXT: &str = "各县民政局：现将《养老服务补贴办法》印发给你们，请认真贯彻执行，执行中有什么问题请及时报告。";

#[test]
fn a_page_without_a_text_is_refused_with_what_to_do() {
    let shell = "<html><head><title>政策文件</title></head><body><div id=app></div><script>load('正文。')</script></body></html>";
    let login =
        "<html><body><form>用户名<input name=u> 密码<input type=password> <button>登录</button></form></body></html>";
    for page in [shell, login] {
        assert_eq!(
            refusal(page),
            (
                "html-no-text",
                "网页里没有正文".to_owned(),
                "正文可能要登录或由脚本显示：请在浏览器里打开，等正文显示后另存为“网页，全部”，再导入".to_owned()
            )
        );
    }
    assert_eq!(
        refusal(
            "<html><body><div class=TRS_Editor><p><a href=a/P01.pdf>关于印发方案的通知</a></p></div></body></html>"
        ),
        (
            "html-only-attachments",
            "网页里没有正文，只有附件".to_owned(),
            "请打开网页下载附件“关于印发方案的通知”，导入那个文件".to_owned()
        )
    );
    assert_eq!(
        refusal("<html><body><div class=TRS_Editor><p><img src=W01.jpg></p></div></body></html>"),
        (
            "html-only-images",
            "网页里没有正文，只有图片".to_owned(),
            "请先用文字识别（OCR）软件把图片转成文字，再导入".to_owned()
        )
    );
}

#[test]
fn what_is_left_out_is_said() {
    let page = format!(
        "<html><body><ul class=menu><li><a href=/>首页</a><li><a href=/z>政务公开</a></ul><div id=zoom><p>{TEXT}</p>\
         <p>共<del>三</del>四条。</p><p>打印本页</p></div><div style='display:none'>另一个网页的话</div>\
         <div><a href=2.html>下一页</a></div></body></html>"
    );
    let source = source(&page);
    assert_eq!(pieces(&source), [TEXT, "共四条。"]);
    assert_eq!(
        notes(&source),
        [
            "没有读入正文以外的菜单、链接、页脚等 9 字：首页 政务公开 下一页",
            "第 1 行第 168 列 正文里像是网页的按钮、链接或重复的内容，没有读入 4 字：打印本页",
            "没有读入网页隐藏的内容 7 字：另一个网页的话",
            "没有读入划了删除线的内容 1 字：三",
            "这份文件在网站上分成几页，这里只有一页：请把其余各页也存下来，接在后面",
        ]
    );
}

#[test]
fn a_text_that_its_page_hides_is_read_and_said() {
    let source = source(&format!("<html><body><div id=zoom style='display: none'><p>{TEXT}</p></div></body></html>"));
    assert_eq!(pieces(&source), [TEXT]);
    assert_eq!(notes(&source), ["正文在网页里是隐藏的，已照样读入，请核对"]);
}

#[test]
fn a_text_that_stands_twice_is_read_once() {
    let one = format!("<p>海州市民政局关于印发办法的通知</p><p>{TEXT}</p><p>{}</p>", TEXT.repeat(4));
    let source = source(&format!("<html><body><div class=pc>{one}</div><div class=wap>{one}</div></body></html>"));
    assert_eq!(pieces(&source).len(), 3);
}

#[test]
fn tables_of_data_and_tables_that_hold_a_page() {
    let table = "<table><tr><td rowspan=2>一</td><td>甲<p>乙</td></tr><tr><td colspan=0>丙</td></tr></table>";
    let page = format!("<table><tr><td>菜单<td><p>{TEXT}</p>{table}</td></tr><tr><td colspan=2>页脚</td></tr></table>");
    let source = source(&page);
    let found = pieces(&source);
    assert!(found.contains(&TEXT.to_owned()) && found.contains(&"一|甲/乙‖丙".to_owned()), "{found:?}");
    let Some(Piece::Table(grid)) = source.pieces.iter().find(|p| matches!(p, Piece::Table(_))) else {
        panic!("a table")
    };
    assert_eq!((grid.rows[0][0].rows, grid.rows[1][0].columns), (2, 1));
    assert_eq!(
        source.places.get(grid.rows[0][1].text.start).map(ToString::to_string).as_deref(),
        Some("第 1 行第 110 列")
    );
}

#[test]
fn a_broken_page_never_ends_in_a_panic() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut pages = 0;
    for case in std::fs::read_dir(folder).expect("a folder") {
        let Ok(page) = std::fs::read(case.expect("an entry").path().join("source.html")) else { continue };
        pages += 1;
        let mut state = page.len() as u64;
        let mut random = |below: usize| {
            // Knuth's MMIX generator: the same bytes on every run.
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below.max(1)
        };
        for round in 0..60 {
            let mut bytes = page.clone();
            match round % 4 {
                0 => bytes.truncate(random(page.len())),
                1 => (0..20).for_each(|_| bytes[random(page.len())] = random(256) as u8),
                2 => drop(bytes.drain(random(page.len() / 2)..page.len() / 2 + random(page.len() / 2))),
                _ => {
                    let at = random(page.len());
                    let piece = page[at..(at + random(400)).min(page.len())].to_vec();
                    let to = random(page.len());
                    bytes.splice(to..to, piece);
                }
            }
            if let Ok(source) = WebPage.read(&bytes) {
                let _ = read::assemble(source);
            }
        }
    }
    assert!(pages >= 5, "{pages} pages");
}

#[test]
fn a_page_made_to_hurt_ends_soon() {
    let start = std::time::Instant::now();
    let deep = format!("{}<p>{TEXT}", "<div><table><tr><td>".repeat(20_000));
    assert_eq!(pieces(&source(&deep)), [TEXT]);
    let attribute = format!("<p class='{}'>{TEXT}</p>", "甲 ".repeat(500_000));
    assert_eq!(pieces(&source(&attribute)), [TEXT]);
    let spans =
        format!("<p>{TEXT}</p><table><tr>{}<tr><td>乙<td>丙</table>", "<td rowspan=99999 colspan=99999>甲".repeat(500));
    let _ = read::assemble(source(&spans));
    let lists = format!("<p>{TEXT}</p>{}", "<ol type=1><li>甲".repeat(20_000));
    let _ = read::assemble(source(&lists));
    let cells = format!("<table>{}", "<td>1".repeat(260_000));
    assert_eq!(
        refusal(&cells),
        (
            "html-too-large",
            "网页的内容超过 50 万个节点，不像一份文件".to_owned(),
            "请在浏览器里打开，把文件所在的部分另存为单独的网页，再导入".to_owned()
        )
    );
    let cells = format!("<p>{TEXT}<table><tr><td>甲<td>乙<tr><td>丙{}", "<td>".repeat(200_000));
    assert_eq!(
        refusal(&cells),
        (
            "html-table-too-large",
            "网页里有一张表超过 20 万格，不像一份文件".to_owned(),
            "请把这张表另存为 Excel 文件，或分成几张表，再导入".to_owned()
        )
    );
    // Without optimisation and beside other tests; a release build takes a tenth.
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
}

#[test]
fn a_label_that_a_script_fills_in_does_not_take_the_title() {
    let page = format!(
        "<html><head><meta name=ArticleTitle content=关于加强养老服务工作的通知></head><body>\
         <ul><li>文号：海民规〔2024〕5号</li><li><span>文件状态：</span><script>show('有效')</script></li></ul>\
         <h1>关于加强养老服务工作的通知</h1><div class=TRS_Editor><p>{TEXT}</p><p>{TEXT}</p></div></body></html>"
    );
    let meta = read::read(page.as_bytes()).expect("a text").document.meta;
    assert_eq!(meta.title.as_deref(), Some("关于加强养老服务工作的通知"));
    assert_eq!(meta.number.as_deref(), Some("海民规〔2024〕5号"));
    assert_eq!(meta.validity, None);
}

#[test]
fn a_bracket_with_whom_to_ask_is_no_line_of_the_title_below() {
    let text = format!(
        "海州市教育局关于印发《海州市幼儿园招生工作方案》的通知\n\n各幼儿园：\n\n{TEXT}\n\n海州市教育局\n\n2024年4月20日\n\n\
         （联系科室：小学和幼儿教育科，联系电话：12345678）\n\n海州市幼儿园招生工作方案\n\n一、招生原则\n\n免试入园。\n"
    );
    let meta = read::text(&text).document.meta;
    assert_eq!(meta.attached_title.as_deref(), Some("海州市幼儿园招生工作方案"));
}
