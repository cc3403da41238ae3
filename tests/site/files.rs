//! What is said of content files and settings that cannot be read. `src/content/messages.rs` has every message; here
//! the commands say them, with the place and the exit code, and nothing is built.

use snapbox::{assert_data_eq, str};

use crate::support::driver::Site;

/// What every command says of a site with these files, and that none of them makes anything.
fn said(files: &[(&str, &[u8])]) -> String {
    let folder = Site::of_one();
    files.iter().for_each(|(file, bytes)| folder.write(file, bytes));
    let said = folder.failure(&["build"]);
    assert!(!folder.path("public").exists());
    assert_eq!(folder.failure(&["check"]), said);
    said
}

#[test]
fn front_matter() {
    assert_data_eq!(
        said(&[("content/乙.md", "+++\ntitel = \"通知\"\n+++\n\n乙\n".as_bytes())]),
        str![[r#"
错误[toml-unknown-key]: 不认识的键 titel
 --> content/乙.md:2:1
  |
2 | titel = "通知"
  | ^^^^^ 是不是 title？

"#]]
    );
    assert_data_eq!(
        said(&[("content/乙.md", "+++\ntitle = “通知”\n+++\n\n乙\n".as_bytes())]),
        str![[r#"
错误[toml-syntax]: TOML 写法有误
 --> content/乙.md:2:9
  |
2 | title = “通知”
  |         ^^^^^^ 这里应当是一个值
  |
  = 办法: 用英文引号 "，不要用中文引号

"#]]
    );
    assert_data_eq!(
        said(&[("content/乙.md", "+++\ntitle = \"通知\n+++\n\n乙\n".as_bytes())]),
        str![[r#"
错误[toml-syntax]: TOML 写法有误
 --> content/乙.md:2:12
  |
2 | title = "通知
  |              ^ 引号没有配对
  |
  = 办法: 文字前后都要有英文引号："…"

"#]]
    );
    assert_data_eq!(
        said(&[("zhengku.toml", "titel = \"甲市政策库\"\n".as_bytes())]),
        str![[r#"
错误[toml-unknown-key]: 不认识的键 titel
 --> zhengku.toml:1:1
  |
1 | titel = "甲市政策库"
  | ^^^^^ 是不是 title？

"#]]
    );
    assert_data_eq!(
        said(&[("regions.toml", "[[region]]\ncode = “330900”\n".as_bytes())]),
        str![[r#"
错误[toml-syntax]: TOML 写法有误
 --> regions.toml:2:8
  |
2 | code = “330900”
  |        ^^^^^^^^ 这里应当是一个值
  |
  = 办法: 用英文引号 "，不要用中文引号

"#]]
    );
    assert_data_eq!(
        said(&[("organs.toml", "[[organs]]\nnmae = \"甲\"\n".as_bytes())]),
        str![[r#"
错误[registry]: 不认识的键 organs
 --> organs.toml:1:3
  |
1 | [[organs]]
  |   ^^^^^^^^ 这里
  |
  = 办法: 这里可以写：sector、organ

"#]]
    );
    assert_data_eq!(
        said(&[("topics.toml", "[[topic]]\nid = \"住房\"\nterms = [\"房\"]\n".as_bytes())]),
        str![[r#"
错误[registry]: 词“房”太短
 --> topics.toml:3:10
  |
3 | terms = ["房"]
  |          ^^^^^ 这里
  |
  = 办法: 至少两个字，否则到处都是

"#]]
    );
}

#[test]
fn bytes_that_are_no_text() {
    assert_data_eq!(
        said(&[("content/乙.md", b"# \xB9\xAB\xCE\xC4\n")]),
        str![[r#"
错误[content-encoding]: 不是 UTF-8 文本：第 1 行有不能读的字节
--> content/乙.md
 = 原因: 可能是 GBK 编码，或者不是文本文件
 = 办法: 用编辑器另存为 UTF-8；原始公文放在别处，用 zhengku import 导入

"#]]
    );
    assert_data_eq!(
        said(&[("zhengku.toml", b"title = \"\xB9\xAB\xCE\xC4\"\n")]),
        str![[r#"
错误[content-encoding]: 不是 UTF-8 文本：第 1 行有不能读的字节
--> zhengku.toml
 = 原因: 可能是 GBK 编码，或者不是文本文件
 = 办法: 用编辑器另存为 UTF-8；原始公文放在别处，用 zhengku import 导入

"#]]
    );
}

#[test]
fn control_characters() {
    let folder = Site::new();
    folder.write("content/甲.md", "# 通知\n\n甲\0乙\u{1b}[31m\n");
    let run = folder.run(&["build"]);
    assert_eq!(run.code, Some(0));
    assert_data_eq!(
        run.err,
        str![[r#"
警告[markdown-unsupported]: 有控制字符，已换成 � 或空格
 --> content/甲.md:3:1
  |
3 | 甲␀乙␛[31m
  | ^^^^^^

"#]]
    );
}

#[test]
fn two_documents_as_one() {
    let same = "+++\nid = \"甲\"\n+++\n\n乙\n".as_bytes();
    assert_data_eq!(
        said(&[("content/乙.md", same)]),
        str![[r#"
错误[content-duplicate-id]: 两份公文的 id 都是 甲
 --> content/甲.md
  |
 ::: content/乙.md:2:6
  |
2 | id = "甲"
  |      ---- 已经用在这里
  |
  = 办法: 给其中一份另写一个 id

"#]]
    );
    let first = "+++\nnumber = \"国办发〔2015〕84号\"\n+++\n\n乙\n".as_bytes();
    let second = "+++\nnumber = \"国办发（2015） 84号\"\n+++\n\n丙\n".as_bytes();
    assert_data_eq!(
        said(&[("content/乙.md", first), ("content/丙.md", second)]),
        str![[r#"
错误[content-duplicate-number]: 两份公文的发文字号都是 国办发〔2015〕84号
 --> content/乙.md:2:10
  |
2 | number = "国办发〔2015〕84号"
  |          ^^^^^^^^^^^^^^^^^^^^
  |
 ::: content/丙.md:2:10
  |
2 | number = "国办发（2015） 84号"
  |          --------------------- 已经用在这里
  |
  = 办法: 核对字号；同一份公文导入了两次就删去一份

"#]]
    );
}

#[test]
fn ids_that_would_leave_the_site() {
    let id = |id: &str| said(&[("content/乙.md", format!("+++\nid = {id}\n+++\n\n乙\n").as_bytes())]);
    assert_data_eq!(
        id("\"../../乙\""),
        str![[r#"
错误[content-id]: id 不能用：不能有 ..
 --> content/乙.md:2:6
  |
2 | id = "../../乙"
  |      ^^^^^^^^^^
  |
  = 原因: id 是页面的文件夹名，也写在每个链接里；没有写 id 时用文件名
  = 办法: 在文件头写一个短的 id，例如 id = "2018-31"

"#]]
    );
    assert_data_eq!(
        id("\"乙/丙\""),
        str![[r#"
错误[content-id]: id 不能用：不能有 / / : * ? " < > | # %
 --> content/乙.md:2:6
  |
2 | id = "乙/丙"
  |      ^^^^^^^
  |
  = 原因: id 是页面的文件夹名，也写在每个链接里；没有写 id 时用文件名
  = 办法: 在文件头写一个短的 id，例如 id = "2018-31"

"#]]
    );
    assert_data_eq!(
        id(&format!("\"{}\"", "长".repeat(300))),
        str![[r#"
错误[content-id]: id 不能用：太长：最多 200 字节，约 66 个汉字
 --> content/乙.md:2:6
  |
2 | id = "长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长"
  |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^...^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = 原因: id 是页面的文件夹名，也写在每个链接里；没有写 id 时用文件名
  = 办法: 在文件头写一个短的 id，例如 id = "2018-31"

"#]]
    );
    // The longest name that a file may have is too long for a page's folder.
    assert_data_eq!(
        said(&[(&format!("content/{}.md", "长".repeat(83)), "乙".as_bytes())]),
        str![[r#"
错误[content-id]: 文件名不能用：太长：最多 200 字节，约 66 个汉字
--> content/长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长.md
 = 原因: id 是页面的文件夹名，也写在每个链接里；没有写 id 时用文件名
 = 办法: 在文件头写一个短的 id，例如 id = "2018-31"

"#]]
    );
    assert_data_eq!(
        said(&[("content/乙..丙.md", "乙".as_bytes())]),
        str![[r#"
错误[content-id]: 文件名不能用：不能有 ..
--> content/乙..丙.md
 = 原因: id 是页面的文件夹名，也写在每个链接里；没有写 id 时用文件名
 = 办法: 在文件头写一个短的 id，例如 id = "2018-31"

"#]]
    );
    if cfg!(unix) {
        assert_data_eq!(
            said(&[("content/乙\n\u{1b}[31m丙.md", "乙".as_bytes())]),
            str![[r#"
错误[content-id]: 文件名不能用：不能有控制字符
--> content/乙��[31m丙.md
 = 原因: id 是页面的文件夹名，也写在每个链接里；没有写 id 时用文件名
 = 办法: 在文件头写一个短的 id，例如 id = "2018-31"

"#]]
        );
    }
}

#[test]
fn no_content() {
    let folder = Site::new();
    assert_data_eq!(
        folder.failure(&["build"]),
        str![[r#"
错误[content-missing]: 放公文的文件夹 content/ 不存在
 |
 = 原因: 这里可能不是站点的文件夹
 = 办法: 用 --root 指明站点；新站点用 zhengku init 建，公文用 zhengku import 导入

"#]]
    );
    assert_eq!(folder.failure(&["check"]), folder.failure(&["build"]));
    assert_eq!(folder.failure(&["build", "--root", "没有"]), folder.failure(&["build"]));
    folder.write("content", "");
    assert_data_eq!(
        folder.failure(&["build"]),
        str![[r#"
错误[content-missing]: 放公文的文件夹 content/ 不是文件夹
 |
 = 原因: 这里可能不是站点的文件夹
 = 办法: 用 --root 指明站点；新站点用 zhengku init 建，公文用 zhengku import 导入

"#]]
    );
}

/// A site without documents is one, and so is a document without text.
#[test]
fn nothing_to_publish() {
    let folder = Site::new();
    std::fs::create_dir(folder.path("content")).expect("a folder");
    folder.success(&["build"]);
    folder.write("content/甲.md", "");
    let run = folder.run(&["build"]);
    assert_eq!(run.code, Some(0));
    assert_data_eq!(
        run.err,
        str![[r#"
警告[content-empty]: 这个文件没有正文
--> content/甲.md
 = 办法: 写上正文，或者删去这个文件

"#]]
    );
}
