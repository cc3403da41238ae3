//! A deputy: from a number, a name or a session to the reply, what it promises, and whom to call.

use serde_json::json;

use super::{HOST, no_complaint, to};
use crate::support::chromium::{Page, Screen};

const REPLY: &str = "decodeURIComponent(location.pathname).endsWith('documents/吉卫复议字-2025-19.html')";

#[test]
fn a_number_leads_to_the_reply() {
    for (screen, width) in [(Screen::Phone, 360), (Screen::Desktop, 768), (Screen::Desktop, 1440)] {
        let Some(mut page) = Page::open(screen) else { return };
        for address in ["#0097", "?q=0097", "?q=97号建议", "replies/?q=第0097号"] {
            page.look(width, false);
            page.go("about:blank");
            page.go(&to(address));
            page.until(REPLY);
            page.until("document.querySelector('.promise .past-word')");
        }
        // The promise comes before the text, whole, with the day and the telephone.
        assert!(page.is(
            "document.querySelector('.promise').getBoundingClientRect().top < document.getElementById('zk-text').getBoundingClientRect().top"
        ));
        let promise = page.text("document.querySelector('.promise').innerText");
        assert!(
            promise.contains(
                "2025年计划累计培训医疗机构内医疗护理员的800人次，累计培训医疗机构内老年护理专业护士1000人次"
            ),
            "{promise}"
        );
        assert!(!promise.contains('…'), "{promise}");
        assert!(promise.contains("已过期限") && promise.contains("答复于 2025-05-22 至今"), "{promise}");
        assert_eq!(page.text("document.querySelector('.promise .tel').getAttribute('href')"), "tel:043188906382");
        page.picture("reply");
        no_complaint(&mut page);
    }
}

#[test]
fn a_name_leads_to_the_reply() {
    let Some(mut page) = Page::open(Screen::Phone) else { return };
    page.go(&HOST.url);
    page.tap(".search input");
    page.write("王忠伟代表");
    page.until("document.querySelector('.name-card a')?.textContent === '王忠伟'");
    page.tap(".name-card:nth-child(2) a");
    page.until(REPLY);
    no_complaint(&mut page);
}

/// By session, with what is past; and each deputy's page says what was promised to them.
#[test]
fn the_ledger_of_promises() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&to("replies/"));
    page.tap(".jump a");
    page.await_load("the ledger");
    assert!(
        page.is("[...document.querySelectorAll('h2')].some((h) => h.innerText.startsWith('省十四届人大四次会议'))")
    );
    assert_eq!(page.value("document.querySelectorAll('.promise').length"), 8);
    assert!(page.is("[...document.querySelectorAll('.promise')].some((p) => p.innerText.includes('已过期限'))"));
    assert!(page.is("[...document.querySelectorAll('.promise')].every((p) => p.querySelector('.tel'))"));
    page.go(&to("deputies/220000-王忠伟.html"));
    assert_eq!(page.value("document.querySelectorAll('#zk-promises .promise').length"), 4);
    no_complaint(&mut page);
}

#[test]
fn without_scripts() {
    let Some(mut page) = Page::open(Screen::Phone) else { return };
    page.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    page.go(&to("replies/"));
    assert!(page.is("document.querySelector('table').innerText.includes('0097')"));
    page.tap("td a[href*='2025-19']");
    page.await_load("the reply");
    assert_eq!(page.text("document.querySelector('.promise .tel').getAttribute('href')"), "tel:043188906382");
}
