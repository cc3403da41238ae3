//! What stands on every kind of page, and in the data, of an invented city: a notice that issues a plan, the opinion of
//! a county with a table of tasks, a reply, and a regulation. All of it is read from `cases/yunhe`, as any site is.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use snapbox::{Data, IntoData, assert_data_eq};
use zhengku::Project;

use crate::support::driver::{Site, case, contents};
use crate::support::{links, printed};

const PUBLISHED: [&str; 2] = ["--base-url", "https://example.gov.cn/zk"];

/// The site of the city, built once for the tests that only look at it.
static CITY: LazyLock<Site> = LazyLock::new(|| Site::case("yunhe").build_with(&PUBLISHED));

/// The same with a document that means harm: markup, formulas and quotes wherever text can stand.
static HOSTILE: LazyLock<Site> =
    LazyLock::new(|| Site::case("yunhe").file("content/&'.md", HARM).build_with(&PUBLISHED));

const HARM: &str = r##"+++
id = "&' id"
title = "<script>alert(1)</script>\"'&"
number = "=cmd()|'/C calc'!A0"
kind = "</title><b>"
issuers = ["<b>局"]
date = "2024-01-01"

[[correct]]
path = "二"
finding = "assignment"
match = "市民政局"
lead = ["@<b>局"]
due_text = "-1天"
due = "2024-06-30"
+++

# <script>alert(1)</script>"'&

## 一、<img src=x onerror=alert(1)>

### （一）</h2>

正文&amp;

## 二、=HYPERLINK("x")

<script>alert(2)</script>划拨&"用地"。（市民政局牵头）

| "任务" | 牵头 |
| --- | --- |
| @SUM(A1)<td> | 市财政局 |
"##;

#[test]
fn every_link_leads_somewhere() {
    for site in [&CITY, &HOSTILE] {
        assert_eq!(site.broken_links(), Vec::<String>::new());
    }
    assert_eq!(Site::case("yunhe").build().broken_links(), Vec::<String>::new());
}

#[test]
fn the_link_test_finds_broken_links() {
    let page = "<h1>x</h1><a href='nowhere/'>a</a><a href='about/index.html#nothing'>b</a><p id=a></p><p id=a></p>";
    let site = Site::of_one().build();
    site.write("public/bad.html", page);
    let expected = [
        "bad.html: id “a” twice",
        "bad.html: nowhere/: no such file",
        "bad.html: about/index.html#nothing: no such anchor",
    ];
    assert_eq!(links::broken(&site.path("public")), expected);
}

#[test]
fn nothing_of_a_document_is_lost_on_its_page() {
    let project = Project::open(HOSTILE.root()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(project.corpus.documents.len(), 5);
    for policy in &project.corpus.documents {
        let page = HOSTILE.page(&policy.facts.url);
        let blocks = policy.document.blocks.iter().flat_map(|b| b.text.chars());
        let expected: String = blocks.filter(|c| !c.is_whitespace()).collect();
        assert_eq!(printed::printed_text(&page), expected, "{}", policy.facts.id);
    }
}

#[test]
fn a_document_page_shows_what_was_found() {
    let page = CITY.page("documents/云政办发-2021-12.html");
    for expected in [
        // clauses with their paths
        "<h3 id=\"二/（一）\"><a class=\"num\" href=\"#二/（一）\">（一）</a>完善社区服务网络。</h3>",
        "<p id=\"三/（一）/1\" class=\"clause\"><a class=\"num\" href=\"#三/（一）/1\">1.</a> \
         <span class=\"found k-duty\" id=\"zk-m-6\">市民政局",
        // the assignment beside its clause
        "<b>牵头</b><span class=\"nowrap\"><a class=\"chip lead\" href=\"../organs/339900-民政.html\">市民政局</a>",
        "<time class=\"deadline\" data-due=\"2022-06-30\" datetime=\"2022-06-30\">2022年6月底前</time>",
        // an instrument that is not held
        "<a class=\"cite\" href=\"../instruments/国办发-2019-5.html\">《国务院办公厅关于",
        // the form of an official document
        "<p class=\"masthead\">云河市人民政府办公室文件</p>\n<p class=\"doc-number\">云政办发（2021）12号</p>\n<hr>",
        "<p class=\"addressee\">各县",
        "<p class=\"signature\">2021年3月18日</p>\n<h2 class=\"doc-title\" id=\"zk-attached\">云河市社区养老服务实施方案</h2>",
        // what points at another place of the page, and at the plan that the notice issues
        "落实<a class=\"ref\" href=\"#二\">本方案第二部分</a>任务",
        "<p><a class=\"ref\" href=\"#zk-attached\">《云河市社区养老服务实施方案》</a>已经",
        "<p class=\"imprint\">抄送：市委各部门。</p>",
        // who cites it, and where
        "<a href=\"../documents/云卫复字-2022-7.html#一\">一</a>",
        "<link rel=\"canonical\" href=\"https://example.gov.cn/zk/documents/云政办发-2021-12.html\">",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    let table = CITY.page("documents/青政发-2023-4.html");
    assert!(table.contains("<tr id=\"附件/2\"><td data-label=\"序号\">2</td>"), "{table}");
    assert!(table.contains("<th scope=\"col\">牵头部门</th>"));
    let law = CITY.page("documents/云河市养老服务条例.html");
    assert!(law.contains("<details><summary>第一条—第三条</summary><ol class=\"articles\">"), "{law}");
}

/// A day is printed as a day, for the browser to compare with today's.
#[test]
fn pages_say_when_an_instrument_holds() {
    let expires = "<span class=\"lapsed\" data-expires=\"2024-03-31\">有效期至2024年3月31日</span>";
    let plan = CITY.page("documents/云政办发-2021-12.html");
    for expected in [
        &format!("<span class=\"lapsed\" data-effective=\"2021-04-01\">2021年4月1日起施行</span>{expires}</p>"),
        "<th scope=\"row\">有效期至</th><td>2024-03-31 <span class=\"note\">见 <a href=\"../documents/云政办发-2021-12.html#三/（二）\">三（二）</a></span></td>",
        // what it repeals from a day that was ahead
        "（云政发〔2012〕9号）</a><span class=\"zk lapsed\" data-repealed=\"2021-04-01\">2021年4月1日起废止</span>",
    ] {
        assert!(plan.contains(expected), "{expected}\n{plan}");
    }
    let former = "<p class=\"notice\">这份文件<span class=\"lapsed\" data-repealed=\"2021-04-01\">2021年4月1日起废止</span>，由<a href=\"../documents/云政办发-2021-12.html#三/（二）\">《云河市人民政府办公室关于印发云河市社区养老服务实施方案的通知》</a>（云政办发〔2021〕12号）废止。</p>";
    let page = CITY.page("instruments/云政发-2012-9.html");
    assert!(page.contains(former), "{page}");
    // Where it is cited, in the text and in lists.
    let reply = CITY.page("documents/云卫复字-2022-7.html");
    assert!(
        reply.contains("href=\"../documents/云政办发-2021-12.html\" data-expires=\"2024-03-31\" title="),
        "{reply}"
    );
    assert_eq!(reply.matches(expires).count(), 1, "{reply}");
    assert!(CITY.page("documents/").contains(expires));
    let list = CITY.page("instruments/");
    assert!(list.contains(&format!("<td data-label=\"效力\">{expires}</td>")), "{list}");
    assert!(!CITY.page("documents/青政发-2023-4.html").contains("<p class=\"notice\">"));
}

/// A repeal that is not ahead when it is printed is a fact.
#[test]
fn pages_say_what_was_repealed() {
    let site = Site::case("yunhe");
    let plan = site.read("content/云政办发-2021-12.md").replace("自2021年4月1日起施行", "自2021年3月1日起施行");
    let site = site.file("content/云政办发-2021-12.md", plan).build();
    let page = site.page("instruments/云政发-2012-9.html");
    assert!(page.contains("<p class=\"notice\">这份文件已由<a href="), "{page}");
    let plan = site.page("documents/云政办发-2021-12.html");
    assert!(plan.contains("（云政发〔2012〕9号）</a><span class=\"zk lapsed\">已废止</span>"), "{plan}");
}

#[test]
fn a_topic_page_sets_documents_side_by_side() {
    let page = CITY.page("topics/医养签约合作.html");
    for expected in [
        "<h1>医养签约合作</h1>",
        // who is from where, and who answers for it, with a link
        "<tr id=\"云政办发-2021-12\"><th scope=\"row\" class=\"c-document\"><span class=\"place\">云河市 2021</span>",
        "<a class=\"chip joint\" href=\"../organs/339900-卫生健康.html\">市卫生健康委</a>",
        // the clause with its sentence
        "<a class=\"clause-link\" href=\"../documents/云政办发-2021-12.html#二/（二）\">二（二） 推进医养签约服务</a>\
         <span class=\"said\">基层医疗卫生机构与辖区内养老机构建立签约合作机制，为老年人建立健康档案",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    let index = CITY.page("topics/");
    let cell = "<a class=\"ev ev-title\" href=\"../topics/医养签约合作.html#云政办发-2021-12\" \
        aria-label=\"医养签约合作，云政办发〔2021〕12号：1 条，标题写明\">1</a>";
    assert!(index.contains(cell), "{index}");
    let document = CITY.page("documents/云政办发-2021-12.html");
    assert!(document.contains("href=\"../topics/医养签约合作.html#云政办发-2021-12\""), "{document}");
}

/// Long lists have several pages. With too many documents for a matrix the topics are listed, and so has a topic.
#[test]
fn lists_of_many_documents() {
    let document = |n: u32| format!("# 第{n}份\n\n## 一、强化用地保障\n\n优先安排。\n");
    let name = |n: u32| format!("content/多-{n:04}.md");
    let site = (0..1001).fold(Site::new(), |site, n| site.file(name(n), document(n))).build();
    assert_eq!(site.broken_links(), Vec::<String>::new());
    let last = site.page("list/documents/4.html");
    assert!(last.contains("第1000份") && last.contains("aria-current=\"page\">4</span>"), "{last}");
    let index = site.page("topics/");
    let name = "<span class=\"name\">用地</span> <span class=\"count\">1001</span>";
    assert!(!index.contains("<table") && index.contains(name), "{index}");
    // No page of a list is heavy, however much there is.
    for (file, bytes) in
        contents(&site.path("public")).iter().filter(|(f, _)| f.extension().is_some_and(|e| e == "html"))
    {
        assert!(bytes.len() <= 200 * 1024, "{}: {}", file.display(), bytes.len());
    }
    // Of very many documents the newest stand side by side, here the first by name; the others lead to the topic.
    let last = site.page("list/topics/用地/4.html");
    assert!(last.contains("<tr id=\"多-0119\">") && last.contains("aria-current=\"page\">4</span>"), "{last}");
    assert!(!site.path("public/list/topics/用地/5.html").exists());
    assert!(last.contains("下面并列最新的 120 份；全部文件的任务可以<a href=\"../../../obligations/index.html?topic=%E7%94%A8%E5%9C%B0\">在任务检索器里按这个主题筛选</a>。"), "{last}");
    assert!(site.page("documents/多-0119.html").contains("href=\"../list/topics/用地/4.html#多-0119\""));
    assert!(site.page("documents/多-0120.html").contains("href=\"../topics/用地.html\""));
}

#[test]
fn hostile_text_stays_text() {
    let page = |f: &&PathBuf| f.extension().is_some_and(|e| e == "html" || e == "xml");
    for file in contents(&HOSTILE.path("public")).keys().filter(page) {
        let text = HOSTILE.read(Path::new("public").join(file));
        for bad in ["<script>alert", "<img src=x", "<td>局", "<b>局", "</title><b>"] {
            assert!(!text.contains(bad), "{}: {bad}", file.display());
        }
        assert_eq!(text.matches("<h1").count(), usize::from(file.extension().is_some_and(|e| e == "html")));
    }
    let csv = HOSTILE.page("data/obligations.csv");
    assert!(csv.starts_with('\u{feff}'));
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{csv}");
    assert!(csv.contains(",'@<b>局,") && csv.contains(",'-1天,"), "{csv}");
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(reader.headers().expect("a head").iter().next(), Some("类别"));
    for row in reader.records() {
        for cell in &row.expect("a row") {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
}

#[test]
fn the_data_files() {
    for file in [
        "data/documents.json",
        "data/obligations.json",
        "data/organs.json",
        "data/instruments.json",
        "data/replies.json",
        "data/regions.json",
        "data/topics.json",
        "data/obligations.csv",
        "data/deadlines.ics",
        "feed.xml",
        "sitemap.xml",
    ] {
        let name = Path::new(file).file_name().expect("a name");
        let expected = Data::read_from(&case("yunhe/data").join(name), None).raw();
        assert_data_eq!(CITY.page(file).raw(), expected);
    }
    let parsed: Vec<serde_json::Value> = serde_json::from_str(&CITY.page("data/obligations.json")).expect("JSON");
    let lines = CITY.page("data/obligations.jsonl");
    let lines = lines.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).expect("JSON"));
    assert_eq!(parsed, lines.collect::<Vec<_>>());
    assert!(CITY.page("data/deadlines.ics").split("\r\n").all(|line| line.len() <= 75));
}

/// A name that is no organ's of the tables is printed and leads nowhere.
#[test]
fn names_of_an_organ_link_to_it_and_unknown_ones_do_not() {
    let page = CITY.page("obligations/assignment.html");
    assert!(page.contains("<a class=\"chip support\" href=\"../organs/339900-财政.html\">市财政局</a>"), "{page}");
    let page = HOSTILE.page("obligations/assignment.html");
    assert!(page.contains("<span class=\"chip lead\">@&lt;b&gt;局</span>"), "{page}");
}
