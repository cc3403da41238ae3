//! The first page, the page for no address, deadlines as a picture, and light and dark.

use super::{HOST, no_complaint, to};
use crate::support::chromium::{Page, Screen};

/// What the site is for, the box, the entrances and the deadlines, against today.
#[test]
fn home_begins_with_the_box() {
    for screen in [Screen::Phone, Screen::Desktop] {
        let Some(mut page) = Page::open(screen) else { return };
        page.go(&HOST.url);
        assert!(page.is("document.querySelector('.search-home').getBoundingClientRect().bottom < innerHeight / 2"));
        assert_eq!(page.value("document.querySelectorAll('.search').length"), 1, "nothing twice");
        for folder in ["documents/", "replies/", "obligations/", "regions/", "organs/", "topics/", "deadlines/"] {
            assert!(page.is(&format!("document.querySelector('main a[href*=\"{folder}\"]')")), "{folder}");
        }
        assert_eq!(
            page.text("document.querySelector('[data-timeline-said]').textContent"),
            "26 项写明了期限：26 项已过，0 项还没到"
        );
        assert!(page.is("document.querySelectorAll('.timeline .bar').length > 3"));
        page.picture("home");
        no_complaint(&mut page);
    }
}

/// Deadlines are a picture with its table, and lead to what is overdue.
#[test]
fn deadlines_are_drawn() {
    for (screen, width) in [(Screen::Phone, 360), (Screen::Desktop, 768), (Screen::Desktop, 1440)] {
        let Some(mut page) = Page::open(screen) else { return };
        page.look(width, false);
        page.go(&to("deadlines/"));
        assert!(page.is("document.querySelectorAll('.timeline .bar').length > 3"));
        // Its years can be read at every width.
        let height = "[...document.querySelectorAll('.timeline text')].filter((t) => t.getClientRects().length)
            .map((t) => t.getBoundingClientRect().height)";
        assert!(page.is(&format!("{height}.length > 3 && {height}.every((h) => h >= 12)")), "at {width}");
        page.tap(".timeline summary");
        page.until("document.querySelector('.timeline table').innerText.includes('2018年1季度')");
        page.tap(".jump a");
        page.await_load("the task finder");
        page.until("document.querySelector('.tasks-status')?.textContent === '26 项，共 103 项'");
        no_complaint(&mut page);
    }
}

#[test]
fn an_address_without_a_page_offers_the_nearest() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&to("organs/吉林市卫生健康委.html"));
    page.until("document.querySelector('[data-near-list] a')");
    assert_eq!(page.text("document.querySelector('[data-near-list] a').textContent"), "吉林市卫生健康委员会");
    page.tap("[data-near-list] a");
    page.await_load("the organ");
    assert_eq!(page.text("document.querySelector('h1').textContent"), "吉林市卫生健康委员会");
    page.go(&to("nowhere"));
    page.tap(".search input");
    page.write("养老");
    page.until("document.querySelectorAll('.hit').length > 0");
}

/// What the reader chooses outweighs the system, and stays.
#[test]
fn light_and_dark() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.look(1280, false);
    page.go(&HOST.url);
    let colour = "getComputedStyle(document.body).backgroundColor";
    let light = page.text(colour);
    page.tap("[data-scheme]");
    let dark = page.text(colour);
    assert_ne!(light, dark);
    page.go(&to("about/"));
    assert_eq!(page.text(colour), dark);
    page.tap("[data-scheme]");
    assert_eq!(page.text(colour), light);
    no_complaint(&mut page);
}
