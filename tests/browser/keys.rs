//! By keyboard, and by input method.

use super::{HOST, at, found, no_complaint};
use crate::support::chromium::{Page, Screen};

const FOCUS: &str = "document.activeElement";

#[test]
fn a_slash_opens_and_escape_leads_back() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&at("documents/%E5%8F%B0%E6%94%BF%E5%8A%9E%E5%8F%91-2018-31.html"));
    // From a link far down the page, whose place is kept.
    page.value("document.querySelector('.text a:nth-of-type(1)[href]').focus(); scrollTo(0, 2000)");
    page.value("window.before = document.activeElement");
    let place = page.value("scrollY");
    page.press("/");
    page.until("document.activeElement === document.querySelector('.search input')");
    page.write("1/2");
    assert_eq!(page.text("document.querySelector('.search input').value"), "1/2", "in the field it is a character");
    page.value("document.querySelector('.search input').select()");
    page.write("养老服务");
    page.until("document.querySelectorAll('.search-panel .hit').length > 0");
    assert!(page.is("document.querySelector('.search').getBoundingClientRect().top >= 0"), "it comes to the reader");
    assert_eq!(page.value("scrollY"), place);
    page.picture("afloat");

    page.press("ArrowDown");
    assert!(page.is(&format!("{FOCUS} === document.querySelector('.hit a')")));
    page.press("ArrowDown");
    page.press("ArrowUp");
    page.press("ArrowUp");
    assert!(page.is(&format!("{FOCUS} === document.querySelector('.search input')")));
    page.press("ArrowDown");
    page.press("Escape");
    assert!(page.is("document.querySelector('.search-panel').hidden"));
    assert!(page.is(&format!("{FOCUS} === window.before")));
    assert_eq!(page.value("scrollY"), place);

    // Enter in the field leads to the search page, as without scripts.
    page.press("/");
    page.press("Enter");
    page.await_load("the search page");
    assert!(page.is("location.pathname.endsWith('/search/')"));
    found(&mut page, 5);
    no_complaint(&mut page);
}

/// What an input method shows while it is at work is not searched for, and its Enter confirms a word and nothing else.
#[test]
fn an_input_method_is_left_alone() {
    for screen in [Screen::Phone, Screen::Desktop] {
        let Some(mut page) = Page::open(screen) else { return };
        page.go(&HOST.url);
        page.tap(".search input");
        // Letters that stand in the texts: they would be found.
        for letters in ["e", "ex", "exce", "Excel"] {
            page.compose(letters);
            page.pause(200);
        }
        page.compose("一");
        page.pause(400);
        assert!(!page.is("document.querySelector('.hit, .nothing')"), "nothing was searched for");
        page.confirm();
        page.pause(200);
        assert!(page.is("location.pathname === '/policy/'"), "nobody was led away");
        page.call("Input.insertText", serde_json::json!({ "text": "养老服务" }));
        page.until("document.querySelectorAll('.hit').length > 0");
        no_complaint(&mut page);
    }
}

/// Without a mouse: the panel closes when the focus leaves it, and a click beside it closes it.
#[test]
fn leaving_closes() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&HOST.url);
    page.tap(".search input");
    page.write("养老服务");
    page.until("document.querySelectorAll('.hit').length > 0");
    page.tap(".hero p");
    assert!(page.is("document.querySelector('.search-panel').hidden"));
    page.tap(".search input");
    assert!(!page.is("document.querySelector('.search-panel').hidden"));
    page.value("document.querySelector('.doors a').focus()");
    assert!(page.is("document.querySelector('.search-panel').hidden"));
    no_complaint(&mut page);
}

/// Who leaves before the pause after the last key is over is not called back by results; they come when the reader does.
#[test]
fn leaving_at_once() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&HOST.url);
    page.tap(".search input");
    page.until("document.querySelector('.search.open')");
    page.write("养老服务");
    page.press("Escape");
    page.pause(500);
    assert!(page.is("document.querySelector('.search-panel').hidden"));
    page.tap(".search input");
    page.until("document.querySelectorAll('.search-panel .hit').length > 0");
    no_complaint(&mut page);
}
