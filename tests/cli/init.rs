//! `zhengku init`.

use std::fs;

use snapbox::{assert_data_eq, str};

use crate::support::driver::{Site, zhengku};

/// A new site builds as it stands, and shows what the reader can read.
#[test]
fn it_builds_as_it_stands() {
    let site = Site::initialised();
    let root = site.root().to_str().expect("a plain path");
    let run = zhengku(["build", "--root", root]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(site.path("public/documents/示政办发-2025-1.html").is_file());
    let run = zhengku(["check", "--root", root]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(0), "检查完毕：错误 0，警告 0，提示 0\n", ""));
    let run = zhengku(["obligations", "--root", root, "--kind", "assignment"]);
    assert_eq!(run.code, Some(0));
    assert_data_eq!(
        run.out,
        str![[r#"
─────────────────────────────────────────────────────────────────────────────────────────────────
 任务             牵头             配合             共同             时限            出处
═════════════════════════════════════════════════════════════════════════════════════════════════
 完善服务网络     市民政局         市自然资源局、                                    示政办发
                                   市住房城乡建设                                    〔2025〕1号
                                   局、新区管委会                                    二/（一）
─────────────────────────────────────────────────────────────────────────────────────────────────
 推进医养签约服                                     市卫生健康委、                   示政办发
 务                                                 市民政局                         〔2025〕1号
                                                                                     二/（二）
─────────────────────────────────────────────────────────────────────────────────────────────────
 编制社区养老服   市民政局         市自然资源局                      2025年6月底前   示政办发
 务设施布点规划                                                      2025-06-30      〔2025〕1号
                                                                                     附件/1
─────────────────────────────────────────────────────────────────────────────────────────────────
 开展养老护理员   市人力资源社会   市民政局、市卫                    长期            示政办发
 培训，每年不少   保障局           生健康委                                          〔2025〕1号
 于500人次                                                                           附件/2
─────────────────────────────────────────────────────────────────────────────────────────────────

"#]]
    );
}

/// Nothing but the example is in the way of a user's own documents.
#[test]
fn every_line_of_the_settings_is_read() {
    let site = Site::initialised();
    let config = site.path("zhengku.toml");
    let text = fs::read_to_string(&config).expect("the settings");
    let uncommented: String = text
        .lines()
        .map(|l| match l.strip_prefix("# ") {
            Some(line)
                if line
                    .split_once(" = ")
                    .is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase() || c == '_')) =>
            {
                line
            }
            _ => l,
        })
        .map(|l| format!("{l}\n"))
        .collect();
    assert!(uncommented.contains("\nbase_url = ") && uncommented.contains("\ntheme = "));
    fs::write(&config, uncommented).expect("the settings");
    site.write("assets/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let run = zhengku(["build", "--root", site.root().to_str().expect("a plain path")]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn a_folder_with_files_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    fs::create_dir(&site).expect("a folder");
    fs::write(site.join(".gitignore"), "mine").expect("a file");
    let init = || {
        let run = crate::support::driver::command()
            .current_dir(folder.path())
            .args(["init", "site"])
            .output()
            .expect("it runs");
        (run.status.code(), String::from_utf8(run.stderr).expect("UTF-8"))
    };
    assert_eq!(init(), (Some(0), String::new()));
    assert_eq!(fs::read_to_string(site.join(".gitignore")).expect("a file"), "mine");
    let (code, said) = init();
    assert_eq!(code, Some(1));
    assert_data_eq!(
        said,
        str![[r#"
错误[init-not-empty]: 文件夹 site 不是空的：里面有 content 等 5 项
 |
 = 办法: 这里已经是站点了；用 zhengku import 导入公文，用 zhengku build 生成网站

"#]]
    );
    for name in ["zhengku.toml", "organs.toml", "regions.toml", "topics.toml"] {
        fs::remove_file(site.join(name)).expect("a file");
    }
    let (code, said) = init();
    assert_eq!(code, Some(1));
    assert_data_eq!(
        said,
        str![[r#"
错误[init-not-empty]: 文件夹 site 不是空的：里面有 content
 |
 = 办法: 换一个新的文件夹名，或者先移走里面的文件

"#]]
    );
    assert!(!site.join("zhengku.toml").exists());
}
