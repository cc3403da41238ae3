//! `zhengku check`: every message with its exact words, a folder of documents a case in `cases/check`.

use snapbox::{Data, assert_data_eq};

use crate::support::driver::{case, on};

fn checked(name: &str) {
    let name = format!("check/{name}");
    let run = on(&name, "check", &[]);
    let said = format!("{}\n{}退出码 {}\n", run.err.trim_end(), run.out, run.code.unwrap_or(-1));
    assert_data_eq!(said, Data::read_from(&case(&name).join("said.txt"), None).raw());
}

#[test]
fn names_of_organs() {
    checked("organs");
}

#[test]
fn a_document_of_no_known_region() {
    checked("region");
}

#[test]
fn words_that_were_not_understood() {
    checked("words-left-over");
}

/// Evidence that the site does not hold, a clause that it has not, a day too early, a record of nothing and of several.
#[test]
fn records_of_progress() {
    checked("progress");
}

#[test]
fn what_was_not_read() {
    checked("unread");
}

#[test]
fn elements_that_were_not_read() {
    checked("elements");
}

#[test]
fn deadlines_that_cannot_be_right() {
    checked("deadlines");
}

#[test]
fn a_target_of_nothing() {
    checked("target");
}

#[test]
fn numbers_that_are_used_twice() {
    checked("numbers");
}

#[test]
fn one_task_with_two_leads() {
    checked("leads");
}

#[test]
fn instruments_that_are_missed() {
    checked("not-held");
}

/// Programs get one object a line and no summary.
#[test]
fn for_programs() {
    let run = on("check/target", "check", &["--format", "json"]);
    let codes: Vec<String> = run
        .out
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).expect("an object a line")["code"].to_string())
        .collect();
    assert_eq!((codes, run.err.as_str()), (vec!["\"target-subject\"".to_owned()], ""));
}

/// What was not read has a code for each kind and stands in the file.
#[test]
fn what_was_not_read_for_programs() {
    let run = on("check/unread", "check", &["--format", "json"]);
    let said: Vec<(String, String)> = run
        .out
        .lines()
        .map(|l| {
            let line: serde_json::Value = serde_json::from_str(l).expect("an object a line");
            (line["code"].as_str().unwrap_or("").to_owned(), line["file"].as_str().unwrap_or("").to_owned())
        })
        .collect();
    let codes: Vec<&str> = said.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["unread-bracket", "unread-label", "unread-table"]);
    assert!(said.iter().all(|(_, file)| file.ends_with("content/甲.md")), "{said:?}");
}
