//! An interface in English says nothing in Chinese itself: what is Chinese on its pages is of documents and registries, and
//! marked so. And a site's own words.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use ego_tree::NodeRef;
use scraper::{Html, Node};
use serde_json::Value;
use snapbox::{assert_data_eq, str};

use crate::support::driver::{Site, case, contents, repository};

const SETTINGS: &str = "title = \"Care policy\"\ndescription = \"What cities do\"\nlanguage = \"en\"\n";

/// The site of the five documents in English.
pub(crate) static ENGLISH: LazyLock<Site> = LazyLock::new(|| {
    let content = repository().join("content");
    let files = contents(&content).into_iter();
    files
        .fold(Site::new(), |site, (file, bytes)| site.file(Path::new("content").join(file), bytes))
        .file("zhengku.toml", SETTINGS)
        .build()
});

/// A character of Chinese text, or of the punctuation that is written with it.
pub(crate) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// What documents and registries call things, as the open data of a site say it; the longest first.
pub(crate) fn names(site: &Site) -> Vec<String> {
    fn gather(value: &Value, key: &str, names: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(key, value)| gather(value, key, names)),
            Value::Array(items) => items.iter().for_each(|item| gather(item, key, names)),
            Value::String(text)
                if ["title", "name", "names", "number", "id", "session", "deputies", "group", "kind"]
                    .contains(&key) =>
            {
                names.insert(text.clone());
            }
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    for file in ["documents", "obligations", "organs", "topics", "regions", "instruments", "replies"] {
        let text = site.page(&format!("data/{file}.json"));
        gather(&serde_json::from_str(&text).expect("JSON"), "", &mut names);
    }
    let mut names: Vec<String> = names.into_iter().filter(|name| name.contains(is_chinese)).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

/// What is Chinese in `text` and is no name of documents or registries.
pub(crate) fn left(text: &str, names: &[String]) -> String {
    let mut text = text.to_owned();
    for name in names {
        text = text.replace(name.as_str(), " ");
    }
    text.chars().filter(|c| is_chinese(*c)).collect()
}

/// What is Chinese on a page and not marked as such.
fn unmarked(file: &Path, html: &str, names: &[String]) -> Vec<String> {
    fn walk(node: NodeRef<'_, Node>, marked: bool, say: &mut dyn FnMut(&str, bool)) {
        match node.value() {
            Node::Text(text) if !marked => say(text, false),
            Node::Element(element) => {
                let marked = element.attr("lang").map_or(marked, |lang| lang == "zh-CN");
                for (name, value) in element.attrs().filter(|_| !marked) {
                    if ["title", "aria-label", "placeholder", "data-label", "content", "alt", "label"].contains(&name) {
                        say(value, true);
                    }
                }
                if !["script", "style"].contains(&element.name()) {
                    // A title has no elements in it; it is looked at as an attribute is.
                    let name = element.name() == "title";
                    for child in node.children() {
                        match child.value() {
                            Node::Text(text) if name && !marked => say(text, true),
                            _ => walk(child, marked, say),
                        }
                    }
                }
            }
            _ => node.children().for_each(|child| walk(child, marked, say)),
        }
    }
    let mut found = Vec::new();
    walk(Html::parse_document(html).tree.root(), false, &mut |text, named| {
        let chinese = if named { !left(text, names).is_empty() } else { text.contains(is_chinese) };
        if chinese {
            found.push(format!("{}: {}", file.display(), text.trim()));
        }
    });
    found
}

fn pages(site: &Site) -> Vec<(PathBuf, String)> {
    let files = contents(&site.path("public")).into_iter();
    let pages = files.filter(|(file, _)| file.extension().is_some_and(|e| e == "html"));
    pages.map(|(file, bytes)| (file, String::from_utf8(bytes).expect("UTF-8"))).collect()
}

/// Of the five documents, and of invented ones with replies, repeals, reforms and progress.
#[test]
fn what_is_chinese_is_of_documents() {
    let invented = ["yunhe", "in-force", "reorganised"].map(|name| {
        let settings = fs::read_to_string(case(name).join("zhengku.toml")).expect("settings");
        let own = settings.lines().filter(|l| !["title", "description"].iter().any(|key| l.starts_with(key)));
        let settings = SETTINGS.to_owned() + &own.collect::<Vec<_>>().join("\n");
        Site::case(name).file("zhengku.toml", settings).build()
    });
    for site in [&*ENGLISH].into_iter().chain(&invented) {
        let names = names(site);
        let pages = pages(site);
        assert!(pages.len() > 20);
        for (file, html) in &pages {
            assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">"), "{}", file.display());
            assert_eq!(unmarked(file, html, &names), Vec::<String>::new());
        }
        assert_eq!(site.broken_links(), Vec::<String>::new());
    }
}

/// The test above finds what it looks for.
#[test]
fn words_of_the_interface_are_found() {
    let names = ["台州市".to_owned(), "长期照护".to_owned()];
    let found = |html: &str| unmarked(Path::new("a"), html, &names);
    assert_eq!(found("<p>任务 3</p>"), ["a: 任务 3"]);
    assert_eq!(found("<p title=\"台州市2018: tasks\" aria-label=\"台州市的任务\">a</p>"), ["a: 台州市的任务"]);
    assert_eq!(found("<p lang=\"zh-CN\">原文<b lang=\"en\">任务</b></p>"), ["a: 任务"]);
    assert_eq!(found("<title>长期照护 · Care</title><p>Tasks</p><i lang=\"zh-CN\">任务</i>"), [""; 0]);
}

/// What a reader of the home page and of a document reads.
#[test]
fn plain_words() {
    let text = |address: &str, selector: &str| {
        let page = Html::parse_document(&ENGLISH.page(address));
        let selector = scraper::Selector::parse(selector).expect("a selector");
        let texts = page.select(&selector).map(|e| e.text().collect::<String>());
        texts.map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("\n")
    };
    assert_data_eq!(
        text("", ".doors .door, nav a"),
        str![[r#"
Documents
Tasks
Bodies
Topics
Deadlines
Replies
Regions
Cited
Find a policy5 documents. Every clause has its own link.
Find a reply2 replies to proposals, by session, number and name, with what they promise.
Find a task103 tasks: who leads, by when, in which clause. Download them or print them.
"#]]
    );
    assert_data_eq!(
        text("documents/吉卫复议字-2025-18.html", ".jump, .facts th, h2:not([id='zk-text'] *), .promise .meta"),
        str![[r#"
Text 4 promises 4 tasks Cites 9 documents 12 topics
What this reply promises 4
Promised by 吉林省卫生健康委员会Replied on 2025-05-22
Contact: 卢春红 0431-88906367Original 五
Promised by 吉林省卫生健康委员会Replied on 2025-05-22
Contact: 卢春红 0431-88906367Original 五
Promised by 吉林省卫生健康委员会Replied on 2025-05-22
Contact: 卢春红 0431-88906367Original 五
Promised by 吉林省卫生健康委员会Replied on 2025-05-22
Contact: 卢春红 0431-88906367Original 五
Number
Issued by
Date
Type
To
Copy to
Contact
Session
Proposal number
Proposal
Region
Deputies
Other formats
Tasks in this document
Topics
Cited documents
"#]]
    );
    assert_data_eq!(
        text("obligations/index.html", "h1, .intro, .tabs, thead"),
        str![[r#"
All tasks
103 tasks. Everything that documents give to somebody to do, with the clause that says so.
All 103 Assignment 35 Target 19 Duty 41 Promise 8
TaskWhoDeadlineSource
"#]]
    );
}

/// The open data are the same in every language.
#[test]
fn data_are_chinese() {
    let chinese = Site::new();
    let files = contents(&ENGLISH.path("content")).into_iter();
    let chinese = files
        .fold(chinese, |site, (file, bytes)| site.file(Path::new("content").join(file), bytes))
        .file("zhengku.toml", SETTINGS.replace("language = \"en\"\n", ""))
        .build();
    let data = |site: &Site| contents(&site.path("public/data"));
    let (english, chinese) = (data(&ENGLISH), data(&chinese));
    assert_eq!(english.keys().collect::<Vec<_>>(), chinese.keys().collect::<Vec<_>>());
    assert!(english.iter().all(|(file, bytes)| chinese.get(file) == Some(bytes)));
}

/// A site's own word stands wherever the program's would, on pages, in scripts and in style sheets.
#[test]
fn words_of_the_site() {
    let site = Site::of_one()
        .file("strings.toml", "[nav]\nobligations = \"事项\"\n[role]\nlead = \"主办\"\n[table]\nfilter = \"筛一筛\"\n")
        .build();
    assert!(site.page("").contains(">事项</a></li>"));
    assert!(site.page("documents/甲.html").contains("<b>主办</b>"));
    let assets = contents(&site.path("public/assets"));
    let asset = |name: &str| {
        let found = assets.iter().find(|(file, _)| file.to_string_lossy().starts_with(name));
        String::from_utf8_lossy(found.expect("an asset").1).into_owned()
    };
    assert!(asset("site.").contains("tr(\"筛一筛\")"));
    assert!(asset("style.").contains("td.c-lead::before { content: \"主办\"; }"));
}

/// What is asked for and is not there stops the build, and the old site stays.
#[test]
fn unknown_words_stop_the_build() {
    let site = Site::of_one().build();
    let before = contents(&site.path("public"));
    site.write(
        "templates/deadlines.html",
        "{% extends \"base.html\" %}\n{% block content %}\n{{ tr(k=\"nav.deadline\") }}{% endblock content %}\n",
    );
    assert_data_eq!(
        site.failure(&["build"]),
        str![[r#"
错误[strings-key]: 文案里没有“nav.deadline”
 --> templates/deadlines.html:3:10
  |
3 | {{ tr(k="nav.deadline") }}{% endblock content %}
  |          ^^^^^^^^^^^^ 是不是 nav.deadlines？
  |
  = 办法: 可用的键见 themes/default/strings/zh-CN.toml

"#]]
    );
    fs::remove_file(site.path("templates/deadlines.html")).expect("a file");
    site.write("strings.toml", "[nav]\ntasks = \"事项\"\n");
    assert_data_eq!(
        site.failure(&["build"]),
        str![[r#"
错误[strings-key]: 文案里没有“nav.tasks”
 --> strings.toml:2:1
  |
2 | tasks = "事项"
  | ^^^^^ 是不是 named.tasks？
  |
  = 办法: 可用的键见 themes/default/strings/zh-CN.toml

"#]]
    );
    assert!(contents(&site.path("public")) == before);
}

/// Chinese words of the program's own stand in the file of strings, and nowhere else: neither in a template, nor in a script,
/// nor in what makes the pages. The other file has none but examples of queries.
#[test]
fn no_words_outside_the_strings() {
    let is_word = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}');
    // Files that are Chinese whatever the page is, and what reads the language of queries.
    let of_data = ["cells.js", "files.js", "workbook.js", "plain.js", "names.js"];
    let mut found = Vec::new();
    let theme = repository().join("themes/default");
    let files = contents(&theme).into_iter().filter(|(file, _)| !file.starts_with("assets/engine"));
    for (file, bytes) in files {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let is = |extension: &str| name.ends_with(extension);
        for line in text.lines() {
            let own = match () {
                () if is(".html") => line.to_owned(),
                () if is(".js") && !of_data.contains(&name.as_str()) => code(line),
                () if is(".css") => line.split("/*").next().unwrap_or("").to_owned(),
                () if name == "en.toml" && !line.contains("example = ") && !line.starts_with("by_field_") => {
                    line.to_owned()
                }
                () => continue,
            };
            // The names of files that are downloaded are Chinese too.
            if own.contains(is_word) && !own.contains("`任务-${now}") {
                found.push(format!("{name}: {}", own.trim()));
            }
        }
    }
    let site = repository().join("src/site");
    // Messages to whoever builds a site; data.
    let elsewhere = ["akn", "data", "output.rs", "templates.rs", "own.rs", "incremental.rs"];
    // A page's address, a word of documents, the language of queries.
    let known = ["const UNDATED", "ends_with(\"文件\")"];
    for (file, bytes) in contents(&site) {
        if elsewhere.iter().any(|e| file.starts_with(e)) {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or("").to_owned();
        let examples = text.find("const EXAMPLES").map(|at| at..at + text[at..].find("];").unwrap_or(0));
        let text = examples.map_or(text.clone(), |range| text.replace(&text[range], ""));
        for line in text.lines().map(code) {
            if quoted(&line).contains(is_word)
                && !known.iter().any(|k| line.contains(k))
                && !line.contains("Diagnostic::error(")
            {
                found.push(format!("{}: {}", file.display(), line.trim()));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

/// A line without the comment at its end.
fn code(line: &str) -> String {
    let line = line.trim_start();
    let comment = if line.starts_with("//") { Some(0) } else { line.find(" //") };
    line[..comment.unwrap_or(line.len())].to_owned()
}

/// What stands between quotation marks in a line of Rust.
fn quoted(line: &str) -> String {
    line.split('"').skip(1).step_by(2).collect()
}

/// Every text that is asked for is there, and every text that is there is asked for.
#[test]
fn every_text_is_there_and_used() {
    let strings = fs::read_to_string(repository().join("themes/default/strings/zh-CN.toml")).expect("the strings");
    let groups: toml::Table = strings.parse().expect("TOML");
    let of_group = |(group, texts): (&String, &toml::Value)| {
        let texts = texts.as_table().cloned().unwrap_or_default();
        texts.into_iter().map(|(name, _)| format!("{group}.{name}")).collect::<Vec<_>>()
    };
    let keys: BTreeSet<String> = groups.iter().flat_map(of_group).collect();
    let mut asked = BTreeSet::new();
    let files = ["html", "js", "css", "json", "jsonl", "csv", "ics", "xlsx", "xml", "toml", "txt"];
    let is_key = |text: &str| {
        text.split_once('.').is_some_and(|(group, name)| {
            !files.contains(&name)
                && groups.contains_key(group)
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        })
    };
    for folder in ["themes/default/templates", "themes/default/assets", "src/site", "src/compare", "src/content"] {
        for (file, bytes) in contents(&repository().join(folder)) {
            if file.starts_with("engine") {
                continue;
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or("");
            asked.extend(text.split('"').filter(|piece| is_key(piece)).map(str::to_owned));
        }
    }
    // Asked for by the names of the fields that results are narrowed by.
    asked.extend(keys.iter().filter(|key| key.starts_with("field.")).cloned());
    assert_eq!(asked.difference(&keys).collect::<Vec<_>>(), Vec::<&String>::new(), "asked for and not there");
    assert_eq!(keys.difference(&asked).collect::<Vec<_>>(), Vec::<&String>::new(), "there and not asked for");
}
