//! The highlight on the page that a result leads to.

use serde_json::json;

use super::{at, no_complaint};
use crate::support::chromium::{Page, Screen};

/// 吉卫复议字〔2025〕18号, and 台政办发〔2018〕31号.
const REPLY: &str = "documents/%E5%90%89%E5%8D%AB%E5%A4%8D%E8%AE%AE%E5%AD%97-2025-18.html";
const NOTICE: &str = "documents/%E5%8F%B0%E6%94%BF%E5%8A%9E%E5%8F%91-2018-31.html";

/// The text of the document as it is without marks.
const ORIGINAL: &str = "fetch(location.pathname).then((r) => r.text()).then((html) => new DOMParser()
    .parseFromString(html, 'text/html').getElementById('zk-text').textContent)";

/// What each mark shows, parts of one hit put together.
const MARKED: &str = "[...document.querySelectorAll('mark')].map((m) => m.textContent).join('')";

#[test]
fn a_phrase_is_marked_across_elements_and_the_text_stays() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&at(REPLY));
    // The last words before a link and the first in it.
    let phrase = page.text(
        "(() => { const link = [...document.querySelectorAll('#zk-text p a.cite')]
            .find((a) => a.previousSibling?.data?.trim().length > 5);
         return link.previousSibling.data.trimEnd().slice(-4) + link.textContent.slice(0, 5); })()",
    );
    assert_eq!(phrase.chars().count(), 9, "{phrase}");
    // As it is printed; broken by spaces and a line; in other brackets and full width.
    let spaced: String = phrase.chars().flat_map(|c| [c, ' ', '\n']).collect();
    let shaped = phrase.replace('《', "〈").replace('（', "[").replace('〔', "【");
    for asked in [phrase.clone(), spaced, shaped] {
        let query = percent_encoding::utf8_percent_encode(&asked, percent_encoding::NON_ALPHANUMERIC).to_string();
        page.go(&at(&format!("{REPLY}?mark={query}")));
        page.until("document.querySelector('mark')");
        let marked = page.text(MARKED);
        assert!(marked.contains(&phrase), "{asked}: {marked}");
        assert!(page.is("document.querySelectorAll('mark').length > 1 && document.querySelector('a mark')"));
        let original = page.text(ORIGINAL);
        assert_eq!(page.text("document.getElementById('zk-text').textContent"), original);
    }
    let copied = "(() => { getSelection().selectAllChildren(document.getElementById('zk-text'));
        return getSelection().toString(); })()";
    let with = page.text(copied);
    page.tap(".hit-bar button:last-child");
    page.until("!document.querySelector('mark, .hit-bar')");
    assert_eq!(page.text(copied), with, "copying gives the original, with and without marks");
    assert!(!page.is("location.search.includes('mark')"));
    no_complaint(&mut page);
}

#[test]
fn from_hit_to_hit() {
    let Some(mut page) = Page::open(Screen::Phone) else { return };
    page.go(&at(&format!("{NOTICE}?mark=2018%E5%B9%B4&mark=%E5%85%BB%E8%80%81%E6%9C%BA%E6%9E%84")));
    page.until("document.querySelector('mark')");
    let both = page.value("[...new Set([...document.querySelectorAll('mark')].map((m) => m.textContent))].sort()");
    assert_eq!(both, json!(["2018年", "养老机构"]));
    assert!(
        !page.is("document.querySelector('mark.now')"),
        "an address without a clause leads to the head of the page"
    );
    assert_eq!(page.value("scrollY"), 0);
    let hits = page.value("document.querySelectorAll('mark').length");
    page.tap("[aria-label=下一处]");
    let said = page.text("document.querySelector('.hit-count').textContent");
    assert_eq!(said, format!("第 1 处，共 {hits} 处"));
    page.tap("[aria-label=上一处]");
    let said = page.text("document.querySelector('.hit-count').textContent");
    assert_eq!(said, format!("第 {hits} 处，共 {hits} 处"));
    page.until(
        "(() => { const { top, bottom } = document.querySelector('mark.now').getBoundingClientRect();
         return top >= 0 && bottom <= innerHeight; })()",
    );
    // An address means no harm.
    page.go(&at(&format!("{NOTICE}?mark=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&mark=&mark=%20#%E0%A4%A")));
    page.pause(200);
    assert!(!page.is("document.querySelector('mark, .hit-bar, img')"));
    no_complaint(&mut page);
}
