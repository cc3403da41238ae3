//! `zhengku diff` on the site of `cases/diff`: two invented opinions of two cities.

use snapbox::{assert_data_eq, file, str};

use crate::support::driver::{Run, on};

fn diff(args: &[&str]) -> Run {
    on("diff", "diff", args)
}

fn shown(args: &[&str]) -> String {
    let run = diff(args);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{args:?}");
    run.out
}

#[test]
fn as_text() {
    let text = shown(&["吉市", "台州"]);
    assert_data_eq!(text.clone(), file!["../cases/diff/whole.txt"].raw());
    // Any way of writing the names.
    assert_eq!(shown(&["吉市政办发(2017)910号", "《台州市人民政府办公室关于促进老年健康服务的实施意见》"]), text);
    for line in text.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 100, "too long for the terminal: {line}");
    }
}

/// What the heading does not say is shown at length where it is asked for.
#[test]
fn of_a_topic() {
    let text = shown(&["吉市", "台州", "--topic", "绿色通道", "--topic", "长护险"]);
    assert_data_eq!(text, file!["../cases/diff/topics.txt"].raw());
}

#[test]
fn as_data() {
    assert_data_eq!(
        shown(&["吉市", "台州", "--topic", "家庭医生签约", "--topic", "安宁疗护", "--format", "json"]),
        file!["../cases/diff/topic.json"].raw()
    );
    let turned = |args: &[&str]| -> serde_json::Value { serde_json::from_str(&shown(args)).expect("JSON") };
    let (one, other) = (turned(&["吉市", "台州", "--format", "json"]), turned(&["台州", "吉市", "--format", "json"]));
    let topics = |v: &serde_json::Value, list: &str| -> Vec<String> {
        let list = v[list].as_array().expect("a list");
        let mut names: Vec<String> = list.iter().map(|s| s["topic"].as_str().expect("a name").to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(topics(&one, "shared"), topics(&other, "shared"));
    assert_eq!(topics(&one, "only_a"), topics(&other, "only_b"));
    assert_eq!(one["alike"][0]["likeness"], 1.0);
    let kept = one["shared"].as_array().expect("a list").iter().find(|s| s["topic"] == "用地").expect("the topic");
    let sector = &kept["organs"][0];
    assert_eq!((&sector["sector"], &sector["same"]), (&"自然资源".into(), &true.into()));
    assert_eq!(sector["a"][0]["name"], "市国土局");
    assert_eq!(sector["b"][0]["name"], "市自然资源和规划局");
}

#[test]
fn what_cannot_be_compared() {
    let said = |args: &[&str]| {
        let run = diff(args);
        assert_eq!(run.out, "", "{args:?}");
        (run.code, run.err)
    };
    let (code, err) = said(&["吉市", "台政办发〔2021〕91号"]);
    assert_eq!(code, Some(1));
    assert_data_eq!(
        err,
        str![[r#"
错误[show-document]: 没有这份公文：台政办发〔2021〕91号
 |
 = 办法: 是不是 台政办发〔2021〕910号《台州市人民政府办公室关于促进老年健康服务的实施意见》？

"#]]
    );
    let (code, err) = said(&["吉市", "吉市政办发〔2017〕910号"]);
    assert_eq!(code, Some(1));
    assert_data_eq!(
        err,
        str![[r#"
错误[diff-same]: 吉市 和 吉市政办发〔2017〕910号 是同一份公文
 |
 = 办法: 写两份不同的公文

"#]]
    );
    let (code, err) = said(&["吉市", "台州", "--topic", "家庭医"]);
    assert_eq!(code, Some(2));
    assert_data_eq!(
        err,
        str![[r#"
错误[query-topic]: 没有这个主题：家庭医
 |
 = 办法: 是不是 家庭医生签约？

"#]]
    );
    assert_eq!(diff(&["吉市", "台州", "--root", "/nowhere"]).code, Some(2));
    // Nothing in common is told from trouble.
    let run = diff(&["吉市", "台州", "--topic", "水利"]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
}
