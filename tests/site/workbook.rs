//! The workbook of all tasks, as a spreadsheet reads it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use super::published::BUILT;
use crate::support::driver::{Site, repository, zhengku};

/// The parts of a workbook, by name.
fn parts(book: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).expect("an archive");
    let names: Vec<String> =
        (0..archive.len()).filter_map(|i| Some(archive.by_index(i).ok()?.name().ok()?.into_owned())).collect();
    let mut read = |name: &String| {
        let mut text = String::new();
        archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
        (name.clone(), text)
    };
    names.iter().map(&mut read).collect()
}

/// The cells of a sheet, row by row: words, and numbers as they stand there.
fn cells(parts: &BTreeMap<String, String>, sheet: usize) -> Vec<Vec<String>> {
    let plain = |text: &str| text.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&");
    let text = |item: &str| item.split_once("</t>").and_then(|(t, _)| t.rsplit_once('>')).map(|(_, t)| plain(t));
    let cell = |c: &str| match c.contains("t=\"inlineStr\"") {
        true => text(c),
        false => c.split_once("<v>").and_then(|(_, v)| v.split_once("</v>")).map(|(v, _)| v.to_owned()),
    };
    let rows = parts[&format!("xl/worksheets/sheet{sheet}.xml")].split("<row ").skip(1);
    rows.map(|row| row.split("<c ").skip(1).filter_map(cell).collect()).collect()
}

/// A sheet a kind, with no column that is empty, and links to the clauses; the last says what was asked.
#[test]
fn a_sheet_a_kind() {
    let book = std::fs::read(BUILT.join("data/obligations.xlsx")).expect("the workbook");
    let parts = parts(&book);
    let names: Vec<&str> =
        parts["xl/workbook.xml"].split("<sheet name=\"").skip(1).filter_map(|s| s.split('"').next()).collect();
    assert_eq!(names, ["分工", "目标", "职责", "承诺", "说明"]);
    let [assignments, targets] = [1, 2].map(|n| cells(&parts, n));
    let heading = |sheet: &[Vec<String>], name: &str| sheet[0].iter().any(|cell| cell == name);
    assert!(heading(&assignments, "牵头") && !heading(&assignments, "类别"), "{:?}", assignments[0]);
    // A target has no organ that it names, and an assignment nobody else who answers for it.
    assert!(!heading(&targets, "牵头") && heading(&targets, "责任归属"), "{:?}", targets[0]);
    assert!(!heading(&assignments, "责任归属"), "{:?}", assignments[0]);
    // A day is a number that can be counted with: 2018-03-31.
    assert!(assignments.iter().flatten().any(|cell| cell == "43190"), "{assignments:?}");
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    assert!(sheet.contains("fitToHeight=\"0\"") && sheet.contains("orientation=\"landscape\""));
    let links = &parts["xl/worksheets/_rels/sheet1.xml.rels"];
    assert_eq!(links.matches("TargetMode=\"External\"").count(), assignments.len() - 1, "a link a row");
    assert!(links.contains("Target=\"https://example.gov.cn/policy/documents/台政办发-2018-31.html\""), "{links}");
    let about = cells(&parts, 5);
    assert_eq!(about[1], ["网址", "https://example.gov.cn/policy/"]);
    assert_eq!(about[2], ["条件", "zhengku obligations"]);
    let counts = |kind: &str, sheet: &[Vec<String>]| format!("{kind} {} 项，", sheet.len() - 1);
    assert!(about[3][1].starts_with(&(counts("分工", &assignments) + &counts("目标", &targets))), "{about:?}");
}

/// What was asked stands in the workbook as the command that asks it again, without the folders of this computer.
#[test]
fn the_question_stands_in_the_workbook() {
    let folder = Site::new();
    let (root, file) = (repository().to_string_lossy(), folder.path("任务.xlsx"));
    let asked = [
        "--lead",
        "市民政局",
        "--kind",
        "assignment",
        "--due-before",
        "2020",
        "--indicator",
        ">=80%",
        "--overdue",
        "--as-of",
        "2019",
    ];
    let fixed =
        ["obligations", "老年|养老", "--root", &root, "--format", "xlsx", "--output", file.to_str().expect("a path")];
    assert_eq!(zhengku(fixed.iter().chain(&asked)).code, Some(1), "nothing is found, and a workbook says so");
    let parts = parts(&std::fs::read(&file).expect("the workbook"));
    let about = cells(&parts, 2);
    let again = "zhengku obligations '老年|养老' --lead 市民政局 --kind assignment --due-before 2020 \
                 --indicator '>=80%' --overdue --as-of 2019-12-31";
    assert_eq!(about[1], ["条件", again]);
    assert_eq!(about[2], ["任务", "分工 0 项"]);
    assert!(parts.values().all(|part| !part.contains(&*root)), "a folder of this computer");
}

/// Without an address of the site the words that say where a task stands are no link.
#[test]
fn without_an_address() {
    let site = Site::of_one().build();
    let book = std::fs::read(site.path(Path::new("public/data/obligations.xlsx"))).expect("the workbook");
    let parts = parts(&book);
    assert!(!parts.keys().any(|name| name.contains("sheet1.xml.rels")));
    assert!(cells(&parts, 1)[1].iter().any(|cell| cell == "甲 一"), "{:?}", cells(&parts, 1));
}
