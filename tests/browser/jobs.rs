//! The three readers' jobs, each from where it begins to its end, at three widths, with scripts and by links alone.

use serde_json::{Value, json};

use super::{BUILT, HOST, no_complaint, to};
use crate::support::chromium::{Page, Screen};

const SCREENS: [(Screen, u32); 3] = [(Screen::Phone, 360), (Screen::Desktop, 768), (Screen::Desktop, 1440)];

/// Does a job on every screen.
fn each(scripts: bool, job: fn(&mut Page)) {
    for (screen, width) in SCREENS {
        let Some(mut page) = Page::open(screen) else { return };
        page.look(width, false);
        if !scripts {
            page.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
        }
        job(&mut page);
        assert!(page.is("document.documentElement.scrollWidth <= innerWidth"), "at {width}");
        no_complaint(&mut page);
    }
}

/// Follows the first link of a selector that can be seen.
fn follow(page: &mut Page, selector: &str) {
    let link = format!("[...document.querySelectorAll({})].find((a) => a.checkVisibility())", json!(selector));
    page.until(&link);
    page.value(&format!("{link}.click()"));
    page.await_load(selector);
}

/// Waits until an element says the words: the bar of a clause shows once the page has scrolled.
fn says(page: &mut Page, selector: &str, words: &str) {
    page.until(&format!("document.querySelector({})?.innerText.includes({})", json!(selector), json!(words)));
}

/// 吉市政办发〔2017〕48号, 三（一）: where a search engine leads.
const LANDING: &str = "documents/吉市政办发-2017-48.html#三/（一）";

/// Whose it is and by when; the notice that it carries down; back; the same elsewhere.
fn public(page: &mut Page) {
    page.go(&to(LANDING));
    let card = "[id='三/（一）'] ~ .assigned";
    for words in ["市卫生计生委", "2018年"] {
        says(page, card, words);
    }
    says(page, ".clause-bar", "吉市政办发〔2017〕48号");
    follow(page, "#zk-text a.cite:not(.held)");
    says(page, "h1", "医疗卫生与养老服务相结合");
    says(page, "[data-not-held]", "没有这份文件的全文");
    follow(page, ".citations .paths a[href*='2017-48']");
    says(page, "h1", "推进医疗卫生与养老服务融合发展实施方案");
    follow(page, &format!("{card} .elsewhere a[href*='topics/']"));
    let places =
        page.value("new Set([...document.querySelectorAll('table.topic .place')].map((p) => p.innerText)).size");
    assert!(places.as_u64() > Some(1), "{places} places");
}

#[test]
fn the_public_from_a_clause_to_the_same_elsewhere() {
    each(true, public);
    each(false, public);
}

const TELEPHONE: &str = "document.querySelector('.promise .tel')?.getAttribute('href')";

/// From a number, from a name, and from a session to what was promised, and whom to call.
fn deputy(page: &mut Page) {
    page.go(&HOST.url);
    for (typed, card) in [("0097", 1), ("王忠伟代表", 2)] {
        page.tap(".search input");
        page.value("document.querySelector('.search input').select()");
        page.write(typed);
        follow(page, &format!(".name-card:nth-child({card}) a"));
        says(page, ".promise", "已过期限");
        assert_eq!(page.text(TELEPHONE), "tel:043188906382", "{typed}");
    }
    follow(page, ".site-head a[href*='replies/']");
    follow(page, ".jump a[href*='promises/']");
    let past = "[...document.querySelectorAll('.promise')].filter((p) => p.innerText.includes('已过期限')).length";
    assert_ne!(page.value(past), 0);
    says(page, "h2", "会议");
    follow(page, ".promise .meta a[href*='documents/']");
    assert!(page.text(TELEPHONE).starts_with("tel:"));
}

/// The same by links: the table of replies, the list of deputies, the ledger.
fn deputy_by_links(page: &mut Page) {
    page.go(&HOST.url);
    follow(page, ".door[href*='replies/']");
    assert!(page.is("[...document.querySelectorAll('td')].some((cell) => cell.innerText.includes('0097'))"));
    follow(page, "td a[href*='2025-19']");
    assert_eq!(page.text(TELEPHONE), "tel:043188906382");
    follow(page, ".site-head a[href*='replies/']");
    follow(page, "a[href*='deputies/'][href*='220000']");
    assert!(page.text(TELEPHONE).starts_with("tel:"));
    follow(page, ".site-head a[href*='replies/']");
    follow(page, ".jump a[href*='promises/']");
    assert!(page.is("document.querySelectorAll('h2').length > 1 && document.querySelector('.promise time')"));
}

#[test]
fn a_deputy_from_a_number_a_name_and_a_session_to_the_promise() {
    each(true, deputy);
    each(false, deputy_by_links);
}

const STATUS: &str = "document.querySelector('.tasks-status')?.textContent";
const ROWS: &str = "[...document.querySelectorAll('.tasks-table tbody tr:not(.space)')]";

/// From the question as people write it to the tasks that 市民政局 leads; to the sentence and back; taken along and printed.
fn staff(page: &mut Page) {
    page.go(&HOST.url);
    page.tap(".search input");
    page.write("市民政局 牵头 2018年底前");
    page.until("document.querySelectorAll('.understood .chosen').length === 3");
    follow(page, ".understood a");
    page.until(&format!("{STATUS} === '1 项，共 103 项'"));
    // One condition fewer: the days.
    page.tap(".chosen-ones .chosen:nth-child(4)");
    page.until(&format!("{STATUS} === '3 项，共 103 项'"));
    follow(page, ".tasks-table .t-source a");
    assert!(page.is("document.querySelector(':target') && document.getElementById('zk-text').contains(document.querySelector(':target'))"));
    page.value("history.back()");
    page.until(&format!("{STATUS} === '3 项，共 103 项' && {ROWS}.every((row) => row.querySelector('.t-source a'))"));
    let screen = page.value(&format!(
        "{ROWS}.map((row) => [row.querySelector('.task-title, a.said, .said').innerText, row.querySelector('.t-source').innerText])"
    ));
    let screen: Vec<[String; 2]> = serde_json::from_value(screen).expect("rows");
    page.value(
        "window.saved = []; URL.createObjectURL = (blob) => { saved.push(blob); return 'blob:' + location.origin + '/x'; };
        HTMLAnchorElement.prototype.click = function () {}; window.print = () => { window.printed = true; }; 0",
    );
    page.tap("[data-file=CSV]");
    page.until("saved.length === 1");
    let csv = page.text("saved[0].text()");
    let mut table = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<Vec<String>> =
        table.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    page.tap("[data-file=Excel]");
    page.until("saved.length === 2");
    let book = page.value("saved[1].arrayBuffer().then((b) => [...new Uint8Array(b)])");
    let book: Vec<u8> = serde_json::from_value(book).expect("bytes");
    let book = words(&book);
    page.tap("[data-sheet]");
    page.until("window.printed");
    let sheet = words(&page.print());
    assert_eq!(rows.len(), screen.len());
    for (row, [task, source]) in rows.iter().zip(&screen) {
        let [title, path] = [1, 17].map(|column| row[column].as_str());
        assert!(title == task && plain(source).ends_with(&plain(path)), "{row:?} is {task} {source}");
        for words in [&book, &sheet] {
            assert!(words.contains(&plain(task)), "{task} in {words}");
        }
    }
    assert_eq!(
        book.matches("台政办发〔2018〕31号附件").count() + book.matches("吉市政办发〔2017〕48号三").count(),
        rows.len()
    );
    assert!(sheet.contains("打印日期") && sheet.contains("role=lead"), "{sheet}");
}

/// Without blanks, and without what parts the steps of a path.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '/').collect()
}

/// The words of a file.
fn words(file: &[u8]) -> String {
    let reading = gongwen::read::read(file).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    plain(&reading.document.blocks.iter().map(|b| b.text.as_str()).collect::<String>())
}

/// The same by links: the organ, what it leads by date, the sentence; the table of all as files; the sheet on paper.
fn staff_by_links(page: &mut Page) {
    page.go(&HOST.url);
    follow(page, ".door[href*='obligations/']");
    for name in ["obligations.csv", "obligations.xlsx"] {
        assert!(page.is(&format!("document.querySelector('.downloads a[href$=\"data/{name}\"]')")));
        assert!(BUILT.join("data").join(name).is_file());
    }
    follow(page, ".site-head a[href*='organs/']");
    follow(page, "main a[href*='331000-%E6%B0%91%E6%94%BF'], main a[href*='331000-民政']");
    says(page, "section.role h2", "牵头");
    says(page, "section.role .t-due time", "2018年1季度");
    let task = page.text("document.querySelector('section.role .task-title').innerText");
    let sheet = words(&page.print());
    assert!(sheet.contains(&plain(&task)) && sheet.contains("2018年1季度"), "{task}: {sheet}");
    assert!(sheet.contains(&plain("example.gov.cn/policy/organs/")), "the address: {sheet}");
    follow(page, "section.role .t-source a");
    says(page, ":target", "市民政局");
}

#[test]
fn staff_from_a_question_to_the_sentence_the_files_and_the_sheet() {
    each(true, staff);
    each(false, staff_by_links);
}

/// An organ's page prints as a sheet for a meeting, a document as a document; both say where they are from.
#[test]
fn what_is_printed() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    for (address, landscape, holds, lacks) in [
        ("organs/331000-民政.html", true, "建立全市老年照护需求评估相关制度及标准", "在任务检索器里"),
        ("documents/吉市政办发-2017-48.html", false, "（一）提高医疗机构支持养老服务能力", "复制引用"),
        ("promises/", false, "已过期限", "订阅"),
    ] {
        page.go(&to(address));
        let pdf = page.print();
        let raw = String::from_utf8_lossy(&pdf).into_owned();
        // The tasks of a document are a sheet of their own behind it.
        let wide = raw.split("/MediaBox [0 0 ").nth(1).is_some_and(|first| first.starts_with("84"));
        assert_eq!(wide, landscape, "{address}");
        let text = words(&pdf);
        assert!(text.contains(holds), "{address}: {text}");
        assert!(!text.contains(lacks), "{address}: {text}");
        let stem: String = to(address).split("/policy/").nth(1).unwrap_or_default().chars().take(9).collect();
        assert!(text.contains(&plain(&stem)) && text.contains("打印日期"), "{address}: {text}");
        // Paper is white whatever the screen is.
        let dark = json!([{ "name": "prefers-color-scheme", "value": "dark" }]);
        page.call("Emulation.setEmulatedMedia", json!({ "media": "print", "features": dark }));
        assert_eq!(page.text("getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)", "{address}");
        page.call("Emulation.setEmulatedMedia", json!({ "media": "", "features": [] }));
    }
    no_complaint(&mut page);
}

/// A hundred thousand tasks: a key, a choice and a long way down stay quick, and only the rows near the screen are drawn.
#[test]
fn a_hundred_thousand_tasks() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    // The index of the site, every task a thousand times.
    let many = "const get = window.fetch; window.fetch = async (address, options) => {
        const response = await get(address, options);
        if (!String(address).endsWith('data/tasks/index.json')) return response;
        const index = await response.json();
        const documents = [], rows = [];
        const own = Map.groupBy(index.rows, (row) => row[1]);
        for (let n = 0; n < 1000; n += 1) for (const [at, list] of own) {
            documents.push(index.documents[at]);
            for (const row of list) rows.push([row[0], documents.length - 1, ...row.slice(2)]);
        }
        return new Response(JSON.stringify({ ...index, documents, rows }));
    };";
    page.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": many }));
    page.go(&to("obligations/"));
    page.until(&format!("{STATUS} === '共 103,000 项任务'"));
    let took = |page: &mut Page, change: &str, said: &str| -> u64 {
        let milliseconds = page.value(&format!(
            "new Promise((done) => {{
                const from = performance.now(), status = document.querySelector('.tasks-status');
                const look = () => status.textContent === {said} ? requestAnimationFrame(() => done(performance.now() - from)) : setTimeout(look, 5);
                {change}; look();
            }})",
            said = json!(said)
        ));
        milliseconds.as_f64().map_or(u64::MAX, |ms| ms as u64)
    };
    let choose = "document.querySelector('[name=kind][value=assignment]').click()";
    let chosen = took(&mut page, choose, "35,000 项，共 103,000 项");
    assert!(chosen < 2_000, "{chosen} ms to choose");
    let drawn = page.value(&format!("{ROWS}.length")).as_u64();
    assert!(drawn < Some(400), "{drawn:?} rows drawn");
    page.value("scrollTo(0, document.documentElement.scrollHeight / 2)");
    page.until(&format!("{ROWS}.some((row) => {{ const {{ top, bottom }} = row.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }})"));
    let drawn = page.value(&format!("{ROWS}.length")).as_u64();
    assert!(drawn < Some(600), "{drawn:?} rows drawn in the middle");
    assert_eq!(page.value("document.querySelectorAll('.tasks-table tbody tr.space').length > 500"), Value::Bool(true));
}
