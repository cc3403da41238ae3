//! What the heads of pages say to other programs, and what search engines find a site by.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use scraper::{Html, Selector};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use super::published::BUILT;
use crate::support::driver::{Site, contents};

const BASE: &str = "https://example.gov.cn/policy/";

/// The head of a page.
struct Head {
    /// Every name or property with what it says, in order.
    metas: Vec<(String, String)>,
    canonical: Option<String>,
    /// Where the same stands as data.
    data: Option<String>,
    linked: Option<Value>,
}

impl Head {
    fn of(html: &str) -> Head {
        let page = Html::parse_document(html);
        let select = |css: &str| Selector::parse(css).expect("a selector");
        let given = |e: scraper::ElementRef<'_>| {
            Some((e.attr("name").or(e.attr("property"))?.to_owned(), e.attr("content")?.to_owned()))
        };
        let linked = page.select(&select("script[type='application/ld+json']")).next();
        let canonical = page.select(&select("link[rel=canonical]")).next();
        let data = page.select(&select("link[type='application/json']")).next();
        Head {
            data: data.and_then(|e| e.attr("href")).map(str::to_owned),
            metas: page.select(&select("meta")).filter_map(given).collect(),
            canonical: canonical.and_then(|e| e.attr("href")).map(str::to_owned),
            linked: linked.map(|e| serde_json::from_str(&e.text().collect::<String>()).expect("JSON-LD is JSON")),
        }
    }

    fn all(&self, name: &str) -> Vec<&str> {
        self.metas.iter().filter(|m| m.0 == name).map(|m| m.1.as_str()).collect()
    }

    /// What a name says that stands there once.
    fn one(&self, name: &str) -> &str {
        let all = self.all(name);
        assert_eq!(all.len(), 1, "{name}: {:?}", self.metas);
        all[0]
    }
}

/// The heads of all pages of a site, by file.
fn heads(folder: &Path) -> BTreeMap<String, Head> {
    let pages = contents(folder).into_iter().filter(|(file, _)| file.extension().is_some_and(|e| e == "html"));
    let named = |file: &Path| file.to_string_lossy().replace('\\', "/");
    pages.map(|(file, bytes)| (named(&file), Head::of(&String::from_utf8_lossy(&bytes)))).collect()
}

fn data(file: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(BUILT.join("data").join(file)).expect(file)).expect(file)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text).collect()
}

#[test]
fn every_page_says_where_it_stands() {
    for (file, head) in heads(&BUILT) {
        assert_eq!(head.one("SiteName"), "政策库", "{file}");
        assert_eq!(head.one("SiteDomain"), "example.gov.cn", "{file}");
        if file == "404.html" {
            assert_eq!((head.canonical, head.metas.iter().filter(|m| m.0.starts_with("og:")).count()), (None, 0));
            continue;
        }
        let canonical = head.canonical.as_deref().expect("a canonical address");
        let to = canonical.strip_prefix(BASE).unwrap_or_else(|| panic!("{file}: {canonical}"));
        assert_eq!(zhengku::file_at(to), file);
        assert_eq!(head.one("og:url"), canonical);
        let document = file.starts_with("clauses/") || file.starts_with("documents/") && file != "documents/index.html";
        assert_eq!(head.one("og:type"), if document { "article" } else { "website" }, "{file}");
        assert_eq!((head.one("og:locale"), head.one("og:site_name")), ("zh_CN", "政策库"));
        assert_eq!(head.one("og:description"), head.one("description"), "{file}");
        assert!(!head.one("og:title").is_empty() && !head.one("ColumnName").is_empty(), "{file}");
        assert_eq!(head.all("ArticleTitle").len(), usize::from(document), "{file}");
        assert_eq!(head.all("ColumnDescription").len(), usize::from(!document), "{file}");
    }
}

/// A document's page says of it what the open data say.
#[test]
fn documents_for_catalogues_and_search_engines() {
    let heads = heads(&BUILT);
    let documents = data("documents.json");
    let documents = documents.as_array().expect("an array");
    assert_eq!(documents.len(), 5);
    let mut named = 0;
    for d in documents {
        let url = text(&d["url"]);
        let head = &heads[&zhengku::file_at(&url)];
        let issuers = texts(&d["issuers"]);
        let published = if d["published"].is_null() { text(&d["date"]) } else { text(&d["published"]) };
        for (name, expected) in [
            ("ArticleTitle", &d["title"]),
            ("DC.title", &d["title"]),
            ("og:title", &d["title"]),
            ("DC.date", &d["date"]),
            ("DC.identifier", &d["number"]),
            ("DC.type", &d["kind"]),
            ("DC.coverage", &d["region"]["name"]),
        ] {
            assert_eq!(head.one(name), text(expected), "{url}: {name}");
        }
        assert_eq!(head.one("PubDate"), published);
        assert_eq!(head.one("article:published_time"), published);
        assert_eq!(head.one("ContentSource"), issuers.join("、"));
        assert_eq!(head.all("DC.creator"), issuers);
        assert_eq!(head.one("Keywords").split(';').collect::<Vec<_>>(), head.all("DC.subject"));

        let linked = head.linked.as_ref().expect("JSON-LD");
        assert_eq!((&linked["@context"], &linked["@type"]), (&json!("https://schema.org"), &json!("Legislation")));
        assert_eq!(linked["inLanguage"], "zh-CN");
        assert_eq!(linked["url"], format!("{BASE}{url}"));
        for (name, expected) in [
            ("name", &d["title"]),
            ("legislationIdentifier", &d["number"]),
            ("legislationDate", &d["date"]),
            ("legislationType", &d["kind"]),
        ] {
            assert_eq!(&linked[name], expected, "{url}: {name}");
            assert!(linked[name].is_string(), "{url}: {name}");
        }
        let passed: Vec<String> =
            linked["legislationPassedBy"].as_array().expect("who").iter().map(|o| text(&o["name"])).collect();
        assert_eq!(passed, issuers);
        let place = &linked["legislationJurisdiction"];
        assert_eq!((&place["@type"], &place["name"]), (&json!("AdministrativeArea"), &d["region"]["name"]));
        for (relations, property) in [
            (&["依据"][..], "isBasedOn"),
            (&["贯彻"], "legislationEnsuresImplementationOf"),
            (&["转发", "印发", "引用"], "citation"),
            (&["废止"], "legislationRepeals"),
            (&["修改"], "legislationAmends"),
        ] {
            let of = |c: &&Value| relations.contains(&c["relation"].as_str().unwrap_or_default());
            let cited = d["citations"].as_array().into_iter().flatten().filter(of).count();
            let said = linked[property].as_array().map_or(0, Vec::len);
            assert_eq!(said, cited, "{url}: {property}");
            named += said;
        }
        assert_eq!(head.data, Some(format!("../{}", url.replace(".html", ".json"))));
        let forms: Vec<String> =
            linked["encoding"].as_array().expect("forms").iter().map(|f| text(&f["encodingFormat"])).collect();
        assert!(forms.len() == 3 && forms.contains(&"application/json".to_owned()), "{forms:?}");
    }
    assert!(named > 10, "{named}");
}

/// Every address that JSON-LD names is one of the site's pages or data.
#[test]
fn clauses_and_instruments_are_parts_and_kinds_of_it() {
    fn addresses(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| match value {
                Value::String(at) if matches!(name.as_str(), "url" | "contentUrl") => found.push(at.clone()),
                value => addresses(value, found),
            }),
            Value::Array(list) => list.iter().for_each(|value| addresses(value, found)),
            _ => {}
        }
    }
    let (mut clauses, mut instruments) = (0, 0);
    for (file, head) in heads(&BUILT) {
        let Some(linked) = head.linked else { continue };
        let mut found = Vec::new();
        addresses(&linked, &mut found);
        for at in &found {
            let to = at.strip_prefix(BASE).unwrap_or_else(|| panic!("{file}: {at}"));
            assert!(BUILT.join(zhengku::file_at(to)).is_file(), "{file}: {at}");
        }
        if file.starts_with("clauses/") {
            let number = text(&linked["isPartOf"]["legislationIdentifier"]);
            assert!(text(&linked["legislationIdentifier"]).starts_with(&number) && number.contains('号'), "{file}");
            clauses += 1;
        }
        instruments += usize::from(file.starts_with("instruments/") && linked["@type"] == "Legislation");
    }
    assert!(clauses > 20 && instruments > 20, "{clauses} {instruments}");
}

/// Every page stands in the sitemap once, every address in it is a page, and its days are the documents'.
#[test]
fn the_sitemap_lists_the_pages() {
    let map = std::fs::read_to_string(BUILT.join("sitemap.xml")).expect("a sitemap");
    let map = roxmltree::Document::parse(&map).expect("XML");
    let root = map.root_element();
    assert!(root.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "urlset")));
    let child = |url: roxmltree::Node<'_, '_>, name: &str| {
        url.children().find(|n| n.tag_name().name() == name).and_then(|n| n.text().map(str::to_owned))
    };
    let mut listed = BTreeMap::new();
    for url in root.children().filter(roxmltree::Node::is_element) {
        let at = child(url, "loc").expect("an address");
        assert!(at.is_ascii(), "{at}");
        let file = zhengku::file_at(at.strip_prefix(BASE).expect("of the site"));
        assert!(BUILT.join(&file).is_file(), "{at}");
        assert!(listed.insert(file, child(url, "lastmod")).is_none(), "twice: {at}");
    }
    let pages: BTreeSet<String> = heads(&BUILT).into_keys().filter(|file| file != "404.html").collect();
    assert_eq!(listed.keys().cloned().collect::<BTreeSet<_>>(), pages);
    let mut last = String::new();
    for d in data("documents.json").as_array().expect("an array") {
        let day = if d["published"].is_null() { text(&d["date"]) } else { text(&d["published"]) };
        assert_eq!(listed[&zhengku::file_at(&text(&d["url"]))].as_deref(), Some(day.as_str()));
        let own = format!("clauses/{}/", text(&d["id"]));
        assert!(listed.iter().filter(|(f, _)| f.starts_with(&own)).all(|(_, d)| d.as_deref() == Some(&day)), "{own}");
        last = last.max(day);
    }
    assert_eq!(listed["index.html"].as_deref(), Some(last.as_str()));
    assert_eq!(listed["about/index.html"], None, "it is of no document's day");
    let robots = std::fs::read_to_string(BUILT.join("robots.txt")).expect("robots.txt");
    assert_eq!(robots, format!("User-agent: *\nAllow: /\nSitemap: {BASE}sitemap.xml\n"));
}

/// A browser that is told of the site searches it from its address field.
#[test]
fn browsers_and_search_engines_know_how_to_search() {
    let described = std::fs::read_to_string(BUILT.join("opensearch.xml")).expect("a description");
    let described = roxmltree::Document::parse(&described).expect("XML");
    let root = described.root_element();
    assert!(root.has_tag_name(("http://a9.com/-/spec/opensearch/1.1/", "OpenSearchDescription")));
    let named = |name: &'static str| root.children().filter(move |n| n.tag_name().name() == name);
    let one = |name| named(name).next().and_then(|n| n.text()).unwrap_or_default();
    assert_eq!(one("ShortName"), "政策库");
    assert!(!one("Description").is_empty());
    let html = named("Url").find(|n| n.attribute("type") == Some("text/html")).expect("an address");
    assert_eq!(html.attribute("template"), Some("https://example.gov.cn/policy/search/?q={searchTerms}"));
    let home = std::fs::read_to_string(BUILT.join("index.html")).expect("the first page");
    let link =
        "<link rel=\"search\" type=\"application/opensearchdescription+xml\" title=\"政策库\" href=\"opensearch.xml\">";
    assert!(home.contains(link), "{home}");
    let linked = Head::of(&home).linked.expect("JSON-LD");
    assert_eq!(linked["potentialAction"]["target"]["urlTemplate"], "https://example.gov.cn/policy/search/?q={q}");
}

/// A site that does not know where it will stand says so, and has nothing that would have to say it.
#[test]
fn without_an_address() {
    let site = Site::case("yunhe");
    let settings = site.read("zhengku.toml");
    let without: String =
        settings.lines().filter(|line| !line.starts_with("base_url")).map(|l| format!("{l}\n")).collect();
    site.write("zhengku.toml", without);
    let said = site.success(&["build"]);
    let hint = said.split_once('\n').and_then(|(_, rest)| rest.rsplit_once("看一看")).map(|(hint, _)| hint);
    assert_data_eq!(
        hint.expect("a hint").to_owned(),
        str![[r#"
提示[site-no-address]: 没有写网站的网址，缺几样要用完整网址的东西
 |
 = 原因: 没有生成 sitemap.xml、opensearch.xml 和 Atom 订阅；网页没有规范网址和分享信息；表格和日历不能点开到条款
 = 办法: 在 zhengku.toml 里写 base_url = "https://example.gov.cn/policy/"，或者加上 --base-url

"#]]
    );
    let files = contents(&site.path("public"));
    // The texts beside the pages need no address of their own.
    let named = |file: &std::path::Path| file.extension().is_some_and(|e| e == "xml") && !file.starts_with("documents");
    let xml: Vec<_> = files.keys().filter(|file| named(file)).collect();
    assert_eq!(xml, Vec::<&std::path::PathBuf>::new());
    assert!(files.keys().any(|file| file.ends_with("organs/339900-民政.ics")), "a calendar needs none");
    assert_eq!(site.page("robots.txt"), "User-agent: *\nAllow: /\n");
    for (file, head) in heads(&site.path("public")) {
        let full = head.metas.iter().find(|m| m.0.starts_with("og:") || m.1.contains("://"));
        assert_eq!((full, &head.canonical), (None, &None), "{file}");
        let own = head.linked.map(|l| l.to_string()).unwrap_or_default().replace("https://schema.org", "");
        assert!(!own.contains("\"url\"") && !own.contains("://"), "{file}: {own}");
    }
    assert_eq!(site.broken_links(), Vec::<String>::new());
    let said = site.success(&["build", "--base-url", "https://example.gov.cn/zk/"]);
    assert!(!said.contains("提示"), "{said}");
}
