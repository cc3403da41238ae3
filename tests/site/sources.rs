//! What `import` says of texts that are none, damaged, too large, or there already.

use std::fs;

use snapbox::{assert_data_eq, str};

use crate::support::driver::{Site, contents};
use crate::support::printed;

const NOTICE: &str =
    "关于做好养老工作的通知\n\n各县人民政府：\n\n一、总体要求\n\n做好工作。（市民政局牵头，市财政局配合）\n";

/// Imports a file of these bytes into a new site; what is printed, and the content file where there is one.
fn import(name: &str, bytes: &[u8]) -> (String, Option<String>) {
    let folder = Site::new();
    folder.write(name, bytes);
    let run = folder.run(&["import", name]);
    let file = contents(&folder.path("content")).into_values().next();
    assert_eq!(run.code, Some(i32::from(file.is_none())), "{}", run.err);
    (run.out + &run.err, file.map(|f| String::from_utf8(f).expect("UTF-8")))
}

fn refused(name: &str, bytes: &[u8]) -> String {
    let (said, file) = import(name, bytes);
    assert_eq!(file, None);
    said
}

#[test]
fn a_file_without_text() {
    assert_data_eq!(
        refused("空.txt", b""),
        str![[r#"
导入 0 份：写出 0，没有变化 0
错误[import-empty]: 文件里没有文字，没有导入
--> 空.txt
 = 办法: 检查文件是否导出完整

"#]]
    );
    for blank in [" \n\n\t\u{3000}\n".as_bytes(), b"\xef\xbb\xbf", b"\r\n\x0c"] {
        assert_eq!(refused("空.txt", blank), refused("空.txt", b""), "{blank:?}");
    }
}

#[test]
fn a_file_that_is_no_text() {
    assert_data_eq!(
        refused("通知.dat", &[0; 5000]),
        str![[r#"
导入 0 份：写出 0，没有变化 0
错误[format-unknown]: 认不出这是什么格式的文件，没有导入
--> 通知.dat
 = 办法: 能读的格式：[..]

"#]]
    );
}

#[test]
fn control_characters_are_left_out() {
    let (said, file) = import("通知.txt", NOTICE.replace("养老", "养\0老\u{1b}").as_bytes());
    assert_data_eq!(
        said,
        str![[r#"
无文号　关于做好养老工作的通知
  写出 关于做好养老工作的通知.md
  层次 1，分工 1，引用 0
  去掉控制字符 2 个
  第 1 行 没有读到发文字号，原文如果印有，请在前置数据里写 number：关于做好养老工作的通知
  第 1 行 没有读到发文机关，请在前置数据里写 issuers：关于做好养老工作的通知
  第 1 行 没有读到成文日期，原文如果印有，请在前置数据里写 date：关于做好养老工作的通知
导入 1 份：写出 1，没有变化 0

"#]]
    );
    assert!(file.is_some_and(|f| f.contains("# 关于做好养老工作的通知\n")));
}

#[test]
fn damaged_utf8() {
    let mut bytes = NOTICE.as_bytes().to_vec();
    bytes[13] = 0xff;
    let (said, file) = import("通知.txt", &bytes);
    assert_data_eq!(
        said,
        str![[r#"
无文号　关于做好���老工作的通知
  写出 关于做好老工作的通知.md
  层次 1，分工 1，引用 0
  3 处字节不是有效的 UTF-8 编码，写成 �
  第 1 行 没有读到发文字号，原文如果印有，请在前置数据里写 number：关于做好���老工作的通知
  第 1 行 没有读到发文机关，请在前置数据里写 issuers：关于做好���老工作的通知
  第 1 行 没有读到成文日期，原文如果印有，请在前置数据里写 date：关于做好���老工作的通知
导入 1 份：写出 1，没有变化 0

"#]]
    );
    assert!(file.is_some_and(|f| f.contains("市民政局牵头，市财政局配合")));
}

#[test]
fn gbk() {
    let (gbk, ..) = encoding_rs::GBK.encode(NOTICE);
    let (said, file) = import("通知.txt", &gbk);
    assert_data_eq!(
        said,
        str![[r#"
无文号　关于做好养老工作的通知
  写出 关于做好养老工作的通知.md
  层次 1，分工 1，引用 0，编码 gb18030
  第 1 行 没有读到发文字号，原文如果印有，请在前置数据里写 number：关于做好养老工作的通知
  第 1 行 没有读到发文机关，请在前置数据里写 issuers：关于做好养老工作的通知
  第 1 行 没有读到成文日期，原文如果印有，请在前置数据里写 date：关于做好养老工作的通知
导入 1 份：写出 1，没有变化 0

"#]]
    );
    assert!(file.is_some_and(|f| f.contains("做好工作。（市民政局牵头，市财政局配合）")));
}

/// What looks like a task and gave none is said with its place in the source.
#[test]
fn what_was_not_read() {
    let text = "关于整治市容的通知\n\n各县人民政府：\n\n一、健全机制\n\n按月通报进展。（市教育局、市民政局、其他）\n\n\
                二、加强保障\n\n落实经费。\n\n责任单位：整治专班一组\n";
    let (said, _) = import("通知.txt", text.as_bytes());
    assert_data_eq!(
        said,
        str![[r#"
无文号　关于整治市容的通知
  写出 关于整治市容的通知.md
  层次 2，分工 0，引用 0
  第 1 行 没有读到发文字号，原文如果印有，请在前置数据里写 number：关于整治市容的通知
  第 1 行 没有读到发文机关，请在前置数据里写 issuers：关于整治市容的通知
  第 1 行 没有读到成文日期，原文如果印有，请在前置数据里写 date：关于整治市容的通知
  第 7 行 像分工的括注，没有读出分工：（市教育局、市民政局、其他）
  第 13 行 像责任单位、时限的标注，没有读出分工：责任单位：整治专班一组
导入 1 份：写出 1，没有变化 0

"#]]
    );
}

/// Time and memory grow with the length of the line; 10 MB where the program is optimised.
#[test]
fn one_long_line() {
    let sentence = "为贯彻《关于推进医疗卫生与养老服务相结合的指导意见》（国办发〔2015〕84号），由市民政局牵头，2018年年底前完成。";
    let size = if cfg!(debug_assertions) { 1_000_000 } else { 10_000_000 };
    let line = sentence.repeat(size / sentence.len());
    let (said, file) = import("通知.txt", line.as_bytes());
    assert_data_eq!(
        said,
        str![[r#"
无文号　无标题
  写出 为贯彻关于推进医疗卫生与养老服务相结合的指导意见（国办发201584号）由市民政局牵头2018年年底前完成.md
  层次 0，分工 0，引用 1
  第 1 行 没有读到标题，请在前置数据里写 title：为贯彻《关于推进医疗卫生与养老服务相结合
导入 1 份：写出 1，没有变化 0

"#]]
    );
    let body = file.as_deref().and_then(|f| f.rsplit("+++\n").next()).unwrap_or("").trim();
    assert!(body == line);
}

/// Brackets in brackets cost no more than other characters, and none is lost on the way to the page.
#[test]
fn nested_brackets() {
    for depth in [1_000, 100_000] {
        let nested = |open: &str, close: &str| open.repeat(depth) + "市民政局牵头" + &close.repeat(depth);
        let (round, titles) = (nested("（", "）"), nested("《", "》"));
        let mixed = "〔2018([<*_`![](".repeat(depth / 10);
        let text = format!("关于括号的通知\n\n一、做好工作{round}\n\n二、{titles}\n\n三、{mixed}\n");
        let folder = Site::new();
        folder.write("通知.txt", &text);
        assert_data_eq!(
            folder.success(&["import", "通知.txt"]),
            str![[r#"
无文号　关于括号的通知
  写出 关于括号的通知.md
  层次 3，分工 0，引用 1
  第 1 行 没有读到发文字号，原文如果印有，请在前置数据里写 number：关于括号的通知
  第 1 行 没有读到发文机关，请在前置数据里写 issuers：关于括号的通知
  第 1 行 没有读到成文日期，原文如果印有，请在前置数据里写 date：关于括号的通知
导入 1 份：写出 1，没有变化 0

"#]]
        );
        folder.success(&["build"]);
        let page = printed::printed_text(&folder.read("public/documents/关于括号的通知.html"));
        assert!(page == text.replace('\n', ""), "{depth}");
    }
}

#[test]
fn a_source_that_is_not_there() {
    let folder = Site::new();
    assert_data_eq!(
        folder.failure(&["import", "没有.txt"]),
        str![[r#"
错误[io-not-found]: 读不了 没有.txt：找不到文件
 |
 = 办法: 看看路径写得对不对

"#]]
    );
}

#[test]
fn a_target_folder_outside_of_content() {
    let folder = Site::new();
    folder.write("通知.txt", NOTICE);
    let said = |to: &str| folder.failure(&["import", "通知.txt", "--to", to]);
    assert_data_eq!(
        said("../别处"),
        str![[r#"
错误[import-to]: --to 只能是 content 下的文件夹
 |
 = 原因: 文件夹名不能有 .. 和开头的 /
 = 办法: 写一个相对的名字，例如 --to 2018

"#]]
    );
    assert_data_eq!(
        said("a\nb"),
        str![[r#"
错误[import-to]: --to 只能是 content 下的文件夹
 |
 = 原因: 文件夹名不能有控制字符
 = 办法: 写一个相对的名字，例如 --to 2018

"#]]
    );
    assert_data_eq!(
        said(&"长".repeat(300)),
        str![[r#"
错误[import-to]: --to 只能是 content 下的文件夹
 |
 = 原因: 文件夹名太长：最多 200 字节，约 66 个汉字
 = 办法: 写一个相对的名字，例如 --to 2018

"#]]
    );
    // The loader passes over hidden folders.
    assert_data_eq!(
        said(".git"),
        str![[r#"
错误[import-to]: --to 只能是 content 下的文件夹
 |
 = 原因: 文件夹名不能以 . 开头
 = 办法: 写一个相对的名字，例如 --to 2018

"#]]
    );
    assert_eq!(said("/tmp"), said("../别处"));
    assert!(!folder.path("content").exists() && !folder.path("别处").exists());
}

/// A title becomes a file name that stays in its folder.
#[test]
fn a_title_that_would_be_a_path() {
    for (title, file) in [("../../etc/passwd", "etcpasswd.md"), ("CON", "文件-a3dbc4b6.md")] {
        let folder = Site::new();
        folder.write("通知.txt", title);
        assert_eq!(folder.run(&["import", "通知.txt"]).code, Some(0));
        assert_eq!(contents(&folder.path("content")).keys().collect::<Vec<_>>(), [std::path::Path::new(file)]);
    }
}

#[test]
fn two_sources_of_the_same_bytes() {
    let folder = Site::new();
    folder.write("来源/一.txt", NOTICE);
    folder.write("来源/二.txt", NOTICE);
    assert_data_eq!(
        folder.success(&["import", "来源"]),
        str![[r#"
无文号　关于做好养老工作的通知
  写出 关于做好养老工作的通知.md
  层次 1，分工 1，引用 0
  第 1 行 没有读到发文字号，原文如果印有，请在前置数据里写 number：关于做好养老工作的通知
  第 1 行 没有读到发文机关，请在前置数据里写 issuers：关于做好养老工作的通知
  第 1 行 没有读到成文日期，原文如果印有，请在前置数据里写 date：关于做好养老工作的通知
无文号　关于做好养老工作的通知
  来源/二.txt：与 来源/一.txt 内容相同，没有另写
导入 2 份：写出 1，没有变化 0，内容相同 1

"#]]
    );
    assert_eq!(contents(&folder.path("content")).len(), 1);
    // One by one as both together.
    assert_data_eq!(
        folder.success(&["import", "来源/二.txt"]),
        str![[r#"
无文号　关于做好养老工作的通知
  来源/二.txt：与 content/关于做好养老工作的通知.md 内容相同，没有另写
导入 1 份：写出 0，没有变化 0，内容相同 1

"#]]
    );
    assert_data_eq!(
        folder.success(&["import", "来源"]),
        str![[r#"
无文号　关于做好养老工作的通知
  没有变化 关于做好养老工作的通知.md
  层次 1，分工 1，引用 0
  第 1 行 没有读到发文字号，原文如果印有，请在前置数据里写 number：关于做好养老工作的通知
  第 1 行 没有读到发文机关，请在前置数据里写 issuers：关于做好养老工作的通知
  第 1 行 没有读到成文日期，原文如果印有，请在前置数据里写 date：关于做好养老工作的通知
无文号　关于做好养老工作的通知
  来源/二.txt：与 来源/一.txt 内容相同，没有另写
导入 2 份：写出 0，没有变化 1，内容相同 1

"#]]
    );
    assert_eq!(contents(&folder.path("content")).len(), 1);
}

/// Two documents of one name are both kept, under names that stay.
#[test]
fn two_documents_of_one_name() {
    let folder = Site::new();
    folder.write("来源/一.txt", NOTICE);
    folder.write("来源/二.txt", NOTICE.replace("财政", "教育"));
    assert_data_eq!(
        folder.success(&["import", "来源"]),
        str![[r#"
无文号　关于做好养老工作的通知
  写出 关于做好养老工作的通知-4b037bf6.md
  层次 1，分工 1，引用 0
  第 1 行 没有读到发文字号，原文如果印有，请在前置数据里写 number：关于做好养老工作的通知
  第 1 行 没有读到发文机关，请在前置数据里写 issuers：关于做好养老工作的通知
  第 1 行 没有读到成文日期，原文如果印有，请在前置数据里写 date：关于做好养老工作的通知
无文号　关于做好养老工作的通知
  写出 关于做好养老工作的通知-b92dc8b3.md
  层次 1，分工 1，引用 0
  第 1 行 没有读到发文字号，原文如果印有，请在前置数据里写 number：关于做好养老工作的通知
  第 1 行 没有读到发文机关，请在前置数据里写 issuers：关于做好养老工作的通知
  第 1 行 没有读到成文日期，原文如果印有，请在前置数据里写 date：关于做好养老工作的通知
导入 2 份：写出 2，没有变化 0

"#]]
    );
    let before = contents(&folder.path("content"));
    assert_eq!(before.len(), 2);
    for again in ["来源", "来源/一.txt", "来源/二.txt"] {
        folder.success(&["import", again]);
        assert!(contents(&folder.path("content")) == before, "{again}");
    }
}

#[test]
fn the_same_file_again() {
    let folder = Site::new();
    folder.write("通知.txt", NOTICE);
    folder.success(&["import", "通知.txt"]);
    let file = folder.path("content/关于做好养老工作的通知.md");
    let written = |f: &std::path::Path| fs::metadata(f).and_then(|m| m.modified()).expect("a time");
    let (bytes, time) = (fs::read(&file).expect("a file"), written(&file));
    assert_data_eq!(
        folder.success(&["import", "通知.txt"]),
        str![[r#"
无文号　关于做好养老工作的通知
  没有变化 关于做好养老工作的通知.md
  层次 1，分工 1，引用 0
  第 1 行 没有读到发文字号，原文如果印有，请在前置数据里写 number：关于做好养老工作的通知
  第 1 行 没有读到发文机关，请在前置数据里写 issuers：关于做好养老工作的通知
  第 1 行 没有读到成文日期，原文如果印有，请在前置数据里写 date：关于做好养老工作的通知
导入 1 份：写出 0，没有变化 1

"#]]
    );
    assert_eq!((fs::read(&file).expect("a file"), written(&file)), (bytes, time));
}

/// An untouched file follows its source; one that people edited is theirs, until they say `--force`.
#[test]
fn an_edited_file() {
    let folder = Site::new();
    let file = "content/关于做好养老工作的通知.md";
    folder.write("通知.txt", NOTICE);
    folder.success(&["import", "通知.txt"]);
    folder.write("通知.txt", NOTICE.replace("财政", "教育"));
    folder.success(&["import", "通知.txt"]);
    assert!(folder.read(file).contains("市教育局配合"));

    let edited = folder.read(file).replace("做好工作", "认真做好工作");
    folder.write(file, &edited);
    let run = folder.run(&["import", "通知.txt"]);
    assert_eq!(run.code, Some(0));
    assert_data_eq!(
        run.out + &run.err,
        str![[r#"
无文号　关于做好养老工作的通知
  没有覆盖 关于做好养老工作的通知.md
  层次 1，分工 1，引用 0
  第 1 行 没有读到发文字号，原文如果印有，请在前置数据里写 number：关于做好养老工作的通知
  第 1 行 没有读到发文机关，请在前置数据里写 issuers：关于做好养老工作的通知
  第 1 行 没有读到成文日期，原文如果印有，请在前置数据里写 date：关于做好养老工作的通知
导入 1 份：写出 0，没有变化 0，没有覆盖 1
警告[import-edited]: 这个文件有人改过，没有覆盖
--> content/关于做好养老工作的通知.md
 = 原因: 来源：通知.txt
 = 办法: 要丢掉改动、重新导入，就加 --force

"#]]
    );
    assert_eq!(folder.read(file), edited);
    folder.success(&["import", "通知.txt", "--force"]);
    assert!(folder.read(file).contains("\n做好工作。（市民政局牵头，市教育局配合）\n"));
}
