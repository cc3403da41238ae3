//! The site of the five documents, as the repository gives it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use zhengku::Project;

use crate::support::driver::{Site, command, contents, repository};
use crate::support::{links, printed};

/// The built site, made once for all tests.
pub(crate) static BUILT: LazyLock<PathBuf> = LazyLock::new(|| {
    let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join("published");
    build(&output, &["--base-url", "https://example.gov.cn/policy"]);
    output
});

fn build(output: &Path, args: &[&str]) {
    let mut build = command();
    build.args(["build", "--root"]).arg(repository()).arg("--output").arg(output).args(args);
    let output = build.output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_link_leads_somewhere() {
    assert_eq!(links::broken(&BUILT), Vec::<String>::new());
    // Without an address of its own, as in a folder that is opened from the disk.
    let folder = Site::new();
    build(&folder.path("public"), &[]);
    assert_eq!(links::broken(&folder.path("public")), Vec::<String>::new());
}

/// On one core as on many, at another time, from another folder.
/// A list leads to the clause in its document, where its words stand among the others. A clause's own page is for who comes
/// from elsewhere; the card of the clause leads to it, and such pages to each other.
#[test]
fn lists_lead_to_the_clause_in_its_document() {
    let [link, own] =
        ["a[href*='clauses/']", "a.alone, .ways-on a"].map(|s| scraper::Selector::parse(s).expect("a selector"));
    let mut own_pages = 0;
    for (file, bytes) in contents(&BUILT).iter().filter(|(f, _)| f.extension().is_some_and(|e| e == "html")) {
        let html = scraper::Html::parse_document(&String::from_utf8_lossy(bytes));
        own_pages += html.select(&own).count();
        let others = html.select(&link).filter(|a| !own.matches(a)).count();
        assert_eq!(others, 0, "{}", file.display());
    }
    assert!(own_pages > 30, "{own_pages}");
}

#[test]
fn two_builds_give_the_same_bytes() {
    let first = contents(&BUILT);
    let folder = Site::new();
    let mut second = command();
    second.current_dir(folder.path("")).env("RAYON_NUM_THREADS", "1").env("TZ", "America/New_York");
    second.args(["build", "--base-url", "https://example.gov.cn/policy", "--output", "public", "--root"]);
    assert!(second.arg(repository()).output().expect("the program runs").status.success());
    let second = contents(&folder.path("public"));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    assert!(first.len() > 100 && first.keys().any(|f| f.ends_with("obligations.xlsx")));
    for (file, bytes) in &first {
        assert!(second.get(file) == Some(bytes), "{} differs", file.display());
    }
}

/// Every character of a document stands on its page, in order, and nothing else.
#[test]
fn pages_print_their_documents() {
    let project = Project::open(repository()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(project.corpus.documents.len(), 5);
    for policy in &project.corpus.documents {
        let page = std::fs::read_to_string(BUILT.join(zhengku::file_at(&policy.facts.url))).expect("a page");
        let blocks = policy.document.blocks.iter().flat_map(|b| b.text.chars());
        let expected: String = blocks.filter(|c| !c.is_whitespace()).collect();
        assert!(expected.chars().count() > 500, "{}", policy.facts.id);
        assert_eq!(printed::printed_text(&page), expected, "{}", policy.facts.id);
    }
}

/// The content files are what the program makes of the seeds.
#[test]
fn content_is_as_imported() {
    let folder = Site::new();
    let seeds = repository().join("tests/seeds");
    folder.success(&["import", &seeds.to_string_lossy()]);
    let (imported, kept) = (contents(&folder.path("content")), contents(&repository().join("content")));
    assert_eq!(imported.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>());
    for (file, bytes) in &kept {
        let text = String::from_utf8_lossy(bytes);
        assert_eq!(imported.get(file).map(|b| String::from_utf8_lossy(b)), Some(text), "{}", file.display());
    }
}

/// Against annotations made by hand, where `../shared/score` and `../shared/gold` are there.
#[test]
fn the_data_are_those_of_the_gold_annotations() {
    let shared = repository().join("../shared");
    let (score, gold) = (shared.join("score/score.py"), shared.join("gold"));
    if !score.is_file() || !gold.is_dir() {
        eprintln!("skipped: no annotations at ../shared/gold, or no ../shared/score/score.py");
        return;
    }
    let mut python = Command::new("python3");
    python.arg(score).arg(BUILT.join("data")).arg(gold).arg("--misses");
    for list in ["documents found", "meta", "outline", "citations", "citation relation", "assignments"] {
        python.args(["--min", &format!("{list}=1")]);
    }
    match python.output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(e) => eprintln!("skipped: python3 does not run here ({e})"),
    }
}

/// Every finding is marked in the text of a real build: a target's, a duty's and a promise's own sentence, and the
/// annotation of an assignment.
#[test]
fn pages_mark_their_findings() {
    let project = Project::open(repository()).unwrap_or_else(|e| panic!("{e}"));
    let mut count = 0;
    for policy in &project.corpus.documents {
        let page = std::fs::read_to_string(BUILT.join(zhengku::file_at(&policy.facts.url))).expect("a page");
        let page = scraper::Html::parse_document(&page);
        for kind in ["assignment", "target", "duty", "commitment"] {
            let obligations = project.corpus.obligations.iter().filter(|o| o.document == policy.facts.id);
            let of_kind = obligations.filter(|o| o.kind.key() == kind);
            let mut expected: Vec<String> = match kind {
                "assignment" => of_kind.filter_map(|o| o.annotation.clone()).collect(),
                _ => of_kind.map(|o| o.text.clone()).collect(),
            };
            let class = match kind {
                "assignment" => "#zk-text .annotation".to_owned(),
                _ => format!("#zk-text .found.k-{kind}"),
            };
            let class = scraper::Selector::parse(&class).expect("a selector");
            let mut marked: Vec<String> = page.select(&class).map(|e| printed::words(*e)).collect();
            count += marked.len();
            expected.sort();
            marked.sort();
            assert_eq!(marked, expected, "{} {kind}", policy.facts.id);
        }
    }
    assert!(count > 90, "{count}");
}

/// Who answers for what names nobody stands apart from what is printed, resolved, and with what says so.
#[test]
fn what_names_nobody_has_somebody_who_answers_for_it() {
    let folder = Site::new();
    folder.write("zhengku.toml", "title = \"政库\"\nregion = \"330100\"\n");
    folder.write(
        "content/甲.md",
        "+++\ntitle = \"关于推进养老服务的意见\"\nnumber = \"杭政办〔2020〕1号\"\nissuers = [\"杭州市人民政府办公厅\"]\n\
         date = \"2020-03-02\"\nkind = \"意见\"\n+++\n\n## 一、建设任务\n\n\
         到2022年，建成养老机构10家。（市民政局牵头，市财政局配合）\n\n\
         做好资金保障。（市财政局、市人力社保局）\n",
    );
    folder.success(&["build"]);
    let data: serde_json::Value = serde_json::from_str(&folder.read("public/data/obligations.json")).expect("JSON");
    let of = |kind: &str| data.as_array().into_iter().flatten().find(|o| o["kind"] == kind).expect("one of the kind");
    let target = of("target");
    assert_eq!(
        target["responsible"],
        serde_json::json!([{"name": "市民政局", "role": "lead", "from": "一"}]),
        "{target}"
    );
    assert_eq!((&target["lead"], &target["sure"]), (&serde_json::json!([]), &serde_json::json!(true)));
    assert_eq!(target["organs"], serde_json::json!({"市民政局": "330100-民政"}));
    let weak = data.as_array().into_iter().flatten().filter(|o| o["sure"] == false).count();
    assert_eq!(weak, 1, "{data}");

    let organs: serde_json::Value = serde_json::from_str(&folder.read("public/data/organs.json")).expect("JSON");
    let organ = organs.as_array().into_iter().flatten().find(|o| o["id"] == "330100-民政").expect("the organ");
    assert_eq!(organ["responsible"], serde_json::json!([{"id": target["id"], "role": "lead", "from": "一"}]));

    let page = folder.read("public/documents/甲.html");
    let cell = "<span class=\"part-name\">承自本条</span> <span class=\"nowrap\">\
                <a class=\"chip actor\" href=\"../organs/330100-民政.html\">市民政局</a></span></p></td>";
    assert!(page.contains(cell), "{page}");
    assert_eq!(page.matches(">待核</span>").count(), 2, "beside its clause and in the table");
    let page = folder.read("public/organs/330100-民政.html");
    assert!(page.contains("<h2>责任归属 <span class=\"count\">1</span></h2>"), "{page}");
    let csv = folder.read("public/data/obligations.csv");
    let heading = csv.lines().next().unwrap_or("");
    assert!(heading.contains(",责任主体,责任归属,时限,") && heading.ends_with(",编号,待核,进展"), "{heading}");
    assert!(csv.contains(",市民政局（承自本条）,"), "{csv}");
}
