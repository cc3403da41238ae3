//! Paragraphs and the targets in them.

use super::*;
use crate::{Block, BlockKind, Document, Outline};

#[test]
fn numbers_of_nothing() {
    for (text, lacks) in [
        ("到2020年，达到80%以上。", true),
        ("力争到2020年，提高到1000个。", true),
        ("到2020年，覆盖率达到80%以上。", false),
        ("养老床位稳步增加，到2020年达到5万张。", false),
        ("到2020年，80%以上的机构提供服务。", false),
        ("到2020年，体系健全。", false),
    ] {
        let mut document = Document { blocks: vec![Block::paragraph(text)], ..Document::default() };
        document.meta.date = Some("2017-10-06".to_owned());
        let found = targets(&document, &Outline::of(&document));
        assert_eq!(found.iter().any(|t| lacks_subject(&document, t.text)), lacks, "{text}");
    }
}

#[test]
fn sentences() {
    // A paragraph of a document of 6 October 2017 | its targets: due, ~ where inherited, ? where unsure, text
    let table: &[(&str, &[&str])] = &[
        (
            "到2020年，体系健全。所有机构开通绿色通道。（市民政局负责）",
            &["2020-12-31 到2020年，体系健全", "2020-12-31~ 所有机构开通绿色通道"],
        ),
        ("加强建设。到 2020 年，至少建有一所医院。鼓励合作。", &["2020-12-31 到 2020 年，至少建有一所医院"]),
        ("各县要在2018年底前完成改造。", &["2018-12-31 各县要在2018年底前完成改造"]),
        ("市卫生局将加强培训，2018年计划培训800人次。", &["2018-12-31 2018年计划培训800人次"]),
        ("到2018年，达到50%；到2020年，达到80%。", &["2018-12-31 到2018年，达到50%", "2020-12-31 到2020年，达到80%"]),
        ("到2020年，设立康复场所，有条件的地方可配备器具。", &["2020-12-31 到2020年，设立康复场所"]),
        (
            "一是加快建设，2018年底前新建10个；二是落实补贴；三是年内培训200人次。",
            &["2018-12-31 加快建设，2018年底前新建10个", "2018-12-31 年内培训200人次"],
        ),
        ("12月底前完成验收。", &["2017-12-31 12月底前完成验收"]),
        (
            "力争2018年上半年提请审议；会同省住建厅开展清查，到2017年底清查率达到100%。",
            &["2018-06-30 力争2018年上半年提请审议", "2017-12-31 会同省住建厅开展清查，到2017年底清查率达到100%"],
        ),
        (
            "“十三五”期末，建成医院1所。新增病房200间。",
            &["2020-12-31 “十三五”期末，建成医院1所", "2020-12-31~ 新增病房200间"],
        ),
        ("标准化建设达标率2020年达到100％。", &["2020-12-31 标准化建设达标率2020年达到100％"]),
        (
            "“十三五”期间，培养名中医100名，其中基层不少于30名；支持大学创建“双一流”学科。",
            &["2020-12-31 “十三五”期间，培养名中医100名，其中基层不少于30名；支持大学创建“双一流”学科"],
        ),
        (
            "2018年上半年上线，年内服务不少于50万人次。",
            &[
                "2018-06-30 2018年上半年上线，年内服务不少于50万人次",
                "2018-12-31 2018年上半年上线，年内服务不少于50万人次",
            ],
        ),
        ("市城管局计划在2018年新增停放点位500处。", &["2018-12-31 市城管局计划在2018年新增停放点位500处"]),
        (
            "市城管局2018年新增点位500处；市消防支队开展行动，年底前整改率达到100%；2018年底前再整改10处。",
            &[
                "2018-12-31 市城管局2018年新增点位500处",
                "2018-12-31 市消防支队开展行动，年底前整改率达到100%",
                "2018-12-31 2018年底前再整改10处",
            ],
        ),
        ("2018年、2020年分别开展评估。", &["2020-12-31 2018年、2020年分别开展评估"]),
        ("展望2035年，建成健康体系。", &["2035-12-31 展望2035年，建成健康体系"]),
        (
            "2020年前，培育企业5家。支持企业。【主办：省工信厅；协办：省科技厅】",
            &["2020-12-31 2020年前，培育企业5家", "2020-12-31~ 支持企业"],
        ),
        (
            "根据人口因素，推动人才下沉；加大招聘力度，力争2020年每千人口医生数不低于3.5人。",
            &["2020-12-31 根据人口因素，推动人才下沉；加大招聘力度，力争2020年每千人口医生数不低于3.5人"],
        ),
        (
            "由全科向专科拓展，到2018年，医生数不低于4人，到2020年不低于5人。",
            &[
                "2018-12-31 由全科向专科拓展，到2018年，医生数不低于4人，到2020年不低于5人",
                "2020-12-31 由全科向专科拓展，到2018年，医生数不低于4人，到2020年不低于5人",
            ],
        ),
        ("到2020年，覆盖率达到80%。覆盖率每年提升2个百分点。", &["2020-12-31 到2020年，覆盖率达到80%"]),
        (
            "加大支持力度，确保2018年贷款余额不低于上年同期。",
            &["2018-12-31 加大支持力度，确保2018年贷款余额不低于上年同期"],
        ),
        ("争取三年内实现担保业务全覆盖。", &["2020-10-06? 争取三年内实现担保业务全覆盖"]),
        ("本方案印发后3个月内出台实施细则。", &["2018-01-06 本方案印发后3个月内出台实施细则"]),
        ("从2018年起3年内建成示范区。", &["2020-12-31 从2018年起3年内建成示范区"]),
        ("确保年底前兑付全部补贴。", &["2017-12-31 确保年底前兑付全部补贴"]),
        (
            "2018年6月底前，市财政局完成贴息资金拨付。农业企业减征房产税。",
            &["2018-06-30 2018年6月底前，市财政局完成贴息资金拨付"],
        ),
        ("2018年是“十三五”规划的收官之年，也是谋篇布局之年。根据总体安排，制定本规划。", &[]),
        ("“十三五”时期，我市经济转向高质量发展的新阶段。各类风险仍然多发。", &[]),
        ("2018年1月1日至12月31日，受影响的企业可申请补贴。", &[]),
        ("自即日起至2018年12月底，减半收取担保费用。", &[]),
        ("将1月、2月应缴社会保险费征收期延长至2018年3月底。", &[]),
        ("对2018年新增的贷款，省财政给予贴息。", &[]),
        ("地方债券优先支持2018年6月底前开工建设的项目。", &[]),
        ("企业可在2018年2月24日前完成申报。", &[]),
        ("裁员人数不超过本企业2018年底参保人数的20%。", &[]),
        ("要求企业2018年前4个月职工人数与去年持平。", &[]),
        ("五年内免征企业所得税。", &[]),
        ("时间要求：2018年年底前完成，并长期坚持", &[]),
        ("2016年，省民政厅印发《通知》，开展活动。", &[]),
        ("2017年5月，省文旅厅联合出台《意见》。", &[]),
        ("2018年6月4日，市政府召开会议。", &[]),
        ("2018年底前取得资格的，继续有效。", &[]),
        ("2018年6月4日", &[]),
        ("发布日期: 2018年6月4日", &[]),
        ("本办法自2018年1月1日起施行，有效期至2020年12月31日。", &[]),
        ("按照《卫生人才方案（2018—2023年）》执行。", &[]),
        ("五年内继续按原用途使用土地。", &[]),
        ("2020年以前已经取得的资格继续有效。", &[]),
    ];
    for (text, expected) in table {
        let mut document = Document { blocks: vec![Block::paragraph(*text)], ..Document::default() };
        document.meta.date = Some("2017-10-06".to_owned());
        let got: Vec<String> = targets(&document, &Outline::of(&document))
            .iter()
            .map(|t| {
                let due = t.due.due.map(|d| d.to_string()).unwrap_or_default();
                let marks = if t.due.inherited { "~" } else { "" };
                format!("{due}{marks}{} {}", if t.sure { "" } else { "?" }, document.quote(t.text))
            })
            .collect();
        assert_eq!(&got, expected, "{text}");
    }
}

/// What a heading says holds for what stands under it; the title of an attachment dates nothing.
#[test]
fn headings() {
    let table: &[(&[&str], &[&str])] = &[
        (
            &[
                "## 一、2018年主要预期目标",
                "### 1.生产总值增长6%。（牵头单位：县发展和改革局）",
                "### 2.收入分别增长6%、6.5%。",
            ],
            &["2018-12-31~ 生产总值增长6% [6%]", "2018-12-31~ 收入分别增长6%、6.5% [6% 6.5%]"],
        ),
        (
            &["## 二、2018年重点任务", "### （一）建设学校", "新建学校3所。加强管理。"],
            &["2018-12-31~? 新建学校3所 [3所]"],
        ),
        (&["# 附件1 2018年任务清单", "## 1.新建学校3所。"], &[]),
        (&["## 一、2016年工作回顾", "新建学校3所。"], &[]),
        (&["## 一、发展形势", "到2020年，我国老年人口将超过2亿人。"], &[]),
        (
            &["## 一、各乡镇要于11月底前造林500亩。", "## 二、县林业局负责指导。"],
            &["2017-11-30 各乡镇要于11月底前造林500亩 [500亩]"],
        ),
    ];
    for (lines, expected) in table {
        let block = |line: &&str| {
            let text = line.trim_start_matches('#');
            let level = line.len() - text.len();
            match u8::try_from(level) {
                Ok(level @ 1..) => {
                    let mut block = Block::heading_of(level, text.trim_start());
                    // A bracket behind a heading is not of it.
                    if let (BlockKind::Heading(h), Some(end)) = (&mut block.kind, block.text.find("。（")) {
                        h.title.end = end;
                    }
                    block
                }
                _ => Block::paragraph(text),
            }
        };
        let mut document = Document { blocks: lines.iter().map(block).collect(), ..Document::default() };
        document.meta.date = Some("2017-10-06".to_owned());
        assert_eq!(&listed(&document), expected, "{lines:?}");
    }
}

/// Every column of a year to come gives a target a row; a column without a year has that of the caption.
#[test]
fn tables_of_indicators() {
    let rows = |rows: &[&[&str]]| -> Vec<Vec<String>> {
        rows.iter().map(|r| r.iter().map(|c| (*c).to_owned()).collect()).collect()
    };
    let years = rows(&[
        &["序号", "指标", "单位", "2015年", "2020年", "属性"],
        &["1", "城镇化率", "%", "56", "≥60", "预期性"],
        &["2", "新增床位（张）", "", "100", "200左右", "约束性"],
        &["3", "信用体系", "", "—", "—", "预期性"],
    ]);
    let goals = rows(&[&["指标", "预期值"], &["死亡人数", "下降15%"]]);
    let mut document = Document {
        blocks: vec![
            Block::heading_of(2, "一、主要指标"),
            Block::table(true, &years),
            Block::paragraph("专栏1 “十三五”时期主要指标"),
            Block::table(true, &goals),
        ],
        ..Document::default()
    };
    document.meta.date = Some("2017-10-06".to_owned());
    let expected =
        ["2020-12-31~ 城镇化率 [>=60%]", "2020-12-31~ 新增床位（张） [200张]", "2020-12-31~ 死亡人数\t下降15% [15%]"];
    assert_eq!(listed(&document), expected);
}

/// The targets of a document with their indicators, an `=` left out.
fn listed(document: &Document) -> Vec<String> {
    let shown = |t: &Target| {
        let due = t.due.due.map(|d| d.to_string()).unwrap_or_default();
        let marks = format!("{}{}", if t.due.inherited { "~" } else { "" }, if t.sure { "" } else { "?" });
        let numbers: Vec<String> = t
            .indicators
            .iter()
            .map(|i| format!("{}{}{}", i.op.sign().trim_start_matches('='), i.value, i.unit))
            .collect();
        let numbers = if numbers.is_empty() { String::new() } else { format!(" [{}]", numbers.join(" ")) };
        format!("{due}{marks} {}{numbers}", document.quote(t.text))
    };
    targets(document, &Outline::of(document)).iter().map(shown).collect()
}
