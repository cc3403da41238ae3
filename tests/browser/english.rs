//! What scripts say in an interface in English: nothing in Chinese but words of documents and of the reader.

use std::sync::LazyLock;

use super::no_complaint;
use crate::site::english::{ENGLISH, left, names};
use crate::support::chromium::{Page, Screen};
use crate::support::host::Host;

static HOST: LazyLock<Host> = LazyLock::new(|| Host::of(&ENGLISH.path("public")));

/// Texts and attributes of the page that are Chinese and not marked as such.
const UNMARKED: &str = "(() => {
    const chinese = /[\\u2E80-\\u9FFF\\uF900-\\uFAFF\\uFF00-\\uFFEF]/;
    const own = (element) => element.closest('[lang]').getAttribute('lang') !== 'zh-CN';
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        const { parentElement: element, data } = text;
        if (chinese.test(data) && own(element) && !element.closest('script, .print-source, .sheet-head')) found.push(data);
    }
    for (const element of document.body.querySelectorAll('*')) {
        for (const name of ['title', 'aria-label', 'placeholder', 'data-label']) {
            const value = element.getAttribute(name);
            if (value && chinese.test(value) && own(element)) found.push(value);
        }
    }
    return found;
})()";

/// Nothing on the page is Chinese that is neither of documents nor among the words `typed`.
fn no_chinese(page: &mut Page, typed: &str) {
    let mut known = names(&ENGLISH);
    known.extend(typed.split_whitespace().map(str::to_owned));
    let found = page.value(UNMARKED);
    let found = found.as_array().cloned().unwrap_or_default();
    let own: Vec<&str> =
        found.iter().filter_map(|text| text.as_str()).filter(|text| !left(text, &known).is_empty()).collect();
    assert!(own.is_empty(), "{own:?}");
    assert!(page.is("document.documentElement.lang === 'en'"));
}

fn to(address: &str) -> String {
    let encoded = percent_encoding::utf8_percent_encode(address, percent_encoding::CONTROLS);
    format!("{}{encoded}", HOST.url)
}

#[test]
fn search_speaks_english() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&to(""));
    page.tap(".search input");
    page.write("养老服务");
    page.until("document.querySelector('.search-panel .search-status')?.textContent === '5 documents'");
    no_chinese(&mut page, "养老服务");
    for (query, said) in [
        ("台州市民政局", "document.querySelector('.name-card .tag')?.textContent === 'Body'"),
        ("王忠伟", "document.querySelector('.name-card .tag')?.textContent === 'Deputy'"),
        ("长护险", "document.querySelector('.notice')?.textContent.startsWith('Also searched for')"),
        ("市民政局 牵头 2018年底前", "document.querySelector('.understood')?.textContent.includes('Role: 牵头')"),
        ("牵头:市民政局", "document.querySelector('.found-tasks h2')?.textContent.startsWith('Matching tasks')"),
        ("甲乙丙丁戊己", "document.querySelector('.nothing')?.textContent.startsWith('You can try:')"),
    ] {
        page.go(&to(&format!("search/?q={query}")));
        page.until(said);
        page.until("!document.querySelector('[aria-busy]')");
        no_chinese(&mut page, query);
    }
    page.go(&to("search/?q=养老"));
    page.until("document.querySelector('.filter-group legend')?.textContent === 'Type'");
    page.tap(".filter-group input");
    page.until("document.querySelector('.filters summary').textContent === 'Filters (1 chosen)'");
    no_chinese(&mut page, "养老");
    no_complaint(&mut page);
}

#[test]
fn the_task_finder_speaks_english() {
    for screen in [Screen::Phone, Screen::Desktop] {
        let Some(mut page) = Page::open(screen) else { return };
        page.go(&to("obligations/"));
        page.until("document.querySelector('.tasks-status')?.textContent === '103 tasks'");
        no_chinese(&mut page, "");
        page.go(&to("obligations/?organ=台州市民政局&role=lead&before=2018-12-31&overdue=1&q=照护"));
        page.until("document.querySelector('.tasks-status')?.textContent.endsWith(' of 103')");
        page.until("document.querySelector('.tasks-table .past-word')?.textContent === 'Overdue'");
        let chips = page.text("[...document.querySelectorAll('.chosen')].map((c) => c.textContent).join(' | ')");
        assert_eq!(chips, "with \"照护\" | Role: Lead | Body: 台州市民政局 | due by 2018-12-31 | Overdue");
        no_chinese(&mut page, "照护");
        no_complaint(&mut page);
    }
}

/// Files are Chinese, whatever the page is: also what a workbook says was asked, where no command asks the same.
#[test]
fn a_workbook_is_chinese() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&to("obligations/?role=lead&kind=assignment&quarter=2018-1&q=照护"));
    page.until("document.querySelector('.tasks-status')?.textContent.endsWith(' of 103')");
    page.value("window.saved = []; URL.createObjectURL = (blob) => { saved.push(blob); return 'blob:' + location.origin + '/x'; }; HTMLAnchorElement.prototype.click = function () {}; 0");
    page.tap("[data-file=Excel]");
    page.until("saved.length === 1");
    let book = page.text("saved[0].text()");
    assert!(
        book.contains(">含“照护”，分工：牵头，类别：分工，到期季度：2018年1季度<"),
        "{}",
        &book[book.len() - 4000..]
    );
    assert!(!book.contains("Role: Lead"));
    no_complaint(&mut page);
}

#[test]
fn a_document_speaks_english() {
    let Some(mut page) = Page::open(Screen::Phone) else { return };
    page.go(&to("documents/台政办发-2018-31.html?mark=养老服务#二/（一）"));
    page.until("document.querySelector('.hit-bar')?.textContent.includes('Clear highlights')");
    page.until("document.querySelector('.clause-bar.on')");
    no_chinese(&mut page, "");
    page.tap("[data-clause-copy]");
    page.until("/^(Copied|Copy this by hand): 《/.test(document.querySelector('[data-clause-said]').textContent)");
    page.tap("[data-clause-contents]");
    page.until("document.querySelector('dialog[open] button')?.textContent === 'Close'");
    page.go(&to("organs/"));
    page.until("document.querySelector('[data-find] input')?.placeholder.startsWith('Part of its name')");
    page.tap("[data-find] input");
    page.write("民政");
    page.until("document.querySelector('[data-find] li')");
    no_chinese(&mut page, "");
    no_complaint(&mut page);
}
