//! What is taken over from the old site changes no byte: tests only.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::inputs::Made;
use super::output::MARKER;
use super::{Kept, Places, Searched, build};
use crate::progress::Progress;
use crate::project::Project;
use crate::random::Random;

/// One of a list.
fn one<'t, T>(random: &mut Random, list: &'t [T]) -> &'t T {
    &list[random.below(list.len())]
}

/// The sites of three cases in one: organs that ended, instruments that lapse, a reply, topics, comparisons.
fn site() -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for case in ["yunhe", "in-force", "reorganised"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(case);
        fs::create_dir_all(root.path().join("content")).expect("a folder");
        for entry in fs::read_dir(from.join("content")).expect("a case").flatten() {
            let name = format!("{case}-{}", entry.file_name().to_string_lossy());
            fs::copy(entry.path(), root.path().join("content").join(name)).expect("a copy");
        }
    }
    // A promise names the document that says what became of it.
    let reply = root.path().join("content/yunhe-云卫复字-2022-7.md");
    let text = fs::read_to_string(&reply).expect("the reply");
    let record = "\n[[progress]]\npath = \"二\"\nstate = \"推进中\"\ndocument = \"yunhe-青政发-2023-4\"\nclause = \"一\"\n\n[source]";
    fs::write(&reply, text.replacen("\n[source]", record, 1)).expect("the reply");
    fs::write(root.path().join("zhengku.toml"), "base_url = \"https://example.gov.cn/zk/\"\n").expect("the settings");
    let regions = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/yunhe/regions.toml");
    fs::copy(regions, root.path().join("regions.toml")).expect("a copy");
    root
}

/// Builds the site of `root` into `root/NAME`; with what is kept of the old one where `kept`.
fn built(root: &Path, name: &str, kept: bool, searched: Searched) {
    let project = Project::open(root).unwrap_or_else(|problems| panic!("{problems}"));
    let output = root.join(name);
    if searched == Searched::Later && !output.exists() {
        // The index is another test's: here there is one without files.
        fs::create_dir_all(output.join("search")).expect("a folder");
        fs::write(output.join(MARKER), "").expect("a file");
    }
    let content = root.join("content");
    let progress = Progress::default();
    let context = project.cache.context().expect("the program is known");
    let made = Made { files: &project.keys, context, cache: &project.cache };
    let places = Places {
        root,
        content: &content,
        output: &output,
        theme: None,
        kept: &Kept::new(),
        progress: &progress,
        searched,
        precompress: false,
        made: kept.then_some(made),
        durable: false,
    };
    build(&project.corpus, &project.registry, &project.config, places).unwrap_or_else(|e| panic!("{e}"));
}

/// Every file below a folder, by its path there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|e| e.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
    all.map(|e| (name(e.path()), fs::read(e.path()).expect("a file"))).collect()
}

const SENTENCES: [&str; 9] = [
    "落实《国务院办公厅关于推进养老服务发展的意见》（国办发〔2019〕5号）和青政发〔2023〕4号、云政办发〔2021〕12号文件，社区养老服务设施覆盖率达到95%以上。",
    "市财政局应当在2026年底前建立养老服务补助资金台账。",
    "新建社区食堂20所以上。（市民政局牵头，市卫生健康局、市财政局配合）",
    "根据《云河市养老服务条例》（云政办发〔2021〕12号），制定本办法。",
    "县卫生计生局负责医养结合工作的指导和监督。",
    "到2027年，养老护理员培训达到300人次。",
    "《台州市养老机构补助办法》（台政办发〔2018〕902号）自2026年1月1日起废止。",
    "开展长期护理保险试点，完善医养签约合作机制。",
    "张三代表提出的建议，我局将在2026年6月底前办结。",
];

fn contents(root: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(root.join("content")).expect("a folder").flatten().map(|e| e.path()).collect();
    files.sort();
    files
}

/// One change of a document, a table, the settings, the look, or the site as it lies there. What it was.
fn change(root: &Path, random: &mut Random) -> String {
    let documents = contents(root);
    let file = one(random, &documents).clone();
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let read = || fs::read_to_string(&file).expect("a document");
    let toggle = |name: &str, text: &str| {
        let path = root.join(name);
        if path.exists() {
            fs::remove_file(path).expect("a file");
        } else {
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        name.to_owned()
    };
    let number = random.below(10_000);
    match random.below(12) {
        0..3 => {
            let sentence = one(random, &SENTENCES);
            fs::write(&file, format!("{}\n{sentence}\n", read())).expect("a file");
            format!("{name}: {sentence}")
        }
        3 if documents.len() < 14 => {
            let text = read().replacen("的通知", &format!("的通知（{number}）"), 2);
            let line = |line: &str| match line {
                l if l.starts_with("number =") => format!("number = \"云政办发〔2020〕{number}号\"\n"),
                l => format!("{l}\n"),
            };
            let text: String = text.lines().filter(|l| !l.starts_with("id =")).map(line).collect();
            fs::write(root.join(format!("content/新-{number}.md")), text).expect("a file");
            format!("a copy of {name}")
        }
        4 if documents.len() > 6 => {
            fs::remove_file(&file).expect("a file");
            format!("{name} removed")
        }
        5 => {
            fs::rename(&file, root.join(format!("content/改-{number}.md"))).expect("a file");
            format!("{name} renamed to {number}")
        }
        6 => {
            let text = read().replacen("date = \"20", "date = \"19", 1);
            fs::write(&file, text).expect("a file");
            format!("{name} of another century")
        }
        7 => toggle(
            "organs.toml",
            "[[organ]]\nregion = \"339900\"\nsector = \"示例新区管委会\"\nname = \"云河市新区管理委员会\"\naliases = [\"市财政局\"]\n",
        ),
        8 => toggle(
            "topics.toml",
            "[[topic]]\nid = \"补助\"\ntitles = [\"补助\"]\nterms = [\"资金台账\", \"社区食堂\"]\n",
        ),
        9 => toggle(
            "templates/topic.html",
            "{% extends \"base.html\" %}\n{% block content %}<h1>{{ v.name }}</h1>{{ table }}{% endblock content %}\n",
        ),
        10 => {
            let base = if !number.is_multiple_of(3) { "base_url = \"https://example.gov.cn/zk/\"\n" } else { "" };
            fs::write(root.join("zhengku.toml"), format!("title = \"政策库{number}\"\n{base}")).expect("a file");
            "the settings".to_owned()
        }
        _ => {
            let pages: Vec<PathBuf> = files(&root.join("kept"))
                .into_keys()
                .filter(|f| f.ends_with("html") || f.ends_with("json"))
                .map(|f| root.join("kept").join(f))
                .collect();
            let page = one(random, &pages);
            let mut bytes = fs::read(page).expect("a page");
            bytes.reverse();
            fs::write(page, bytes).expect("a page");
            format!("{} as it lies", page.display())
        }
    }
}

/// Over many changes the site that takes over what it can is the site that is made from nothing, to the last byte.
/// `ZHENGKU_EDITS` makes more of them.
#[test]
fn taking_over_changes_nothing() {
    let root = site();
    let root = root.path();
    let edits = std::env::var("ZHENGKU_EDITS").ok().and_then(|n| n.parse().ok()).unwrap_or(25);
    let mut random = Random(13);
    let mut said = "the first".to_owned();
    for n in 0..edits {
        built(root, "kept", true, Searched::Later);
        let clean = root.join("clean");
        let _ = fs::remove_dir_all(&clean);
        built(root, "clean", false, Searched::Later);
        let (kept, clean) = (files(&root.join("kept")), files(&clean));
        let differs = kept.keys().chain(clean.keys()).find(|name| kept.get(*name) != clean.get(*name));
        assert_eq!(differs, None, "change {n}: {said}");
        said = change(root, &mut random);
    }
}

/// A page is made again where something of it has changed, and only there; what is made from the documents alone, the
/// index too, stands where only the look has changed.
#[test]
fn what_is_made_again() {
    let root = site();
    let root = root.path();
    let file = |name: &str| fs::metadata(root.join("kept").join(name)).expect(name).modified().expect("a time");
    let page = |root: &Path| contents(root)[0].file_stem().expect("a name").to_string_lossy().into_owned();
    let (document, data, index) =
        (format!("documents/{}.html", page(root)), "data/obligations.json", "search/index.json");
    let texts = format!("documents/{}.akn.xml", page(root));
    let times = || [document.as_str(), data, index, texts.as_str()].map(file);
    built(root, "kept", true, Searched::Now);
    let first = times();
    built(root, "kept", true, Searched::Now);
    assert_eq!(times(), first, "nothing has changed");

    fs::create_dir(root.join("templates")).expect("a folder");
    fs::write(root.join("templates/about.html"), "{% extends \"base.html\" %}\n").expect("a file");
    built(root, "kept", true, Searched::Now);
    let look = times();
    assert!(look[0] > first[0] && look[1..] == first[1..], "only the look");

    let last = contents(root).pop().expect("a document");
    let text = fs::read_to_string(&last).expect("a document");
    fs::write(&last, format!("{text}\n请认真执行。\n")).expect("a document");
    built(root, "kept", true, Searched::Now);
    let word = times();
    assert!(word[0] == look[0] && word[1] > look[1] && word[2] > look[2] && word[3] == look[3], "another document");
}
