//! 页面附属物: page numbers and running heads, which are of the page and not of the document.

use std::collections::{HashMap, HashSet};

use super::line::Line;

/// A line that was left out of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// Line of the source, from 1.
    pub line: usize,
    /// Byte of the source's text at which it begins.
    pub offset: usize,
    /// The line.
    pub text: String,
    /// What it is.
    pub kind: FurnitureKind,
}

/// See [`Furniture`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FurnitureKind {
    /// 页码.
    PageNumber,
    /// 页眉、页脚.
    RunningHead,
}

/// A running head stands on at least this many pages.
const PAGES: usize = 3;

/// Takes the furniture out of `lines`.
pub fn take(lines: &mut Vec<Line<'_>>) -> Vec<Furniture> {
    let mut found = Vec::new();
    let numbers: Vec<bool> = lines.iter().map(|l| is_page_number(l)).collect();
    // A line that stands beside a page number or a page break, word for word, on page after page.
    let beside = |i: usize| {
        lines[i].page_start
            || lines.get(i + 1).is_some_and(|n| n.page_start)
            || (i > 0 && numbers[i - 1])
            || numbers.get(i + 1).copied().unwrap_or(false)
    };
    let mut pages: HashMap<&str, usize> = HashMap::new();
    for (i, line) in lines.iter().enumerate() {
        if !numbers[i] && beside(i) && line.width <= 80 {
            *pages.entry(line.text).or_default() += 1;
        }
    }
    // The first of them stays: it may be 版头, and what is left out later then stands in the text at least once.
    let mut seen: HashSet<&str> = HashSet::new();
    let heads: Vec<bool> = (0..lines.len())
        .map(|i| {
            let repeats = !numbers[i] && pages.get(lines[i].text).is_some_and(|&n| n >= PAGES);
            repeats && !seen.insert(lines[i].text) && beside(i)
        })
        .collect();
    let mut index = 0;
    let mut page = false;
    lines.retain_mut(|line| {
        let kind = match (numbers[index], heads[index]) {
            (true, _) => Some(FurnitureKind::PageNumber),
            (_, true) => Some(FurnitureKind::RunningHead),
            _ => None,
        };
        index += 1;
        match kind {
            Some(kind) => {
                found.push(Furniture { line: line.number, offset: line.offset, text: line.text.to_owned(), kind });
                page = true;
                false
            }
            None => {
                line.page_start |= std::mem::take(&mut page);
                true
            }
        }
    });
    found
}

/// — 11 —, －3－, - 3 -, 第3页, 第 3 页 共 10 页; a bare number only where a page begins or ends there.
fn is_page_number(line: &Line<'_>) -> bool {
    let packed: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
    if packed.chars().count() > 16 {
        return false;
    }
    let is_dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '―' | '─' | '·' | '•');
    let number = packed.trim_matches(is_dash);
    let dashed = packed.starts_with(is_dash) && packed.ends_with(is_dash);
    let digits = |s: &str| !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
    if dashed && digits(number) {
        return true;
    }
    if line.page_start && digits(&packed) {
        return true;
    }
    let Some(rest) = packed.strip_prefix('第') else { return false };
    let Some((page, rest)) = rest.split_once('页') else { return false };
    let rest = rest.trim_start_matches(['，', ',', '/', '（', '(']).trim_end_matches(['）', ')']);
    let total = rest.strip_prefix('共').and_then(|r| r.strip_suffix('页'));
    digits(page) && (rest.is_empty() || total.is_some_and(digits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::line::lines;

    #[test]
    fn page_numbers_and_heads_are_taken() {
        let page = |n: usize| format!("某市人民政府文件\n第一段{n}。\n— {n} —\n\u{c}");
        let text: String = (1..=4).map(page).collect::<String>() + "— 前言 —\n1\n2018\n";
        let mut found = lines(&text);
        let furniture = take(&mut found);
        let kept: Vec<&str> = found.iter().map(|l| l.text).collect();
        assert_eq!(
            kept,
            ["某市人民政府文件", "第一段1。", "第一段2。", "第一段3。", "第一段4。", "— 前言 —", "1", "2018"]
        );
        let kinds: Vec<_> = furniture.iter().map(|f| f.kind).collect();
        assert_eq!(kinds.iter().filter(|k| **k == FurnitureKind::PageNumber).count(), 4);
        assert_eq!(kinds.iter().filter(|k| **k == FurnitureKind::RunningHead).count(), 3);
    }

    #[test]
    fn styles_of_page_numbers() {
        for (text, expected) in [
            ("— 11 —", true),
            ("—21—", true),
            ("－3－", true),
            ("- 3 -", true),
            ("第 3 页 共 10 页", true),
            ("第3页", true),
            ("第3页（共5页）", true),
            ("3", false),
            ("第3页的内容", false),
            ("——", false),
            ("-5%", false),
        ] {
            assert_eq!(is_page_number(&lines(text)[0]), expected, "{text}");
        }
    }
}
