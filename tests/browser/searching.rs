//! From the first key to the highlighted clause, as a person does it.

use super::{HOST, STATUS, at, found, no_complaint};
use crate::support::chromium::{Page, Screen};

/// All of it on one screen.
fn a_person_searches(screen: Screen) {
    let Some(mut page) = Page::open(screen) else { return };
    page.go(&HOST.url);
    let is_engine = |url: &str| ["/engine.", "/search/", "worker"].iter().any(|part| url.contains(part));
    let engine: Vec<_> = page.take_requests().into_iter().filter(|(url, _)| is_engine(url)).collect();
    assert_eq!(engine, [], "before the reader reaches for search");

    page.tap(".search input");
    page.write("医养");
    page.until("document.querySelectorAll('.hit').length > 0");
    page.write("结合");
    found(&mut page, 5);
    page.pause(300);
    page.picture("box");
    let marks = page.value("[...new Set([...document.querySelectorAll('.hit mark')].map((m) => m.textContent))]");
    assert_eq!(marks, serde_json::json!(["医养结合"]));
    assert!(page.is("document.querySelector('.search-panel [role=status]')"));
    let asked = page.take_requests();
    for (part, times) in [("engine_bg.wasm", 1), ("worker.js", 1), ("search/index.json", 1)] {
        assert_eq!(asked.iter().filter(|(url, _)| url.contains(part)).count(), times, "{part} in {asked:?}");
    }

    // All of them, narrowed to the replies.
    page.tap(".search-panel .all");
    page.await_load("the search page");
    found(&mut page, 5);
    assert_eq!(page.text("new URLSearchParams(location.search).get('q')"), "医养结合");
    if screen == Screen::Phone {
        page.tap(".filters > summary");
    }
    let count = "document.querySelector('.filter-value:has([name=kind][value=答复]) .count').textContent";
    assert_eq!(page.text(count), "2");
    page.tap(".filter-value:has([name=kind][value=答复])");
    found(&mut page, 2);
    assert_eq!(page.text("new URLSearchParams(location.search).get('kind')"), "答复");
    assert_eq!(page.value("document.querySelectorAll('.hit').length"), 2);
    // The others of the field can still be chosen, together with it.
    page.tap(".filter-value:has([name=kind][value=意见])");
    found(&mut page, 3);
    page.tap(".chosen:last-child");
    found(&mut page, 2);
    page.picture("page");

    // To the second passage of the first result, by keys.
    page.value("document.querySelector('.search input').focus()");
    for _ in 0..3 {
        page.press("ArrowDown");
    }
    assert!(page.is("document.activeElement === document.querySelectorAll('.passages a')[1]"));
    let path = page.text("document.activeElement.querySelector('.path').textContent");
    page.press("Enter");
    page.await_load("the document");
    page.until("document.querySelector('mark.now')");
    // The clause, which its heading follows.
    let clause = path.split('\u{3000}').next().unwrap_or_default();
    assert_eq!(path, format!("{clause}\u{3000}省民政厅工作开展情况"));
    assert_eq!(page.text("decodeURIComponent(location.hash.slice(1))"), clause);
    page.until(SEEN);
    assert!(
        page.is("(() => { const target = document.querySelector(':target'), mark = document.querySelector('mark.now');
         return target.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING; })()")
    );
    page.picture("marked");

    // And back to where the reader came from.
    page.value("history.back()");
    page.until("location.pathname.endsWith('/search/')");
    found(&mut page, 2);
    no_complaint(&mut page);
}

/// The hit that the reader was led to is in view and looks marked.
const SEEN: &str =
    "(() => { const mark = document.querySelector('mark.now'), { top, bottom } = mark.getBoundingClientRect();
    return mark.textContent === '医养结合' && top >= 0 && bottom <= innerHeight && bottom > top
        && getComputedStyle(mark).backgroundColor !== getComputedStyle(mark.parentNode).backgroundColor; })()";

#[test]
fn on_a_phone() {
    a_person_searches(Screen::Phone);
}

#[test]
fn on_a_desktop() {
    a_person_searches(Screen::Desktop);
}

/// An address that somebody sent opens with its results; what is typed goes into it.
#[test]
fn an_address_is_a_search() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&at("search/?q=%E5%8C%BB%E5%85%BB%E7%BB%93%E5%90%88&kind=%E9%80%9A%E7%9F%A5&unknown=x"));
    found(&mut page, 2);
    assert!(page.is("document.querySelector('[name=kind][value=通知]').checked"));
    assert!(page.is("document.title.startsWith('医养结合 · 搜索')"));
    assert!(page.is("document.querySelector('.search-help').hidden"));
    page.tap(".search input");
    page.write(" 老年人");
    page.until("new URLSearchParams(location.search).get('q') === '医养结合 老年人'");
    assert!(!page.is("location.search.includes('unknown')"));
    // Nothing typed is nothing searched.
    page.tap(".chosen");
    page.value("(() => { const q = document.querySelector('.search input'); q.select(); })()");
    page.press("Backspace");
    page.until("!document.querySelector('.search-help').hidden && location.search === ''");
    no_complaint(&mut page);
}

/// What stands nowhere is said, with what to do.
#[test]
fn nothing_is_found() {
    for screen in [Screen::Phone, Screen::Desktop] {
        let Some(mut page) = Page::open(screen) else { return };
        page.go(&at("search/"));
        page.picture("help");
        page.tap(".search input");
        page.write("家庭医笙");
        page.until(&format!("{STATUS} === '没有找到“家庭医笙”'"));
        assert!(page.is("document.querySelector('.nothing li')"));
        page.picture("nothing");
        page.until("document.querySelector('.suggestion')?.textContent === '家庭医生'");
        page.tap(".suggestion");
        page.until("document.querySelectorAll('.hit').length > 0");
        assert_eq!(page.text("document.querySelector('.search input').value"), "家庭医生");
        no_complaint(&mut page);
    }
}

/// A query for what somebody leads shows those tasks; other names of an organ are searched for too, and that is said.
#[test]
fn tasks_and_notices() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&at("search/?q=%E7%89%B5%E5%A4%B4%3A%E6%B0%91%E6%94%BF%E5%B1%80"));
    page.until("document.querySelectorAll('.tasks li').length > 1");
    assert!(page.is("[...document.querySelectorAll('.tasks .meta')].every((m) => m.textContent.includes('民政局'))"));
    page.picture("tasks");
    for task in [1, 2] {
        page.tap(&format!(".tasks li:nth-child({task}) a"));
        page.await_load("the clause");
        assert!(page.is("document.querySelector(':target') && decodeURIComponent(location.hash).length > 1"), "{task}");
        page.value("history.back()");
        page.until("document.querySelectorAll('.tasks li').length > 1");
    }
    // Sentences without a heading stand among the passages only.
    page.go(&at("search/?q=%E8%B4%A3%E4%BB%BB%E4%B8%BB%E4%BD%93%3A%E5%90%84%E5%9C%B0"));
    page.until("document.querySelectorAll('.hit mark').length > 0");
    assert!(!page.is("document.querySelector('.tasks')"));
    page.go(&at("search/?q=%E5%8D%AB%E5%81%A5%E5%A7%94"));
    page.until("document.querySelector('.notice')?.textContent.startsWith('也找了“卫健委”的其他写法：')");
    assert!(!page.is("document.querySelector('.tasks')"));
    no_complaint(&mut page);
}
