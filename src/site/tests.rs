//! The whole site of the invented corpus, built and read again.

#![allow(clippy::unwrap_used)] // a test that cannot go on fails

use std::path::{Path, PathBuf};

use gongwen::{Block, BlockKind};
use tempfile::TempDir;

use crate::content::Config;
use crate::corpus::Facts;
use crate::diagnostics::Diagnostic;
use crate::registry::Registry;
use crate::vocabulary::Kind;

use super::fixture::{Fixture, clause, day, fixture, policy};
use super::{Kept, Places, Searched, Summary, build};

#[path = "../../tests/support/links.rs"]
mod links;
#[path = "../../tests/support/printed.rs"]
mod printed;

mod failures;

/// A site's folder with what was built in it; goes with the value.
struct Built {
    root: TempDir,
    summary: Summary,
}

impl Built {
    fn output(&self) -> PathBuf {
        self.root.path().join("public")
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.output().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
    }
}

fn build_in(root: &Path, f: &Fixture, config: &Config, theme: Option<&str>) -> Result<Summary, Diagnostic> {
    build_as(root, f, config, theme, Searched::Now)
}

fn build_as(
    root: &Path,
    f: &Fixture,
    config: &Config,
    theme: Option<&str>,
    searched: Searched,
) -> Result<Summary, Diagnostic> {
    let (content, output) = (root.join("content"), root.join("public"));
    std::fs::create_dir_all(&content).unwrap();
    build(
        &f.corpus,
        Registry::builtin(),
        config,
        Places {
            root,
            content: &content,
            output: &output,
            theme,
            kept: &Kept::new(),
            progress: &Default::default(),
            searched,
            precompress: false,
        },
    )
}

fn built(f: &Fixture, config: &Config) -> Built {
    let root = tempfile::tempdir().unwrap();
    let summary = build_in(root.path(), f, config, None).unwrap_or_else(|e| panic!("{e}"));
    Built { root, summary }
}

fn published() -> Config {
    Config { base_url: Some("https://example.gov.cn/zk".to_owned()), ..Config::default() }
}

/// A corpus that means harm: markup, formulas and quotes wherever text can stand.
fn hostile() -> Fixture {
    let mut f = fixture();
    let record = Facts {
        id: "\"'<&>%?# id".to_owned(),
        title: "<script>alert(1)</script>\"'&".to_owned(),
        number: Some("=cmd()|'/C calc'!A0".to_owned()),
        kind: Some("</title><b>".to_owned()),
        date: day("2024-01-01"),
        ..Facts::default()
    };
    let blocks = vec![
        Block::title("<script>alert(1)</script>\"'&"),
        clause(2, "\"一\"", "、", "<img src=x onerror=alert(1)>", ""),
        clause(3, "</h2>", "", "", "\u{0}正文&amp;"),
        clause(2, "'二'", "、", "<i>用地保障</i>", "。<script>alert(2)</script>划拨&\"用地\""),
        Block::table(true, &[vec!["\"列\"".to_owned()], vec!["@SUM(A1)<td>".to_owned()]]),
    ];
    let at = f.add(policy(record, blocks));
    f.oblige(at, Kind::Duty, "正文&amp;", |o| {
        o.title = Some("=HYPERLINK(\"x\")".to_owned());
        o.actor = vec!["@<b>局".to_owned()];
        o.due = day("2024-06-30");
        o.due_text = Some("-1天".to_owned());
    });
    f.read_topics();
    f
}

#[test]
fn every_link_of_the_site_leads_somewhere() {
    for config in [Config::default(), published()] {
        for f in [fixture(), hostile()] {
            let site = built(&f, &config);
            assert_eq!(links::broken(&site.output()), Vec::<String>::new());
        }
    }
    if let Ok(out) = std::env::var("ZHENGKU_FIXTURE_OUT") {
        let site = built(&fixture(), &Config::default());
        let _ = std::fs::remove_dir_all(&out);
        assert!(std::process::Command::new("cp").arg("-r").arg(site.output()).arg(&out).status().unwrap().success());
    }
}

#[test]
fn the_link_test_finds_broken_links() {
    let site = built(&fixture(), &Config::default());
    let page = "<h1>x</h1><a href='nowhere/'>a</a><a href='about/index.html#nothing'>b</a><p id=a></p><p id=a></p>";
    std::fs::write(site.output().join("bad.html"), page).unwrap();
    let expected = [
        "bad.html: id “a” twice",
        "bad.html: nowhere/: no such file",
        "bad.html: about/index.html#nothing: no such anchor",
    ];
    assert_eq!(links::broken(&site.output()), expected);
}

#[test]
fn two_builds_give_the_same_bytes() {
    let contents = |site: &Built| {
        let mut files = Vec::new();
        walk(&site.output(), &mut files);
        files.sort();
        files
            .into_iter()
            .map(|f| (f.strip_prefix(site.output()).unwrap().to_owned(), std::fs::read(&f).unwrap()))
            .collect::<Vec<_>>()
    };
    let first = contents(&built(&hostile(), &published()));
    // A clock that shows seconds would show here.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let second = contents(&built(&hostile(), &published()));
    assert!(first.len() > 50);
    for (a, b) in first.iter().zip(&second) {
        assert_eq!(a.0, b.0);
        assert!(a.1 == b.1, "{} differs", a.0.display());
    }
    assert_eq!(first.len(), second.len());
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.path().is_dir() {
            true => walk(&entry.path(), files),
            false => files.push(entry.path()),
        }
    }
}

#[test]
fn nothing_of_a_document_is_lost_on_its_page() {
    let f = hostile();
    let site = built(&f, &published());
    for policy in &f.corpus.documents {
        let page = site.read(&super::address::file(&policy.facts.url));
        let blocks = policy.document.blocks.iter().flat_map(|b| b.text.chars());
        let expected: String =
            blocks.filter(|c| !c.is_whitespace()).map(|c| if c == '\0' { '\u{fffd}' } else { c }).collect();
        assert_eq!(printed::printed_text(&page), expected, "{}", policy.facts.id);
    }
}

/// Marks that overlap, leave the text, cut characters or name what does not exist cost nothing but themselves.
#[test]
fn impossible_marks_lose_no_text() {
    let mut f = fixture();
    let at = f.add(policy(
        Facts { id: "标".to_owned(), title: "标".to_owned(), ..Facts::default() },
        vec![Block::paragraph("市民政局牵头，市财政局配合。"), clause(2, "一", "、", "标题", "。正文")],
    ));
    let marks = [(0, 0, 6), (0, 3, 9), (0, 1, 5), (0, 9, 900), (0, 800, 900), (1, 0, 9), (7, 0, 1)];
    f.corpus.documents[at].marks = marks
        .into_iter()
        .map(|(block, start, end)| crate::corpus::Mark {
            span: gongwen::Span { block, start, end },
            kind: crate::corpus::MarkKind::Citation(999),
        })
        .collect();
    let site = built(&f, &published());
    assert_eq!(printed::printed_text(&site.read("documents/标.html")), "市民政局牵头，市财政局配合。一、标题。正文");
}

#[test]
fn a_document_page_shows_what_was_found() {
    let site = built(&fixture(), &published());
    let page = site.read("documents/云政办发-2021-12.html");
    for expected in [
        // clauses with their paths
        "<h3 id=\"二/（一）\"><a class=\"num\" href=\"#二/（一）\">（一）</a>完善社区服务网络。</h3>",
        "<p id=\"三/（一）/1\" class=\"clause\"><a class=\"num\" href=\"#三/（一）/1\">1.</a><span class=\"found k-duty\">市民政局",
        // the assignment beside its clause
        "<b>牵头</b><span class=\"nowrap\"><a class=\"chip lead\" href=\"../organs/330900-民政.html\">市民政局</a>",
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
    let table = site.read("documents/青政发-2023-4.html");
    assert!(table.contains("<tr id=\"附件/2\"><td data-label=\"序号\">2</td>"), "{table}");
    assert!(table.contains("<th scope=\"col\">牵头部门</th>"));
    let law = site.read("documents/云河市养老服务条例.html");
    assert!(law.contains("<details><summary>第一条—第三条</summary><ol class=\"articles\">"), "{law}");
}

/// A day is printed as a day, for the browser to compare with today's.
#[test]
fn pages_say_when_an_instrument_holds() {
    let mut f = fixture();
    let site = built(&f, &published());
    let expires = "<span class=\"lapsed\" data-expires=\"2024-03-31\">有效期至2024年3月31日</span>";
    let plan = site.read("documents/云政办发-2021-12.html");
    for expected in [
        &format!("<span class=\"lapsed\" data-effective=\"2021-04-01\">2021年4月1日起施行</span>{expires}</p>"),
        "<th scope=\"row\">有效期至</th><td>2024-03-31 <span class=\"note\">见 <a href=\"../documents/云政办发-2021-12.html#三/（二）\">三（二）</a></span></td>",
        // what it repeals from a day that was ahead
        "（云政发〔2012〕9号）</a><span class=\"zk lapsed\" data-repealed=\"2021-04-01\">2021年4月1日起废止</span>",
    ] {
        assert!(plan.contains(expected), "{expected}\n{plan}");
    }
    let former = "<p class=\"notice\">这份文件<span class=\"lapsed\" data-repealed=\"2021-04-01\">2021年4月1日起废止</span>，由<a href=\"../documents/云政办发-2021-12.html#三/（二）\">《云河市人民政府办公室关于印发云河市社区养老服务实施方案的通知》</a>（云政办发〔2021〕12号）废止。</p>";
    let page = site.read("instruments/云政发-2012-9.html");
    assert!(page.contains(former), "{page}");
    // Where it is cited, in the text and in lists.
    let reply = site.read("documents/云卫复字-2022-7.html");
    assert!(
        reply.contains("href=\"../documents/云政办发-2021-12.html\" data-expires=\"2024-03-31\" title="),
        "{reply}"
    );
    assert_eq!(reply.matches(expires).count(), 1, "{reply}");
    assert!(site.read("documents/index.html").contains(expires));
    let list = site.read("instruments/index.html");
    assert!(list.contains(&format!("<td data-label=\"效力\">{expires}</td>")), "{list}");
    assert!(!site.read("documents/青政发-2023-4.html").contains("<p class=\"notice\">"));

    // A repeal that is no longer ahead is a fact.
    let instrument = f.corpus.instruments.iter_mut().find(|i| i.id == "云政发-2012-9").unwrap();
    instrument.validity.repealed_by[0].ahead = false;
    let site = built(&f, &published());
    let page = site.read("instruments/云政发-2012-9.html");
    assert!(page.contains("<p class=\"notice\">这份文件已由<a href="), "{page}");
    let plan = site.read("documents/云政办发-2021-12.html");
    assert!(plan.contains("（云政发〔2012〕9号）</a><span class=\"zk lapsed\">已废止</span>"), "{plan}");
}

#[test]
fn a_topic_page_sets_documents_side_by_side() {
    let site = built(&fixture(), &published());
    let page = site.read("topics/医养签约合作.html");
    for expected in [
        "<h1>医养签约合作</h1>",
        // who is from where, and who answers for it, with a link
        "<tr id=\"云政办发-2021-12\"><th scope=\"row\" class=\"c-document\"><span class=\"place\">云河市 2021</span>",
        "<a class=\"chip joint\" href=\"../organs/330900-卫生健康.html\">市卫生健康委</a>",
        // the clause with its sentence
        "<a class=\"clause-link\" href=\"../documents/云政办发-2021-12.html#二/（二）\">二（二） 推进医养签约服务</a>\
         <span class=\"said\">基层医疗卫生机构与辖区内养老机构建立签约合作机制，为老年人建立健康档案</span>",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    let index = site.read("topics/index.html");
    let cell = "<a class=\"ev ev-title\" href=\"../topics/医养签约合作.html#云政办发-2021-12\" \
        aria-label=\"医养签约合作，云政办发〔2021〕12号：1 条，标题写明\">1</a>";
    assert!(index.contains(cell), "{index}");
    let document = site.read("documents/云政办发-2021-12.html");
    assert!(document.contains("href=\"../topics/医养签约合作.html#云政办发-2021-12\""), "{document}");
}

/// With too many documents for a matrix the topics are listed, and a topic has several pages.
#[test]
fn topics_of_many_documents() {
    let mut f = fixture();
    for n in 0..201 {
        let record = Facts { id: format!("多-{n:04}"), title: format!("第{n}份"), ..Facts::default() };
        f.add(policy(record, vec![clause(2, "一", "、", "强化用地保障", "。优先安排。")]));
    }
    f.read_topics();
    let site = built(&f, &Config::default());
    assert_eq!(links::broken(&site.output()), Vec::<String>::new());
    let index = site.read("topics/index.html");
    assert!(
        !index.contains("<table")
            && index.contains("<span class=\"name\">用地</span> <span class=\"count\">201</span>")
    );
    let last = site.read("list/topics/用地/4.html");
    assert!(last.contains("<tr id=\"多-0200\">") && last.contains("aria-current=\"page\">4</span>"), "{last}");
    let document = site.read("documents/多-0200.html");
    assert!(document.contains("href=\"../list/topics/用地/4.html#多-0200\""), "{document}");
}

#[test]
fn hostile_text_stays_text() {
    let site = built(&hostile(), &published());
    let mut files = Vec::new();
    walk(&site.output(), &mut files);
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "html" || e == "xml")) {
        let text = std::fs::read_to_string(file).unwrap();
        for bad in ["<script>alert", "<img src=x", "<td>局", "@<b>", "</title><b>"] {
            assert!(!text.contains(bad), "{}: {bad}", file.display());
        }
        assert_eq!(text.matches("<h1").count(), usize::from(file.extension().is_some_and(|e| e == "html")));
    }
    let csv = site.read("data/obligations.csv");
    assert!(csv.starts_with('\u{feff}'));
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{csv}");
    assert!(csv.contains(",'@<b>局,,'-1天,"), "{csv}");
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(reader.headers().unwrap().iter().next(), Some("类别"));
    for row in reader.records() {
        for cell in &row.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
}

#[test]
fn the_data_files() {
    let site = built(&fixture(), &published());
    for (name, file) in [
        ("documents", "data/documents.json"),
        ("obligations", "data/obligations.json"),
        ("organs", "data/organs.json"),
        ("instruments", "data/instruments.json"),
        ("replies", "data/replies.json"),
        ("regions", "data/regions.json"),
        ("topics", "data/topics.json"),
        ("obligations_csv", "data/obligations.csv"),
        ("deadlines_ics", "data/deadlines.ics"),
        ("feed", "feed.xml"),
        ("sitemap", "sitemap.xml"),
    ] {
        insta::assert_snapshot!(name, site.read(file));
    }
    let parsed: Vec<serde_json::Value> = serde_json::from_str(&site.read("data/obligations.json")).unwrap();
    let lines: Vec<serde_json::Value> =
        site.read("data/obligations.jsonl").lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(parsed, lines);
    assert!(site.read("data/deadlines.ics").split("\r\n").all(|line| line.len() <= 75));
}

#[test]
fn names_of_an_organ_link_to_it_and_unknown_ones_do_not() {
    let site = built(&fixture(), &published());
    let page = site.read("obligations/assignment.html");
    assert!(page.contains("<a class=\"chip support\" href=\"../organs/330900-财政.html\">市财政局</a>"), "{page}");
    assert!(page.contains("<span class=\"chip lead\">县民政局</span>"), "{page}");
}

/// A site that is shown before its index is written keeps the old one, and then has the same as one built at once.
#[test]
fn an_index_that_is_written_later() {
    let (mut f, config) = (fixture(), Config::default());
    let site = built(&f, &config);
    let found = |query: &str| {
        let index = crate::fulltext::open(&site.output()).unwrap().unwrap();
        let question = crate::fulltext::Question { query: query.to_owned(), ..Default::default() };
        question.ask(&index).unwrap().total
    };
    let old = site.read("search/index.json");
    let record = Facts { id: "新".to_owned(), title: "关于海绵城市的通知".to_owned(), ..Facts::default() };
    f.add(policy(record, vec![Block::paragraph("建设海绵城市。")]));
    build_as(site.root.path(), &f, &config, None, Searched::Later).unwrap();
    assert!(site.output().join("documents/新.html").is_file());
    assert_eq!((site.read("search/index.json"), found("海绵城市"), found("养老") > 0), (old.clone(), 0, true));
    assert_eq!(links::broken(&site.output()), Vec::<String>::new());

    // One that is no longer wanted changes nothing.
    super::index_anew(&f.corpus, &site.output(), || None::<()>).unwrap();
    assert_eq!(site.read("search/index.json"), old);

    super::index_anew(&f.corpus, &site.output(), || Some(())).unwrap();
    assert_eq!(site.read("search/index.json"), built(&f, &config).read("search/index.json"));
    assert_eq!((found("海绵城市"), found("养老") > 0), (1, true));
    let left: Vec<_> = std::fs::read_dir(site.root.path()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{left:?}");
}

#[test]
fn an_empty_corpus_is_a_site() {
    let empty = Fixture { corpus: crate::corpus::Corpus::default() };
    let site = built(&empty, &Config::default());
    assert_eq!(links::broken(&site.output()), Vec::<String>::new());
    assert_eq!(site.read("data/documents.json"), "[\n]\n");
    assert_eq!(site.summary.documents, 0);
}

#[test]
fn long_lists_have_several_pages() {
    let mut f = fixture();
    for n in 0..1001 {
        let record = Facts { id: format!("多-{n:04}"), title: format!("第{n}份"), ..Facts::default() };
        f.add(policy(record, vec![Block { kind: BlockKind::Paragraph, text: "正文。".to_owned() }]));
    }
    let site = built(&f, &Config::default());
    assert_eq!(links::broken(&site.output()), Vec::<String>::new());
    let last = site.read("list/documents/6.html");
    assert!(last.contains("第1000份") && last.contains("aria-current=\"page\">6</span>"), "{last}");
}
