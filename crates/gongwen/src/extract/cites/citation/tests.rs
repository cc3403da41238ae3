//! Citations: a table of sentences with what each names.

use super::{Citation, citations};
use crate::document::{Block, BlockKind, Heading};
use crate::{Document, Outline};

fn show(c: &Citation) -> String {
    let title = c.title.as_deref().unwrap_or("-");
    let number = c.number.as_deref().unwrap_or("-");
    let issuers = c.issuers.as_ref().map_or("-", |n| n.text.as_str());
    let unsure = if c.sure { "" } else { " 存疑" };
    format!("{} {title} {number} {issuers}{unsure}", c.relation.name())
}

fn read(document: &Document) -> Vec<String> {
    citations(document, &Outline::of(document)).iter().map(show).collect()
}

#[test]
fn sentences() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in include_str!("sentences.txt").split("\n\n") {
        let lines: Vec<&str> = entry.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
        let (expected, printed): (Vec<&str>, Vec<&str>) = lines.iter().partition(|l| l.starts_with("=> "));
        let heading = Heading { level: 2, number: 0..3, title: 6..12 };
        let mut document = Document::default();
        // 序 marks what stands before the first numbered heading.
        if !printed.first().is_some_and(|p| p.starts_with("序")) {
            document.blocks.push(Block { kind: BlockKind::Heading(heading), text: "一、任务".to_owned() });
        }
        document.blocks.extend(printed.iter().map(|p| Block::paragraph(p.trim_start_matches("序 "))));
        let got: Vec<String> = read(&document).iter().map(|s| format!("=> {s}")).collect();
        let none = expected == ["=> 无"];
        if !(none && got.is_empty()) && got != expected {
            wrong.push(format!("{}\n  expected {expected:#?}\n  got      {got:#?}", printed.join("\n")));
        }
        count += expected.len();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 20);
}

#[test]
fn own_title_own_number_and_the_answered_proposal_are_not_cited() {
    let mut document = Document::default();
    document.meta.title = Some("某市关于加强养老服务的意见".to_owned());
    document.meta.number = Some("某政发〔2020〕1号".to_owned());
    document.meta.reply = Some(crate::Reply {
        proposal_title: Some("关于发展老年食堂的建议".to_owned()),
        ..crate::Reply::default()
    });
    document.blocks = vec![
        Block::paragraph("某政发〔2020〕1 号"),
        Block::paragraph("《关于发展老年食堂的建议》收悉。"),
        Block::paragraph("《某市关于加强养老服务的意见》（某政发〔2020〕1号）施行后，按照《某市食堂管理办法》办理。"),
        Block::paragraph("《某市关于加强养老服务的意见》（某政发〔2010〕2号）同时废止。"),
    ];
    let earlier = "废止 某市关于加强养老服务的意见 某政发〔2010〕2号 -";
    assert_eq!(read(&document), ["依据 某市食堂管理办法 - -", earlier]);
}
