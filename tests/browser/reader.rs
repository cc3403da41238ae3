//! 读公文: a reader's own file, read in the browser as the terminal reads it, and given to nobody.

use std::fs;
use std::io::Write as _;

use serde_json::{Value, json};

use super::{at, no_complaint};
use crate::support::chromium::{Page, Screen};
use crate::support::driver::{Site, repository};
use crate::support::files::{self, NOTICE};

/// Begins what is done with files: `of` makes one, `give` hands several over as a reader does.
const HANDS: &str = "window.of = (name, bytes) => new File([new Uint8Array(bytes)], name);
    window.give = (way, list) => {
        const given = new DataTransfer();
        for (const file of list) given.items.add(file);
        if (way === 'choose') {
            const input = document.querySelector('[data-reader] input[type=file]');
            input.files = given.files;
            input.dispatchEvent(new Event('change'));
        } else if (way === 'paste') {
            dispatchEvent(new ClipboardEvent('paste', { clipboardData: given }));
        } else {
            for (const name of ['dragover', 'drop'])
                document.body.dispatchEvent(new DragEvent(name, { dataTransfer: given, bubbles: true, cancelable: true }));
        }
    }; 0";

/// Catches the files that the page hands to the reader.
const CATCH: &str =
    "window.saved = []; URL.createObjectURL = (blob) => { saved.push(blob); return 'blob:' + location.origin + '/x'; };
    HTMLAnchorElement.prototype.click = function () { saved.at(-1).file = this.download; }; 0";

/// Opens the page; the module is there.
fn open(screen: Screen, before: &str) -> Option<Page> {
    let mut page = Page::open(screen)?;
    page.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": before }));
    page.go(&at("read/"));
    page.until("document.querySelector('.reader')?.hidden === false");
    page.value(HANDS);
    Some(page)
}

/// The page with a file that has been read, for those who judge what scripts draw.
pub(super) fn read_one(page: &mut Page) {
    page.until("document.querySelector('.reader')?.hidden === false");
    page.value(HANDS);
    give(page, "choose", &[("通知.docx", files::docx(&NOTICE)), ("照片.png", b"\x89PNG\r\n\x1a\n".to_vec())]);
    done(page, "照片.png");
}

fn give(page: &mut Page, way: &str, files: &[(&str, Vec<u8>)]) {
    let made: Vec<String> =
        files.iter().map(|(name, bytes)| format!("of({}, {})", json!(name), json!(bytes))).collect();
    page.value(&format!("give('{way}', [{}]); 0", made.join(",")));
}

/// Waits until a file has been read or refused.
fn done(page: &mut Page, name: &str) {
    page.until(&format!("document.querySelector('[data-reading={}]:not([aria-busy])')", json!(name)));
}

/// The text of an element within the part of a file.
fn said(page: &mut Page, name: &str, selector: &str) -> String {
    page.text(&format!("document.querySelector('[data-reading={}] {selector}')?.innerText", json!(name)))
}

/// JSON knows no difference between 90 and 90.0, and JavaScript writes the first.
fn plain(value: Value) -> Value {
    match value {
        Value::Number(n) => json!(n.as_f64()),
        Value::Array(list) => list.into_iter().map(plain).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, plain(value))).collect(),
        other => other,
    }
}

fn native(name: &str, bytes: &[u8]) -> Value {
    plain(serde_json::from_str(&reader::answer::answer(name, bytes)).expect("JSON"))
}

/// The sources of the cases that say what is found in documents.
fn cases() -> Vec<(String, Vec<u8>)> {
    let mut cases = Vec::new();
    for case in fs::read_dir(repository().join("crates/gongwen/tests/cases")).expect("a folder").flatten() {
        let mut files = fs::read_dir(case.path()).expect("a folder").flatten().map(|entry| entry.path());
        let source = files.find(|file| file.file_stem().is_some_and(|stem| stem == "source")).expect("a source");
        let kind = source.extension().unwrap_or_default().to_string_lossy().into_owned();
        let name = format!("{}.{kind}", case.file_name().to_string_lossy());
        cases.push((name, fs::read(source).expect("a file")));
    }
    cases.sort();
    cases
}

/// Fields of a task that only a site knows, or that name the document.
const OF_THE_SITE: [&str; 5] = ["id", "document", "url", "organs", "progress"];

/// What the page shows of a file is what `import` and `obligations` make of it.
#[test]
fn the_terminal_finds_the_same() {
    let folder = Site::new();
    let cases = cases();
    for (name, bytes) in &cases {
        folder.write(format!("来文/{name}"), bytes);
    }
    folder.run(&["import", "来文", "--twins"]);
    let listed: Value = serde_json::from_str(&folder.success(&["obligations", "--format", "json"])).expect("JSON");
    let without = |task: &Value| {
        let mut task = task.clone();
        let fields = task.as_object_mut().expect("a task");
        fields.retain(|name, _| !OF_THE_SITE.contains(&name.as_str()));
        plain(task)
    };
    let mut compared = 0;
    for content in fs::read_dir(folder.path("content")).expect("content").flatten() {
        let text = fs::read_to_string(content.path()).expect("a content file");
        let source = text.lines().find_map(|line| line.strip_prefix("file = \"")?.strip_suffix('"')).expect("a source");
        let id = content.path().file_stem().expect("a name").to_string_lossy().into_owned();
        let (_, bytes) = cases.iter().find(|(name, _)| name == source).expect("the case");
        let of_file = native(source, bytes)["found"]["tasks"].as_array().cloned().expect("tasks");
        let of_site = listed.as_array().into_iter().flatten().filter(|task| task["document"] == id.as_str());
        let [here, there] = [of_file.iter().map(without).collect(), of_site.map(without).collect::<Vec<_>>()];
        assert_eq!(here, there, "{source}");
        compared += 1;
    }
    assert!(compared > 60, "{compared} of {}", cases.len());
}

/// The module in the theme finds in every case what the program finds, read by the page's own worker and client.
#[test]
fn every_case_is_read_as_natively() {
    let Some(mut page) = open(Screen::Desktop, "") else { return };
    let began = page.value(
        "(async () => {
            const start = document.querySelector('script[src*=\"reader/start\"]').src;
            const { Reader } = await import(new URL('client.js', start));
            window.reader = new Reader(new URL(document.querySelector('[data-reader]').dataset.reader, document.baseURI), 60000);
            return true;
        })()",
    );
    assert_eq!(began, true);
    let cases = cases();
    assert!(cases.len() >= 70, "{}", cases.len());
    let mut found = 0;
    for (name, bytes) in &cases {
        let got = page.value(&format!("reader.read({}, new Uint8Array({}))", json!(name), json!(bytes)));
        let got = plain(got);
        assert_eq!(got, native(name, bytes), "{name}");
        found += got["found"]["tasks"].as_array().map_or(0, Vec::len);
    }
    assert!(found > 300, "{found} tasks in all");
    no_complaint(&mut page);
}

/// A file of each format, dropped, chosen or pasted: its title, who leads, by when, with the words marked, and not one
/// request to anybody.
#[test]
fn a_file_of_every_format() {
    let Some(mut page) = open(Screen::Desktop, "") else { return };
    // The first file waits for the module; after it nothing is fetched.
    give(&mut page, "choose", &[("通知.txt", files::txt(&NOTICE))]);
    done(&mut page, "通知.txt");
    page.take_requests();
    let formats: [(&str, Vec<u8>, &str); 6] = [
        ("通知.html", files::html(&NOTICE), "drop"),
        ("通知.docx", files::docx(&NOTICE), "choose"),
        ("通知.doc", files::doc(&NOTICE), "drop"),
        ("通知.rtf", files::rtf(&NOTICE), "paste"),
        ("通知.pdf", files::pdf(&NOTICE), "drop"),
        ("通知.ofd", files::ofd(&NOTICE), "choose"),
    ];
    let mut names = vec!["通知.txt"];
    for (name, bytes, way) in &formats {
        give(&mut page, way, &[(name, bytes.clone())]);
        names.push(name);
    }
    give(&mut page, "drop", &[("任务清单.xlsx", files::xlsx())]);
    for name in &names {
        done(&mut page, name);
        assert_eq!(said(&mut page, name, "h2"), NOTICE[0], "{name}");
        assert!(said(&mut page, name, ".facts-table").contains("云政办发〔2021〕12号"), "{name}");
        assert_eq!(said(&mut page, name, "h3"), "任务 2 项", "{name}");
        assert!(said(&mut page, name, ".t-who .r-lead").contains("市民政局"), "{name}");
        assert_eq!(said(&mut page, name, ".t-due time"), "2022年底前", "{name}");
        assert_eq!(said(&mut page, name, ".text .annotation"), "（市民政局牵头，市财政局配合）", "{name}");
        assert!(said(&mut page, name, ".citations").contains("《云河市养老服务条例》"), "{name}");
    }
    done(&mut page, "任务清单.xlsx");
    assert!(said(&mut page, "任务清单.xlsx", ".t-who .r-lead").contains("市民政局"));
    assert_eq!(page.text("document.querySelector('[data-reader-status]').innerText"), "读完 8 份");
    // A task leads to its words on the page: here to the row that is the task.
    page.tap("[data-reading='任务清单.xlsx'] .t-source a");
    page.until("document.querySelector(':target')?.innerText.includes('新建社区食堂')");
    page.value("document.querySelector('[data-reading=\"通知.docx\"] .t-source a').click()");
    page.until("document.querySelector('.annotation:target')");
    page.tap("[data-reading='通知.docx'] > button");
    page.until("!document.querySelector('[data-reading=\"通知.docx\"]')");
    // A pointer on its way over the search field has the field load its scripts, which know nothing of files.
    let of_field = |(url, _): &(String, u64)| url.contains("/assets/search.") && url.ends_with(".js");
    let asked: Vec<_> = page.take_requests().into_iter().filter(|request| !of_field(request)).collect();
    assert!(asked.is_empty(), "nothing leaves the page: {asked:?}");
    no_complaint(&mut page);
}

/// What is written into the field is read as a file is; the shown tasks can be taken along.
#[test]
fn a_text_and_the_files_of_its_tasks() {
    let Some(mut page) = open(Screen::Phone, "") else { return };
    page.value(CATCH);
    page.tap(".reader summary");
    page.value(&format!("document.querySelector('.reader textarea').value = {}; 0", json!(NOTICE.join("\n"))));
    page.tap(".reader button[type=submit]");
    done(&mut page, "粘贴的文字.txt");
    assert!(page.is("document.documentElement.scrollWidth <= innerWidth"));
    for (number, name) in ["CSV", "日历", "JSON", "Excel"].iter().enumerate() {
        page.tap(&format!("[data-file={name}]"));
        page.until(&format!("saved.length > {number}"));
    }
    let saved = page.value("saved.map((blob) => blob.file)");
    assert_eq!(
        saved,
        json!(["粘贴的文字-任务.csv", "粘贴的文字-任务.ics", "粘贴的文字-任务.json", "粘贴的文字-任务.xlsx"])
    );
    let text = |page: &mut Page, n: usize| page.text(&format!("saved[{n}].text()"));
    let csv = text(&mut page, 0);
    assert!(
        csv.lines()
            .nth(1)
            .is_some_and(|row| row.starts_with("分工,补齐设施,2022年底前新建社区食堂20个,市民政局,市财政局,")),
        "{csv}"
    );
    assert!(csv.contains("粘贴的文字.txt#一"), "{csv}");
    assert!(text(&mut page, 1).contains("DTSTART;VALUE=DATE:20221231"));
    let tasks: Value = serde_json::from_str(&text(&mut page, 2)).expect("JSON");
    assert_eq!(tasks[0]["lead"], json!(["市民政局"]));
    assert_eq!((&tasks[1]["kind"], &tasks[1]["due"]), (&json!("target"), &json!("2022-12-31")));
    let book = text(&mut page, 3);
    assert!(book.starts_with("PK") && book.contains("新建社区食堂20个"));
    no_complaint(&mut page);
}

/// What cannot be read is refused in the words of the terminal, and those after it are read.
#[test]
fn refusals_are_those_of_the_terminal() {
    let refused: [(&str, Vec<u8>); 5] = [
        ("扫描.pdf", files::scan()),
        ("加密.docx", files::encrypted()),
        ("照片.png", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("旧.rar", b"Rar!\x1a\x07\x00".to_vec()),
        ("数据.bin", vec![0, 1, 2, 0, 255]),
    ];
    let folder = Site::new();
    for (name, bytes) in &refused {
        folder.write(format!("来文/{name}"), bytes);
    }
    let terminal = folder.run(&["import", "来文"]).err;
    let Some(mut page) = open(Screen::Desktop, "") else { return };
    give(&mut page, "drop", &refused);
    give(&mut page, "drop", &[("通知.txt", files::txt(&NOTICE))]);
    done(&mut page, "通知.txt");
    for (name, _) in &refused {
        let (reason, help) = (said(&mut page, name, "[data-reason]"), said(&mut page, name, "[data-help]"));
        assert!(!reason.is_empty() && terminal.contains(&reason), "{name}: {reason}\n{terminal}");
        assert!(!help.is_empty() && terminal.contains(&help), "{name}: {help}\n{terminal}");
    }
    assert_eq!(said(&mut page, "扫描.pdf", "[data-reason]"), native("扫描.pdf", &refused[0].1)["refusal"]["reason"]);
    assert_eq!(page.text("document.querySelector('[data-reader-status]').innerText"), "读完 1 份，没有读 5 份");
    no_complaint(&mut page);
}

/// An archive is opened here: each of its files is read as if it had been unpacked.
#[test]
fn the_files_of_an_archive() {
    let options = zip::write::SimpleFileOptions::default();
    let stored = options.compression_method(zip::CompressionMethod::Stored);
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let notice = files::txt(&NOTICE);
    let files: [(&str, &[u8], _); 5] = [
        ("来文/通知.docx", &files::docx(&NOTICE), options),
        ("来文/通知.txt", &notice, stored),
        ("来文/照片.png", b"\x89PNG\r\n\x1a\n", stored),
        ("__MACOSX/._通知.txt", b"x", options),
        ("来文/里面还有.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", stored),
    ];
    for (name, bytes, options) in files {
        archive.start_file(name, options).expect("a file");
        archive.write_all(bytes).expect("its bytes");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    let Some(mut page) = open(Screen::Phone, "") else { return };
    give(&mut page, "choose", &[("材料.zip", bytes.clone())]);
    for name in ["来文/照片.png", "来文/通知.docx", "来文/通知.txt", "来文/里面还有.zip"] {
        done(&mut page, name);
    }
    assert_eq!(said(&mut page, "材料.zip", "[data-packed]"), "压缩包里有 4 份文件，逐份读在下面。");
    for name in ["来文/通知.docx", "来文/通知.txt"] {
        assert_eq!(said(&mut page, name, "h2"), NOTICE[0], "{name}");
    }
    assert_eq!(said(&mut page, "来文/照片.png", "[data-reason]"), "这是图片，没有文字可读");
    assert_eq!(said(&mut page, "来文/里面还有.zip", "[data-reason]"), "这是 ZIP 压缩包，这里一次读一份公文");
    assert_eq!(page.text("document.querySelector('[data-reader-status]').innerText"), "读完 2 份，没有读 2 份");
    assert!(page.is("document.documentElement.scrollWidth <= innerWidth"));
    // What cannot be unpacked is refused by itself.
    let at = bytes.windows(4).position(|w| w == b"PK\x01\x02").expect("a directory");
    let mut locked = bytes.clone();
    locked[at + 8] |= 1;
    give(
        &mut page,
        "drop",
        &[("有密码.zip", locked), ("空.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec())],
    );
    done(&mut page, "空.zip");
    assert_eq!(said(&mut page, "空.zip", "[data-reason]"), "压缩包里没有文件");
    page.until("document.querySelectorAll('[data-reading=\"来文/通知.docx\"] [data-reason]').length > 0");
    let told = ["压缩包里的这个文件打不开", "在电脑上解压，再把解压出来的文件放进来；有密码的要先输密码"];
    let reasons =
        page.text("[...document.querySelectorAll('[data-reason], [data-help]')].map((e) => e.innerText).join('\\n')");
    assert!(told.iter().all(|words| reasons.contains(*words)), "{reasons}");
    no_complaint(&mut page);
}

/// What a file does to the program is said, and the next one is read by a new one.
#[test]
fn a_crash_and_a_file_that_takes_too_long() {
    let crash = "const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (message, given) {
            if (message.name === '坏.txt') post.call(this, { name: message.name });
            else post.call(this, message, given);
        };";
    let Some(mut page) = open(Screen::Desktop, crash) else { return };
    give(&mut page, "drop", &[("坏.txt", b"a".to_vec()), ("通知.txt", files::txt(&NOTICE))]);
    done(&mut page, "通知.txt");
    assert_eq!(said(&mut page, "坏.txt", "[data-reason]"), "读这个文件时程序出错，没有读成");
    assert_eq!(said(&mut page, "坏.txt", "[data-help]"), "这是政库的缺陷；请把这个文件和这段话一起报告");
    assert_eq!(said(&mut page, "通知.txt", "h2"), NOTICE[0]);
    // Larger than a browser holds with ease: told before it is read.
    let large = "window.size = Object.getOwnPropertyDescriptor(Blob.prototype, 'size').get;
        Object.defineProperty(Blob.prototype, 'size', { get() { return this.name === '大.pdf' ? 65 << 20 : size.call(this); } }); 0";
    page.value(large);
    give(&mut page, "drop", &[("大.pdf", vec![1])]);
    page.until("[...document.querySelectorAll('[data-reason]')].some((e) => e.innerText === '文件太大：65 MB，这里最多读 64 MB')");
    drop(page);

    let hurried = "document.addEventListener('readystatechange', () => {
        const place = document.querySelector('[data-reader]');
        if (place) place.dataset.patience = 1;
    });";
    let Some(mut page) = open(Screen::Desktop, hurried) else { return };
    give(&mut page, "drop", &[("长.txt", NOTICE.join("\n\n").repeat(300).into_bytes())]);
    done(&mut page, "长.txt");
    assert_eq!(said(&mut page, "长.txt", "[data-reason]"), "读了 60 秒还没有读完，停下了");
    assert_eq!(said(&mut page, "长.txt", "[data-help]"), "在终端里用 zhengku import 读这个文件");
}

/// Without scripts the page says what it would do, and that files are not uploaded.
#[test]
fn without_scripts() {
    let Some(mut page) = Page::open(Screen::Phone) else { return };
    page.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    page.go(&at("read/"));
    let told = page.text("document.querySelector('[data-reader]').innerText");
    assert!(told.contains("不能在这里读文件") && told.contains("不会上传"), "{told}");
}
