//! 栏目的样子: how well a cell reads as one of its column, by which broken tables are put together again.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::labels::Label;
use crate::wordlist::load;
use crate::words;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    due: Vec<String>,
    ends: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| load("columns.toml", include_str!("../words/columns.toml")));

/// True where a line begins with what ends a table.
pub fn ends_table(text: &str) -> bool {
    words::starts_with_any(text, &WORDS.ends)
}

/// How well `cell` reads as the cell of such a column; higher is better, an empty cell is a little worse than none.
pub fn fit(cell: &str, column: Option<Label>) -> f64 {
    if cell.is_empty() {
        return -2.0;
    }
    let organs = organ_share(cell);
    let due = looks_due(cell);
    match column {
        Some(Label::Ordinal) => {
            let digits = cell.trim_end_matches(['.', '、']);
            if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) { 6.0 } else { -6.0 }
        }
        Some(Label::Lead | Label::Support | Label::Responsible | Label::Implement) => 8.0 * organs - 4.0,
        Some(Label::Due) => {
            if due {
                4.0
            } else {
                -4.0
            }
        }
        Some(Label::Task) => {
            2.0 - 5.0 * organs - if due { 3.0 } else { 0.0 } + if cell.ends_with(['。', '；']) { 2.0 } else { 0.0 }
        }
        Some(Label::Category | Label::Person | Label::Note) | None => 0.0 - 2.0 * organs,
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
        let whole = words::ends_as_addressee(name);
        // 商家准入标准市民政局: no place's name is that long before its 市.
        let late = name.chars().position(|c| "省市县".contains(c)).is_some_and(|i| i > 5 && !name.contains("自治"));
        hits += usize::from(whole && !late && name.chars().count() >= 2 && item.chars().count() <= 30);
    }
    hits as f64 / all.max(1) as f64
}

fn looks_due(cell: &str) -> bool {
    let short = cell.chars().count() <= 24;
    let dated = cell.chars().any(|c| crate::numeral::digit(c).is_some()) && cell.contains(['年', '月', '日', '季']);
    short && (dated || WORDS.due.iter().any(|w| cell.contains(w.as_str())))
}
