//! 分工表的栏目: what the columns of a task table hold, by their headings.

use crate::words;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// 序号.
    Ordinal,
    /// 类别、领域: a heading over several tasks.
    Category,
    /// 工作任务.
    Task,
    /// 牵头单位.
    Lead,
    /// 配合单位.
    Support,
    /// 责任单位, none of them leading.
    Responsible,
    /// 完成时限.
    Due,
    /// 备注, and anything else.
    Other,
}

/// Words of column headings, the more telling first: the first that a heading holds decides.
const WORDS: &[(&str, Column)] = &[
    ("序号", Column::Ordinal),
    ("编号", Column::Ordinal),
    ("时限", Column::Due),
    ("时间", Column::Due),
    ("进度", Column::Due),
    ("期限", Column::Due),
    ("牵头", Column::Lead),
    ("主办", Column::Lead),
    ("配合", Column::Support),
    ("协办", Column::Support),
    ("协助", Column::Support),
    ("参与", Column::Support),
    ("参加", Column::Support),
    ("责任单位", Column::Responsible),
    ("责任部门", Column::Responsible),
    ("责任主体", Column::Responsible),
    ("负责单位", Column::Responsible),
    ("负责部门", Column::Responsible),
    ("落实单位", Column::Responsible),
    ("分工", Column::Responsible),
    ("类别", Column::Category),
    ("领域", Column::Category),
    ("方面", Column::Category),
    ("任务", Column::Task),
    ("事项", Column::Task),
    ("措施", Column::Task),
    ("内容", Column::Task),
    ("项目", Column::Task),
    ("目标", Column::Task),
    ("举措", Column::Task),
];

/// What the column headed `heading` holds.
pub fn kind(heading: &str) -> Column {
    let packed: String = heading.chars().filter(|c| !c.is_whitespace()).collect();
    if packed.chars().count() > 14 || packed.contains(['。', '，', '；', '：']) {
        return Column::Other;
    }
    WORDS.iter().find(|(word, _)| packed.contains(word)).map_or(Column::Other, |(_, column)| *column)
}

/// How well `cell` reads as the cell of such a column; higher is better, an empty cell is a little worse than none.
pub fn fit(cell: &str, column: Column) -> f64 {
    if cell.is_empty() {
        return -2.0;
    }
    let organs = organ_share(cell);
    let due = looks_due(cell);
    match column {
        Column::Ordinal => {
            let digits = cell.trim_end_matches(['.', '、']);
            if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) { 6.0 } else { -6.0 }
        }
        Column::Lead | Column::Support | Column::Responsible => 8.0 * organs - 4.0,
        Column::Due => {
            if due {
                4.0
            } else {
                -4.0
            }
        }
        Column::Task => {
            2.0 - 5.0 * organs - if due { 3.0 } else { 0.0 } + if cell.ends_with(['。', '；']) { 2.0 } else { 0.0 }
        }
        Column::Category | Column::Other => 0.0 - 2.0 * organs,
    }
}

/// The share of a list's items that read as organs; 0 where the list is cut off.
fn organ_share(cell: &str) -> f64 {
    let cell = cell.trim_end_matches('等');
    let (mut all, mut hits) = (0, 0);
    let mut depth = 0usize;
    let items = cell.split(|c: char| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, '、' | '，' | ',' | '；' | ';')
    });
    for item in items {
        all += 1;
        let name = item.trim_end_matches(['）', ')']);
        let whole =
            words::ends_with_any(name, words::ORGAN_ENDINGS) || words::ends_with_any(name, words::ADDRESSEE_ENDINGS);
        hits += usize::from(whole && name.chars().count() >= 2 && item.chars().count() <= 30);
    }
    hits as f64 / all.max(1) as f64
}

fn looks_due(cell: &str) -> bool {
    let short = cell.chars().count() <= 24;
    let dated = cell.chars().any(|c| crate::numeral::digit(c).is_some()) && cell.contains(['年', '月', '日', '季']);
    short
        && (dated || ["长期", "持续", "每年", "年底", "年内", "常态", "立即", "即时"].iter().any(|w| cell.contains(w)))
}
