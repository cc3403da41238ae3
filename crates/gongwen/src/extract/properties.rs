//! Any text at all: no panic, and every span is inside its text and quotes what the finding says.

use proptest::prelude::*;

use super::what::target;
use super::{Deadline, Findings, Name, findings, who};
use crate::document::{Block, BlockKind, Heading};
use crate::{Document, Outline, Span};

/// Pieces of which hostile and plausible texts are made.
const PIECES: &[&str] = &[
    "（",
    "）",
    "〔",
    "〕",
    "(",
    ")",
    "《",
    "》",
    "〈",
    "〉",
    "，",
    "、",
    "；",
    "。",
    "：",
    " ",
    "\u{3000}",
    "市民政局",
    "省财政厅",
    "各县（市、区）人民政府",
    "牵头",
    "配合",
    "负责",
    "按职责分工",
    "落实",
    "会同",
    "等",
    "和",
    "责任单位：",
    "完成时限：",
    "2018年",
    "12月底前",
    "一季度",
    "到",
    "“十四五”期末",
    "自",
    "印发之日起",
    "30日内",
    "根据",
    "关于推进工作的通知",
    "国办发",
    "84号",
    "令",
    "第",
    "2号",
    "公告",
    "以下均需",
    "不再列出",
    "下同",
    "列第一位者为牵头单位",
    "排在第一位的部门为牵头部门",
    "以下各项工作均需",
    "本章下同",
    "市教育局牵头工作（2项）",
    "各项目牵头单位",
    "结合实际",
    "责任领导",
    "80%以上",
    "要",
    "应当",
    "不少于",
    "将",
    "同时废止",
    "施行",
    "前款",
    "第三条",
    "长期",
    "每年",
    "的",
    "一",
    "𠮷",
    "e\u{301}",
    "\u{200b}",
    "1.2万亿元",
    "一所",
    "60—80",
    "下一步",
    "以下简称《办法》",
    "有效期",
    "5年",
    "见附件2",
    "\n",
    "\t",
    "本意见印发后",
    "半年内",
    "6—9月",
    "前三季度",
    "商务厅",
    "责任人：",
    "牵头单位（列首位的为牵头单位）：",
    "——",
    "各级党委和政府",
    "是责任主体",
    "经商",
    "协办",
    "不超过总投资的",
    "|",
    "\n| ",
    " |\n|---|---|\n",
    "序号",
    "主要内容",
    "指标",
    "2025年",
    "索引号：",
    "\n【发布文号】\n",
    "发布机构",
    "海政发〔2024〕3号",
    "签发人：",
    "附件2：",
    "第一章",
    "（以下简称领导小组）",
    "收悉",
    "100%",
];

/// Names of columns of which tables are made.
const COLUMNS: &[&str] = &[
    "序号",
    "工作事项",
    "主要内容",
    "牵头单位",
    "责任单位",
    "配合单位",
    "完成时限",
    "指标",
    "单位",
    "2020年",
    "2025年",
    "市民政局",
    "",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|p| p.concat()),
        1 => "\\PC{0,60}",
    ]
}

fn document() -> impl Strategy<Value = Document> {
    let columns = prop::collection::vec(prop::sample::select(COLUMNS), 1..7);
    let block = (0..6u8, text(), columns).prop_map(|(kind, text, columns)| match kind {
        0 => Block::title(text),
        1 => {
            let number = text.chars().next().map_or(0, char::len_utf8);
            let title = number..number + text[number..].chars().next().map_or(0, char::len_utf8);
            Block { kind: BlockKind::Heading(Heading { level: 2, number: 0..number, title }), text }
        }
        2 => {
            // Rows of any length under column names in any order.
            let header: Vec<String> = columns.into_iter().map(str::to_owned).collect();
            let row: Vec<String> = text.split(['。', '，']).map(str::to_owned).collect();
            let later = row.iter().skip(1).cloned().collect();
            Block::table(true, &[header, row.clone(), later, row])
        }
        _ => Block::paragraph(text),
    });
    (prop::collection::vec(block, 0..8), prop::option::of(Just("2018-06-04".to_owned())), any::<bool>()).prop_map(
        |(blocks, date, reply)| {
            let mut document = Document { blocks, ..Document::default() };
            document.meta.date = date;
            document.meta.kind = reply.then(|| "答复".to_owned());
            document
        },
    )
}

/// The words of a deadline and of what it counts from.
fn of_deadline(due: &Deadline) -> impl Iterator<Item = Span> {
    std::iter::once(due.text).chain(due.relative.and_then(|r| r.anchor))
}

/// Every span of the findings, and every name.
fn spans(found: &Findings) -> (Vec<Span>, Vec<&Name>) {
    let (mut spans, mut names) = (Vec::new(), Vec::new());
    // A kind of finding that is added must be looked at here too.
    let Findings {
        assignments: _,
        citations: _,
        targets: _,
        duties: _,
        commitments: _,
        validity: _,
        references: _,
        consulted: _,
    } = found;
    for a in &found.assignments {
        names.extend(a.lead.iter().chain(&a.support).chain(&a.joint).chain(&a.implement));
        spans.extend(a.text.iter().chain(&a.annotation).chain(&a.unparsed).copied());
        spans.extend(a.due.iter().flat_map(of_deadline));
    }
    for c in &found.citations {
        names.extend(&c.issuers);
        spans.extend(c.mentions.iter().chain(&c.title_span).chain(&c.number_span).copied());
    }
    for t in &found.targets {
        spans.push(t.text);
        spans.extend(of_deadline(&t.due));
        spans.extend(t.indicators.iter().flat_map(|i| [i.text, i.quantity]));
    }
    for d in &found.duties {
        names.extend(&d.actor);
        spans.extend([d.text, d.modal]);
        spans.extend(d.due.iter().flat_map(of_deadline));
        spans.extend(d.indicators.iter().flat_map(|i| [i.text, i.quantity]));
    }
    for c in &found.commitments {
        names.extend(&c.actor);
        spans.push(c.text);
        spans.extend(c.due.iter().flat_map(of_deadline));
        spans.extend(c.indicators.iter().flat_map(|i| [i.text, i.quantity]));
    }
    spans.extend(found.validity.iter().map(|v| v.text));
    spans.extend(found.references.iter().map(|r| r.text));
    names.extend(&found.consulted);
    (spans, names)
}

fn check(document: &Document) {
    let outline = Outline::of(document);
    let found = findings(document, &outline);
    let (mut spans, names) = spans(&found);
    spans.extend(super::unread::unread(document, &outline, &found).into_iter().map(|u| u.span));
    spans.extend(found.assignments.iter().filter_map(|a| a.lead_from));
    for span in spans.into_iter().chain(names.iter().map(|n| n.span)) {
        let text = document.blocks.get(span.block).map(|b| b.text.as_str());
        assert!(text.is_some_and(|t| t.get(span.range()).is_some()), "{span:?} is not of {text:?}");
    }
    for name in names {
        // As printed, but for a bracket that the layout put into it.
        let quote = document.quote(name.span);
        assert!(name.text == quote || name.text == super::kit::brackets::without_strays(quote), "{name:?}");
        assert!(!name.text.is_empty());
    }
    for target in &found.targets {
        target::lacks_subject(document, target.text);
    }
    for citation in &found.citations {
        if let (Some(title), Some(span)) = (&citation.title, citation.title_span) {
            assert_eq!(letters(title), letters(document.quote(span)));
        }
    }
    for duty in &found.duties {
        assert!(document.quote(duty.text).contains(document.quote(duty.modal)));
    }
    who::unknown_columns(document);
    let roles = crate::layout::roles(&document.blocks);
    crate::layout::meta(&document.blocks, &roles);
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document(document in document()) {
        check(&document);
    }

    #[test]
    fn any_text(lines in prop::collection::vec(text(), 0..12)) {
        let document = crate::read::text(&lines.join("\n")).document;
        check(&document);
    }
}

/// What a deadline counts from is quoted where it stands, in a cell and behind a label too.
#[test]
fn anchors_of_relative_deadlines() {
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let table = Block::table(
        true,
        &[
            row(["任务", "牵头单位", "时限"]),
            row(["建设床位", "市民政局", "本意见印发后5年内"]),
            row(["培训", "市人社局", "自印发之日起30日内"]),
        ],
    );
    let label = Block::paragraph("建设床位。（牵头单位：市民政局；完成时限：本意见印发后3个月内）");
    let document = Document { blocks: vec![table, label], ..Document::default() };
    check(&document);
    let found = findings(&document, &Outline::of(&document));
    let anchors: Vec<&str> =
        found.assignments.iter().filter_map(|a| Some(document.quote(a.due?.relative?.anchor?))).collect();
    assert_eq!(anchors, ["本意见印发后", "自印发之日起", "本意见印发后"]);
}

#[test]
fn mutated_fixtures() {
    // Every prefix and suffix of every style, and each with a character taken out.
    for line in include_str!("who/styles.txt").lines().chain(include_str!("cites/citation/sentences.txt").lines()) {
        for (i, c) in line.char_indices() {
            let end = i + c.len_utf8();
            let cut = format!("{}{}", &line[..i], &line[end..]);
            let blocks = vec![Block::paragraph(&line[..i]), Block::paragraph(&line[end..]), Block::paragraph(cut)];
            check(&Document { blocks, ..Document::default() });
        }
    }
}

#[test]
fn long_runs_of_one_piece_stay_quick() {
    // What is scanned again from every place would take minutes here.
    for piece in PIECES.iter().chain(&["1,", "1—", "(市民政局", "《》", "（）", "一、", "要，", "自2018年", "根据《"])
    {
        let text = format!("做好工作。{}", piece.repeat(60_000 / piece.len()));
        let mut document = Document { blocks: vec![Block::paragraph(text)], ..Document::default() };
        document.meta.kind = Some("答复".to_owned());
        check(&document);
    }
}
