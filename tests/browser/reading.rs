//! Every kind of page, opened.

use serde_json::json;

use super::{at, no_complaint};
use crate::support::chromium::{Page, Screen};

const PAGES: &[&str] = &[
    "",
    "documents/",
    "documents/%E5%8F%B0%E6%94%BF%E5%8A%9E%E5%8F%91-2018-31.html",
    "documents/%E5%90%89%E5%8D%AB%E5%A4%8D%E8%AE%AE%E5%AD%97-2025-19.html",
    "obligations/",
    "organs/",
    "deadlines/",
    "replies/",
    "regions/",
    "instruments/",
    "lineage/",
    "about/",
    "search/",
    "read/",
];

/// No script fails, no policy is broken, nothing of the engine is loaded, and nothing is wider than the screen.
#[test]
fn every_page_opens_without_a_complaint() {
    for screen in [Screen::Phone, Screen::Desktop] {
        let Some(mut page) = Page::open(screen) else { return };
        for address in PAGES {
            page.go(&at(address));
            page.pause(100);
            assert_eq!(page.errors(), Vec::<String>::new(), "{address}");
            for (url, _) in page.take_requests() {
                assert!(!url.contains("/engine.") && !url.contains("/search/index.json"), "{address}: {url}");
            }
            // As narrow as a small phone, and as a desktop at 200 % zoom.
            for width in [320, 640] {
                let metrics = json!({ "width": width, "height": 640, "deviceScaleFactor": 1, "mobile": false });
                page.call("Emulation.setDeviceMetricsOverride", metrics);
                assert!(page.is("document.documentElement.scrollWidth <= innerWidth"), "{address} at {width}");
            }
        }
    }
}

/// Search as well on the narrowest screens.
#[test]
fn results_fit_a_small_phone() {
    let Some(mut page) = Page::open(Screen::Phone) else { return };
    let metrics = json!({ "width": 320, "height": 568, "deviceScaleFactor": 2, "mobile": true });
    page.call("Emulation.setDeviceMetricsOverride", metrics);
    page.go(&at("about/"));
    page.tap(".search input");
    page.write("医养结合");
    page.until("document.querySelectorAll('.hit').length > 0");
    assert!(page.is("document.querySelector('.search-panel').scrollWidth <= innerWidth"));
    let small = "[...document.querySelectorAll('.search-panel a, .search button')]
        .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 44)
        .map((e) => e.textContent.slice(0, 20))";
    assert_eq!(page.value(small), json!([]), "a finger meets what it aims at");
    page.tap(".search .close");
    assert!(!page.is("document.querySelector('.search.open')"));
    no_complaint(&mut page);
}
