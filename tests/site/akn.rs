//! The texts beside the pages: Akoma Ntoso that is valid by the schema of OASIS and says what the document says, Markdown
//! that gives the same document again, and `llms.txt`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use quick_xml::Reader;
use quick_xml::events::Event;
use zhengku::Project;

use super::published::BUILT;
use crate::support::driver::{Site, contents, repository};
use crate::support::judges;

/// Checks files with xmllint (libxml2-utils), which `cargo xtask test` installs where it may. Says so where it is not here.
fn assert_valid(files: &[PathBuf]) {
    let schema = repository().join("tests/schemas/akomantoso30.xsd");
    for files in files.chunks(100) {
        let xmllint =
            Command::new("xmllint").args(["--nonet", "--noout", "--schema"]).arg(&schema).args(files).output();
        let Ok(output) = xmllint else { return judges::skipped("xmllint, which is not here") };
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}", said.lines().take(20).collect::<Vec<_>>().join("\n"));
        // A file that is not judged fails nothing.
        assert_eq!(said.matches(" validates").count(), files.len(), "{said}");
    }
}

fn akn_files(site: &Path) -> Vec<PathBuf> {
    let files = contents(&site.join("documents"));
    files
        .into_keys()
        .filter(|f| f.to_string_lossy().ends_with(".akn.xml"))
        .map(|f| site.join("documents").join(f))
        .collect()
}

/// What a file of Akoma Ntoso says: its text outside `meta`, its elements with a name, its ids, and where it leads.
#[derive(Default)]
struct Said {
    text: String,
    elements: Vec<String>,
    ids: Vec<String>,
    wids: Vec<String>,
    hrefs: Vec<String>,
}

fn read(file: &Path) -> Said {
    let xml = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let mut reader = Reader::from_str(&xml);
    let mut said = Said::default();
    let mut in_meta = 0;
    loop {
        let event = reader.read_event().unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        match &event {
            Event::Start(e) | Event::Empty(e) => {
                let name = e.name().as_ref().to_owned();
                in_meta += usize::from(name == "meta" && matches!(event, Event::Start(_)));
                let attribute = |wanted: &str| {
                    let found = e.try_get_attribute(wanted).expect("attributes")?;
                    Some(quick_xml::escape::unescape(&found.value).expect("a value").into_owned())
                };
                if in_meta == 0 {
                    said.ids.extend(attribute("eId"));
                    said.wids.extend(attribute("wId"));
                    said.hrefs.extend(attribute("href"));
                }
                said.elements.push(name);
            }
            Event::End(e) => in_meta -= usize::from(e.name().as_ref() == "meta"),
            Event::Text(t) if in_meta == 0 => said.text.push_str(t),
            Event::GeneralRef(r) if in_meta == 0 => {
                let entity = format!("&{};", &**r);
                said.text.push_str(&quick_xml::escape::unescape(&entity).expect("an entity"));
            }
            Event::Eof => return said,
            _ => {}
        }
    }
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_document_is_valid_and_whole() {
    let project = Project::open(repository()).unwrap_or_else(|e| panic!("{e}"));
    let files = akn_files(&BUILT);
    assert_eq!(files.len(), project.corpus.documents.len());
    assert_valid(&files);
    for policy in &project.corpus.documents {
        let said = read(&BUILT.join("documents").join(format!("{}.akn.xml", policy.facts.id)));
        let printed: String = policy.document.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(solid(&said.text), solid(&printed), "{}", policy.facts.id);
        let distinct: BTreeSet<&String> = said.ids.iter().collect();
        assert_eq!(distinct.len(), said.ids.len(), "{}", policy.facts.id);
        // By the path that the file gives a clause, its page knows it.
        let page = std::fs::read_to_string(BUILT.join("documents").join(format!("{}.html", policy.facts.id)));
        let page = page.expect("a page");
        for wid in &said.wids {
            assert!(page.contains(&format!("id=\"{wid}\"")), "{}: {wid}", policy.facts.id);
        }
        for href in &said.hrefs {
            let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
            if path.is_empty() {
                assert!(said.ids.iter().any(|id| id == fragment), "{}: {href}", policy.facts.id);
            } else {
                let file = BUILT.join("documents").join(zhengku::file_at(path));
                assert!(file.is_file(), "{}: {href}", policy.facts.id);
            }
        }
    }
}

/// A notice with the plan that it issues and a table: each part in the words of the standard.
#[test]
fn a_notice_and_its_attachment() {
    let xml = std::fs::read_to_string(BUILT.join("documents/台政办发-2018-31.akn.xml")).expect("the file");
    for expected in [
        "<FRBRcountry value=\"cn\"/>",
        "<FRBRnumber value=\"台政办发〔2018〕31号\"/>",
        "<FRBRdate date=\"2018-06-04\" name=\"成文日期\"/>",
        "<FRBRauthor href=\"#issuer_1\" as=\"#author\"/>",
        "href=\"../organs/331000-人民政府办公厅.html\" showAs=\"台州市人民政府办公室\"/>",
        "<doc name=\"通知\">",
        "<docTitle>台州市人民政府办公室转发市卫生计生委",
        "<signature>台州市人民政府办公室</signature>",
        "<attachment eId=\"att_1\">",
        "<num>附件 </num>",
        "<heading>台州市医养结合工作重点任务分工</heading>",
        "<hcontainer eId=\"att_1__hcontainer_3\" wId=\"三\" name=\"level-1\">",
        "<num>（一）</num>",
        "<th><p>牵头部门</p>",
        "<ref href=\"../instruments/国办发-2015-84.html\">",
    ] {
        assert!(xml.contains(expected), "no {expected} in\n{xml}");
    }
}

const MEASURES: &str = "\
# 云河市养老机构管理办法

（2021年3月1日云河市人民政府令第12号公布）

## 第一章 总则

### 第一条

为了规范养老机构，根据《云河市养老服务条例》，制定本办法。

## 第二章 管理

### 第二条

养老机构应当履行下列职责：

#### （一）

建立档案；

#### （二）

按照本办法第一条的要求开展服务。

### 第三条

本办法自2021年5月1日起施行。
";

#[test]
fn measures_are_an_act() {
    let site = Site::new().file("content/办法.md", MEASURES).build();
    let xml = site.page("documents/办法.akn.xml");
    assert_valid(&[site.path("public/documents/办法.akn.xml")]);
    for expected in [
        "<act name=\"办法\">",
        "<chapter eId=\"chp_1\" wId=\"第一章\"><num>第一章 </num>\n<heading>总则</heading>",
        "<article eId=\"art_2\" wId=\"第二章/第二条\"><num>第二条</num>\n<intro><p>养老机构应当履行下列职责：</p>",
        "<point eId=\"art_2__point_2\" wId=\"第二章/第二条/（二）\">",
        "按照<ref href=\"#art_1\">本办法第一条</ref>的要求",
        "<FRBRdate date=\"0001-01-01\" name=\"未注明日期\"/>",
    ] {
        assert!(xml.contains(expected), "no {expected} in\n{xml}");
    }
}

/// What no schema foresees: texts without anything, divisions out of order, tables without rows, characters that XML
/// cannot hold.
#[test]
fn odd_documents_are_valid_too() {
    let odd = [
        ("空.md", ""),
        ("题.md", "# 只有标题\n"),
        (
            "乱.md",
            "# 通知\n\n#### 1. 先\n\n## 一、后\n\n---\n\n孤立的一段。\n\n### （一）再。\n\n## 一、重号\n\n|  |\n| --- |\n|  |\n\n---\n\n抄送：市委。\n",
        ),
        (
            "附.md",
            "# 通知\n\n一段。\n\n# 附件1 表\n\n# 附件2 方案\n\n# 某方案\n\n## 第一条 甲\n\n# 附件2 又一个\n\n乙\n",
        ),
        ("符.md", "# 甲&乙<丙>“\"\n\n## 一、a\u{1}b\u{fffe}]]>\n\n<script>alert(1)</script> &amp; 三\n"),
        (
            "条.md",
            "# 规定\n\n第一段。\n\n## 第一条\n\n甲。\n\n## 第一条之一\n\n乙。\n\n---\n\n条外的一段。\n\n## 第二条\n\n丙。\n",
        ),
    ];
    let site = odd.iter().fold(Site::new(), |site, (name, text)| site.file(format!("content/{name}"), text)).build();
    let files = akn_files(&site.path("public"));
    assert_eq!(files.len(), odd.len());
    assert_valid(&files);
    let project = Project::open(site.root()).unwrap_or_else(|e| panic!("{e}"));
    for policy in &project.corpus.documents {
        let said = read(&site.path(format!("public/documents/{}.akn.xml", policy.facts.id)));
        let printed: String = policy.document.blocks.iter().map(|b| b.text.as_str()).collect();
        let printed: String = printed.chars().filter(|c| !c.is_control() && *c != '\u{fffe}').collect();
        assert_eq!(solid(&said.text), solid(&printed), "{}", policy.facts.id);
    }
}

/// Fifty of the laws at ../shared/corpus/laws.tar.xz, next to the repository; not everyone has it.
#[test]
fn laws_are_valid() {
    let archive = repository().join("../shared/corpus/laws.tar.xz");
    if !archive.exists() {
        return judges::skipped("../shared/corpus/laws.tar.xz, which is not here");
    }
    let site = Site::initialised();
    let unpacked = site.path("unpacked");
    std::fs::create_dir(&unpacked).expect("a folder");
    let tar = Command::new("tar").arg("-xf").arg(&archive).arg("-C").arg(&unpacked).status();
    if !tar.is_ok_and(|s| s.success()) {
        return judges::skipped("tar that unpacks ../shared/corpus/laws.tar.xz");
    }
    let mut laws: Vec<PathBuf> = contents(&unpacked).into_keys().collect();
    laws.sort();
    let step = laws.len() / 50;
    let some: Vec<String> =
        laws.iter().step_by(step).take(50).map(|f| unpacked.join(f).to_string_lossy().into_owned()).collect();
    std::fs::remove_dir_all(site.path("content")).expect("the example");
    let import: Vec<&str> = ["import"].into_iter().chain(some.iter().map(String::as_str)).collect();
    let run = site.run(&import);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let site = site.build();
    let files = akn_files(&site.path("public"));
    assert!(files.len() >= 49, "{}", files.len());
    assert_valid(&files);
    let acts = files.iter().filter(|f| read(f).elements.iter().any(|e| e == "act")).count();
    assert!(acts * 10 >= files.len() * 9, "{acts} of {} are acts", files.len());
}

/// The Markdown beside a page is a content file: another site that holds it prints the same document.
#[test]
fn markdown_gives_the_document_again() {
    let files = contents(&BUILT.join("documents"));
    let texts: Vec<_> = files.iter().filter(|(f, _)| f.extension().is_some_and(|e| e == "md")).collect();
    assert_eq!(texts.len(), 5);
    let again =
        texts.iter().fold(Site::new(), |site, (file, text)| site.file(Path::new("content").join(file), text)).build();
    for (file, text) in texts {
        assert_eq!(
            &std::fs::read(again.path("public/documents").join(file)).expect("the text"),
            text,
            "{}",
            file.display()
        );
    }
    let (own, other) =
        [&*BUILT, &again.path("public")].map(|site| site.join("data/obligations.json")).map(std::fs::read).into();
    let count = |json: std::io::Result<Vec<u8>>| String::from_utf8_lossy(&json.expect("the data")).lines().count();
    assert_eq!(count(own), count(other));
}

#[test]
fn pages_lead_to_the_texts_and_settings_leave_them_out() {
    let page = |site: &Site| site.page("documents/甲.html");
    let site = Site::of_one().build();
    for (kind, file) in [
        ("application/akn+xml", "../documents/甲.akn.xml"),
        ("text/markdown", "../documents/甲.md"),
        ("application/json", "../documents/甲.json"),
    ] {
        let link = format!("<link rel=\"alternate\" type=\"{kind}\" href=\"{file}\">");
        assert!(page(&site).contains(&link), "{link}");
        assert!(page(&site).contains(&format!("<a href=\"{file}\">")), "{file}");
    }
    let site = Site::of_one().file("zhengku.toml", "formats = [\"md\"]\n").build();
    assert!(page(&site).contains("甲.md") && !page(&site).contains("甲.akn.xml"));
    assert!(!site.path("public/documents/甲.akn.xml").exists());
    let site = Site::of_one().file("zhengku.toml", "formats = []\n").build();
    assert!(!page(&site).contains("甲.md") && !site.path("public/documents/甲.md").exists());
    assert_eq!(site.broken_links(), Vec::<String>::new());
}

/// Everything that `llms.txt` names is there.
#[test]
fn llms_txt() {
    let text = std::fs::read_to_string(BUILT.join("llms.txt")).expect("the file");
    assert!(text.starts_with("# 政策库\n\n> "), "{text}");
    let links: Vec<&str> = text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(links.len() > 12, "{text}");
    for link in links {
        let local = link.strip_prefix("https://example.gov.cn/policy/").expect("an address of the site");
        assert!(BUILT.join(zhengku::file_at(local)).is_file(), "{link}");
    }
    for pattern in ["documents/ID.html", "documents/ID.json", "documents/ID.md", "documents/ID.akn.xml"] {
        assert!(text.contains(&format!("https://example.gov.cn/policy/{pattern}")), "{pattern}");
    }
    let site = Site::of_one().build();
    let text = site.read("public/llms.txt");
    assert!(text.contains("(documents/index.html)") && text.contains("documents/ID.md"), "{text}");
}
