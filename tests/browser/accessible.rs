//! axe-core finds nothing on any kind of page. It is no part of the repository: `cargo xtask test` puts it into
//! `target/judges`; without it the test says that it is skipped.

use serde_json::{Value, json};

use super::{no_complaint, reader, to};
use crate::support::chromium::{Page, Screen};
use crate::support::judges;

/// One of each kind.
pub const PAGES: &[&str] = &[
    "",
    "documents/",
    "documents/吉市政办发-2017-48.html",
    "documents/吉卫复议字-2025-19.html",
    "clauses/吉市政办发-2017-48/三_（一）.html",
    "obligations/",
    "obligations/assignment.html",
    "obligations/region-220200.html",
    "organs/",
    "organs/220200-卫生健康.html",
    "topics/",
    "topics/regions/",
    "topics/医养签约合作.html",
    "compare/台政办发-2018-31/吉市政办发-2017-48.html",
    "deadlines/",
    "deadlines/2018.html",
    "replies/",
    "promises/",
    "deputies/220000-王忠伟.html",
    "regions/",
    "regions/220200.html",
    "instruments/",
    "instruments/国办发-2015-84.html",
    "lineage/",
    "about/",
    "search/",
    "read/",
    "404.html",
    // What scripts draw: the explorer narrowed, results with tasks and named cards, a number that is answered with a card.
    "obligations/?organ=吉林市卫生健康委员会",
    "search/?q=养老服务",
    "search/?q=市民政局 牵头",
];

pub const RUN: &str = "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((n) => `${id}: ${n.html.slice(0, 160)}`)))";

/// The script of axe-core, which [`RUN`] asks.
pub fn axe() -> Option<String> {
    std::fs::read_to_string(judges::find("axe-core/axe.min.js")?).ok()
}

#[test]
fn axe_finds_nothing() {
    let Some(axe) = axe() else { return };
    for (screen, width) in [(Screen::Phone, 360), (Screen::Desktop, 1440)] {
        let Some(mut page) = Page::open(screen) else { return };
        for dark in [false, true] {
            page.look(width, dark);
            for address in PAGES {
                page.go(&to(address));
                drawn(&mut page, address);
                page.value(&format!("{axe}; 0"));
                let found = page.value(RUN);
                assert_eq!(found, json!([]), "{address} at {width}, dark: {dark}");
            }
        }
        no_complaint(&mut page);
    }
}

/// Nothing is on its way any more: the scripts have run, the explorer has its rows, a query its results.
const DRAWN: &str = "document.readyState === 'complete'
    && (!document.querySelector('[data-explorer]') || document.querySelector('.tasks-table .t-source a'))
    && (!new URLSearchParams(location.search).has('q') || document.querySelector('.hit'))";

/// Waits for what scripts draw; the page that reads is given a file.
fn drawn(page: &mut Page, address: &str) {
    page.until(DRAWN);
    if address == "read/" {
        reader::read_one(page);
    }
}

/// What a finger aims at is 24 units high at least; a link within a sentence is as high as its line.
#[test]
fn targets_are_large_enough() {
    let small = "[...document.querySelectorAll('main a, main button, main summary, footer a, header a')]
        .filter((e) => e.checkVisibility() && getComputedStyle(e).display !== 'inline' && e.getBoundingClientRect().height < 23.9)
        .map((e) => e.outerHTML.slice(0, 120))";
    let Some(mut page) = Page::open(Screen::Phone) else { return };
    page.look(360, false);
    for address in PAGES {
        page.go(&to(address));
        drawn(&mut page, address);
        let found: Value = page.value(small);
        assert_eq!(found, json!([]), "{address}");
    }
}
