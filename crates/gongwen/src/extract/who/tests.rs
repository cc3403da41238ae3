//! Annotation styles, task tables and the brackets that assign nothing.

use crate::document::{Block, BlockKind, Heading};
use crate::extract::Name;
use crate::{Document, Outline};

use super::{Assignment, assignments};

/// A clause 一、任务 with these paragraphs.
fn document(paragraphs: &[&str]) -> Document {
    let text = "一、任务".to_owned();
    let heading = Heading { level: 2, number: 0..3, title: 6..text.len() };
    let mut blocks = vec![Block { kind: BlockKind::Heading(heading), text }];
    blocks.extend(paragraphs.iter().map(|p| Block::paragraph(*p)));
    let mut document = Document { blocks, ..Document::default() };
    document.meta.date = Some("2018-06-04".to_owned());
    document
}

fn read(document: &Document) -> Vec<Assignment> {
    assignments(document, &Outline::of(document))
}

/// 牵=A 配=B,C 等 时=2018-12-31 余=…: the roles of an assignment in one line.
fn show(a: &Assignment, document: &Document) -> String {
    let mut out = Vec::new();
    for (head, names) in [("牵", &a.lead), ("配", &a.support), ("共", &a.joint), ("落", &a.implement)] {
        if !names.is_empty() {
            let names: Vec<&str> = names.iter().map(|n: &Name| n.text.as_str()).collect();
            out.push(format!("{head}={}", names.join("+")));
        }
    }
    if a.open_ended {
        out.push("等".to_owned());
    }
    if let Some(due) = &a.due {
        out.push(format!("时={}", due.due.map_or("-".to_owned(), |d| d.to_string())));
    }
    if !a.unparsed.is_empty() {
        let words: Vec<&str> = a.unparsed.iter().map(|s| document.quote(*s)).collect();
        out.push(format!("余={}", words.join("+")));
    }
    out.join(" ")
}

#[test]
fn styles() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for entry in include_str!("styles.txt").split("\n\n") {
        let lines: Vec<&str> = entry.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
        if lines.is_empty() {
            continue;
        }
        let (expected, printed): (Vec<&str>, Vec<&str>) = lines.iter().partition(|l| l.starts_with("=> "));
        let document = document(&printed);
        let got: Vec<String> = read(&document).iter().map(|a| format!("=> {}", show(a, &document))).collect();
        let none = expected == ["=> 无"];
        if !(none && got.is_empty()) && got != expected {
            wrong.push(format!("{}\n  expected {expected:?}\n  got      {got:?}", printed.join("\n")));
        }
        count += expected.len();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 40, "{count} styles");
}

#[test]
fn tables() {
    let mut wrong = Vec::new();
    for entry in include_str!("tables.txt").split("\n\n") {
        let lines: Vec<&str> = entry.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
        if lines.is_empty() {
            continue;
        }
        let (expected, printed): (Vec<&str>, Vec<&str>) = lines.iter().partition(|l| l.starts_with("=> "));
        let rows: Vec<Vec<String>> =
            printed.iter().map(|l| l.split('|').map(|c| c.trim().to_owned()).collect()).collect();
        let mut document = document(&[]);
        let heading = Heading { level: 1, number: 0.."附件".len(), title: 0..0 };
        document.blocks.push(Block { kind: BlockKind::Heading(heading), text: "附件".to_owned() });
        document.blocks.push(Block::table(true, &rows));
        let got: Vec<String> = read(&document)
            .iter()
            .map(|a| {
                let carried = if a.due.is_some_and(|d| d.inherited) { "沿" } else { "" };
                format!("=> {} {} | {}{carried}", a.path, a.title.as_deref().unwrap_or("-"), show(a, &document))
            })
            .collect();
        let none = expected == ["=> 无"];
        if !(none && got.is_empty()) && got != expected {
            wrong.push(format!("{}\n  expected {expected:#?}\n  got      {got:#?}", printed.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn columns_that_are_not_known() {
    let table = |rows: &[&str]| {
        let rows: Vec<Vec<String>> = rows.iter().map(|r| r.split('|').map(str::to_owned).collect()).collect();
        let document = Document { blocks: vec![Block::table(true, &rows)], ..Document::default() };
        super::unknown_columns(&document).iter().map(|s| document.quote(*s).to_owned()).collect::<Vec<_>>()
    };
    let found = table(&["序号|任务|落地方|时限", "1|建机制|市教育局、市财政局|年底前", "2|强队伍|市人社局|年底前"]);
    assert_eq!(found, ["落地方"]);
    let found = table(&["序号|任务|牵头单位|责任清单", "1|建机制|市教育局|市财政局", "2|强队伍|市人社局|市财政局等"]);
    assert_eq!(found, ["责任清单"]);
    assert!(table(&["序号|任务|牵头单位|时限", "1|建机制|市教育局|年底前", "2|强队伍|市人社局|年底前"]).is_empty());
    assert!(table(&["名称|地址", "第一养老院|一路", "第二养老院|二路"]).is_empty());
}

#[test]
fn a_thousand_nested_brackets() {
    for n in [1000, 100_000] {
        let text = format!("做好。{}市民政局负责{}", "（".repeat(n), "）".repeat(n));
        read(&document(&[&text]));
        read(&document(&[&"（市民政局负责".repeat(n / 10)]));
    }
}

#[test]
fn where_it_stands() {
    let mut document = document(&["一是建机制（市教育局牵头）；二是强队伍（市人社局负责）。", "（市民政局牵头）"]);
    document.blocks.insert(1, Block::paragraph("先行试点。"));
    let found = read(&document);
    let quote = |s| document.quote(s);
    let got: Vec<(&str, Option<&str>, &str)> =
        found.iter().map(|a| (a.path.as_str(), a.text.map(quote), quote(a.annotation[0]))).collect();
    let expected = [
        ("一", Some("一是建机制"), "（市教育局牵头）"),
        ("一", Some("二是强队伍"), "（市人社局负责）"),
        ("一", Some("一是建机制（市教育局牵头）；二是强队伍（市人社局负责）"), "（市民政局牵头）"),
    ];
    assert_eq!(got, expected);
}

#[test]
fn on_the_headings_own_line() {
    let text = "（二）完善价格政策（市发改委牵头，市财政局配合）".to_owned();
    let heading = Heading { level: 3, number: 0.."（二）".len(), title: "（二）".len()..text.len() };
    let blocks = vec![Block { kind: BlockKind::Heading(heading), text }];
    let document = Document { blocks, ..Document::default() };
    let found = read(&document);
    let got: Vec<(Option<&str>, Option<&str>, String)> =
        found.iter().map(|a| (a.title.as_deref(), a.text.map(|t| document.quote(t)), show(a, &document))).collect();
    let title = Some("完善价格政策");
    assert_eq!(got, [(title, title, "牵=市发改委 配=市财政局".to_owned())]);
}

/// A document of headings (一、…, 1.…) and paragraphs.
fn outlined(lines: &[&str]) -> Document {
    let block = |line: &&str| {
        let heading = |level, len: usize| {
            let title_end = line.find('。').unwrap_or(line.len());
            Block {
                kind: BlockKind::Heading(Heading { level, number: 0..len, title: len..title_end }),
                text: line.to_string(),
            }
        };
        match line.chars().next() {
            Some('一' | '二' | '三') => heading(2, "一、".len()),
            Some('1' | '2' | '3') => heading(3, "1.".len()),
            _ => Block::paragraph(*line),
        }
    };
    Document { blocks: lines.iter().map(block).collect(), ..Document::default() }
}

#[test]
fn a_lead_named_in_a_heading_holds_for_the_entries_under_it() {
    let document = outlined(&[
        "一、市教育局牵头工作（3项）",
        "1.新建学校五所。",
        "2.改造操场。加固围墙。",
        "3.办好食堂。（配合单位：市市场监管局）",
        "二、由市财政局、市人社局负责的事项",
        "1.兑现补贴。（市民政局牵头）",
        "三、统筹协调",
        "1.落实责任。",
    ]);
    let got: Vec<String> = read(&document)
        .iter()
        .map(|a| {
            let from = a.lead_from.map_or("-", |s| document.quote(s));
            format!("{} {} {from} | {}", a.path, a.text.map_or("-", |t| document.quote(t)), show(a, &document))
        })
        .collect();
    let expected = [
        "一、/1. 新建学校五所 市教育局牵头工作（3项） | 牵=市教育局",
        "一、/2. 改造操场。加固围墙 市教育局牵头工作（3项） | 牵=市教育局",
        "一、/3. 办好食堂 市教育局牵头工作（3项） | 牵=市教育局 配=市市场监管局",
        "二、/1. 兑现补贴 - | 牵=市民政局",
    ];
    assert_eq!(got, expected);
}

#[test]
fn a_rule_of_one_chapter_ends_with_it() {
    let document = outlined(&[
        "一、服务",
        "1.开展培训。（市民政局、市财政局负责，排在第一位的为牵头单位，本章下同）",
        "2.开展评估。（市人社局、市教育局负责）",
        "二、保障",
        "1.落实资金。（市财政局、市审计局负责）",
    ]);
    let got: Vec<String> = read(&document).iter().map(|a| show(a, &document)).collect();
    assert_eq!(got, ["牵=市民政局 共=市财政局", "牵=市人社局 共=市教育局", "共=市财政局+市审计局"]);
}

#[test]
fn a_note_below_a_table_says_that_the_first_leads() {
    let rows = ["序号|工作任务|责任单位", "1|修路|市交通局、市财政局"];
    let rows: Vec<Vec<String>> = rows.iter().map(|r| r.split('|').map(str::to_owned).collect()).collect();
    let note = Block::paragraph("注：责任单位中列第一位的为牵头单位。");
    let document = Document { blocks: vec![Block::table(true, &rows), note], ..Document::default() };
    assert_eq!(read(&document).iter().map(|a| show(a, &document)).collect::<Vec<_>>(), ["牵=市交通局 共=市财政局"]);
}

#[test]
fn what_rests_on_a_weak_rule_is_not_sure() {
    let sure = |paragraphs: &[&str]| read(&document(paragraphs)).iter().map(|a| a.sure).collect::<Vec<_>>();
    assert_eq!(sure(&["开展服务。（市教育局牵头）", "做好保障。（市财政局、市人社局）"]), [true, false]);
    assert_eq!(sure(&["开展服务（市教育局、市民政局）", "做好保障。（市财政局牵头）"]), [false, true]);
}
