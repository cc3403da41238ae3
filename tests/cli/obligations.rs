//! `zhengku obligations` on the site of `cases/site`: three invented documents of two cities and a district.

use snapbox::{IntoData, assert_data_eq, file, str};

use crate::support::driver::{Run, Site, case, command, on, zhengku};

fn search(args: &[&str]) -> Run {
    on("site", "obligations", args)
}

/// The assignments that are found, as document and clause.
fn found(args: &[&str]) -> String {
    let run = search(&[args, &["--kind", "assignment", "--format", "jsonl"]].concat());
    assert_eq!(run.err, "", "{args:?}");
    assert_eq!(run.code, Some(if run.out.is_empty() { 1 } else { 0 }), "{args:?}");
    let clause = |line: &str| {
        let o: serde_json::Value = serde_json::from_str(line).expect("an object a line");
        format!("{}#{}", o["document"].as_str().unwrap_or("?"), o["path"].as_str().unwrap_or("?"))
    };
    run.out.lines().map(clause).collect::<Vec<_>>().join(" ")
}

/// The query beside the clauses that it finds.
#[test]
fn queries() {
    let table: &[(&[&str], &str)] = &[
        (&["--lead", "市民政局"], "台州#附件/2 吉市#一/（一）"),
        // Today's name finds the former one, of any city.
        (&["--lead", "市卫健委"], "台州#附件/1"),
        (&["--support", "市卫健委"], "台州#附件/2 吉市#一/（一）"),
        (&["--organ", "市卫健委"], "台州#附件/1 台州#附件/2 吉市#一/（一） 吉市#一/（二）"),
        (&["--organ", "区卫健局"], "椒江#一"),
        (&["--joint", "市医保局"], "吉市#一/（二）"),
        (&["--implement", "县级政府"], ""),
        // One flag twice is either, two flags are both.
        (&["--lead", "市民政局", "--lead", "市卫生健康委"], "台州#附件/1 台州#附件/2 吉市#一/（一）"),
        (&["--lead", "市民政局", "--support", "市财政局"], "台州#附件/2"),
        (&["--organ", "市卫健委", "--region", "台州"], "台州#附件/1 台州#附件/2"),
        (&["--region", "吉林市"], "吉市#一/（一） 吉市#一/（二）"),
        (&["--region", "浙江"], "椒江#一 台州#附件/1 台州#附件/2"),
        (&["--region", "331002"], "椒江#一"),
        (&["--region", "000000", "--lead", "市民政局"], "台州#附件/2 吉市#一/（一）"),
        (&["--document", "台政办发(2018)900号"], "台州#附件/1 台州#附件/2"),
        (&["--document", "椒江"], "椒江#一"),
        (&["--document", "医养", "--document", "助餐"], "椒江#一 吉市#一/（一） 吉市#一/（二）"),
        // The row's task says 护理型床位, the clauses say nothing of it.
        (&["--topic", "养老服务设施"], "台州#附件/2"),
        (&["--topic", "老年助餐"], "椒江#一"),
        (&["--topic", "规划布局", "--topic", "老年助餐"], "椒江#一 台州#附件/1"),
        // A title word of one topic alone is its name too.
        (&["--topic", "助餐点"], "椒江#一"),
        (&["--topic", "安宁疗护"], ""),
        // A year is its last day for --due-before and its first for --due-after.
        (&["--due-before", "2018"], "台州#附件/1"),
        (&["--due-before", "2018-05"], ""),
        (&["--due-before", "2018-06"], "台州#附件/1"),
        (&["--due-before", "2018-06-29"], ""),
        (&["--due-after", "2018-07"], "台州#附件/2"),
        (&["--due-after", "2019", "--due-before", "2019"], "台州#附件/2"),
        // What is due on the day itself is not overdue yet.
        (&["--overdue", "--as-of", "2018-06-30"], ""),
        (&["--overdue", "--as-of", "2018-07-01"], "台州#附件/1"),
        (&["--overdue", "--as-of", "2018"], "台州#附件/1"),
        (&["--overdue", "--as-of", "2022", "--due-before", "2019"], "台州#附件/1 台州#附件/2"),
        (&["--overdue"], "台州#附件/1 台州#附件/2"),
        (&["护理型?床位"], "台州#附件/2"),
        (&["^编制"], "台州#附件/1"),
        (&["分别负责"], "吉市#一/（二）"),
        (&["市残联"], ""),
    ];
    for (args, expected) in table {
        assert_eq!(found(args), *expected, "{args:?}");
    }
}

#[test]
fn as_a_table() {
    let run = search(&["--kind", "assignment"]);
    assert_data_eq!(run.out, file!["../cases/obligations/table.txt"].raw());
    // The count does not stand in a file or a pipe.
    assert_eq!((run.code, run.err.as_str()), (Some(0), "5 条任务\n"));
    let run = search(&["没有这样的任务"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(1), "", "没有符合的任务\n"));
}

/// The city's health bureau of today finds what its predecessor was given in 2018.
#[test]
fn a_renamed_organ_in_the_published_documents() {
    let root = env!("CARGO_MANIFEST_DIR");
    let search = |organ: &str| {
        let run = zhengku(["obligations", "--root", root, "--organ", organ, "--region", "台州", "--format", "jsonl"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        run.out
    };
    let found = search("市卫健委");
    assert_eq!(found, search("市卫生计生委"));
    assert_eq!(found.lines().count(), 8);
    assert!(found.lines().all(|l| l.contains("卫生计生") && l.contains("台政办发〔2018〕31号")), "{found}");
    assert!(found.contains("\"市卫生计生委\":\"331000-卫生健康\""), "{found}");
}

/// What rests on a weak rule: a bare list of organs, and not the list whose roles are printed.
#[test]
fn what_a_person_should_look_at() {
    let text = "# 海州市重点工作方案\n\n## 一、加强宣传。\n\n开展宣传。（市委宣传部、市融媒体中心）\n\n## 二、加强保障。\n\n落实经费。（市财政局牵头）\n";
    let site = Site::new().file("content/甲.md", text);
    let found = |args: &[&str]| {
        let run = site.run(&[&["obligations", "--format", "jsonl"], args].concat());
        run.out.lines().map(|l| l.contains("市融媒体中心")).collect::<Vec<_>>()
    };
    assert_eq!(found(&[]), [true, false]);
    assert_eq!(found(&["--unsure"]), [true]);
}

/// The indicator asked for beside the indicators of the targets that are found.
#[test]
fn indicators() {
    let root = env!("CARGO_MANIFEST_DIR");
    let table: &[(&[&str], &str)] = &[
        (&[">=80%"], "≥80% ≥80% | ≥2张 =80% =20% | ≥50% ≥80% | =30% ≥60% =100%"),
        (&["80%以上"], "≥80% ≥80% | ≥2张 =80% =20% | ≥50% ≥80% | =30% ≥60% =100%"),
        (&[">80%"], "=30% ≥60% =100%"),
        (&["不少于2张"], "≥2张 =80% =20%"),
        (&["=30%", "至少2张"], "≥2张 =80% =20% | =30% ≥60% =100% | ≥30% ≥50%"),
        (&["<=20%"], "≥2张 =80% =20%"),
        (&[">=1000%"], ""),
    ];
    for (asked, expected) in table {
        let asked: Vec<&str> = asked.iter().flat_map(|i| ["--indicator", i]).collect();
        let fixed = ["obligations", "--root", root, "--kind", "target", "--format", "jsonl"];
        let run = zhengku(fixed.iter().chain(&asked));
        let shown = |line: &str| {
            let o: serde_json::Value = serde_json::from_str(line).expect("an object a line");
            let one = |i: &serde_json::Value| {
                let op = i["op"].as_str().unwrap_or("?").replace(">=", "≥").replace("<=", "≤");
                format!("{op}{}{}", i["value"], i["unit"].as_str().unwrap_or("?")).replace(".0", "")
            };
            o["indicators"].as_array().into_iter().flatten().map(one).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(run.out.lines().map(shown).collect::<Vec<_>>().join(" | "), *expected, "{asked:?}");
    }
}

#[test]
fn counted_by_group() {
    assert_data_eq!(
        search(&["--group-by", "organ"]).out,
        str![[r#"
──────────────────────────────────────────────────
 机关                   任务   牵头   配合   共同
══════════════════════════════════════════════════
 吉林市卫生健康委员会   2             1      1
──────────────────────────────────────────────────
 台州市卫生健康委员会   2      1      1
──────────────────────────────────────────────────
 吉林市医疗保障局       1                    1
──────────────────────────────────────────────────
 吉林市民政局           1      1
──────────────────────────────────────────────────
 台州市国土资源局       1             1
──────────────────────────────────────────────────
 台州市民政局           1      1
──────────────────────────────────────────────────
 台州市财政局           1             1
──────────────────────────────────────────────────
 椒江区卫生健康局       1      1
──────────────────────────────────────────────────
 椒江区民政局           1             1
──────────────────────────────────────────────────

"#]]
    );
    assert_data_eq!(
        search(&["--group-by", "document"]).out,
        str![[r#"
───────────────────────────────────────────────────────────────────────
 公文                                               任务   分工   目标
═══════════════════════════════════════════════════════════════════════
 台州市椒江区人民政府办公室关于开展老年助餐的通知   2      1      1
 椒政办发〔2021〕900号
───────────────────────────────────────────────────────────────────────
 台州市养老服务设施建设三年计划                     2      2
 台政办发〔2018〕900号
───────────────────────────────────────────────────────────────────────
 吉林市人民政府办公厅关于推进医养服务的通知         2      2
 吉市政办发〔2017〕900号
───────────────────────────────────────────────────────────────────────

"#]]
    );
    assert_data_eq!(
        search(&["--group-by", "year", "--format", "json"]).out,
        str![[r#"
[
{"id":"2018","name":"2018年","number":null,"count":1,"parts":{"assignment":1,"target":0,"duty":0,"commitment":0}},
{"id":"2019","name":"2019年","number":null,"count":1,"parts":{"assignment":1,"target":0,"duty":0,"commitment":0}},
{"id":"2021","name":"2021年","number":null,"count":1,"parts":{"assignment":0,"target":1,"duty":0,"commitment":0}},
{"id":null,"name":"没有时限","number":null,"count":3,"parts":{"assignment":3,"target":0,"duty":0,"commitment":0}}
]

"#]]
    );
    assert_data_eq!(
        search(&["--group-by", "region", "--format", "jsonl"]).out,
        str![[r#"
{"id":"220200","name":"吉林市","number":null,"count":2,"parts":{"assignment":2,"target":0,"duty":0,"commitment":0}}
{"id":"331000","name":"台州市","number":null,"count":2,"parts":{"assignment":2,"target":0,"duty":0,"commitment":0}}
{"id":"331002","name":"椒江区","number":null,"count":2,"parts":{"assignment":1,"target":1,"duty":0,"commitment":0}}

"#]]
    );
    assert_eq!(search(&["--group-by", "year"]).err, "4 组，6 条任务\n");
}

#[test]
fn to_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, args: &[&str]| {
        let path = folder.path().join(name);
        let run = search(&[args, &["--output", path.to_str().expect("a plain path")]].concat());
        assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
        assert_eq!(run.err, format!("{}：1 条任务\n", path.display()));
        std::fs::read(path).expect("a file")
    };
    let args = ["--lead", "市民政局", "--region", "台州"];
    let book = write("任务.xlsx", &[&args[..], &["--format", "xlsx"]].concat());
    assert!(book.starts_with(b"PK"));
    assert_eq!(
        write("任务.csv", &[&args[..], &["--format", "csv"]].concat()),
        search(&[&args[..], &["--format", "csv"]].concat()).out.into_bytes()
    );
    let calendar = write("时限.ics", &[&args[..], &["--format", "ics"]].concat());
    assert_data_eq!(
        String::from_utf8(calendar).expect("text").replace('\r', ""),
        str![[r#"
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Zhengku//ZH
CALSCALE:GREGORIAN
NAME:测试：时限
X-WR-CALNAME:测试：时限
REFRESH-INTERVAL;VALUE=DURATION:P1D
X-PUBLISHED-TTL:P1D
BEGIN:VEVENT
UID:台州#附件/2:assignment-1@zhengku
DTSTAMP:20180201T000000Z
DTSTART;VALUE=DATE:20191231
SUMMARY:市民政局：增加护理型床位（台政办发〔2018〕900号
 ）
DESCRIPTION:分工：增加护理型床位\n牵头：市民政局\n配合
 ：市卫生计生委、市财政局\n时限：2019年底前\n出处：台
 州市养老服务设施建设三年计划 台政办发〔2018〕900号 
 附件/2
TRANSP:TRANSPARENT
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:市民政局：增加护理型床位（台政办发〔2018〕90
 0号）
TRIGGER:-P6DT15H
END:VALARM
END:VEVENT
END:VCALENDAR

"#]]
        // A backslash here is no path of Windows.
        .raw()
    );
    // A pipe takes a workbook as it is.
    let output = command()
        .args(["obligations", "--root"])
        .arg(case("site"))
        .args(args)
        .args(["--format", "xlsx"])
        .output()
        .expect("the program runs");
    assert_eq!(output.stdout, book);
    let run = search(&["--output", "/没有这个文件夹/任务.csv", "--format", "csv"]);
    assert_eq!(run.code, Some(2));
    assert_data_eq!(
        run.err,
        str![[r#"
错误[io-not-found]: 写不了 /没有这个文件夹/任务.csv：上一级文件夹不存在
 |
 = 办法: 先建好上一级文件夹

"#]]
    );
}

#[test]
fn as_data() {
    let args = ["--lead", "市民政局", "--region", "台州"];
    assert_data_eq!(
        search(&[&args[..], &["--format", "csv"]].concat()).out,
        file!["../cases/obligations/one.csv"].raw()
    );
    assert_data_eq!(
        search(&[&args[..], &["--format", "json"]].concat()).out,
        file!["../cases/obligations/one.json"].raw()
    );
    assert_eq!(search(&["没有这样的任务", "--format", "json"]).out, "[\n]\n");
}

#[test]
fn what_cannot_be_asked() {
    let said = |args: &[&str]| {
        let run = search(args);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{args:?}");
        run.err
    };
    assert_data_eq!(
        said(&["签[约"]),
        str![[r#"
错误[query-pattern]: 正则表达式写错了
 --> 正则:1:2
  |
1 | 签[约
  |   ^ 方括号没有配对
  |
  = 办法: 要找的文字里有 ( ) [ ] * + ? . \ 这些符号，就在前面加 \，例如 \(一\)

"#]]
        // A backslash here is no path of Windows.
        .raw()
    );
    assert_data_eq!(
        said(&["*约"]),
        str![[r#"
错误[query-pattern]: 正则表达式写错了
 --> 正则:1:1
  |
1 | *约
  | ^ 前面没有可以重复的内容
  |
  = 办法: 要找的文字里有 ( ) [ ] * + ? . \ 这些符号，就在前面加 \，例如 \(一\)

"#]]
        // A backslash here is no path of Windows.
        .raw()
    );
    assert_data_eq!(
        said(&["--region", "火星"]),
        str![[r#"
错误[query-region]: 不认识的地区：火星
 |
 = 办法: 写全称、简称或六位代码，例如 吉林市、台州、331000；站点自己的地区写在 regions.toml

"#]]
    );
    assert_data_eq!(
        said(&["--due-before", "明年"]),
        str![[r#"
错误[query-date]: --due-before 的日期看不懂：明年
 |
 = 办法: 写成 2020、2020-06 或 2020-06-30

"#]]
    );
    assert_data_eq!(
        said(&["--overdue", "--as-of", "今天"]),
        str![[r#"
错误[query-date]: --as-of 的日期看不懂：今天
 |
 = 办法: 写成 2020、2020-06 或 2020-06-30

"#]]
    );
    assert_data_eq!(
        said(&["--as-of", "2020"]),
        str![[r#"
错误[cli-missing]: 少了参数：--overdue
 |
 = 办法: “--help”显示用法

"#]]
    );
    assert_data_eq!(
        said(&["--indicator", ">=80朵"]),
        str![[r#"
错误[query-indicator]: 指标写得看不懂
 --> 指标:1:5
  |
1 | >=80朵
  |     ^^ 不认识的单位或说法
  |
  = 办法: 写成 '>=80%'、80%以上、不少于2张、'>1.2万人次' 的样子；单位可以不写

"#]]
    );
    assert_data_eq!(
        said(&["--indicator", ">=80%以上"]),
        str![[r#"
错误[query-indicator]: 指标写得看不懂
 --> 指标:1:1
  |
1 | >=80%以上
  | ^^ 已经有文字说明大小，不要再写符号
  |
  = 办法: 写成 '>=80%'、80%以上、不少于2张、'>1.2万人次' 的样子；单位可以不写

"#]]
    );
    assert_data_eq!(
        said(&["--indicator", "很多"]),
        str![[r#"
错误[query-indicator]: 指标写得看不懂
 --> 指标:1:1
  |
1 | 很多
  | ^^^^ 看不出要找的数
  |
  = 办法: 写成 '>=80%'、80%以上、不少于2张、'>1.2万人次' 的样子；单位可以不写

"#]]
    );
    assert_data_eq!(
        said(&["--group-by", "organ", "--format", "csv"]),
        str![[r#"
错误[query-format]: 分组计数不能写成 csv
 |
 = 办法: 用 --format table、json 或 jsonl；要逐条列出，就不写 --group-by

"#]]
    );
    assert_data_eq!(
        said(&["--group-by", "month"]),
        str![[r#"
错误[cli-value]: --group-by 不能是 month
 |
 = 办法: 可用的值：organ、document、year、region

"#]]
    );
    assert_data_eq!(
        said(&["--document", "台政办发〔2018〕901号"]),
        str![[r#"
错误[show-document]: 没有这份公文：台政办发〔2018〕901号
 |
 = 办法: 是不是 台政办发〔2018〕900号《台州市养老服务设施建设三年计划》？

"#]]
    );
    assert_data_eq!(
        said(&["--topic", "长期护理"]),
        str![[r#"
错误[query-topic]: 没有这个主题：长期护理
 |
 = 办法: 是不是 长期护理保险、长期照护、康复护理？

"#]]
    );
    assert_data_eq!(
        said(&["--topic", "量子"]),
        str![[r#"
错误[query-topic]: 没有这个主题：量子
 |
 = 办法: 网站的“主题”页列出全部主题；站点自己的主题写在 topics.toml

"#]]
    );
    let run = zhengku(["obligations", "--root", "/nowhere"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
}

/// A reader that goes away is no error.
#[test]
fn a_closed_pipe() {
    use std::process::Stdio;
    let mut child = command()
        .args(["obligations", "--root"])
        .arg(case("site"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
