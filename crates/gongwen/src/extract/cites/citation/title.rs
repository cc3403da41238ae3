//! Titles: is this 《title》 an instrument's, and when are two printed titles one?

use super::words::WORDS;
use crate::date::year;
use crate::extract::kit::organ::without_bracket;
use crate::scan::{Cursor, is_han};

/// What a title's last words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judged {
    /// 通知, 办法, 法 …
    Instrument,
    /// 关于…的建议: what a deputy proposes.
    Proposal,
    /// 许可证, 日报, 申请表.
    Not,
    /// Nothing known.
    Unknown,
}

/// Judges a title by its last words, brackets like （试行） and （2019—2023年） aside.
pub(super) fn judge(title: &str) -> Judged {
    let end = ending(title);
    let longest =
        |words: &[String]| words.iter().filter(|w| end.ends_with(w.as_str())).map(|w| w.len()).max().unwrap_or(0);
    if WORDS.proposals.iter().any(|w| end.ends_with(w.as_str())) {
        // 中共中央关于制定国民经济和社会发展第十四个五年规划和二〇三五年远景目标的建议
        let central = WORDS.central.iter().all(|w| end.contains(w.as_str()));
        return if central { Judged::Instrument } else { Judged::Proposal };
    }
    match (longest(&WORDS.kinds), longest(&WORDS.not_kinds)) {
        (0, 0) => Judged::Unknown,
        (kind, not) if not >= kind => Judged::Not,
        _ => Judged::Instrument,
    }
}

/// A title that is nothing but a word for a kind: 《通知》, 《实施方案》.
pub(super) fn is_bare_kind(key: &str) -> bool {
    let bare = WORDS.qualifiers.iter().find_map(|w| key.strip_prefix(w.as_str())).unwrap_or(key);
    key.chars().count() <= 6 && WORDS.kinds.iter().any(|w| w == bare || w == key)
}

/// 县政府重点工作任务分解 of 2025年县政府重点工作任务分解: an instrument that was named without its year before.
pub(super) fn without_year(key: &str) -> Option<&str> {
    let mut c = Cursor::new(key, 0);
    year(&mut c)?;
    c.eat_any(&["年度", "年"])?;
    Some(c.rest()).filter(|rest| !rest.is_empty())
}

/// A title without what follows its kind: （试行）, （2019—2023年）, 2021年版.
fn ending(title: &str) -> &str {
    let mut end = title.trim();
    for _ in 0..3 {
        let bare = without_bracket(end).trim_end();
        let bare = bare.strip_suffix('版').unwrap_or(bare);
        let bare = bare.strip_suffix('年').unwrap_or(bare);
        let bare = if bare == end {
            bare
        } else {
            bare.trim_end_matches(|c: char| c.is_ascii_digit() || "—-－–".contains(c))
        };
        if bare == end || bare.is_empty() {
            break;
        }
        end = bare;
    }
    end
}

/// A title without blanks beside Chinese characters, which only a page put there.
pub(super) fn plain(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut chars = title.trim().chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            let before = out.chars().next_back().is_none_or(wide);
            while chars.peek().is_some_and(|c| c.is_whitespace()) {
                chars.next();
            }
            let after = chars.peek().copied().is_none_or(wide);
            if !before && !after {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// True for Chinese characters and the punctuation set with them.
fn wide(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”')
}

/// What two printings of a title have in common: brackets of one width, no blanks, no 《》.
pub(super) fn key(title: &str) -> String {
    title
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '《' | '》' | '〈' | '〉' | '“' | '”' | '"'))
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            '-' | '－' | '–' => '—',
            ',' => '，',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        use Judged::*;
        let table = [
            ("关于推进养老产业加快发展的实施意见", Instrument),
            ("吉林省长期护理保险护理服务机构定点管理实施细则（试行）", Instrument),
            ("江苏省卫生人才强基工程实施方案(2019—2023年)", Instrument),
            ("产业结构调整指导目录（2019年本）", Instrument),
            ("国家基本公共卫生服务规范（第三版）", Instrument),
            ("养老机构等级划分与评定标准2021年版", Instrument),
            ("中华人民共和国老年人权益保障法", Instrument),
            ("吉林省为老年人办实事清单", Instrument),
            ("中共中央关于制定国民经济和社会发展第十四个五年规划的建议", Instrument),
            ("医疗机构执业许可证", Not),
            ("设置医疗机构批准书", Not),
            ("人民日报", Not),
            ("行政处罚决定书", Not),
            ("定点机构申请表", Not),
            ("关于促进医养结合机构行业发展的建议", Proposal),
            ("觉醒年代", Unknown),
        ];
        for (title, expected) in table {
            assert_eq!(judge(title), expected, "{title}");
        }
        assert!(is_bare_kind("实施方案") && is_bare_kind("通知") && !is_bare_kind("吉林省办法"));
        assert_eq!(plain("关于 推进 PPP 模式 GB 9704"), "关于推进PPP模式GB 9704");
    }
}
