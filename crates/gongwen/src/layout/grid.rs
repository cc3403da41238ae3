//! 表格: rows with fewer cells than the table has columns.

use crate::paragraph::Paragraph;
use crate::{numbering, words};

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
        for (rows, expected) in table {
            let cell = |t: &str| Paragraph { text: t.to_owned(), ..Paragraph::default() };
            let mut rows: Vec<Vec<Paragraph>> = rows.iter().map(|r| r.split('|').map(cell).collect()).collect();
            fill(&mut rows);
            let got: Vec<String> =
                rows[2..].iter().map(|r| r.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("|")).collect();
            assert_eq!(&got, expected);
        }
    }
}
