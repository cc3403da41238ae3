//! `zhengku search` on the site of `cases/site`, built into a folder of its own.

use std::sync::LazyLock;

use snapbox::{IntoData, assert_data_eq, file, str};

use crate::site::published;
use crate::support::driver::{Run, Site, case, on};

/// The site, built once for all tests here.
static BUILT: LazyLock<Site> = LazyLock::new(|| Site::case("site").build());

fn search(args: &[&str]) -> Run {
    BUILT.run(&[&["search"], args].concat())
}

/// The documents that are found, in order, each with the clause of its first passage.
fn found(args: &[&str]) -> String {
    let run = search(&[args, &["--format", "json"]].concat());
    assert_eq!(run.err, "", "{args:?}");
    let answer: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let hits = answer.as_array().expect("an array");
    assert_eq!(run.code, Some(if hits.is_empty() { 1 } else { 0 }), "{args:?}");
    let clause = |hit: &serde_json::Value| {
        let text = |v: &serde_json::Value| v.as_str().unwrap_or("?").to_owned();
        format!("{}#{}", text(&hit["document"]), text(&hit["passages"][0]["path"]))
    };
    hits.iter().map(clause).collect::<Vec<_>>().join(" ")
}

/// The query beside what it finds.
#[test]
fn queries() {
    let table: &[(&[&str], &str)] = &[
        (&["护理型床位"], "台州#附件/2"),
        (&["护理型", "床位"], "台州#附件/2"),
        (&["床位 -护理型"], ""),
        (&["牵头:市民政局"], "台州#附件/2 吉市#一/（一）"),
        (&["lead:市民政局", "-护理型床位"], "吉市#一/（一）"),
        (&["牵头:市卫健委"], "台州#附件/1"),
        (&["时限:..2018"], "台州#附件/1"),
        (&["标题:三年计划"], "台州#一"),
        (&["标题:护理型床位"], ""),
        (&["title:医养服务", "牵头:市民政局"], "吉市#一/（一）"),
        (&["文号:台政办发(2018)900号"], "台州#一"),
        (&["--region", "浙江", "牵头:市民政局"], "台州#附件/2"),
        (&["--region", "吉林市", "--region", "浙江省", "牵头:市民政局"], "台州#附件/2 吉市#一/（一）"),
        (&["--year", "2017..2017", "牵头:市民政局"], "吉市#一/（一）"),
        (&["没有的话"], ""),
        (&["\"", "护理型床位"], "台州#附件/2"),
    ];
    for (args, expected) in table {
        assert_eq!(found(args), *expected, "{args:?}");
    }
}

#[test]
fn the_answer_in_words() {
    let run = search(&["市卫健委", "牵头:市卫健委"]);
    assert_data_eq!(run.out, file!["../cases/search/words.txt"]);
    assert_data_eq!(
        run.err,
        str![[r#"
1 份公文

"#]]
        .raw()
    );
}

#[test]
fn the_answer_as_json() {
    assert_data_eq!(search(&["护理型床位", "--format", "json"]).out, file!["../cases/search/one.json"]);
    assert_data_eq!(search(&["没有的话", "--format", "json"]).out, "[]\n");
}

#[test]
fn nothing_is_found() {
    let run = search(&["护理型床味"]);
    assert_eq!(run.code, Some(1));
    assert_data_eq!(run.out, str![[""]]);
    assert_data_eq!(
        run.err,
        str![[r#"
没有找到

"#]]
        .raw()
    );
}

#[test]
fn a_site_that_was_not_built() {
    let run = on("site", "search", &["--output", "nowhere", "医养"]);
    assert_eq!(run.code, Some(2));
    assert_data_eq!(
        run.err,
        str![[r#"
错误[search-none]: 还没有检索索引
--> nowhere/search
 = 办法: 先生成网站：zhengku build；生成到别处的，用 --output 指明

"#]]
    );
}

#[test]
fn a_damaged_index() {
    let site = Site::new().file("search/index.json", "{\"hot\":\"0\"}");
    let ask = || {
        let run = site.run(&["search", "--output", ".", "医养"]);
        assert_eq!(run.code, Some(2));
        run.err
    };
    assert_data_eq!(
        ask(),
        str![[r#"
错误[io-not-found]: 读不了 search：找不到文件
 |
 = 办法: 重新生成网站：zhengku build

"#]]
    );
    site.write("search/0", "ZKS0");
    assert_data_eq!(
        ask(),
        str![[r#"
错误[search-index]: 不是本程序可读的检索索引：开头不符
--> search
 = 办法: 重新生成网站：zhengku build

"#]]
    );
    // What another version of the program built.
    site.write("search/0", b"ZKS1\x0c\0\0\0{\"format\":1}");
    assert_data_eq!(
        ask(),
        str![[r#"
错误[search-index]: 不是本程序可读的检索索引：格式版本 1，本程序用 5，请重新构建
--> search
 = 办法: 重新生成网站：zhengku build

"#]]
    );
}

/// What was edited after the build is not in the index, and the command says so.
#[test]
fn content_that_is_newer_than_the_index() {
    let site = Site::initialised().build();
    assert_eq!(site.run(&["search", "养老"]).err.lines().count(), 1);
    let (now, later) = (std::time::SystemTime::now(), std::time::Duration::from_secs(5));
    let files = ["zhengku.toml", "organs.toml", "regions.toml", "topics.toml", "content/示政办发-2025-1.md"];
    for name in files {
        let own = std::fs::File::options().append(true).open(site.path(name)).expect("a file");
        own.set_modified(now + later).expect("a time");
        let said = site.run(&["search", "养老"]).err;
        let expected = "在上次生成之后改过，结果里还没有；要查到它，先运行 zhengku build\n";
        assert!(said.starts_with("注意：") && said.contains(&format!("{name} {expected}")), "{said}");
        own.set_modified(now - later).expect("a time");
    }
    assert_eq!(site.run(&["search", "养老"]).err.lines().count(), 1);
}

/// What readers look for in the five documents, beside what they mean: `检索词 → 公文 [条款]`. At least 95 of a hundred
/// come first; of a document that is meant by a clause, the clause too.
#[test]
fn known_items() {
    let index = zhengku::open_index(&published::BUILT).expect("it can be read").expect("there is one");
    let table = std::fs::read_to_string(case("search/known.txt")).expect("the table");
    let rows: Vec<&str> = table.lines().filter(|l| !l.starts_with('#')).collect();
    assert!(rows.len() >= 100, "{} queries", rows.len());
    let mut missed = Vec::new();
    for row in &rows {
        let (query, meant) = row.split_once(" → ").expect("a query and what it means");
        let (document, clause) = meant.split_once(' ').map_or((meant, None), |(d, c)| (d, Some(c)));
        let question = zhengku::Question { query: query.to_owned(), ..Default::default() };
        let answer = question.ask(&index).expect("an answer");
        let first = answer.results.first();
        let right = first.is_some_and(|hit| {
            hit.id == document && clause.is_none_or(|c| hit.passages.first().is_some_and(|p| p.path == c))
        });
        if !right {
            missed.push(*row);
        }
    }
    assert!(missed.len() * 20 <= rows.len(), "{} of {} missed:\n{}", missed.len(), rows.len(), missed.join("\n"));
}
