//! Every help text, and what is said of a line that is no command.

use snapbox::{assert_data_eq, file, str};

use crate::support::driver::zhengku;

fn help(args: &[&str]) -> String {
    let run = zhengku(args.iter().chain(&["--help"]));
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for line in run.out.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 100, "too long for a terminal: {line}");
    }
    run.out
}

#[test]
fn of_every_command() {
    assert_data_eq!(help(&[]), file!["../cases/help/zhengku.txt"].raw());
    assert_data_eq!(help(&["init"]), file!["../cases/help/init.txt"].raw());
    assert_data_eq!(help(&["import"]), file!["../cases/help/import.txt"].raw());
    assert_data_eq!(help(&["check"]), file!["../cases/help/check.txt"].raw());
    assert_data_eq!(help(&["build"]), file!["../cases/help/build.txt"].raw());
    assert_data_eq!(help(&["serve"]), file!["../cases/help/serve.txt"].raw());
    assert_data_eq!(help(&["obligations"]), file!["../cases/help/obligations.txt"].raw());
    assert_data_eq!(help(&["search"]), file!["../cases/help/search.txt"].raw());
    assert_data_eq!(help(&["show"]), file!["../cases/help/show.txt"].raw());
    assert_data_eq!(help(&["diff"]), file!["../cases/help/diff.txt"].raw());
    assert_data_eq!(help(&["export"]), file!["../cases/help/export.txt"].raw());
    assert_data_eq!(help(&["mcp"]), file!["../cases/help/mcp.txt"].raw());
}

/// No English of the argument parser is left.
#[test]
fn in_chinese() {
    for verb in ["init", "import", "check", "build", "serve", "search", "obligations", "show", "diff", "export", "mcp"]
    {
        let text = help(&[verb]);
        for word in ["Usage", "Options", "Arguments", "default", "possible", "Print"] {
            assert!(!text.contains(word), "{word} in the help of {verb}");
        }
    }
}

#[test]
fn wrong_lines() {
    let run = zhengku(["obligation", "--lead", "市民政局"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert_data_eq!(
        run.err,
        str![[r#"
错误[cli-command]: 没有 obligation 这个命令
 |
 = 办法: 是不是 obligations？

"#]]
    );
    let run = zhengku::<&str>([]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.starts_with("政库："), "{}", run.err);
}

#[test]
fn version() {
    let run = zhengku(["--version"]);
    assert_eq!((run.code, run.out), (Some(0), concat!("zhengku ", env!("CARGO_PKG_VERSION"), "\n").to_owned()));
}
