//! The site in a reader's browser: a real Chromium, a phone and a desktop screen, no cache, a plain static host.
//!
//! - `reading`: every kind of page opens without a complaint, also without scripts, and loads nothing of the engine
//! - `searching`: from the first key to the highlighted clause; `keys`: by keyboard and input method
//! - `marking`: what a result leads to; `failing`: what is said when something fails
//! - `clause`: a reader who lands on a clause; `tasks`: staff who narrow, take along and print tasks
//! - `referring`: what a reference leads to, before it is followed
//! - `lineage`: the picture of who carries what down
//! - `deputies`: from a number or a name to a promise; `named`: what a query names or means; `home`: home, 404, dark
//! - `subjects`: a topic of many documents, and two documents side by side, on a phone
//! - `jobs`: public, deputies and staff from where they begin to their end, at three widths, with scripts and without
//! - `english`: what scripts say in an interface in English
//! - `accessible`: axe-core finds nothing on any page; `pictures`: every page as people see it, for `cargo xtask screenshots`
//! - `preview`: the same under `zhengku serve`
//! - `reader`: a file of the reader's own
//! - `answers`: the engine in the browser answers as the one in the terminal

mod accessible;
mod answers;
mod clause;
mod deputies;
mod english;
mod failing;
mod home;
mod jobs;
mod keys;
mod lineage;
mod marking;
mod named;
mod pictures;
mod preview;
mod reader;
mod reading;
mod referring;
mod searching;
mod subjects;
mod tasks;

use std::sync::LazyLock;

use crate::site::published::BUILT;
use crate::support::chromium::Page;
use crate::support::host::Host;

/// The site of the five documents on its host.
static HOST: LazyLock<Host> = LazyLock::new(|| Host::of(&BUILT));

/// The address of a page of it.
fn at(address: &str) -> String {
    format!("{}{address}", HOST.url)
}

/// The same with a name in Chinese, which is encoded.
fn to(address: &str) -> String {
    const KEPT: percent_encoding::AsciiSet = percent_encoding::NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'.')
        .remove(b'#')
        .remove(b'?')
        .remove(b'=')
        .remove(b'&')
        .remove(b'-');
    at(&percent_encoding::utf8_percent_encode(address, &KEPT).to_string())
}

/// What the status line of the results says.
const STATUS: &str = "document.querySelector('.search-status')?.textContent";

/// Waits for the results, which say that there are so many.
fn found(page: &mut Page, documents: usize) {
    page.until(&format!("{STATUS} === '共 {documents} 份'"));
}

/// The end of a test: nothing was wrong that a reader would not have seen.
fn no_complaint(page: &mut Page) {
    assert_eq!(page.errors(), Vec::<String>::new());
}
