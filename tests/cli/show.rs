//! `zhengku show` on the site of `cases/site`.

use snapbox::{assert_data_eq, file, str};

use crate::support::driver::{Run, case, on};

fn show(args: &[&str]) -> Run {
    on("site", "show", args)
}

fn shown(args: &[&str]) -> String {
    let run = show(args);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{args:?}");
    run.out
}

#[test]
fn a_document_by_every_name() {
    let whole = shown(&["台州"]);
    assert_data_eq!(whole.clone(), file!["../cases/show/document.txt"].raw());
    for name in [
        "台政办发〔2018〕900号",
        "台政办发(2018)900号",
        "台政办发[2018] 900号",
        "台政办发2018年第900号",
        "《台州市养老服务设施建设三年计划》",
    ] {
        assert_eq!(shown(&[name]), whole, "{name}");
    }
}

/// All of these days are past.
#[test]
fn when_a_document_holds() {
    let held = |id: &str| {
        let run = on("in-force", "show", &[id]);
        run.out.lines().find(|l| l.starts_with("效力")).unwrap_or("-").to_owned()
    };
    assert_eq!(held("台州-2010"), "效力      2010-04-01 起施行，2018-07-01 起由 台政办发〔2018〕902号 废止，已废止");
    assert_eq!(held("台州-2018"), "效力      2018-07-01 起施行，有效期至 2023-06-30，已失效");
    // The front matter outweighs the text, which says three years.
    assert_eq!(held("台州-2019"), "效力      2019-01-10 起施行，有效期至 2019-12-31，已失效");
}

#[test]
fn a_clause_by_every_name() {
    let clause = shown(&["吉市#一/（一）"]);
    assert_data_eq!(clause.clone(), file!["../cases/show/clause.txt"].raw());
    for path in ["#（一）", "#(一)", "#一/(一)", "＃（一）"] {
        assert_eq!(shown(&[&format!("吉市政办发〔2017〕900号{path}")]), clause, "{path}");
    }
    assert_data_eq!(shown(&["台州#附件/2"]), file!["../cases/show/row.txt"].raw());
}

#[test]
fn as_data() {
    assert_data_eq!(shown(&["吉市#（二）", "--format", "json"]), file!["../cases/show/clause.json"].raw());
    assert_data_eq!(
        shown(&["吉市#（二）", "--format", "markdown"]),
        str![[r#"
### （二）开展签约。

医院与养老机构签订协议，落实《国务院关于加快发展养老服务业的若干意见》（国发〔2013〕35号）。（市卫生计生委、市医保局按职责分别负责）

吉林市人民政府办公厅

2017年10月6日

"#]]
    );
    let whole: serde_json::Value = serde_json::from_str(&shown(&["吉市", "--format", "json"])).expect("JSON");
    assert_eq!(whole["number"], "吉市政办发〔2017〕900号");
    assert_eq!(whole["obligations"].as_array().map(Vec::len), Some(2));
    let source = std::fs::read_to_string(case("site/content/吉市.md")).expect("the file");
    let body = source.splitn(3, "+++").nth(2).expect("a body").trim_start();
    assert_eq!(shown(&["吉市", "--format", "markdown"]), body);
}

#[test]
fn near_misses() {
    let said = |what: &str| {
        let run = show(&[what]);
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{what}");
        run.err
    };
    assert_data_eq!(
        said("台政办发〔2018〕90号"),
        str![[r#"
错误[show-document]: 没有这份公文：台政办发〔2018〕90号
 |
 = 办法: 是不是 台政办发〔2018〕900号《台州市养老服务设施建设三年计划》？

"#]]
    );
    assert_data_eq!(
        said("助餐"),
        str![[r#"
错误[show-document]: 没有这份公文：助餐
 |
 = 办法: 是不是 椒政办发〔2021〕900号《台州市椒江区人民政府办公室关于开展老年助餐的通知》？

"#]]
    );
    assert_data_eq!(
        said("毫不相干"),
        str![[r#"
错误[show-document]: 没有这份公文：毫不相干
 |
 = 办法: 写文号、id 或完整的标题

"#]]
    );
    assert_data_eq!(
        said("吉市#（三）"),
        str![[r#"
错误[show-clause]: 吉市 没有这一条：（三）
 |
 = 办法: 是不是 #一/（一）、#一/（二）？

"#]]
    );
    assert_data_eq!(
        said("吉市#第九十九条"),
        str![[r#"
错误[show-clause]: 吉市 没有这一条：第九十九条
 |
 = 办法: 看整份公文的目录，写里面有的路径

"#]]
    );
    assert_data_eq!(
        said("椒江#1"),
        str![[r#"
错误[show-ambiguous]: 椒江 有 2 处 1
 |
 = 办法: 写完整的路径：#二/1、#三/1

"#]]
    );
}
