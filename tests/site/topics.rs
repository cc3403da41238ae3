//! The pages of topics and comparisons, on the site of `cases/diff`.

use crate::support::driver::Site;

#[test]
fn two_documents_side_by_side() {
    let folder = Site::case("diff").build();
    assert_eq!(folder.broken_links(), Vec::<String>::new());
    let page = folder.read("public/compare/台州/吉市.html");
    for expected in [
        "<h1>对照：台州市2021 与 吉林市2017</h1>",
        "<section class=\"pair\" id=\"用地\">",
        // what is the same under another name
        "<li>同一领域：市自然资源和规划局与市国土局（自然资源）</li>",
        "<li>目标：不同 1 项（≥ 60% 对 40%，到2023年 对 到2020年）</li>",
        // both sides of a row
        "<tr><th scope=\"row\">牵头</th><td data-label=\"台州市2021\"><span class=\"nowrap\"><a class=\"chip lead\" href=\"../../organs/331000-卫生健康.html\">市卫生健康委</a></span></td>\
         <td data-label=\"吉林市2017\"><span class=\"nowrap\"><a class=\"chip lead\" href=\"../../organs/220200-卫生健康.html\">市卫生计生委</a></span></td></tr>",
        "<h2>仅吉林市2017有的主题</h2>",
        "<h2>仅台州市2021有的主题</h2>",
        // what the other only mentions
        "台州市2021只是提及：<a href=\"../../documents/台州.html#二/（三）\">二（三）</a>",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    // Both documents lead there.
    for document in ["台州", "吉市"] {
        let page = folder.read(format!("public/documents/{document}.html"));
        assert!(page.contains("href=\"../compare/台州/吉市.html\""), "{document}");
    }
    let index = folder.read("public/topics/index.html");
    assert!(index.contains("href=\"../compare/台州/吉市.html\">台州市2021 与 吉林市2017</a>"), "{index}");
}

/// A page sets the regions side by side, and names the documents that only mention the topic.
#[test]
fn a_topic_of_both() {
    let folder = Site::case("diff").build();
    let page = folder.read("public/topics/家庭医生签约.html");
    let (newer, older) = (page.find("<tr id=\"台州\">"), page.find("<tr id=\"吉市\">"));
    assert!(newer.is_some() && newer < older, "{page}");
    let page = folder.read("public/topics/长期护理保险.html");
    assert!(page.contains("<h2>只是提及的文件</h2>") && page.contains(">台政办发〔2021〕910号</a>"), "{page}");
    // A topic that nobody treats has no page.
    assert!(!folder.path("public/topics/水利.html").exists());
}

/// A site's own topic is one like any other.
#[test]
fn a_topic_of_the_site() {
    let folder = Site::of_one();
    folder.write("topics.toml", "[[topic]]\nid = \"总体要求\"\ntitles = [\"总体要求\"]\n");
    folder.success(&["build"]);
    assert!(folder.read("public/topics/总体要求.html").contains("一 总体要求"));
    assert!(
        folder
            .read("public/data/topics.json")
            .contains("\"id\":\"总体要求\",\"url\":\"topics/总体要求.html\",\"group\":\"其他\"")
    );
}
