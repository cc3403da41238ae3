//! `zhengku obligations` on the site of `cases/site`: three invented documents of two cities and a district.

use snapbox::{IntoData, assert_data_eq, file, str};

use crate::support::driver::{Run, case, command, zhengku};

fn search(args: &[&str]) -> Run {
    let site = case("site");
    zhengku(["obligations", "--root", site.to_str().expect("a plain path")].iter().chain(args))
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
