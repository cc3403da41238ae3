//! 一行一格: tables of which a page left every cell on a line of its own.

use super::line::Line;
use super::table::Stretch;
use super::unwrap;
use crate::labels::{self, Label};
use crate::paragraph::Paragraph;

/// Columns that such a table has at least and at most.
const COLUMNS: std::ops::RangeInclusive<usize> = 3..=9;
/// The name of a column is no longer, in characters.
const NAME: usize = 12;
/// A cell is no longer, in characters; a paragraph between two numbers is none.
const CELL: usize = 60;

/// 序号 and further names a line, then rows of as many lines whose first are 1, 2, 3 …. Nothing but the count tells the
/// cells, so that every row must have it.
pub(super) fn regular<'a>(lines: &[Line<'a>]) -> Option<(usize, Stretch<'a>)> {
    // Every line of a text passes here.
    if labels::kind(lines.first()?.text) != Some(Label::Ordinal) {
        return None;
    }
    let width = lines.iter().take(COLUMNS.end() + 1).position(|l| l.text == "1")?;
    let short = |l: &Line<'_>, most: usize| l.text.chars().nth(most).is_none();
    if !COLUMNS.contains(&width) || !lines[..width].iter().all(|l| short(l, NAME)) {
        return None;
    }
    let row = |r: &&[Line<'a>]| r.iter().all(|l| short(l, CELL) && !l.text.ends_with('。'));
    let rows = lines[width..]
        .chunks_exact(width)
        .enumerate()
        .take_while(|(i, r)| r[0].text == (i + 1).to_string() && row(r))
        .count();
    // A number that goes on behind the last row shows that a row had other cells than the others.
    let used = width * (rows + 1);
    let uneven = lines[used..].iter().take(width).any(|l| l.text == (rows + 1).to_string());
    if rows < 2 || uneven {
        return None;
    }
    let cells =
        |r: &[Line<'a>]| -> Vec<Paragraph> { r.iter().map(|l| unwrap::join(std::slice::from_ref(l))).collect() };
    let rows = lines[..used].chunks_exact(width).map(cells).collect();
    Some((used, Stretch::Table { header: true, rows }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::line::lines;

    fn read(text: &str) -> Option<(usize, Vec<Vec<String>>)> {
        let (used, stretch) = regular(&lines(text))?;
        let Stretch::Table { rows, .. } = stretch else { return None };
        Some((used, rows.into_iter().map(|r| r.into_iter().map(|c| c.text).collect()).collect()))
    }

    #[test]
    fn a_cell_a_line() {
        let (used, rows) =
            read("序号\n指标\n预期值\n属性\n1\n死亡人数\n下降15%\n约束性\n2\n事故起数\n下降20%\n约束性\n二、任务\n")
                .expect("a table");
        assert_eq!(used, 12);
        assert_eq!(rows[2], ["2", "事故起数", "下降20%", "约束性"]);
        for none in [
            // One row only, a row that lacks a cell, a sentence in a cell, no numbers.
            "序号\n指标\n属性\n1\n死亡人数\n约束性\n",
            "序号\n指标\n预期值\n属性\n1\n死亡人数\n约束性\n2\n事故起数\n下降20%\n约束性\n",
            "序号\n指标\n属性\n1\n今年下降。\n约束性\n2\n事故起数\n约束性\n",
            "序号\n指标\n属性\n甲\n乙\n丙\n",
        ] {
            assert!(read(none).is_none(), "{none}");
        }
    }
}
