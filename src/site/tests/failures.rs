//! What a user meets when a build cannot be: every message, and the old site still in its place.

use std::fs;
use std::path::Path;

use super::*;

fn failure(root: &Path, theme: Option<&str>) -> String {
    match build_in(root, &fixture(), &Config::default(), theme) {
        Ok(_) => panic!("the build succeeded"),
        Err(e) => brief(&e).replace(&root.display().to_string(), "ROOT"),
    }
}

/// A message on few lines: where, what, why, what to do.
fn brief(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place.iter().map(|p| match p.extent() {
        Some((start, _)) => format!("{}:{}:{}：", p.file_name(), start.line, start.column),
        None => format!("{}：", p.file_name()),
    });
    let notes = diagnostic.notes.iter().map(|n| format!("\n  {n}"));
    let help = diagnostic.help.iter().map(|h| format!("\n  办法：{h}"));
    place.chain([diagnostic.message.clone()]).chain(notes).chain(help).collect()
}

fn write(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A template of the site with a fault, and the exact message.
#[test]
fn broken_templates() {
    let cases = [
        (
            "home.html",
            "<h1>\n  {{ site.titel }}</h1>",
            "templates/home.html:2:11：模板里的字段“titel”不存在\n  正在生成的页面：首页\n  办法：可用的有：base_url, description, icp, organisation, title",
        ),
        (
            "about.html",
            "{{ nothing }}",
            "templates/about.html:1:4：模板里的变量“nothing”不存在\n  正在生成的页面：about/\n  办法：可用的有：json_ld, named_index, page, site, up, v",
        ),
        (
            "home.html",
            "{% if %}",
            "templates/home.html:1:7：模板语法有误：这里不能是 `%}`，应为以下之一：integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[`、`(`",
        ),
        ("home.html", "{% if v %}", "templates/home.html:1:11：模板语法有误：模板没有写完"),
        ("home.html", "{{ title | shout }}", "templates/home.html:1:12：过滤器“shout”不存在"),
        ("home.html", "{% extends \"nowhere.html\" %}", "templates/home.html：继承的模板“nowhere.html”不存在"),
        (
            "home.html",
            "{{ asset(name=\"a.css\") }}",
            "templates/home.html:1:4：模板无法渲染：主题里没有资源文件“a.css”\n  正在生成的页面：首页",
        ),
    ];
    for (name, template, message) in cases {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), &format!("templates/{name}"), template);
        assert_eq!(failure(root.path(), None), message, "{template}");
        assert!(!root.path().join("public").exists());
    }
}

#[test]
fn a_template_that_is_not_text() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("templates")).unwrap();
    fs::write(root.path().join("templates/home.html"), [0xff, 0xfe, 0x00]).unwrap();
    assert_eq!(
        failure(root.path(), None),
        "读不了 ROOT/templates/home.html：不是 UTF-8 文本\n  办法：用 UTF-8 编码另存"
    );
}

#[test]
fn templates_of_the_site_stand_over_the_theme_and_the_theme_over_the_default() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "themes/plain/templates/about.html", "theme about {{ link(to=\"organs/\") }}");
    write(root.path(), "themes/plain/templates/home.html", "theme home");
    write(root.path(), "themes/plain/assets/style.css", "body{}");
    write(root.path(), "themes/plain/assets/search/results.js", "export const hit = 1;");
    write(root.path(), "themes/plain/assets/fonts/甲/a.woff2", "font");
    write(root.path(), "themes/plain/assets/.DS_Store", "no asset");
    write(root.path(), "templates/home.html", "site home");
    build_in(root.path(), &fixture(), &Config::default(), Some("plain")).unwrap();
    let read = |file: &str| fs::read_to_string(root.path().join("public").join(file)).unwrap();
    assert_eq!(read("index.html"), "site home");
    assert_eq!(read("about/index.html"), "theme about ../organs/index.html");
    let page = read("organs/index.html");
    let style = page.split("rel=\"stylesheet\" href=\"../").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(read(style), "body{}");
    // One script of a folder in the place of the built-in one, beside the others.
    let start = page.split("src=\"../").find(|rest| rest.contains("start.js")).unwrap().split('"').next().unwrap();
    assert_eq!(read(&start.replace("start.js", "results.js")), "export const hit = 1;");
    assert!(read(start).contains("import(") && read(&start.replace("start.js", "view.js")).contains("./results.js"));
    let folders = fs::read_dir(root.path().join("public/assets")).unwrap().flatten();
    let names: Vec<String> = folders.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    let fonts = names.iter().find(|name| name.starts_with("fonts.")).unwrap();
    assert_eq!(read(&format!("assets/{fonts}/甲/a.woff2")), "font");
    assert!(!names.iter().any(|name| name.contains("DS_Store")), "{names:?}");
}

#[test]
fn an_unknown_theme() {
    let root = tempfile::tempdir().unwrap();
    let nothing =
        "ROOT/themes：没有名为“红”的主题\n  办法：主题放在站点的 themes/主题名/ 文件夹里；不写 --theme 则用内置主题";
    assert_eq!(failure(root.path(), Some("红")), nothing);
    build_in(root.path(), &fixture(), &Config::default(), Some("default")).unwrap();
    write(root.path(), "themes/蓝/templates/home.html", "");
    assert_eq!(failure(root.path(), Some("红")), "ROOT/themes：没有名为“红”的主题\n  办法：现有的主题：蓝");
    assert_eq!(
        failure(root.path(), Some("../content")),
        "ROOT/themes：没有名为“../content”的主题\n  办法：现有的主题：蓝"
    );
}

/// Output folders that a build must not touch.
#[test]
fn refused_output_folders() {
    let root = tempfile::tempdir().unwrap();
    let content = root.path().join("site/content");
    fs::create_dir_all(content.join("a")).unwrap();
    write(root.path(), "photos/a.jpg", "");
    write(root.path(), "file", "");
    let other = "\n  办法：用 --output 另外指定一个文件夹，例如 public";
    let cases = [
        ("site", "它是站点的根目录", other),
        ("site/content", "它是（或包含）站点的 content 文件夹", other),
        ("site/content/a/b", "它在站点的 content 文件夹里", other),
        ("site/content/../content", "它是（或包含）站点的 content 文件夹", other),
        ("file", "它是一个文件，不是文件夹", other),
        (
            "photos",
            "里面有不是政库生成的文件",
            "\n  办法：换一个新的或空的文件夹；如果里面的文件确实不要了，请先自行清空",
        ),
    ];
    for (output, reason, help) in cases {
        let site = root.path().join("site");
        let output = root.path().join(output);
        let places = Places {
            root: &site,
            content: &content,
            output: &output,
            theme: None,
            kept: &Kept::new(),
            progress: &Default::default(),
            searched: Searched::Now,
            precompress: false,
        };
        let message = build(&fixture().corpus, Registry::builtin(), &Config::default(), places).unwrap_err();
        assert_eq!(brief(&message), format!("{}：不能把网站输出到这个文件夹：{reason}{help}", output.display()));
    }
    let site = root.path().join("site");
    let home = std::env::home_dir().unwrap();
    let cases = [(Path::new("/"), "它是整个文件系统的根目录"), (home.as_path(), "它是（或包含）你的主目录")];
    for (output, reason) in cases {
        let places = Places {
            root: &site,
            content: &content,
            output,
            theme: None,
            kept: &Kept::new(),
            progress: &Default::default(),
            searched: Searched::Now,
            precompress: false,
        };
        let message = build(&fixture().corpus, Registry::builtin(), &Config::default(), places).unwrap_err();
        assert_eq!(brief(&message), format!("{}：不能把网站输出到这个文件夹：{reason}{other}", output.display()));
    }
    assert!(root.path().join("photos/a.jpg").exists());
}

#[test]
fn an_output_folder_that_cannot_be_written() {
    let root = tempfile::tempdir().unwrap();
    let content = root.path().join("content");
    write(root.path(), "file", "");
    let output = root.path().join("file/public");
    let places = Places {
        root: root.path(),
        content: &content,
        output: &output,
        theme: None,
        kept: &Kept::new(),
        progress: &Default::default(),
        searched: Searched::Now,
        precompress: false,
    };
    let message = build(&fixture().corpus, Registry::builtin(), &Config::default(), places).unwrap_err();
    let expected = "：路径中有一级不是文件夹\n  办法：检查文件夹的权限和磁盘空间，或用 --output 另外指定一个文件夹";
    assert_eq!(brief(&message), format!("写不了 {}{expected}", output.display()));
}

/// The names in the site's root that a build leaves behind.
fn names(root: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(root).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_failed_build_leaves_the_old_site() {
    let root = tempfile::tempdir().unwrap();
    build_in(root.path(), &fixture(), &Config::default(), None).unwrap();
    let old = fs::read_to_string(root.path().join("public/index.html")).unwrap();
    // The last page to be rendered fails.
    write(root.path(), "templates/404.html", "{{ nothing }}");
    failure(root.path(), None);
    assert_eq!(fs::read_to_string(root.path().join("public/index.html")).unwrap(), old);
    assert_eq!(names(root.path()), ["content", "public", "templates"]);
}

#[test]
fn a_build_replaces_the_whole_site_and_clears_up_after_dead_ones() {
    let root = tempfile::tempdir().unwrap();
    build_in(root.path(), &fixture(), &Config::default(), None).unwrap();
    write(root.path(), "public/old.html", "of the old site");
    write(root.path(), ".public.zhengku-1-0/half.html", "of a killed build");
    let running = root.path().join(".public.zhengku-2-0");
    write(&running, "half.html", "of a build that still runs");
    let _hold = crate::system::hold(&running).unwrap();
    build_in(root.path(), &fixture(), &Config::default(), None).unwrap();
    assert!(!root.path().join("public/old.html").exists());
    assert!(root.path().join("public/index.html").exists());
    assert_eq!(names(root.path()), [".public.zhengku-2-0", "content", "public"]);
}

/// Killed between its two steps, where the system cannot swap folders at once.
#[test]
fn a_site_that_was_left_aside_is_brought_back() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), ".public.zhengku-old/index.html", "the old site");
    write(root.path(), ".public.zhengku-old/.zhengku-site", "");
    write(root.path(), "templates/404.html", "{{ nothing }}");
    failure(root.path(), None);
    assert_eq!(fs::read_to_string(root.path().join("public/index.html")).unwrap(), "the old site");
    assert_eq!(names(root.path()), ["content", "public", "templates"]);
}

#[test]
fn two_documents_with_one_address() {
    let root = tempfile::tempdir().unwrap();
    let mut f = fixture();
    let record = Facts { id: "青政发-2023-4".to_owned(), title: "同号".to_owned(), ..Facts::default() };
    f.add(policy(record, Vec::new()));
    let message = build_in(root.path(), &f, &Config::default(), None).unwrap_err();
    assert_eq!(brief(&message), "两个页面的地址相同：documents/青政发-2023-4.html\n  办法：给其中一份文件换一个 id");
}
