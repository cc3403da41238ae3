//! The picture of who carries what down: as wide as its screen or scrolled in its frame, by pointer and by keyboard.

use serde_json::json;

use super::accessible::{RUN, axe};
use super::{no_complaint, to};
use crate::support::chromium::{Page, Screen};
use crate::support::driver::Site;
use crate::support::host::Host;

/// Every word in a picture stands inside its box.
const INSIDE: &str = "[...document.querySelectorAll('.picture a, .picture g')].every((g) => {
    const box = g.querySelector('rect').getBoundingClientRect();
    return [...g.querySelectorAll('text')].every((t) => {
        const { left, right, top, bottom } = t.getBoundingClientRect();
        return left >= box.left - 1 && right <= box.right + 1 && top >= box.top - 1 && bottom <= box.bottom + 1;
    });
})";

#[test]
fn at_three_widths() {
    for (screen, width) in [(Screen::Phone, 360), (Screen::Desktop, 768), (Screen::Desktop, 1440)] {
        let Some(mut page) = Page::open(screen) else { return };
        for (address, name) in
            [("lineage/", "lineage"), ("documents/台政办发-2018-31.html#zk-lineage", "lineage-document")]
        {
            page.look(width, false);
            page.go(&to(address));
            page.until("document.querySelector('.picture')");
            assert!(page.is("document.documentElement.scrollWidth <= innerWidth"), "{address} at {width}");
            assert!(page.is(INSIDE), "{address} at {width}");
            page.picture(&format!("{name}-{width}"));
        }
        // Two boxes and the document's own fit a phone without scrolling.
        assert!(page.is("document.querySelector('.picture-frame').scrollWidth <= document.querySelector('.picture-frame').clientWidth"));
        // The word at a line's end leads to the clause that says so, and a box to its document.
        assert!(page.is("[...document.querySelectorAll('.picture a:has(.word)')].length === 2"));
        page.tap(".picture a:has(.absent)");
        page.await_load("an instrument");
        assert!(page.is("document.querySelector('h1').innerText.startsWith('国务院办公厅转发')"));
        no_complaint(&mut page);
    }
}

/// With the numbers, which the five documents have not.
#[test]
fn what_became_of_the_numbers() {
    let site = Site::case("lineage").build();
    let host = Host::of(&site.path("public"));
    let at = |address: &str| {
        format!("{}{}", host.url, percent_encoding::utf8_percent_encode(address, percent_encoding::CONTROLS))
    };
    for (screen, width) in [(Screen::Phone, 360), (Screen::Desktop, 1440)] {
        let Some(mut page) = Page::open(screen) else { return };
        for dark in [false, true] {
            for address in ["lineage/", "documents/台政办发-2031-903.html"] {
                page.look(width, dark);
                page.go(&at(address));
                page.until("document.querySelector('.picture-row .picture')");
                assert!(page.is("document.documentElement.scrollWidth <= innerWidth"), "{address} at {width}");
                assert!(page.is(INSIDE), "{address} at {width}");
                page.picture(&format!("numbers-{width}-{dark}"));
                if let Some(axe) = axe() {
                    page.value(&format!("{axe}; 0"));
                    assert_eq!(page.value(RUN), json!([]), "{address} at {width}, dark: {dark}");
                }
            }
        }
        no_complaint(&mut page);
    }
}
