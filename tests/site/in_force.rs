//! 效力、文内引用 on the site of `cases/in-force`: rules of 2010, those of 2018 that repeal them under the same title, and
//! a set of 2019 that cites both.

use crate::support::driver::{Site, contents};

fn built() -> Site {
    Site::case("in-force").build()
}

/// What stands in `page` between `before` and the next `after`, everywhere.
fn between<'p>(page: &'p str, before: &str, after: &str) -> Vec<&'p str> {
    page.split(before).skip(1).filter_map(|rest| rest.split_once(after)).map(|(found, _)| found).collect()
}

#[test]
fn the_data_say_when_an_instrument_holds_and_what_repeals_it() {
    let site = built();
    let all: Vec<serde_json::Value> =
        serde_json::from_str(&site.read("public/data/instruments.json")).expect("an array");
    let said = |i: &serde_json::Value| {
        let repeals = i["repealed_by"].as_array().into_iter().flatten();
        let repeals: Vec<String> = repeals.map(|r| format!("{}#{} {}", r["document"], r["path"], r["from"])).collect();
        format!("{} {} {} [{}]", i["id"], i["effective"], i["expires"], repeals.join(" ")).replace('"', "")
    };
    let expected = [
        "台州-2010 2010-04-01 null [台州-2018#第五条 2018-07-01]",
        "台州-2018 2018-07-01 2023-06-30 []",
        "台州-2019 2019-01-10 2019-12-31 []",
        "台州市托养补贴规定 null null [台州-2018#第五条 2018-07-01]",
        "台州市财政资金管理办法 null null []",
    ];
    assert_eq!(all.iter().map(said).collect::<Vec<_>>(), expected);
}

#[test]
fn citations_of_what_no_longer_holds_are_marked() {
    let site = built();
    let page = site.read("public/documents/台州-2019.html");
    let text = between(&page, "id=\"zk-text\">", "</div>");
    assert_eq!(
        between(text[0], "<p>根据", "</p>"),
        [concat!(
            "<a class=\"cite held\" href=\"../documents/台州-2018.html\" data-expires=\"2023-06-30\" ",
            "title=\"有效期至2023年6月30日\">《台州市养老机构补助办法》（台政办发〔2018〕902号）</a>制定本细则，按照",
            "<a class=\"cite held\" href=\"../documents/台州-2010.html\">《台州市养老机构补助办法》（台政发〔2010〕901号）</a>",
            "<span class=\"zk lapsed\" data-repealed=\"2018-07-01\">2018年7月1日起废止</span>已经受理的申请继续办理。"
        )]
    );
    // No page says what depends on the day of reading, but the one that explains the words.
    let page = |f: &&std::path::PathBuf| f.extension().is_some_and(|e| e == "html") && !f.starts_with("about");
    for file in contents(&site.path("public")).keys().filter(page) {
        let page = site.read(format!("public/{}", file.display()));
        for word in ["已失效", "尚未施行", "现行有效"] {
            assert!(!page.contains(word), "{}: {word}", file.display());
        }
    }
    let repealed = site.read("public/documents/台州-2010.html");
    let notice = between(&repealed, "<p class=\"notice\">", "</p>");
    assert!(notice[0].ends_with("补助办法的通知》</a>（台政办发〔2018〕902号）废止。"), "{notice:?}");
}

/// A repeal that names nothing but a title means a document of that title that is known to be older.
#[test]
fn a_title_alone_repeals_no_newer_document() {
    let folder = Site::new();
    let law = |file: &str, title: &str, date: &str, text: &str| {
        folder.write(
            format!("content/{file}.md"),
            format!("+++\ntitle = \"{title}\"\n{date}+++\n\n# {title}\n\n### 第一条\n\n{text}\n"),
        );
    };
    law("安全-2015", "某市安全条例", "date = \"2015-07-01\"\n", "《某市安全条例》同时废止。");
    law("保密-2014", "某市保密条例", "date = \"2014-11-01\"\n", "《某市安全条例》和《某市档案条例》同时废止。");
    law("档案", "某市档案条例", "", "为了管理档案，制定本条例。");
    law("消防-2012", "某市消防条例", "date = \"2012-01-01\"\n", "为了预防火灾，制定本条例。");
    law("应急-2016", "某市应急条例", "date = \"2016-01-01\"\n", "《某市消防条例》同时废止。");
    folder.success(&["build"]);
    let all: Vec<serde_json::Value> =
        serde_json::from_str(&folder.read("public/data/instruments.json")).expect("an array");
    let repealed = all.iter().filter_map(|i| {
        let by: Vec<&str> = i["repealed_by"].as_array()?.iter().filter_map(|r| r["document"].as_str()).collect();
        (!by.is_empty()).then(|| format!("{} ← {}", i["id"].as_str().unwrap_or("?"), by.join(" ")))
    });
    let expected = ["某市安全条例-旧 ← 安全-2015 保密-2014", "某市档案条例-旧 ← 保密-2014", "消防-2012 ← 应急-2016"];
    assert_eq!(repealed.collect::<Vec<_>>(), expected);
}

/// Links to places of the page, each with its words; that every one leads somewhere is for the link test.
#[test]
fn words_that_point_inside_the_document_are_links() {
    let site = built();
    assert_eq!(site.broken_links(), Vec::<String>::new());
    let page = site.read("public/documents/台州-2018.html");
    let expected = [
        "#zk-attached\">《台州市养老机构补助办法》（以下简称《办法》）",
        "#zk-attached\">《办法》",
        "#附件1\">附件1",
        "#第二条\">前条",
        "#第二条/（二）\">本办法第二条第（二）项",
        "#第三条\">前款",
        "#附件2\">附件2",
    ];
    assert_eq!(between(&page, "<a class=\"ref\" href=\"", "</a>"), expected);
    // What is not there, and the article of another instrument, stay plain.
    assert!(page.contains("，其他见附件3。") && page.contains("》</a>第二条办理。"), "{page}");
}
