//! Output folders that a build refuses, templates that fail, and a build that is killed: the old site stays whole.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use snapbox::{assert_data_eq, str};

use crate::support::driver::{Site, command, contents};

#[test]
fn folders_that_a_build_refuses() {
    let folder = Site::of_one();
    folder.write("照片/一.jpg", "");
    folder.write("文件", "");
    let before = contents(&folder.path(""));
    let said = |output: &str| folder.failure(&["build", "--output", output]);
    assert_data_eq!(
        said("/"),
        str![[r#"
错误[site]: 不能把网站输出到这个文件夹：它是整个文件系统的根目录
--> /
 = 办法: 用 --output 另外指定一个文件夹，例如 public

"#]]
    );
    assert_data_eq!(
        said("."),
        str![[r#"
错误[site]: 不能把网站输出到这个文件夹：它是站点的根目录
--> .
 = 办法: 用 --output 另外指定一个文件夹，例如 public

"#]]
    );
    assert_data_eq!(
        said("content"),
        str![[r#"
错误[site]: 不能把网站输出到这个文件夹：它是（或包含）站点的 content 文件夹
--> content
 = 办法: 用 --output 另外指定一个文件夹，例如 public

"#]]
    );
    assert_data_eq!(
        said("content/public"),
        str![[r#"
错误[site]: 不能把网站输出到这个文件夹：它在站点的 content 文件夹里
--> content/public
 = 办法: 用 --output 另外指定一个文件夹，例如 public

"#]]
    );
    assert_data_eq!(
        said("照片"),
        str![[r#"
错误[site]: 不能把网站输出到这个文件夹：里面有不是政库生成的文件
--> 照片
 = 办法: 换一个新的或空的文件夹；如果里面的文件确实不要了，请先自行清空

"#]]
    );
    assert_data_eq!(
        said("文件"),
        str![[r#"
错误[site]: 不能把网站输出到这个文件夹：它是一个文件，不是文件夹
--> 文件
 = 办法: 用 --output 另外指定一个文件夹，例如 public

"#]]
    );
    assert_data_eq!(
        said("文件/public"),
        str![[r#"
错误[io-not-folder]: 写不了 文件/public：路径中有一级不是文件夹
 |
 = 办法: 检查文件夹的权限和磁盘空间，或用 --output 另外指定一个文件夹

"#]]
    );
    assert_data_eq!(
        said(&"长".repeat(300)),
        str![[r#"
错误[io-name]: 写不了 长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长：文件名太长，或者有系统不许用的字符
 |
 = 办法: 检查文件夹的权限和磁盘空间，或用 --output 另外指定一个文件夹

"#]]
    );
    assert_data_eq!(
        said(".."),
        str![[r#"
错误[site]: 不能把网站输出到这个文件夹：它是（或包含）站点的 content 文件夹
--> ..
 = 办法: 用 --output 另外指定一个文件夹，例如 public

"#]]
    );
    assert!(contents(&folder.path("")) == before);
}

/// Where even root may not write.
#[test]
fn a_folder_that_cannot_be_written() {
    if !Path::new("/sys/kernel").is_dir() {
        eprintln!("skipped: no /sys here, and elsewhere root may write");
        return;
    }
    let folder = Site::of_one();
    assert_data_eq!(
        folder.failure(&["build", "--output", "/sys/zhengku"]),
        str![[r#"
错误[io-permission]: 写不了 /sys/zhengku：没有权限
 |
 = 办法: 检查文件夹的权限和磁盘空间，或用 --output 另外指定一个文件夹

"#]]
    );
    assert_data_eq!(
        folder.failure(&["import", "content/甲.md", "--root", "/sys"]),
        str![[r#"
错误[io-permission]: 写不了 /sys/content：没有权限
 |
 = 办法: 改文件的权限，或者换一个位置

"#]]
    );
}

#[test]
fn templates_that_fail() {
    let folder = Site::of_one();
    folder.success(&["build"]);
    let before = contents(&folder.path("public"));
    let said = |name: &str, text: &str| {
        folder.write(format!("templates/{name}"), text);
        // From outside the site as from within.
        let outside = command().args(["build", "--root"]).arg(folder.path("")).output().expect("the program runs");
        let said = folder.failure(&["build"]);
        assert_eq!(String::from_utf8_lossy(&outside.stderr), said);
        fs::remove_file(folder.path("templates").join(name)).expect("a file");
        said
    };
    assert_data_eq!(
        said("home.html", "<h1>\n{% if v %}\n  {{ v }\n"),
        str![[r#"
错误[site]: 模板语法有误：这里不能是 `}`，应为}}
 --> templates/home.html:3:8
  |
3 |   {{ v }
  |        ^

"#]]
    );
    assert_data_eq!(
        said("home.html", "<h1>\n  {{ site.titel }}</h1>"),
        str![[r#"
错误[site]: 模板里的字段“titel”不存在
 --> templates/home.html:2:11
  |
2 |   {{ site.titel }}</h1>
  |           ^
  |
  = 原因: 正在生成的页面：首页
  = 办法: 可用的有：base_url, description, icp, language, organisation, title

"#]]
    );
    assert_data_eq!(
        said("document.html", "<p>{{ v.record.titel }}</p>"),
        str![[r#"
错误[site]: 模板里的字段“record”不存在
 --> templates/document.html:1:9
  |
1 | <p>{{ v.record.titel }}</p>
  |         ^
  |
  = 原因: 正在生成的页面：documents/甲.html
  = 办法: 可用的有：alternates, cited_by, cites, compared, counts, date, effective, expires, facts, issuers, kind, number, obligations, promises, repeals, timeline, title, title_inferred, topics

"#]]
    );
    assert_data_eq!(
        said("about.html", "{{ nothing }}"),
        str![[r#"
错误[site]: 模板里的变量“nothing”不存在
 --> templates/about.html:1:4
  |
1 | {{ nothing }}
  |    ^
  |
  = 原因: 正在生成的页面：about/
  = 办法: 可用的有：json_ld, named_index, page, site, up, v

"#]]
    );
    assert_data_eq!(
        said("about.html", "{{ site.title | shout }}"),
        str![[r#"
错误[site]: 过滤器“shout”不存在
 --> templates/about.html:1:17
  |
1 | {{ site.title | shout }}
  |                 ^

"#]]
    );
    assert_data_eq!(
        said("about.html", "{% include \"nowhere.html\" %}"),
        str![[r#"
错误[site]: 引用的模板“nowhere.html”不存在
 --> templates/about.html:1:12
  |
1 | {% include "nowhere.html" %}
  |            ^

"#]]
    );
    assert_data_eq!(
        said("about.html", "{{ link(to=3) }}"),
        str![[r#"
错误[site]: 模板无法渲染：Invalid type for the value, expected `&str` but got `i64`
 --> templates/about.html:1:4
  |
1 | {{ link(to=3) }}
  |    ^
  |
  = 原因: 正在生成的页面：about/

"#]]
    );
    assert_data_eq!(
        said("base.html", "{% block main %}"),
        str![[r#"
错误[site]: 模板语法有误：模板没有写完
 --> templates/base.html:1:17
  |
1 | {% block main %}
  |                 ^

"#]]
    );
    assert_data_eq!(
        said("home.html", "{% extends \"nowhere.html\" %}"),
        str![[r#"
错误[site]: 继承的模板“nowhere.html”不存在
--> templates/home.html

"#]]
    );
    assert_data_eq!(
        said("home.html", "{{ asset(name=\"a.css\") }}"),
        str![[r#"
错误[site]: 模板无法渲染：主题里没有资源文件“a.css”
 --> templates/home.html:1:4
  |
1 | {{ asset(name="a.css") }}
  |    ^
  |
  = 原因: 正在生成的页面：首页

"#]]
    );
    assert_data_eq!(
        said("home.html", "{% if %}"),
        str![[r#"
错误[site]: 模板语法有误：这里不能是 `%}`，应为以下之一：integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[`、`(`
 --> templates/home.html:1:7
  |
1 | {% if %}
  |       ^

"#]]
    );
    assert!(contents(&folder.path("public")) == before);
}

#[test]
fn a_theme_that_is_not_there() {
    let folder = Site::of_one();
    folder.write("themes/蓝/templates/home.html", "<h1>蓝</h1>");
    assert_data_eq!(
        folder.failure(&["build", "--theme", "红"]),
        str![[r#"
错误[site]: 没有名为“红”的主题
--> themes
 = 办法: 现有的主题：蓝

"#]]
    );
}

#[test]
fn a_template_that_is_not_text() {
    let site = Site::of_one().file("templates/home.html", [0xff, 0xfe, 0x00]);
    assert_data_eq!(
        site.failure(&["build"]),
        str![[r#"
错误[io-encoding]: 读不了 templates/home.html：不是 UTF-8 文本
 |
 = 办法: 用 UTF-8 编码另存

"#]]
    );
}

/// The site's own templates stand over the theme's, and those over the built-in ones; so do scripts and styles.
#[test]
fn templates_stand_over_each_other() {
    let site = Site::of_one()
        .file("themes/plain/templates/about.html", "theme about {{ link(to=\"organs/\") }}")
        .file("themes/plain/templates/home.html", "theme home")
        .file("themes/plain/assets/style.css", "body{}")
        .file("themes/plain/assets/search/results.js", "export const hit = 1;")
        .file("themes/plain/assets/fonts/甲/a.woff2", "font")
        .file("themes/plain/assets/.DS_Store", "no asset")
        .file("templates/home.html", "site home")
        .build_with(&["--theme", "plain"]);
    assert_eq!(site.page(""), "site home");
    assert_eq!(site.page("about/"), "theme about ../organs/index.html");
    let page = site.page("organs/");
    let style = page.split("rel=\"stylesheet\" href=\"../").nth(1).and_then(|rest| rest.split('"').next());
    assert_eq!(site.page(style.expect("a style sheet")), "body{}");
    // One script of a folder in the place of the built-in one, beside the others.
    let start = page.split("src=\"../").find(|rest| rest.contains("start.js")).and_then(|rest| rest.split('"').next());
    let start = start.expect("a script");
    assert_eq!(site.page(&start.replace("start.js", "results.js")), "export const hit = 1;");
    let view = site.page(&start.replace("start.js", "view.js"));
    assert!(site.page(start).contains("import(") && view.contains("./results.js"));
    let assets: Vec<String> =
        contents(&site.path("public/assets")).keys().map(|f| f.to_string_lossy().replace('\\', "/")).collect();
    assert!(assets.iter().any(|f| f.starts_with("fonts.") && f.ends_with("/甲/a.woff2")), "{assets:?}");
    assert!(!assets.iter().any(|f| f.contains("DS_Store")), "{assets:?}");
}

#[test]
fn a_theme_of_another_name() {
    let site = Site::of_one();
    assert_data_eq!(
        site.failure(&["build", "--theme", "红"]),
        str![[r#"
错误[site]: 没有名为“红”的主题
--> themes
 = 办法: 主题放在站点的 themes/主题名/ 文件夹里；不写 --theme 则用内置主题

"#]]
    );
    site.success(&["build", "--theme", "default"]);
    site.write("themes/蓝/templates/home.html", "");
    assert_data_eq!(
        site.failure(&["build", "--theme", "../content"]),
        str![[r#"
错误[site]: 没有名为“../content”的主题
--> themes
 = 办法: 现有的主题：蓝

"#]]
    );
}

#[test]
fn two_documents_with_one_address() {
    let text = "# 关于做好养老工作的通知\n\n做好工作。\n";
    let site = Site::new().file("content/index.md", text).file("content/_index.md", text);
    assert_data_eq!(
        site.failure(&["build"]),
        str![[r#"
错误[site]: 两个页面的地址相同：documents/_index.html
 |
 = 办法: 给其中一份文件换一个 id

"#]]
    );
}

/// What failed at the last of its pages, and what was killed between its two steps where the system cannot swap
/// folders at once: the old site stands in its place, and nothing beside it.
#[test]
fn the_old_site_is_kept() {
    let site = Site::of_one().build().file("templates/404.html", "{{ nothing }}");
    let before = contents(&site.path("public"));
    let names = || {
        let entries = fs::read_dir(site.root()).expect("a folder").flatten();
        let mut names: Vec<String> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    site.failure(&["build"]);
    assert!(contents(&site.path("public")) == before);
    assert_eq!(names(), [".zhengku", "content", "public", "templates"]);
    fs::rename(site.path("public"), site.path(".public.zhengku-old")).expect("a folder");
    site.failure(&["build"]);
    assert!(contents(&site.path("public")) == before);
    assert_eq!(names(), [".zhengku", "content", "public", "templates"]);
}

/// A new site replaces the whole of the old one, and what is left of builds that died goes.
#[test]
fn nothing_of_old_builds_is_left() {
    let site = Site::of_one().build();
    site.write("public/old.html", "of the old site");
    site.write(".public.zhengku-1-0/half.html", "of a killed build");
    site.success(&["build"]);
    assert!(!site.path("public/old.html").exists() && !site.path(".public.zhengku-1-0").exists());
    assert!(site.path("public/index.html").exists());
}

/// Killed as soon as it writes, and in the middle: the old site is whole, and the next build clears up and works.
#[cfg(unix)]
#[test]
fn a_killed_build() {
    let folder = Site::of_one();
    folder.success(&["build"]);
    let before = contents(&folder.path("public"));
    // More pages than can be written at once.
    for n in 0..150 {
        folder.write(format!("content/{n}.md"), format!("# 关于第{n}项工作的通知\n\n市民政局牵头。\n"));
    }
    for files in [1, 30] {
        let mut build = command().current_dir(folder.path("")).arg("build").spawn().expect("the program runs");
        let start = Instant::now();
        while staged(&folder.path(""), build.id()) < files {
            assert!(start.elapsed() < Duration::from_secs(60), "the build does not begin");
            std::thread::yield_now();
        }
        build.kill().expect("a running build");
        let status = build.wait().expect("it ends");
        assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(9), "it was killed before its end");
        assert!(staged(&folder.path(""), build.id()) >= files, "it was killed after its end");
        assert!(contents(&folder.path("public")) == before);
    }
    folder.success(&["build"]);
    assert!(folder.path("public/documents/149.html").is_file());
    let mut names: Vec<_> = fs::read_dir(folder.path("")).expect("a folder").flatten().map(|e| e.file_name()).collect();
    names.sort();
    assert_eq!(names, [".zhengku", "content", "public"]);
}

/// A build that begins while another runs leaves it its folder; both come to their end, and the site is whole.
#[cfg(unix)]
#[test]
fn two_builds_at_once() {
    let folder = (0..150).fold(Site::of_one(), |site, n| {
        site.file(format!("content/{n}.md"), format!("# 关于第{n}项工作的通知\n\n市民政局牵头。\n"))
    });
    let mut slow = command().current_dir(folder.path("")).arg("build").spawn().expect("the program runs");
    let signal = |name: &str| {
        let sent = std::process::Command::new("kill").args([name, &slow.id().to_string()]).status();
        assert!(sent.is_ok_and(|s| s.success()), "{name}");
    };
    let start = Instant::now();
    while staged(&folder.path(""), slow.id()) < 30 {
        assert!(start.elapsed() < Duration::from_secs(60), "the build does not begin");
        std::thread::yield_now();
    }
    signal("-STOP");
    let written = staged(&folder.path(""), slow.id());
    let quick = folder.run(&["build"]);
    let left = staged(&folder.path(""), slow.id());
    let site = contents(&folder.path("public"));
    signal("-CONT");
    assert_eq!(quick.code, Some(0), "{}", quick.err);
    assert!(left >= written, "of {written} files {left} are left");
    assert!(slow.wait().expect("it ends").success());
    assert!(site.len() > 150 && contents(&folder.path("public")) == site);
    let mut names: Vec<_> = fs::read_dir(folder.path("")).expect("a folder").flatten().map(|e| e.file_name()).collect();
    names.sort();
    assert_eq!(names, [".zhengku", "content", "public"]);
}

/// A disk that is full before the new site is written: the old one stays whole, and nothing is left beside it.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    struct Disk(std::path::PathBuf);
    impl Drop for Disk {
        fn drop(&mut self) {
            let _ = std::process::Command::new("umount").arg(&self.0).status();
        }
    }
    let folder = Site::of_one().build();
    let size: usize = contents(&folder.path("public")).values().map(|bytes| bytes.len().next_multiple_of(4096)).sum();
    fs::create_dir(folder.path("disk")).expect("a folder");
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", &format!("size={}", size * 3 / 2), "tmpfs"])
        .arg(folder.path("disk"))
        .output();
    if !mounted.is_ok_and(|m| m.status.success()) {
        println!("skipped: no small disk can be mounted here");
        return;
    }
    let _disk = Disk(folder.path("disk"));
    folder.success(&["build", "--output", "disk/public"]);
    let before = contents(&folder.path("disk/public"));
    folder.write("content/乙.md", "# 关于海绵城市的通知\n\n市住房城乡建设局牵头。\n");
    let said = folder.failure(&["build", "--output", "disk/public"]);
    assert!(said.starts_with("错误[io-full]: 写不了 ") && said.contains("：磁盘已满\n"), "{said}");
    assert!(said.contains("办法: 腾出空间再试，原有的文件没有动"), "{said}");
    assert!(contents(&folder.path("disk/public")) == before);
    let left: Vec<_> = fs::read_dir(folder.path("disk")).expect("a folder").flatten().map(|e| e.file_name()).collect();
    assert_eq!(left, ["public"]);
}

/// How many files the build of a process has written beside the site, at the top and as documents.
#[cfg(unix)]
fn staged(root: &Path, process: u32) -> usize {
    let count = |folder: &Path| fs::read_dir(folder).map_or(0, Iterator::count);
    let start = format!(".public.zhengku-{process}-");
    let folders = fs::read_dir(root).expect("a folder").flatten().map(|e| e.path());
    let staging = folders.filter(|f| f.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&start)));
    staging.map(|f| count(&f) + count(&f.join("documents"))).sum()
}
