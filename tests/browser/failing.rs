//! What a reader is told when something fails, and that asking again helps.

use std::fs;
use std::path::Path;

use super::{HOST, STATUS, found, no_complaint};
use crate::site::published::BUILT;
use crate::support::chromium::{Page, Screen};
use crate::support::driver::Site;
use crate::support::host::Host;

#[test]
fn a_broken_network() {
    let Some(mut page) = Page::open(Screen::Phone) else { return };
    let host = Host::of(&BUILT);
    for part in ["worker.js", "engine_bg.wasm", "search/index.json", "/chunks/"] {
        page.go(&host.url);
        host.fail(part, 503);
        page.tap(".search input");
        page.write("养老服务");
        page.until("document.querySelector('.failure')");
        // What was typed last has failed too.
        page.pause(500);
        assert!(page.is("document.querySelector('.failure').getAttribute('role') === 'alert'"));
        page.picture("failure");
        host.fail("", 0);
        page.tap(".failure button");
        page.until("document.querySelectorAll('.hit').length > 0");
        assert!(!page.is("document.querySelector('.failure')"), "{part}");
    }
}

/// The site is built anew while a reader has it open: the index that is there by then answers.
#[test]
fn a_site_that_is_built_anew() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    let folder = Site::new();
    copy(&BUILT, &folder.path("public"));
    let host = Host::of(&folder.path("public"));
    page.go(&format!("{}search/?q=%E6%B5%99%E6%94%BF%E5%8A%9E%E5%8F%91", host.url));
    found(&mut page, 1);
    // Words that the old index knows and whose texts it has not fetched yet; now they stand in two documents.
    let other = Site::new();
    for name in ["甲", "乙"] {
        let text = format!("# 关于家庭医生签约服务的通知（{name}）\n\n做好家庭医生签约服务工作。\n");
        other.write(format!("content/{name}.md"), text);
    }
    other.success(&["build"]);
    fs::remove_dir_all(folder.path("public/search")).expect("a folder");
    copy(&other.path("public/search"), &folder.path("public/search"));
    page.tap(".search input");
    page.value("document.querySelector('.search input').select()");
    page.write("家庭医生签约服务");
    found(&mut page, 2);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file");
        }
    }
}

/// Opened from a folder, where no browser lets a page read files, the search page says so.
#[test]
fn a_page_from_a_folder() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&format!("file://{}", BUILT.join("search/index.html").display()));
    page.until("!document.querySelector('[data-unserved]').hidden");
    page.tap(".search input");
    page.write("养老");
    page.pause(300);
    assert!(!page.is("document.querySelector('.search-view')"));
    no_complaint(&mut page);
}

/// Without scripts the field leads to the page that says how to search and lists everything.
#[test]
fn without_scripts() {
    let Some(mut page) = Page::open(Screen::Phone) else { return };
    page.call("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": true }));
    page.go(&HOST.url);
    page.tap(".search input");
    page.write("养老");
    page.press("Enter");
    page.await_load("the search page");
    page.until("location.pathname === '/policy/search/' && document.body.innerText.includes('没有启用脚本')");
    page.picture("without-scripts");
    assert!(page.is("document.querySelector('.search-help').innerText.includes('用空格分开，每个词都要有')"));
    for list in ["documents", "obligations", "organs", "replies"] {
        assert!(page.is(&format!("document.querySelector('.search-help a[href*={list}]')")), "{list}");
    }
    assert!(!page.is(STATUS));
    no_complaint(&mut page);
}
