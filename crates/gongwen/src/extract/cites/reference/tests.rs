//! What points where, in made documents.

use super::*;
use crate::document::Block;

/// The references of a document, each as its words and what they point at.
fn pointed(blocks: Vec<Block>) -> Vec<String> {
    let document = Document { blocks, ..Document::default() };
    let outline = Outline::of(&document);
    let found = references(&document, &outline);
    assert!(found.iter().all(|r| outline.find(&r.target).is_some()), "{found:?}");
    found.iter().map(|r| format!("{} → {}", document.quote(r.text), r.target)).collect()
}

#[test]
fn articles_and_attachments() {
    let got = pointed(vec![
        Block::heading_of(2, "第一条"),
        Block::paragraph("为了规范工作，制定本办法（见附件 2）。"),
        Block::heading_of(2, "第二条"),
        Block::paragraph("违反本办法第一条、第三条规定的，按照《某条例》第三条处理；前条情形按附件1执行。"),
        Block::heading_of(2, "第三条"),
        Block::paragraph("前款规定和民法典第一条同样适用，见附件9。有下列情形之一的，适用本条第二款："),
        Block::heading_of(3, "（一）逾期的；"),
        Block::heading_of(3, "（二）有前项情形，又不改正的。"),
        Block::heading_of(2, "第四条"),
        Block::paragraph("符合本办法第三条第（二）项、第三条第一项规定的，参照前两条执行，材料见附件一、二。"),
        Block::heading_of(2, "第四条之一"),
        Block::paragraph("附件：1.申请表"),
        Block::paragraph("第四条不适用的，适用第四条之一，本办法第九条除外。"),
        Block::heading_of(1, "附件1"),
        Block::heading_of(1, "附件2"),
    ]);
    let expected = [
        "附件 2 → 附件2",
        "本办法第一条 → 第一条",
        "第三条 → 第三条",
        "前条 → 第一条",
        "附件1 → 附件1",
        "前款 → 第三条",
        "本条第二款 → 第三条",
        "本办法第三条第（二）项 → 第三条/（二）",
        "第三条第一项 → 第三条/（一）",
        "前两条 → 第二条",
        "附件一 → 附件1",
        "二 → 附件2",
        "第四条之一 → 第四条之一",
    ];
    assert_eq!(got, expected);
}

#[test]
fn clauses_of_an_opinion() {
    let got = pointed(vec![
        Block::title("关于推进工作的实施意见"),
        Block::heading_of(2, "一、总体要求"),
        Block::heading_of(2, "二、主要任务"),
        Block::heading_of(3, "（一）建设机构。"),
        Block::paragraph("按照本实施意见第三部分的要求落实，具体见附件，上述要求不得降低。"),
        Block::heading_of(3, "（二）培训人员。"),
        Block::paragraph("落实上述第（一）项任务和本意见第三条，其他意见第二部分不适用。"),
        Block::heading_of(2, "三、组织保障"),
        Block::paragraph("附件：任务分工"),
        Block::heading_of(1, "附件 任务分工"),
    ]);
    let expected =
        ["本实施意见第三部分 → 三", "附件 → 附件", "上述第（一）项 → 二/（一）", "本意见第三条 → 三", "附件 → 附件"];
    assert_eq!(got, expected);
}

/// Each of two texts means its own articles; what is there twice for a third is nowhere.
#[test]
fn two_sets_of_rules_in_one_document() {
    let got = pointed(vec![
        Block::title("关于印发两个办法的通知"),
        Block::paragraph("按照第一条办理，其中第二条按照本办法第二条执行。"),
        Block::title("甲办法"),
        Block::heading_of(2, "第一条"),
        Block::heading_of(2, "第二条"),
        Block::paragraph("依照本办法第一条办理。"),
        Block::title("乙办法"),
        Block::heading_of(2, "第一条"),
        Block::paragraph("前条不适用，依照本办法第一条办理。"),
    ]);
    assert_eq!(got, ["本办法第二条 → 第二条", "本办法第一条 → 第一条", "本办法第一条 → 第一条~2"]);
}
