//! The engine that the theme brings answers in a browser as the search crate does in the terminal.

use std::fs;

use browser::answer;
use search::Index;
use serde_json::{Value, json};

use super::{at, no_complaint};
use crate::site::published::BUILT;
use crate::support::chromium::{Page, Screen};
use crate::support::driver::repository;

/// How many queries are compared.
const QUERIES: usize = 200;

/// How each is asked.
const OPTIONS: &str = r#"{"facets":true}"#;

/// Asks the worker all of a list, one after the other.
const ASK: &str = "(async (queries, options) => {
    const { engine, index } = document.querySelector('form[data-search]').dataset;
    const address = new URL(engine, document.baseURI);
    address.searchParams.set('index', new URL('.', new URL(index, document.baseURI)));
    const worker = new Worker(address, { type: 'module' });
    const answers = [];
    for (const [id, query] of queries.entries()) {
        worker.postMessage({ id, asks: [{ query, options }, { query, records: true }] });
        answers.push(await new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data))));
    }
    worker.terminate();
    return answers;
})";

/// Queries of every sort, and phrases from all over the texts.
fn queries() -> Vec<String> {
    let sorts = [
        "医养结合",
        "家庭医生 签约",
        "\"医疗卫生与养老服务\"",
        "市卫健委",
        "类型:答复 养老",
        "养老 -护理",
        "护理院 OR 养老机构",
        "牵头:市民政局",
        "年份:2017..2018 老年",
        "配合:财政局 时限:..2018-12-31",
        "家庭医笙",
        "2018年6月",
        "法",
        "》",
        "没有的话",
        "“两个允许”",
        "\"018年\"",
        "时限:2018-06",
        "吉市政办发(2017)48号",
    ];
    let mut queries: Vec<String> = sorts.iter().map(|query| (*query).into()).collect();
    let mut paths: Vec<_> = fs::read_dir(repository().join("content")).expect("documents").flatten().collect();
    paths.sort_by_key(fs::DirEntry::path);
    let texts: Vec<Vec<char>> =
        paths.iter().map(|p| fs::read_to_string(p.path()).expect("a document").chars().collect()).collect();
    let mut seed = 11usize;
    while queries.len() < QUERIES {
        seed = seed.wrapping_mul(2862933555777941757).wrapping_add(3037000493);
        let text = &texts[(seed >> 40) % texts.len()];
        let (length, start) = (2 + (seed >> 20) % 8, (seed >> 30) % text.len());
        let phrase: String = text[start..text.len().min(start + length)].iter().collect();
        if phrase.contains('\n') || phrase.trim().is_empty() {
            continue;
        }
        queries.push(if seed.is_multiple_of(2) { phrase } else { format!("\"{phrase}\"") });
    }
    queries
}

/// Numbers to three places: the last bits of a logarithm differ between processors, and JavaScript writes 8.0 as 8.
fn rounded(value: &mut Value) {
    match value {
        Value::Number(number) => {
            *value = format!("{:.3}", number.as_f64().unwrap_or_default()).into();
        }
        Value::Array(values) => values.iter_mut().for_each(rounded),
        Value::Object(values) => values.values_mut().for_each(rounded),
        _ => {}
    }
}

#[test]
fn the_browser_answers_as_the_terminal_does() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&at("about/"));
    let index = Index::open(&BUILT.join("search")).expect("the index of the site");
    let queries = queries();
    let answers = page.value(&format!("{ASK}({}, {OPTIONS})", json!(queries)));
    let answers = answers.as_array().expect("answers");
    assert_eq!(answers.len(), queries.len());
    let (mut documents, mut tasks) = (0, 0);
    for (query, answer) in queries.iter().zip(answers) {
        let mut there = answer["answers"].clone();
        let read = |text: String| serde_json::from_str::<Value>(&text).expect("JSON");
        let mut here =
            json!([read(answer::documents(&index, query, OPTIONS)), read(answer::records(&index, query, "{}")),]);
        // The worker asks for tasks only where the query does.
        if there[1]["results"] == json!([]) {
            here[1] = there[1].clone();
        }
        rounded(&mut there);
        rounded(&mut here);
        assert_eq!(there, here, "{query}");
        documents += usize::from(there[0]["results"] != json!([]));
        tasks += usize::from(there[1]["results"] != json!([]));
    }
    assert!(documents > QUERIES * 3 / 4 && tasks >= 2, "{documents} with documents, {tasks} with tasks");
    no_complaint(&mut page);
}
