//! What people record of how far promises and tasks have come stands wherever these stand, and nothing is said to be undone.

use serde_json::{Value, json};

use crate::support::driver::Site;

const RECORDS: &str = r#"
[[progress]]
path = "二"
state = "推进中"
date = "2023-03-01"
document = "青政发〔2023〕4号"
clause = "附件/2"
note = "县里先办"

[[progress]]
path = "二"
state = "已落实"
date = "2023-07-01"
link = "https://example.gov.cn/a?b=1&c=2"
"#;

/// The invented city, whose reply says what became of its promise.
fn city() -> Site {
    let site = Site::case("yunhe");
    let reply = site.read("content/云卫复字-2022-7.md").replacen("\n# 来源由", &format!("{RECORDS}\n# 来源由"), 1);
    site.file("content/云卫复字-2022-7.md", reply).build_with(&["--base-url", "https://example.gov.cn/zk"])
}

/// What a command prints; the table says on the other stream how much it found.
fn said(site: &Site, args: &[&str]) -> String {
    let run = site.run(args);
    assert_eq!(run.code, Some(0), "{}", run.err);
    run.out
}

#[test]
fn a_promise_says_what_became_of_it_on_every_page() {
    let site = city();
    let underway = "<span class=\"progress s-underway\"><b>推进中</b> <time datetime=\"2023-03-01\">2023-03-01</time> \
                    见<a href=\"../documents/青政发-2023-4.html";
    let done = "<span class=\"progress s-done\"><b>已落实</b> <time datetime=\"2023-07-01\">2023-07-01</time> \
                <a href=\"https://example.gov.cn/a?b=1&amp;c=2\" rel=\"external noopener\">公开的依据</a></span>";
    for address in [
        "documents/云卫复字-2022-7.html",
        "clauses/云卫复字-2022-7/二.html",
        "promises/",
        "deputies/339900-林清和.html",
        "organs/339900-卫生健康.html",
        "obligations/commitment.html",
    ] {
        let page = site.page(address).replace("../../", "../");
        assert!(page.contains(underway) && page.contains(done), "{address}\n{page}");
        assert!(!page.contains("s-unseen"), "{address}");
    }
    // In the card, in the ledger of the page and in its table.
    assert_eq!(site.page("documents/云卫复字-2022-7.html").matches(done).count(), 3);
    assert_eq!(site.broken_links(), Vec::<String>::new());
}

/// Nobody has recorded anything: that is all that is said.
#[test]
fn a_promise_without_a_record_is_not_undone() {
    let site = Site::case("yunhe").build();
    let unseen = "title=\"没有人登记过公开的办理情况，不等于没有办\"><b>未见公开进展</b>";
    for address in ["documents/云卫复字-2022-7.html", "promises/", "deputies/339900-林清和.html"] {
        let page = site.page(address);
        assert_eq!(page.matches(unseen).count(), 1, "{address}");
        for never in ["未落实", "没有落实", "未办"] {
            assert!(!page.contains(never), "{address}: {never}");
        }
    }
}

#[test]
fn data_and_the_terminal_say_the_same() {
    let site = city();
    let data: Value = serde_json::from_str(&site.page("data/obligations.json")).expect("JSON");
    let of = |list: &Value| list.as_array().into_iter().flatten().find(|o| o["kind"] == "commitment").cloned();
    let promise = of(&data).expect("a promise");
    let expected = json!([
        {"state": "underway", "date": "2023-03-01", "document": "青政发-2023-4", "clause": "附件/2", "link": null, "note": "县里先办"},
        {"state": "done", "date": "2023-07-01", "document": null, "clause": null, "link": "https://example.gov.cn/a?b=1&c=2", "note": null},
    ]);
    assert_eq!(promise["progress"], expected);
    assert!(data.as_array().into_iter().flatten().all(|o| o["kind"] == "commitment" || o["progress"] == json!([])));
    let told = said(&site, &["obligations", "--kind", "commitment", "--format", "json"]);
    assert_eq!(of(&serde_json::from_str(&told).expect("JSON")).map(|o| o["progress"].clone()), Some(expected));
    let csv = said(&site, &["obligations", "--kind", "commitment", "--format", "csv"]);
    assert!(csv.lines().next().is_some_and(|heading| heading.ends_with(",待核,进展")), "{csv}");
    let cell = ",推进中 2023-03-01 青政发-2023-4 附件/2 县里先办；已落实 2023-07-01 https://example.gov.cn/a?b=1&c=2";
    assert!(csv.contains(cell), "{csv}");
    let table = said(&site, &["obligations", "--kind", "commitment"]);
    assert!(table.contains("推进中") && table.contains("已落实"), "{table}");
}

/// What is not held is looked up elsewhere, where the settings say so.
#[test]
fn an_instrument_that_is_not_held_says_where_to_look() {
    let way = "<a href=\"https://example.gov.cn/s?q=%E5%85%B3%E4%BA%8E%E6%8E%A8%E8%BF%9B";
    assert!(!Site::case("yunhe").build().page("instruments/国办发-2019-5.html").contains("到别的网站查"));
    let site = Site::case("yunhe");
    let settings = site.read("zhengku.toml") + "\n[links]\ninstrument = \"https://example.gov.cn/s?q={title}\"\n";
    let page = site.file("zhengku.toml", settings).build().page("instruments/国办发-2019-5.html");
    assert!(page.contains(way) && page.contains(">到别的网站查这份文件</a>"), "{page}");
}
