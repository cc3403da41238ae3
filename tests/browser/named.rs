//! Search that answers: the thing that a query names comes first, plain words are conditions, other words are said.

use super::{found, no_complaint, to};
use crate::support::chromium::{Page, Screen};

/// The first card that a query gets: its kind, its title.
#[test]
fn the_named_thing_comes_first() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    let table = [
        ("台州市民政局", "机关", "台州市民政局", "organs/"),
        ("市卫生计生委", "机关", "吉林市卫生健康委员会", "organs/"),
        ("王忠伟", "代表、委员", "王忠伟", "deputies/"),
        ("国办发〔2015〕84号", "文件", "关于推进医疗卫生与养老服务相结合指导意见的通知", "instruments/"),
        ("国办发(2015)84号", "文件", "关于推进医疗卫生与养老服务相结合指导意见的通知", "instruments/"),
        ("长护险", "主题", "长期护理保险", "topics/"),
        ("吉林市", "地区", "吉林市", "regions/"),
        ("0097", "答复", "关于引导公立医院（不局限于三级医院）成立或托管医养结合服务中心的建议", "documents/"),
    ];
    for (query, kind, title, folder) in table {
        page.go(&to(&format!("search/?q={query}")));
        page.until("document.querySelector('.name-card')");
        let card = page.value(
            "(() => { const c = document.querySelector('.name-card'); return [c.querySelector('.tag').innerText,
            c.querySelector('.title').innerText, c.querySelector('.title').href]; })()",
        );
        assert_eq!(card[0], kind, "{query}");
        assert!(card[1].as_str().is_some_and(|t| t.contains(title)), "{query}: {card}");
        assert!(card[2].as_str().is_some_and(|t| t.contains(folder)), "{query}: {card}");
    }
    no_complaint(&mut page);
}

/// 长护险 and 家医签约 stand in no document; what they are short for does.
#[test]
fn other_words_are_searched_for_and_said() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    for (query, notice) in [
        ("长护险", "也找了“长护险”的其他写法：长期护理保险。"),
        ("家医签约", "也找了“家医签约”的其他写法：家庭医生签约。"),
    ] {
        page.go(&to(&format!("search/?q={query}")));
        page.until("document.querySelectorAll('.hit').length > 1");
        assert_eq!(page.text("document.querySelector('.notice').textContent"), notice);
    }
    no_complaint(&mut page);
}

/// Names and titles are proposed while they are typed, before anything is searched for; the page of organs has a box.
#[test]
fn names_are_proposed_while_typing() {
    for screen in [Screen::Phone, Screen::Desktop] {
        let Some(mut page) = Page::open(screen) else { return };
        page.go(&to("about/"));
        page.tap(".search input");
        page.write("吉林市民");
        page.until("document.querySelector('.name-suggestions a')?.textContent === '吉林市民政局'");
        page.tap(".name-suggestions a");
        page.await_load("the organ");
        assert_eq!(page.text("document.querySelector('h1').textContent"), "吉林市民政局");
        // By a former name, and by a title.
        page.tap(".search input");
        page.write("市卫生计生");
        page.until("[...document.querySelectorAll('.name-suggestions a')].some((a) => a.textContent === '吉林市卫生健康委员会')");
        page.value("document.querySelector('.search input').select()");
        page.write("推进医疗卫生与养老服务融合发展");
        page.until("document.querySelector('.name-suggestions a')?.href.includes(encodeURI('吉市政办发-2017-48'))");
        page.go(&to("organs/"));
        page.tap("[data-find] input");
        page.write("计生");
        page.until("document.querySelectorAll('[data-find] li').length > 1");
        assert!(page.is(
            "[...document.querySelectorAll('[data-find] li')].some((li) => li.innerText.startsWith('吉林市卫生健康委员会'))"
        ));
        no_complaint(&mut page);
    }
}

#[test]
fn plain_words_are_conditions() {
    let Some(mut page) = Page::open(Screen::Desktop) else { return };
    page.go(&to("search/?q=市民政局 牵头 2018年底前"));
    page.until("document.querySelector('.found-tasks')");
    assert_eq!(
        page.value("[...document.querySelectorAll('.understood .chosen')].map((c) => c.textContent)"),
        serde_json::json!(["机关：市民政局", "分工：牵头", "2018年底前到期"])
    );
    assert_eq!(page.text("document.querySelector('.found-tasks h2').innerText"), "符合条件的任务 1 项");
    assert!(
        page.is("document.querySelector('.tasks .title').textContent === '建立全市老年照护需求评估相关制度及标准'")
    );
    page.picture("plain-words");
    // One is taken off.
    page.tap(".understood .chosen:nth-child(3)");
    page.until("document.querySelector('.found-tasks h2')?.innerText === '符合条件的任务 3 项'");
    assert_eq!(page.text("document.querySelector('.search input').value"), "市民政局 牵头");
    // All of them, in the explorer.
    page.tap(".understood a");
    page.await_load("the explorer");
    page.until("document.querySelector('.tasks-status')?.textContent === '3 项，共 103 项'");
    // Words of a text stay words.
    page.go(&to("search/?q=养老服务 护理"));
    found(&mut page, 5);
    assert!(!page.is("document.querySelector('.understood')"));
    no_complaint(&mut page);
}
