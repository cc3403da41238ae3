//! 词表: the endings and set phrases by which the elements of a document are told apart.
//!
//! Facts of the language of documents, apart from the code that uses them. Where GB/T 9704-2012 or the 党政机关公文
//! 处理工作条例 lists them, the list is theirs; the rest is usage.

/// The kinds of document by the word that ends a title, longest first where one ends in another. The second column is
/// the 文种 that it counts as.
pub const KINDS: &[(&str, &str)] = &[
    ("指导意见", "意见"),
    ("实施意见", "意见"),
    ("若干意见", "意见"),
    ("意见", "意见"),
    ("通知", "通知"),
    ("通报", "通报"),
    ("通告", "通告"),
    ("公告", "公告"),
    ("公报", "公报"),
    ("决议", "决议"),
    ("决定", "决定"),
    ("命令", "命令"),
    ("令", "命令"),
    ("报告", "报告"),
    ("请示", "请示"),
    ("批复", "批复"),
    ("议案", "议案"),
    ("复函", "函"),
    ("答复函", "答复"),
    ("函", "函"),
    ("纪要", "纪要"),
    ("答复", "答复"),
    ("答复意见", "答复"),
    ("回复", "答复"),
    ("方案", "方案"),
    ("规划", "规划"),
    ("纲要", "纲要"),
    ("计划", "计划"),
    ("要点", "要点"),
    ("办法", "办法"),
    ("规定", "规定"),
    ("条例", "条例"),
    ("细则", "细则"),
    ("规则", "规则"),
    ("规程", "规程"),
    ("规范", "规范"),
    ("标准", "标准"),
    ("准则", "准则"),
    ("章程", "章程"),
    ("制度", "制度"),
    ("预案", "预案"),
    ("措施", "措施"),
    ("举措", "措施"),
    ("政策", "政策"),
    ("清单", "清单"),
    ("目录", "目录"),
    ("名单", "名单"),
    ("指南", "指南"),
    ("指引", "指引"),
    ("解释", "解释"),
    ("解读", "解读"),
    ("法", "法律"),
    ("法典", "法律"),
];

/// What may follow the kind at the end of a title: （试行）, （2019—2023年）, （修订） …
pub const TITLE_TAILS: &[char] = &['）', ')', '〕', '》'];

/// The endings of organ names, long enough to tell a signature from a sentence.
pub const ORGAN_ENDINGS: &[&str] = &[
    "人民政府",
    "政府",
    "办公厅",
    "办公室",
    "委员会",
    "常委会",
    "管委会",
    "工委",
    "党组",
    "党委",
    "市委",
    "省委",
    "县委",
    "区委",
    "纪委",
    "监委",
    "委",
    "总局",
    "局",
    "厅",
    "部",
    "院",
    "署",
    "会",
    "总队",
    "支队",
    "大队",
    "中心",
    "银行",
    "分行",
    "支行",
    "海关",
    "公司",
    "集团",
    "联合会",
    "总工会",
    "法院",
    "检察院",
    "学院",
    "大学",
    "所",
    "处",
    "科",
    "站",
    "办",
    "社",
    "团",
    "军区",
    "军分区",
    "人武部",
    "学校",
    "医院",
];

/// The endings of those to whom a document is addressed that are no organ names of their own.
pub const ADDRESSEE_ENDINGS: &[&str] = &[
    "单位", "部门", "机构", "企业", "高校", "院校", "学校", "医院", "代表", "委员", "同志", "先生", "女士", "地区",
    "直属", "机关", "团体", "组织", "街道", "乡镇", "镇", "乡", "盟", "州", "党派", "银行", "成员",
];

/// A paragraph that opens so stands alone even where the line before it is full: closings and additions.
pub const OPENINGS: &[&str] = &[
    "特此通知",
    "特此函",
    "特此公告",
    "特此批复",
    "特此答复",
    "特此报告",
    "附件",
    "附：",
    "附:",
    "抄送",
    "抄报",
    "主送",
    "联系人",
    "联系电话",
    "联系单位",
    "联系方式",
    "经办人",
    "（此件",
    "(此件",
    "此件",
    "（信息公开",
    "(信息公开",
    "信息公开",
    "公开方式",
    "公开属性",
    "（联系人",
    "(联系人",
    "（此页无正文",
    "(此页无正文",
    "责任单位",
    "牵头单位",
    "配合单位",
    "完成时限",
    "初审",
    "复审",
    "终审",
];

/// How the paragraph begins that closes a reply or a letter.
pub const CLOSINGS: &[&str] = &[
    "感谢",
    "衷心感谢",
    "诚挚感谢",
    "真诚感谢",
    "非常感谢",
    "再次感谢",
    "最后",
    "专此",
    "此复",
    "以上答复",
    "以上意见",
];

/// How the paragraph begins that says why a document is made (GB/T 9704 leaves it to usage: 公文开头的目的句).
pub const PREAMBLES: &[&str] = &[
    "为深入",
    "为贯彻",
    "为认真",
    "为全面",
    "为进一步",
    "为切实",
    "为加快",
    "为加强",
    "为推进",
    "为推动",
    "为落实",
    "为做好",
    "为规范",
    "为促进",
    "为了",
    "根据《",
    "按照《",
    "现将",
    "现就",
    "经研究",
];

/// The labels that government sites print before a document (国务院办公厅《政府信息公开目录》 and usage).
pub const LABELS: &[&str] = &[
    "索引号",
    "发文机关",
    "发文单位",
    "发布机构",
    "发布机关",
    "发布单位",
    "发布日期",
    "发布时间",
    "成文日期",
    "制发日期",
    "生成日期",
    "来源",
    "分类",
    "主题分类",
    "主题词",
    "体裁分类",
    "文号",
    "发文字号",
    "文件编号",
    "有效性",
    "时效性",
    "公开日期",
    "公开形式",
    "公开方式",
    "名称",
    "标题",
    "信息名称",
    "体裁",
    "关键词",
    "生效日期",
    "废止日期",
    "效力状态",
    "统一编号",
    "登记号",
    "组配分类",
    "内容概述",
    "服务对象",
    "字体",
    "浏览次数",
    "责任编辑",
];

/// The label before the colon that `text` begins with (标　题：), and the bytes up to the end of the colon.
pub fn label_at(text: &str) -> Option<(String, usize)> {
    let (colon, c) = text.char_indices().find(|(_, c)| matches!(c, '：' | ':'))?;
    if colon > 60 {
        return None;
    }
    let spaced = |c: char| c.is_whitespace() || "[]【】".contains(c);
    let label: String = text[..colon].chars().filter(|c| !spaced(*c)).collect();
    LABELS.contains(&label.as_str()).then(|| (label, colon + c.len_utf8()))
}

/// True where `text` ends in one of `endings`.
pub fn ends_with_any(text: &str, endings: &[&str]) -> bool {
    endings.iter().any(|e| text.ends_with(e))
}

/// True where `text` starts with one of `openings`.
pub fn starts_with_any(text: &str, openings: &[&str]) -> bool {
    openings.iter().any(|o| text.starts_with(o))
}

/// The 文种 of a title by the word that ends it, a closing （试行） aside.
pub fn kind_of_title(title: &str) -> Option<&'static str> {
    let mut title = title.trim_end();
    while let Some(open) = title.ends_with(TITLE_TAILS).then(|| title.rfind(['（', '(', '〔'])).flatten() {
        title = title[..open].trim_end();
    }
    KINDS.iter().filter(|(word, _)| title.ends_with(word)).max_by_key(|(word, _)| word.len()).map(|(_, kind)| *kind)
}

/// True where `text` could be the name of one organ: no punctuation but brackets, and an organ's ending.
pub fn is_organ_name(text: &str) -> bool {
    let count = text.chars().count();
    let plain = |c: char| super::read::line::is_cjk(c) && !"，。、；：？！《》“”—…".contains(c);
    (3..=40).contains(&count) && text.chars().all(plain) && ends_with_any(text, ORGAN_ENDINGS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        for (title, kind) in [
            ("关于加快推进医养结合高质量发展的实施意见", Some("意见")),
            ("医疗机构医疗保障定点管理暂行办法", Some("办法")),
            ("管理实施细则（试行）", Some("细则")),
            ("强基工程实施方案(2019—2023年)", Some("方案")),
            ("对省十四届人大四次会议第115号代表建议的答复", Some("答复")),
            ("关于同意设立某区的批复", Some("批复")),
            ("中华人民共和国民法典", Some("法律")),
            ("关于某事的复函", Some("函")),
            ("某市人民政府办公室", None),
        ] {
            assert_eq!(kind_of_title(title), kind, "{title}");
        }
    }
}
