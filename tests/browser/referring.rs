//! A reference says what it leads to where the pointer or the focus rests on it, from pages that are there.

use serde_json::json;

use super::{no_complaint, to};
use crate::support::chromium::{Page, Screen};
use crate::support::driver::Site;
use crate::support::host::Host;

const CARD: &str = "document.querySelector('.preview:not([hidden])')?.innerText";

/// Rests the pointer on the first element of a selector, or takes it away.
fn rest(page: &mut Page, selector: Option<&str>) {
    let at = match selector {
        Some(selector) => page.value(&format!(
            "(() => {{ const e = document.querySelector({}); e.scrollIntoView({{ block: 'center' }});
               const r = e.getClientRects()[0]; return [r.x + 4, r.y + r.height / 2]; }})()",
            json!(selector)
        )),
        None => json!([2, 2]),
    };
    page.call("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": at[0], "y": at[1] }));
}

#[test]
fn a_preview_of_what_is_cited() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&to("documents/台政办发-2018-31.html"));
    page.pause(300);
    let pages = |page: &mut Page| page.take_requests().into_iter().filter(|(url, _)| url.ends_with(".html")).count();
    assert_eq!(pages(&mut page), 1, "nothing is loaded before it is asked for");
    rest(&mut page, Some("#zk-text a.cite:not(.held)"));
    page.until(&format!("{CARD}?.includes('本站没有这份文件的全文')"));
    assert!(
        page.is(
            "document.querySelector('#zk-text a.cite:not(.held)').getAttribute('aria-describedby') === 'zk-preview'"
        )
    );
    assert_eq!(pages(&mut page), 1);
    page.picture("preview");
    page.press("Escape");
    assert!(!page.is(CARD));
    rest(&mut page, None);
    page.pause(300);
    // By keyboard as by mouse, and gone with the focus.
    page.value("document.querySelector('#zk-text a.cite').focus()");
    page.until(CARD);
    page.value("document.activeElement.blur()");
    page.until(&format!("!{CARD}"));
    no_complaint(&mut page);
}

/// A document that is held: title, number, day, validity and the first words of the clause.
#[test]
fn a_preview_of_a_clause_that_is_held() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    let site = Site::case("yunhe").build();
    let host = Host::of(&site.path("public"));
    let encoded =
        |name: &str| percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string();
    page.go(&format!("{}documents/{}.html", host.url, encoded("云卫复字-2022-7")));
    rest(&mut page, Some("#zk-text a.cite.held"));
    page.until(CARD);
    let said = page.text(CARD);
    for words in [
        "云河市社区养老服务实施方案的通知",
        "云政办发〔2021〕12号",
        "2021-03-18",
        "有效期至2024年3月31日",
        "已经市政府同意",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    page.go(&format!("{}documents/{}.html", host.url, encoded("云政办发-2021-12")));
    rest(&mut page, Some("#zk-cited-by .paths a[href*='2022-7']"));
    page.until(CARD);
    let said = page.text(CARD);
    assert!(said.contains("一、工作开展情况 我委会同市民政局落实"), "{said}");
    // Words that point within the document, without a request.
    page.take_requests();
    rest(&mut page, Some("#zk-text a.ref[href='#二']"));
    page.until(&format!("{CARD}?.includes('二、主要任务')"));
    assert_eq!(page.take_requests(), []);
    no_complaint(&mut page);
}
