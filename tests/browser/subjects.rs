//! Topics and comparisons on a phone.

use std::fmt::Write as _;

use super::{no_complaint, to};
use crate::support::chromium::{Page, Screen};
use crate::support::driver::Site;
use crate::support::host::Host;

/// A topic that many documents speak of begins with its words, not with room for what comes below.
#[test]
fn a_topic_of_many_documents_fills_the_first_screen() {
    let Some(mut page) = Page::open(Screen::Phone) else { return };
    let cities = ["海州", "云岭", "清河", "安远", "东湖", "临江"];
    let mut site = Site::new();
    for (i, year) in (2011..=2024).enumerate() {
        for (j, city) in cities.iter().enumerate() {
            let n = i * cities.len() + j;
            let mut text = format!(
                "# {city}市人民政府关于加强养老服务设施建设的意见\n\n{city}政发〔{year}〕{n}号\n\n各县（区）人民政府：\n\n"
            );
            for (k, word) in ["规划建设养老服务设施", "扩建养老服务设施", "管好养老服务设施"].iter().enumerate()
            {
                let number = ["一", "二", "三"][k];
                write!(
                    text,
                    "## {number}、{word}\n\n{year}年底前新增养老床位{}张。（责任单位：市民政局）\n\n",
                    100 + n
                )
                .expect("a text");
            }
            write!(text, "{city}市人民政府\n\n{year}年3月{}日\n", j + 1).expect("a text");
            site = site.file(format!("content/{city}-{year}.md"), text);
        }
    }
    let site = site.build();
    let host = Host::of(&site.path("public"));
    let topic = percent_encoding::utf8_percent_encode("养老服务设施", percent_encoding::NON_ALPHANUMERIC);
    page.go(&format!("{}topics/{topic}.html", host.url));
    assert_eq!(page.text("document.querySelector('h1').textContent"), "养老服务设施");
    // The characters that stand in each third of the first screen.
    let third = "(k) => { let n = 0; const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); \
                 while (walk.nextNode()) { const r = document.createRange(); r.selectNodeContents(walk.currentNode); \
                 for (const b of r.getClientRects()) if (b.width > 0 && b.top >= innerHeight * k / 3 && b.bottom <= innerHeight * (k + 1) / 3) \
                 n += Math.round(b.width / 16); } return n; }";
    for k in 0..3 {
        let characters = page.value(&format!("({third})({k})"));
        assert!(characters.as_u64() >= Some(12), "{characters} characters in third {k} of the screen");
    }
    page.picture("topic of many documents");
    no_complaint(&mut page);
}

/// What one of two documents does not say takes no room on a phone.
#[test]
fn a_comparison_shows_no_empty_cells() {
    let Some(mut page) = Page::open(Screen::Phone) else { return };
    page.go(&to("compare/苏卫老健-2023-4/吉市政办发-2017-48.html"));
    let shown =
        "[...document.querySelectorAll('main td')].filter((c) => c.getClientRects().length > 0 && c.offsetHeight > 0)";
    let cells = page.value(&format!("{shown}.length")).as_u64().unwrap_or_default();
    assert!(cells > 4, "{cells} cells");
    let empty = page.value(&format!("{shown}.filter((c) => /^[\\s—]*$/.test(c.textContent)).length"));
    assert_eq!(empty, 0, "of {cells} cells");
    no_complaint(&mut page);
}
