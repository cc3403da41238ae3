//! `zhengku serve` in a browser: the site under the policy that serve adds.

use std::fs;

use super::no_complaint;
use crate::support::chromium::{Page, Screen};
use crate::support::driver::Site;
use crate::support::server::Server;

#[test]
fn a_preview_searches_and_reloads() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    let site = Site::initialised();
    let server = Server::start(site.root(), &["--base", "policy"]);
    server.until("/policy/", |answer| answer.status == 200);
    page.go(&server.url());
    page.tap(".search input");
    page.write("服务网络");
    page.until("document.querySelectorAll('.hit mark').length > 0");
    no_complaint(&mut page);
    // What is changed is shown and searched without the reader's help.
    let path = site.path("content/示政办发-2025-1.md");
    let text = fs::read_to_string(&path).expect("the example");
    fs::write(&path, text.replace("服务网络", "服务体系网")).expect("the example");
    page.await_load("the page after the build");
    page.tap(".search input");
    page.write("服务体系网");
    page.until("document.querySelectorAll('.hit mark').length > 0");
    no_complaint(&mut page);
}
