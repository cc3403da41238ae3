//! 表格: what stands over a table in rows of its own, and rows with fewer cells than the table has columns.

use crate::labels::Label;
use crate::numbering::Style;
use crate::paragraph::Paragraph;
use crate::{labels, numbering, words};

/// Rows over the names of the columns that may hold the title of a table, its unit and the like.
const OVER: usize = 3;

/// Takes from the top of a table the rows that stand over it: its title (2024年重点任务清单) or its unit in one cell over
/// all columns, or in the first cell of a row that is empty else and stands over the names of columns, as texts and
/// sheets have it. A numbered row is a section of the table.
pub(crate) fn captions(rows: &mut Vec<Vec<Paragraph>>) -> Vec<Paragraph> {
    let over = (0..rows.len().min(OVER)).take_while(|i| is_caption(&rows[*i], &rows[i + 1..])).count();
    rows.drain(..over).filter_map(|row| row.into_iter().find(|c| !c.text.is_empty())).collect()
}

fn is_caption(row: &[Paragraph], below: &[Vec<Paragraph>]) -> bool {
    let filled = |r: &[Paragraph]| r.iter().filter(|c| !c.text.is_empty()).count();
    let Some(first) = row.first().filter(|c| !c.text.is_empty()) else { return false };
    let section = numbering::number_at(&first.text).is_some_and(|n| n.style != Style::Attachment);
    if section || !below.iter().any(|r| filled(r) > 1) {
        return false;
    }
    let merged = row.iter().all(|c| c.text == first.text);
    // 序号 or 任务 among them: a form has fields that are empty, and names of persons and offices too.
    let names_columns = |r: &Vec<Paragraph>| {
        let kinds: Vec<Label> = r.iter().filter_map(|c| labels::kind(&c.text)).collect();
        kinds.len() > 1
            && kinds.len() * 2 > filled(r)
            && kinds.iter().any(|k| matches!(k, Label::Ordinal | Label::Task))
    };
    merged || filled(row) == 1 && below.iter().take(OVER).any(names_columns)
}

/// Gives every row of `rows` as many cells as the widest has. A text keeps of a merged cell only its first row, so that
/// the rows under it begin with a later column: there the empty cells come first.
pub(super) fn fill(rows: &mut [Vec<Paragraph>]) {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    // What the last row with all its cells looked like.
    let mut whole: Option<Vec<Look>> = None;
    for (i, row) in rows.iter_mut().enumerate() {
        let missing = width - row.len();
        if missing == 0 {
            // The names of the columns look like nothing that stands under them.
            whole = (i > 0).then(|| row.iter().map(|c| Look::of(&c.text)).collect()).or(whole);
            continue;
        }
        let below = whole.as_ref().is_some_and(|w| begins_later(w, row, missing));
        let at = if below { 0 } else { row.len() };
        row.splice(at..at, std::iter::repeat_with(Paragraph::default).take(missing));
    }
}

/// True where a row that lacks `missing` cells looks like the columns from there on, and not like the first ones.
fn begins_later(whole: &[Look], row: &[Paragraph], missing: usize) -> bool {
    let looks: Vec<Look> = row.iter().map(|c| Look::of(&c.text)).collect();
    let fits = |from: usize| looks.iter().zip(&whole[from..]).filter(|(a, b)| a == b).count();
    row.len() > 1 && looks.first() != whole.first() && fits(missing) > fits(0)
}

/// What the words of a cell look like.
#[derive(PartialEq, Eq)]
enum Look {
    Nothing,
    /// 3: a number and nothing else.
    Figure,
    /// 1.签约率: words with a number before them.
    Numbered,
    /// 市民政局、市财政局.
    Organs,
    /// A name or a phrase.
    Phrase,
    /// A sentence or more.
    Text,
}

impl Look {
    fn of(text: &str) -> Look {
        /// A phrase is no longer, in characters.
        const PHRASE: usize = 16;
        let text = text.trim();
        let mut names = text.split(['、', '，', ',', ' ', '\u{3000}', '；']).filter(|n| !n.is_empty());
        if !text.contains(char::is_alphanumeric) {
            Look::Nothing
        } else if text
            .chars()
            .all(|c| crate::numeral::digit(c).is_some() || c.is_ascii_digit() || ".%（）()".contains(c))
        {
            Look::Figure
        } else if numbering::number_at(text).is_some() {
            Look::Numbered
        } else if names.all(words::is_organ_name) {
            Look::Organs
        } else if text.chars().nth(PHRASE).is_none() {
            Look::Phrase
        } else {
            Look::Text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[&str]) -> Vec<Vec<Paragraph>> {
        let cell = |t: &str| Paragraph { text: t.to_owned(), ..Paragraph::default() };
        text.iter().map(|r| r.split('|').map(cell).collect()).collect()
    }

    #[test]
    fn a_title_over_the_names_of_columns() {
        let names = "序号|重点任务|责任单位";
        let task = "1|建设健康城市|市卫生健康委";
        let table: &[(&[&str], &[&str])] = &[
            (&["任务清单|任务清单|任务清单", names, task], &["任务清单"]),
            (&["任务清单||", names, task], &["任务清单"]),
            (&["附件2||", "任务清单||", names, task], &["附件2", "任务清单"]),
            (&["任务清单", names, task], &["任务清单"]),
            // A section of the table, a form whose first field is empty, a frame around a text.
            (&["一、健康城市|一、健康城市|一、健康城市", "1|建设|市教育局"], &[]),
            (&["单位名称||", "单位地址||", "联系人|职务|电话"], &[]),
            (&["关于工作的通知|关于工作的通知", "各市：|各市："], &[]),
            (&["|任务清单|", names, task], &[]),
        ];
        for (text, expected) in table {
            let mut rows = rows(text);
            let over: Vec<String> = captions(&mut rows).into_iter().map(|c| c.text).collect();
            assert_eq!(&over, expected, "{text:?}");
            assert_eq!(rows.len() + over.len(), text.len());
        }
    }

    #[test]
    fn merged_cells_of_a_text() {
        let table: &[(&[&str], &[&str])] = &[
            (
                &[
                    "序号|事项|内容|单位",
                    "1|扩大来源|甲项工作由各区负责落实到位并报市里备案|市民政局",
                    "乙项工作由各区负责落实到位并报市里备案|各区政府",
                ],
                &["||乙项工作由各区负责落实到位并报市里备案|各区政府"],
            ),
            (&["一级|二级|标准", "数量|1.签约率|80%", "2.覆盖率|75%"], &["|2.覆盖率|75%"]),
            (&["序号|事项|单位|时限", "1|扩大来源|市民政局|年底", "2|优化服务|市财政局"], &["2|优化服务|市财政局|"]),
            (&["序号|事项|单位", "1|扩大来源|市民政局", "一、加强领导"], &["一、加强领导||"]),
        ];
        for (text, expected) in table {
            let mut rows = rows(text);
            fill(&mut rows);
            let got: Vec<String> =
                rows[2..].iter().map(|r| r.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("|")).collect();
            assert_eq!(&got, expected);
        }
    }
}
