//! Themes and settings of the look: the example, blocks, colours, and what a template is given.

use snapbox::{assert_data_eq, str};

use crate::support::driver::{Site, contents, repository};

/// The theme of `examples/theme-harbour` in a site of its own.
pub fn harbour() -> Site {
    let theme = repository().join("examples/theme-harbour");
    let files = contents(&theme);
    let site = files.iter().fold(Site::case("yunhe"), |site, (file, bytes)| {
        site.file(std::path::Path::new("themes/harbour").join(file), bytes)
    });
    site.build_with(&["--theme", "harbour"])
}

/// It changes the colours, the home page and the foot of every page in under fifty lines; all else is as it was.
#[test]
fn a_theme_in_fifty_lines() {
    let theme = contents(&repository().join("examples/theme-harbour"));
    let lines: usize = theme.values().map(|bytes| bytes.iter().filter(|b| **b == b'\n').count()).sum();
    assert!(theme.len() == 3 && lines < 50, "{lines} lines in {} files", theme.len());

    let site = harbour();
    assert_eq!(site.broken_links(), Vec::<String>::new());
    let plain = Site::case("yunhe").build();
    let [home, document] = ["", "documents/云政办发-2021-12.html"].map(|page| (site.page(page), plain.page(page)));
    assert!(home.0.contains("class=\"harbour\"") && !home.1.contains("harbour"));
    assert!(document.0.contains("/harbour.") && document.0.contains("<article class=\"document\">"));
    let foot = |page: &str| page.split_once("<footer").map(|(_, foot)| foot.matches("<a ").count());
    assert_eq!((foot(&document.0), foot(&document.1)), (Some(1), Some(3)));
    // What stands between head and foot is the built-in theme's.
    let main = |page: &str| {
        let (_, rest) = page.split_once("<article").expect("the document");
        rest.split_once("</article>").expect("its end").0.to_owned()
    };
    assert_eq!(main(&document.0), main(&document.1));
}

/// What the settings say of the look stands on every page; each value is escaped.
#[test]
fn settings_of_the_look() {
    let settings = "title = \"甲\"\nlogo = \"crest.svg\"\ncolour = \"#0b5563\"\nfooter = \"热线 <12345>\"\n\
                    feedback = \"mailto:a@example.gov.cn\"\nicp = \"示ICP备1号\"\nlicence = \"CC BY 4.0\"\n\
                    licence_url = \"https://example.gov.cn/l\"\nrevision = \"一\"\n";
    let site = Site::of_one().file("zhengku.toml", settings).file("assets/crest.svg", "<svg/>").build();
    let page = site.page("organs/");
    for expected in [
        "<img class=\"logo\" src=\"../assets/crest.",
        "<link rel=\"stylesheet\" href=\"../assets/colour.",
        "<p>热线 &lt;12345&gt;</p>",
        "<a href=\"mailto:a@example.gov.cn\">反馈</a>",
        "示ICP备1号",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    let colour = contents(&site.path("public/assets"));
    let colour = colour.iter().find(|(file, _)| file.to_string_lossy().starts_with("colour.")).expect("a style sheet");
    assert!(colour.1.starts_with(b":root { --accent: #0b5563; }"));
    let about = site.page("about/");
    assert!(
        about.contains("内容版本：一。")
            && about.contains("<a rel=\"license\" href=\"https://example.gov.cn/l\">CC BY 4.0</a>")
    );
    // The command line stands over the settings.
    let site = site.build_with(&["--revision", "3f2a91c"]);
    assert!(site.page("about/").contains("内容版本：3f2a91c。"));
    // Who says nothing of it has nothing of it.
    let plain = Site::of_one().build();
    let page = plain.page("about/");
    assert!(!page.contains("class=\"logo\"") && !page.contains("colour.") && !page.contains("内容版本"));
    assert!(page.contains("本站没有另写使用许可"));
}

#[test]
fn a_logo_that_is_not_there() {
    let site = Site::of_one().file("zhengku.toml", "logo = \"crest.svg\"\n");
    assert_data_eq!(
        site.failure(&["build"]),
        str![[r#"
错误[config-logo]: 没有标志文件 crest.svg
--> zhengku.toml
 = 办法: 把它放在站点的 assets/ 文件夹里

"#]]
    );
}

/// The page about the site: what it holds, how right it is, how to cite.
#[test]
fn about() {
    let site = Site::case("yunhe").build_with(&["--base-url", "https://example.gov.cn/p"]);
    let page = site.page("about/");
    for expected in [
        "<tr><th scope=\"row\"><a href=\"../documents/\">文件</a></th><td class=\"n\">4</td></tr>",
        "<tr><th scope=\"row\"><a href=\"../lineage/\">上下级文件传导</a></th><td class=\"n\">3</td></tr>",
        "<tr><th scope=\"row\">公文要素</th><td>97.8% (403/412)</td><td>98.5% (403/409)</td></tr>",
        "<tr><th scope=\"row\">DOCX",
        "《青岚县人民政府关于加快居家适老化改造的实施意见》（青政发〔2023〕4号），<a href=\"../documents/青政发-2023-4.html#一\">一</a>，",
        "https://example.gov.cn/p/documents/青政发-2023-4.html#一</blockquote>",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
}

#[test]
fn what_a_template_is_given() {
    let site = Site::of_one();
    let run = site.success(&["build", "--dump-context", "organs/"]);
    let json: serde_json::Value = serde_json::from_str(&run).expect("JSON");
    assert_eq!(json["template"], "organs.html");
    assert_eq!(json["context"]["page"]["section"], "organs");
    assert!(!site.path("public").exists(), "nothing is built");
    assert_data_eq!(
        site.failure(&["build", "--dump-context", "organ/"]),
        str![[r#"
错误[site-page]: 没有这个网页：organ/
 |
 = 办法: 是不是 organs/？

"#]]
    );
}
