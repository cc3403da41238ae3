//! What replies promise, and whom they asked.

use super::*;
use crate::document::{Block, Heading};

fn show(document: &Document) -> Vec<String> {
    commitments(document, &Outline::of(document))
        .iter()
        .map(|c| {
            let names: Vec<&str> = c.actor.iter().map(|n| n.text.as_str()).collect();
            let carried = if c.actor_carried { "~" } else { "" };
            let due = c.due.and_then(|d| d.due).map_or(String::new(), |d| format!(" {d}"));
            format!("{}{carried}: {}{due}", names.join("+"), document.quote(c.text))
        })
        .collect()
}

fn reply(blocks: Vec<Block>) -> Document {
    let mut document = Document { blocks, ..Document::default() };
    document.meta.kind = Some("答复".to_owned());
    document.meta.date = Some("2025-05-22".to_owned());
    document
}

fn heading(text: &str) -> Block {
    Block { kind: BlockKind::Heading(Heading { level: 2, number: 0..3, title: 6..text.len() }), text: text.to_owned() }
}

#[test]
fn under_a_heading() {
    let document = reply(vec![
        heading("一、省民政厅工作开展情况"),
        Block::paragraph("继续落实人才政策。现将情况汇总如下。市民政局将养老机构纳入规划。医疗机构将提供服务。"),
        heading("二、下一步计划"),
        Block::paragraph("省卫生健康委将加强培训，2025年计划培训800人次。印发《通知》，完善管理。"),
        Block::paragraph("加快构建服务体系；推出一批基地。目前已建成10个。"),
        Block::paragraph("感谢您对工作的支持。"),
        Block::paragraph("吉林省卫生健康委员会"),
        Block::paragraph("抄送：省人大、省政府办公厅。"),
    ]);
    let expected = [
        "省卫生健康委: 省卫生健康委将加强培训，2025年计划培训800人次 2025-12-31",
        "省卫生健康委~: 印发《通知》，完善管理",
        ": 加快构建服务体系",
        ": 推出一批基地",
    ];
    assert_eq!(show(&document), expected);
    let names = consulted(&document, &Outline::of(&document));
    assert_eq!(names.iter().map(|n| n.text.as_str()).collect::<Vec<_>>(), ["省民政厅"]);
}

#[test]
fn in_ten_lines() {
    let document = reply(vec![
        Block::paragraph("您提出的建议收悉，现答复如下："),
        Block::paragraph(
            "近年来，我局新建床位200张。下一步，我局将继续加大投入，年底前新增50张。一是加强监管；二是做好宣传。",
        ),
        Block::paragraph("县财政局将安排专项资金。我局将做好以下工作：一是培训人员；二是新建站点。"),
        Block::paragraph("专此答复。"),
    ]);
    let expected = [
        "我局: 下一步，我局将继续加大投入，年底前新增50张 2025-12-31",
        "我局~: 加强监管",
        "我局~: 做好宣传",
        "县财政局: 县财政局将安排专项资金",
        "我局~: 培训人员",
        "我局~: 新建站点",
    ];
    assert_eq!(show(&document), expected);
}

#[test]
fn who_was_asked() {
    let document = reply(vec![
        Block::paragraph("该建议由我厅主办，省卫生健康委、省医保局协办，省财政厅会办。"),
        Block::paragraph("我厅高度重视，会同省教育厅、省公安厅进行了认真研究，现答复如下："),
    ]);
    let names = consulted(&document, &Outline::of(&document));
    let names: Vec<&str> = names.iter().map(|n| n.text.as_str()).collect();
    assert_eq!(names, ["省卫生健康委", "省医保局", "省财政厅", "省教育厅", "省公安厅"]);
}

#[test]
fn what_is_done_follows_its_actor() {
    let document = reply(vec![
        heading("一、下一步打算"),
        Block::paragraph("省财政厅今后三年每年安排不低于2亿元资金。省民政厅会同省住建厅开展清查，到2025年底完成。"),
        Block::paragraph("最后，衷心感谢您对养老工作的关心。"),
    ]);
    let expected = [
        "省财政厅: 省财政厅今后三年每年安排不低于2亿元资金",
        "省民政厅: 省民政厅会同省住建厅开展清查，到2025年底完成 2025-12-31",
    ];
    assert_eq!(show(&document), expected);
}

#[test]
fn only_replies_promise() {
    let mut document = reply(vec![Block::paragraph("下一步，市民政局将加强监管。")]);
    assert_eq!(show(&document).len(), 1);
    document.meta.kind = Some("通知".to_owned());
    assert!(show(&document).is_empty());
}

#[test]
fn a_will_without_its_actor_before_it() {
    let document = reply(vec![
        Block::paragraph("我局已将该路上报为2026年改造项目，将予以治理。"),
        Block::paragraph("资金到位后，将组织施工。"),
        Block::paragraph("我局作为配合部门，将按照要求做好工作。"),
        Block::paragraph("您的建议非常及时，我局领导班子高度重视，拟作为建设计划报请市政府。"),
        Block::paragraph("我们会将每年的代表建议列入计划。市财政局将该项目列入预算。"),
    ]);
    let expected = [
        "我局: 我局已将该路上报为2026年改造项目，将予以治理",
        ": 资金到位后，将组织施工",
        "我局: 我局作为配合部门，将按照要求做好工作",
        "我局: 您的建议非常及时，我局领导班子高度重视，拟作为建设计划报请市政府",
    ];
    assert_eq!(show(&document), expected);
    let sure: Vec<bool> = commitments(&document, &Outline::of(&document)).iter().map(|c| c.sure).collect();
    assert_eq!(sure, [true, false, true, true]);
}

#[test]
fn a_reply_by_its_first_words() {
    let mut document = reply(vec![
        Block::paragraph("您提出的提案已收悉，现答复如下："),
        Block::paragraph("下一步，我们将逐步改造道路。"),
    ]);
    document.meta.kind = None;
    assert_eq!(show(&document), ["我们: 下一步，我们将逐步改造道路"]);
}

/// What is under way and what an organ bears in mind say nothing against a 将 behind them.
#[test]
fn behind_other_clauses() {
    let document = reply(vec![
        Block::paragraph("现答复如下："),
        Block::paragraph("目前正在编制可研报告，待你县上报后，省交通厅将进行审查。"),
        Block::paragraph("省财政厅在测算转移支付时，将继续考虑防治因素。"),
        Block::paragraph("省自然资源厅将在预警工程中继续将你县作为重点。"),
        heading("一、下一步计划"),
        Block::paragraph("市市场监管局每季度开展一次抽检。"),
    ]);
    let expected = [
        "省交通厅: 目前正在编制可研报告，待你县上报后，省交通厅将进行审查",
        "省财政厅: 省财政厅在测算转移支付时，将继续考虑防治因素",
        "省自然资源厅: 省自然资源厅将在预警工程中继续将你县作为重点",
        "市市场监管局: 市市场监管局每季度开展一次抽检",
    ];
    assert_eq!(show(&document), expected);
}
