//! Every message about a content file, word for word.

use snapbox::{assert_data_eq, str};

use super::load::tests::load;
use super::load::tests::site;

/// All that is said about a site of these files.
fn problems(files: &[(&str, &[u8])]) -> String {
    let root = site(files);
    load(root.path(), "content").1.to_string()
}

#[test]
fn messages() {
    assert_data_eq!(
        problems(&[]),
        str![[r#"
错误[content-missing]: 放公文的文件夹 content/ 不存在
 |
 = 原因: 这里可能不是站点的文件夹
 = 办法: 用 --root 指明站点；新站点用 zhengku init 建，公文用 zhengku import 导入
"#]]
    );
    assert_data_eq!(
        problems(&[("content", b"")]),
        str![[r#"
错误[content-missing]: 放公文的文件夹 content/ 不是文件夹
 |
 = 原因: 这里可能不是站点的文件夹
 = 办法: 用 --root 指明站点；新站点用 zhengku init 建，公文用 zhengku import 导入
"#]]
    );
    assert_data_eq!(
        problems(&[("content/a.md", b"")]),
        str![[r#"
警告[content-empty]: 这个文件没有正文
--> content/a.md
 = 办法: 写上正文，或者删去这个文件
"#]]
    );
    assert_data_eq!(
        problems(&[("content/a.md", b"# A\n\n\xB9\xAB\xCE\xC4\n")]),
        str![[r#"
错误[content-encoding]: 不是 UTF-8 文本：第 3 行有不能读的字节
--> content/a.md
 = 原因: 可能是 GBK 编码，或者不是文本文件
 = 办法: 用编辑器另存为 UTF-8；原始公文放在别处，用 zhengku import 导入
"#]]
    );
    assert_data_eq!(
        problems(&[("content/a.md", "+++\nid = \"../甲\"\n+++\n甲".as_bytes())]),
        str![[r#"
错误[content-id]: id 不能用：不能有 ..
 --> content/a.md:2:6
  |
2 | id = "../甲"
  |      ^^^^^^^
  |
  = 原因: id 是页面的文件夹名，也写在每个链接里；没有写 id 时用文件名
  = 办法: 在文件头写一个短的 id，例如 id = "2018-31"
"#]]
    );
    assert_data_eq!(
        problems(&[("content/con.md", b"A")]),
        str![[r#"
错误[content-id]: 文件名不能用：是 Windows 保留的名字
--> content/con.md
 = 原因: id 是页面的文件夹名，也写在每个链接里；没有写 id 时用文件名
 = 办法: 在文件头写一个短的 id，例如 id = "2018-31"
"#]]
    );
    assert_data_eq!(
        problems(&[("content/a.md", b"A"), ("content/b.md", b"+++\nid = \"A\"\n+++\nB")]),
        str![[r#"
错误[content-duplicate-id]: 两份公文的 id 都是 A
 --> content/b.md:2:6
  |
2 | id = "A"
  |      ^^^
  |
  = 另见: content/a.md：已经用在这里
  = 办法: 给其中一份另写一个 id
"#]]
    );
    let number = "+++\nnumber = \"国办发〔2015〕84号\"\n+++\n甲".as_bytes();
    let other = "+++\nnumber = \"国办发(2015)84号\"\n+++\n甲".as_bytes();
    assert_data_eq!(
        problems(&[("content/a.md", number), ("content/b.md", other)]),
        str![[r#"
错误[content-duplicate-number]: 两份公文的发文字号都是 国办发(2015)84号
 --> content/b.md:2:10
  |
2 | number = "国办发(2015)84号"
  |          ^^^^^^^^^^^^^^^^^^
  |
 ::: content/a.md:2:10
  |
2 | number = "国办发〔2015〕84号"
  |          -------------------- 已经用在这里
  |
  = 办法: 核对字号；同一份公文导入了两次就删去一份
"#]]
    );
    // Two files of one document that both were wanted are no mistake.
    let twin = "+++\nnumber = \"国办发(2015)84号\"\n[source]\nfile = \"甲.pdf\"\nsha256 = \"\"\ntwin = \"a\"\n+++\n甲"
        .as_bytes();
    assert_data_eq!(problems(&[("content/a.md", number), ("content/b.md", twin)]), str![[""]]);
    assert_data_eq!(
        problems(&[("content/a.md", "+++\ntitle = \"甲\"\n\n乙".as_bytes())]),
        str![[r#"
错误[front-open]: 文件头没有以 +++ 结束，全部按正文读入
 --> content/a.md:1:1
  |
1 | +++
  | ^^^
  |
  = 办法: 在文件头的最后另起一行写 +++
"#]]
    );
    let markdown = "甲**乙**和**丙**\n\n- 丁\n".as_bytes();
    assert_data_eq!(
        problems(&[("content/a.md", markdown)]),
        str![[r#"
警告[markdown-unsupported]: 不支持加粗、倾斜，只保留文字
 --> content/a.md:1:2
  |
1 | 甲**乙**和**丙**
  |   ^^^^^^
  |
  = 原因: 这个文件里有 2 处，这是第一处

警告[markdown-unsupported]: 列表不是公文的结构，每一项按一段读入
 --> content/a.md:3:1
  |
3 | - 丁
  | ^^^^
"#]]
    );
}

/// Messages of the front matter, with the line of the file.
#[test]
fn front_matter() {
    let said = |front: &str| problems(&[("content/a.md", format!("+++\n{front}\n+++\n\n甲\n").as_bytes())]);
    assert_data_eq!(
        said("titel = \"通知\""),
        str![[r#"
错误[toml-unknown-key]: 不认识的键 titel
 --> content/a.md:2:1
  |
2 | titel = "通知"
  | ^^^^^ 是不是 title？
"#]]
    );
    assert_data_eq!(
        said("\"发文字号\" = \"甲\""),
        str![[r#"
错误[toml-unknown-key]: 不认识的键 发文字号
 --> content/a.md:2:1
  |
2 | "发文字号" = "甲"
  | ^^^^^^^^^^ 是不是 number？
"#]]
    );
    assert_data_eq!(
        said("author = \"甲\""),
        str![[r#"
错误[toml-unknown-key]: 不认识的键 author
 --> content/a.md:2:1
  |
2 | author = "甲"
  | ^^^^^^ 这里没有这个键
  |
  = 办法: 这里可以写：id、title、title_inferred、attached_title、number、kind、issuers、attached_issuers、date、published、index_no、addressees、cc、printed_by、printed_date、disclosure、validity、region、effective、expires、contact、reply、source、correct、progress
"#]]
    );
    assert_data_eq!(
        said("title = “通知”"),
        str![[r#"
错误[toml-syntax]: TOML 写法有误
 --> content/a.md:2:9
  |
2 | title = “通知”
  |         ^^^^^^ 这里应当是一个值
  |
  = 办法: 用英文引号 "，不要用中文引号
"#]]
    );
    assert_data_eq!(
        said("id = \"a\"\ntitle = \"通知"),
        str![[r#"
错误[toml-syntax]: TOML 写法有误
 --> content/a.md:3:12
  |
3 | title = "通知
  |              ^ 引号没有配对
  |
  = 办法: 文字前后都要有英文引号："…"
"#]]
    );
    assert_data_eq!(
        said("title：\"通知\""),
        str![[r#"
错误[toml-syntax]: TOML 写法有误
 --> content/a.md:2:6
  |
2 | title："通知"
  |      ^^^^^^^^ 键名里有不能用的字符
  |
  = 办法: 键和值之间写英文的等号：title = "…"
"#]]
    );
    assert_data_eq!(
        said("issuers = [\"市政府\" \"市委\"]"),
        str![[r#"
错误[toml-syntax]: TOML 写法有误
 --> content/a.md:2:18
  |
2 | issuers = ["市政府" "市委"]
  |                     ^ 值与值之间少了逗号
  |
  = 办法: 用英文逗号隔开：["…", "…"]
"#]]
    );
    assert_data_eq!(
        said("issuers = \"市政府\""),
        str![[r#"
错误[toml-type]: issuers 应当是一组文字
 --> content/a.md:2:11
  |
2 | issuers = "市政府"
  |           ^^^^^^^^ 这是一段文字
  |
  = 办法: 写成 issuers = ["…", "…"]
"#]]
    );
    assert_data_eq!(
        said("title = 3\ncc = [\"甲\", 4]\ntitle_inferred = \"是\""),
        str![[r#"
错误[toml-type]: title 应当是一段文字
 --> content/a.md:2:9
  |
2 | title = 3
  |         ^ 这是整数
  |
  = 办法: 写成 title = "…"

错误[toml-type]: cc 应当是一组文字
 --> content/a.md:3:12
  |
3 | cc = ["甲", 4]
  |             ^ 这是整数
  |
  = 办法: 写成 cc = ["…", "…"]

错误[toml-type]: title_inferred 应当是 true 或 false
 --> content/a.md:4:18
  |
4 | title_inferred = "是"
  |                  ^^^^ 这是一段文字
  |
  = 办法: 写成 title_inferred = true
"#]]
    );
    assert_data_eq!(
        said("title = \"甲\"\ntitle = \"乙\""),
        str![[r#"
错误[toml-duplicate-key]: title 写了两次
 --> content/a.md:3:1
  |
3 | title = "乙"
  | ^^^^^ 前面已经有了
  |
  = 办法: 留下一个，删去另一个
"#]]
    );
    assert_data_eq!(
        said("date = \"2025-02-30\""),
        str![[r#"
错误[toml-date]: date 不是日期：2025-02-30
 --> content/a.md:2:8
  |
2 | date = "2025-02-30"
  |        ^^^^^^^^^^^^ 日历上没有这一天，或者写法不对
  |
  = 办法: 写成 2018-06-04 的样子
"#]]
    );
    assert_data_eq!(
        said("date = 2025-02-30"),
        str![[r#"
错误[toml-syntax]: TOML 写法有误
 --> content/a.md:2:8
  |
2 | date = 2025-02-30
  |        ^^^^^^^^^^ 日历上没有这一天
  |
  = 办法: 写成 2018-06-04 的样子
"#]]
    );
    assert_data_eq!(
        said("date = \"2018年6月4日\""),
        str![[r#"
错误[toml-date]: date 不是日期：2018年6月4日
 --> content/a.md:2:8
  |
2 | date = "2018年6月4日"
  |        ^^^^^^^^^^^^^^ 日历上没有这一天，或者写法不对
  |
  = 办法: 写成 "2018-06-04"
"#]]
    );
    assert_data_eq!(
        said("date = \"明年\""),
        str![[r#"
错误[toml-date]: date 不是日期：明年
 --> content/a.md:2:8
  |
2 | date = "明年"
  |        ^^^^^^ 日历上没有这一天，或者写法不对
  |
  = 办法: 写成 2018-06-04 的样子
"#]]
    );
    assert_data_eq!(
        said("contact = \"张三\""),
        str![[r#"
错误[toml-type]: contact 应当是一节
 --> content/a.md:2:11
  |
2 | contact = "张三"
  |           ^^^^^^ 这是一段文字
  |
  = 办法: 写成单独一行 [contact]，下面写各个键
"#]]
    );
    assert_data_eq!(
        said("[contact]\nnmae = \"张三\""),
        str![[r#"
错误[toml-unknown-key]: 不认识的键 nmae
 --> content/a.md:3:1
  |
3 | nmae = "张三"
  | ^^^^ 是不是 name？
"#]]
    );
    assert_data_eq!(
        said("[source"),
        str![[r#"
错误[toml-syntax]: TOML 写法有误
 --> content/a.md:2:8
  |
2 | [source
  |        ^ 方括号没有配对
  |
  = 办法: 一节的开头写成 [source]
"#]]
    );
}

#[test]
fn corrections() {
    let said = |front: &str| problems(&[("content/a.md", format!("+++\n{front}\n+++\n\n甲\n").as_bytes())]);
    assert_data_eq!(
        said("[[correct]]\nlead = [\"市民政局\"]"),
        str![[r#"
错误[correct-incomplete]: 更正缺少 finding
 --> content/a.md:2:1
  |
2 | [[correct]]
  | ^^^^^^^^^^^ 这一条
  |
  = 办法: 写明改什么：assignment、target、duty、commitment、citation

错误[correct-incomplete]: 更正缺少 path
 --> content/a.md:2:1
  |
2 | [[correct]]
  | ^^^^^^^^^^^ 这一条
  |
  = 办法: 写明改哪一条：path = "四/（六）"；不在任何标题下的写 path = ""
"#]]
    );
    assert_data_eq!(
        said("[[correct]]\npath = \"一\"\nfinding = \"asignment\""),
        str![[r#"
错误[toml-choice]: finding 没有 asignment 这个值
 --> content/a.md:4:11
  |
4 | finding = "asignment"
  |           ^^^^^^^^^^^ 是不是 assignment？
  |
  = 办法: 可用的值：assignment、target、duty、commitment、citation
"#]]
    );
    assert_data_eq!(
        said("[[correct]]\npath = \"一\"\nfinding = \"duty\"\ndrop = true\nadd = true"),
        str![[r#"
错误[correct-conflict]: drop 和 add 不能同时写
 --> content/a.md:6:7
  |
6 | add = true
  |       ^^^^ 这里
  |
  = 办法: 删去其中一个
"#]]
    );
    assert_data_eq!(
        said("[[correct]]\npath = \"一\"\nfinding = \"duty\"\ndrop = true\nlead = []"),
        str![[r#"
错误[correct-conflict]: 已经 drop，别的改动没有用
 --> content/a.md:5:8
  |
5 | drop = true
  |        ^^^^ 这里
  |
  = 办法: 只删去就不写别的键；要改就不写 drop
"#]]
    );
    assert_data_eq!(
        said("[[correct]]\npath = \"一\"\nfinding = \"duty\"\nadd = true"),
        str![[r#"
错误[correct-incomplete]: 更正缺少 match
 --> content/a.md:2:1
  |
2 | [[correct]]
  | ^^^^^^^^^^^ 这一条
  |
  = 办法: 增加的内容要指明原文：match = "市民政局牵头"
"#]]
    );
    assert_data_eq!(
        said("[[correct]]\npath = \"一\"\nfinding = \"citation\"\nlead = []"),
        str![[r#"
错误[toml-unknown-key]: 不认识的键 lead
 --> content/a.md:5:1
  |
5 | lead = []
  | ^^^^ 这里没有这个键
  |
  = 办法: 这里可以写：path、finding、match、drop、add、title、number、issuers、relation
"#]]
    );
    assert_data_eq!(
        said("[[correct]]\npath = \"一\"\nfinding = \"citation\"\nrelation = \"根据\""),
        str![[r#"
错误[toml-choice]: relation 没有 根据 这个值
 --> content/a.md:5:12
  |
5 | relation = "根据"
  |            ^^^^^^ 不在可用的值里
  |
  = 办法: 可用的值：依据、贯彻、转发、印发、引用、废止、修改
"#]]
    );
    assert_data_eq!(
        said("[[corect]]\npath = \"一\""),
        str![[r#"
错误[toml-unknown-key]: 不认识的键 corect
 --> content/a.md:2:3
  |
2 | [[corect]]
  |   ^^^^^^ 是不是 correct？
"#]]
    );
    assert_data_eq!(
        said("[correct]\npath = \"一\""),
        str![[r#"
错误[toml-type]: correct 应当是若干节
 --> content/a.md:2:1
  |
2 | [correct]
  | ^^^^^^^^^ 这是一节
  |
  = 办法: 写成单独一行 [[correct]]，下面写各个键；每一条都这样开头
"#]]
    );
}

#[test]
fn records_of_progress() {
    let of = |entry: &str| problems(&[("content/a.md", format!("+++\n[[progress]]\n{entry}+++\n\n正文\n").as_bytes())]);
    assert_eq!(of("path = \"一\"\nstate = \"推进中\"\nlink = \"https://a.cn/1\"\n"), "");
    assert_eq!(of("path = \"一\"\nstate = \"未见公开进展\"\n"), "");
    assert_data_eq!(
        of("path = \"一\"\n"),
        str![[r#"
错误[progress-incomplete]: 进展缺少 state
 --> content/a.md:2:1
  |
2 | [[progress]]
  | ^^^^^^^^^^^^ 这一条
  |
  = 办法: 写明进展：已落实、推进中、未见公开进展
"#]]
    );
    assert_data_eq!(
        of("state = \"未见公开进展\"\n"),
        str![[r#"
错误[progress-incomplete]: 进展缺少 path
 --> content/a.md:2:1
  |
2 | [[progress]]
  | ^^^^^^^^^^^^ 这一条
  |
  = 办法: 写明是哪一条的事：path = "三/（一）"；不在任何标题下的写 path = ""
"#]]
    );
    assert_data_eq!(
        of("path = \"一\"\nstate = \"已落实\"\n"),
        str![[r#"
错误[progress-evidence]: 写了“已落实”，没有写依据
 --> content/a.md:4:9
  |
4 | state = "已落实"
  |         ^^^^^^^^ 没有公开的依据，不能这样写
  |
  = 办法: 用 document 写站内的公文，或者用 link 写网址；都没有就写“未见公开进展”
"#]]
    );
    assert_data_eq!(
        of("path = \"一\"\nstate = \"没有办\"\n"),
        str![[r#"
错误[toml-choice]: state 没有 没有办 这个值
 --> content/a.md:4:9
  |
4 | state = "没有办"
  |         ^^^^^^^^ 不在可用的值里
  |
  = 办法: 可用的值：已落实、推进中、未见公开进展
"#]]
    );
    assert_data_eq!(
        of("path = \"一\"\nstate = \"推进中\"\nlink = \"javascript:1\"\n"),
        str![[r#"
错误[progress-link]: link 不是网址：javascript:1
 --> content/a.md:5:8
  |
5 | link = "javascript:1"
  |        ^^^^^^^^^^^^^^ 要以 http:// 或 https:// 开头
  |
  = 办法: 写成 link = "https://example.gov.cn/a.html"
"#]]
    );
}
