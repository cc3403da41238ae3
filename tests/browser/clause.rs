//! A reader who lands on a clause from a search engine: which document it is, the way on, who does it by when, and the
//! same elsewhere.

use super::{no_complaint, to};
use crate::support::chromium::{Page, Screen};

/// 吉市政办发〔2017〕48号, 三（一）: assigned, with targets.
const CLAUSE: &str = "documents/吉市政办发-2017-48.html#三/（一）";

const BAR: &str = "document.querySelector('.clause-bar')";

#[test]
fn a_clause_says_what_it_is_of_and_leads_on() {
    for screen in [Screen::Phone, Screen::Desktop] {
        let Some(mut page) = Page::open(screen) else { return };
        page.go(&to(CLAUSE));
        page.until(&format!("{BAR}.classList.contains('on')"));
        page.until("document.querySelector('.clause-now').textContent === '三（一）'");
        assert!(page.is(&format!(
            "{BAR}.getBoundingClientRect().top === 0 && {BAR}.checkVisibility({{visibilityProperty: true}})"
        )));
        assert!(page.is(&format!("{BAR}.innerText.includes('吉市政办发〔2017〕48号')")));
        assert!(page.is("document.querySelector('.clause-document a').getBoundingClientRect().width > 60"));
        // The heading that the address names is not hidden behind the bar.
        assert!(page.is(&format!(
            "document.querySelector(':target').getBoundingClientRect().top >= {BAR}.getBoundingClientRect().bottom"
        )));
        page.tap("[data-clause-after]");
        page.until("document.querySelector('.clause-now').textContent === '三（二）'");
        assert_eq!(page.text("decodeURIComponent(location.hash)"), "#三/（二）");
        page.tap("[data-clause-before]");
        page.until("document.querySelector('.clause-now').textContent === '三（一）'");
        page.tap("[data-clause-contents]");
        page.until("document.querySelector('.contents-sheet[open] [aria-current=location]')");
        let here = page.text("document.querySelector('.contents-sheet [aria-current]').textContent");
        assert!(here.starts_with("（一）提高医疗机构支持养老服务能力"), "{here}");
        page.tap(".contents-sheet .plain-button");
        page.tap("[data-clause-copy]");
        page.until("document.querySelector('.clause-said').textContent");
        let said = page.text("document.querySelector('.clause-said').textContent");
        let cited = "《吉林市人民政府办公厅关于印发推进医疗卫生与养老服务融合发展实施方案的通知》（吉市政办发〔2017〕48号）三（一）";
        assert!(said.ends_with(cited), "{said}");
        page.picture("clause");
        no_complaint(&mut page);
    }
}

/// One card, below all the words that it sums up; its targets lead to their words, these to their record and back.
#[test]
fn a_clause_is_summed_up_once() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&to(CLAUSE));
    let part = "(() => { const parts = []; for (let e = document.getElementById('三/（一）').nextElementSibling;
        e && !e.matches('[id]'); e = e.nextElementSibling) parts.push(e.classList.contains('assigned') ? 'card' : 'words');
        return parts.join(' '); })()";
    assert_eq!(page.text(part), "words words card");
    let card = "document.querySelector('[id=\"三/（一）\"] ~ .assigned')";
    for words in ["牵头", "市卫生计生委", "配合", "目标", "2018年", "别处怎么写", "医疗机构开展养老服务"]
    {
        assert!(page.is(&format!("{card}.innerText.includes('{words}')")), "{words}");
    }
    // Who leads stands once in it, and is no red text besides.
    assert_eq!(page.value(&format!("{card}.innerText.split('市卫生计生委').length - 1")), 1);
    let colour = |of: &str| format!("getComputedStyle(document.querySelector('{of}')).color");
    let (words, soft) = (page.text(&colour("#zk-text .annotation")), page.text(&colour(".assigned b")));
    assert_eq!(words, soft);
    page.value(&format!("{card}.querySelector('.aims a').click()"));
    page.until("document.querySelector('.found:target')");
    assert!(page.is("document.querySelector('.found:target').textContent.startsWith('到2020年')"));
    page.value("document.querySelector('.found:target + .to-record').click()");
    page.until("document.querySelector('tr:target')");
    assert!(page.is("document.querySelector('tr:target').innerText.includes('二级以上综合医疗资质')"));
    page.value("document.querySelector('tr:target a').click()");
    page.until("document.querySelector('.found:target')");
    page.value(&format!("{card}.querySelector('.elsewhere a').click()"));
    page.await_load("the topic");
    assert!(page.is("document.querySelectorAll('table.topic tbody tr').length > 1"), "the same in several places");
    no_complaint(&mut page);
}

/// The cited notice that the site does not hold has a page, and that leads back to the clause.
#[test]
fn a_cited_notice_and_back() {
    let Some(mut page) = Page::open(Screen::Phone) else { return };
    page.go(&to("documents/台政办发-2018-31.html"));
    page.value("document.querySelector('#zk-text a.cite:not(.held)').click()");
    page.await_load("the instrument");
    assert!(page.is("location.pathname.includes('/instruments/')"));
    page.value("[...document.querySelectorAll('.citations .paths a')].find((a) => a.href.includes(encodeURI('台政办发'))).click()");
    page.await_load("the clause");
    assert!(page.is("decodeURIComponent(location.pathname).endsWith('台政办发-2018-31.html')"));
    no_complaint(&mut page);
}

/// A clause that assigns, promises or sets a target has a short page of its own, for whoever comes from a search engine:
/// whose it is, the sentence, who and by when, the same elsewhere, the next one, and the whole text.
#[test]
fn a_page_of_its_own() {
    let own = "clauses/吉市政办发-2017-48/三_（一）.html";
    for (screen, width) in [(Screen::Phone, 360), (Screen::Desktop, 768), (Screen::Desktop, 1440)] {
        let Some(mut page) = Page::open(screen) else { return };
        page.look(width, false);
        page.go(&to(own));
        let said = page.text("document.querySelector('main').innerText");
        for words in [
            "三（一） 提高医疗机构支持养老服务能力",
            "《吉林市人民政府办公厅关于印发推进医疗卫生与养老服务融合发展实施方案的通知》（吉市政办发〔2017〕48号）",
            "2017-",
            "牵头 市卫生计生委",
            "别处怎么写",
        ] {
            assert!(said.contains(words), "{words}\n{said}");
        }
        assert_eq!(
            page.text("decodeURI(document.querySelector('link[rel=canonical]').href)"),
            format!("https://example.gov.cn/policy/{own}"),
            "it competes with no other address"
        );
        assert!(page.is("document.documentElement.scrollWidth <= innerWidth"));
        page.picture("own-page");
        page.tap(".ways-on [rel=next]");
        page.await_load("the next clause");
        assert!(page.is("document.querySelector('h1').innerText.startsWith('三（二）')"));
        page.tap(".ways-on [rel=prev]");
        page.await_load("the clause");
        page.tap(".ways-on .step");
        page.await_load("the text");
        assert!(page.is("document.querySelector(':target').innerText.startsWith('（一）提高医疗机构')"));
        no_complaint(&mut page);
    }
    let Some(mut page) = Page::open(Screen::Phone) else { return };
    page.call("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": true }));
    page.go(&to(CLAUSE));
    page.tap("[id='三/（一）'] ~ .assigned .alone");
    page.await_load("its own page");
    assert!(page.is("document.querySelector('h1').innerText.startsWith('三（一）')"));
    let map = std::fs::read_to_string(crate::site::published::BUILT.join("sitemap.xml")).expect("a map");
    assert!(
        map.contains("/policy/clauses/%E5%90%89%E5%B8%82%E6%94%BF%E5%8A%9E%E5%8F%91-2017-48/%E4%B8%89_%EF%BC%88"),
        "{map}"
    );
}

/// Without scripts the title and the number stay in sight, with the way to the contents.
#[test]
fn without_scripts_the_document_stays_named() {
    let Some(mut page) = Page::open(Screen::Phone) else { return };
    page.call("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": true }));
    page.go(&to(CLAUSE));
    assert!(page.is(&format!("Math.abs({BAR}.getBoundingClientRect().top) < 1")));
    assert!(
        page.is(&format!("{BAR}.innerText.includes('吉市政办发〔2017〕48号') && {BAR}.innerText.includes('目录')"))
    );
    assert!(!page.is("document.querySelector('[data-clause-copy]').checkVisibility()"));
    page.tap("[data-clause-contents]");
    page.until("location.hash === '#zk-toc'");
}
