//! `zhengku export`.

use std::fs;

use snapbox::{assert_data_eq, str};

use crate::support::driver::Site;

#[test]
fn every_format() {
    let site = Site::case("site");
    let said = |format: &str, to: &str| {
        let run = site.run(&["export", "--format", format, to]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{format}");
        run.out
    };
    assert_data_eq!(
        said("sqlite", "政策.sqlite"),
        str![[r#"
政策.sqlite：公文 3 份，任务 6 项，机关 13 个，文件 4 件

"#]]
    );
    let database = fs::read(site.path("政策.sqlite")).expect("a file");
    assert!(database.starts_with(b"SQLite format 3\0"));
    // Once more, in the place of the first.
    said("sqlite", "政策.sqlite");
    assert_eq!(fs::read(site.path("政策.sqlite")).expect("a file"), database);

    said("parquet", "表/今天");
    let table = fs::read(site.path("表/今天/obligations.parquet")).expect("a file");
    assert!(table.starts_with(b"PAR1") && table.ends_with(b"PAR1"));

    said("quickwit", "检索");
    let lines = fs::read_to_string(site.path("检索/documents.ndjson")).expect("a file");
    assert!(lines.lines().all(|line| line.starts_with("{\"id\":\"") && line.ends_with('}')));
    assert!(site.path("检索/index.yaml").is_file());
}

#[test]
fn places_that_are_taken() {
    let site = Site::of_one().file("文件", "");
    assert_data_eq!(
        site.failure(&["export", "--format", "sqlite", "content"]),
        str![[r#"
错误[export]: 不能写到这里：它是一个文件夹
--> content
 = 办法: 写上文件名，例如 zhengku.sqlite

"#]]
    );
    assert_data_eq!(
        site.failure(&["export", "--format", "parquet", "文件"]),
        str![[r#"
错误[export]: 不能写到这里：它是一个文件
--> 文件
 = 办法: 换一个文件夹的名字

"#]]
    );
    let missing = site.failure(&["export", "--format", "sqlite", "没有/政策.sqlite"]);
    assert_data_eq!(
        missing,
        str![[r#"
错误[io-not-found]: 写不了 没有/政策.sqlite：上一级文件夹不存在
 |
 = 办法: 先建好上一级文件夹

"#]]
    );
}
