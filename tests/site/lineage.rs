//! Who carries what down, on the pages and in the data: the invented site of `cases/lineage`, and the five documents.

use std::path::Path;

use crate::support::driver::Site;

use super::published::BUILT;

/// The rows of the table of edges of a page: what is carried, how, by whom, and the clause that says so.
fn rows(page: &str) -> Vec<Vec<String>> {
    let html = scraper::Html::parse_document(page);
    let [row, cell] =
        ["tr:has([data-label=\"上级文件\"])", "td"].map(|s| scraper::Selector::parse(s).expect("a selector"));
    let text = |e: scraper::ElementRef<'_>| e.text().collect::<String>();
    html.select(&row).map(|r| r.select(&cell).map(text).collect()).collect()
}

/// The boxes of the pictures of a page: `-` before what is not held, `*` before what the page is about.
fn boxes(page: &str) -> Vec<String> {
    let html = scraper::Html::parse_document(page);
    let [group, name] = [".picture a:has(.box), .picture g:has(.box)", ".name"]
        .map(|s| scraper::Selector::parse(s).expect("a selector"));
    let shown = |e: scraper::ElementRef<'_>| {
        let inside = e.html();
        let sign = if inside.contains("box absent") {
            "-"
        } else if inside.contains("box here") {
            "*"
        } else {
            ""
        };
        let name = e.select(&name).flat_map(|n| n.text()).collect::<String>();
        format!("{sign}{name}")
    };
    html.select(&group).map(shown).collect()
}

fn published(address: &str) -> String {
    std::fs::read_to_string(Path::new(&*BUILT).join(address)).expect("a page")
}

/// The lines that the five documents print, each with its clause; nothing between the nation's and the province's
/// notice, though both are carried down by the city's: no text prints it.
#[test]
fn of_the_five_documents() {
    let found: Vec<String> = rows(&published("lineage/index.html"))
        .iter()
        .map(|r| {
            let number = |cell: &str| cell.split_whitespace().find(|w| w.contains('〔')).unwrap_or(cell).to_owned();
            let (clause, _) = r[3].split_once('：').expect("a clause");
            format!("{} {} {} {clause}", number(&r[0]), r[1], number(&r[2]))
        })
        .collect();
    let expected = [
        "国办发〔2015〕84号 贯彻 台政办发〔2018〕31号 正文",
        "国办发〔2015〕84号 贯彻 吉市政办发〔2017〕48号 正文",
        "吉政办发〔2016〕52号 贯彻 吉市政办发〔2017〕48号 正文",
        "国卫老龄发〔2022〕25号 依据 苏卫老健〔2023〕4号 正文",
        "浙政办发〔2016〕148号 贯彻 台政办发〔2018〕31号 正文",
    ];
    assert_eq!(found, expected);
    let page = published("documents/台政办发-2018-31.html");
    assert_eq!(boxes(&page), ["-国办发〔2015〕84号", "-浙政办发〔2016〕148号", "*台政办发〔2018〕31号"]);
    // An instrument that is only cited says who carries it down.
    let page = published("instruments/国办发-2015-84.html");
    assert_eq!(boxes(&page), ["*国办发〔2015〕84号", "吉市政办发〔2017〕48号", "台政办发〔2018〕31号"]);
    // A reply carries nothing down.
    assert!(!published("documents/吉卫复议字-2025-18.html").contains("zk-lineage"));
}

/// A notice's page shows the way from the nation to the county, and what became of the numbers.
#[test]
fn from_the_nation_to_the_county() {
    let site = Site::case("lineage").build();
    assert_eq!(site.broken_links(), Vec::<String>::new());
    let page = site.page("documents/台政办发-2031-903.html");
    let found = boxes(&page);
    let notices = [
        "国办发〔2030〕901号",
        "浙政办发〔2030〕902号",
        "-浙民福〔2030〕904号",
        "*台政办发〔2031〕903号",
        "临民发〔2031〕906号",
    ];
    let numbers = ["≥ 50%", "≥ 60%", "*≥ 60%", "60%", "*70%"];
    assert_eq!(found, [notices.as_slice(), &numbers].concat());
    let quoted = &rows(&page)[0];
    assert_eq!(quoted[1..], [
        "贯彻".to_owned(),
        "台州市人民政府办公室关于推进社区助浴服务的通知 台政办发〔2031〕903号 台州市 2031".to_owned(),
        "二（一）：落实《国务院办公厅关于推进社区助浴服务的指导意见》（国办发〔2030〕901号），到2031年底，助浴护理员持证率达到70%。".to_owned(),
    ]);
    for expected in [
        "<td data-label=\"变化\">由 ≥ 50% 提高到 ≥ 60%，时限提前</td>",
        "<td data-label=\"变化\">不变，时限提前</td>",
        "<td data-label=\"变化\">由 60% 提高到 70%，时限提前</td>",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    // The card of the clause says what became of the number, and so does the clause's own page.
    let above = |page: &str| -> Vec<String> {
        let html = scraper::Html::parse_document(page);
        let line = scraper::Selector::parse(".carried").expect("a selector");
        html.select(&line).map(|p| p.text().collect()).collect()
    };
    let first =
        "上级文件国办发〔2030〕901号 一：由 ≥ 50% 提高到 ≥ 60%，时限提前；浙政办发〔2030〕902号 一：不变，时限提前";
    let second = "上级文件国办发〔2030〕901号 一：由 60% 提高到 70%，时限提前";
    assert_eq!(above(&page), [first, second]);
    assert_eq!(above(&site.page("clauses/台政办发-2031-903/一.html")), [first]);
    // The county's page shows as much of the way, without the numbers: it sets none.
    let county = site.page("documents/临民发-2031-906.html");
    assert_eq!(boxes(&county).len(), 5);
    assert!(!county.contains("指标的变化"));
    // What is only named is not on the way.
    assert!(!page.contains("<a href=\"../instruments/甬民发-2030-905.html\"><rect"));
}

#[test]
fn in_the_data() {
    let site = Site::case("lineage").build();
    let edges: serde_json::Value = serde_json::from_str(&site.read("public/data/lineage.json")).expect("JSON");
    let edges = edges.as_array().expect("an array");
    assert_eq!(edges.len(), 5);
    let edge = edges.iter().find(|e| e["document"] == "浙政办发-2030-902").expect("the province's");
    assert_eq!(
        *edge,
        serde_json::json!({
            "instrument": "国办发-2030-901",
            "document": "浙政办发-2030-902",
            "held": true,
            "relation": "贯彻",
            "path": "",
            "text": "为贯彻落实《国务院办公厅关于推进社区助浴服务的指导意见》（国办发〔2030〕901号）精神，结合我省实际，提出以下意见。",
            "numbers": [{
                "from": {"obligation": "国办发-2030-901#一:target-1", "text": "社区助浴点覆盖率达到50%以上", "op": ">=", "value": 50.0, "unit": "%", "due": "2032-12-31"},
                "to": {"obligation": "浙政办发-2030-902#一:target-1", "text": "社区助浴点覆盖率达到60%以上", "op": ">=", "value": 60.0, "unit": "%", "due": "2032-12-31"},
                "change": "raised",
            }],
        })
    );
}

/// A site with more than a picture holds shows what most carry down, and a page for each region; each page stays light.
#[test]
fn of_a_large_site() {
    let mut site = Site::new();
    for city in 0..60 {
        let (number, place) = (city + 1, if city % 2 == 0 { "台州市" } else { "吉林市" });
        let text = format!(
            "+++\ntitle = \"{place}关于推进第{number}项服务的通知\"\nnumber = \"助发〔2031〕{number}号\"\nissuers = [\"{place}人民政府\"]\n+++\n\n\
             # {place}关于推进第{number}项服务的通知\n\n为贯彻落实《关于推进助浴服务的意见》（国办发〔2030〕901号），经研究，现通知如下。\n\n## 一、总体要求\n\n做好工作。\n"
        );
        site = site.file(format!("content/{number}.md"), text);
    }
    let site = site.build();
    assert_eq!(site.broken_links(), Vec::<String>::new());
    let page = site.page("lineage/");
    assert_eq!(boxes(&page).len(), 7, "the instrument and some of those that carry it down");
    assert!(page.contains("另有 54 条没有列出") && page.contains("href=\"../lineage/331000.html\""), "{page}");
    assert!(page.len() < 200_000);
    let region = site.page("lineage/331000.html");
    assert_eq!(boxes(&region).len(), 31, "all thirty of the region, and what they carry down");
}
