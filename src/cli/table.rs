//! 表格: tables that fit the terminal, with nothing cut off.

use comfy_table::{ContentArrangement, Table, presets};

use super::text;

/// No column is narrower, where its content is not: three Chinese characters.
const NARROWEST: usize = 6;

/// `rows` under `header`, in at most `width` columns of the terminal, with a line break at the end. A column in which
/// nothing stands is left out.
pub fn render(header: &[&str], rows: &[Vec<String>], width: usize) -> String {
    let filled: Vec<usize> =
        (0..header.len()).filter(|&c| rows.iter().any(|r| r.get(c).is_some_and(|t| !t.is_empty()))).collect();
    let cell = |row: &Vec<String>, c: usize| row.get(c).cloned().unwrap_or_default();
    let widest = |c: usize| {
        let cells = rows.iter().filter_map(|r| r.get(c)).flat_map(|t| t.lines()).map(text::width);
        cells.chain([text::width(header[c])]).max().unwrap_or_default()
    };
    // Two blanks of padding a column.
    let widths = share(&filled.iter().map(|&c| widest(c)).collect::<Vec<_>>(), width.saturating_sub(2 * filled.len()));
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Disabled);
    let folded = |t: &str, width: usize| text::wrap(t, width).join("\n");
    table.set_header(filled.iter().zip(&widths).map(|(&c, &w)| folded(header[c], w)));
    for row in rows {
        table.add_row(filled.iter().zip(&widths).map(|(&c, &w)| folded(&cell(row, c), w)));
    }
    let mut out: String = table.lines().flat_map(|line| [line.trim_end().to_owned(), "\n".to_owned()]).collect();
    if filled.is_empty() {
        out.clear();
    }
    out
}

/// Shares `width` among columns that want `wanted`: a column that wants less than its share leaves the rest to the
/// others.
fn share(wanted: &[usize], width: usize) -> Vec<usize> {
    let mut narrow: Vec<usize> = (0..wanted.len()).collect();
    narrow.sort_by_key(|&c| wanted[c]);
    let (mut left, mut widths) = (width, vec![0; wanted.len()]);
    for (done, &c) in narrow.iter().enumerate() {
        let fair = (left / (wanted.len() - done)).max(NARROWEST);
        widths[c] = wanted[c].min(fair);
        left = left.saturating_sub(widths[c]);
    }
    widths
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;

    fn rows(rows: &[[&str; 3]]) -> Vec<Vec<String>> {
        rows.iter().map(|r| r.iter().map(|t| (*t).to_owned()).collect()).collect()
    }

    #[test]
    fn columns_share_the_width() {
        let table: &[(&[usize], usize, &[usize])] = &[
            (&[10, 20], 40, &[10, 20]),
            (&[10, 90], 40, &[10, 30]),
            (&[90, 10, 90], 50, &[20, 10, 20]),
            (&[90, 90], 4, &[6, 6]),
            (&[], 80, &[]),
        ];
        for (wanted, width, expected) in table {
            assert_eq!(&share(wanted, *width), expected, "{wanted:?} in {width}");
        }
    }

    #[test]
    fn chinese_columns_stand_under_each_other() {
        let rows = rows(&[
            ["完善社区服务网络，每个街道建成一所", "", "市民政局"],
            ["签约 10 家", "", "市卫生健康委、市医保局"],
        ]);
        assert_data_eq!(render(&["任务", "牵头", "配合"], &rows, 40), str![[""]]);
    }

    /// No line is wider than the terminal, no character is lost.
    #[test]
    fn it_fits_and_is_whole() {
        let long = "（一）各级政府要按照职责分工，制定ABC-2020年计划“双随机、一公开”。".repeat(9);
        for width in 80..=200 {
            let shown = render(&["甲", "乙", "丙"], &rows(&[[&long, "丁", &long], ["一", &long, "二"]]), width);
            for line in shown.lines() {
                assert!(text::width(line) <= width, "{width}: {line}");
            }
            let count = |c: char, t: &str| t.matches(c).count();
            for c in "级划，。A“随".chars() {
                assert_eq!(count(c, &shown), 3 * count(c, &long), "{c} in {width}");
            }
        }
    }
}
