//! Questions of staff and deputies: every answer names number, path and address, and quotes what stands there.

use scraper::{Html, Selector};
use serde_json::{Value, json};

use super::Assistant;
use crate::site::published::BUILT;
use crate::support::printed::printed_text;

const BASE: &str = "https://example.gov.cn/policy/";

fn field<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

/// The page that an address names: it is there, and has the clause.
fn page(address: &str) -> String {
    let local = address.strip_prefix(BASE).unwrap_or_else(|| panic!("{address} is not of this site"));
    let (path, fragment) = local.split_once('#').unwrap_or((local, ""));
    let file = BUILT.join(zhengku::file_at(path));
    let html = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let id = percent_encoding::percent_decode_str(fragment).decode_utf8().expect("UTF-8").into_owned();
    let parsed = Html::parse_document(&html);
    let ids = Selector::parse("[id]").expect("a selector");
    assert!(id.is_empty() || parsed.select(&ids).any(|e| e.attr("id") == Some(&id)), "{address}: no {id}");
    html
}

/// Looks a place up on its page: the clause is there, and its words.
fn stands(place: &Value, number: &str, path: &str) {
    assert_eq!((field(place, "number"), field(place, "path")), (number, path), "{place}");
    assert!(field(place, "cite").starts_with(number), "{place}");
    let printed = printed_text(&page(field(place, "address")));
    let quote: String = field(place, "quote").chars().filter(|c| !c.is_whitespace()).collect();
    assert!(!quote.is_empty() && printed.contains(quote.trim_matches('…')), "{quote}");
}

fn results(answer: &Value) -> &[Value] {
    answer["results"].as_array().expect("results")
}

/// 民政局的工作人员：台州的任务里，哪些由我们牵头，何时完成，哪一句说的？
#[tokio::test]
async fn what_we_lead_and_by_when() {
    let assistant = Assistant::of_published().await;
    let question = json!({ "lead": "民政局", "region": "台州市", "due_before": "2018-12" });
    let answer = assistant.ask("obligations", question).await;
    assert_eq!(answer["total"], 1);
    let [task] = results(&answer) else { panic!("{answer}") };
    stands(task, "台政办发〔2018〕31号", "附件/2");
    assert_eq!((field(task, "kind"), field(task, "due")), ("分工", "2018-03-31"));
    assert_eq!(task["lead"], json!(["市民政局"]));
}

/// 起草文件的人：别处的家庭医生签约率定到多少？
#[tokio::test]
async fn what_others_aim_at() {
    let assistant = Assistant::of_published().await;
    let question = json!({ "pattern": "家庭医生签约服务覆盖率", "kind": ["target"], "indicator": [">=60%"] });
    let answer = assistant.ask("obligations", question).await;
    let [target] = results(&answer) else { panic!("{answer}") };
    stands(target, "吉市政办发〔2017〕48号", "三/（四）");
    let found = assistant.ask("search", json!({ "query": "家庭医生签约", "limit": 3 })).await;
    assert_eq!((&found["total"], results(&found).len(), &found["left_out"]), (&json!(5), 3, &json!(2)));
    for hit in results(&found) {
        for passage in hit["passages"].as_array().expect("passages") {
            stands(passage, field(hit, "number"), field(passage, "path"));
        }
    }
}

/// 人大代表：我的建议，省里答应了什么，什么时候？
#[tokio::test]
async fn what_was_promised() {
    let assistant = Assistant::of_published().await;
    let document = assistant.ask("document", json!({ "document": "吉卫复议字(2025)19号" })).await;
    assert_eq!(document["obligations"]["承诺"], 4);
    assert!(document["facts"]["reply"]["deputies"].is_array(), "{document}");
    let question = json!({ "document": "吉卫复议字(2025)19号", "kind": "commitment", "due_before": "2025" });
    let answer = assistant.ask("obligations", question).await;
    let [promise] = results(&answer) else { panic!("{answer}") };
    stands(promise, "吉卫复议字〔2025〕19号", "五");
    assert_eq!(field(promise, "due"), "2025-12-31");
}

/// 政协委员：文件里这一条究竟怎么写的？
#[tokio::test]
async fn what_a_clause_says() {
    let assistant = Assistant::of_published().await;
    let document = assistant.ask("document", json!({ "document": "吉市政办发(2017)48号", "text_from": 0 })).await;
    let outline = document["outline"].as_array().expect("an outline");
    assert!(outline.len() > 10);
    for entry in outline {
        page(field(entry, "address"));
    }
    assert_eq!(document["quote"].as_str().map(|t| t.chars().count()), Some(6000));
    assert_eq!(document["text_next"], 6000);

    let clause = assistant.ask("clause", json!({ "document": "吉市政办发(2017)48号", "path": "二/(一)" })).await;
    stands(&clause, "吉市政办发〔2017〕48号", "二/（一）");
    assert_eq!(field(&clause, "cite"), "吉市政办发〔2017〕48号 二（一）");
    assert!(field(&clause, "quote").contains("构建政府主导、部门协作、社会参与多位一体的发展格局"));

    // A row of a table is a clause too.
    let row = assistant.ask("clause", json!({ "document": "台政办发〔2018〕31号", "path": "附件/2" })).await;
    stands(&row, "台政办发〔2018〕31号", "附件/2");
    stands(&row["obligations"][0], "台政办发〔2018〕31号", "附件/2");
}

/// 机构改革以后的人：卫健委还有哪些写在旧名称下的任务？
#[tokio::test]
async fn what_an_organ_has_to_do() {
    let assistant = Assistant::of_published().await;
    let answer = assistant.ask("organ", json!({ "organ": "吉林市卫健委", "limit": 50 })).await;
    let [organ] = results(&answer) else { panic!("{answer}") };
    assert_eq!(field(organ, "name"), "吉林市卫生健康委员会");
    page(field(organ, "address"));
    let tasks = organ["obligations"].as_array().expect("tasks");
    let falls_to_it = tasks.iter().filter(|task| task["role"] == "责任归属").count();
    assert_eq!((tasks.len(), falls_to_it, &organ["left_out"]), (18, 4, &json!(0)));
    for task in tasks {
        stands(task, "吉市政办发〔2017〕48号", field(task, "path"));
    }
    // What was given to a body that ended in it is its work too, and says under which name it was given.
    let answer = assistant.ask("organ", json!({ "organ": "吉林市规划和自然资源局" })).await;
    let tasks = results(&answer)[0]["obligations"].as_array().expect("tasks");
    assert!(!tasks.is_empty());
    for task in tasks {
        assert!(field(task, "role_why").starts_with("写在前身"), "{task}");
        stands(task, "吉市政办发〔2017〕48号", field(task, "path"));
    }
    let several = assistant.ask("organ", json!({ "organ": "市民政局" })).await;
    assert_eq!(several["notes"], json!(["叫这个名字的有 2 个：吉林市民政局、台州市民政局；请问清是哪一个"]));
}

/// 比较两地的做法。
#[tokio::test]
async fn where_two_cities_differ() {
    let assistant = Assistant::of_published().await;
    let question = json!({ "a": "吉市政办发(2017)48号", "b": "台政办发(2018)31号" });
    let answer = assistant.ask("diff", question).await;
    let shared = answer["shared"].as_array().expect("topics");
    assert!(!shared.is_empty());
    for topic in shared {
        for (side, number) in [("a", "吉市政办发〔2017〕48号"), ("b", "台政办发〔2018〕31号")] {
            for clause in topic[side].as_array().expect("clauses") {
                stands(clause, number, field(clause, "path"));
            }
        }
    }
    assert!(answer["only_a"].as_array().is_some_and(|only| !only.is_empty()));
}
