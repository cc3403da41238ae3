//! Staff: which tasks does an organ lead, due by when, which sentence says so; taken along and printed as shown.

use serde_json::{Value, json};

use super::{no_complaint, to};
use crate::support::chromium::{Page, Screen};
use crate::support::driver::{repository, zhengku};

/// 台州市民政局 leads, due before 2018-12-31.
const ASKED: &str = "obligations/?organ=台州市民政局&role=lead&before=2018-12-31";

const STATUS: &str = "document.querySelector('.tasks-status')?.textContent";
const ROWS: &str = "[...document.querySelectorAll('.tasks-table tbody tr:not(.space)')]";

/// Whoever, when and where are in view at every width, and nothing is wider than the screen.
#[test]
fn who_when_and_where_are_in_view() {
    for (screen, widths) in [(Screen::Phone, [360, 414]), (Screen::Desktop, [768, 1440])] {
        let Some(mut page) = Page::open(screen) else { return };
        for width in widths {
            page.look(width, false);
            page.go(&to(ASKED));
            page.until(&format!("{STATUS} === '1 项，共 103 项'"));
            page.until(&format!("{ROWS}[0].innerText.includes('台政办发〔2018〕31号')"));
            let seen = page.value(&format!(
                "[...{ROWS}[0].cells].map((c) => c.getBoundingClientRect()).every((r) => r.left >= 0 && r.right <= innerWidth)"
            ));
            assert_eq!(seen, Value::Bool(true), "{width}");
            for words in ["市民政局", "2018年1季度", "已过期限", "附件 2"] {
                assert!(page.is(&format!("{ROWS}[0].innerText.includes('{words}')")), "{width}: {words}");
            }
            assert!(page.is("document.documentElement.scrollWidth <= innerWidth"), "{width}");
        }
        no_complaint(&mut page);
    }
}

/// A reader narrows step by step; the address says what is shown, and the clause is one touch away.
#[test]
fn from_all_tasks_to_the_sentence() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&to("obligations/"));
    page.until(&format!("{STATUS} === '共 103 项任务'"));
    page.tap(".filter-value:has([name=organ][value=吉林市民政局])");
    page.until(&format!("{STATUS}.endsWith('项，共 103 项') && {STATUS} !== '共 103 项任务'"));
    let any = page.text(STATUS);
    page.value(
        "(() => { const role = document.querySelector('[name=role]'); role.value = 'lead';
        role.dispatchEvent(new Event('change')); })()",
    );
    page.until(&format!("{STATUS} === '2 项，共 103 项'"));
    assert_ne!(any, "2 项，共 103 项");
    assert!(page.is(&format!("{ROWS}.every((row) => row.querySelector('.r-lead').innerText.includes('市民政局'))")));
    let address = page.text("decodeURIComponent(location.search)");
    assert_eq!(address, "?role=lead&organ=吉林市民政局");
    // A count says how many there would be.
    assert!(
        page.is("[...document.querySelectorAll('.facet-groups .count')].every((c) => /^\\d+$/.test(c.textContent))")
    );
    // Sent to somebody else, it shows the same.
    page.go(&to(&format!("obligations/{address}")));
    page.until(&format!("{STATUS} === '2 项，共 103 项'"));
    assert!(page.is("document.querySelector('[name=organ][value=吉林市民政局]').checked"));
    // By keyboard from row to row.
    page.value(&format!("{ROWS}[0].querySelector('a').focus()"));
    page.press("ArrowDown");
    assert!(page.is(&format!("{ROWS}[1].contains(document.activeElement)")));
    page.press("Enter");
    page.await_load("the clause");
    assert!(page.is("document.querySelector(':target') && location.pathname.includes('/documents/')"));
    no_complaint(&mut page);
}

/// Words, a day and the order.
#[test]
fn words_and_order() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&to("obligations/?q=签约&sort=due"));
    page.until(&format!("{STATUS}?.endsWith('项，共 103 项')"));
    assert!(page.is(&format!("{ROWS}.length > 3 && {ROWS}.every((row) => row.textContent.includes('签约'))")));
    let days = format!("{ROWS}.map((row) => row.querySelector('time')?.dateTime ?? '9')");
    assert!(page.is(&format!("JSON.stringify({days}) === JSON.stringify({days}.sort())")));
    assert_eq!(page.text("document.querySelector('th.t-due').ariaSort"), "ascending");
    page.tap(".sort");
    page.until("document.querySelector('th.t-due').ariaSort === 'descending'");
    page.tap(".chosen");
    page.until(&format!("{STATUS} === '共 103 项任务'"));
    no_complaint(&mut page);
}

/// By the quarter in which they are due, in the panel, the address and the command.
#[test]
fn by_quarter() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&to("obligations/?quarter=2018-1"));
    page.until(&format!("{STATUS}?.endsWith('项，共 103 项')"));
    let days = page.value(&format!("{ROWS}.map((row) => row.querySelector('time').dateTime)"));
    let days = days.as_array().expect("days");
    assert!(
        !days.is_empty() && days.iter().all(|day| ("2018-01-01"..="2018-03-31").contains(&day.as_str().unwrap_or("")))
    );
    assert_eq!(page.text("document.querySelector('.chosen').textContent"), "到期季度：2018年1季度");
    assert!(page.is("document.querySelector('.filter-value:has([name=quarter][value=\"2018-1\"])').innerText.includes('2018年1季度')"));
    page.tap("[data-command]");
    page.until("document.querySelector('.tasks-ways output').textContent");
    let said = page.text("document.querySelector('.tasks-ways output').textContent");
    assert!(said.ends_with("zhengku obligations --due-after 2018-01 --due-before 2018-03"), "{said}");
    let root = repository().to_string_lossy().into_owned();
    let asked =
        ["obligations", "--due-after", "2018-01", "--due-before", "2018-03", "--format", "jsonl", "--root", &root];
    assert_eq!(zhengku(asked).out.lines().count(), days.len(), "the command gives the same");
    no_complaint(&mut page);
}

/// Catches the files that the page hands to the reader.
const CATCH: &str =
    "window.saved = []; URL.createObjectURL = (blob) => { saved.push(blob); return 'blob:' + location.origin + '/x'; };
    HTMLAnchorElement.prototype.click = function () {}; window.printed = 0; window.print = () => { printed += 1; }";

/// The files hold what the terminal writes for the command that the page gives, byte for byte.
#[test]
fn files_are_those_of_the_terminal() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    for asked in [ASKED, "obligations/?kind=commitment", "obligations/?topic=医养签约合作&kind=target&kind=duty"]
    {
        page.go(&to(asked));
        page.until(&format!("{STATUS}?.endsWith('项，共 103 项')"));
        page.value(CATCH);
        page.tap("[data-command]");
        page.until("document.querySelector('.tasks-ways output').textContent");
        let said = page.text("document.querySelector('.tasks-ways output').textContent");
        let command: Vec<&str> = said.rsplit('：').next().unwrap_or_default().split(' ').collect();
        assert_eq!(&command[..2], ["zhengku", "obligations"], "{said}");
        for (number, (name, format)) in [("CSV", "csv"), ("日历", "ics"), ("JSON", "json")].into_iter().enumerate() {
            page.tap(&format!("[data-file={name}]"));
            page.until(&format!("saved.length > {number}"));
            let got = page.text(&format!(
                "saved[{number}].arrayBuffer().then((b) => new TextDecoder('utf-8', {{ ignoreBOM: true }}).decode(b))"
            ));
            let root = repository().to_string_lossy().into_owned();
            let asked = command[1..].iter().copied().chain(["--format", format, "--root", &root]);
            let run = zhengku(asked);
            // The site was built for an address, and the terminal knows of none.
            let got = got.replace("https://example.gov.cn/policy/", "");
            let got: Vec<&str> = got.split("\r\n").collect();
            let bare = |line: &&&str| !line.starts_with("URL:") && !line.contains("%");
            if format == "ics" {
                let told: Vec<&str> = run.out.split("\r\n").collect();
                assert_eq!(got.iter().filter(bare).collect::<Vec<_>>(), told.iter().filter(bare).collect::<Vec<_>>());
            } else {
                assert_eq!(got, run.out.split("\r\n").collect::<Vec<_>>(), "{asked:?}", asked = command);
            }
        }
        page.tap("[data-file=Excel]");
        page.until("saved.length > 3");
        let bytes = page.value(
            "saved[3].arrayBuffer().then((b) => [...new Uint8Array(b)].map((n) => n.toString(16).padStart(2, '0')).join(''))",
        );
        let got = words(&unhex(bytes.as_str().expect("hexadecimal")));
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("任务.xlsx");
        let (root, to) = (repository().to_string_lossy().into_owned(), file.to_string_lossy().into_owned());
        let asked = ["--format", "xlsx", "--root", &root, "--output", &to];
        assert_eq!(zhengku(command[1..].iter().chain(&asked)).code, Some(0));
        let told = words(&std::fs::read(&file).expect("the workbook"));
        // The page says where it shows the same, which the terminal does not know.
        let got: Vec<&str> = got.lines().filter(|line| !line.contains("://")).collect();
        assert_eq!(got, told.lines().collect::<Vec<_>>(), "{command:?}");
    }
    no_complaint(&mut page);
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).expect("hexadecimal")).collect()
}

/// The words of a workbook, a row a line.
fn words(book: &[u8]) -> String {
    let reading = gongwen::read::read(book).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    reading.document.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// The sheet for a meeting, read as a PDF: every row whole, with the address and the day.
#[test]
fn the_printed_sheet_holds_the_rows() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&to("obligations/?kind=assignment"));
    page.until(&format!("{STATUS} === '35 项，共 103 项'"));
    page.value(CATCH);
    page.tap("[data-sheet]");
    page.until("printed === 1");
    let rows = page.value(&format!("{ROWS}.map((row) => [...row.cells].map((cell) => cell.innerText))"));
    let pdf = page.print();
    let text = printed(&pdf);
    for row in rows.as_array().expect("rows") {
        for cell in row.as_array().expect("cells") {
            for line in cell.as_str().unwrap_or_default().lines().map(plain).filter(|line| !line.is_empty()) {
                let start: String = line.chars().take(4).collect();
                assert!(text.contains(&start), "{line}");
            }
        }
    }
    assert!(text.contains("类别：分工") && text.contains("打印日期") && text.contains("kind=assignment"), "{text}");
    // A landscape page is wider than high.
    assert!(String::from_utf8_lossy(&pdf).contains("/MediaBox [0 0 841"), "landscape");
}

/// Without blanks, and with one shape of brackets and commas: a printer sets them as it likes.
fn plain(text: &str) -> String {
    let shape = |c| match c {
        '（' => '(',
        '）' => ')',
        '，' => ',',
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(shape).collect()
}

/// The words of a PDF.
fn printed(pdf: &[u8]) -> String {
    let reading = gongwen::read::read(pdf).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    plain(&reading.document.blocks.iter().map(|b| b.text.as_str()).collect::<String>())
}

/// Without scripts the same by links alone: kinds, regions, years and organs have tables of their own.
#[test]
fn without_scripts() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    page.go(&to("obligations/"));
    assert!(page.is("document.querySelectorAll('.tasks-table tbody tr').length === 103"));
    page.tap(".tabs a[href*=assignment]");
    page.await_load("the assignments");
    assert!(page.is("document.querySelectorAll('.tasks-table tbody tr').length === 35"));
    page.go(&to("organs/331000-民政.html"));
    assert!(page.is("document.querySelector('section.role h2').innerText.startsWith('牵头')"));
    assert!(page.is("document.querySelector('section.role .t-due time').innerText === '2018年1季度'"));
    page.tap("section.role .t-source a");
    page.await_load("the clause");
    assert!(page.is("document.querySelector(':target').innerText.includes('市民政局')"));
    page.go(&to("regions/331000.html"));
    page.tap(".jump a");
    page.await_load("the tasks of the region");
    assert!(page.is("document.querySelectorAll('.tasks-table tbody tr').length > 10"));
}
