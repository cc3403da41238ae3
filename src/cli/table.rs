//! 表格: tables that fit the terminal, with nothing cut off.

use comfy_table::{ContentArrangement, Table, presets};

use super::text;

/// No column is narrower, where its content is not: three Chinese characters.
const NARROWEST: usize = 6;
/// A phrase that is no longer is not folded while there is room: a document's number, an organ's name.
const PHRASE: usize = 24;

/// `rows` under `header`, in at most `width` columns of the terminal, with a line break at the end. A column in which
/// nothing stands is left out.
pub fn render(header: &[&str], rows: &[Vec<String>], width: usize) -> String {
    let filled: Vec<usize> =
        (0..header.len()).filter(|&c| rows.iter().any(|r| r.get(c).is_some_and(|t| !t.is_empty()))).collect();
    let cell = |row: &Vec<String>, c: usize| row.get(c).cloned().unwrap_or_default();
    let cells = |c: usize| rows.iter().filter_map(move |r| r.get(c)).map(String::as_str).chain([header[c]]);
    let widest = |c: usize| cells(c).flat_map(str::lines).map(text::width).max().unwrap_or_default();
    let phrase = |c: usize| {
        let phrases = cells(c).flat_map(|t| t.split(['\n', ' ', '、', '，', '；', '。'])).map(text::width);
        phrases.filter(|&w| w <= PHRASE).max().unwrap_or_default()
    };
    // Two blanks of padding a column, and one between columns.
    let room = (width + 1).saturating_sub(3 * filled.len());
    let wanted: Vec<usize> = filled.iter().map(|&c| widest(c)).collect();
    let widths = share(&wanted, &filled.iter().map(|&c| phrase(c)).collect::<Vec<_>>(), room);
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Disabled);
    let folded = |t: &str, width: usize| text::wrap(t, width).join("\n");
    // Rows without names for their columns have no first row.
    if filled.iter().any(|&c| !header[c].is_empty()) {
        table.set_header(filled.iter().zip(&widths).map(|(&c, &w)| folded(header[c], w)));
    }
    for row in rows {
        table.add_row(filled.iter().zip(&widths).map(|(&c, &w)| folded(&cell(row, c), w)));
    }
    let mut out: String = table.lines().flat_map(|line| [line.trim_end().to_owned(), "\n".to_owned()]).collect();
    if filled.is_empty() {
        out.clear();
    }
    out
}

/// Shares `width` among columns that want `wanted`: each has room for its longest phrase where all can, and a column
/// that wants less than its share of the rest leaves it to the others.
fn share(wanted: &[usize], phrases: &[usize], width: usize) -> Vec<usize> {
    let least = |c: usize| wanted[c].min(NARROWEST);
    let mut widths: Vec<usize> = (0..wanted.len()).map(|c| least(c).max(phrases[c])).collect();
    if widths.iter().sum::<usize>() > width {
        widths = (0..wanted.len()).map(least).collect();
    }
    let mut left = width.saturating_sub(widths.iter().sum());
    let mut modest: Vec<usize> = (0..wanted.len()).collect();
    modest.sort_by_key(|&c| wanted[c] - widths[c].min(wanted[c]));
    for (done, &c) in modest.iter().enumerate() {
        let more = (wanted[c] - widths[c].min(wanted[c])).min(left / (wanted.len() - done));
        widths[c] += more;
        left -= more;
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
        // What is wanted, the longest phrases, the width; the shares.
        type Case<'t> = (&'t [usize], &'t [usize], usize, &'t [usize]);
        let table: &[Case<'_>] = &[
            (&[10, 20], &[10, 10], 40, &[10, 20]),
            (&[10, 90], &[10, 10], 40, &[10, 30]),
            (&[90, 10, 90], &[8, 8, 8], 50, &[20, 10, 20]),
            (&[90, 22, 90], &[8, 22, 8], 60, &[19, 22, 19]),
            (&[90, 22], &[20, 22], 40, &[20, 20]),
            (&[90, 22], &[20, 22], 43, &[21, 22]),
            (&[90, 90], &[24, 24], 20, &[10, 10]),
            (&[90, 90], &[8, 8], 4, &[6, 6]),
            (&[], &[], 80, &[]),
        ];
        for (wanted, phrases, width, expected) in table {
            assert_eq!(&share(wanted, phrases, *width), expected, "{wanted:?} in {width}");
        }
    }

    #[test]
    fn chinese_columns_stand_under_each_other() {
        let rows = rows(&[
            ["完善社区服务网络，每个街道建成一所", "", "市民政局"],
            ["签约 10 家", "", "市卫生健康委、市医保局"],
        ]);
        assert_data_eq!(
            render(&["任务", "牵头", "配合"], &rows, 40),
            str![[r#"
───────────────────────────────────────
 任务                   配合
═══════════════════════════════════════
 完善社区服务网络，每   市民政局
 个街道建成一所
───────────────────────────────────────
 签约 10 家             市卫生健康委、
                        市医保局
───────────────────────────────────────

"#]]
        );
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
