//! What no assistant should send: every question gets an answer in Chinese that says what is wrong, and the server goes on.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use super::Assistant;
use crate::support::driver::Site;

/// Longest that anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn hostile_questions() {
    let assistant = Assistant::of_published().await;
    let long = "医".repeat(10_000_000 / 3);
    let deep = (0..100).fold(json!("甲"), |inner, _| json!([inner]));
    let hostile = [
        ("obligations", json!({ "pattern": "(((a{1000}){1000}){1000})" }), "正则表达式写错了"),
        ("obligations", json!({ "pattern": "(a*)*(" }), "圆括号没有配对"),
        ("obligations", json!({ "pattern": long }), "参数 pattern 太长"),
        ("obligations", json!({ "lead": vec!["市民政局"; 500_000] }), "参数 lead 有 500000 个值，太多了"),
        ("obligations", json!({ "lead": deep }), "参数 lead 应为一列文字"),
        ("obligations", json!({ "limit": 1e300 }), "参数 limit 应为 1 到 50 的整数"),
        ("obligations", json!({ "due_before": "明年" }), "due_before 的日期看不懂：明年"),
        ("obligations", json!({ "topic": "养牛" }), "没有这个主题：养牛"),
        ("document", json!({ "document": "../../../../etc/passwd" }), "没有这份公文：../../../../etc/passwd"),
        ("document", json!({ "document": "吉市政办发〔2017〕48号\u{0}.md" }), "没有这份公文"),
        ("clause", json!({ "document": "吉市政办发〔2017〕48号", "path": "../三" }), "没有这一条：../三"),
        ("organ", json!({ "organ": "<script>alert(1)</script>" }), "没有一份公文写到这个机关"),
        ("diff", json!({ "a": "吉市政办发〔2017〕48号", "b": "吉市政办发(2017)48号" }), "是同一份公文"),
        ("search", json!({}), "少了参数 query"),
        ("rm -rf", json!({}), "没有 rm -rf 这个工具"),
    ];
    for (tool, arguments, expected) in hostile {
        let since = Instant::now();
        let said = assistant.refused(tool, arguments).await;
        assert!(said.contains(expected), "{tool}: {said}");
        assert!(said.len() < 4_000 && said.starts_with("错误["), "{tool}: {said}");
        assert!(since.elapsed() < PATIENCE, "{tool} took {:?}", since.elapsed());
    }
    // What is odd but no fault finds nothing, and says so.
    for query in ["\"", "(((((", "\u{202e}\u{0}", "标题:", "-", "🏥"] {
        let answer = assistant.ask("search", json!({ "query": query })).await;
        assert!(answer["results"].is_array(), "{query}: {answer}");
    }
    // After all that it still answers.
    let answer = assistant.ask("search", json!({ "query": "医养结合" })).await;
    assert_eq!(answer["total"], 5);
}

#[tokio::test]
async fn what_is_wrong_is_said_as_the_terminal_says_it() {
    let assistant = Assistant::of_published().await;
    assert_data_eq!(
        assistant.refused("obligations", json!({ "pattern": "(一" })).await,
        str![[r#"
错误[query-pattern]: 正则表达式写错了
 --> 正则:1:1
  |
1 | (一
  | ^ 圆括号没有配对
  |
  = 办法: 要找的文字里有 ( ) [ ] * + ? . / 这些符号，就在前面加 /，例如 /(一/)
"#]]
    );
    assert_data_eq!(
        assistant.refused("clause", json!({ "document": "台政办发〔2018〕31号", "path": "九" })).await,
        str![[r#"
错误[show-clause]: 台政办发〔2018〕31号 没有这一条：九
 |
 = 办法: 看整份公文的目录，写里面有的路径
"#]]
    );
}

/// An answer that would be too long is cut where it can be, and never longer than a reader of it can take.
#[tokio::test]
async fn answers_are_bounded() {
    let assistant = Assistant::of_published().await;
    let all = assistant.ask("obligations", json!({ "limit": 50 })).await;
    let listed = all["results"].as_array().map_or(0, Vec::len);
    assert_eq!((listed, &all["total"], &all["left_out"]), (50, &json!(103), &json!(53)));
    let rest = assistant.ask("obligations", json!({ "limit": 50, "offset": 100 })).await;
    assert_eq!((rest["results"].as_array().map_or(0, Vec::len), &rest["left_out"]), (3, &json!(0)));
    let counted = assistant.ask("obligations", json!({ "group_by": "document" })).await;
    let sum: u64 = counted["groups"].as_array().into_iter().flatten().filter_map(|g| g["count"].as_u64()).sum();
    assert_eq!(Some(sum), counted["total"].as_u64());
    let organs: &[Value] = &[json!("市民政局"), json!("省卫生健康委")];
    let of_organs = assistant.ask("obligations", json!({ "organ": organs, "limit": 50 })).await;
    assert!(of_organs.to_string().len() < 200_000);
}

/// Of a statute of a thousand articles the outline is given in part, and is no longer than a reader of it can take.
#[tokio::test]
async fn long_documents_are_told_in_part() {
    let articles: String = (1..=1000).map(|n| format!("## 第{n}条\n\n市民政局应当做好第{n}件事。\n\n")).collect();
    let site = Site::new().file("content/条例.md", format!("# 云河市养老服务条例\n\n{articles}"));
    let assistant = Assistant::of(&site).await;
    let document = assistant.ask("document", json!({ "document": "条例", "text_from": 6000 })).await;
    assert_eq!(document["outline"].as_array().map(Vec::len), Some(300));
    assert_eq!(document["outline"][299], json!({ "path": "第300条", "title": null }));
    assert_eq!(
        document["notes"],
        json!([
            "outline 里没有写每一条的网址：公文的 address 加 # 和 path，或用 clause 看",
            "outline 里还有 700 条没有列出；用 search 或 obligations 找要的条款"
        ])
    );
    assert_eq!(
        (document["quote"].as_str().map(|t| t.chars().count()), &document["text_next"]),
        (Some(6000), &json!(12_000))
    );
    assert!(document.to_string().len() < 60_000, "{}", document.to_string().len());
    let clause = assistant.ask("clause", json!({ "document": "条例", "path": "第999条" })).await;
    assert_eq!(clause["address"], "documents/条例.html#第999条");
}
