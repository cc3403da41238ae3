//! Clauses as documents write them, and what they are about.

use std::collections::HashSet;

use gongwen::{extract, layout, markdown};

use super::*;

/// A document with its obligations and what its clauses are about.
struct Tested {
    document: Document,
    obligations: Vec<Obligation>,
    clauses: Vec<(usize, TopicClause)>,
}

fn tested(text: &str) -> Tested {
    let document = Document { blocks: markdown::read(text).blocks, ..Document::default() };
    let outline = Outline::of(&document);
    let findings = extract::findings(&document, &outline);
    let mut obligations = super::super::obligations::read(&document, &outline, &findings);
    let roles = layout::roles(&document.blocks);
    let clauses = read(&document, &outline, &mut obligations, &roles, Registry::builtin().topics());
    Tested { document, obligations, clauses }
}

fn name(topic: usize) -> &'static str {
    &Registry::builtin().topics().list()[topic].id
}

/// What the clauses of a text are about, a line a clause: `path topic topic`, with `=` before a topic that its title
/// gives, `^` before one that the heading above gives, `?` before one that it only mentions.
fn topics_of(text: &str) -> String {
    let mut lines: Vec<(String, String)> = Vec::new();
    for (topic, clause) in tested(text).clauses {
        let sign = match clause.evidence {
            Evidence::Title => "=",
            Evidence::Heading => "^",
            Evidence::Text => "",
            Evidence::Mention => "?",
        };
        let shown = format!(" {sign}{}", name(topic));
        match lines.iter_mut().find(|(path, _)| *path == clause.path) {
            Some((_, names)) => names.push_str(&shown),
            None => lines.push((clause.path.clone(), shown)),
        }
    }
    lines.into_iter().map(|(path, names)| format!("{path}{names}")).collect::<Vec<_>>().join("\n")
}

/// The clause beside what it is about.
#[test]
fn clauses() {
    let table = [
        // A title word in the heading decides, whatever the text says.
        ("## 一、强化用地保障\n\n各地要积极作为。", "一 =用地"),
        ("## 一、推进家庭医生签约服务\n\n组建团队，分片包干。", "一 =家庭医生签约"),
        ("## 一、建立长期护理保险制度\n\n扩大试点范围，统一筹资标准。", "一 =长期护理保险"),
        ("## 一、大力发展安宁疗护\n\n每个县设立一个病区。", "一 =安宁疗护"),
        // Other fields than health.
        ("## 一、深化大气污染治理\n\n开展扬尘整治，落实秸秆禁烧责任。", "一 =大气污染防治"),
        ("## 一、稳定和扩大就业\n\n开发公益性岗位，兑现创业担保贷款贴息。", "一 =就业创业"),
        ("## 一、完善公租房保障\n\n扩大保障性租赁住房供给，解决新市民住房困难。", "一 =住房保障"),
        ("## 一、优化营商环境\n\n清理涉企收费，整治招投标乱象。", "一 =营商环境"),
        ("## 一、建设四好农村路\n\n新改建农村公路，开通客运班线，改善道路运输条件。", "一 交通运输"),
        ("## 一、加快数字政府建设\n\n推进公共数据归集。", "一 =数字政府"),
        ("## 一、保障粮食安全\n\n建设高标准农田，稳定播种面积。", "一 =农业生产"),
        ("## 一、办好学前教育\n\n新建公办幼儿园，增加学位。", "一 =教育"),
        ("## 一、加强科技创新\n\n支持企业研发。", "一 =科技创新"),
        // An annotation names organs, not topics.
        ("## 一、做好统计\n\n按时报送。（市教育局、市科技局、市住房城乡建设局负责）", "一 =统计与普查"),
        ("## 一、其他\n\n教育行政部门、交通运输部门、应急管理局和消防救援总队要密切配合。", ""),
        // Words in 《》 are another document's.
        ("## 一、其他\n\n《家庭医生签约服务管理办法》《家庭医生签约补助标准》同时废止。", ""),
        // A longer word in which another means something else.
        ("## 一、开展健康教育\n\n举办健康讲座。", "一 =健康教育与促进"),
        ("## 一、其他\n\n其中医疗机构应当配合。", ""),
        ("## 一、其他\n\n市政府要充分利用地方资源。", ""),
        // One thing in passing is a mention, and only where the word names the topic by itself.
        (
            "## 一、做好采购\n\n对经费已由长期护理保险安排的项目，不得重复申报，发现的一律收回，并在全市范围内通报批评，连续两年的取消资格。",
            "一 ?长期护理保险",
        ),
        // Thick in the text.
        (
            "## 一、主要任务\n\n鼓励二级以上医院设立安宁疗护科，基层机构开设安宁疗护病床，推广居家临终关怀。",
            "一 安宁疗护",
        ),
        // A document without an outline is one clause.
        (
            "# 关于某件事的答复\n\n您提出的建议收悉。家庭医生签约服务覆盖率已达四成，家庭医生团队入户随访。",
            " 家庭医生签约",
        ),
    ];
    let wrong = table.iter().filter(|(text, expected)| topics_of(text) != *expected);
    let wrong: Vec<String> = wrong.map(|(text, _)| format!("{text} → {}", topics_of(text))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What stands under a heading.
#[test]
fn headings_and_the_clauses_under_them() {
    // A bare heading speaks for the clauses under it that say nothing themselves, and is not listed besides them.
    let text =
        "## 一、建强人才队伍\n\n### （一）扩大规模。\n\n每年新增百名。\n\n### （二）强化用地保障。\n\n优先供应。\n";
    assert_eq!(topics_of(text), "一/（一） ^人才队伍\n一/（二） =用地");
    // Where every clause has a topic of its own, the heading is not forgotten.
    let text =
        "## 一、建强人才队伍\n\n### （一）强化用地保障。\n\n优先供应。\n\n### （二）推进信息化。\n\n建成平台。\n";
    assert_eq!(topics_of(text), "一 =人才队伍\n一/（一） =用地\n一/（二） =信息化");
    // With text of its own it is a clause like any other.
    let text = "## 一、建强人才队伍\n\n要久久为功。\n\n### （一）扩大规模。\n\n每年新增百名。\n";
    assert_eq!(topics_of(text), "一 =人才队伍");
    // Numbered paragraphs of a clause with text belong to it.
    let text = "## 一、建强人才队伍\n\n### （一）扩大规模。\n\n分步推进。\n\n#### 1.\n\n逐年增加。\n";
    assert_eq!(topics_of(text), "一/（一） ^人才队伍");
}

/// Sentences and rows are about things of their own.
#[test]
fn obligations() {
    let text = "## 一、明确部门职责\n\n民政部门要把老年助餐纳入规划；国土资源部门要保障养老设施的土地供应。\n";
    assert_eq!(topics_of(text), "一 老年助餐 =组织领导 养老服务设施 用地");
    let text = "# 附件 任务分工\n\n| 序号 | 工作任务 | 牵头部门 | 时间进度 |\n| --- | --- | --- | --- |\n\
        | 1 | 建成养老服务信息平台 | 市民政局 | 2027年底前 |\n| 2 | 出台用地保障办法 | 市自然资源局 | 2026年底前 |\n";
    assert_eq!(topics_of(text), "附件/1 =智慧养老 =信息化\n附件/2 =用地");
}

/// Text under no heading is one clause, however often headings come between.
#[test]
fn text_under_no_heading() {
    let text = "# 关于做好有关工作的通知\n\n民政部门要保障养老机构的土地供应。\n\n## 一、其他\n\n照此办理。\n\n\
        # 云河市实施细则\n\n各县要落实养老设施的用地保障。\n";
    let t = tested(text);
    let found: Vec<_> = t.clauses.iter().filter(|(i, _)| name(*i) == "用地").map(|(_, c)| c).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].path.as_str(), found[0].obligations.len()), ("", 2));
    assert_eq!(t.obligations.iter().filter(|o| !o.topics.is_empty()).count(), 2);
}

/// Of several indicators in a sentence a topic gets those that measure it.
#[test]
fn indicators() {
    let text = "## 一、工作目标\n\n到2027年，家庭医生签约服务覆盖率达到60%，重点人群覆盖率达到90%；每百名老人有护理型床位不少于3张；安宁疗护病床达到200张。\n";
    let t = tested(text);
    let measured = |topic: &str| -> Vec<&str> {
        let clause = t.clauses.iter().find(|(i, _)| name(*i) == topic).map(|(_, c)| c);
        let obligations = clause.into_iter().flat_map(|c| &c.obligations);
        obligations
            .flat_map(|o| o.indicators.iter().map(|&i| t.obligations[o.index].indicators[i].text.as_str()))
            .collect()
    };
    assert_eq!(measured("家庭医生签约"), ["家庭医生签约服务覆盖率达到60%", "重点人群覆盖率达到90%"]);
    assert_eq!(measured("养老服务设施"), ["每百名老人有护理型床位不少于3张"]);
    assert_eq!(measured("安宁疗护"), ["安宁疗护病床达到200张"]);
    assert_eq!(measured("信息化"), Vec::<&str>::new());
}

/// What is quoted stands in the text, and a clause is listed once a topic.
#[test]
fn spans_quote_the_text() {
    let text = include_str!("../../../content/吉市政办发-2017-48.md");
    let body = text.splitn(3, "+++").nth(2).unwrap_or_default();
    let Tested { document, clauses, .. } = tested(body);
    assert!(clauses.len() > 50);
    let mut seen = HashSet::new();
    for (topic, clause) in &clauses {
        assert!(seen.insert((*topic, clause.path.clone())), "{} twice", clause.path);
        assert!(!document.quote(clause.sentence).is_empty(), "{}", clause.path);
        assert!(clause.words.iter().all(|w| document.quote(*w).chars().count() > 1));
        assert!(!clause.words.is_empty(), "{}", clause.path);
    }
}
